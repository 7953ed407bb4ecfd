"""Random registers: whole agreements with their facts, for each family of shapes."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import replace
from tests.oracle.details import DEPUTIES, borne
from tests.oracle.drawing import (
    ONE,
    Draw,
    Tree,
    a_day,
    among,
    beginning,
    maybe,
    near,
    number,
    once_in,
    perhaps,
    pick,
    some_of,
)
from tests.oracle.own_words import ADDED
from tests.oracle.shapes import BEARING, BESIDE, COUNTED, NEEDS_DECISION, RECURRING, count
from tests.oracle.shapes_events import EVENTS
from tests.oracle.shapes_meetings import MEETINGS
from tests.oracle.shapes_notice import notice, renewed
from tests.oracle.shapes_picked import PICKED
from tests.oracle.shapes_versions import formal, versions
from tests.oracle.strategies import Case, facts, instrument, mended, renumbered, rulebook_of

from avtalsvakt_engine.facts import Fact

SHAPES = (*MEETINGS, *EVENTS, *PICKED, versions, formal, renewed)

PERIOD_READINGS = {
    "AR": ("calendar", "agreement", "rolling"),
    "HALVAR": ("calendar", "agreement", "rolling"),
    "TERMIN": ("half", "school"),
    "TILLSVIDARE": ("accessory", "independent"),
    "NYREGEL": ("version_on_due", "split"),
    "MANAD": ("calendar", "rolling"),
    "STUB": ("threshold", "full", "none", "prorata"),
    "ARETSSLUT": ("dec31", "january", "december"),
    "SENT": ("documents", "documents", "never", "always"),
    "DUBBLETT": ("body_day", "each"),
    "FRAMTID": ("planned", "accept"),
    "BOR": ("recommendation", "duty"),
    "PERIODSLUT": ("e_contrario", "analog"),
    "ELLERBEHOV": ("floor", "alternative"),
    "REVIDERA": ("review", "change"),
    "PLANEFTER": ("due_if_extended", "due", "not_due"),
    "UNDANTAG": ("written", "informal"),
    "BLANKFORM": ("flag", "strict"),
}


def inside(start: date) -> list[date]:
    """Days when most agreements that begin then are in force."""
    return [start + after * ONE for after in (10, 45, 60, 150, 300, 420)]


def _known_at(draw: Draw, told: list[Fact], start: date) -> date | None:
    return near(draw, [one.date for one in told] or [start]) if once_in(draw, 3) else None


def chosen_readings(draw: Draw, choices: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """One reading in four, with one of its choices."""
    return {code: pick(draw, *choices[code]) for code in some_of(draw, tuple(choices))}


def as_sensitive(clauses: Collection[Tree]) -> None:
    """What is sensitive in one clause is so in all; a question names it, and where one is asked it is so in none."""
    hidden = {one["per"] for one in clauses if "sensitive" in one} - {one["per"] for one in clauses if _asked(one)}
    for one in clauses:
        one.pop("sensitive", None)
        one.update({"sensitive": True} if one.get("per") in hidden else {})


def _asked(clause: Tree) -> bool:
    return "attest" in clause and "per" in clause


def recurring(draw: Draw) -> Case:
    """Duties that recur by the calendar."""
    start = beginning(draw)
    end = pick(draw, None, None, start + draw(number(20, 900)) * ONE, date(2024, 12, 31))
    end = None if end and end <= start else end
    clauses: dict[str, Any] = {}
    bearing: list[dict[str, Any]] = []
    days = [start, end or start, *inside(start)]
    for place in range(draw(number(1, 3))):
        clause, kinds, dates = pick(draw, *RECURRING)(draw, start, end)
        clauses[f"klausul-{place}"] = clause
        bearing += kinds
        days += dates
    if once_in(draw, 3):
        bearing += BESIDE
        if perhaps(draw):
            clauses["krav"] = NEEDS_DECISION
    as_sensitive(clauses.values())
    if once_in(draw, 6):
        clauses["klausul-0"]["valid"] = {pick(draw, "from", "to"): pick(draw, "2023-12-31", "2024-01-01", "2024-06-30")}
    more = {"year_starts": "07-01"} if once_in(draw, 6) else {}
    told = mended(draw, facts(draw, bearing, days))
    chosen = chosen_readings(draw, PERIOD_READINGS)
    more |= pick(draw, {}, {"functions": DEPUTIES})
    book, text = rulebook_of(instrument("lokalt", borne(draw, clauses), start, end, **more), overrides=chosen)
    return Case(book, renumbered(told), text, _known_at(draw, told, start))


EXTENDED_OR_ENDED = [
    {
        "extension_agreed": {
            "new_end": ("2024-12-31", "2025-06-30", "2026-12-31"),
            "signed_by": (("staden", "polisen"),),
        }
    },
    {"agreement_terminated": {"ends_on": (None, "2024-06-30", "2025-01-31")}},
]

EVENT_READINGS = {
    "SEXMAN": ("clip", "dayafter", "days"),
    "SAMRAD": ("both", "initiated"),
    "VARDAG": ("B_postal", "A_strict"),
    "14D": ("receipt", "roll"),
    "EXTKOND": ("start", "agreed", "whole"),
    "ALT": ("each", "second"),
    "FJARDE": ("picture", "term", "from_start"),
    "SENT": ("documents", "documents", "never"),
    "FORLANG": ("amendment", "option"),
    "EFTERUT": ("no", "retro"),
    "NYAR4": ("same", "minus1"),
    "SAMRADALDER": ("same_year", "any"),
    "SENAST3": ("earlier", "fixed"),
    "BLANKFORM": ("flag", "strict"),
    "DUBBLETT": ("body_day", "each"),
    "FRAMTID": ("planned", "accept"),
}


def bound(draw: Draw, shape: Any) -> Case:
    """Duties of one shape that hang on terms, dates, events and one another."""
    start = beginning(draw)
    end = pick(draw, None, start + draw(number(20, 900)) * ONE, date(2024, 12, 31), date(2024, 8, 31))
    end = None if end and end <= start else end
    clauses, bearing, days = shape(draw, start, end)
    clauses = dict(clauses)
    if once_in(draw, 5):
        name = next(iter(clauses))
        bearing = [
            *bearing,
            {"waiver": {"obligation": (name,), "form": ("skriftlig",), "signed_by": (("staden", "polisen"),)}},
        ]
    if once_in(draw, 4):
        bearing = [*bearing, *EXTENDED_OR_ENDED]
    told = mended(draw, facts(draw, bearing, [start, end or start, *inside(start), *days]))
    chosen = chosen_readings(draw, EVENT_READINGS)
    more: dict[str, Any] = {"annexes": {"3": "lägesbild"}} | pick(draw, {}, {"functions": DEPUTIES})
    more |= {"calendar": "NO"} if once_in(draw, 6) else {}
    more |= {"facts": ADDED} if "hearing" in str(clauses) else {}
    book, text = rulebook_of(instrument("lokalt", borne(draw, clauses), start, end, **more), overrides=chosen)
    return Case(book, renumbered(told), text, _known_at(draw, told, start))


UMBRELLA_READINGS = {
    "SUCC": ("successor", "fixed"),
    "KONDREV": ("revision", "term", "term"),
    "DUBBEL": ("both", "local", "superior"),
    "EXTKOND": ("start", "agreed", "whole"),
    "STUB": ("threshold", "full", "none", "prorata"),
    "BLANKFORM": ("flag", "strict"),
}
UMBRELLA_LIFE: list[dict[str, Any]] = [
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

OF_EITHER_LEVEL = ("agreement_terminated", "extension_agreed", "amendment_signed", "withdrawal_requested")
WITHDRAWAL: dict[str, Any] = {
    "norm": "may",
    "when": "once",
    "what": {"withdrawal_requested": {}},
    "effect": {"ends": "3 months after event"},
}


def covered(draw: Draw) -> Case:
    """A local agreement under one or two umbrellas that demand things of it."""
    start, turn = a_day(draw), a_day(draw)
    end = pick(draw, None, start + draw(number(30, 800)) * ONE)
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
        "uttrade": WITHDRAWAL,
    }
    own = {
        "bild": {
            "norm": "shall",
            "when": {"each": pick(draw, "year", "half_year")},
            "what": COUNTED["picture"],
            "given": [{"in_force": pick(draw, "superior", "over-1")}],
            "readings": pick(draw, [], ["KONDREV"]),
        },
        "forlangning": {
            "norm": "may",
            "when": {"each": "term", "due": "end"},
            "what": {"extension_agreed": {}},
            "effect": {"extends": "1 year"},
        }
        | maybe(draw, given=[{"in_force": pick(draw, "superior", "over-1")}]),
        "uttrade": WITHDRAWAL | maybe(draw, given=[{"in_force": pick(draw, "superior", "over-1")}]),
    } | maybe(draw, egna={"norm": "shall", "when": {"each": pick(draw, "year", "quarter")}, "what": demands["what"]})
    shared, own = borne(draw, shared), borne(draw, own)
    first = instrument("over-1", shared, turn - 500 * ONE, pick(draw, None, turn), level="superior")
    second = instrument("over-2", shared, turn + pick(draw, 0, 1, 40) * ONE, None, level="superior", replaces="over-1")
    local = instrument("lokalt", own, start, end, under="over-1")
    bearing = [*bearing, *BEARING["picture"], *UMBRELLA_LIFE, {"withdrawal_requested": {}}, {"demand_sent": {}},
               {"rectification_done": {}},
               {"consultation_held": {"subject": ("förlängning", "revidering")}}]  # fmt: skip
    told = facts(draw, bearing, [start, end or start, turn, turn - 500 * ONE, *days])
    above = [
        replace(one, agreement=pick(draw, "over-1", "over-2")) if one.kind in OF_EITHER_LEVEL and perhaps(draw) else one
        for one in told
    ]
    chosen = chosen_readings(draw, UMBRELLA_READINGS)
    book, text = rulebook_of(*pick(draw, (first, second, local), (first, local)), overrides=chosen)
    return Case(book, renumbered(mended(draw, above)), text)


FAMILIES: tuple[Callable[[Draw], Case], ...] = (
    recurring,
    covered,
    *(partial(bound, shape=one) for one in dict.fromkeys((*SHAPES, notice))),
)


def any_register(draw: Draw) -> Case:
    """A register of any family."""
    return among(draw, FAMILIES)(draw)
