"""A year of nights through the real run, every consecutive pair of every feed compared.

Facts are added, corrected and retracted, meetings moved and cancelled, rules amended and taken away, a term extended.
Whatever happens, an event says truly when it last changed, its sequence number never goes back, and what did not change
has the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.service.feed_world import ELSEWHERE, World, at_night, fact, held, planned, rules, world

from avtalsvakt.subscribing.calendar_feeds import catalogue_of
from avtalsvakt_calendars.publishing.feeds import Feed, every_feed
from avtalsvakt_calendars.publishing.served_feed import Published
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore
from avtalsvakt_rules.rulebook import Rulebook

START, NIGHTS = date(2026, 1, 1), 365
YEAR = (Path(__file__).parent / "golden" / "calendar_year.txt").read_text(encoding="utf-8").splitlines()
"""What came (+), went (-) and changed (~) in the feed of everything, night by night, as a person has read it."""
PARTIES = ("staden", "polisen")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


FACTS: tuple[Fact, ...] = (
    planned("p1", day("02-12"), day("01-20"), time="13:00-15:00"),
    held("h1", day("02-12")),
    planned("p2", day("05-20"), day("03-01")),
    fact("k1", "record_corrected", day("03-05"), target="h1", set={"date": "2026-02-13"}, reason="fel dag"),
    fact("d1", "document_revised", day("03-20"), document="lägesbild", version="1"),
    fact("b1", "decision_made", day("05-02"), body="local_steering_group", concerns="d1"),
    fact("c1", "meeting_cancelled", day("05-10"), body="local_steering_group", planned_for="2026-05-20",
         rescheduled_to="2026-05-27"),
    fact("h2", "meeting_held", day("05-27"), day("06-02"), body="local_steering_group"),
    fact("r1", "record_retracted", day("06-10"), target="h2", reason="felregistrerat"),
    held("h3", day("06-12")),
    fact("s1", "consultation_held", day("06-20"), agreement="paraply", subject="förlängning", parties=PARTIES),
    fact("e1", "extension_agreed", day("09-01"), agreement="paraply", signed_by=PARTIES),
    planned("p3", day("09-24"), day("08-20"), "soder", time="10:00"),
    fact("c2", "meeting_cancelled", day("09-10"), agreement="soder", body="local_steering_group",
         planned_for="2026-09-24"),
    held("h4", day("08-28")),
    held("h5", day("09-15")),
    fact("l1", "report_delivered", day("06-15"), agreement="annan", subject="lägesbild"),
)  # fmt: skip

AMENDED = {
    day("08-01"): {"least": 2},
    day("10-01"): {"least": 2, "annan": ELSEWHERE.replace("who: samordnare", "sv: Ny text., who: kommunen")},
    day("11-15"): {"least": 2, "soder": ""},
}


HANDED = {at_night(day("10-01")), at_night(day("11-15"))}
"""Nights on which the clause of `annan` changes hands."""


@dataclass(frozen=True)
class Event:
    """What a parser reads of one event, and its bytes."""

    content: bytes
    start: Any
    status: str
    sequence: int
    stamp: datetime
    modified: datetime
    summary: str
    transparent: bool
    alarms: int


OPENED, CLOSED = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"
ZONE, BEGIN, END = b"BEGIN:VTIMEZONE\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"


def events_of(feed: Published) -> dict[str, Event]:
    """The feed's events by identity, as a calendar program takes them in."""
    head, *rest = feed.content.split(BEGIN)
    *others, last = rest
    content, _, end = last.rpartition(END)
    assert end == CLOSED
    zone = head[head.index(ZONE) :] if ZONE in head else b""
    events = [event_of(BEGIN + one, zone) for one in (*others, content + END)]
    found = dict(events)
    assert len(found) == len(events)
    return found


