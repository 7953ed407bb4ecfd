"""How a subscriber wants a calendar: with which alarm, without what, under which name and in which colour."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from avtalsvakt_calendars.events import Kind
from avtalsvakt_calendars.phrases import one_line
from avtalsvakt_rules.problems import Problem, Rejected

LONGEST_LEAD = 30
LONGEST_NAME = 60

LEFT_OUT: Mapping[str, frozenset[Kind]] = {
    "intyganden": frozenset({"attest"}),
    "rekommendationer": frozenset({"advice", "advice_prepare"}),
    "förberedelser": frozenset({"prepare", "advice_prepare", "renewal"}),
}
"""What a calendar may be had without, and the kinds of events that it is."""

COLOURS: Mapping[str, str] = {
    "blå": "steelblue",
    "grön": "seagreen",
    "röd": "firebrick",
    "orange": "darkorange",
    "gul": "goldenrod",
    "lila": "mediumpurple",
    "rosa": "palevioletred",
    "turkos": "teal",
    "brun": "sienna",
    "grå": "slategray",
}
"""Colours to choose from, and what CSS3 calls them."""


class Choices(Struct, frozen=True):
    """`lead` is the days beforehand at which an alarm rings, 0 to 30; None is no alarm.

    `without` are keys of LEFT_OUT. A name or a colour that is not chosen follows from what the calendar is about.
    """

    lead: int | None = None
    without: tuple[str, ...] = ()
    name: str | None = None
    colour: str | None = None

    def wants(self, kind: str) -> bool:
        """Whether an event of the kind is to be there."""
        return not any(kind in LEFT_OUT[one] for one in self.without)


AS_IT_IS = Choices()
"""Everything, without alarms."""


def choices(lead: int | None, without: Sequence[str], name: str | None, colour: str | None) -> Choices:
    """The choices as they were typed. Raises Rejected for a name or a lead that cannot be used."""
    problems = []
    said = one_line(name) if name is not None else None
    if said is not None and not (said and len(said) <= LONGEST_NAME and said.isprintable()):
        why = f"ett namn har 1 till {LONGEST_NAME} tecken som går att skriva"
        problems.append(
            Problem("kalendern kan inte heta så", "--name", why, "välj ett kortare namn, eller utelämna det")
        )
    if lead is not None and not 0 <= lead <= LONGEST_LEAD:
        why = f"ett alarm kommer 0 till {LONGEST_LEAD} dagar i förväg"
        problems.append(
            Problem(f"alarmet kan inte komma {lead} dagar i förväg", "--alarm", why, "skriv t.ex. --alarm 1")
        )
    if problems:
        raise Rejected(problems)
    return Choices(lead, tuple(dict.fromkeys(without)), said, colour)
