"""Random clauses that do not recur by the calendar: terms, single dates, events, chains, states, powers."""

from datetime import date
from typing import Any

from tests.oracle.drawing import ONE, Draw, Tree, maybe, once_in, perhaps, pick
from tests.oracle.shapes import NORMS

Shape = tuple[Tree, list[Tree], list[date]]
BOTH = (("staden", "polisen"), "both", ("staden", "polisen"), ("staden",), None)
CONSULTED: Tree = {"consultation_held": {"subject": ("förlängning",) * 4 + ("revidering",), "parties": BOTH}}


def once(draw: Draw, start: date, end: date | None) -> Shape:
    """Once, by a date, or planned for a day."""
    day = pick(draw, "2023-06-30", "2024-02-29", "2025-01-01", start.isoformat())
    when: Any = pick(draw, "once", {"due": day}, {"day": day}, {"due": "3 months after start"})
    if once_in(draw, 4):
        when = maybe(
            draw, **{"from": pick(draw, "2023-07-01", "2024"), "until": pick(draw, "2024-08-31", "2023-12-31")}
        )
        when = when or "once"
    clause = {"norm": pick(draw, *NORMS, "shall_not"), "when": when, "what": {"survey_sent": {"topic": "struktur"}}}
    dated = [date.fromisoformat(day)]
    clause |= maybe(draw, valid={pick(draw, "from", "to"): pick(draw, "2023-12-31", "2024-02-29")})
    return {"enkat": clause | maybe(draw, at_least=2)}, [{"survey_sent": {"topic": ("struktur", "rådet", None)}}], dated


def every_n_years(draw: Draw, start: date, end: date | None) -> Shape:
    """Every second or third year."""
    when = {"each": pick(draw, "2 years", "3 years")} | maybe(draw, **{"from": pick(draw, "2021", "2022")})
    clause = {"norm": pick(draw, *NORMS), "when": when, "what": {"measurement_done": {"name": "mätning"}}}
    return {"matning": clause}, [{"measurement_done": {"name": ("mätning",), "year": (None, "2023")}}], []


def rolling(draw: Draw, start: date, end: date | None) -> Shape:
    """So long after the last time."""
    due = pick(draw, "1 year after event", "90 days after event", "6 months after event")
    clause = {"norm": pick(draw, *NORMS), "when": {"each": "performance", "due": due}, "what": {"training_done": {}}}
    clause["when"] |= maybe(draw, **{"from": "2023-03-31"})
    return {"ovning": clause}, [{"training_done": {}}], []


def before_end(draw: Draw, start: date, end: date | None) -> Shape:
    """Before the end of each term; perhaps released; perhaps with a power to extend that hangs on it."""
    what = {"consultation_held": {"subject": "förlängning", "parties": "both"}}
    when = {
        "each": "term",
        "due": pick(
            draw, "6 months before end", "6 months before end", "end", "30 days before end", "60 days after end"
        ),
    }
    when |= maybe(draw, **{"from": "2023-07-01", "until": "2024-08-31", "opens": "9 months before end"})
    clauses: Tree = {"samrad": {"norm": "shall", "when": when, "what": what}}
    clauses["samrad"] |= maybe(draw, unless={"decision_made": {"subject": "ingen förlängning"}})
    if perhaps(draw):
        years = pick(draw, "1 year", "2 years")
        clauses["forlangning"] = {
            "norm": "may",
            "when": {"each": "term", "due": "end"},
            "what": {"extension_agreed": {}},
            "effect": {"extends": pick(draw, years, {"at_most": years})},
            "readings": pick(draw, [], ["NYAR4"]),
        } | maybe(draw, given=[{"met": "samrad"}])
    last = end or date(2024, 12, 31)
    bearing: list[Tree] = [
        CONSULTED, CONSULTED,
        {"decision_made": {"subject": ("ingen förlängning", "annat", None)}},
        {"extension_agreed": {
            "new_end": (None, None, last.replace(year=last.year + 1, day=28).isoformat(), "2026-12-31", "2026"),
            "form": ("skriftlig", "skriftlig", None, "muntlig"), "signed_by": BOTH,
        }},
        {"agreement_terminated": {"ends_on": (None, last.replace(day=1).isoformat(), "2024-06-30")}},
    ]  # fmt: skip
    return clauses, bearing, [last, last - 182 * ONE, last - 30 * ONE]


