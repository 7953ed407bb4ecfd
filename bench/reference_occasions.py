"""Duties of occasions: at each meeting, before or after it, and the steps that a version of a document goes through."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bench.reference_acts import Act
from bench.reference_calendar import FAR, ONE, within
from bench.reference_case import Case, Found, Judged
from bench.reference_meetings import Meeting, meetings_of
from bench.reference_people import led_by
from bench.reference_windows import placed, window
from bench.workload_pool import Asked

PICTURE = {"document": "lägesbild"}


def _held(case: Case, one: Asked) -> list[Act]:
    acts = case.acts.of("meeting_held", one.about)
    return [act for act in acts if case.life.covers(act.day)]


def alternating(case: Case, one: Asked) -> Iterator[Judged]:
    """The parties take turns in the chair."""
    before: Act | None = None
    last: Act | None = None
    for act in _held(case, one):
        if last is not None and last.day < act.day:
            before = last
        now, then = led_by(act), led_by(before) if before else None
        unclear = now is None or (before is not None and then is None)
        found = Found(done=not unclear and now != then, unclear=unclear, breach=not unclear and now == then)
        yield case.judged(one, act.id, act.day, act.day, found)
        last = act


def minutes(case: Case, one: Asked) -> Iterator[Judged]:
    """So many days after each meeting, or before the next one."""
    coming = meetings_of(case.acts, one.about["body"]) if one.form == "next" else []
    for act in _held(case, one):
        due: date | None = act.day + timedelta(days=one.number)
        if one.form == "next":
            following = next((other.day for other in coming if other.day > act.day and not other.off), None)
            due = following - timedelta(days=one.number) if following else None
        yield case.judged(one, act.id, act.day, due, _shown(case, one.kind, "meeting", {act.id}, due))


def _shown(case: Case, kind: str, name: str, targets: set[str], due: date | None) -> Found:
    """What refers to an occasion, whenever it was done."""
    acts = [act for target in targets for act in case.acts.about(kind, name, target)]
    return placed(acts, date.min, due or FAR)


def before(case: Case, one: Asked) -> Iterator[Judged]:
    """Before each revision, since the one before it."""
    start, line = case.life.first, case.line(one)
    for act in case.acts.done("agreement_revised"):
        if case.life.covers(act.day):
            yield case.judged(
                one, act.id, min(act.day, start), act.day, window(line, start, act.day, act.day, past=True)
            )
            start = act.day + ONE


def notice(case: Case, one: Asked) -> Iterator[Judged]:
    """A call to each meeting, so many days before it, wherever it has been moved."""
    meetings = [one for one in meetings_of(case.acts, one.about["body"]) if case.life.covers(one.day)]
    calls = case.acts.of("meeting_convened", one.about)
    served = _serve(one, meetings, calls)
    for meeting in meetings:
        opens, due = meeting.day - timedelta(days=one.opens), meeting.day - timedelta(days=one.number)
        if case.listed(opens):
            found = placed(served.get(meeting.id, []), date.min, due)
            found.unclear += len(served.get(f"?{meeting.id}", []))
            yield case.no(one, meeting.id) if meeting.off else case.judged(one, meeting.id, opens, due, found)


def _serve(one: Asked, meetings: Sequence[Meeting], calls: Sequence[Act]) -> dict[str, list[Act]]:
    """The calls by the meeting that each is to: the next of those that have stood on the day it names."""
    out: dict[str, list[Act]] = {}
    for call in calls:
        day = date.fromisoformat(call.said["meeting_date"])
        able = [
            meeting for meeting in meetings
            if not meeting.off and (day == meeting.day or day in meeting.days)
            and meeting.day - timedelta(days=one.opens) <= call.day <= meeting.day
        ]  # fmt: skip
        first = [meeting for meeting in able if meeting.day == able[0].day]
        for meeting in first:
            out.setdefault(meeting.id if len(first) == 1 else f"?{meeting.id}", []).append(call)
    return out


def steps(case: Case, asked: Sequence[Asked]) -> Iterator[Judged]:
    """The decision on each version of the picture, and what follows on it."""
    decides = next(one for one in asked if one.name == "beslutas")
    versions = case.acts.of("document_revised", PICTURE)
    for version in versions:
        if not case.life.covers(version.day):
            continue
        decisions = _decisions(case, decides, version)
        valid = sorted(day for _, day in decisions if day is not None)
        yield case.judged(decides, version.id, version.day, None, Found(done=len(valid)))
        targets = {version.id, *(act.id for act, _ in decisions)}
        for one in asked:
            if one.form == "step":
                due = valid[0] + timedelta(days=one.number) if valid and one.number else None
                yield case.judged(one, version.id, version.day, due, _step(case, one, version, targets, due))
    yield from annexed(case, next(one for one in asked if one.form == "version"), decides)


def _decisions(case: Case, decides: Asked, version: Act) -> list[tuple[Act, date | None]]:
    """The decisions on a version, and the day from which each is valid: when it was in writing too."""
    out = []
    for act in case.acts.about("decision_made", "concerns", version.id):
        if act.said["body"] == decides.says["body"]:
            days = [one.day for one in case.acts.about("decision_documented", "decision", act.id)]
            out.append((act, max(act.day, min(days)) if days else None))
    return out


def _step(case: Case, one: Asked, version: Act, targets: set[str], due: date | None) -> Found:
    if one.kind == "decision_documented":
        return _shown(case, one.kind, "decision", targets, due)
    if one.kind == "notice_sent":
        found = [act for target in targets for act in case.acts.about(one.kind, "concerns", target)]
        return placed([act for act in found if act.said["to"] == one.says["to"]], date.min, due or FAR)
    return placed(_annexes(case, one.kind).get(version.id, []), date.min, due or FAR)


def _annexes(case: Case, kind: str) -> dict[str, list[Act]]:
    """What was dated or attached, by the version that it is: the one it names, else the latest of its day."""
    table = case.acts.referring.get((kind, "version"))
    if table is None:
        table = case.acts.referring[kind, "version"] = {}
        versions = [one for one in case.acts.kinds.get("document_revised", ()) if one.said["document"] == "lägesbild"]
        days, by_name = [one.day for one in versions], {one.said.get("version"): one.id for one in versions}
        for act in case.acts.done(kind):
            place = bisect_right(days, act.day)
            latest = versions[place - 1].id if place else ""
            table.setdefault(by_name.get(act.said["version"], "") if "version" in act.said else latest, []).append(act)
    return table


def annexed(case: Case, one: Asked, decides: Asked) -> Iterator[Judged]:
    """In each year a version that was decided upon is annexed: it counts in the year of the version."""
    first: list[tuple[date, Act]] = []
    annexes = _annexes(case, one.kind)
    for version in case.acts.kinds.get("document_revised", ()):
        found = annexes.get(version.id)
        days = [day for _, day in _decisions(case, decides, version) if day] if found else []
        if found and days:
            first.append((max(found[0].day, min(days)), version))
    for part in case.stretches(one.each):
        if not part.enough or not case.owed(case.life.first):
            yield case.no(one, part.label)
            continue
        here = Found()
        for day, version in first:
            if within(version.names, part.label) if version.names else part.first <= version.day <= part.whole:
                here.done += day <= part.last
                here.late += day > part.last
        yield case.judged(one, part.label, part.first, part.last, here)
