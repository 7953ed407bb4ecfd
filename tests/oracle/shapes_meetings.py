"""Random clauses about meetings and inspections that are planned, moved and called off, and questions beside them."""

from datetime import date
from typing import Any

from tests.oracle.drawing import Draw, Tree, maybe, once_in, pick
from tests.oracle.own_words import of_its_own
from tests.oracle.shapes import NORMS
from tests.oracle.shapes_events import Shape


def asked(draw: Draw, start: date, end: date | None) -> Shape:
    """A function is asked in each term, once, by a day, or after each meeting."""
    meeting = {"meeting_held": {"body": "klara_group"}}
    due = pick(draw, "open", "14 days after event", "event", "7 days before event")
    when: Any = pick(
        draw, {"each": "term"}, {"each": "term", "due": "30 days before end"}, "once", {"due": "2024-02-29"},
        {"each": meeting, "due": due}, {"each": meeting, "due": due},
    )  # fmt: skip
    clause = {"norm": pick(draw, *NORMS, "shall_not"), "when": when, "attest": "kommunpolis"}
    answers: Tree = {
        "attestation": {
            "clause": ("fraga", "fraga", "lokalt.fraga", "annan"),
            "statement": (None, "ja", "nej", "nej, inte än", "kanske", "Ja, nu", "tja"),
            "by": (None, None, "kommunpolis", "gruppchef lokal samverkansgrupp", "samordnare", "polisen", "en vikarie"),
            "period": (None, None, None, "term-1", "term-2", "REF", "2023", "2024"),
        }
    }
    return {"fraga": clause}, [answers, answers, {"meeting_held": {"body": ("klara_group",)}}], []


def appointed(draw: Draw, start: date, end: date | None) -> Shape:
    """Before and after a meeting that may be moved or called off; what is due before the next one; an inspection."""
    meeting: Tree = {"meeting": {"body": "chiefs_council"}}
    named = {"meeting_convened": {"body": "chiefs_council", "meeting_date": "same"}}
    about = {"notice_sent": {"concerns": "same"}}
    notice = {"each": meeting, "due": pick(draw, "14 days before event", "5 working days before event", "event")}
    notice |= maybe(draw, opens="30 days before event") | maybe(draw, only=["december", "june", "february"])
    clauses: Tree = {
        "kallelse": {"norm": pick(draw, *NORMS), "when": notice, "what": pick(draw, named, named, about)},
        "underlag": {
            "norm": "shall",
            "when": {"follows": "kallelse", "due": pick(draw, "open", "3 days after event", "7 days before next")},
            "what": {"minutes_recorded": {"meeting": "same"}},
        },
        "anteckningar": {
            "norm": "shall",
            "when": {"each": pick(draw, meeting, {"meeting_held": meeting["meeting"]}),
                     "due": pick(draw, "7 days before next", "7 days after event", "14 days before next")},
            "what": {"minutes_distributed": {"meeting": "same"}},
        },
        "datum": {
            "norm": "shall",
            "when": {"each": {"inspection": {}}, "due": pick(draw, "10 days before event", "7 days before next")},
            "what": {"dates_proposed": {}},
        },
    }  # fmt: skip
    days = ("2024-02-29", "2024-03-14", "2024-06-30", "2023-12-31")
    place: Tree = {"body": ("chiefs_council",) * 6 + ("klara_group",), "site": (None,) * 6 + ("Torget",)}
    bearing: list[Tree] = [
        {"meeting_scheduled": place}, {"meeting_scheduled": place},
        {"meeting_held": place | {"separate": (None, None, None, "ja")}},
        {"meeting_convened": place | {"meeting_date": (*days, None)}},
        {"meeting_cancelled": place | {"planned_for": days, "rescheduled_to": (None, *days)}},
        {"meeting_cancelled": place | {"planned_for": days, "rescheduled_to": (None, *days)}},
        {"notice_sent": {"concerns": ("REF",)}}, {"minutes_distributed": {"meeting": ("REF",)}},
        {"minutes_recorded": {"meeting": ("REF",)}}, {"inspection_planned": {}}, {"inspection_done": {}},
        {"dates_proposed": {}},
    ]  # fmt: skip
    if once_in(draw, 3):
        clauses, bearing = of_its_own(clauses), of_its_own(bearing)
    return clauses, bearing, [date.fromisoformat(day) for day in days]


def moved(draw: Draw, start: date, end: date | None) -> Shape:
    """Few days and many records of the same meetings: which of them are about one."""
    clause: Tree = {
        "norm": pick(draw, *NORMS),
        "when": {"each": {"meeting": {}}, "due": pick(draw, "5 days before event", "event", "3 days after event")},
        "what": {"meeting_convened": {"meeting_date": "same"}},
    }
    days = ("2024-02-27", "2024-02-29", "2024-03-14")
    place: Tree = {"body": ("chiefs_council",), "site": (None, None, "Torget", "Parken")}
    held = {"meeting_held": place | {"separate": (None, None, None, None, "ja")}}
    gone = {"meeting_cancelled": place | {"planned_for": days, "rescheduled_to": (None, *days)}}
    bearing: list[Tree] = [
        {"meeting_scheduled": place}, {"meeting_scheduled": place}, held, held, gone, gone,
        {"meeting_convened": place | {"meeting_date": (*days, *days, None)}},
    ]  # fmt: skip
    if once_in(draw, 3):
        clause, bearing = of_its_own(clause), of_its_own(bearing)
    return {"kallelse": clause}, bearing, [date.fromisoformat(day) for day in days]


MEETINGS = (appointed, appointed, moved, asked, asked)
