"""Clauses of every form, with and without every key that judging reads, and registers that tell them apart."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument

from avtalsvakt_engine.facts import Fact, Value

START, END = date(2023, 2, 10), date(2025, 10, 20)
LATE_END = {"week": date(2025, 12, 25), "month": date(2025, 12, 25), "year_end": date(2025, 12, 31),
            "block": date(2026, 6, 30)}  # fmt: skip
"""Ends that tell the readings of these apart: more than half of the last week and month, and nothing next year."""
DAYS = tuple(date(2023, 2, 10) + timedelta(days=37 * step) for step in range(28))
JUDGED = tuple(
    date.fromisoformat(day)
    for day in ("2024-10-05", "2025-11-15", "2024-03-01", "2024-12-15", "2024-09-10", "2025-10-01", "2023-07-01")
)
"""Days on which registers are judged, those that tell most first."""
Place = tuple[int, int]
"""A register, and a day of JUDGED on which it is judged."""
TELLING: tuple[Place, ...] = (
    (14, 1), (1, 2), (7, 1), (15, 1), (2, 5), (41, 4), (157, 0), (4, 5), (3, 3), (0, 1), (0, 4), (12, 1), (5, 2),
    (207, 0), (27, 0), (0, 5),
)  # fmt: skip
"""Where to look first: among them every form and key was told apart when this was written. The rest are looked at
where none of these tells."""
INFORMED: Tree = {"information_given": {}}
EVENT: Tree = {"each": {"demand_sent": {}}, "due": "40 days after event"}
FORMS: Mapping[str, Any] = {
    "period": {"each": "half_year"},
    "years": {"each": "2 years"},
    "term": {"each": "term"},
    "event": EVENT,
    "performance": {"each": "performance", "due": "1 year after event"},
    "follows": {"follows": "beslut", "due": "40 days after event"},
    "date": {"due": "2024-09-29"},
    "once": "once",
    "always": "always",
}
"""The forms of `when`."""
MORE_PERIODS = {kind: {"each": kind} for kind in ("week", "month", "semester", "year", "year_end")} | {
    "block": {"each": "18 months", "starting": "2022-07-01"}
}
"""Kinds of periods that readings tell apart."""
READINGS: Mapping[str, str] = {
    "AR": "rolling", "HALVAR": "agreement", "MANAD": "rolling", "TERMIN": "school", "ARETSSLUT": "january",
    "STUB": "none", "SENT": "never", "SEXMAN": "dayafter", "VARDAG": "A_strict", "14D": "roll", "SAMRAD": "initiated",
    "ALT": "second", "FJARDE": "term", "BOR": "duty", "STARTDATUM": "binding", "SAMRADALDER": "any",
    "PERIODSLUT": "analog", "ELLERBEHOV": "alternative", "PLANEFTER": "not_due", "SAMRADPLIKT": "condition",
    "TILLSVIDARE": "independent", "NYREGEL": "split", "UNDANTAG": "informal", "BLANKFORM": "strict",
    "EXTKOND": "agreed", "FORLANG": "option", "NYAR4": "minus1", "SENAST3": "fixed", "DUBBLETT": "each",
}  # fmt: skip
"""Readings with a choice that is not the default and that the engine carries out."""
OTHERS: Mapping[str, Tree] = {
    "event itself": {"norm": "shall", "when": EVENT | {"due": "event"}, "what": {"itself": {"channel": "bud"}}},
    "event valid_if": {"norm": "valid_if", "when": EVENT | {"due": "open"}, "what": {"itself": {"channel": "bud"}}},
    "event valid_if about": {"norm": "valid_if", "when": EVENT | {"due": "open"},
                             "what": {"decision_made": {"concerns": "same"}}},
    "event deemed": {"norm": "deemed", "when": {"each": {"demand_sent": {}}, "due": "3 days after event"},
                     "what": {"notice_received": {"notice": "same"}}},
    "period attest": {"norm": "shall", "when": {"each": "half_year"}, "attest": "stadsdelsdirektör"},
}  # fmt: skip
"""Other forms of what shows a clause done, and norms from which no duty follows."""
DESCRIBED = ("event itself", "event valid_if", "event valid_if about", "event deemed", "period attest")
"""Forms whose bearer and counterpart are told to people and compared with nothing."""
DAYS_OF: Mapping[str, Mapping[str, str]] = {
    "period": {"opens": "40 days after start", "due": "20 days before end", "day": "60 days after start"},
    "years": {"opens": "40 days after start", "due": "06-30", "day": "06-30"},
    "term": {"opens": "200 days after start", "due": "300 days before end", "day": "400 days after start"},
    "event": {"opens": "5 days after event", "due": "10 days after event", "day": "37 days after event"},
    "performance": {"opens": "5 days after event", "due": "6 months after event", "day": "1 year after event"},
    "follows": {"opens": "5 days after event", "due": "3 days after event", "day": "37 days after event"},
    "date": {"opens": "2024-03-01", "due": "2024-06-30", "day": "2024-03-22"},
    "once": {"opens": "2024-03-01", "due": "2024-06-30", "day": "2024-03-22"},
    "always": {"opens": "2024-03-01", "due": "2024-06-30", "day": "2024-03-22"},
}
"""Values of `opens`, `due` and `day` that are other than the form's own."""
IN_WHEN: Mapping[str, Tree] = {
    "first": {"first": 1},
    "first in": {"first": "1 per year"},
    "next": {"due": "5 days after next", "next": {"working_group_set": {}}},
    "becomes": {"each": {"becomes": {"demand_sent": {"channel": "bud"}}}},
    "due hours": {"due": "37 hours after event"},
    "due to end of month": {"due": "10 days after event to end of quarter"},
    "due end of month": {"due": "end of month"},
    "due of several": {"due": {"earliest": ["10 days after event", "2024-06-30"]}},
    "due or next working day": {"due": "100 days after start or next working day"},
    "starting": {"each": "5 months", "starting": "2023-03-15"},
    "due: open": {"due": "open"},
    "only": {"only": ["odd"]},
    "except": {"except": ["odd"]},
    "from": {"from": "2024-03-01"},
    "until": {"until": "2024-08-31"},
    "from event": {"from": {"working_group_set": {}}},
    "until event": {"until": {"survey_sent": {}}},
}
BESIDE_IT: Mapping[str, Tree] = {
    "norm shall": {"norm": "shall"},
    "norm should": {"norm": "should"},
    "norm may": {"norm": "may"},
    "norm shall_not": {"norm": "shall_not"},
    "who": {"who": "polisen"},
    "who each": {"who": "vardera parten"},
    "to": {"to": "chiefs_council"},
    "per party": {"per": "party"},
    "per site": {"per": "site"},
    "per site sensitive": {"per": "site", "sensitive": True},
    "sensitive": {"sensitive": True},
    "at_least": {"at_least": 3},
    "at_most": {"at_most": 1},
    "including": {"including": [{"document": "lägesbild"}, {"document": "åtgärdsplan"}]},
    "given": {"given": {"need_assessed": {}}},
    "unless": {"unless": {"need_assessed": {}}},
    "given met": {"given": {"met": "annan"}},
    "given missed": {"given": {"missed": "annan"}},
    "effect ends": {"effect": {"ends": "30 days after event"}},
    "effect extends": {"effect": {"extends": "1 year"}},
    "effect renews": {"effect": {"renews": "3 months"}},
    "effect renews times": {"effect": {"renews": "3 months", "times": 2}},
    "warn": {"warn": "5 days"},
    "valid": {"valid": {"to": "2024-06-30"}},
}


