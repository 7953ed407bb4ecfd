"""Random umbrellas over a local agreement: what they demand of it, and what hangs on their being in force."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.comparing import assert_same
from tests.oracle.shapes import BEARING, COUNTED, count, maybe, pick
from tests.oracle.strategies import ONE, Case, Draw, facts, instrument, mended, renumbered, rulebook_of, some_day

from avtalsvakt_engine.inference import Decider

READINGS = {
    "SUCC": ("successor", "fixed"),
    "EXTKOND": ("start", "agreed", "whole"),
    "STUB": ("threshold", "full", "none", "prorata"),
    "BLANKFORM": ("flag", "strict"),
}
LIFE: list[dict[str, Any]] = [
    {"extension_agreed": {"new_end": (None, "2024-12-31", "2026-06-30"), "signed_by": (("staden", "polisen"), None)}},
    {"agreement_terminated": {"ends_on": (None, "2024-06-30")}},
    {
        "waiver": {
            "obligation": ("moten", "over-1.moten"),
            "form": ("skriftlig",),
            "signed_by": (("staden", "polisen"),),
        }
    },
    {"amendment_signed": {"changes": ({"obligation": "moten", "at_least": "1"},), "signed_by": (("polisen",), None)}},
]


@st.composite
def covered(draw: Draw) -> Case:
    start, turn = draw(some_day()), draw(some_day())
    end = pick(draw, None, start + draw(st.integers(30, 800)) * ONE)
    demands, bearing, days = count(draw, start, end)
    demands = demands | {"per": "local_agreement"}
    shared = {
        "moten": demands,
        "samrad": {
            "norm": "shall",
            "per": "local_agreement",
            "when": {"each": "term", "due": "6 months before end"},
            "what": {"consultation_held": {"subject": "förlängning"}},
        },
        "svar": {
            "norm": "shall",
            "per": "local_agreement",
            "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
            "what": {"rectification_done": {}},
        },
    }
    own = {
        "bild": {
            "norm": "shall",
            "when": {"each": pick(draw, "year", "half_year")},
            "what": COUNTED["picture"],
            "given": [{"in_force": pick(draw, "superior", "over-1")}],
        },
        "forlangning": {
            "norm": "may",
            "when": {"each": "term", "due": "end"},
            "what": {"extension_agreed": {}},
            "effect": {"extends": "1 year"},
        }
        | maybe(draw, given=[{"in_force": pick(draw, "superior", "over-1")}]),
    }
    first = instrument("over-1", shared, turn - 500 * ONE, pick(draw, None, turn), level="superior")
    second = instrument("over-2", shared, turn + pick(draw, 0, 1, 40) * ONE, None, level="superior", replaces="over-1")
    local = instrument("lokalt", own, start, end, under="over-1")
    bearing = [*bearing, *BEARING["picture"], *LIFE, {"demand_sent": {}}, {"rectification_done": {}},
               {"consultation_held": {"subject": ("förlängning", "revidering")}}]  # fmt: skip
    told = facts(draw, bearing, [start, end or start, turn, turn - 500 * ONE, *days])
    above = [
        replace(one, agreement=pick(draw, "over-1", "over-2"))
        if one.kind in ("agreement_terminated", "extension_agreed", "amendment_signed") and draw(st.booleans())
        else one
        for one in told
    ]
    chosen = {code: pick(draw, *choices) for code, choices in READINGS.items() if draw(st.integers(0, 3)) == 0}
    book, text = rulebook_of(*pick(draw, (first, second, local), (first, local)), overrides=chosen)
    return Case(book, renumbered(mended(draw, above)), text)


@given(case=covered(), days=st.lists(some_day(), min_size=2, max_size=3))
def test_what_an_umbrella_demands_of_a_local_agreement(case: Case, days: list[date], decider: Decider) -> None:
    assert_same(case, days, decider)
