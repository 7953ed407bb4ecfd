"""Identifiers: the one place that says what may name an agreement, a clause, a body, a kind of fact or a fact.

They become parts of duties' keys, names of files and of members of archives, values of `--options`: so letters, digits,
hyphen and underscore, a letter or digit at either end, and a bounded length. In comes a text, out comes why it is none.
What was stored before the forms were closed can still be read; the forms are held where something new comes in.
"""

import re

from msgspec import Struct

from avtalsvakt_rules.problems import Problem

_LOWER = r"[a-zåäö0-9](?:[a-zåäö0-9_-]*[a-zåäö0-9])?"
_ANY_CASE = r"[A-Za-zÅÄÖåäö0-9](?:[A-Za-zÅÄÖåäö0-9_-]*[A-Za-zÅÄÖåäö0-9])?"
_SHOWN = 40


class Form(Struct, frozen=True):
    """What an identifier of one sort looks like: its name in Swedish, the letters, at most how many, an example."""

    sort: str
    letters: str
    longest: int
    example: str

    @property
    def pattern(self) -> str:
        """The whole form as a regular expression, in the words that JSON Schema shares with Python."""
        return f"^(?=.{{1,{self.longest}}}$){self.letters}$"

    def fits(self, text: str) -> bool:
        """Whether a text is such an identifier."""
        return len(text) <= self.longest and re.fullmatch(self.letters, text) is not None

    def problem(self, text: str, where: str) -> Problem | None:
        """What is wrong with the text as such an identifier, or None."""
        if self.fits(text):
            return None
        case = "små bokstäver" if self.letters == _LOWER else "bokstäver"
        why = (
            f"en beteckning består av {case} (a–ö), siffror, bindestreck och understreck, börjar och slutar med en "
            f"bokstav eller siffra och har högst {self.longest} tecken"
        )
        return Problem(f"'{shown(text)}' kan inte vara {self.sort}", where, why, f"skriv till exempel {self.example}")


AGREEMENT = Form("beteckning på ett avtal", _LOWER, 60, "exempelby-2026")
CLAUSE = Form("namn på en klausul", _LOWER, 80, "styrgrupp-moten")
FINDING = Form("namn på ett fynd", _LOWER, 80, "bilaga-saknas")
BODY = Form("beteckning på ett organ", _LOWER, 60, "local_steering_group")
KIND = Form("namn på en faktatyp", _LOWER, 60, "meeting_held")
ATTRIBUTE = Form("namn på ett attribut", _LOWER, 60, "chair")
FACT = Form("beteckning på en registrering", _ANY_CASE, 100, "mote-2026-1")


def shown(text: str) -> str:
    """A text of any length and with any characters, fit for a message: on one line and not too long."""
    plain = "".join(one if one.isprintable() else "�" for one in text[: _SHOWN + 1])
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