@cache
def event_of(content: bytes, zone: bytes) -> tuple[str, Event]:
    """An event of a feed, by itself after the feed's time zone; the same bytes are read once."""
    event: Any
    (event,) = Calendar.from_ical(OPENED + zone + content + CLOSED).events
    return str(event["UID"]), Event(
        content,
        (event["DTSTART"].dt, event["DTEND"].dt),
        str(event["STATUS"]),
        int(event["SEQUENCE"]),
        event["DTSTAMP"].dt,
        event["LAST-MODIFIED"].dt,
        str(event["SUMMARY"]),
        str(event["TRANSP"]) == "TRANSPARENT",
        len(event.walk("VALARM")),
    )


@dataclass
class Follower:
    """A calendar program that follows one feed and forgets nothing."""

    last: Published | None = None
    events: Mapping[str, Event] = field(default_factory=dict)
    seen: dict[str, Event] = field(default_factory=dict)

    def fetch(self, feed: Published, now: datetime) -> bool:
        """Take in tonight's feed and hold it to what it promises; whether anything changed."""
        events = events_of(feed) if self.last is None or feed.content != self.last.content else self.events
        if self.last is not None:
            self._compare(feed, events, now)
        changed = self.last is None or feed.content != self.last.content
        self.last, self.events, self.seen = feed, events, self.seen | dict(events)
        return changed

    def _compare(self, feed: Published, events: Mapping[str, Event], now: datetime) -> None:
        assert self.last is not None
        differing = {uid for uid, event in events.items() if self.events.get(uid) != event}
        gone = self.events.keys() - events.keys()
        assert (feed.content != self.last.content) is bool(differing or gone)
        assert (feed.etag != self.last.etag) is bool(differing or gone)
        assert feed.changed >= self.last.changed
        if differing or gone:
            assert feed.changed == now
        for uid in differing:
            event, before = events[uid], self.seen.get(uid)
            assert event.stamp == event.modified == now
            if before is None:
                continue
            if uid not in self.events:
                assert event.sequence > before.sequence
            elif (event.start, event.status) != (before.start, before.status) or (
                uid[:6] == "annan." and now in HANDED
            ):
                assert event.sequence == before.sequence + 1 or ".info@" in uid
            else:
                assert event.sequence == before.sequence


def rulebooks(folder: Path) -> Iterator[tuple[date, Rulebook]]:
    """Every night and the rules that night."""
    rulebook = rules(folder)
    for number in range(NIGHTS):
        tonight = START + timedelta(days=number)
        if tonight in AMENDED:
            rulebook = rules(folder, **AMENDED[tonight])  # type: ignore[arg-type]
        yield tonight, rulebook


CUTS = (
    ("allt", False),
    ("allt", True),
    ("avtal:norr", False),
    ("avtal:paraply", True),
    ("organ:local_steering_group", False),
    ("organ:local_steering_group@soder", False),
    ("ansvarig:samordnare", False),
    ("ansvarig:staden", False),
    ("kommun:Småstad", False),
)


@pytest.mark.slow
def test_a_year_of_nights(tmp_path: Path, decider: Decider) -> None:
    followers = {(key, detailed): Follower() for key, detailed in CUTS}
    told: dict[date, list[str]] = {}
    with world(tmp_path, decider) as here:
        for tonight, rulebook in rulebooks(tmp_path / "rules"):
            here.rulebook = rulebook
            _, refreshed = here.night(tonight, *(one for one in FACTS if one.recorded_on == tonight))
            assert all(refreshed.changed.values())
            catalogue = catalogue_of(here.register)
            for (key, detailed), follower in followers.items():
                before = dict(follower.events)
                feed = here.feed(key, detailed=detailed, catalogue=catalogue)
                if follower.fetch(feed, at_night(tonight)) and (key, detailed) == CUTS[0]:
                    told[tonight] = differences(before, follower.events)
            one_event_is_one_everywhere(followers)
            what_is_met_is_not_reminded_of(here, followers["allt", False])
            called_off_is_called_off(followers["allt", False])
        again(here, tonight)
        the_end_is_what_a_fresh_start_would_show(here, tmp_path, decider, tonight)
    seen = followers["allt", False].seen
    assert seen["norr.p2.meeting@avtalsvakt"].status == "CANCELLED"
    assert seen["norr.p2.meeting@avtalsvakt"].sequence == 1
    assert seen["paraply.expiry@avtalsvakt"].sequence == 1
    assert seen["paraply.expiry@avtalsvakt"].start[0] == date(2027, 12, 31)
    assert [f"{night} {one}" for night, those in told.items() if night != START for one in those] == YEAR