def after_event(draw: Draw, start: date, end: date | None) -> Shape:
    """So long after each event, by date or by reference; or no date at all."""
    due = pick(
        draw, "open", "14 days after event", "3 working days after event", "1 month after event", "2024-06-30",
        "14 days after event.handed_over", "5 working days after event", "end of month", "1 month after end of month",
        "20 days after end of quarter or next working day", "3 months after event to end of year",
        "2 months after event or next working day", {"earliest": ["14 days after event", "event.handed_over"]},
        {"latest": ["1 month after event", "event.handed_over", "2024-06-30"]},
    )  # fmt: skip
    when: Tree = {"each": {"notice_sent": {"channel": ["rekommenderat brev", "bud"]}}, "due": due}
    when |= maybe(draw, only=["december", "june", "february"]) | maybe(draw, until="2024-07-01")
    limits: Tree = {"from": {"working_group_set": {}}, "until": {"survey_sent": {}}}
    when |= maybe(draw, **limits) if once_in(draw, 2) else {}
    done: tuple[Tree, ...] = ({"rectification_done": {}}, {"referral_answered": {}})
    what = pick(draw, {"notice_received": {"notice": "same"}}, *done)
    norm = pick(draw, *NORMS, "shall_not")
    clause = {"norm": norm, "when": when, "what": what} | maybe(draw, at_least=2, readings=["14D"])
    sent: Tree = {
        "notice_sent": {
            "channel": ("rekommenderat brev", "rekommenderat brev", "bud", "e-post", None),
            "handed_over": (None, "2024-02-29", "2023-12-30"),
        }
    }
    begun: list[Tree] = [{"working_group_set": {}}, {"survey_sent": {}}]
    return {"svar": clause}, [sent, sent, {"notice_received": {"notice": ("REF",)}}, *done, *begun], []


def before_act(draw: Draw, start: date, end: date | None) -> Shape:
    """Before each act, on the same day at the latest, or some days before."""
    due = pick(
        draw, "event", "event", "14 days before event", "1 month before event", "2 working days before event",
        {"earliest": ["10 days before event", "3 working days before event"]},
    )  # fmt: skip
    clause = {
        "norm": pick(draw, *NORMS),
        "when": {"each": {"measure_started": {}}, "due": due},
        "what": {"document_revised": {"document": "orsaksanalys"}},
    }
    if perhaps(draw):
        clause["readings"] = ["SAMRADALDER"]
    begun: Tree = {"measure_started": {"concerns_period": (None, None, "2023", "2024")}}
    return {"analys": clause}, [begun, begun, {"document_revised": {"document": ("orsaksanalys", "x")}}], []


def per_meeting(draw: Draw, start: date, end: date | None) -> Shape:
    """Minutes of each meeting, its contents, and who presides."""
    meeting = {"meeting_held": {"body": "chiefs_council"}}
    clauses: Tree = {
        "anteckningar": {
            "norm": "shall",
            "when": {"each": meeting, "due": pick(draw, "open", "7 days after event")},
            "what": {"minutes_distributed": {"meeting": "same"}},
        },
        "ordforande": {
            "norm": "shall",
            "when": {"each": meeting, "due": "open"},
            "what": {"itself": {"chair": "alternating"}},
        },
        "innehall": {
            "norm": pick(draw, *NORMS),
            "when": {"each": meeting, "due": "open"},
            "what": {
                "itself": {
                    "time": pick(draw, {"at_least": "3"}, {"at_most": "2"}, {"more_than": "2"}, {"less_than": "2"})
                }
            },
            "including": [{"agenda_items": "trender"}],
        },
    }
    held: Tree = {
        "meeting_held": {
            "body": ("chiefs_council",) * 6 + ("klara_group",),
            "chair": ("staden", "polisen", "staden", "polisen", None),
            "time": ("1", "3", None, "3"),
            "agenda_items": (None, ("trender",), ("struktur",), ("trender", "struktur")),
        }
    }
    return clauses, [held, held, {"minutes_distributed": {"meeting": ("REF",)}}], []


