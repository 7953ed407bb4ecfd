"""What can be said of agreements, bodies, functions and kinds of facts, as the rule files and the vocabulary name them.

Read from the texts of the files, as page names are: a name in an option must not wait for rules to be checked.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.words.rule_texts import rule_trees
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.intake.said_days import iso_day
from avtalsvakt_engine.intake.said_names import Sayable, same
from avtalsvakt_rules.language.own_kinds import OwnKind, joined, read_own_kinds
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.texts import naming
from avtalsvakt_rules.vocabulary import load

WHAT: Mapping[str, str] = {
    "agreements": "avtalet", "bodies": "organet", "functions": "funktionen", "kinds": "faktatypen",
}  # fmt: skip


class SaidNames(Struct, frozen=True, dict=True):
    """The names in the built-in rule files and in further places."""

    places: tuple[Path, ...]

    @cached_property
    def agreements(self) -> Sayable:
        """Agreements by short name and title."""
        return Sayable.of(pair for tree in self._trees for pair in _titles(tree))

    @cached_property
    def bodies(self) -> Sayable:
        """Bodies of the vocabulary, and those that agreements add."""
        own = [pair for tree in self._trees for pair in (tree.get("bodies") or {}).items()]
        return Sayable.of([*load().bodies.items(), *((str(name), str(label)) for name, label in own)])

    @cached_property
    def functions(self) -> Sayable:
        """Functions that are asked something."""
        asked = (clause.get("attest") for tree in self._trees for clause in (tree.get("clauses") or {}).values())
        return Sayable.of((str(one), str(one)) for one in asked if one)

    @cached_property
    def kinds(self) -> Sayable:
        """Kinds of facts by their names, those that agreements add too; a name that holds two can be said by either."""
        known = load().extended(kinds=joined(map(_own_kinds, self._trees)))
        names = replace(names_of(), vocabulary=known)
        return Sayable.of((kind, label) for kind in known.kinds for label in _halves(names.kind(kind)))

    @cached_property
    def _trees(self) -> list[Mapping[str, Any]]:
        return [tree for tree in rule_trees(self.places) if isinstance(tree.get("clauses") or {}, dict)]

    def settle(self, text: str, of: str, where: str) -> str:
        """The id that is meant by a name. Raises Rejected for one that means several things, or nothing."""
        sayable: Sayable = getattr(self, of)
        found = sayable.settled(text, WHAT[of], where)
        if isinstance(found, Problem):
            raise Rejected([found])
        return found

    def bearer(self, text: str) -> str:
        """The body or function that is meant; any other party as it is written."""
        found = self.bodies.meant(text) or self.functions.meant(text)
        return found[0] if len(found) == 1 else text


def settled_value(text: str, usual: Iterable[str]) -> str:
    """The usual value that the text is but for capitals and the marks of å, ä and ö; else the text as it is."""
    found = [one for one in usual if same(one) == same(text)]
    return found[0] if len(found) == 1 else text


def settled_day(text: str, today: date) -> str:
    """The day as year-month-day where it is written as Swedes do; else the text as it is."""
    return iso_day(text, today)


def _own_kinds(tree: Mapping[str, Any]) -> Mapping[str, OwnKind]:
    """The kinds that a file adds; none where they cannot be read, which is told when the rules are checked."""
    try:
        return read_own_kinds(tree.get("facts") or {})
    except ValueError:
        return {}


def _halves(label: str) -> Iterator[str]:
    yield label
    if " eller " in label:
        yield from label.split(" eller ")


def _titles(tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if municipality := tree.get("municipality"):
        yield naming.municipality_id(str(municipality)), naming.municipality_title(str(municipality))
    if (name := str(tree.get("instrument") or "")) and (title := str(tree.get("title") or "")):
        yield name, str(tree.get("short_title") or naming.short_title(name, title))
        yield name, title
