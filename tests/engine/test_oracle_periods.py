"""Random registers of duties that recur, judged twice."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.comparing import assert_same
from tests.oracle.drawing import as_deep_as_asked
from tests.oracle.registers import recurring
from tests.oracle.strategies import Case, some_day

from avtalsvakt_engine.inference.deciding import Decider


@as_deep_as_asked()
@given(case=recurring(), days=st.lists(some_day(), min_size=2, max_size=3))
def test_counts_fixed_dates_and_closing_windows(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)
