"""Whether the program does its work, told to a person, to what watches it, to Prometheus and to an address outside."""

import http.server
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.service.command_line import NOW, RULES, call, said
from tests.service.night_world import AT
from tests.service.test_storing import on

from avtalsvakt import clock
from avtalsvakt.answers.health import Seen, health_of, with_engine
from avtalsvakt.nightly import logs, readiness
from avtalsvakt.nightly.metrics import MetricsServer
from avtalsvakt.nightly.pinging import FAIL, START, SUCCESS, checked, ping
from avtalsvakt.nightly.serving import Watch
from avtalsvakt.settings import Settings
from avtalsvakt.web.server import WebServer
from avtalsvakt_engine.inference.engine_status import EngineStatus
from avtalsvakt_engine.storage.conclusions.store import Run
from avtalsvakt_engine.storage.outgoing import outbox
from avtalsvakt_engine.storage.runs.night_log import LogEntry
from avtalsvakt_rules.problems import Problem, Rejected

pytestmark = pytest.mark.usefixtures("alone")

DAY = NOW.date()
RUN = Run(1, NOW.isoformat(), DAY, None, "", "", 0, "", "full", 0, 0, 0)
TRY = LogEntry(NOW.isoformat(), DAY, "serve", "done")
OLD = outbox.Message(1, "digest", "x", "2026-11-20T03:20:00Z", DAY, 1, DAY, answer="451 senare")
FINE = Seen(RUN, (TRY,), (), (), {"sent": 3}, 10**10)


@pytest.mark.parametrize(
    ("engine", "level", "said"),
    [
        (EngineStatus(loads=True, table=True), "ok", "durable-rules startar"),
        (
            EngineStatus(loads=False, why="Traceback\nImportError: undefined symbol", table=True), "look",
            "durable-rules startar inte, och dess tabell svarar i stället: ImportError: undefined symbol",
        ),
        (
            EngineStatus(loads=False, why="x"), "wrong",
            "durable-rules startar inte, och dess tabell hör till andra regler: x",
        ),
    ],
    ids=["it starts", "the table answers", "neither"],
)  # fmt: skip
def test_how_legal_questions_are_answered_is_told(engine: EngineStatus, level: str, said: str) -> None:
    found = with_engine(health_of(FINE, NOW), engine)
    assert (found.checks[-1].name, found.checks[-1].level, found.checks[-1].said) == ("regelmotorn", level, said)
    assert found.well == (level != "wrong")


@pytest.mark.parametrize(
    ("change", "name", "level"),
    [
        ({}, "natten", "ok"),
        ({"run": None}, "natten", "wrong"),
        ({"run": replace(RUN, as_of=DAY - timedelta(days=1))}, "natten", "wrong"),
        ({"run": replace(RUN, not_evaluated=2)}, "natten", "look"),
        ({"tries": (replace(TRY, outcome="failed"), TRY)}, "försöket", "wrong"),
        ({"tries": (replace(TRY, outcome="not_stored"),)}, "försöket", "wrong"),
        ({"tries": (replace(TRY, outcome="incomplete"),)}, "försöket", "look"),
        ({"tries": (replace(TRY, outcome="broken"),)}, "försöket", "look"),
        ({"tries": (replace(TRY, outcome="clock"), TRY)}, "försöket", "ok"),
        ({"tries": (replace(TRY, outcome="begun"),)}, "försöket", "ok"),
        ({"tries": (replace(TRY, outcome="begun", began="2026-11-21T20:00:00+01:00"),)}, "försöket", "wrong"),
        ({"beside": (replace(TRY, outcome="failed"),)}, "journalen", "wrong"),
        ({"unsettled": (OLD,)}, "breven", "wrong"),
        ({"unsettled": (replace(OLD, planned=NOW.isoformat()),)}, "breven", "ok"),
        ({"mail": {"refused": 1}}, "breven", "look"),
        ({"room": 1_000_000}, "disken", "look"),
    ],
)
def test_each_thing_that_may_be_wrong_is_seen(change: dict[str, object], name: str, level: str) -> None:
    found = health_of(replace(FINE, **change), NOW)
    [check] = [one for one in found.checks if one.name == name]
    assert check.level == level
    assert found.well is (level != "wrong")
    assert level == "ok" or check.remedy


def test_the_command_tells_a_person_and_a_program_and_leaves_with_a_code(run_db: Path, tmp_path: Path) -> None:
    answer = call("--db", run_db, "health")
    assert answer.code == 0 and answer.out.startswith("bra       registret: går att läsa\nbra       natten: bedömt per")
    told = json.loads(call("--db", run_db, "health", "--json").out)
    assert told["well"] is True and {one["level"] for one in told["checks"]} == {"ok"}
    missing = call("--db", tmp_path / "ingen.db", "health")
    assert (missing.code, missing.err) == (1, "")
    assert missing.out == (
        "FEL       registret: registret finns inte: det finns ingen fil där"
        " → skapa det med 'avtalsvakt init', eller ange rätt fil med --db\n"
        "bra       regelmotorn: durable-rules startar\n"
    )


def test_the_server_tells_whether_nights_are_done_and_whether_it_can_answer(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer(run_db, _now, "127.0.0.1", 0, prefix="/avtalsvakt") as server:
        assert fetched(f"{server.address}/health")[0] == 200
        code, told, headers = fetched(f"{server.address}/avtalsvakt/health")
        assert (code, told["well"], set(told["checks"].values())) == (200, True, {"ok"}), "levels, and no detail"
        assert headers["Cache-Control"] == "no-store"
        assert fetched(f"{server.address}/ready")[:2] == (200, {"ready": True})
        on("2026-11-25T08:00", monkeypatch)
        code, told, _ = fetched(f"{server.address}/health")
        assert (code, told["checks"]["natten"]) == (503, "wrong")
        assert fetched(f"{server.address}/ready")[0] == 200, "a restart mends no night"
        run_db.write_bytes(b"skrap" * 1000)
        assert fetched(f"{server.address}/ready")[:2] == (503, {"ready": False})
        code, told, _ = fetched(f"{server.address}/health")
        assert (code, told["checks"]) == (503, {"registret": "wrong"})


def _now() -> datetime:
    """The clock as it stands when it is asked for."""
    return clock.now()


def fetched(address: str) -> tuple[int, dict[str, Any], Message]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, json.load(answer), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), error.headers


