"""Random clauses of which hours, a state that turns, the first of some events or the next occasion tells the day."""

from datetime import date
from typing import Any

from tests.oracle.drawing import ONE, Draw, Tree, maybe, once_in, pick
from tests.oracle.shapes import NORMS
from tests.oracle.shapes_events import Shape


def by_the_hour(draw: Draw, start: date, end: date | None) -> Shape:
    """So many hours after each event, of which the records say the time of day or not."""
    hours = pick(draw, "1 hour after event", "24 hours after event", "48 hours after event", "72 hours after event")
    clause: Tree = {
        "norm": pick(draw, *NORMS, "may"), "when": {"each": {"demand_sent": {}}, "due": hours},
        "what": pick(draw, {"rectification_done": {}}, {"rectification_done": {"concerns": "same"}}),
    }  # fmt: skip
    clause |= maybe(draw, at_least=2, readings=pick(draw, ["14D"], ["SENT"]))
    form: Tree = {"norm": "valid_if", "when": {"each": {"rectification_done": {}}, "due": "open"},
                  "what": {"decision_made": {"concerns": "same"}}}  # fmt: skip
    clocks = (None, None, "00:00", "02:30", "09:00", "12:00-14:00", "23:59")
    bearing: list[Tree] = [
        {"demand_sent": {"time": clocks}}, {"demand_sent": {"time": clocks}},
        {"rectification_done": {"time": clocks, "concerns": (None, None, "REF")}},
        {"rectification_done": {"time": clocks}}, {"rectification_done": {"time": clocks}},
        {"decision_made": {"concerns": ("REF",)}},
    ]  # fmt: skip
    clauses = {"svar": clause} | ({"form": form} if once_in(draw, 4) else {})
    turns = [date(2024, 3, 30), date(2024, 3, 31), date(2024, 4, 2), date(2023, 10, 28), date(2023, 10, 29)]
    return clauses, bearing, [*turns, date(2023, 10, 31), start + ONE, start + 2 * ONE, start + 4 * ONE]


def turning(draw: Draw, start: date, end: date | None) -> Shape:
    """What is due when a state becomes true, perhaps the first times only."""
    number = pick(draw, {"at_least": "11"}, {"less_than": "5"}, {"more_than": "8"})
    state: Tree = pick(draw, {"cost_claim": {"amount": number}}, {"cost_claim": {"amount": number, "site": "Torget"}},
                       {"decision_made": {"subject": "läget"}})  # fmt: skip
    when: Tree = {"each": {"becomes": state}, "due": pick(draw, "30 days after event", "event", "open")}
    when |= maybe(draw, first=pick(draw, 1, "1 per year", "2 per half_year")) | maybe(draw, until="2024-10-01")
    what = pick(draw, {"rectification_done": {}}, {"rectification_done": {"concerns": "same"}})
    clause = {"norm": pick(draw, *NORMS, "may"), "when": when, "what": what}
    told: Tree = {"cost_claim": {"amount": ("3", "9", "11", "12", None, "elva"), "site": (None, "Torget", "Torget")}}
    if "decision_made" in state:
        told = {"decision_made": {"subject": ("läget", "läget", "Läget", "annat", None), "body": (None, None, "x")}}
    return {"svar": clause}, [told, told, told, {"rectification_done": {"concerns": (None, "REF")}}], []


def picked(draw: Draw, start: date, end: date | None) -> Shape:
    """The first so many events of a period, and a day that another occasion sets."""
    first = pick(draw, 1, 2, "1 per year", "2 per half_year", "1 per quarter", "1 per month", "1 per term")
    meets = {"body": "chiefs_council"}
    event: Any = pick(draw, {"cost_claim": {"amount": {"at_least": "5"}}}, {"meeting_held": meets}, {"meeting": meets})
    coming = pick(draw, {"meeting": meets}, {"meeting": {}}, {"survey_sent": {"topic": "struktur"}})
    when: Tree = {"each": event, "due": pick(draw, "30 days after event", "open", "next", "7 days before next")}
    when |= {"next": coming} if "next" in when["due"] else {}
    when |= (
        maybe(draw, only=["odd"])
        | ({"first": first} if once_in(draw, 2) else {})
        | maybe(draw, **{"from": {"working_group_set": {}}})
    )
    clauses: Tree = {"svar": {"norm": pick(draw, *NORMS), "when": when, "what": {"training_done": {}}}}
    if once_in(draw, 3):
        step: Tree = {"follows": "svar", "due": "next", "next": coming}
        clauses["steg"] = {"norm": "shall", "when": step, "what": {"evaluation_done": {}}}
    made: Tree = {"cost_claim": {"amount": ("3", "8", "11", "elva", None)}}
    met = ("chiefs_council", "chiefs_council", "klara_group")
    more: list[Tree] = [
        {"meeting_held": {"body": met}}, {"meeting_scheduled": {"body": met}}, {"training_done": {}},
        {"survey_sent": {"topic": ("struktur", "Struktur", "annat")}}, {"working_group_set": {}},
        {"meeting_cancelled": {"body": met, "planned_for": ("2024-03-01",)}},
    ]  # fmt: skip
    turns = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 1), date(2024, 7, 1)]
    return clauses, [*[made] * (4 if "cost_claim" in event else 1), *more, {"evaluation_done": {}}], turns


PICKED = (by_the_hour, picked, turning)
