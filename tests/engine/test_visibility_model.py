"""Visibility against a model that follows semantics.md word by word, slowly, on thousands of small registers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from random import Random
from typing import Any

from hypothesis import settings
from tests.oracle.drawing import Draw, among, given_drawn, number, pick

from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_rules import vocabulary

VOCABULARY = vocabulary.load()
BEGINNING = date(2024, 1, 1)
NAMES = ("chair", "time", "contributions")
TEXTS = ("a", "b", "c")
SAID: dict[str, Sequence[Value | None]] = dict.fromkeys(NAMES, TEXTS)
CORRECTIONS: dict[str, Sequence[Value | None]] = {
    **dict.fromkeys(NAMES, (*TEXTS, None, "")),
    "agreement": ("x", "y"),
    "date": ("2024-05-06", "2024-05", "2024"),
}


def some_of(draw: Draw, options: Mapping[str, Sequence[Any]]) -> dict[str, Value]:
    """Some of these, in any order."""
    left, out = list(options), dict[str, Value]()
    for _ in range(draw(number(0, len(left)))):
        name = left.pop(draw(number(0, len(left) - 1)))
        out[name] = among(draw, options[name])
    return out


def registers(draw: Draw) -> list[Fact]:
    """Facts in order of arrival; each record targets something that came before it, at times something unknown."""
    facts: list[Fact] = []
    moment = 0
    for arrival in range(1, draw(number(1, 14)) + 1):
        moment += draw(number(0, 2))
        recorded = f"{BEGINNING + timedelta(days=moment // 2)}T{10 + moment % 2}:00:00+01:00"
        kind = pick(draw, "meeting_held", "minutes_recorded", "record_corrected", "record_retracted")
        # The first fact is aimed at more often, so that records about the same fact meet.
        target = pick(draw, *(one.id for one in facts), *(one.id for one in facts[:1] * 3), "unknown")
        attributes: dict[str, Value]
        if kind == "meeting_held":
            attributes = some_of(draw, SAID)
        elif kind == "minutes_recorded":
            attributes = {"meeting": target}
        elif kind == "record_retracted":
            attributes = {"target": target}
        else:
            attributes = {"target": target, "set": some_of(draw, CORRECTIONS)}
        facts.append(Fact(f"f{arrival}", kind, "x", date(2024, 3, 4), recorded, arrival, "day", attributes))
    return facts


def model(facts: list[Fact], known_at: date) -> tuple[list[Fact], set[tuple[str, str]], dict[str, tuple[str, ...]]]:
    """The shown facts, (code, fact) of each finding, and the corrections applied to each corrected fact."""
    known = [fact for fact in facts if fact.recorded_on <= known_at]
    by_id = {fact.id: fact for fact in known}

    def stands(one: Fact) -> bool:
        retractions = (r for r in known if r.kind == "record_retracted" and r.attributes["target"] == one.id)
        return not any(stands(r) for r in retractions)

    shown = []
    findings = set()
    corrected = {}
    for fact in known:
        if not stands(fact):
            continue
        if fact.kind.startswith("record_"):
            target = by_id.get(str(fact.attributes["target"]))
            if target is None:
                findings.add(("target_missing", fact.id))
            elif target.kind.startswith("record_") and fact.kind == "record_corrected":
                findings.add(("correction_of_record", fact.id))
            continue
        about = [one for one in known if one.kind == "record_corrected" and one.attributes["target"] == fact.id]
        applied = [one for one in about if stands(one)]
        shown.append(reduce(apply, applied, fact))
        if applied:
            corrected[fact.id] = tuple(one.id for one in applied)
    ids = {fact.id for fact in shown}
    for fact in shown:
        meeting = fact.text("meeting")
        if meeting is not None and meeting not in ids:
            target = by_id.get(meeting)
            gone = target is not None and not target.kind.startswith("record_")
            findings.add(("reference_retracted" if gone else "reference_missing", fact.id))
    return shown, findings, corrected


def apply(fact: Fact, record: Fact) -> Fact:
    agreement, day, recorded, precision = fact.agreement, fact.date, fact.recorded, fact.precision
    was = fact.was
    precisions: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}
    attributes = dict(fact.attributes)
    changes = record.attributes["set"]
    assert isinstance(changes, dict)
    for name, value in changes.items():
        if name == "agreement":
            agreement = value
        elif name == "date":
            recorded = record.recorded
            was = (*was, day) if precision == "day" else was
            day = {10: date(2024, 5, 6), 7: date(2024, 5, 1), 4: date(2024, 1, 1)}[len(value)]
            precision = precisions[len(value)]
        elif value:
            attributes[name] = value
        else:
            attributes.pop(name, None)
    return Fact(fact.id, fact.kind, agreement, day, recorded, fact.arrival, precision, attributes, was=was)


def fourteen(draw: Draw) -> int:
    """Days after the beginning: as many as facts can be recorded on."""
    return draw(number(0, 14))


def an_order(draw: Draw) -> int:
    """What an order follows from."""
    return draw(number(0, 2**32 - 1))


@settings(max_examples=400)
@given_drawn(facts=registers, days=fourteen, order=an_order)
def test_the_view_is_what_the_semantics_say_whatever_order_facts_are_read_in(facts, days, order) -> None:
    known_at = BEGINNING + timedelta(days=days)
    shown, findings, corrected = model(facts, known_at)
    seen = view(facts, known_at, VOCABULARY)
    assert list(seen.facts) == shown
    assert {(one.code, one.fact) for one in seen.findings} == findings
    assert dict(seen.corrected) == corrected
    Random(order).shuffle(facts)
    again = view(facts, known_at, VOCABULARY)
    assert {one.id: one for one in again.facts} == {one.id: one for one in shown}
    assert {(one.code, one.fact) for one in again.findings} == findings
    assert (again.retracted, dict(again.corrected)) == (seen.retracted, dict(seen.corrected))


@given_drawn(facts=registers)
def test_without_a_day_everything_is_known(facts) -> None:
    assert view(facts, None, VOCABULARY) == view(facts, date(2099, 1, 1), VOCABULARY)


@given_drawn(facts=registers, days=fourteen)
def test_what_is_recorded_later_changes_nothing_about_what_was_known(facts, days) -> None:
    known_at = BEGINNING + timedelta(days=days)
    earlier = [fact for fact in facts if fact.recorded_on <= known_at]
    assert view(facts, known_at, VOCABULARY) == view(earlier, None, VOCABULARY)
