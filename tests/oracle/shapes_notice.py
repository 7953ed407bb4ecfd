"""Random rights to end an agreement: when, on what conditions and in what form they can be used."""

from datetime import date

from tests.oracle.drawing import ONE, Draw, Tree, maybe, pick
from tests.oracle.shapes import BEARING, COUNTED, NORMS

DEMANDED: Tree = {"each": {"demand_sent": {}}, "due": "14 days after event"}


def renewed(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """An agreement that is renewed by itself unless somebody objects, beside what each term and each year asks for."""
    when: Tree = {"each": "term"} | maybe(draw, due=pick(draw, "3 months before end", "1 month before end", "end"))
    when |= maybe(draw, opens=pick(draw, "6 months before end", "2 years before end"))
    effect: Tree = {"renews": pick(draw, "1 year", "3 months", "1 month", "2 years")}
    right: Tree = {
        "norm": "may",
        "when": when,
        "what": pick(draw, {"withdrawal_requested": {}}, {"withdrawal_requested": {"by": "polisen"}}),
        "effect": effect | maybe(draw, times=pick(draw, 1, 2)),
    }
    right |= maybe(draw, given=[{"need_assessed": {"outcome": "behov"}}], unless={"renegotiation_requested": {}})
    clauses: Tree = {
        "uppsagning": right | maybe(draw, at_least=2),
        "moten": {"norm": pick(draw, *NORMS), "when": {"each": pick(draw, "quarter", "year")},
                  "what": COUNTED["meeting"]},
        "samrad": {"norm": "shall", "when": {"each": "term", "due": "1 month before end"},
                   "what": {"consultation_held": {}}},
        "form": {"norm": "valid_if", "when": {"each": {"withdrawal_requested": {}}, "due": "open"},
                 "what": {"notice_sent": {"concerns": "same"}}},
        "havning": {"norm": "may", "when": "once", "what": {"survey_sent": {}},
                    "effect": {"ends": pick(draw, "30 days after event", "end")}},
    }  # fmt: skip
    for name in ("form", "havning"):
        if pick(draw, True, True, False):
            del clauses[name]
    bearing: list[Tree] = [
        {"withdrawal_requested": {"by": ("polisen", "polisen", "staden")}},
        {"withdrawal_requested": {"by": ("polisen",)}},
        {"need_assessed": {"outcome": ("behov",)}}, {"notice_sent": {"concerns": ("REF",)}}, {"consultation_held": {}},
        {"renegotiation_requested": {}}, {"survey_sent": {}}, *BEARING["meeting"][:1],
    ]  # fmt: skip
    return clauses, bearing, [date(2023, 9, 30), date(2023, 10, 1), date(2024, 9, 30)]


def notice(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """A right to withdraw, beside a duty that goes on as long as the agreement does."""
    when = pick(
        draw, "once", "once", {"each": "term", "due": pick(draw, "3 months before end", "end")},
        {"each": {"demand_sent": {}}, "due": pick(draw, "open", "60 days after event")}, {"due": "2024-08-31"},
    )  # fmt: skip
    conditions: list[Tree] = [{"need_assessed": {"outcome": "behov"}}]
    if isinstance(when, dict) and isinstance(when.get("each"), dict):
        conditions = [{"missed": "rattelse"}, {"missed": "rattelse"}, {"met": "rattelse"}]
    right: Tree = {
        "norm": "may",
        "when": when,
        "what": pick(draw, {"withdrawal_requested": {}}, {"withdrawal_requested": {"by": "polisen"}}),
        "effect": {"ends": pick(draw, "3 months after event", "event", "30 days after event", "2024-09-30", "end",
                                "1 month after event to end of quarter", "3 months after end of month",
                                {"latest": ["3 months after event", "2024-06-30"]},
                                "2 years after start")},
    }  # fmt: skip
    right |= maybe(draw, given=[pick(draw, *conditions)], unless={"renegotiation_requested": {}}, at_least=2)
    clauses: Tree = {
        "uttrade": right,
        "moten": {"norm": pick(draw, *NORMS), "when": {"each": pick(draw, "quarter", "month", "year")},
                  "what": COUNTED["meeting"]},
        "samrad": {"norm": "shall", "when": {"each": "term", "due": "6 months before end"},
                   "what": {"consultation_held": {}}},
        "rattelse": {"norm": "shall", "when": DEMANDED, "what": {"rectification_done": {}}},
        "form": {"norm": "valid_if", "when": {"each": {"withdrawal_requested": {}}, "due": "open"},
                 "what": {"notice_sent": {"concerns": "same"}}},
    }  # fmt: skip
    if pick(draw, True, False):
        clauses["option"] = {
            "norm": "may",
            "when": {"each": "term", "due": pick(draw, "3 months before end", "end")},
            "what": {"survey_sent": {}},
            "effect": {"extends": pick(draw, "1 year", {"at_most": "2 years"})},
        } | maybe(draw, given={"need_assessed": {}})
    if pick(draw, True, True, False):  # most texts ask for no form
        del clauses["form"]
    bearing: list[Tree] = [
        {"withdrawal_requested": {"by": ("polisen", "polisen", "staden")}},
        {"withdrawal_requested": {"by": ("polisen",)}},
        {"demand_sent": {}}, {"rectification_done": {}}, {"need_assessed": {"outcome": ("behov",)}},
        {"notice_sent": {"concerns": ("REF",)}}, {"consultation_held": {}}, {"renegotiation_requested": {}},
        {"survey_sent": {}},
        *BEARING["meeting"][:1],
    ]  # fmt: skip
    return clauses, bearing, [date(2024, 6, 30), date(2024, 8, 31), start + 30 * ONE]
