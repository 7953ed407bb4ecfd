"""Random clauses of every shape, with the kinds of facts that bear on them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.oracle.strategies import LABELS, ONE, Draw, Tree

NORMS = ("shall", "shall", "shall", "should")
COUNTED: dict[str, Tree] = {
    "meeting": {"meeting_held": {"body": "klara_group"}},
    "picture": {"document_revised": {"document": "lägesbild"}},
    "evaluation": {"evaluation_done": {"object": ["forum", "lokalt arbete"]}},
}
BEARING: dict[str, list[Tree]] = {
    "meeting": [
        {"meeting_held": {"body": ("klara_group",) * 5 + ("youth_forum",), "separate": (None, None, None, "ja")}},
        {"meeting_scheduled": {"body": ("klara_group",)}},
        {"meeting_held": {"body": ("klara_group",), "concerns_period": LABELS}},
    ],
    "picture": [
        {"document_revised": {"document": ("lägesbild", "lägesbild", "handlingsplan")}},
        {"document_revised": {"document": ("lägesbild",), "concerns_period": LABELS}},
        {"document_revised": {"document": ("lägesbild",), "for_year": ("2023", "2024", "2025")}},
    ],
    "evaluation": [
        {"evaluation_done": {"object": ("forum", "lokalt arbete", None, "handlingsplan"), "period": (None, *LABELS)}},
    ],
}


def pick(draw: Draw, *options: Any) -> Any:
    """One of the options."""
    return draw(st.sampled_from(options))


def maybe(draw: Draw, **options: Any) -> Tree:
    """Some of these keys."""
    return {key: value for key, value in options.items() if draw(st.integers(0, 3)) == 0}


def count(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """At least so many in each period, perhaps in some of them only, perhaps with a start of its own."""
    period = pick(draw, "year", "half_year", "quarter", "month", "semester", "week")
    what = pick(draw, *COUNTED)
    words = {
        "year": ("even", "odd"),
        "half_year": ("even",),
        "quarter": ("q1", "q4"),
        "semester": ("odd",),
        "week": ("february",),
        "month": ("february", "july", "december", "june"),
    }[period]
    begins = pick(draw, start, start + 16 * ONE, start - 40 * ONE, date(2023, 7, 1))
    when = {"each": period} | maybe(draw, **{"from": begins.isoformat()}) | maybe(draw, until="2024-08-31")
    if draw(st.integers(0, 2)) == 0:
        when[pick(draw, "only", "except")] = draw(st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True))
    clause = {"norm": pick(draw, *NORMS), "when": when, "what": COUNTED[what], "at_least": pick(draw, 1, 2, 3)}
    clause |= maybe(draw, warn=pick(draw, "10 days", "45 days"))
    return clause, BEARING[what], [begins]


def annual(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """By a fixed day each year."""
    turn = pick(draw, "01-31", "12-31", "05-31", "02-28", "12-01")
    what = pick(draw, *COUNTED)
    clause = {"norm": pick(draw, *NORMS), "when": {"each": "year", "due": turn}, "what": COUNTED[what]}
    return clause, BEARING[what], [date.fromisoformat(f"{year}-{turn}") for year in (2023, 2024, 2025)]


def closing(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """At the end of each year, perhaps a plan for the next."""
    what = pick(draw, *COUNTED)
    clause = {"norm": pick(draw, *NORMS), "when": {"each": "year_end"}, "what": COUNTED[what]}
    if what == "picture" and draw(st.booleans()):
        clause["what"] = {"document_revised": {"document": "lägesbild", "for_year": "next"}}
    return clause, BEARING[what], [date(2023, 10, 1), date(2023, 12, 31), date(2024, 12, 31), date(2024, 12, 1)]


RECURRING = (count, annual, closing)
