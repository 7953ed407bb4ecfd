"""Which days no run judged: those between runs that knew everything, whatever was asked for or gone back to between."""

from datetime import date

import pytest

from avtalsvakt_engine.storage.runs.unjudged_days import all_unjudged
from avtalsvakt_engine.storage.runs.values import Run


def run(number: int, day: int, *, known_at: date | None = None) -> Run:
    return Run(number, f"2026-11-{day:02}T02:00:00+01:00", date(2026, 11, day), known_at, "", "", 0, "", "", 0, 0, 0)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([1], []),
        ([1, 2, 3], []),
        ([1, 1, 2], []),
        ([1, 3], [(2, 2, 2)]),
        ([1, 5], [(2, 2, 4)]),
        ([1, 5, 5, 8], [(2, 2, 4), (4, 6, 7)]),
        ([1, 2, 3, 4, 2, 5], []),  # gone back to an earlier day: what was judged is judged
        ([1, 2, 3, 4, 2, 7], [(6, 5, 6)]),
        ([1, 2, 20, 3], [(3, 3, 19)]),  # a day that has not come, stored anyway
        ([1, 2, 20, 5], [(3, 3, 19), (4, 3, 4)]),
    ],
)
def test_a_day_is_unjudged_where_no_run_before_has_judged_it(days: list[int], told: list[tuple[int, int, int]]) -> None:
    found = all_unjudged([run(number, day) for number, day in enumerate(days, start=1)])
    assert [(one.run, one.first.day, one.last.day) for one in found] == told


def test_a_run_that_knew_less_judges_no_day_and_hides_none() -> None:
    less = run(2, 3, known_at=date(2026, 11, 2))
    [found] = all_unjudged([run(1, 1), less, run(3, 5)])
    assert (found.run, found.first.day, found.last.day) == (3, 2, 4)
