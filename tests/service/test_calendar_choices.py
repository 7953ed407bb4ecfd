"""What subscribers chose stays theirs, in a backup and in a register from before; links, meetings, replaced events."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.service.feed_world import World, held, planned, rules, world

from avtalsvakt.subscribing.calendar_site import remember_base
from avtalsvakt.subscribing.subscriptions import all_subscriptions, chosen_by, subscribe
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_calendars.publishing.subscriber_choices import Choices
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.database.backups import backup
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore
from avtalsvakt_engine.storage.outgoing.choices_schema import CHOICES_SCHEMA

pytestmark = pytest.mark.usefixtures("alone")

START = date(2026, 1, 10)
NOW = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
CHOSEN = Choices(3, ("intyganden", "förberedelser"), "Styrgruppen", "grön")


@pytest.fixture
def here(tmp_path: Path, decider: Decider) -> Iterator[World]:
    with world(tmp_path, decider) as made:
        made.night(START)
        yield made


def test_choices_move_with_the_register(here: World, tmp_path: Path) -> None:
    subscribe(here.register, "samordnare", [Feed("all")], NOW, CHOSEN)
    backup(here.register, tmp_path / "kopia.db")
    with open_register(tmp_path / "kopia.db", read_only=True) as moved:
        (one,) = all_subscriptions(moved)
    assert chosen_by(one) == CHOSEN and one.feeds == ("allt",)


def test_a_subscription_from_before_keeps_its_alarm(here: World) -> None:
    for lead in (1, None):
        subscribe(here.register, "samordnare", [Feed("all")], NOW, Choices(lead))
    connection = here.register.connection
    connection.execute("DROP TABLE subscription_choices")
    connection.execute("DROP TABLE calendar_site")
    for statement in CHOICES_SCHEMA.split(";"):
        connection.execute(statement)
    assert [chosen_by(one) for one in all_subscriptions(here.register)] == [Choices(1), Choices()]


def test_events_link_to_the_pages_once_it_is_known_where_they_are(here: World) -> None:
    assert b"URL:" not in here.feed("avtal:norr").content
    remember_base(here.register, "https://kommun.example/avtalsvakt")
    here.night(START + timedelta(days=1))
    text = here.feed("avtal:norr").content.replace(b"\r\n ", b"").decode()
    link = "https://kommun.example/avtalsvakt/skyldighet/norr.moten.2026-Q1"
    assert f"URL:{link}\r\n" in text and f"Läs mer: {link}" in text
    assert "Gör så här:\\n1. " in text


def test_two_texts_that_ask_for_one_meeting_are_one_event_and_the_next_text_takes_over(here: World) -> None:
    """The last quarter and the last half-year end on one day: one act, which any meeting of the quarter meets."""
    days = {one.uid: one for one in here.feed("organ:local_steering_group@norr").events}
    both = days["norr.moten.2026-Q4.due@avtalsvakt"]
    assert set(both.duties) == {"norr.moten.2026-Q4", "norr.paraply.styrgrupp.2026-H2"}
    assert "norr.paraply.styrgrupp.2026-H2.due@avtalsvakt" not in days
    here.night(date(2026, 9, 1), held("h", date(2026, 9, 1)))  # meets the half-year, not the quarter
    after = {one.uid: one for one in here.feed("organ:local_steering_group@norr").events}
    assert after["norr.moten.2026-Q4.due@avtalsvakt"].duties == ("norr.moten.2026-Q4",)


def test_what_another_event_has_taken_the_place_of_is_called_off_for_a_month(here: World, tmp_path: Path) -> None:
    """A calendar of the former form: the half-year's event is still there when the quarter's comes to name it too."""
    store = CalendarStore(here.register.connection)
    (both,) = (one for one in store.events(detailed=False) if one.uid == "norr.moten.2026-Q4.due@avtalsvakt")
    former = "norr.paraply.styrgrupp.2026-H2"
    double = {"uid": f"{former}.due@avtalsvakt", "duty": former, "summary": "Håll möte (lokal styrgrupp) – sista dag"}
    with here.register.transaction():
        store.put_events([replace(both, **double)], detailed=False)
    here.rulebook = rules(tmp_path / "rules", annan="")
    night = START + timedelta(days=1)
    here.night(night)
    (gone,) = (one for one in here.feed("avtal:norr").events if one.kind == "replaced")
    assert gone.uid == double["uid"] and gone.event is not None and b"STATUS:CANCELLED" in gone.event
    assert gone.summary == "Ersatt: Håll möte (lokal styrgrupp)…"
    here.night(night + timedelta(days=30))
    assert "replaced" in {one.kind for one in here.feed("avtal:norr").events}
    here.night(night + timedelta(days=33))
    assert "replaced" not in {one.kind for one in here.feed("avtal:norr").events}


def test_a_meeting_is_one_event_from_plan_to_record(here: World) -> None:
    def of_meeting() -> list[tuple[str, str]]:
        found = here.feed("organ:local_steering_group@norr").events
        return [(one.uid, one.summary) for one in found if one.day < date(2026, 3, 25)]

    uid = "norr.p1.meeting@avtalsvakt"
    here.night(date(2026, 1, 20), planned("p1", date(2026, 3, 12), date(2026, 1, 20), time="13:00"))
    assert (uid, "Håll styrgrupp · Lokal i Norr") in of_meeting()
    here.night(date(2026, 3, 13))
    assert [one[0] for one in of_meeting()] == [uid] and of_meeting()[0][
        1
    ] == "Rapportera styrgr… 12 mar · Lokal i Norr"
    here.night(date(2026, 3, 16), held("h1", date(2026, 3, 12)))
    assert [one[0] for one in of_meeting()] == [uid] and of_meeting()[0][1].startswith("Hållet: styrgrupp")


def test_subscriptions_say_what_was_chosen(here: World) -> None:
    subscribe(here.register, "samordnare", [Feed("all")], NOW, CHOSEN)
    (row,) = here.register.connection.execute("SELECT lead, without, name, colour FROM subscription_choices")
    assert (row[0], json.loads(row[1]), *row[2:]) == (3, ["intyganden", "förberedelser"], "Styrgruppen", "grön")
