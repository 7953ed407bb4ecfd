"""Answers as JSON: the fields in a fixed order, UTF-8 as it is, so that the same answer is the same bytes."""

import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from avtalsvakt.words.page_names import PageNames
from avtalsvakt_engine.verdicts import Asked, Assessment, Finding, InstrumentState, Requirement, Verdict

Object = dict[str, object]

VERSIONS: Mapping[str, int] = MappingProxyType(
    {
        "assess": 1,
        "compare": 1,
        "status": 2,
        "duties": 2,
        "agenda": 1,
        "what-if": 1,
        "forecast": 1,
        "history": 2,
        "changes": 1,
        "changes-since": 2,
        "clauses": 1,
    }
)
"""The formats that other programs may rely on; a field that goes or changes its meaning is a new version."""


def written(value: object) -> str:
    """The JSON text, indented, with a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def headed(name: str, value: Mapping[str, object]) -> Object:
    """The answer under the name and version of its format, as docs/json.md and the schema of that name describe it."""
    return {"format": f"avtalsvakt/{name}", "version": VERSIONS[name], **value}


def assessment(found: Assessment, names: PageNames, strictest: Mapping[str, bool] = MappingProxyType({})) -> Object:
    """A whole assessment; `strictest` says of duties that several texts ask for whether theirs asks for most."""
    asks_most = [{"strictest": strictest.get(one.duty)} for one in found.duties]
    told: Object = {
        "as_of": found.as_of.isoformat(),
        "known_at": _day(found.known_at),
        "rulebook": found.rulebook,
        "duties": [
            duty(one, found.as_of) | names.duty(one) | most for one, most in zip(found.duties, asks_most, strict=True)
        ],
        "instruments": [named(one, names) for one in found.instruments],
        "findings": [finding(one) for one in found.findings],
        "requirements": [requirement(one) for one in found.requirements],
    }
    return headed("assess", told)


def duty(verdict: Verdict, as_of: date) -> Object:
    """One duty."""
    clause, period = verdict.clause, verdict.period
    return {
        "duty": verdict.duty,
        "agreement": verdict.agreement,
        "instrument": verdict.instrument,
        "obligation": verdict.obligation,
        "clause": {"document": clause.document, "section": clause.section, "paragraph": clause.paragraph},
        "modality": verdict.modality,
        "bearer": verdict.bearer,
        "period": period and {"label": period.label, "from": period.start.isoformat(), "to": period.end.isoformat()},
        "trigger": verdict.trigger,
        "due": _day(verdict.due),
        "status": verdict.status,
        "required": verdict.required,
        "counted": verdict.counted,
        "facts": list(verdict.facts),
        "not_counted": [{"fact": one.fact, "reason": one.reason} for one in verdict.not_counted],
        "days_left": verdict.days_left(as_of),
        "part_period": verdict.part_period,
        "until": _day(verdict.until),
        "readings": dict(verdict.readings),
        "rules": list(verdict.rules),
        "flags": list(verdict.flags),
        "reason": verdict.reason,
        "attest": verdict.attest,
    }


def instrument(state: InstrumentState) -> Object:
    """The state of one instrument."""
    return {
        "agreement": state.agreement,
        "state": state.state,
        "from": _day(state.start),
        "to": _day(state.end),
        "umbrella": state.umbrella,
        "flags": list(state.flags),
    }


def named(state: InstrumentState, names: PageNames) -> Object:
    """The state of one instrument with its short name."""
    return {**instrument(state), "short_title": names.agreement(state.agreement)}


def finding(one: Finding) -> Object:
    """One finding."""
    return {"code": one.code, "agreement": one.agreement, "fact": one.fact, "text": one.text}


def requirement(one: Requirement) -> Object:
    """One requirement as JSON, every source with the strictest first."""
    return {
        "requirement": one.requirement,
        "agreement": one.agreement,
        "reading": {"DUBBEL": one.choice},
        "strictest": f"{one.sources[0].instrument}.{one.sources[0].obligation}",
        "because": one.because,
        "sources": [_asked(source) for source in one.sources],
    }


def _asked(one: Asked) -> Object:
    at = one.clause
    return {
        "agreement": one.agreement,
        "instrument": one.instrument,
        "obligation": one.obligation,
        "clause": {"document": at.document, "section": at.section, "paragraph": at.paragraph},
        "modality": one.modality,
        "at_least": one.number,
        "times_a_year": round(float(one.times_a_year), 3),
        "governs": one.governs,
        "further": list(one.further),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
