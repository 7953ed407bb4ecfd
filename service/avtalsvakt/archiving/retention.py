"""A retention plan: which free words of registrations are taken away, and after how long.

In come a plan (YAML) and facts, out comes what is due to be erased. A plan names the decision that it carries out; each
of its rules names kinds of facts, fields and a number of years, counted from the end of the year in which the fact's
day lies, as municipalities count. Pure but for reading the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_rules.parsing.source import Source, read_source
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import ANYWHERE, Vocabulary

RECORDER = "recorder"
EVERY = "alla"
KEYS = ("kinds", "fields", "years")
EXAMPLE = "skriv {kinds: [meeting_held], fields: [attendees], years: 10}"


class Rule(Struct, frozen=True):
    """Fields of kinds of facts (none: of all) that are erased so many years after the end of the fact's year."""

    kinds: frozenset[str]
    fields: tuple[str, ...]
    years: int

    def due(self, fact: Fact, today: date) -> bool:
        """Whether the time of a fact has passed."""
        return (not self.kinds or fact.kind in self.kinds) and fact.date.year + self.years < today.year


class Plan(Struct, frozen=True):
    """The decision that is carried out, and its rules."""

    decision: str
    rules: tuple[Rule, ...]


class Erasure(Struct, frozen=True):
    """One text of one fact that is to be erased."""

    fact: Fact
    field: str


def due(plan: Plan, facts: Iterable[Fact], erasable: Mapping[str, frozenset[str]], today: date) -> Iterator[Erasure]:
    """What the plan erases by today, in the order in which it was recorded; `erasable` are the fields that are left."""
    for fact in facts:
        fields = dict.fromkeys(name for rule in plan.rules if rule.due(fact, today) for name in rule.fields)
        yield from (Erasure(fact, name) for name in fields if name in erasable.get(fact.id, ()))


def read_plan(path: Path, vocabulary: Vocabulary) -> Plan:
    """The plan in a file. Raises Rejected with everything that is wrong with it."""
    try:
        source = read_source(path)
    except Rejected as refused:
        said = (replace(one, what=one.what.replace("regelfilen", "planen")) for one in refused.problems)
        raise Rejected(said) from refused
    tree = source.tree if isinstance(source.tree, dict) else {}
    problems = [
        Problem(f"nyckeln '{key}' finns inte", source.where((key,)), "en plan har decision och rules", "ta bort den")
        for key in tree if key not in ("decision", "rules")
    ]  # fmt: skip
    decision, rules = tree.get("decision"), tree.get("rules")
    if not isinstance(decision, str) or not decision.strip():
        why = "den som gallrar måste kunna visa varför"
        problems.append(Problem("beslutet saknas", source.where(("decision",)), why, 'skriv decision: "KS 2026:14"'))
    if not isinstance(rules, list) or not rules:
        problems.append(Problem("planen har inga regler", source.where(("rules",)), "rules är en lista", EXAMPLE))
        rules = []
    read = [_rule(one, source, place, vocabulary, problems) for place, one in enumerate(rules)]
    if problems:
        raise Rejected(problems)
    return Plan(str(decision).strip(), tuple(one for one in read if one))


def _rule(raw: Any, source: Source, place: int, vocabulary: Vocabulary, problems: list[Problem]) -> Rule | None:
    """One rule, or None where something is wrong, which is added to the problems."""
    where = source.where(("rules", place))
    if not isinstance(raw, dict) or set(raw) != set(KEYS):
        problems.append(Problem("regeln går inte att läsa", where, f"den har {', '.join(KEYS)}", EXAMPLE))
        return None
    before = len(problems)
    kinds, fields, years = _texts(raw["kinds"]), _texts(raw["fields"]), str(raw["years"])
    known = {RECORDER, *ANYWHERE, *(name for kind in vocabulary.kinds.values() for name in kind.attributes)}
    for what, names, possible in (("faktatypen", kinds, {EVERY, *vocabulary.kinds}), ("fältet", fields, known)):
        for name in names or ("",):
            if name not in possible:
                why = "ingen registrering har det"
                problems.append(Problem(f"{what} '{name}' finns inte", where, why, closest(name, possible)))
    if not re.fullmatch(r"\d{1,3}", years, re.ASCII):
        problems.append(Problem(f"{years} är inget antal år", where, "ett helt tal från 0 till 999 väntas", EXAMPLE))
    return None if len(problems) > before else Rule(frozenset(kinds) - {EVERY}, fields, int(years))


def _texts(raw: Any) -> tuple[str, ...]:
    return tuple(map(str, raw if isinstance(raw, list) else [raw] if raw else ()))
