"""The events of planned meetings: one for each, also once its day has passed without a word of whether it was held."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_calendars.events import CATEGORIES, Kind, Reminder, uid
from avtalsvakt_calendars.phrases import day_and_month, long_day
from avtalsvakt_calendars.reminding.descriptions import how_and_where
from avtalsvakt_calendars.reminding.event_days import first_from, next_fitting, weekly
from avtalsvakt_calendars.reminding.meetings import CANCELLED_DAYS, Meeting
from avtalsvakt_calendars.reminding.titles import body_in_short, heading
from avtalsvakt_calendars.reminding.wording import Wording
from avtalsvakt_calendars.timezone import STOCKHOLM

DEFAULT_LENGTH = timedelta(hours=1)
ASKED_FOR = 13
"""Weeks for which it is asked whether a meeting was held; then nobody will say any more."""


class Serving(Struct, frozen=True):
    """The act that a meeting stands for: its duties, which of how many it is, whose it is, how to record it, where."""

    duties: tuple[str, ...]
    number: str
    bearer: str | None
    advised: bool
    steps: tuple[str, ...] = ()
    url: str | None = None


def meeting_reminders(
    meetings: Iterable[Meeting], wording: Wording, as_of: date, serving: Mapping[str, Serving] | None = None
) -> Iterator[Reminder]:
    """One event for each meeting; a cancelled one for about a month after its cancellation was known.

    Once its day has passed without a word of it, the same event asks whether it was held, on the next working day and
    then week by week. `serving` says by the meeting's fact which act it stands for.
    """
    for meeting in meetings:
        act = (serving or {}).get(meeting.fact)
        if meeting.cancelled_on is not None:
            if as_of <= meeting.cancelled_on + timedelta(days=CANCELLED_DAYS):
                yield _reminder(meeting, wording, as_of, act)
        elif meeting.held or meeting.day >= as_of:
            yield _reminder(meeting, wording, as_of, act)
        elif day := first_from(weekly(next_fitting(meeting.day + timedelta(days=1)), ASKED_FOR), as_of):
            yield _question(meeting, wording, day, act)


def _question(meeting: Meeting, wording: Wording, day: date, act: Serving | None) -> Reminder:
    """A planned day has passed and nobody has said whether the meeting was held: ask."""
    who = _who(meeting, wording)
    lines = (
        "Mötet var planerat, men registret vet inte om det hölls.",
        "",
        f"Avtal: {wording.title(meeting.agreement)}",
        *([f"Vem: {who}"] if who else []),
        f"Planerad dag: {long_day(meeting.day)}",
        "Registrera att mötet hölls, ställdes in eller flyttades, så försvinner posten.",
    )
    title = heading(
        f"Rapportera {_what(meeting, wording)}", wording.name(meeting.agreement), day_and_month(meeting.day)
    )
    return _event(meeting, "confirm", day, title, (*lines, *_further(act)), act)


def _further(act: Serving | None) -> Iterator[str]:
    return how_and_where(act.steps, act.url) if act else iter(())


def _who(meeting: Meeting, wording: Wording) -> str:
    """The body and the site, as far as they are known."""
    return ", ".join(wording.label(name) for name in (meeting.body, meeting.site) if name)


def _what(meeting: Meeting, wording: Wording) -> str:
    """The meeting in a title."""
    name = wording.name(meeting.agreement)
    body = body_in_short(wording.label(meeting.body), name) if meeting.body else "möte"
    return f"{body} {wording.label(meeting.site)}" if meeting.site else body


def _reminder(meeting: Meeting, wording: Wording, as_of: date, act: Serving | None) -> Reminder:
    """The event of one meeting: timed if its hours are known, otherwise all day."""
    cancelled = meeting.cancelled_on is not None
    what = _what(meeting, wording)
    verb = f"INSTÄLLT: {what}" if cancelled else f"Hållet: {what}" if meeting.held else f"Håll {what}"
    title = heading(verb, wording.name(meeting.agreement), act.number if act and not cancelled else "")
    lines = tuple(_description(meeting, wording, _who(meeting, wording)))
    event = _event(meeting, "meeting", meeting.day, title, (*lines, *_further(act)), act)
    start, end = _moments(meeting)
    place = meeting.place or (wording.label(meeting.site) if meeting.site else None)
    rings = not cancelled and not meeting.held and meeting.day >= as_of
    return replace(event, start=start, end=end, cancelled=cancelled, location=place, rings=rings)


def _event(
    meeting: Meeting, kind: Kind, day: date, title: str, lines: tuple[str, ...], act: Serving | None
) -> Reminder:
    return Reminder(
        uid=uid(f"{meeting.agreement}.{meeting.fact}", "meeting"),
        kind="advice" if act and act.advised and kind == "confirm" else kind,
        day=day,
        summary=title,
        description="\n".join(lines),
        agreement=meeting.agreement,
        categories=(CATEGORIES[kind],),
        url=act.url if act else None,
        duties=act.duties if act else (),
        body=meeting.body,
        bearer=act.bearer if act else None,
    )


def _moments(meeting: Meeting) -> tuple[datetime, datetime] | tuple[None, None]:
    """First and last moment in Stockholm's time; an hour where the end is not known."""
    if meeting.hours is None:
        return None, None
    first, last = meeting.hours
    start = _existing(datetime.combine(meeting.day, first, STOCKHOLM))
    end = _existing(datetime.combine(meeting.day, last, STOCKHOLM) if last else start + DEFAULT_LENGTH)
    return start, end if end > start else start + DEFAULT_LENGTH


def _existing(moment: datetime) -> datetime:
    """The moment as clocks show it: an hour skipped in March becomes the next, of one doubled in October the first."""
    return moment.astimezone(UTC).astimezone(STOCKHOLM).replace(fold=0)


def _description(meeting: Meeting, wording: Wording, who: str) -> Iterator[str]:
    """What the register says about the meeting."""
    if meeting.cancelled_on:
        yield "Mötet är inställt."
    else:
        yield "Mötet hölls enligt registret." if meeting.held else "Planerat möte enligt registret."
    yield ""
    yield f"Avtal: {wording.title(meeting.agreement)}"
    if who:
        yield f"Vem: {who}"
    yield f"Dag: {long_day(meeting.day)}"
    if meeting.hours is None:
        yield "Tid: inte angiven i registret"
    else:
        first, last = meeting.hours
        yield f"Tid: {first:%H:%M}–{last:%H:%M}" if last else f"Tid: {first:%H:%M}, sluttid inte angiven"
    if meeting.place:
        yield f"Plats: {meeting.place}"
    if meeting.moved_to:
        yield f"Flyttat till: {long_day(meeting.moved_to)}"
    if meeting.moved_from:
        yield f"Flyttat från: {long_day(meeting.moved_from)}"
