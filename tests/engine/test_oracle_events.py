"""Random registers of duties that hang on terms, dates, events and one another, judged twice."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.comparing import assert_same
from tests.oracle.shapes import pick
from tests.oracle.shapes_events import SHAPES
from tests.oracle.strategies import ONE, Case, Draw, facts, instrument, mended, near, renumbered, rulebook_of, some_day

from avtalsvakt_engine.inference import Decider

LIFE = [
    {
        "extension_agreed": {
            "new_end": ("2024-12-31", "2025-06-30", "2026-12-31"),
            "signed_by": (("staden", "polisen"),),
        }
    },
    {"agreement_terminated": {"ends_on": (None, "2024-06-30", "2025-01-31")}},
]
READINGS = {
    "SEXMAN": ("clip", "dayafter", "days"),
    "SAMRAD": ("both", "initiated"),
    "VARDAG": ("B_postal", "A_strict"),
    "EXTKOND": ("start", "agreed", "whole"),
    "ALT": ("each", "second"),
    "FJARDE": ("picture", "term", "from_start"),
    "SENT": ("documents", "documents", "never"),
    "FORLANG": ("amendment", "option"),
    "EFTERUT": ("no", "retro"),
    "NYAR4": ("same", "minus1"),
    "SENAST3": ("earlier", "fixed"),
    "BLANKFORM": ("flag", "strict"),
    "DUBBLETT": ("body_day", "each"),
    "FRAMTID": ("planned", "accept"),
}


@st.composite
def bound(draw: Draw, shape: Any) -> Case:
    start = draw(some_day().filter(lambda day: day < date(2025, 1, 1)))
    end = pick(draw, None, start + draw(st.integers(20, 900)) * ONE, date(2024, 12, 31), date(2024, 8, 31))
    end = None if end and end <= start else end
    clauses, bearing, days = shape(draw, start, end)
    clauses = dict(clauses)
    if draw(st.integers(0, 4)) == 0:
        name = next(iter(clauses))
        bearing = [
            *bearing,
            {"waiver": {"obligation": (name,), "form": ("skriftlig",), "signed_by": (("staden", "polisen"),)}},
        ]
    if draw(st.integers(0, 3)) == 0:
        bearing = [*bearing, *LIFE]
    told = mended(draw, facts(draw, bearing, [start, end or start, *days]))
    chosen = {code: pick(draw, *choices) for code, choices in READINGS.items() if draw(st.integers(0, 3)) == 0}
    book, text = rulebook_of(instrument("lokalt", clauses, start, end, annexes={"3": "lägesbild"}), overrides=chosen)
    return Case(book, renumbered(told), text, draw(st.none() | st.none() | near([one.date for one in told] or [start])))


@pytest.mark.parametrize("shape", dict.fromkeys(SHAPES), ids=lambda one: one.__name__)
def test_duties_of_terms_dates_and_events(shape: Any, decider: Decider) -> None:
    @given(case=bound(shape), days=st.lists(some_day(), min_size=2, max_size=3))
    def compare(case: Case, days: list[date]) -> None:
        assert_same(case, days, decider)

    compare()
