"""Random registers of duties that recur, judged twice."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.comparing import assert_same
from tests.oracle.shapes import BESIDE, NEEDS_DECISION, RECURRING, pick
from tests.oracle.strategies import ONE, Case, Draw, facts, instrument, mended, near, renumbered, rulebook_of, some_day

from avtalsvakt_engine.inference import Decider

READINGS = {
    "AR": ("calendar", "agreement"),
    "HALVAR": ("calendar", "agreement"),
    "MANAD": ("calendar", "rolling"),
    "STUB": ("threshold", "full", "none", "prorata"),
    "ARETSSLUT": ("dec31", "january", "december"),
    "SENT": ("documents", "documents", "never", "always"),
    "DUBBLETT": ("body_day", "each"),
    "FRAMTID": ("planned", "accept"),
    "BOR": ("recommendation", "duty"),
    "UNDANTAG": ("written", "informal"),
    "BLANKFORM": ("flag", "strict"),
}


@st.composite
def recurring(draw: Draw) -> Case:
    start = draw(some_day().filter(lambda day: day < date(2025, 1, 1)))
    end = pick(draw, None, None, start + draw(st.integers(20, 900)) * ONE, date(2024, 12, 31))
    end = None if end and end <= start else end
    clauses: dict[str, Any] = {}
    bearing: list[dict[str, Any]] = []
    days = [start, end or start]
    for number in range(draw(st.integers(1, 3))):
        clause, kinds, dates = pick(draw, *RECURRING)(draw, start, end)
        clauses[f"klausul-{number}"] = clause
        bearing += kinds
        days += dates
    if draw(st.integers(0, 2)) == 0:
        bearing += BESIDE
        if draw(st.booleans()):
            clauses["krav"] = NEEDS_DECISION
    if draw(st.integers(0, 5)) == 0:
        clauses["klausul-0"]["valid"] = {pick(draw, "from", "to"): pick(draw, "2023-12-31", "2024-01-01", "2024-06-30")}
    more = {"year_starts": "07-01"} if draw(st.integers(0, 5)) == 0 else {}
    told = mended(draw, facts(draw, bearing, days))
    chosen = {code: pick(draw, *choices) for code, choices in READINGS.items() if draw(st.integers(0, 3)) == 0}
    book, text = rulebook_of(instrument("lokalt", clauses, start, end, **more), overrides=chosen)
    return Case(book, renumbered(told), text, draw(st.none() | st.none() | near([one.date for one in told] or [start])))


@given(case=recurring(), days=st.lists(some_day(), min_size=2, max_size=3))
def test_counts_fixed_dates_and_closing_windows(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)