def differences(before: Mapping[str, Event], after: Mapping[str, Event]) -> list[str]:
    """What came (+), went (-) and changed (~), by identity without the host."""
    signs = dict.fromkeys(after.keys() - before.keys(), "+") | dict.fromkeys(before.keys() - after.keys(), "-")
    signs |= {uid: "~" for uid in before.keys() & after.keys() if before[uid] != after[uid]}
    return [f"{sign} {uid.removesuffix('@avtalsvakt')}" for uid, sign in sorted(signs.items())]


def one_event_is_one_everywhere(followers: Mapping[tuple[str, bool], Follower]) -> None:
    """Whoever follows two feeds has each event once, and the same."""
    for detailed in (False, True):
        everything = followers["allt", detailed].events
        for (key, more), follower in followers.items():
            for uid, event in follower.events.items() if more is detailed else ():
                assert ".info@" in uid or event == everything[uid], (key, uid)


def what_is_met_is_not_reminded_of(here: World, follower: Follower) -> None:
    met = {
        one.duty
        for one in Store(here.register.connection).verdicts(
            statuses=("fulfilled", "fulfilled_late", "waived", "not_applicable")
        )
    }
    assert follower.last is not None
    asked = [one for one in follower.last.events if one.duties and one.kind != "replaced"]
    assert not [one.uid for one in asked if met.issuperset(one.duties)]


def called_off_is_called_off(follower: Follower) -> None:
    for event in follower.events.values():
        if event.status == "CANCELLED":
            assert event.summary.startswith(("INSTÄLLT: ", "Ersatt: ")) and event.transparent and not event.alarms


def again(here: World, tonight: date) -> None:
    """The same night once more, half an hour later, also judged from the beginning: nothing changes."""
    before = {key: here.feed(key) for key, _ in CUTS}
    for full in (False, True):
        _, refreshed = here.night(tonight, minute=45, full=full)
        assert refreshed.changed == {}
    assert {key: here.feed(key) for key, _ in CUTS} == before


def the_end_is_what_a_fresh_start_would_show(here: World, folder: Path, decider: Decider, tonight: date) -> None:
    """A register that was moved in on the last day shows the same events, whatever the year has been."""
    kept = {state.agreement for state in Store(here.register.connection).states()}
    known = kept & set(here.rulebook.instruments)  # without rules an agreement stays as it was
    (folder / "fresh").mkdir()
    with world(folder / "fresh", decider) as fresh:
        fresh.rulebook = here.rulebook
        fresh.night(tonight, *FACTS)
        for agreement in known:
            old, new = (
                {
                    (one.uid, one.kind != "info" and one.day, one.summary, one.body, one.bearer)
                    for one in which.feed(f"avtal:{agreement}").events
                }
                for which in (here, fresh)
            )
            assert old == new


def test_an_agreement_whose_rules_are_missing_keeps_its_calendar(tmp_path: Path, decider: Decider) -> None:
    with world(tmp_path, decider) as here:
        here.night(START)
        before = here.feed("avtal:soder")
        here.rulebook = rules(tmp_path / "rules", soder="")
        here.night(START + timedelta(days=1))
        assert here.feed("avtal:soder") == before
        here.night(START + timedelta(days=2))
        assert here.feed("avtal:soder") == before
        here.rulebook = rules(tmp_path / "rules")
        here.night(START + timedelta(days=3))
        assert len(here.feed("avtal:soder").events) > 1


