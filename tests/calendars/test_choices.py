"""What a subscriber chooses: alarms that ring once a day at most, what is left out, a name, a colour."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avtalsvakt_calendars.publishing.alarms import with_alarms
from avtalsvakt_calendars.publishing.feeds import Catalogue, Feed
from avtalsvakt_calendars.publishing.served_feed import Behind, publish
from avtalsvakt_calendars.publishing.subscriber_choices import COLOURS, LEFT_OUT, Choices, choices
from avtalsvakt_engine.storage.outgoing.calendars import StoredEvent
from avtalsvakt_rules.problems import Rejected

ALARM = b"BEGIN:VALARM\r\nTRIGGER:-PT15H\r\nEND:VALARM\r\n"
FIRST = "2026-01-01T00:00:00Z"


def stored(day: int, kind: str = "due", *, rings: bool = True, hours: bool = False) -> StoredEvent:
    """An event of December."""
    start = b";TZID=Europe/Stockholm:202612%02dT130000" if hours else b";VALUE=DATE:202612%02d"
    event = b"BEGIN:VEVENT\r\nDTSTART" + start % day + b"\r\n"
    uid = f"{kind}.{day}"
    on = date(2026, 12, day)
    return StoredEvent("a", uid, None, None, kind, on, None, uid, FIRST, 0, event, ALARM if rings else b"")


def alarms(lead: int | None, *events: StoredEvent) -> list[str]:
    """The triggers of the events in order; empty for none."""
    found = [one.alarm.partition(b"TRIGGER:")[2].partition(b"\r\n")[0].decode() for one in with_alarms(events, lead)]
    assert len(found) == len(events)
    return found


@pytest.mark.parametrize(
    ("lead", "all_day", "timed"), [(None, "", ""), (0, "PT9H", "-PT1H"), (1, "-PT15H", "-P1D"), (7, "-PT159H", "-P7D")]
)
def test_an_alarm_rings_so_many_days_before_or_not_at_all(lead: int | None, all_day: str, timed: str) -> None:
    assert alarms(lead, stored(1), stored(2, hours=True)) == [all_day, timed]


def test_one_alarm_a_day_and_none_on_what_has_passed() -> None:
    assert alarms(1, stored(1, rings=False), stored(1), stored(1, "attest"), stored(2)) == ["", "-PT15H", "", "-PT15H"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 28), st.booleans(), st.booleans())), st.none() | st.integers(0, 30))
def test_no_day_rings_twice(days: list[tuple[int, bool, bool]], lead: int | None) -> None:
    events = [stored(day, rings=rings, hours=hours) for day, rings, hours in sorted(days)]
    rung = [one.day for one, trigger in zip(events, alarms(lead, *events), strict=True) if trigger]
    assert len(rung) == len(set(rung))
    assert set(rung) == ({one.day for one in events if one.alarm} if lead is not None else set())


@pytest.mark.parametrize(("without", "kind"), [(one, kind) for one in LEFT_OUT for kind in sorted(LEFT_OUT[one])])
def test_what_is_left_out_is_not_there(without: str, kind: str) -> None:
    events = [stored(1), stored(2, kind)]
    shown = publish([Feed("all")], events, Catalogue(), FIRST, Choices(without=(without,)))
    assert [one.kind for one in shown.events] == ["due"]
    assert len(publish([Feed("all")], events, Catalogue(), FIRST).events) == 2


def test_name_and_colour_are_the_subscribers() -> None:
    content = publish([Feed("all")], [stored(1)], Catalogue(), FIRST, Choices(name="Mitt, allt", colour="grön")).content
    assert b"X-WR-CALNAME:Mitt\\, allt\r\n" in content and b"COLOR:seagreen\r\n" in content


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_has_a_plain_name(colour: str) -> None:
    assert COLOURS[colour].isascii() and COLOURS[colour].isalpha()


@pytest.mark.parametrize(
    ("lead", "name", "told"),
    [(31, None, "alarmet kan inte komma 31 dagar i förväg"), (-1, None, "-1 dagar"), (None, "", "kan inte heta så"),
     (None, "x" * 61, "kan inte heta så"), (None, "a\x07", "kan inte heta så")],
)  # fmt: skip
def test_a_choice_that_cannot_be_used_is_told(lead: int | None, name: str | None, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        choices(lead, (), name, None)


def test_nights_that_failed_are_told_on_today_first_of_all() -> None:
    behind = Behind(date(2026, 11, 26), date(2026, 11, 29))
    content = publish([Feed("all")], [stored(1)], Catalogue(), FIRST, behind=behind).content.decode()
    assert content.index("SUMMARY:Kalendern är inte uppdaterad") < content.index("DTSTART;VALUE=DATE:20261201")
    assert "DTSTART;VALUE=DATE:20261129" in content and "SEQUENCE:3" in content
    assert "bedömdes senast 26 november 2026" in content.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("subject", "name"), list(product(("agreement", "municipality", "body"), ("Älvsjö", "a/b c", "é", "x")))
)
def test_files_have_plain_names_of_their_own(subject: str, name: str) -> None:
    one, other = Feed(subject, name), Feed(subject, f"{name}ö")  # type: ignore[arg-type]
    assert one.file.isascii() and one.file != other.file and one.file.count("/") == (subject != "agreement")