def chain(draw: Draw, start: date, end: date | None) -> Shape:
    """A new version is decided on, in writing, attached; perhaps the writing decides whether the decision counts."""
    clauses: Tree = {
        "beslut": {
            "norm": "shall",
            "when": {"each": {"document_revised": {"document": ["lägesbild", "åtgärdsplan"]}}, "due": "open"},
            "what": {"decision_made": {"body": "chiefs_council", "concerns": "same"}},
        },
        "skriftligt": {
            "norm": pick(draw, "shall", ["shall", "valid_if"]),
            "when": {"follows": "beslut", "due": pick(draw, "open", "open", "14 days after event")}
            | maybe(draw, opens=pick(draw, "event", "3 days after event")),
            "what": {"decision_documented": {"decision": "same"}},
        },
        "bilaga": {
            "norm": "shall",
            "when": {"follows": "beslut", "due": "open"},
            "what": {"annex_attached": {"annex": {"same": "document"}, "version": "same"}},
        },
    }
    if perhaps(draw):
        clauses["bilaga"]["when"]["due"] = "30 days after event"
    clauses["bilaga"]["when"] |= maybe(draw, opens="10 days after event")
    bearing: list[Tree] = [
        {"document_revised": {"document": ("lägesbild", "åtgärdsplan", "annat"), "version": (None, "1", "2")}},
        {"decision_made": {"body": ("chiefs_council",) * 5 + ("youth_forum", None), "concerns": ("REF",)}},
        {"decision_documented": {"decision": ("REF",)}},
        {"annex_attached": {"annex": ("lägesbild", "3", "åtgärdsplan"), "version": (None, None, "1", "2")}},
    ]
    return clauses, bearing, []


def state(draw: Draw, start: date, end: date | None) -> Shape:
    """A roster that must be full, an annex that must be there; always, or from or until a day."""

    def standing() -> Any:
        days = (start + 60 * ONE, date(2024, 3, 31), date(2023, 1, 1), date(2024, 6, 30))
        limits = {name: pick(draw, *days).isoformat() for name in ("from", "until") if perhaps(draw)}
        return {"always": ""} | limits if limits else "always"

    roles = [{"role": "stadsdelsdirektör"}, {"role": ["kommunpolis", "lokalpolisområdeschef"]}]
    clauses: Tree = {
        "sammansattning": {
            "norm": pick(draw, *NORMS), "when": standing(), "what": {"role_assigned": {"body": "chiefs_council"}},
            "including": roles,
        },
        "avsatt": {"norm": "shall", "when": standing(), "what": {"resource_allocated": {}}},
        "inga": {"norm": "shall_not", "when": pick(draw, standing(), "once"), "what": {"survey_sent": {}}},
        "ingen": {"norm": "shall_not", "when": standing(), "what": {"role_assigned": {"role": "kommunchef"}}},
        "tak": {"norm": "shall", "when": standing(), "what": {"resource_allocated": {}}, "at_most": 1},
    }  # fmt: skip
    clauses["sammansattning"] |= maybe(draw, at_least=3)
    clauses["avsatt"] |= maybe(draw, at_least=2, valid={pick(draw, "from", "to"): "2024-03-31"})
    clauses["inga"] |= maybe(draw, valid={pick(draw, "from", "to"): "2024-03-31"})
    until = (None, None, "2024-02-29", "2024-06-30", "2025-01-31")
    return (
        clauses,
        [
            {
                "role_assigned": {
                    "body": ("chiefs_council",),
                    "role": ("stadsdelsdirektör", "kommunpolis", None, "kommunchef"),
                    "to": until,
                }
            },
            {"resource_allocated": {"function": ("a",), "to": until}},
            {"survey_sent": {}},
        ],
        [],
    )


