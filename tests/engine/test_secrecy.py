"""Which facts are marked as secret, and what is told of them: as they stand, were, and were known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from avtalsvakt_calendars.reminding.meetings import planned_meetings
from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.evidence.secrecy import UNNAMED, masked, provision, provisions, told
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_rules.vocabulary import LINE_FIELDS, RECORDS, load

OSL, OTHER = "OSL 21 kap. 7 §", "OSL 18 kap. 1 §"
CORRECTED, RETRACTED = RECORDS
DAY = date(2026, 5, 5)


def fact(id_: str, kind: str = "meeting_held", number: int = 1, **attributes: Value) -> Fact:
    return Fact(id_, kind, "a", DAY, f"2026-05-{number + 5:02}T12:00:00+02:00", number, attributes=attributes)


def corrects(id_: str, target: str, number: int, **change: Value) -> Fact:
    return fact(id_, CORRECTED, number, target=target, set=change, reason="fel")


def retracts(id_: str, target: str, number: int) -> Fact:
    return fact(id_, RETRACTED, number, target=target, reason="fel")


PLAIN, MARKED = fact("f"), fact("f", secrecy=OSL)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ([PLAIN], {}),
        ([MARKED], {"f": OSL}),
        ([PLAIN, corrects("r", "f", 2, secrecy=OSL)], {"f": OSL, "r": OSL}),
        ([PLAIN, corrects("r", "f", 2, note="x"), corrects("s", "f", 3, secrecy=OSL)], {"f": OSL, "r": OSL, "s": OSL}),
        ([MARKED, corrects("r", "f", 2, secrecy="")], {}),
        ([MARKED, corrects("r", "f", 2, secrecy=""), retracts("s", "r", 3)], {"f": OSL, "r": OSL, "s": OSL}),
        ([MARKED, corrects("r", "f", 2, secrecy=OTHER)], {"f": OTHER, "r": OTHER}),
        ([MARKED, retracts("r", "f", 2)], {"f": OSL, "r": OSL}),
        ([PLAIN, corrects("r", "f", 2, secrecy=OSL), retracts("s", "f", 3)], {"f": OSL, "r": OSL, "s": OSL}),
        ([PLAIN, corrects("r", "f", 2, secrecy=OSL), retracts("s", "r", 3)], {}),
        ([MARKED, fact("g", number=2)], {"f": OSL}),
        ([retracts("r", "r", 1)], {}),
    ],
)
def test_a_mark_holds_for_the_fact_and_all_that_was_recorded_about_it(
    recorded: list[Fact], expected: dict[str, str]
) -> None:
    assert provisions(recorded) == expected
    assert provisions(reversed(recorded)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(OSL, OSL), ((OSL, OTHER), f"{OSL}; {OTHER}"), ({"x": "y"}, UNNAMED), ("", None)]
)
def test_a_mark_is_one_in_whatever_form_it_is_given(value: Value, expected: str | None) -> None:
    assert provision(fact("f", secrecy=value)) == expected


ATTRIBUTES = sorted(set(load().labels) - set(LINE_FIELDS))


@given(st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(["hemligt ord", "annat ord"]), max_size=8))
@settings(max_examples=40)
def test_nothing_that_a_marked_fact_says_is_told(said: dict[str, str]) -> None:
    secret = replace(PLAIN, attributes={**said, "secrecy": OSL})
    line = f"2026-05-05 möte hållet, uppgift med sekretess ({OSL}) (f)"
    assert fact_words(secret, names_of()) == line
    bare = masked(secret, OSL)
    assert fact_words(bare, names_of()) == line
    assert set(bare.attributes) <= {"secrecy", "target"}
    assert all(told(secret, name) == (f"uppgift med sekretess ({OSL})",) for name in said if name != "secrecy")


def test_the_whole_is_told_with_its_mark() -> None:
    words = fact_words(fact("f", chair="ordet", secrecy=OSL), names_of(), whole=True)
    assert words == f"2026-05-05 möte hållet, ordförande ordet, sekretess: {OSL} (f)"


def test_a_mark_holds_for_what_was_known_before_it_was_set() -> None:
    taken = corrects("q", "f", 1, secrecy="")  # of a mark that it had before
    recorded = [fact("f", chair="ordet", secrecy=OTHER), taken, corrects("r", "f", 9, secrecy=OSL)]
    (seen,) = view(recorded, date(2026, 5, 6), load()).facts
    assert provision(seen) == OSL
    assert seen.attributes["chair"] == "ordet"  # it is judged as any other


@pytest.mark.parametrize("marks", [(True, False), (False, True)])
def test_of_two_records_of_a_meeting_that_differ_the_words_of_a_marked_one_are_not_told(
    marks: tuple[bool, bool],
) -> None:
    both = [
        fact(f"f{number}", number=number, body="b", chair=f"ordet {number}", **({"secrecy": OSL} if mark else {}))
        for number, mark in enumerate(marks, start=1)
    ]
    index = FactIndex(both, load())
    (finding,) = index.findings
    assert "ordet" not in finding.text and OSL in finding.text
    assert provision(index.of_kind("meeting_held")[0]) == OSL


PLAN = replace(fact("p", "meeting_scheduled", body="b", place="ordet"), date=date(2026, 12, 10))


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ([PLAN], [10]),
        ([replace(PLAN, attributes={**PLAN.attributes, "secrecy": OSL})], []),
        ([PLAN, fact("c", "meeting_convened", 2, body="b", meeting_date="2026-12-10", secrecy=OSL)], []),
        ([PLAN, fact("x", "meeting_cancelled", 2, body="b", planned_for="2026-12-10", secrecy=OSL)], []),
        (
            [
                PLAN,
                fact("x", "meeting_cancelled", 2, body="b", planned_for="2026-12-10", rescheduled_to="2026-12-12",
                     secrecy=OSL),
            ],
            [],
        ),
    ],
)  # fmt: skip
def test_a_meeting_that_a_marked_fact_speaks_of_is_in_no_calendar(facts: list[Fact], days: list[int]) -> None:
    assert [one.day.day for one in planned_meetings(facts)] == days
