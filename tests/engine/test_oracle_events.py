"""Random registers of duties that hang on terms, dates, events and one another, judged twice."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from typing import Any

import pytest
from tests.oracle.comparing import assert_same
from tests.oracle.drawing import as_deep_as_asked, given_drawn, some_days
from tests.oracle.registers import SHAPES, bound
from tests.oracle.strategies import Case

from avtalsvakt_engine.inference.deciding import Decider


@pytest.mark.parametrize("shape", dict.fromkeys(SHAPES), ids=lambda one: one.__name__)
def test_duties_of_terms_dates_and_events(
    shape: Any, decider: Decider, record_property: Callable[[str, object], None]
) -> None:
    draws = count(1)

    @as_deep_as_asked()
    @given_drawn(case=partial(bound, shape=shape), days=partial(some_days, least=2, most=3))
    def compare(case: Case, days: list[date]) -> None:
        next(draws)
        assert_same(case, days, decider)

    compare()
    record_property("draws", next(draws) - 1)