def need(draw: Draw, start: date, end: date | None) -> Shape:
    """When somebody has found that there is a need; and what follows when a demand is not met."""
    clauses: Tree = {
        "behov": {
            "norm": "shall",
            "when": {"each": {"need_assessed": {"outcome": "behov"}}, "due": pick(draw, "open", "60 days after event")},
            "what": {"agreement_revised": {}},
        },
        "rattelse": {
            "norm": "shall",
            "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
            "what": {"rectification_done": {}},
        },
        "uttrade": {
            "norm": "may",
            "when": {"each": {"demand_sent": {}}, "due": "open"},
            "what": {"withdrawal_requested": {}},
            "given": {pick(draw, "missed", "met"): "rattelse"},
        },
    }
    bearing: list[Tree] = [
        {"need_assessed": {"outcome": ("behov", "inget behov", None)}}, {"agreement_revised": {}}, {"demand_sent": {}},
        {"rectification_done": {}}, {"withdrawal_requested": {}},
    ]  # fmt: skip
    return clauses, bearing, []


def presumed(draw: Draw, start: date, end: date | None) -> Shape:
    """A letter is taken to have arrived on the third working day; something is due after receipt, or of a demand."""
    sent = pick(draw, "notice_sent", "notice_sent", "demand_sent")
    letter = {"channel": "rekommenderat brev"} | maybe(draw, to="kontaktperson")
    received: Tree = pick(draw, {}, {}, {"notice": {sent: {"channel": ["rekommenderat brev", "bud"]}}})
    clauses: Tree = {
        "mottaget": {
            "norm": "deemed",
            "when": {"each": {sent: letter}, "due": "3 working days after event"},
            "what": {"notice_received": {"notice": "same"} | maybe(draw, document="lägesbild")},
        }
        | maybe(draw, valid={pick(draw, "from", "to"): "2024-01-01"})
        | maybe(draw, given={"survey_sent": {"topic": "struktur"}}, unless={"decision_made": {"concerns": "same"}}),
        "svara": {
            "norm": "shall",
            "when": {"each": {"notice_received": received}, "due": "14 days after event"},
            "what": {"rectification_done": {}},
        },
    }
    bearing: Tree = {
        sent: {
            "channel": ("rekommenderat brev", "rekommenderat brev", "e-post", "bud"),
            "to": (None, "kontaktperson", "kontaktperson", "handläggare"),
        }
    }
    more: list[Tree] = [
        {"notice_received": {"notice": ("REF",)}}, {"rectification_done": {}},
        {"survey_sent": {"topic": ("struktur",)}}, {"decision_made": {"concerns": ("REF",)}},
    ]  # fmt: skip
    return clauses, [bearing, bearing, *more, {"rectification_done": {"concerns": ("REF",)}}], []


