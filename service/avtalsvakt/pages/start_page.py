"""Monday: the start page."""

from datetime import datetime
from functools import partial

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.how_to import how_to_all
from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.answers.week import Week, is_stale, to_mend, week_of
from avtalsvakt.pages import day_words
from avtalsvakt.pages.desk import Look, look
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.marks import colour
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.reminding.meetings import Meeting
from avtalsvakt_engine.explaining.names import names_of


def start(request: Request, settings: Settings) -> Response:
    """What is late, what comes, who is asked."""
    seen = look(settings)
    found = week(seen)
    values = {
        "week": found,
        "names": seen.names,
        "colour": colour,
        "judged": _moment(found),
        "meeting_words": {
            one.meeting.fact: meeting_words(one.meeting, seen) for day in found.days for one in day.meetings
        },
    }
    return page(request, "start.html", values, here="start", today=found.today)


def week(seen: Look) -> Week:
    """The week as the register has it, at this moment."""
    found = seen.held.kept("week", lambda: _week(seen))
    return replace(found, stale=is_stale(found.run, seen.settings.now))


def _week(seen: Look) -> Week:
    """The week as the register has it; how things are done is worked out again only for agreements that changed."""
    known, how = seen.known(), dict[str, HowTo]()
    for state in seen.stored.states:
        if state.state in IN_FORCE:
            own = seen.held.by_agreement.get(state.agreement, [])
            how |= seen.held.kept_of(state.agreement, "how", partial(how_to_all, to_mend(own), known))
    return week_of(seen.stored, known, how, seen.settings.now)


def meeting_words(meeting: Meeting, seen: Look) -> str:
    """`Lokal styrgrupp, Östermalm, kl. 9.00`."""
    instrument = seen.rulebook.instruments.get(meeting.agreement)
    names = names_of(instrument) if instrument else names_of()
    body = names.value(meeting.body or "").split(" (")[0]
    hour = f"kl. {meeting.hours[0].hour}.{meeting.hours[0].minute:02}" if meeting.hours else ""
    return ", ".join(
        filter(None, (body[:1].upper() + body[1:], meeting.site, seen.names.agreement(meeting.agreement), hour))
    )


def _moment(found: Week) -> str:
    from avtalsvakt_engine.intake.fact_dates import in_stockholm

    return day_words.moment(in_stockholm(datetime.fromisoformat(found.run.started)), found.today)
