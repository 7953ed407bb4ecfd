"""The feed server over real sockets: what calendar programs ask for, and what the curious get."""

import gzip
import http.client
import logging
import re
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from tests.service.feed_world import World, fact, held, planned, world
from tests.service.page_client import answering

from avtalsvakt.subscribing.calendar_feeds import catalogue_of
from avtalsvakt.subscribing.subscriptions import NewSubscription, all_subscriptions, revoke, subscribe
from avtalsvakt.web.addresses import FORMER_DUTY
from avtalsvakt.web.conditional import accepts_gzip, http_date, not_modified
from avtalsvakt.web.masking import masked
from avtalsvakt.web.server import WebServer, listening
from avtalsvakt_calendars.publishing.feeds import parse
from avtalsvakt_calendars.publishing.subscriber_choices import Choices
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
UNKNOWN = "A" * 43


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Asks one server, a new connection each time."""

    def __init__(self, address: str) -> None:
        self.host = address.removeprefix("http://")

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Accept-Encoding": "identity"} | named)
            response = connection.getresponse()
            kept = {name.lower(): value for name, value in response.getheaders() if name.lower() != "date"}
            return Answer(response.status, kept, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def after_a_night(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> tuple[Path, Rulebook]:
    """The register of a world after its first night, made once and copied, and its rules."""
    folder = tmp_path_factory.mktemp("natt")
    with world(folder, decider) as made:
        made.night(DAY, held("h1", date(2026, 10, 5)), planned("p1", date(2026, 12, 3), DAY, time="13:00-15:00"))
    return folder / "register.db", made.rulebook


@pytest.fixture
def here(after_a_night: tuple[Path, Rulebook], tmp_path: Path, decider: Decider) -> Iterator[World]:
    with open_register(Path(shutil.copy(after_a_night[0], tmp_path / "register.db"))) as register:
        yield World(register, after_a_night[1], decider)


@pytest.fixture
def client(here: World) -> Iterator[Client]:
    with answering(WebServer(Path(here.register.path), lambda: NOW, "127.0.0.1", 0)) as server:
        yield Client(server.address)


def subscribed(here: World, *keys: str, lead: int | None = None, detailed: bool = False) -> NewSubscription:
    feeds = [parse(key) for key in keys]
    return subscribe(here.register, "samordnare", feeds, NOW, Choices(lead), detailed=detailed)


def path_of(new: NewSubscription) -> str:
    return f"/kalender/{new.token}.ics"


def test_a_feed_is_the_same_bytes_as_the_published_file(here: World, client: Client) -> None:
    answer = client.ask(path_of(subscribed(here, "avtal:norr")))
    feed = here.feed("avtal:norr")
    assert (answer.status, answer.body) == (200, feed.content)
    assert answer.headers == {
        "content-type": "text/calendar; charset=utf-8",
        "content-length": str(len(feed.content)),
        "etag": feed.etag,
        "last-modified": http_date(feed.changed),
        "cache-control": "private, max-age=900",
        "vary": "Accept-Encoding",
        "x-robots-tag": "noindex",
    }
    assert len(icalendar.Calendar.from_ical(answer.body).events) == len(feed.events) > 3


def test_every_client_gets_the_same_bytes(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "allt"))
    agents = ("Microsoft Outlook", "Google-Calendar-Importer", "iOS/17 dataaccessd", "Thunderbird", "")
    assert len({client.ask(path, User_Agent=agent).body for agent in agents}) == 1


def test_alarms_and_details_are_as_the_subscription_says(here: World, client: Client) -> None:
    here.night(DAY + timedelta(days=1), fact("d1", "document_revised", date(2026, 10, 1), DAY, document="lägesbild"))
    plain, quiet, detailed = (
        client.ask(path_of(subscribed(here, "avtal:norr", lead=lead, detailed=more))).body
        for lead, more in ((1, False), (None, False), (1, True))
    )
    assert b"BEGIN:VALARM" in plain and b"BEGIN:VALARM" not in quiet
    assert "Läge: ".encode() in detailed.replace(b"\r\n ", b"") and "Läge: ".encode() not in plain.replace(
        b"\r\n ", b""
    )


def test_nights_that_failed_are_told_until_one_succeeds(here: World) -> None:
    """After two days, on the day of asking; and nobody is left with the notice."""
    clock = [datetime(2026, 11, 23, 2, 15, tzinfo=UTC)]
    with WebServer(Path(here.register.path), lambda: clock[0], "127.0.0.1", 0) as server:
        client, path = Client(server.address), path_of(subscribed(here, "avtal:norr"))
        first = client.ask(path)
        told = "SUMMARY:Kalendern är inte uppdaterad".encode()
        assert told not in first.body and first.headers["last-modified"]
        clock[0] += timedelta(seconds=1)
        late = client.ask(path, If_Modified_Since=first.headers["last-modified"])
        assert (late.status, late.body.count(told)) == (200, 1)
        assert b"DTSTART;VALUE=DATE:20261123" in late.body and "last-modified" not in late.headers
        assert client.ask(path, If_None_Match=late.headers["etag"]).status == 304
        clock[0] += timedelta(days=1)
        later = client.ask(path, If_None_Match=late.headers["etag"])
        assert later.status == 200 and b"DTSTART;VALUE=DATE:20261124" in later.body
        here.night(date(2026, 11, 23))
        again = client.ask(path, If_None_Match=later.headers["etag"])
        assert again.status == 200 and told not in again.body


def test_several_feeds_are_one_calendar_with_each_event_once(here: World, client: Client) -> None:
    keys = ("avtal:norr", "organ:local_steering_group", "kommun:Storstad", "allt")
    body = client.ask(path_of(subscribed(here, *keys))).body
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(body).events]
    assert len(uids) == len(set(uids))
    assert set(uids) == {one.uid for one in here.feed("allt").events}


def test_what_the_client_has_is_not_sent_again(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "avtal:norr"))
    first = client.ask(path)
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"a", {tag}', f'W/"b,c" ,{tag}', "*"):
        again = client.ask(path, If_None_Match=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers == {
            name: value for name, value in first.headers.items() if name not in ("content-type", "content-length")
        }
    assert client.ask(path, If_None_Match='"nej"').status == 200


def test_a_tag_decides_alone_and_a_date_only_without_one(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "avtal:norr"))
    first = client.ask(path)
    changed = first.headers["last-modified"]
    assert client.ask(path, If_Modified_Since=changed).status == 304
    assert client.ask(path, If_Modified_Since=http_date(NOW + timedelta(days=9))).status == 304
    assert client.ask(path, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert client.ask(path, If_Modified_Since="i förrgår").status == 200
    assert client.ask(path, If_None_Match='"nej"', If_Modified_Since=changed).status == 200
    assert client.ask(path, If_None_Match="*", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 304


def test_head_is_get_without_the_body(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "avtal:norr"))
    got, head = client.ask(path), client.ask(path, "HEAD")
    assert (head.status, head.headers, head.body) == (200, got.headers, b"")
    assert client.ask(path, "HEAD", If_None_Match=got.headers["etag"]).status == 304


def test_gzip_only_when_it_is_asked_for(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "avtal:norr"))
    plain, packed = client.ask(path), client.ask(path, Accept_Encoding="gzip, deflate, br")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert (packed.headers["etag"], packed.headers["vary"]) == (plain.headers["etag"], "Accept-Encoding")
    assert len(packed.body) < len(plain.body) / 2
    assert client.ask(path, Accept_Encoding="gzip", If_None_Match=plain.headers["etag"]).status == 304
    assert client.ask(path, Accept_Encoding="gzip").body == packed.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_unknown_and_revoked_are_the_same_answer(here: World, client: Client, method: str) -> None:
    new = subscribed(here, "avtal:norr")
    assert client.ask(path_of(new)).status == 200
    revoke(here.register, new.subscription.id, NOW)
    tag = here.feed("avtal:norr").etag
    answers = [
        client.ask(path, method, If_None_Match=known, Accept_Encoding=coding)
        for path in (path_of(new), f"/kalender/{UNKNOWN}.ics", "/kalender/x.ics", "/", "/admin", "/kalender/%00å.ics")
        for known, coding in (("*", "gzip"), (tag, "identity"))
        if path.isascii()
    ]
    assert {answer.status for answer in answers} == {404}
    assert len({(*sorted(answer.headers.items()), answer.body) for answer in answers}) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "REPORT"])
def test_other_methods_are_refused_whether_the_address_is_known_or_not(
    here: World, client: Client, method: str
) -> None:
    known, unknown = (
        client.ask(path, method) for path in (path_of(subscribed(here, "allt")), f"/kalender/{UNKNOWN}.ics")
    )
    assert known == unknown
    assert (known.status, known.headers["allow"]) == (405, "GET, HEAD")


def test_nothing_redirects_and_nothing_sets_a_cookie(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "allt"))
    for asked in (
        path,
        f"{path}/",
        path.removesuffix(".ics"),
        f"/{path}",
        "/kalender",
        "/kalender/",
        f"{path}?token=x",
    ):
        answer = client.ask(asked)
        assert answer.status in (200, 404)
        assert "location" not in answer.headers and "set-cookie" not in answer.headers
        assert answer.headers["x-robots-tag"] == "noindex"


def test_a_change_is_served_at_once_and_only_where_it_changed_something(here: World, client: Client) -> None:
    norr, soder = path_of(subscribed(here, "avtal:norr")), path_of(subscribed(here, "avtal:soder"))
    first, other = client.ask(norr), client.ask(soder)
    here.night(DAY + timedelta(days=1), planned("p2", date(2026, 12, 10), DAY + timedelta(days=1)))
    second = client.ask(norr, If_None_Match=first.headers["etag"])
    assert (second.status, second.headers["last-modified"]) == (200, "Sun, 22 Nov 2026 02:15:00 GMT")
    assert client.ask(soder, If_None_Match=other.headers["etag"]).status == 304


def test_a_removal_moves_last_modified(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "organ:local_steering_group@norr"))
    before = client.ask(path)
    day = DAY + timedelta(days=1)
    here.night(day, fact("r1", "record_retracted", day, target="p1", reason="felregistrerat"))
    after = client.ask(path)
    assert b"norr.p1.meeting@" in before.body and b"norr.p1.meeting@" not in after.body
    stayed = {one for one in before.body.split(b"BEGIN:VEVENT")[1:] if b"norr.p1." not in one}
    assert stayed <= set(after.body.split(b"BEGIN:VEVENT"))
    assert after.headers["last-modified"] == "Sun, 22 Nov 2026 02:15:00 GMT"


def test_a_new_subscription_works_without_a_restart_and_is_remembered_when_fetched(here: World) -> None:
    with WebServer(Path(here.register.path), lambda: NOW, "127.0.0.1", 0) as server:
        client = Client(server.address)
        new, never = subscribed(here, "allt"), subscribed(here, "allt")
        assert client.ask(path_of(new)).status == 200
        assert client.ask(path_of(new), If_None_Match="*").status == 304
    fetched = {one.id: one.last_fetched for one in all_subscriptions(here.register)}
    assert fetched == {new.subscription.id: "2026-11-22T12:00:00Z", never.subscription.id: None}


def test_only_a_hash_of_the_secret_is_kept(here: World) -> None:
    new = subscribed(here, "allt")
    assert re.fullmatch("[A-Za-z0-9_-]{43}", new.token) and new.token not in repr(new)
    here.register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert new.token.encode() not in Path(here.register.path).read_bytes()


def test_no_log_shows_a_secret(here: World, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    new = subscribed(here, "allt")
    spelled = f"%{ord(new.token[0]):02X}{new.token[1:]}"
    for path in (path_of(new), f"/kalender/{spelled}.ics?x={new.token}", f"/kalender/{new.token}/skyldighet/x.ics"):
        client.ask(path)
    assert client.ask(f"/%6Balender/{new.token}.ics").status == 200
    deadline = time.monotonic() + 5
    while caplog.text.count("***.ics") < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert caplog.text.count("***.ics") == 4
    assert new.token[1:] not in caplog.text


def test_masking_knows_every_way_to_write_an_address() -> None:
    for text in (
        "/kalender/abc.ics",
        "GET /avtal/kalender/a%62c.ics HTTP/1.1",
        "webcal://x.se/kalender/abc.ics?abc",
        '"/KALENDER/abc/skyldighet/a%62c"',
    ):
        assert "abc" not in masked(text) and "a%62c" not in masked(text)
    assert masked("GET /?sok=anna HTTP/1.1") == "GET /?*** HTTP/1.1" and masked("Vad? Nu") == "Vad? Nu"
    assert masked("/kalender/") == "/kalender/" and masked("inget") == "inget"
    assert masked(f"GET /%6balender/{UNKNOWN}.ics") == "GET /%6balender/***.ics"


@pytest.mark.parametrize("strips", [True, False])
def test_behind_a_proxy_under_a_folder(here: World, strips: bool) -> None:
    path = path_of(subscribed(here, "allt"))
    with WebServer(Path(here.register.path), lambda: NOW, "127.0.0.1", 0, prefix="/avtalsvakt") as server:
        client = Client(server.address)
        assert client.ask(path if strips else f"/avtalsvakt{path}").status == 200
        missing = client.ask("/avtalsvakt/kalender"), client.ask("/avtalsvakt"), client.ask("/annat" + path)
        assert {answer.status for answer in missing} == {404} and len({answer.body for answer in missing}) == 1


def test_one_duty_as_a_file_with_the_feeds_identity(here: World, client: Client) -> None:
    new = subscribed(here, "avtal:norr")
    feed = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(here.feed("avtal:norr").content).events}
    answer = client.ask(f"/kalender/{new.token}/skyldighet/norr.lagesbild.2026.ics")
    events = icalendar.Calendar.from_ical(answer.body).events
    assert {str(event["UID"]) for event in events} == {
        f"norr.lagesbild.2026.{kind}@avtalsvakt" for kind in ("due", "prepare")
    }
    assert all(event.to_ical() == feed[str(event["UID"])].to_ical() for event in events)
    assert answer.headers["content-disposition"] == 'attachment; filename="skyldighet.ics"'
    for elsewhere in ("soder.lagesbild.2026", "nej", "../x"):
        assert client.ask(f"/kalender/{new.token}/skyldighet/{elsewhere}.ics").status == 404
    assert client.ask(f"/kalender/{UNKNOWN}/skyldighet/norr.lagesbild.2026.ics").status == 404
    kept = client.ask(f"/kalender/{new.token}/{FORMER_DUTY}/norr.lagesbild.2026.ics")
    assert kept.status == 200 and kept.body == answer.body


def test_a_register_that_cannot_be_read_is_try_again_later(here: World, client: Client) -> None:
    path = path_of(subscribed(here, "allt"))
    assert client.ask(path).status == 200
    with here.register.transaction():
        here.register.connection.execute("ALTER TABLE subscriptions RENAME TO borta")
    broken = client.ask(path)
    assert (broken.status, broken.headers["retry-after"]) == (503, "300")
    with here.register.transaction():
        here.register.connection.execute("ALTER TABLE borta RENAME TO subscriptions")
    assert client.ask(path).status == 200


def test_many_at_once_while_the_night_is_run(here: World, client: Client) -> None:
    paths = [path_of(subscribed(here, key)) for key in ("avtal:norr", "avtal:soder", "kommun:Storstad", "allt")]
    stop = threading.Event()

    def ask_until_stopped(path: str) -> set[int]:
        seen = set()
        while not stop.is_set():
            seen.add(client.ask(path, If_None_Match='"x"').status)
        return seen

    with ThreadPoolExecutor(len(paths)) as threads:
        asked = [threads.submit(ask_until_stopped, path) for path in paths]
        for number in range(1, 6):
            here.night(DAY + timedelta(days=number), held(f"n{number}", DAY + timedelta(days=number)))
        stop.set()
    assert [one.result() for one in asked] == [{200}] * 4


def test_a_taken_address_is_told_before_anything_starts(here: World, client: Client) -> None:
    host, port = listening(client.host)
    with pytest.raises(Rejected, match="går inte att lyssna på"):
        WebServer(Path(here.register.path), lambda: NOW, host, port).start()


def test_a_missing_register_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        WebServer(tmp_path / "borta.db", lambda: NOW, "127.0.0.1", 0)


@pytest.mark.parametrize(("text", "found"), [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:0", ("::1", 0))])
def test_an_address_to_listen_on(text: str, found: tuple[str, int]) -> None:
    assert listening(text) == found


@pytest.mark.parametrize("text", ["", "8080", "localhost", ":80", "a:b", "a:99999", "a:-1", "a:²", "a:" + "9" * 5000])
def test_what_is_no_address_to_listen_on(text: str) -> None:
    with pytest.raises(Rejected, match=r"127\.0\.0\.1:8080"):
        listening(text)


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        (None, False), ("", False), ("gzip", True), ("GZIP", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False),
        ("gzip; q=0.000, *", False), ("*", True), ("*;q=0", False), ("identity", False), ("x-gzip", True),
        ("gzip;q=nej", False), ("deflate, br", False),
    ],
)  # fmt: skip
def test_who_asks_for_gzip(header: str | None, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_conditions_without_a_server() -> None:
    changed = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
    assert not not_modified('W/"a"', changed, None, None)
    assert not not_modified('W/"a"', changed, "a", http_date(changed))
    assert not_modified('W/"a"', changed, None, "Sun, 22 Nov 2026 02:15:00 -0000")
    assert not not_modified('W/"a"', changed, None, "Sun, 22 Nov 2026 02:14:59 GMT")


def test_the_catalogue_and_the_server_need_a_run_first(tmp_path: Path) -> None:
    with open_register(tmp_path / "ny.db", create=True) as register, pytest.raises(Rejected, match="avtalsvakt run"):
        catalogue_of(register)
