"""The digest: what became late or at risk, what is to be done this month, who is asked, what was mended. Pure.

In come material and a recipient, out comes a letter with its causes, or None where nothing is new to the recipient.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.attestations import asked_now, attest_command
from avtalsvakt.answers.week import Week, week_of
from avtalsvakt.notifying import wording
from avtalsvakt.notifying.letters import Item, Letter, Part
from avtalsvakt.notifying.material import Material
from avtalsvakt.words.summary import counted
from avtalsvakt_calendars.phrases import long_day
from avtalsvakt_calendars.reminding.meetings import Meeting
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.conclusions.changes import DatedChange
from avtalsvakt_engine.storage.outgoing.recipients import Recipient
from avtalsvakt_engine.verdicts import Verdict

MENDED = ("fulfilled", "fulfilled_late", "waived", "not_applicable")
SHOWN = 25
"""How many items a part has at most; the rest is counted."""
DIGEST = "digest"


class Told(Struct, frozen=True):
    """A letter of a kind, and the causes that it tells of; it is worth sending until its last day."""

    kind: str
    letter: Letter
    causes: frozenset[str]
    last_day: date


def turn(recipient: Recipient, today: date) -> str | None:
    """The cause that stands for the recipient's digest of this time; None where it gets none.

    A week begins on Monday: where nothing ran that day, the next one does instead. A time that had begun when the
    recipient was added is not its own.
    """
    first = {
        "daily": today,
        "weekly": today - timedelta(days=today.weekday()),
        "monthly": today.replace(day=1),
    }.get(recipient.rhythm)
    return None if first is None or first.isoformat() < recipient.added else f"{DIGEST}|{first}"


def digest(material: Material, recipient: Recipient, since: int | None, told: Collection[str]) -> Told | None:
    """The digest of this time. `since` is the run that the last one told of, `told` what the recipient was told."""
    week = week_of(material.of(recipient), material.known, material.how, material.now)
    changes = [one for one in _since(material, since) if _concerns(one, material, recipient)]
    late = _still(changes, ("overdue",), material)
    risk = _still(changes, ("at_risk",), material)
    mended = _mended(changes, material)
    coming = [one for day in week.days for found in day.duties.values() for one in found]
    asked = [one for one in material.open_to(recipient) if asked_now(one, material.stored.run.as_of)]
    news = frozenset(_causes(late, risk, mended, coming, asked))
    if news <= set(told):
        return None
    parts = (
        _part(wording.NEWLY_LATE, [_item(one, "late", material) for one in late]),
        _part(wording.NEWLY_AT_RISK, [_item(one, "soon", material) for one in risk]),
        _part(wording.COMING.format(long_day(week.until)), list(_coming(week, material, recipient))),
        _part(wording.WAITING, list(_asked(week, material))),
        _part(wording.MENDED, [_done(one, material) for one in mended]),
    )
    subject = wording.digest_subject(material.today, len(late), len(coming), week.questions)
    run = material.stored.run
    foot = (*wording.proof(run.id, run.as_of, material.seal), *wording.foot(recipient.role, recipient.id))
    letter = Letter(subject, _opening(week, material), tuple(one for one in parts if one.items), foot)
    return Told(DIGEST, letter, news, material.today + timedelta(days=5))


def _since(material: Material, since: int | None) -> Iterable[DatedChange]:
    """What became known after the last digest; before the first, within a week."""
    if since is not None:
        return (one for one in material.changes if one.run > since)
    first = material.today - timedelta(days=7)
    return (one for one in material.changes if one.as_of > first)


def _concerns(one: DatedChange, material: Material, recipient: Recipient) -> bool:
    verdict = _verdict(one, material)
    return verdict is not None and verdict.agreement in material.living and recipient.concerns(verdict)


def _verdict(one: DatedChange, material: Material) -> Verdict | None:
    return material.by_duty.get(one.change.duty)


def _still(changes: Iterable[DatedChange], statuses: Collection[str], material: Material) -> list[Verdict]:
    """The duties that came to a status and still have it, each once."""
    found = {one.change.duty: _verdict(one, material) for one in changes if one.change.status in statuses}
    return [one for one in found.values() if one is not None and one.status in statuses]


def _mended(changes: Iterable[DatedChange], material: Material) -> list[Verdict]:
    """The duties that were late and are not any more."""
    late = {one.change.duty: _verdict(one, material) for one in changes
            if one.change.was == "overdue" or one.change.status == "fulfilled_late"}  # fmt: skip
    return [one for one in late.values() if one is not None and one.status in MENDED]


def _causes(
    late: Iterable[Verdict], risk: Iterable[Verdict], mended: Iterable[Verdict], coming: Iterable[Verdict],
    asked: Iterable[Verdict],
) -> Iterator[str]:  # fmt: skip
    """What is new, as it is noted: a duty anew where its last day has moved."""
    named = (("late", late), ("risk", risk), ("mended", mended), ("coming", coming), ("asked", asked))
    for word, verdicts in named:
        yield from (f"{word}|{one.duty}|{one.due or one.since}" for one in verdicts)


def _part(heading: str, items: list[Item]) -> Part:
    left = len(items) - SHOWN
    more = f"Och {left} till; se 'avtalsvakt status'." if left > 0 else ""
    return Part(heading, tuple(items[:SHOWN]), more=more)


def _item(verdict: Verdict, tone: str, material: Material) -> Item:
    """A duty with its last day and how it is met."""
    how = material.how.get(verdict.duty)
    lines = [wording.last_day(verdict.due, material.today)] if verdict.due else []
    lines += filter(None, [wording.how_line(how)])
    command = how.acts[0].command if how and how.acts else f"avtalsvakt why {verdict.duty}"
    return Item(material.title(verdict), tone, tuple(lines), material.links.duty(verdict), command)


def _coming(week: Week, material: Material, recipient: Recipient) -> Iterator[Item]:
    """By day: meetings, agreements that end, what is to be done."""
    narrow = recipient.bodies or recipient.functions  # whose agreements' ends are somebody else's to know
    for day in week.days:
        for booked in day.meetings:
            if not _meets(booked.meeting, recipient):
                continue
            words = wording.spoken(", ".join(dict.fromkeys(one.words for one in booked.topics)))
            title = f"Möte {wording.with_weekday(day.day)} ({material.names.agreement(booked.meeting.agreement)})"
            yield Item(title, "soon", (f"Ta upp: {words}.",) if words else ())
        for name in day.endings:
            if narrow or (recipient.agreements and name not in recipient.agreements):
                continue
            yield Item(f"Avtalet {material.names.agreement(name)} slutar gälla {wording.with_weekday(day.day)}", "soon")
        for found in day.duties.values():
            yield from (_item(one, "soon", material) for one in found)


def _meets(meeting: Meeting, recipient: Recipient) -> bool:
    """Whether a meeting is among what a role is told of."""
    own = not recipient.agreements or meeting.agreement in recipient.agreements
    return own and (meeting.body in recipient.bodies if recipient.bodies else not recipient.functions)


def _asked(week: Week, material: Material) -> Iterator[Item]:
    """What waits for whom."""
    for name, found in week.asked.items():
        for one in found:
            title = wording.questions_title(one.number, one.function, material.names.agreement(name))
            lines = (wording.last_day(one.due, material.today),) if one.due else ()
            link = material.links.asked(name, one.function)
            yield Item(title, "asked", lines, link, attest_command(name, one.function), wording.ANSWER)


def _done(verdict: Verdict, material: Material) -> Item:
    return Item(material.title(verdict), "done", (f"{wording.big(labels.status(verdict.status))}.",),
                material.links.duty(verdict))  # fmt: skip


def _opening(week: Week, material: Material) -> str:
    late = counted(week.late, "skyldighet är försenad och kan rättas", "skyldigheter är försenade och kan rättas")
    first = late if week.late else "Inget är försenat"
    day = wording.big(wording.with_weekday(material.today))
    return f"{day}. {first}; {week.to_do} har sin sista dag till och med {long_day(week.until)}."
