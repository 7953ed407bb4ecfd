"""Names as people say them: with or without å, ä, ö and capitals, by label or id; and the nearest where none fits.

In come labels with what they mean, out come ids. A near miss is only ever offered: what is stored is what was meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.problems import Problem

_BETWEEN = re.compile(r"[\s_–-]+")
_ID = re.compile(r"[a-z0-9]+(?:[_.-]+[a-z0-9]+)*|[a-zåäö0-9]+(?:[_.-]+[a-zåäö0-9]+)+", re.ASCII)
LONGEST = 500
"""Letters of what is said that are looked at; no name has as many."""
OFFERED, ENOUGH = 3, 75
"""How many near names are offered, and how alike they have to be (of 100)."""


@lru_cache(maxsize=4096)
def same(text: str) -> str:
    """The text without differences that nobody means: capitals, the marks of å, ä and ö, hyphens, spaces."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text[:LONGEST].casefold()) if not unicodedata.combining(one)
    )
    return _BETWEEN.sub(" ", bare).strip()


def like_an_id(text: str) -> bool:
    """Whether the text is written as an id; what is wrong with one is told where ids are looked up."""
    return _ID.fullmatch(text) is not None


class Sayable(Struct, frozen=True):
    """What can be said, in the form that `same` gives, with the ids that it may mean; and the label to offer it by."""

    meanings: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, labels: Iterable[tuple[str, str]]) -> "Sayable":
        """From pairs of id and label; an id can itself be said, and means nothing else."""
        pairs = [(name, label) for name, label in labels if name and label]
        meanings: dict[str, dict[str, None]] = {}
        shown_as: dict[str, str] = {}
        for name, label in pairs:
            meanings.setdefault(same(label), {})[name] = None
            shown_as.setdefault(same(label), label)
        own = {same(name): (name,) for name, _ in pairs}
        return cls({said: tuple(found) for said, found in meanings.items()} | own, shown_as)

    def meant(self, text: str) -> tuple[str, ...]:
        """The ids that the text may mean; none where nothing is called so."""
        return self.meanings.get(same(text), ())

    def near(self, text: str) -> list[str]:
        """The labels that are nearest to it."""
        from rapidfuzz import fuzz, process

        found = process.extract(same(text), list(self.labels), scorer=fuzz.WRatio, limit=OFFERED, score_cutoff=ENOUGH)
        return [self.labels[said] for said, *_ in found]

    def settled(self, text: str, what: str, where: str) -> str | Problem:
        """The id that is meant; what is wrong where the name means several things, or nothing.

        A text that is written as an id, and is none, comes back as it is.
        """
        found = self.meant(text)
        if len(found) == 1:
            return found[0]
        if found:
            why = f"namnet passar på {len(found)}"
            return Problem(f"{what} '{shown(text)}' är oklar", where, why, f"skriv {' eller '.join(found)}")
        if like_an_id(text):
            return text
        near = self.near(text)
        offered = " eller ".join(f"»{one}«" for one in near)
        remedy = f"skriv {offered} om det var det som avsågs" if near else "se namnen i docs/reference"
        return Problem(f"{what} '{shown(text)}' finns inte", where, "inget heter så", remedy)
