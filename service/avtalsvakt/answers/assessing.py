"""Judges on demand: reads rules and facts, from files or from the register, and judges them as of a day.

Nothing is written. With files no database is touched.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.comparing_readings import Comparison, asked, differences
from avtalsvakt.settings import RulesInUse, Settings
from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.judging.cell_judging import HORIZON
from avtalsvakt_engine.storage.database.agreements_without_rules import without_rules
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.related_agreements import bearing_on
from avtalsvakt_rules.rulebook import Rulebook


class Material(Struct, frozen=True):
    """What is judged: rules, facts as recorded, and the days; `lacking`: agreements whose rules are missing."""

    rulebook: Rulebook
    facts: tuple[Fact, ...]
    as_of: date
    known_at: date | None
    warnings: tuple[Problem, ...] = ()
    lacking: tuple[str, ...] = ()


def gather_material(
    settings: Settings,
    *,
    files: Sequence[Path] = (),
    readings: Mapping[str, str] | None = None,
    as_of: date | None = None,
    known_at: date | None = None,
    about: Collection[str] | None = None,
) -> Material:
    """Read the rules, and the facts of the files if any are given, else of the register. Raises Rejected.

    `about`: of the register only what bears on these agreements; all if None.
    """
    rules = RulesInUse(settings.rules_given()) if files else settings.rules_in_use()
    rulebook = rules.rulebook.with_readings(readings or {})
    day = as_of or settings.today
    if files:
        from avtalsvakt_engine.importing.fact_files import read_files
        from avtalsvakt_engine.intake.known_facts import known_facts

        batch = read_files(files, known_facts(rulebook), settings.now)
        return Material(rulebook, batch.facts, day, known_at, batch.warnings)
    with settings.register(read_only=True) as register:
        lacking = without_rules(register, rulebook.instruments)
        warnings = (*rules.problems, *map(_lacking, lacking))
        heard = None if about is None else sorted(frozenset().union(*(bearing_on(rulebook, one) for one in about)))
        facts = tuple(register.facts()) if heard is None else FactSource(register, None).recorded(heard)
        return Material(rulebook, facts, day, known_at, warnings, lacking)


def _lacking(agreement: str) -> Problem:
    why = "det bedöms inte nu; det som körningar kommit fram till är kvar"
    return Problem("reglerna för avtalet saknas", agreement, why, "ange dem med --rules MAPP")


def check_agreements(
    rulebook: Rulebook,
    agreements: Iterable[str],
    option: str = "--agreement",
    *,
    lacking: Sequence[str] = (),
    sees: Callable[[str], bool] = lambda _: True,
) -> None:
    """Raise Rejected for agreements that have no rules; `lacking` had them once. What is not seen is not there."""
    from avtalsvakt_engine.intake.fact_checks import closest

    known = {name for name in rulebook.instruments if sees(name)}
    problems = [
        _lacking(name)
        if name in lacking
        else Problem(f"avtalet '{name}' finns inte", option, "det finns inga regler för det",
                closest(name, known))
        for name in agreements
        if name not in known
    ]  # fmt: skip
    if problems:
        raise Rejected(problems)


def compare_all(
    material: Material, texts: Iterable[str], *, agreements: Sequence[str] | None = None, horizon: int = HORIZON
) -> list[Comparison]:
    """What other choices of reading would change: each text is `KOD` or `KOD=VAL`. Raises Rejected."""
    wanted = asked(texts, material.rulebook)
    now = assess_all(material, agreements=agreements, horizon=horizon)
    out = []
    for one in wanted:
        if one.refused:
            out.append(one)
            continue
        other = replace(material, rulebook=material.rulebook.with_readings({one.code: one.choice}))
        then = assess_all(other, agreements=agreements, horizon=horizon)
        out.append(replace(one, differences=differences(now, then)))
    return out


def assess_all(material: Material, *, agreements: Sequence[str] | None = None, horizon: int = HORIZON) -> Assessment:
    """Everything that follows from the material; only some agreements' duties if given. `horizon`: months ahead."""
    with Decider(table="first") as decider:
        return assess(
            material.rulebook,
            material.facts,
            material.as_of,
            material.known_at,
            decider,
            agreements=agreements,
            horizon=horizon,
        )