@dataclass(frozen=True)
class Cell:
    """One form with one key: the file with it and the file without it, or with another value."""

    form: str
    key: str
    without: str
    written: str


def cells(form: str) -> Iterator[Cell]:
    """A form with every key."""
    clause = dict(clauses())[form]
    plain = _file(form, clause)
    for key, changed in _changes(form, clause):
        if changed != clause:
            yield Cell(form, key, plain, _file(form, changed))


def clauses() -> Iterator[tuple[str, Tree]]:
    """The forms by name: each `when` as a duty, some of them under other norms, and what is no duty."""
    for form, when in FORMS.items():
        for norm in ("shall", "should", "may", "shall_not"):
            if norm == "shall" or form in ("period", "event", "always"):
                several = {"at_least": 2} if form == "always" and norm in ("shall", "should") else {}
                yield f"{form} {norm}", {"norm": norm, "who": "staden", "when": when, "what": INFORMED} | several
    yield from OTHERS.items()
    for form, when in MORE_PERIODS.items():
        yield f"{form} shall", {"norm": "shall", "who": "staden", "when": when, "what": INFORMED}
    before = {"each": "term", "due": "6 months before end"}
    yield "term before", {"norm": "shall", "who": "staden", "when": before, "what": INFORMED}
    working = EVENT | {"due": "10 working days after event"}
    yield "event working", {"norm": "shall", "who": "staden", "when": working, "what": INFORMED}
    hours = EVENT | {"due": "888 hours after event"}
    yield "event hours", {"norm": "shall", "who": "staden", "when": hours, "what": INFORMED}


def _changes(form: str, clause: Tree) -> Iterator[tuple[str, Tree]]:
    kind, when = form.partition(" ")[0], clause["when"]
    for code, choice in READINGS.items():
        yield f"readings {code}", clause | {"readings": [{code: choice, "because": "så"}]}
    if kind in MORE_PERIODS or form in ("term before", "event working", "event hours"):
        return  # the other keys are the same as in their kin
    described = ("who", "who each", "to") if form in DESCRIBED else ()  # nobody else's act is looked at
    for key, value in BESIDE_IT.items():
        if key not in described:
            yield key, clause | value
    when = {} if when == "once" else {"always": None} if when == "always" else when
    for key, day in DAYS_OF.get(kind, {}).items():
        rest = {name: one for name, one in when.items() if not (key == "day" and name == "due")}
        yield key, clause | {"when": rest | {key: day}}
    for key, value in IN_WHEN.items():
        if (kind, key) == ("once", "due: open"):  # another way of writing the same
            continue
        yield key, clause | {"when": when | value}


