"""How choices are drawn: from strategies that are made once.

A register is some hundred and fifty small choices. To make a strategy for each costs several times what the drawing
does, so that a choice among options is the drawing of its number, and of numbers there are few.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from math import prod
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Tree = dict[str, Any]
Option = TypeVar("Option")
ONE = timedelta(days=1)
YEARS = (2022, 2023, 2024, 2025)
TURNS = ("01-01", "01-31", "02-28", "03-01", "03-31", "04-01", "06-30", "07-01", "09-30", "10-01", "12-01", "12-31")
TURNING = (date(2024, 2, 29), *(date.fromisoformat(f"{year}-{turn}") for year in YEARS for turn in TURNS))
BESIDE = (0, 0, 0, 1, -1, 14)
STEPS = (0, 0, 1, -1, 7, 14, 15, 30, 31, -30, -31)
BRIEF = 50
FIRST, LAST = date(2022, 1, 1), date(2026, 6, 30)


def as_deep_as_asked() -> settings:
    """How many registers a test draws: BRIEF, or as many as a profile that is asked for by name has it draw.

    A register costs ten times what another input does; `make deep` asks for a profile.
    """
    return settings() if "HYPOTHESIS_PROFILE" in os.environ else settings(max_examples=BRIEF)


@cache
def number(least: int, most: int) -> st.SearchStrategy[int]:
    """A whole number, both ends included."""
    return st.integers(least, most)


def among(draw: Draw, options: Sequence[Option]) -> Option:
    """One of the options; the first is the simplest."""
    return options[draw(number(0, len(options) - 1))]


def each_of(draw: Draw, choices: Iterable[Sequence[Any]]) -> list[Any]:
    """One of each of these, all by one number.

    Their combinations must be fewer than 2 to the 24th: of more than that, hypothesis prefers the first.
    """
    choices = tuple(choices)
    place: int = draw(number(0, prod(map(len, choices)) - 1))
    out = []
    for options in choices:
        place, here = divmod(place, len(options))
        out.append(options[here])
    return out


def pick(draw: Draw, *options: Any) -> Any:
    """One of the options."""
    return among(draw, options)


def once_in(draw: Draw, times: int) -> bool:
    """True once in so many times."""
    return bool(draw(number(0, times - 1)) == 0)


def perhaps(draw: Draw) -> bool:
    """True every other time."""
    return bool(draw(number(0, 1)))


def some_of(draw: Draw, options: Sequence[Option]) -> list[Option]:
    """One in four of these, by two numbers whose bits have to agree."""
    every = number(0, 2 ** len(options) - 1)
    chosen = draw(every) & draw(every)
    return [one for place, one in enumerate(options) if chosen >> place & 1]


def maybe(draw: Draw, **options: Any) -> Tree:
    """Some of these keys."""
    return {key: value for key, value in options.items() if once_in(draw, 4)}


def a_day(draw: Draw) -> date:
    """A day that is a boundary of something, or beside one, or any."""
    if perhaps(draw):
        days: int = draw(number(0, (LAST - FIRST).days))
        return FIRST + days * ONE
    return among(draw, TURNING) + among(draw, BESIDE) * ONE


def beginning(draw: Draw) -> date:
    """A day on which most of what is recorded is still to come: before 2025."""
    day = a_day(draw)
    return day if day.year < 2025 else date(day.year - 2, day.month, min(day.day, 28))


def near(draw: Draw, days: Iterable[date]) -> date:
    """One of these days, the day before or after, or a step away that a rule may count."""
    return among(draw, sorted(set(days))) + among(draw, STEPS) * ONE