def test_prometheus_reads_the_numbers_on_an_address_of_their_own(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(address: str) -> dict[str, float]:
        with urllib.request.urlopen(address) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}

    with MetricsServer(lambda: Settings(clock.now(), run_db), "127.0.0.1", 0) as server:
        numbers = read(server.address)
        assert numbers["avtalsvakt_well"] == 1
        assert numbers['avtalsvakt_check{name="natten"}'] == 1
        assert numbers['avtalsvakt_tries{outcome="done"}'] == 1
        assert numbers["avtalsvakt_last_night_timestamp_seconds"] == NOW.timestamp()
        assert sum(value for name, value in numbers.items() if name.startswith("avtalsvakt_duties")) > 20
        on("2026-11-25T08:00", monkeypatch)
        assert read(server.address)["avtalsvakt_well"] == 0
        run_db.write_bytes(b"skrap" * 1000)
        assert read(server.address) == {"avtalsvakt_well": 0, 'avtalsvakt_check{name="registret"}': 0}
        port = int(server.address.split(":")[2].split("/")[0])
        with pytest.raises(Rejected, match="går inte att lyssna på"):
            MetricsServer(lambda: Settings(NOW, run_db), "127.0.0.1", port)


@contextmanager
def listener(status: int = 200) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """An address outside that keeps what it is told."""
    heard: list[tuple[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ping/hemlig-nyckel", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_address_outside_hears_of_start_success_and_failure(
    db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
    with listener() as (address, heard):
        watch = Watch(Settings(NOW, db, tuple(map(Path, RULES[1:]))), ping=checked(f"{address}/"))
        assert watch.night(AT)
        on("2026-11-23T04:16", monkeypatch)
        monkeypatch.setattr("avtalsvakt.nightly.serving.work", _breaking)
        assert not watch.night(AT)
    paths = [path.removeprefix("/ping/hemlig-nyckel") for path, _ in heard]
    assert paths == [START, SUCCESS, START, FAIL]
    assert heard[1][1].startswith("per 2026-11-22, ") and heard[3][1] == "programmet har ett fel: ValueError: fel"
    assert "hemlig-nyckel" not in "".join(capsys.readouterr())


def _breaking(*_: object, **__: object) -> None:
    raise ValueError("fel")


def test_a_night_does_not_fail_because_nobody_listens() -> None:
    with listener(500) as (address, _):
        found = ping(address, SUCCESS)
        assert found == Problem(
            "övervakningen kunde inte nås", "AVTALSVAKT_PING", "den svarar inte: Internal Server Error",
            "kontrollera adressen och nätet; natten är gjord",
        )  # fmt: skip
    down = ping(address, SUCCESS)
    assert down is not None and "hemlig-nyckel" not in str(down)
    assert ping(None, FAIL) is None


@pytest.mark.parametrize("address", ["ftp://a.example", "a.example", "https://", "https://a.example/?b"])
def test_an_address_that_cannot_be_told_is_refused(address: str) -> None:
    with pytest.raises(Rejected, match="AVTALSVAKT_PING: adressen att anropa kan inte användas"):
        checked(address)


def test_systemd_hears_that_the_service_is_up_and_that_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        one.bind(str(tmp_path / "notify"))
        one.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        readiness.ready("nästa körning i natt")
        readiness.stopping()
        assert [one.recv(200).decode() for _ in range(2)] == ["READY=1\nSTATUS=nästa körning i natt", "STOPPING=1"]
    readiness.ready("ingen hör")  # nothing happens where nobody listens


@pytest.fixture
def _text_again() -> Iterator[None]:
    yield
    logs.configure(logs.TEXT)


@pytest.mark.usefixtures("morning", "_text_again")
def test_the_log_is_text_or_json_in_swedish_time(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("det gick fel", "här", "därför", "gör så")
    logs.configure(logs.TEXT)
    logs.say("klar: per 2026-11-22", judged=3)
    logs.tell([problem])
    out, err = capsys.readouterr()
    assert (out, err) == ("2026-11-22 08:00:00 klar: per 2026-11-22\n", said("det gick fel", "här", "därför", "gör så"))
    logs.configure(logs.JSON)
    logs.say("klar: per 2026-11-22", judged=3, day=date(2026, 11, 22))
    logs.tell([problem])
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"time": "2026-11-22T08:00:00+01:00", "level": "info", "event": "klar: per 2026-11-22", "judged": 3,
                     "day": "2026-11-22"}  # fmt: skip
    assert second == {"time": "2026-11-22T08:00:00+01:00", "level": "warning", "event": "det gick fel", "where": "här",
                      "why": "därför", "remedy": "gör så"}  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no full device")
@pytest.mark.parametrize("form", logs.FORMS)
@pytest.mark.usefixtures("_text_again")
def test_a_log_on_a_full_disk_stops_nothing(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    logs.configure(form)
    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as full:
        monkeypatch.setattr("sys.stdout", full)
        monkeypatch.setattr("sys.stderr", full)
        logs.say("klar")
        logs.tell([Problem("det gick fel", "här", "därför", "gör så")])
        monkeypatch.undo()
        with pytest.raises(OSError, match="No space left"):
            full.close()
