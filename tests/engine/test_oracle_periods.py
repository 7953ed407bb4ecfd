"""Random registers of duties that recur, judged twice."""

from datetime import date
from functools import partial

from tests.oracle.comparing import assert_same
from tests.oracle.drawing import as_deep_as_asked, given_drawn, some_days
from tests.oracle.registers import recurring
from tests.oracle.strategies import Case

from avtalsvakt_engine.inference.deciding import Decider


@as_deep_as_asked()
@given_drawn(case=recurring, days=partial(some_days, least=2, most=3))
def test_counts_fixed_dates_and_closing_windows(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)
