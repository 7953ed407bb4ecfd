"""Events that other events have taken the place of: they stay for a month as cancelled, so that nobody keeps both.

An event that goes because its act is done is removed. One whose act is told of under another identity is called off
where it stood; so is one that goes because the words or the form of the calendars have changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from avtalsvakt_calendars.events import CATEGORIES, HOST, Kind, Reminder
from avtalsvakt_calendars.phrases import clip
from avtalsvakt_calendars.reminding.meetings import CANCELLED_DAYS
from avtalsvakt_calendars.reminding.titles import LONGEST
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_engine.storage.outgoing.calendars import StoredEvent

REPLACED: Kind = "replaced"
_WORD = "Ersatt: "
_WHY = "Det här står numera i en annan post i samma kalender. Den här posten försvinner av sig själv."
_QUESTION, _MEETING = f".confirm@{HOST}", f".meeting@{HOST}"


def replaced(
    stored: Iterable[StoredEvent], reminders: Sequence[Reminder], as_of: date, *, reworded: bool
) -> Iterator[Reminder]:
    """The events that are to stay as replaced on a day, beside an agreement's reminders. `stored` are of before."""
    here = {one.uid for one in reminders}
    told = {duty for one in reminders for duty in one.duties}
    leading = {one.duties[0] for one in reminders if one.duties}
    for one in stored:
        if one.event is None or one.uid in here:
            continue
        if one.kind == REPLACED:
            stays = as_of <= stays_until(one)
        else:
            another = bool(one.duties) and one.duties[0] in told - leading
            elsewhere = bool(told.intersection(one.duties)) or one.uid.replace(_QUESTION, _MEETING) in here
            stays = another or (reworded and elsewhere)
        if stays:
            here.add(one.uid)
            yield _called_off(one)


def stays_until(one: StoredEvent) -> date:
    """The last day on which a replaced event is still there."""
    return datetime.fromisoformat(one.stamp).astimezone(STOCKHOLM).date() + timedelta(days=CANCELLED_DAYS)


def _called_off(one: StoredEvent) -> Reminder:
    title = one.summary if one.summary.startswith(_WORD) else clip(f"{_WORD}{one.summary}", LONGEST)
    return Reminder(
        uid=one.uid,
        kind=REPLACED,
        day=one.day,
        summary=title,
        description=_WHY,
        agreement=one.agreement,
        categories=(CATEGORIES[REPLACED],),
        duties=one.duties,
        body=one.body,
        bearer=one.bearer,
        cancelled=True,
    )
