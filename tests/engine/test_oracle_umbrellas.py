"""Random agreements that are not alone, judged twice.

Under umbrellas, after the agreement that they continue, and beside one with the same text.
"""

from datetime import date
from functools import partial

from hypothesis import settings
from tests.oracle.comparing import assert_same
from tests.oracle.continuing import continued
from tests.oracle.drawing import as_deep_as_asked, given_drawn, some_days
from tests.oracle.registers import covered
from tests.oracle.signing import signed_by_two
from tests.oracle.strategies import Case

from avtalsvakt_engine.inference.deciding import Decider


@as_deep_as_asked()
@given_drawn(case=covered, days=partial(some_days, least=2, most=3))
def test_what_an_umbrella_demands_of_a_local_agreement(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)


@as_deep_as_asked()
@given_drawn(case=continued, days=partial(some_days, least=2, most=3))
def test_what_was_done_under_the_agreement_before_counts_on(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)


@settings(as_deep_as_asked(), max_examples=as_deep_as_asked().max_examples // 3)  # what is judged is what others draw
@given_drawn(cases=signed_by_two, days=partial(some_days, least=1, most=1))
def test_a_text_that_two_sign_is_an_agreement_of_each(
    cases: tuple[Case, Case], days: list[date], decider: Decider
) -> None:
    together, apart = cases
    assert together.rulebook.instruments == apart.rulebook.instruments
    assert_same(together, days, decider)
