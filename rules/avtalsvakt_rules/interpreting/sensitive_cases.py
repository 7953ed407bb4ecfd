"""Sensitive cases (`per: child, sensitive: true`): what could tell a value by a key, and so is refused.

Duties of a sensitive case are named by a number, that of the first record that names the case in the order of
recording; and the records that name it are secret (docs/decisions/0036, 0038). In comes an instrument, out come
problems.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import recorded_twice
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.slugs import slug

if TYPE_CHECKING:
    from avtalsvakt_rules.parsing.source import Source

MARK = "ärendet är känsligt enligt avtalet"
"""The secrecy of a record that names a sensitive case and bears no other."""


def stand_in(arrival: int) -> str:
    """What stands for a case in keys and lists: the number, in the register, of the first record that names it."""
    return f"nr-{arrival}"


def keys_of(named: Iterable[tuple[str, int]], *, sensitive: bool) -> dict[str, str]:
    """What stands for each case in keys: its value, or a number where that is sensitive.

    In: cases with the numbers of the records that name them. A value that another one is spelt as in keys, or that has
    no letter or digit, has the number too, so that no two cases are one; the first that was recorded keeps its own.
    """
    first: dict[str, int] = {}
    for case, number in named:
        first[case] = min(number, first.get(case, number))
    out: dict[str, str] = {}
    for case in sorted(first, key=lambda one: first[one]):
        plain = "" if sensitive else slug(case)
        own = stand_in(first[case])
        out[case] = plain if plain and plain not in out.values() else "-".join(filter(None, (plain, own)))
    return out


def number_in(suffix: str) -> str:
    """The stand-in that the last part of a duty's key begins with."""
    return suffix.partition(".")[0]


def sensitive_attributes(instrument: Instrument) -> frozenset[str]:
    """The attributes whose values are sensitive in records of this agreement."""
    return frozenset(one.per_case for _, one in instrument.as_read if one.sensitive and one.per_case)


def check_sensitive(source: "Source", instrument: Instrument, counted: Iterable[Instrument]) -> Iterator[Problem]:
    """Where `sensitive` does nothing, or where something else would tell what it hides.

    `counted` are the agreements whose records count in this one too.
    """
    hidden = {
        name: f"avtalet {one.instrument}, som räknas med" for one in counted for name in sensitive_attributes(one)
    }
    hidden |= dict.fromkeys(sensitive_attributes(instrument), "en annan klausul")
    several = {one.what[0].kind for _, one in instrument.as_read if "deemed" in one.norm and one.what}
    several |= recorded_twice(instrument.movable)
    for path, clause in instrument.as_read:
        name = path[1]
        if clause.sensitive and (told := _unfit(clause, several)):
            what, why, remedy = told
            yield Problem(f"klausul {name}: {what}", source.where((*path, "sensitive")), why, remedy)
        elif clause.per_case in hidden and not clause.sensitive:
            what = f"klausul {name}: beteckningarna röjer det som är känsligt"
            why = f"{clause.per_case} är känsligt i {hidden[clause.per_case]}, och här står värdet i beteckningarna"
            yield Problem(what, source.where((*path, "per")), why, "skriv sensitive: true här också")


def _unfit(clause: Clause, several: set[str]) -> tuple[str, str, str] | None:
    begins = clause.when.from_ if clause.when else None
    if clause.per_case is None:
        why = "det är värdet på ett attribut i per som hålls hemligt, och klausulen har inget"
        return "'sensitive' har ingen verkan här", why, "skriv per: ett attribut, eller ta bort sensitive"
    if clause.attest is not None:
        why = f"den som svarar måste säga vilken {clause.per_case} det gäller"
        return "en fråga kan inte vara känslig", why, "ta bort sensitive, eller skriv what med det som visar det"
    if not isinstance(begins, Pattern):
        why = f"ärendets nummer är den första registreringens som anger {clause.per_case} i from, och when har ingen"
        return "'sensitive' har ingen verkan här", why, "skriv from: {faktatyp: {}}"
    if begins.kind in several:
        why = f"{begins.kind} kan stå för flera registreringar, och ärendets nummer är den förstas"
        return "ärendet får inget fast nummer", why, "skriv en annan händelse i from, en som registreras för sig"
    return None
