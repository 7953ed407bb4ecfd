"""Clients that people run: vdirsyncer fetches a feed over HTTP and khal shows it; Radicale takes in every component."""

import base64
import http.client
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.calendars.readers import Read, by_icalendar
from tests.interop.feeds import feeds
from tests.interop.outside import BUILD, ordered
from tests.service.feed_world import World, held, planned, world

from avtalsvakt.subscribing.subscriptions import subscribe
from avtalsvakt.web.server import WebServer
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_engine.inference.deciding import Decider

BIN = BUILD / "venv" / "bin"
END = b"END:VCALENDAR\r\n"
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = feeds()

SYNC = """
[general]
status_path = "{folder}/status/"
[pair avtal]
a = "feed"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/items/"
fileext = ".ics"
"""

KHAL = """
[calendars]
[[avtal]]
path = {folder}/items/
readonly = True
[locale]
local_timezone = Europe/Stockholm
default_timezone = Europe/Stockholm
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""

RADICALE = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""


def command(name: str, *arguments: str, folder: Path) -> str:
    """What one of the clients says; whatever it complains of fails the test."""
    surroundings = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Europe/Stockholm"}
    done = subprocess.run(
        [str(BIN / name), *arguments], env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def decider() -> Iterator[Decider]:
    with Decider() as one:
        yield one


@pytest.fixture
def here(tmp_path: Path, decider: Decider) -> Iterator[World]:
    with world(tmp_path, decider) as made:
        plans = (
            planned("p1", date(2026, 12, 3), DAY, time="13:00-15:00"),
            planned("p2", date(2027, 3, 28), DAY, time="00:30"),
            planned("p3", date(2027, 10, 31), DAY),
        )
        made.night(DAY, held("h1", date(2026, 10, 5)), *plans)
        yield made


def fetched(folder: Path, url: str) -> dict[str, bytes]:
    """What lies in the folder after vdirsyncer has fetched the feed, by file name."""
    config = folder / "vdirsyncer.conf"
    config.write_text(SYNC.format(folder=folder, url=url), encoding="utf-8")
    if not (folder / "status").exists():
        command("vdirsyncer", "-c", str(config), "discover", folder=folder)
    command("vdirsyncer", "-c", str(config), "sync", folder=folder)
    return {path.name: path.read_bytes() for path in (folder / "items").iterdir()}


def shown(folder: Path, first: date, last: date) -> list[tuple[str, str, str]]:
    """What khal shows between two days: start, end and title, as a person reads them."""
    config = folder / "khal.conf"
    config.write_text(KHAL.format(folder=folder), encoding="utf-8")
    form = "{start-long}\t{end-long}\t{title}"
    out = command(
        "khal", "-c", str(config), "list", "--once", "--day-format", "", "--format", form, str(first), str(last),
        folder=folder,
    )  # fmt: skip
    rows = [line.split("\t") for line in out.splitlines() if line.strip()]
    return sorted((start, end, title) for start, end, title in rows)


def as_khal_shows(events: Sequence[Read]) -> list[tuple[str, str, str]]:
    return sorted(map(_as_shown, events))


def _as_shown(event: Read) -> tuple[str, str, str]:
    if isinstance(event.start, datetime) and isinstance(event.end, datetime):
        days = tuple(f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" for at in (event.start, event.end))
    else:
        days = event.start.isoformat(), (event.end - timedelta(days=1)).isoformat()
    return days[0], days[1], event.summary


def nameless(events: Sequence[Read]) -> list[Read]:
    """Events without identities: of a feed over HTTP the client makes its own, from what is in each event."""
    return sorted((replace(event, uid="") for event in events), key=repr)


def test_vdirsyncer_fetches_and_khal_shows_every_event(here: World, tmp_path: Path) -> None:
    new = subscribe(here.register, "samordnare", [Feed("all")], NOW)
    folder = tmp_path / "klient"
    (folder / "items").mkdir(parents=True)
    with WebServer(Path(here.register.path), lambda: NOW, "127.0.0.1", 0) as server:
        url = f"{server.address}/kalender/{new.token}.ics"
        items = fetched(folder, url)
        events = by_icalendar(here.feed("allt").content)
        assert len(items) == len(events) > 20
        assert nameless([one for item in items.values() for one in by_icalendar(item)]) == nameless(events)
        assert shown(folder, date(2026, 1, 1), date(2029, 1, 1)) == as_khal_shows(events)

        assert fetched(folder, url) == items
        here.night(DAY + timedelta(days=1), held("h2", date(2026, 11, 21), "soder"))
        after = fetched(folder, url)
        events = by_icalendar(here.feed("allt").content)
        assert after != items
        assert shown(folder, date(2026, 1, 1), date(2029, 1, 1)) == as_khal_shows(events)


class Radicale:
    """A running server, asked over HTTP."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "text/calendar") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            user = base64.b64encode(b"samordnare:x").decode()
            headers = {"Authorization": f"Basic {user}", "Content-Type": f"{kind}; charset=utf-8"}
            connection.request(method, f"/samordnare/{path}", body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "radicale.conf"
    config.write_text(RADICALE.format(folder=folder, port=port), encoding="utf-8")
    process = subprocess.Popen([str(BIN / "radicale"), "--config", str(config)])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Radicale(port)
    finally:
        process.terminate()
        process.wait(10)


def components(content: bytes) -> dict[str, bytes]:
    """Each event as a calendar of its own, by identity, with the time zone it needs."""
    head, *events = content.split(b"BEGIN:VEVENT\r\n")
    zone = head[head.index(b"BEGIN:VTIMEZONE") :] if b"BEGIN:VTIMEZONE" in head else b""
    begin = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Avtalsvakt//Avtalsvakt//SV\r\n"
    alone = [begin + zone + b"BEGIN:VEVENT\r\n" + event.removesuffix(END) + END for event in events]
    return {by_icalendar(single)[0].uid: single for single in alone}


def test_radicale_takes_in_every_component_and_gives_it_back(tmp_path: Path) -> None:
    with radicale(tmp_path) as server:
        for place, (name, content) in enumerate(FEEDS.items()):
            status, answer = server.ask("MKCALENDAR", f"k{place}/", kind="text/xml")
            assert status == 201, answer
            for number, (uid, single) in enumerate(components(content).items()):
                status, answer = server.ask("PUT", f"k{place}/{number}.ics", single)
                assert status == 201, (name, uid, answer)
            status, back = server.ask("GET", f"k{place}/")
            assert status == 200
            assert ordered(by_icalendar(back)) == ordered(by_icalendar(content)), name


@pytest.mark.parametrize("name", FEEDS)
def test_radicale_takes_in_a_whole_feed(tmp_path: Path, name: str) -> None:
    with radicale(tmp_path) as server:
        status, answer = server.ask("PUT", "hela/", FEEDS[name])
        assert status == 201, answer
        status, back = server.ask("GET", "hela/")
        assert (status, ordered(by_icalendar(back))) == (200, ordered(by_icalendar(FEEDS[name])))
