"""Monday: the start page."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.how_to import how_to_all
from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.answers.week import Week, week_of
from avtalsvakt.pages import day_words
from avtalsvakt.pages.desk import Look, look
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.marks import colour
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.meetings import Meeting
from avtalsvakt_engine.explaining.names import names_of


def start(request: Request, settings: Settings) -> Response:
    """What is late, what comes, who is asked."""
    seen = look(settings)
    known = seen.known()
    open_ = [one for one in seen.stored.verdicts if one.status in ("overdue", "at_risk", "pending") and one.curable]
    living = {one.agreement for one in seen.stored.states if one.state in IN_FORCE}
    how = seen.held.kept("how", lambda: how_to_all((one for one in open_ if one.agreement in living), known))
    week = week_of(seen.stored, known, how, settings.now)
    values = {
        "week": week,
        "names": seen.names,
        "colour": colour,
        "judged": _moment(week),
        "meeting_words": {
            one.meeting.fact: meeting_words(one.meeting, seen) for day in week.days for one in day.meetings
        },
    }
    return page(request, "start.html", values, here="start", today=week.today)


def meeting_words(meeting: Meeting, seen: Look) -> str:
    """`Lokal styrgrupp, Östermalm, kl. 9.00`."""
    instrument = seen.rulebook.instruments.get(meeting.agreement)
    names = names_of(instrument) if instrument else names_of()
    body = names.value(meeting.body or "").split(" (")[0]
    hour = f"kl. {meeting.hours[0].hour}.{meeting.hours[0].minute:02}" if meeting.hours else ""
    return ", ".join(
        filter(None, (body[:1].upper() + body[1:], meeting.site, seen.names.agreement(meeting.agreement), hour))
    )


def _moment(week: Week) -> str:
    from avtalsvakt_engine.intake.fact_dates import in_stockholm

    return day_words.moment(in_stockholm(datetime.fromisoformat(week.run.started)), week.today)
