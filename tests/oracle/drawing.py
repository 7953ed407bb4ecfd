"""How choices are drawn: hypothesis draws one string of bytes, and every choice takes some of them.

A register is some hundred and fifty small choices. Drawn one by one they cost hypothesis more than all that is done
with the register, and five of six registers would be an earlier one with two of its choices made alike. Bytes that are
nought make the first choice, so that what fails is shrunk as ever.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from inspect import Parameter, signature
from math import prod
from typing import Any, NamedTuple, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

Tree = dict[str, Any]
Option = TypeVar("Option")
ONE = timedelta(days=1)
YEARS = (2022, 2023, 2024, 2025)
TURNS = ("01-01", "01-31", "02-28", "03-01", "03-31", "04-01", "06-30", "07-01", "09-30", "10-01", "12-01", "12-31")
TURNING = (date(2024, 2, 29), *(date.fromisoformat(f"{year}-{turn}") for year in YEARS for turn in TURNS))
BESIDE = (0, 0, 0, 1, -1, 14)
STEPS = (0, 0, 1, -1, 7, 14, 15, 30, 31, -30, -31)
BRIEF = 50
BYTES = 280
"""How many bytes are drawn for what a test is given; the largest of tens of thousands of registers took 263."""
FIRST, LAST = date(2022, 1, 1), date(2026, 6, 30)


def as_deep_as_asked() -> settings:
    """How many registers a test draws: BRIEF, or as many as a profile that is asked for by name has it draw.

    A register costs ten times what another input does; `make deep` asks for a profile.
    """
    return settings() if "HYPOTHESIS_PROFILE" in os.environ else settings(max_examples=BRIEF)


class Number(NamedTuple):
    """A whole number to draw, both ends included."""

    least: int
    most: int


Draw = Callable[[Number], int]


@cache
def number(least: int, most: int) -> Number:
    """A whole number, both ends included."""
    return Number(least, most)


class Choices:
    """Draws numbers out of bytes, each out of so many that all are about as likely; the least when none are left."""

    def __init__(self, data: bytes) -> None:
        self._data, self._taken = data, 0

    def __call__(self, one: Number) -> int:
        among = one.most - one.least + 1
        size = ((among - 1).bit_length() + 11) // 8 if among > 1 else 0
        taken, self._taken = self._taken, self._taken + size
        return one.least + int.from_bytes(self._data[taken : self._taken]) % among


def one_by_one(draw: st.DrawFn) -> Draw:
    """Draws numbers where hypothesis draws each of them, beside strategies of its own."""
    return lambda one: draw(_integers(*one))


@cache
def _integers(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def given_drawn(**makes: Callable[[Draw], Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `given`, with arguments that are made of one string of bytes, in this order."""

    @st.composite
    def all_of(whole: st.DrawFn) -> dict[str, Any]:
        draw = Choices(whole(st.binary(min_size=BYTES, max_size=BYTES)))
        return {name: make(draw) for name, make in makes.items()}

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def run(drawn: dict[str, Any], **more: Any) -> None:
            test(**drawn, **more)

        own = [one for name, one in signature(test).parameters.items() if name not in makes]
        told: Any = run
        told.__signature__ = signature(test).replace(
            parameters=[Parameter("drawn", Parameter.POSITIONAL_OR_KEYWORD), *own]
        )
        run.__name__, run.__qualname__, run.__module__ = test.__name__, test.__qualname__, test.__module__
        return given(drawn=all_of())(run)

    return decorate


def among(draw: Draw, options: Sequence[Option]) -> Option:
    """One of the options; the first is the simplest."""
    return options[draw(number(0, len(options) - 1))]


def each_of(draw: Draw, choices: Iterable[Sequence[Any]]) -> list[Any]:
    """One of each of these, all by one number."""
    choices = tuple(choices)
    place = draw(number(0, prod(map(len, choices)) - 1))
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
        days = draw(number(0, (LAST - FIRST).days))
        return FIRST + days * ONE
    return among(draw, TURNING) + among(draw, BESIDE) * ONE


def beginning(draw: Draw) -> date:
    """A day on which most of what is recorded is still to come: before 2025."""
    day = a_day(draw)
    return day if day.year < 2025 else date(day.year - 2, day.month, min(day.day, 28))


def near(draw: Draw, days: Iterable[date]) -> date:
    """One of these days, the day before or after, or a step away that a rule may count."""
    return among(draw, sorted(set(days))) + among(draw, STEPS) * ONE


def some_days(draw: Draw, least: int, most: int) -> list[date]:
    """So many days."""
    return [a_day(draw) for _ in range(draw(number(least, most)))]