def _file(form: str, clause: Tree) -> str:
    """A file with the clause, what it follows or hangs on, and a duty by which its effect is seen if it is none."""
    demanded: Tree = {"each": {"demand_sent": {}}, "due": "open"}
    others: Tree = {}
    if clause["when"] == FORMS["follows"] or "follows" in clause["when"]:
        others["beslut"] = {"norm": "shall", "when": demanded, "what": {"decision_made": {"concerns": "same"}}}
    if "annan" in str(clause.get("given")):
        others["annan"] = {"norm": "shall", "when": _same_occasion(clause), "what": {"evaluation_done": {}}}
    if "may" in form:
        others["syn"] = {"norm": "shall", "when": {"each": "year"}, "what": {"inspection_done": {}}}
    if "valid_if" in form:
        when = demanded | {"due": "5 days after event"}
        others["foljd"] = {"norm": "shall", "when": when, "what": {"referral_answered": {}}}
    if "deemed" in form:
        when = {"each": {"notice_received": {}}, "due": "5 days after event"}
        others["kvitto"] = {"norm": "shall", "when": when, "what": {"rectification_done": {}}}
    end = LATE_END.get(form.partition(" ")[0], END)
    timed = {"facts": {kind: ["time"] for kind in ("demand_sent", "information_given")}}
    tree = instrument("lokalt", {"provad": clause, **others}, START, end, **timed)
    return json.dumps(tree, ensure_ascii=False, sort_keys=True)  # which is YAML too, and written sooner


def _same_occasion(clause: Tree) -> Any:
    when = clause["when"]
    if not isinstance(when, dict) or "day" in when:
        return "once"
    kept = {name: one for name, one in when.items() if name in ("each", "follows")}
    if "follows" in kept or isinstance(kept.get("each"), dict):
        return {"each": {"demand_sent": {}}, "due": "20 days after event"}
    return kept | ({"due": "1 year after event"} if kept.get("each") == "performance" else {}) or "once"


SAID: tuple[tuple[str, Mapping[str, tuple[Value | None, ...]]], ...] = (
    ("information_given", {"from": ("staden", "polisen", None), "to_role": ("chiefs_council", "klara_group", None),
                           "document": ("lägesbild", "åtgärdsplan", None)}),
    ("information_given", {"from": ("staden",), "document": ("lägesbild", "åtgärdsplan"),
                           "concerns_period": (None, "2023-H2", "2024-H1", "2024-H2", "MONTH", "WEEK")}),
    ("demand_sent", {"channel": ("bud", "e-post"), "from": ("staden", "polisen")}),
    ("decision_made", {"concerns": ("REF",)}),
    ("need_assessed", {}),
    ("working_group_set", {}),
    ("survey_sent", {}),
    ("evaluation_done", {}),
    ("notice_received", {"notice": ("REF",)}),
    ("waiver", {"obligation": ("provad",), "form": ("muntlig",), "signed_by": (("staden", "polisen"),)}),
    ("waiver", {"obligation": ("provad",), "form": ("muntlig", "skriftlig", None),
                "signed_by": (("staden", "polisen"),)}),
    ("attestation", {"clause": ("provad",), "statement": ("ja", "nej"), "by": ("stadsdelsdirektör", "polisen")}),
)  # fmt: skip


def registers(number: int) -> Iterator[tuple[Fact, ...]]:
    """So many registers, the same ones each time; the first is empty."""
    chance = random.Random(13)
    for place in range(number):
        yield tuple(_facts(chance, 0 if place == 0 else chance.randint(2, 9)))


def _facts(chance: random.Random, number: int) -> Iterator[Fact]:
    days: list[date] = []
    for _ in range(number):  # half of them soon after another, as what follows from it is
        near = bool(days) and chance.choice((True, False))
        days.append(chance.choice(days) + timedelta(days=chance.choice((1, 8, 30))) if near else chance.choice(DAYS))
    days.sort()
    demand = "f0"
    for place, day in enumerate(days):
        kind, attributes = SAID[chance.choice((0, 0, 1, 2, 2, 3))] if chance.random() < 0.6 else chance.choice(SAID)
        chosen = {name: chance.choice(values) for name, values in attributes.items()}
        named = {"REF": demand, "MONTH": f"{chance.choice(DAYS):%Y-%m}", "WEEK": f"{chance.choice(DAYS):%G-W%V}"}
        said = {name: named.get(str(value), value) for name, value in chosen.items() if value is not None}
        demand = f"f{place}" if kind == "demand_sent" else demand
        yield Fact(f"f{place}", kind, "lokalt", day, day.isoformat(), place, "day", said)
