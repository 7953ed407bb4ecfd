"""What holds of every assessment, whatever the register."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from tests.oracle.drawing import Draw, a_day, as_deep_as_asked, given_drawn, number
from tests.oracle.registers import any_register, covered
from tests.oracle.strategies import Case

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.related_agreements import bearing_on
from avtalsvakt_rules.vocabulary import load

ONE = timedelta(days=1)


def judged(case: Case, day: date, decider: Decider, known_at: date | None = None) -> Assessment:
    return assess(case.rulebook, case.facts, day, known_at or case.known_at, decider)


def a_seed(draw: Draw) -> int:
    """What an order follows from."""
    return draw(number(0, 2**32 - 1))


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day, seed=a_seed)
def test_the_order_in_which_facts_are_read_decides_nothing(case: Case, day: date, seed: int, decider: Decider) -> None:
    shuffled = list(case.facts)
    random.Random(seed).shuffle(shuffled)
    one, other = judged(case, day, decider), judged(replace(case, facts=tuple(shuffled)), day, decider)
    assert (one.duties, one.instruments) == (other.duties, other.instruments)
    assert set(one.findings) == set(other.findings)


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day)
def test_the_same_input_gives_the_same_output(case: Case, day: date, decider: Decider) -> None:
    assert judged(case, day, decider) == judged(case, day, decider)
    assert repr(judged(case, day, decider)) == repr(judged(case, day, decider)), "byte for byte"


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day)
def test_what_is_counted_is_shown_and_keys_are_unique(case: Case, day: date, decider: Decider) -> None:
    known, statuses = {fact.id for fact in case.facts}, set(load().statuses)
    duties = judged(case, day, decider).duties
    assert len({one.duty for one in duties}) == len(duties)
    for one in duties:
        assert one.status in statuses and one.duty.startswith(f"{one.agreement}.")
        assert len(set(one.facts)) == len(one.facts) and not {item.fact for item in one.not_counted} & set(one.facts)
        clause = case.rulebook.instruments[one.instrument].clauses[one.obligation]
        assert one.counted <= max(len(clause.including), len(one.facts))
        assert {fact for fact in one.facts if not fact.startswith("presumerad.")} <= known
        if one.status == "not_applicable":
            assert (one.due, one.counted, one.required, one.facts) == (None, 0, 0, ()) and one.reason
        shown = {"breach_on_record", "forbidden_act_done"} & set(
            one.rules
        )  # what is recorded shows it, whatever day it is
        if one.status == "overdue" and one.due and not shown:
            assert one.due < day
        if one.status == "at_risk":
            assert one.due and day <= one.due


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day, first=a_day, later=a_day)
def test_what_is_known_later_is_never_less(case: Case, day: date, first: date, later: date, decider: Decider) -> None:
    """Without corrections and retractions, more facts are seen, and what was counted is still counted."""
    first, later = sorted((first, later))
    plain = [one for one in case.facts if one.kind in ("meeting_held", "evaluation_done", "document_revised")]
    only = replace(case, facts=tuple(one for one in plain if "separate" not in one.attributes))
    before = {one.duty: one for one in judged(only, day, decider, first).duties if one.status != "not_applicable"}
    after = {one.duty: one for one in judged(only, day, decider, later).duties}
    for key, verdict in before.items():
        when = case.rulebook.instruments[verdict.instrument].clauses[verdict.obligation].when
        ends_on_an_event = when is not None and isinstance(
            when.until, Pattern
        )  # then its periods end when that is known
        if verdict.period and "klausul" in key and not ends_on_an_event:
            assert after[key].counted >= verdict.counted, key


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day, on=a_day)
def test_a_fact_of_another_kind_or_agreement_changes_nothing(case: Case, day: date, on: date, decider: Decider) -> None:
    asked_by_none = next(kind for kind in ("cost_claim", "measurement_done") if kind not in case.text)
    beside = (
        Fact("ovidkommande", asked_by_none, "lokalt", on, on.isoformat(), 900),
        Fact("annans", "meeting_held", "annat", on, on.isoformat(), 901, "day", {"body": "klara_group"}),
    )
    assert judged(replace(case, facts=case.facts + beside), day, decider) == judged(case, day, decider)


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day)
def test_what_was_known_then_is_what_was_recorded_then(case: Case, day: date, decider: Decider) -> None:
    """`known_at` and never having recorded the rest are the same."""
    recorded = tuple(one for one in case.facts if one.recorded_on <= day)
    then = assess(case.rulebook, case.facts, day, day, decider)
    only = assess(case.rulebook, recorded, day, None, decider)
    assert (then.duties, then.instruments, then.findings) == (only.duties, only.instruments, only.findings)


def facts_of(facts: Sequence[Fact], agreements: Set[str]) -> tuple[Fact, ...]:
    """The facts of some agreements, those that a correction moves to them, and what was recorded about any of these."""
    sets = {one.text("target"): one.attributes.get("set") for one in facts if one.kind == "record_corrected"}
    moved = {name for name, said in sets.items() if isinstance(said, Mapping) and said.get("agreement") in agreements}
    found, grown = {one.id for one in facts if one.agreement in agreements or one.id in moved}, True
    while grown:
        more = {one.id for one in facts if one.kind.startswith("record_") and one.text("target") in found} - found
        found, grown = found | more, bool(more)
    return tuple(one for one in facts if one.id in found)


@as_deep_as_asked()
@given_drawn(case=covered, day=a_day)
def test_an_agreement_is_judged_the_same_on_the_facts_that_bear_on_it_alone(
    case: Case, day: date, decider: Decider
) -> None:
    whole = judged(case, day, decider)
    for name in case.rulebook.instruments:
        alone = judged(replace(case, facts=facts_of(case.facts, bearing_on(case.rulebook, name))), day, decider)
        assert [one for one in alone.duties if one.agreement == name] == [
            one for one in whole.duties if one.agreement == name
        ]
        assert [one for one in alone.instruments if one.agreement == name] == [
            one for one in whole.instruments if one.agreement == name
        ]