def test_an_event_that_changes_hands_leaves_the_one_feed_and_comes_into_the_other(
    tmp_path: Path, decider: Decider
) -> None:
    with world(tmp_path, decider) as here:
        here.night(START)
        before = here.feed("ansvarig:samordnare@annan")
        here.rulebook = rules(tmp_path / "rules", annan=ELSEWHERE.replace("who: samordnare", "who: kommunen"))
        here.night(START + timedelta(days=1))
        left, came = here.feed("ansvarig:samordnare@annan"), here.feed("ansvarig:kommunen")
        assert {one.uid for one in came.events} == {one.uid for one in before.events}
        assert str(Feed("bearer", "samordnare", "annan")) in map(str, every_feed(catalogue_of(here.register)))
        assert left.events == () and left.changed == came.changed == at_night(START + timedelta(days=1))
        (notice,) = events_of(left).values()
        assert notice.summary == "Inget att påminna om just nu" and notice.sequence > 0


def test_a_feed_that_never_held_anything_keeps_its_bytes(tmp_path: Path, decider: Decider) -> None:
    with world(tmp_path, decider) as here:
        here.night(START)
        first = here.feed("organ:youth_forum")
        for number in range(1, 5):
            here.night(START + timedelta(days=number), held(f"x{number}", START + timedelta(days=number)))
            assert here.feed("organ:youth_forum").content == first.content
        (notice,) = events_of(first).values()
        assert notice.start[0] == START + timedelta(days=1)


def test_every_feed_has_a_file_of_its_own(tmp_path: Path, decider: Decider) -> None:
    from avtalsvakt.subscribing.calendar_publishing import publish_files

    with world(tmp_path, decider) as here:
        here.night(START)
        feeds = every_feed(catalogue_of(here.register))
        assert len({feed.file for feed in feeds}) == len(feeds)
        out = tmp_path / "ut"
        assert publish_files(here.register, out).written == feeds
        for feed in feeds:
            assert (out / feed.file).read_bytes() == here.feed(str(feed)).content
        stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*.ics")}
        assert publish_files(here.register, out).unchanged == len(feeds)
        _, refreshed = here.night(START + timedelta(days=1), planned("p", day("02-12"), START + timedelta(days=1)))
        assert set(refreshed.changed) == {"norr"}
        files = publish_files(here.register, out, touched=refreshed.changed)
        assert {str(feed) for feed in files.written} == {
            "avtal:norr", "organ:local_steering_group", "organ:local_steering_group@norr", "kommun:Storstad", "allt",
            "ansvarig:local_steering_group", "ansvarig:local_steering_group@norr",
        }  # fmt: skip
        touched = {path for path in out.rglob("*.ics") if path.stat().st_mtime_ns != stamps[path]}
        assert touched == {out / feed.file for feed in files.written}


def test_the_calendars_follow_the_run_wherever_it_was_interrupted(tmp_path: Path, decider: Decider) -> None:
    from avtalsvakt.subscribing.calendar_refresh import refresh
    from avtalsvakt_engine.runs.run import run

    with world(tmp_path, decider) as here:
        here.night(START)
        here.register.append([planned("p", day("02-12"), START)], now=at_night(START), as_recorded=True)
        for minute in (20, 25):  # two runs, and no calendars between them
            moment = at_night(START, minute).isoformat()
            run(here.register, here.rulebook, decider, START, None, moment)
        refreshed = refresh(here.register, here.rulebook, at_night(START, 30))
        assert set(refreshed.changed) == {"norr"}
        assert "norr.p.meeting@avtalsvakt" in {one.uid for one in here.feed("allt").events}
        mark = CalendarStore(here.register.connection).mark()
        assert mark is not None and mark.revision == 2
