"""What the register shows on a day: corrections, retractions, references (semantics.md, Time and Corrections)."""

from collections.abc import Mapping
from datetime import date

import pytest

from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_rules import vocabulary

VOCABULARY = vocabulary.load()
DAY = date(2024, 3, 4)


def fact(id_: str, recorded: str = "2024-03-05", *, arrival: int = 0, **attributes: Value) -> Fact:
    return Fact(
        id_, "meeting_held", "ostermalm-2020", DAY, f"{recorded}T09:00:00+01:00", arrival, attributes=attributes
    )


def corrected(
    id_: str, target: str, changes: Mapping[str, object], recorded: str = "2024-04-01", arrival: int = 0
) -> Fact:
    moment = f"{recorded}T09:00:00+02:00"
    attributes: dict[str, Value] = {"target": target, "set": changes, "reason": "felskrivet"}
    return Fact(
        id_, "record_corrected", "ostermalm-2020", date.fromisoformat(recorded), moment, arrival, "day", attributes
    )


def retracted(id_: str, target: str, recorded: str = "2024-04-01", arrival: int = 0) -> Fact:
    moment = f"{recorded}T09:00:00+02:00"
    attributes = {"target": target, "reason": "dubblett"}
    return Fact(
        id_, "record_retracted", "ostermalm-2020", date.fromisoformat(recorded), moment, arrival, "day", attributes
    )


def seen(*facts: Fact, known_at: str | None = None) -> View:
    return view(facts, None if known_at is None else date.fromisoformat(known_at), VOCABULARY)


def codes(shown: View) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.fact) for finding in shown.findings]


def test_what_was_recorded_on_the_day_is_known_that_day_and_not_before() -> None:
    assert [one.id for one in seen(fact("a", "2024-03-05"), known_at="2024-03-05").facts] == ["a"]
    assert seen(fact("a", "2024-03-05"), known_at="2024-03-04").facts == ()
    assert [one.id for one in seen(fact("a", "2099-03-05")).facts] == ["a"]


def test_a_correction_holds_from_the_day_it_was_recorded() -> None:
    facts = fact("a", chair="polisen"), corrected("c", "a", {"chair": "staden"}, "2024-04-01")
    assert seen(*facts, known_at="2024-03-31").facts[0].text("chair") == "polisen"
    shown = seen(*facts, known_at="2024-04-01")
    assert shown.facts[0].text("chair") == "staden"
    assert shown.facts[0].recorded == facts[0].recorded, "only a corrected date counts as recorded anew"
    assert dict(shown.corrected) == {"a": ("c",)}


def test_corrections_apply_in_the_order_they_arrived_whatever_order_they_are_read_in() -> None:
    first = corrected("c1", "a", {"chair": "polisen", "time": "13"}, "2024-04-01")
    second = corrected("c2", "a", {"chair": "staden"}, "2024-04-02")
    for facts in ((fact("a"), first, second), (second, first, fact("a"))):
        assert dict(seen(*facts).facts[0].attributes) == {"chair": "staden", "time": "13"}


def test_the_arrival_number_decides_between_corrections_of_the_same_moment() -> None:
    later, earlier = corrected("c1", "a", {"chair": "x"}, arrival=3), corrected("c2", "a", {"chair": "y"}, arrival=2)
    assert seen(fact("a"), later, earlier).facts[0].text("chair") == "x"


def test_moments_are_compared_as_moments_in_the_hour_that_occurs_twice() -> None:
    summer = Fact(
        "c1",
        "record_corrected",
        "x",
        DAY,
        "2024-10-27T02:40:00+02:00",
        1,
        attributes={"target": "a", "set": {"time": "1"}},
    )
    winter = Fact(
        "c2",
        "record_corrected",
        "x",
        DAY,
        "2024-10-27T02:10:00+01:00",
        2,
        attributes={"target": "a", "set": {"time": "2"}},
    )
    assert seen(fact("a"), winter, summer).facts[0].text("time") == "2"


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_attribute_set_to_nothing_is_removed(nothing: str | None) -> None:
    shown = seen(fact("a", chair="polisen", time="13"), corrected("c", "a", {"chair": nothing, "absent": nothing}))
    assert dict(shown.facts[0].attributes) == {"time": "13"}


@pytest.mark.parametrize(
    ("changes", "day", "precision"),
    [
        ({"date": "2024-03-15"}, date(2024, 3, 15), "day"),
        ({"date": "2024-02"}, date(2024, 2, 1), "month"),
        ({"date": "2023"}, date(2023, 1, 1), "year"),
        ({"date": "2024-02-17", "date_precision": "month"}, date(2024, 2, 1), "month"),
    ],
)
def test_a_corrected_date_counts_as_recorded_when_the_correction_was(
    changes: dict[str, str], day: date, precision: Precision
) -> None:
    shown = seen(fact("a"), corrected("c", "a", changes, "2024-04-01")).facts[0]
    assert (shown.date, shown.precision, shown.recorded) == (day, precision, "2024-04-01T09:00:00+02:00")


