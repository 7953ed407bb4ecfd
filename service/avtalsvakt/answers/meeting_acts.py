"""What is recorded of a planned meeting: that it took place, was moved or was called off."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from avtalsvakt.answers.acts import Act, Filled
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt_calendars.reminding.meetings import Meeting, planned_meetings
from avtalsvakt_rules.language.occasions import MOVABLE

BACK = timedelta(days=60)
HELD, MOVED, OFF = "blev-av", "flyttat", "installt"
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {HELD: "Mötet blev av", MOVED: "Mötet har flyttats", OFF: "Mötet är inställt"}
)
"""What may become of a planned meeting, with what that is called."""


def meeting_act(meeting: Meeting, outcome: str, today: date) -> Act:
    """What is recorded where a meeting had one of OUTCOMES."""
    words = MOVABLE["meeting"]
    same: dict[str, Filled] = {name: value for name, value in (("body", meeting.body), ("site", meeting.site)) if value}
    blank = Act(meeting.fact, OUTCOMES[outcome], meeting.agreement, words.held, meeting.day, same)
    if outcome == HELD:
        return blank
    called_off = {**same, words.off_day: meeting.day.isoformat()}
    missing = (words.new_day,) if outcome == MOVED else ()
    kind = words.called_off or words.held
    return Act(meeting.fact, OUTCOMES[outcome], meeting.agreement, kind, today, called_off, missing)


def unsettled(known: Iterable[AgreementFacts], today: date) -> list[Meeting]:
    """The planned meetings whose outcome has not been recorded, from two months back on, by day; each once."""
    found = {
        one.fact: one
        for facts in known
        for one in planned_meetings(facts.facts)
        if not one.held and one.cancelled_on is None and one.day >= today - BACK
    }
    return sorted(found.values(), key=lambda one: (one.day, one.fact))