def form(draw: Draw, start: date, end: date | None) -> Shape:
    """A decision that the wrong body takes, or with too few votes, has no effect."""
    clauses: Tree = {
        "behorighet": {
            "norm": "valid_if",
            "when": {"each": {"decision_made": {"subject": "medborgarlöfte"}}, "due": "open"},
            "what": {"itself": {"body": "local_steering_group"}},
        }
        | maybe(draw, valid={pick(draw, "from", "to"): "2024-01-01"})
        | maybe(draw, given={"need_assessed": {"outcome": "behov"}}, unless={"survey_sent": {"topic": "rådet"}}),
        "lofte": {
            "norm": pick(draw, *NORMS),
            "when": {"each": pick(draw, "year", "half_year")},
            "what": {"decision_made": {"subject": "medborgarlöfte"}},
        },
        "bekraftat": {
            "norm": "shall",
            "when": {"each": {"decision_made": {"subject": "medborgarlöfte"}}, "due": "1 month after event"},
            "what": {"decision_documented": {"decision": "same"}},
        },
    }
    if once_in(draw, 2):
        demand = pick(draw, {"itself": {"body": "local_steering_group"}}, {"decision_documented": {"decision": "same"}})
        clauses["form"] = {
            "norm": pick(draw, ["shall", "valid_if"], ["should", "valid_if"]),
            "when": {"each": {"decision_made": {"subject": "medborgarlöfte"}}, "due": "event"},
            "what": demand,
        }
    made: Tree = {
        "decision_made": {
            "subject": ("medborgarlöfte", "medborgarlöfte", None),
            "body": ("local_steering_group", "local_steering_group", "x", None),
        }
    }
    more: list[Tree] = [
        {"decision_documented": {"decision": ("REF",)}}, {"need_assessed": {"outcome": ("behov", "inget behov")}},
        {"survey_sent": {"topic": ("rådet",)}},
    ]  # fmt: skip
    return clauses, [made, made, *more], []


def linked(draw: Draw, start: date, end: date | None) -> Shape:
    """One of several acts will do; an act about another act; an act that needs that another was done before."""
    clauses: Tree = {
        "nagot": {
            "norm": pick(draw, *NORMS),
            "when": {"each": pick(draw, "year", "half_year")},
            "what": {
                "any_of": [
                    {"evaluation_done": {"object": "forum"}},
                    {"evaluation_done": {"by": "polisen"}},
                    {"survey_sent": {}},
                ]
            },
            "at_least": pick(draw, 1, 2),
        },
        "grupp": {
            "norm": "shall",
            "when": {"each": {"working_group_set": {}}, "due": "30 days after event"},
            "what": {
                "any_of": [{"decision_made": {"subject": "arbetsgrupp"}}, {"decision_made": {"concerns": "same"}}]
            },
        },
        "svar": {
            "norm": "shall",
            "when": {
                "each": {"notice_received": {"notice": {"demand_sent": {"channel": "bud"}}}},
                "due": "14 days after event",
            },
            "what": {"rectification_done": {}},
        },
        "beslut": {
            "norm": "shall",
            "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
            "what": {"decision_made": {"concerns": "same"}},
        },
        "tillfogad": {
            "norm": pick(draw, *NORMS),
            "when": {"each": pick(draw, "year", "half_year")},
            "what": {"annex_attached": {"annex": "lägesbild", "version": {"met": "beslut"}}},
        },
    }
    bearing: list[Tree] = [
        {"evaluation_done": {"object": ("forum", "x", None), "by": ("polisen", "staden", None)}}, {"survey_sent": {}},
        {"working_group_set": {}}, {"decision_made": {"subject": ("arbetsgrupp", "x"), "concerns": ("REF", None)}},
        {"demand_sent": {"channel": ("bud", "bud", "e-post", None)}}, {"notice_received": {"notice": ("REF",)}},
        {"rectification_done": {}}, {"document_revised": {"document": ("lägesbild",), "version": (None, "1", "2")}},
        {"decision_made": {"concerns": ("REF",)}},
        {"annex_attached": {"annex": ("lägesbild", "3"), "version": (None, "1", "2")}},
        {"annex_attached": {"annex": ("lägesbild",), "concerns_period": ("2023", "2024-H1", "2023-H2")}},
    ]  # fmt: skip
    return clauses, bearing, []


EVENTS = (
    once, every_n_years, rolling, before_end, before_end, after_event, before_act, per_meeting, chain, chain, state,
    need, presumed, form, linked,
)  # fmt: skip
