"""What a page calls agreements, duties and questions: the short names, titles and questions of the rule files.

A list of stored duties must not wait for rules to be checked, so names are read from the files as they stand; where a
rulebook is at hand they come from it. Both say the same, since texts/naming.py makes the defaults of both.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from avtalsvakt.words.rule_texts import Tree, rule_trees
from avtalsvakt_calendars.phrases import period_words
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.texts import naming

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook

Object = dict[str, object]
PARTY = ("Parten ", "Vardera parten ")


class ClauseNames(Struct, frozen=True):
    """The names of one clause: what somebody does, the act, the question; `per` is what each has one of its own."""

    title: str | None
    act: str | None
    question: str | None
    per: str | None


NAMELESS = ClauseNames(None, None, None, None)


class PageNames(Struct, frozen=True):
    """Short names by agreement, and the names of clauses by (instrument, obligation)."""

    agreements: Mapping[str, str]
    clauses: Mapping[tuple[str, str], ClauseNames]

    def agreement(self, name: str) -> str:
        """The agreement's short name; its identifier where no rules are known."""
        return self.agreements.get(name, name)

    def duty(self, verdict: Verdict) -> Object:
        """The names of one duty, as fields of a JSON answer."""
        found = self.clauses.get((verdict.instrument, verdict.obligation), NAMELESS)
        return {
            "short_title": self.agreement(verdict.agreement),
            "title": titled(found, verdict),
            "act": found.act,
            "question": found.question,
        }


NO_NAMES = PageNames(MappingProxyType({}), MappingProxyType({}))


def titled(clause: ClauseNames, verdict: Verdict) -> str:
    """The duty as a sentence with its party, site and period: `Styrgruppen träffas två gånger 2026`."""
    from avtalsvakt_rules.interpreting.actors import BEARERS, EACH  # a list must not wait for the rule language

    title = clause.title or verdict.obligation
    word = next((one for one in PARTY if title.startswith(one)), None)
    if word and verdict.bearer and verdict.bearer not in BEARERS:
        title = f"{verdict.bearer[:1].upper()}{verdict.bearer[1:]} {title.removeprefix(word)}"
    elif clause.per == "party" and verdict.bearer and verdict.bearer != EACH:
        title = f"{title}, {verdict.bearer}"
    label = verdict.period.label if verdict.period else ""
    if clause.per not in (None, "party", "local_agreement", "municipality") and (site := _site(verdict, label)):
        title = f"{title}, {site}"
    return f"{title} {label}" if label.isdigit() else ", ".join(filter(None, (title, period_words(label))))


def _site(verdict: Verdict, label: str) -> str:
    """The site as the key spells it."""
    _, _, suffix = verdict.duty.partition(f".{verdict.obligation}.")
    return suffix.removesuffix(label).strip(".")


def names_in(rulebook: "Rulebook") -> PageNames:
    """The names under the readings in force."""
    instruments = rulebook.instruments.values()
    return PageNames(
        {one.instrument: one.called for one in instruments},
        {
            (one.instrument, name): ClauseNames(clause.duty_title, clause.act, clause.asked_as, clause.per)
            for one in instruments
            for name, clause in one.clauses.items()
        },
    )


def names_at(further: Iterable[Path] = ()) -> PageNames:
    """The names in the built-in rule files and in further places. A file that cannot be read gives none."""
    agreements: dict[str, str] = {}
    clauses: dict[tuple[str, str], ClauseNames] = {}
    for tree in rule_trees(further):
        found = _names_of(tree)
        agreements = {**found.agreements, **agreements, **_own(found)}
        clauses |= found.clauses
    return PageNames(agreements, clauses)


def _own(found: PageNames) -> Mapping[str, str]:
    """What a file calls itself goes before what another makes of a municipality's name."""
    return {name: text for name, text in found.agreements.items() if not name.startswith(naming.MUNICIPALITY)}


def _names_of(tree: Tree) -> PageNames:
    """The names of one file."""
    try:
        whose = str(tree.get("instrument") or tree["part_of"])
        return PageNames(dict(_agreements(whose, tree)), {
            (whose, str(name)): _clause_names(clause) for name, clause in (tree.get("clauses") or {}).items()
        })  # fmt: skip
    except (AttributeError, KeyError, TypeError):
        return NO_NAMES


def _agreements(whose: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The agreement of a file, and the municipality that it names."""
    if municipality := tree.get("municipality"):
        yield naming.municipality_id(str(municipality)), naming.municipality_title(str(municipality))
    if title := tree.get("title"):
        yield whose, str(tree.get("short_title") or naming.short_title(whose, str(title)))


def _clause_names(clause: Mapping[str, Any]) -> ClauseNames:
    said, act, asked = clause.get("sv"), clause.get("act"), clause.get("attest")
    question = clause.get("question") or naming.question(said) if asked else None
    title = clause.get("title") or naming.duty_title(said, act)
    return ClauseNames(title, act, question, clause.get("per"))