def test_a_corrected_precision_alone_is_not_a_new_recording() -> None:
    shown = seen(fact("a"), corrected("c", "a", {"date_precision": "month"})).facts[0]
    assert (shown.date, shown.precision, shown.recorded_on) == (date(2024, 3, 1), "month", date(2024, 3, 5))


def test_a_correction_may_move_a_fact_to_another_agreement() -> None:
    assert seen(fact("a"), corrected("c", "a", {"agreement": "alvsjo"})).facts[0].agreement == "alvsjo"


def test_a_retracted_fact_is_gone_and_correcting_it_changes_nothing() -> None:
    shown = seen(fact("a"), retracted("r", "a", "2024-04-01"), corrected("c", "a", {"chair": "x"}, "2024-04-02"))
    assert shown == View((), (), frozenset({"a"}))
    assert set(shown.retracting) == {"a"}


def test_the_record_that_took_a_fact_away_is_named_and_not_one_that_was_itself_taken_back() -> None:
    first, undone = retracted("r1", "a", "2024-04-01"), retracted("q", "r1", "2024-04-02")
    shown = seen(fact("a"), first, undone, retracted("r2", "a", "2024-04-03"))
    assert shown.retracting["a"] == "r2"


def test_a_retracted_correction_is_undone() -> None:
    shown = seen(fact("a", chair="x"), corrected("c", "a", {"chair": "y"}), retracted("r", "c", "2024-04-02"))
    assert shown.facts[0].text("chair") == "x"
    assert shown.findings == ()


def test_retracting_a_retraction_brings_the_fact_back_with_its_corrections() -> None:
    facts = [
        fact("a", chair="x"),
        retracted("r1", "a", "2024-04-01"),
        corrected("c", "a", {"chair": "y"}, "2024-04-02"),
        retracted("r2", "r1", "2024-04-03"),
    ]
    assert seen(*facts, known_at="2024-04-02").facts == ()
    assert seen(*facts).facts[0].text("chair") == "y"
    assert seen(*facts, retracted("r3", "r2", "2024-04-04")).facts == ()


def test_of_two_retractions_one_may_be_retracted() -> None:
    shown = seen(fact("a"), retracted("r1", "a"), retracted("r2", "a"), retracted("r3", "r1"))
    assert shown.facts == ()


def test_retractions_in_a_circle_do_not_stand() -> None:
    shown = seen(fact("a"), retracted("r1", "r2"), retracted("r2", "r1"), retracted("r3", "r3"))
    assert [one.id for one in shown.facts] == ["a"]
    assert codes(shown) == [("circular_retraction", "r1"), ("circular_retraction", "r2"), ("circular_retraction", "r3")]


def test_a_circle_that_is_broken_from_outside_is_none() -> None:
    shown = seen(retracted("r1", "r2"), retracted("r2", "r1"), retracted("r3", "r1"))
    assert codes(shown) == []


def test_a_record_about_something_unknown_is_a_finding() -> None:
    shown = seen(corrected("c", "z", {"chair": "x"}), retracted("r", "y"))
    assert codes(shown) == [("target_missing", "c"), ("target_missing", "r")]
    assert shown.findings[0].text == "Registreringen gäller z, som inte finns"


def test_a_record_whose_target_is_not_yet_known_waits() -> None:
    facts = fact("a", "2024-05-01"), retracted("r", "a", "2024-04-01")
    assert codes(seen(*facts, known_at="2024-04-15")) == [("target_missing", "r")]
    assert codes(seen(*facts)) == []


def test_a_correction_of_a_correction_has_no_effect_and_says_so() -> None:
    first = corrected("c1", "a", {"chair": "y"})
    shown = seen(fact("a", chair="x"), first, corrected("c2", "c1", {"set": {"chair": "z"}}))
    assert shown.facts[0].text("chair") == "y"
    assert codes(shown) == [("correction_of_record", "c2")]


def test_references_to_what_is_retracted_or_not_there_are_findings() -> None:
    minutes = Fact("m", "minutes_recorded", "alvsjo", DAY, "2024-03-05", attributes={"meeting": "a"})
    stray = Fact("d", "decision_made", "alvsjo", DAY, "2024-03-05", attributes={"concerns": ("a", "z")})
    shown = seen(fact("a"), minutes, stray, retracted("r", "a"))
    assert codes(shown) == [("reference_retracted", "m"), ("reference_retracted", "d"), ("reference_missing", "d")]
    assert shown.findings[0].text == "meeting hänvisar till a, som är återkallad"
    assert shown.findings[0].agreement == "alvsjo"
    assert codes(seen(fact("a"), minutes)) == []


def test_a_corrected_reference_is_whole_again() -> None:
    minutes = Fact("m", "minutes_recorded", "alvsjo", DAY, "2024-03-05", attributes={"meeting": "z"})
    assert codes(seen(fact("a"), minutes, corrected("c", "m", {"meeting": "a"}))) == []


def test_records_are_not_shown_and_the_order_is_kept() -> None:
    shown = seen(retracted("r", "b"), fact("c"), fact("b"), fact("a"))
    assert [one.id for one in shown.facts] == ["c", "a"]
