"""The search for circular garbage comes seldom while much is judged, and as before afterwards."""

import gc
from collections.abc import Iterator

import pytest

from avtalsvakt_engine.sweeping import SELDOM, STARTING, _Sweeps, sweep_no_more, swept_seldom


@pytest.fixture(autouse=True)
def _as_python_does() -> Iterator[None]:
    """The search comes as often as in a process of the program; a run of tests has it come more seldom."""
    found = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*found)


def test_it_comes_seldom_meanwhile_and_as_usual_afterwards_also_where_it_fails() -> None:
    usual, meanwhile = gc.get_threshold(), []

    @swept_seldom()
    def failing() -> None:
        meanwhile.append(gc.get_threshold()[0])
        raise ValueError("fel")

    with pytest.raises(ValueError, match="fel"):
        failing()
    assert meanwhile == [SELDOM]
    assert gc.get_threshold() == usual


def test_whoever_ends_first_leaves_the_other_undisturbed() -> None:
    usual = gc.get_threshold()
    first, second = swept_seldom(), swept_seldom()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_a_command_starts_without_it_and_has_it_seldom_once_it_has_judged() -> None:
    usual, sweeps = gc.get_threshold(), _Sweeps()
    gc.set_threshold(700, *usual[1:])
    try:
        sweeps.start()
        assert gc.get_threshold()[0] == STARTING
        sweeps.seldom()
        assert gc.get_threshold()[0] == SELDOM
        sweeps.as_usual()
        assert gc.get_threshold()[0] == SELDOM
    finally:
        gc.set_threshold(*usual)


def test_it_does_come() -> None:
    with swept_seldom():
        before = gc.get_stats()[0]["collections"]
        many = 2 * gc.get_threshold()[0]
        kept = [[number] for number in range(many)]
        assert gc.get_stats()[0]["collections"] > before
    assert len(kept) == many


def test_what_is_left_at_the_end_is_searched_no_more() -> None:
    before = gc.get_freeze_count()
    kept = [[number] for number in range(1000)]
    try:
        sweep_no_more()
        assert gc.get_freeze_count() >= before + len(kept)
    finally:
        gc.unfreeze()
