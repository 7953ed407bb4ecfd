"""Explanations: every code has Swedish words, and any verdict on any day can be explained without stumbling."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining import labels, reading_labels
from avtalsvakt_engine.explaining.clause_words import day_words, evidence_words, when_words
from avtalsvakt_engine.explaining.explanations import Background, Explanation, explain
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.explaining.seen import Records
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.fact_files import read_files
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.judging.judge import ASKS
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_engine.rulesets.labels import rule_words
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.days import read_day
from avtalsvakt_rules.language.instrument import MODALITY
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook
from avtalsvakt_rules.vocabulary import load

ROOT = Path(__file__).resolve().parents[2]
DAYS = [date(2016, 1, 1), date(2017, 12, 1), date(2018, 6, 1), date(2024, 2, 29), date(2026, 11, 22), date(2027, 3, 1)]
TELLING = (
    "actors", "allotment", "answers", "case", "gathering", "judge", "own_record",
)  # fmt: skip
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def source(*names: str) -> str:
    """The text of some of the engine's modules."""
    folder = ROOT / "engine" / "avtalsvakt_engine"
    return "\n".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in names)


def test_every_status_state_modality_and_life_has_words() -> None:
    assert {*load().statuses, "withdrawn"} == set(labels.STATUSES)
    assert set(MODALITY.values()) <= set(labels.MODALITIES)
    assert set(QUESTIONS["instrument_state"].conclusions) == set(labels.STATES)
    assert set(QUESTIONS["violation"].conclusions) - {"none"} == set(labels.VIOLATION_STATES)


def test_every_reason_has_words() -> None:
    reasons = set(re.findall(r'return (?:item, |Item\(.*?\), )?"([a-z_]+)"', source("evidence/selection")))
    told = source(*(f"judging/{name}" for name in TELLING), "duties/attesting", "evidence/matching")
    reasons |= set(re.findall(r'(?:refused.*?|reason.*?|\(item|Match\.(?:NO|UNKNOWN)), "([a-z_]+)"', told))
    assert reasons >= {
        "planned",
        "no_effect",
        "no_decision",
        "one_party_only",
        "too_late",
        "attribute_missing",
        "breach",
        "wrong_actor",
        "no_answer",
        "day_missing",
    }
    assert reasons <= set(labels.REASONS)


def test_every_flag_has_words() -> None:
    text = source("terms/timeline_builder", "judging/judge", "assessing/assessment")
    assert set(ASKS) <= set(labels.REASONS)
    flags = set(re.findall(r'(?:flags\.append\(f?"|flags \+= \["|flag = f?")([a-z_]+)', text)) | set(ASKS.values())
    assert flags >= {"asks_attribute", "wrong_order", "without_valid_superior", "extension_unproven"}
    assert flags <= set(labels.FLAGS)
    assert labels.flag("extension_unproven:f1") == "Förlängningens form eller villkor är inte styrkta (f1)."


def test_every_reading_and_choice_has_words() -> None:
    assert set(reading_labels.READINGS) == set(load_readings())
    for code, question in load_readings().items():
        assert set(reading_labels.READINGS[code][1]) == set(map(str, question.choices)), code


def test_words_for_several() -> None:
    assert [labels.status("overdue", count) for count in (0, 1, 2)] == ["försenade", "försenad", "försenade"]
    assert labels.violation_state("cured", 2) == "läkta"
    assert labels.status("unheard_of", 2) == "unheard_of"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6 months before end", "6 månader före periodens sista dag"),
        ("14 days after event", "14 dagar efter händelsens dag"),
        ("1 day after event.handed_over", "1 dag efter den dag som är registrerad som »överlämnad den«"),
        ("3 working days after event", "3 vardagar efter händelsens dag"),
        ("01-31", "den 31 januari"),
        ("2019-09-04", "2019-09-04"),
        ("last working day", "sista vardagen"),
        ("second tuesday of may", "andra tisdagen i maj"),
        ("last friday", "sista fredagen"),
        ("start", "periodens första dag"),
        ("2 weeks before next", "2 veckor före nästa tillfälle"),
    ],
)
def test_days_in_words(text: str, words: str) -> None:
    assert day_words(read_day(text), names_of()) == words


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_every_clause_in_words(rulebook: Rulebook) -> None:
    english = re.compile(r"\b(each|year|event|before|after|any_of|meeting_held|same|None|month)\b")
    for instrument in rulebook.instruments.values():
        names = names_of(instrument)
        for name, clause in instrument.clauses.items():
            if clause.computed:
                text = f"{when_words(clause, names)} {evidence_words(clause, names)}"
                assert not english.search(text), (name, text)
                assert "  " not in text


