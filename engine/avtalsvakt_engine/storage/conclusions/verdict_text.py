"""Verdicts as text and back: canonical JSON, so that equal verdicts are equal texts."""

import json
from datetime import date

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.integrity.database_errors import legible
from avtalsvakt_engine.verdicts import Clause, InstrumentState, NotCounted, Period, Verdict


def to_text(verdict: Verdict) -> str:
    """The verdict without `since` and `until`, which are kept beside it: they change without the verdict changing."""
    period = verdict.period
    return compact(
        [
            verdict.duty,
            verdict.agreement,
            verdict.instrument,
            verdict.obligation,
            [verdict.clause.document, verdict.clause.section, verdict.clause.paragraph],
            verdict.modality,
            verdict.bearer,
            verdict.body,
            period and [period.label, period.start.isoformat(), period.end.isoformat()],
            verdict.trigger,
            verdict.opens and verdict.opens.isoformat(),
            verdict.due and verdict.due.isoformat(),
            verdict.status,
            verdict.required,
            verdict.counted,
            verdict.facts,
            [(one.fact, one.reason) for one in verdict.not_counted],
            verdict.part_period,
            verdict.curable,
            verdict.readings,
            verdict.rules,
            verdict.flags,
            verdict.reason,
            *([verdict.attest] if verdict.attest else []),
        ]
    )


@legible
def from_text(content: str, since: str, until: str | None) -> Verdict:
    """The verdict that `to_text` wrote."""
    (
        duty, agreement, instrument, obligation, clause, modality, bearer, body, period, trigger, opens, due, status,
        required, counted, facts, not_counted, part, curable, readings, rules, flags, reason, *attest,
    ) = json.loads(content)  # fmt: skip
    return Verdict(
        duty=duty,
        agreement=agreement,
        instrument=instrument,
        obligation=obligation,
        clause=Clause(*clause),
        modality=modality,
        bearer=bearer,
        body=body,
        period=period and Period(period[0], date.fromisoformat(period[1]), date.fromisoformat(period[2])),
        trigger=trigger,
        opens=_day(opens),
        due=_day(due),
        status=status,
        required=required,
        counted=counted,
        facts=tuple(facts),
        not_counted=tuple(NotCounted(*pair) for pair in not_counted),
        part_period=part,
        until=_day(until),
        since=date.fromisoformat(since),
        curable=curable,
        readings=tuple((code, choice) for code, choice in readings),
        rules=tuple(rules),
        flags=tuple(flags),
        reason=reason,
        attest=attest[0] if attest else None,
    )


def state_to_text(state: InstrumentState) -> str:
    """An instrument's state without its `until`."""
    start, end = (day and day.isoformat() for day in (state.start, state.end))
    return json.dumps([state.agreement, state.state, start, end, state.umbrella, state.flags], ensure_ascii=False)


@legible
def state_from_text(content: str, until: str | None) -> InstrumentState:
    """The state that `state_to_text` wrote."""
    agreement, state, start, end, umbrella, flags = json.loads(content)
    return InstrumentState(agreement, state, _day(start), _day(end), umbrella, tuple(flags), _day(until))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
