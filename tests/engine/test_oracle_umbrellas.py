"""Random agreements that are not alone, judged twice: under umbrellas, and after the agreement that they continue."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.comparing import assert_same
from tests.oracle.continuing import continued
from tests.oracle.drawing import as_deep_as_asked
from tests.oracle.registers import covered
from tests.oracle.strategies import Case, some_day

from avtalsvakt_engine.inference.deciding import Decider


@as_deep_as_asked()
@given(case=covered(), days=st.lists(some_day(), min_size=2, max_size=3))
def test_what_an_umbrella_demands_of_a_local_agreement(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)


@as_deep_as_asked()
@given(case=continued(), days=st.lists(some_day(), min_size=2, max_size=3))
def test_what_was_done_under_the_agreement_before_counts_on(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)