@pytest.fixture(scope="module")
def facts(rulebook: Rulebook) -> list[Fact]:
    files = sorted((ROOT / "fixtures").glob("*.csv"))
    bodies = {name: frozenset(one.bodies) for name, one in rulebook.instruments.items()}
    return list(read_files(files, Known(load(), frozenset(rulebook.instruments), bodies), NOW, by="prov").facts)


Explained = list[tuple[Verdict, Explanation]]


@pytest.fixture(scope="module")
def explained_on(rulebook: Rulebook, facts: list[Fact], decider: Decider) -> Callable[[date], Explained]:
    """Every verdict on a day, explained once."""
    return cache(lambda day: list(explained(rulebook, facts, day, decider)))


def explained(
    rulebook: Rulebook, facts: list[Fact], day: date, decider: Decider
) -> Iterator[tuple[Verdict, Explanation]]:
    """Every verdict on every agreement on a day, explained."""
    seen = view(facts, None, load())
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in seen.facts:
        by_agreement[fact.agreement].append(fact)
    world = World(rulebook, lambda name: by_agreement.get(name, []), decider, day)
    for agreement in rulebook.instruments:
        verdicts = [one for *_, found, _until in judge_agreement(world, agreement) for one in found]
        timelines = {name: world.timelines.of(name) for name in {agreement, *(one.instrument for one in verdicts)}}
        records = Records(corrected=seen.corrected)
        background = Background(rulebook, day, verdicts, world.index(agreement).by_id, timelines, records)
        for verdict in verdicts:
            yield verdict, explain(verdict, background)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_any_verdict_can_be_explained(rulebook: Rulebook, explained_on: Callable[[date], Explained], day: date) -> None:
    code = re.compile(r"\b[a-z]+_[a-z_]+\b")
    for verdict, found in explained_on(day):
        headings = {part.heading for part in found.parts}
        text = "\n".join([found.summary, *(line for part in found.parts for line in part.lines)])
        assert found.duty == verdict.duty
        assert {"Klausul", "Tid", "Krav", "Avtal", "Regler"} <= headings
        assert ("Står sig" in headings) is (verdict.until is not None)
        known_ids = {*verdict.facts, *(one.fact for one in verdict.not_counted), verdict.trigger or ""}
        assert not [word for word in code.findall(text) if not any(word in one for one in known_ids)], text
        assert all(fact in text for fact in verdict.facts[-5:])
        assert all(one.fact in text for one in verdict.not_counted)  # every record that was looked at, with its id
        assert verdict.due is None or verdict.due.isoformat() in text
        law = rulebook.instruments[verdict.instrument].level == "statute"
        assert all(rule_words(rule, law=law) in text for rule in verdict.rules if rule not in labels.BREACHES)
        if verdict.status in ("pending", "at_risk", "overdue") and verdict.required > verdict.counted:
            assert headings & {"Saknas", "Möjligt", "Består", "För sent"}
            passed = verdict.due is not None and verdict.due < day
            assert not ("Saknas" in headings and passed and not verdict.curable and not verdict.asks)


def test_the_same_verdict_has_the_same_explanation(
    rulebook: Rulebook, facts: list[Fact], decider: Decider, explained_on: Callable[[date], Explained]
) -> None:
    once = [found for _, found in explained_on(DAYS[4])]
    again = [found for _, found in explained(rulebook, list(reversed(facts)), DAYS[4], decider)]
    assert once == again
