"""What three subscribers see of the examples: a month as a person has read it, and each line of what was seen amiss.

`python -m tests.service.test_calendar_month` writes golden/calendar_month.txt anew.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bench.month_views import Seen, counts, month, seen
from tests.service.command_line import call

from avtalsvakt.subscribing.calendar_feeds import catalogue_of, published
from avtalsvakt_calendars.publishing.feeds import parse
from avtalsvakt_calendars.publishing.subscriber_choices import Choices
from avtalsvakt_calendars.reminding.event_days import fits
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "calendar_month.txt"
TODAY, NEW_YEAR = date(2026, 11, 29), date(2027, 1, 2)
SUBSCRIBERS = {
    "styrgruppen": "organ:local_steering_group",
    "kommunpolisen": "ansvarig:kommunpolis",
    "samordnaren": "allt",
}
Feeds = dict[str, list[Seen]]


def feeds(db: Path, as_of: date) -> Feeds:
    """The subscribers' calendars after a run as of the day."""
    assert call("--db", db, "run", "--as-of", as_of.isoformat(), "--store-anyway").code == 0
    found = {}
    with open_register(db, read_only=True) as register:
        for name, key in SUBSCRIBERS.items():
            one = published(register, [parse(key)], catalogue_of(register), Choices(1))
            found[name] = seen(one.content)
    return found


def registered(folder: Path) -> Path:
    """A register with the examples' facts."""
    db = folder / "a.db"
    assert call("--db", db, "init").code == 0
    assert (
        call("--db", db, "import", "--as-recorded", "--by", "demo", *sorted((ROOT / "fixtures").glob("*.csv"))).code
        == 0
    )
    return db


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return registered(tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def autumn(db: Path) -> Feeds:
    return feeds(db, TODAY)


@pytest.fixture(scope="module")
def january(db: Path, autumn: Feeds) -> Feeds:
    return feeds(db, NEW_YEAR)


def drawn(found: Feeds) -> Iterator[str]:
    """The three calendars as text."""
    for name, events in found.items():
        yield f"{name}: {', '.join(f'{what} {number}' for what, number in counts(events, TODAY).items())}"
        for one in events:
            yield f"{one.day} {one.title}"
    yield from (line.rstrip() for line in month(found["samordnaren"], 2026, 12))


def test_the_month_is_the_one_a_person_has_read(autumn: Feeds) -> None:
    assert list(drawn(autumn)) == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_no_day_holds_a_heap_and_no_day_rings_twice(autumn: Feeds) -> None:
    for events in autumn.values():
        assert max(Counter(one.day for one in events).values()) <= 8
        assert max(Counter(one.day for one in events if one.alarms).values()) == 1


def test_the_new_year_does_not_begin_with_a_heap(january: Feeds) -> None:
    assert max(Counter(one.day for one in january["samordnaren"]).values()) <= 12


def test_titles_say_which_agreement_in_forty_characters_and_none_stands_twice_on_a_day(autumn: Feeds) -> None:
    for events in autumn.values():
        assert all(" · " in one.title and len(one.title) <= 40 for one in events)
        assert counts(events, TODAY)["dubbletter"] == 0


def test_the_steering_groups_meeting_is_one_event_and_its_call(autumn: Feeds) -> None:
    titles = [one.title for one in autumn["styrgruppen"] if one.day.year == 2026]
    assert titles == ["Kalla styrgrupp 2/2 · Östermalm", "Håll styrgrupp 2/2 · Östermalm"]


def test_nothing_is_prompted_for_in_the_past_or_when_nobody_is_at_work(autumn: Feeds) -> None:
    for one in autumn["samordnaren"]:
        if one.title.startswith(("Förbered", "Kalla", "Försenat", "Rapportera", "Besluta om fortsättning")):
            assert one.day >= TODAY and fits(one.day), one


def test_something_says_until_the_end_that_an_agreement_ends(autumn: Feeds) -> None:
    titles = {one.title for one in autumn["samordnaren"] if one.day <= date(2026, 12, 31)}
    assert {"Avtalet slutar gälla · Vaxholm", "Förbered förlängning · Vaxholm"} <= titles


def test_an_unreported_meeting_is_one_event_after_the_turn_of_the_year(january: Feeds) -> None:
    about = [one for one in january["styrgruppen"] if one.day < date(2027, 2, 1)]
    assert [one.title for one in about] == ["Rapportera styrgrupp 10 dec · Östermalm"]
    assert about[0].day == date(2027, 1, 4) and not about[0].alarms


def test_what_is_late_is_on_a_working_monday_and_never_rings(january: Feeds) -> None:
    late = [one for one in january["samordnaren"] if one.title.startswith("Försenat")]
    assert late and {one.day for one in late} == {date(2027, 1, 4)}
    assert not any(one.alarms for one in late)
    assert not any(one.alarms for one in january["samordnaren"] if one.day < NEW_YEAR)


def test_ended_agreements_list_nothing_to_do(autumn: Feeds) -> None:
    assert not any("Öppet utan datum" in one.text and "Norrmalm" in one.text for one in autumn["samordnaren"])


def test_a_statutes_duty_is_demanded_by_law(autumn: Feeds) -> None:
    law = [one for one in autumn["samordnaren"] if "Källa: Lag" in one.text and "Rekommend" not in one.text]
    assert law and not any("Parterna har åtagit sig" in one.text for one in law)


def test_every_act_says_how_it_is_met(autumn: Feeds) -> None:
    (held,) = (
        one for one in autumn["styrgruppen"] if one.title == "Håll styrgrupp 2/2 · Östermalm" and one.day.year == 2026
    )
    assert re.search(
        r"Gör så här:\n1\. .+: avtalsvakt record meeting_held --agreement ostermalm-2020 --date …", held.text
    )


def test_no_text_promises_that_nights_succeed(autumn: Feeds) -> None:
    assert not any("varje natt" in one.text for events in autumn.values() for one in events)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        GOLDEN.write_text("\n".join([*drawn(feeds(registered(Path(place)), TODAY)), ""]), encoding="utf-8")
