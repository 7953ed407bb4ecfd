"""`avtalsvakt calendar`, and the calendars in `avtalsvakt serve`, as people call them; the built-in agreements."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import icalendar
import pytest

from avtalsvakt.cli import avtalsvakt
from avtalsvakt.terminal.failures import guarded
from avtalsvakt.web.addresses import site
from avtalsvakt_rules.problems import Rejected

ROOT = Path(__file__).resolve().parents[2]
ALONE = "from avtalsvakt_rules import rulebook; rulebook.builtin_files = list"
"""A night that is caught up leaves agreements without rules, and their calendars, as they are: it is not about them."""
START = f"{ALONE}; from avtalsvakt.cli import main; main()"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


class Program:
    """The program with one register."""

    def __init__(self, db: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.db, self.capfd = db, capfd

    def __call__(self, *arguments: str) -> Said:
        self.capfd.readouterr()
        command = ["--db", str(self.db), *arguments]
        code = guarded(lambda: avtalsvakt.main(command, prog_name="avtalsvakt", standalone_mode=False))
        said = self.capfd.readouterr()
        return Said(code, said.out, said.err)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of one autumn day, judged."""
    db = tmp_path_factory.mktemp("judged") / "a.db"
    for command in (["init"], ["run", "--as-of", "2026-11-22"]):
        assert guarded(lambda: avtalsvakt.main(["--db", str(db), *command], standalone_mode=False)) == 0  # noqa: B023
    return db


@pytest.fixture
def program(judged: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Program:
    """The program with a copy of that register."""
    db = tmp_path / "a.db"
    db.write_bytes(judged.read_bytes())
    return Program(db, capfd)


def test_list_names_every_feed_in_each_form(program: Program) -> None:
    table = program("calendar", "list")
    rows = json.loads(program("calendar", "list", "--format", "json").out)["calendars"]
    assert table.code == 0
    keys = [row["feed"] for row in rows]
    assert {"avtal:vaxholm-2023", "organ:vaxholm_steering_group", "kommun:Vaxholm", "kommun:Stockholm", "allt"} <= {
        *keys
    }
    assert all(key in table.out for key in keys)
    assert max(map(len, table.out.splitlines())) <= 100
    assert [
        row["feed"] for row in csv.DictReader(program("calendar", "list", "--format", "csv").out.splitlines())
    ] == keys


def test_show_is_the_feed_as_a_table_or_as_its_bytes(program: Program) -> None:
    rows = json.loads(program("calendar", "show", "kommun:Vaxholm", "--format", "json").out)["events"]
    assert {"day": "2026-12-31", "kind": "Giltighetstid", "agreement": "vaxholm-2023"}.items() <= next(
        row for row in rows if row["kind"] == "Giltighetstid"
    ).items()
    ics = program("calendar", "show", "kommun:Vaxholm", "--ics").out
    assert len(icalendar.Calendar.from_ical(ics).events) == len(rows)
    assert "BEGIN:VALARM" not in ics
    assert "TRIGGER:-PT39H" in program("calendar", "show", "kommun:Vaxholm", "--ics", "--alarm", "2").out
    both = json.loads(program("calendar", "show", "kommun:Vaxholm", "avtal:vaxholm-2023", "--format", "json").out)
    assert both["events"] == rows


@pytest.mark.parametrize(
    "key", ["", "avtal", "avtal:", "avtal:nej", "organ:nej", "organ:local_steering_group@nej", "kommun:Malmö", "allt:x",
            "avtal:a@b", "x:y", "../../etc/passwd", "AVTAL:vaxholm-2023"],
)  # fmt: skip
def test_a_feed_that_does_not_exist_is_told(program: Program, key: str) -> None:
    said = program("calendar", "show", key)
    assert (said.code, said.out) == (2, "")
    assert "finns inte" in said.err and "Åtgärd: se 'avtalsvakt calendar list'" in said.err


@pytest.mark.parametrize(
    ("key", "none"),
    [("avtal:nej", "inget avtal"), ("organ:nej", "inget organ"), ("ansvarig:nej", "ingen ansvarig"),
     ("kommun:Malmö", "ingen kommun")],
)  # fmt: skip
def test_what_the_register_does_not_know_is_said_in_swedish(program: Program, key: str, none: str) -> None:
    assert f"registret känner {none} med beteckningen" in program("calendar", "show", key).err


def test_publish_writes_files_and_leaves_unchanged_ones_alone(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "ut"
    first, second = program("calendar", "publish", str(folder)), program("calendar", "publish", str(folder))
    count = len(list(folder.rglob("*.ics")))
    assert first.out == f"{folder}: {count} kalendrar skrivna, 0 oförändrade\n"
    assert second.out == f"{folder}: 0 kalendrar skrivna, {count} oförändrade\n"
    shown = program("calendar", "show", "avtal:vaxholm-2023", "--ics").out
    assert (folder / "vaxholm-2023.ics").read_bytes().decode() == shown
    assert (folder / "kommun" / "Stockholm.ics").is_file()


def test_one_duty_as_a_file(program: Program, tmp_path: Path) -> None:
    duty, out = "vaxholm-2023.handlingsplan-nasta-ar.2026", tmp_path / "skyldighet.ics"
    assert program("calendar", "duty", duty, "--out", str(out)).out == f"Skrev {out}\n"
    uids = {str(event["UID"]) for event in icalendar.Calendar.from_ical(out.read_bytes()).events}
    assert uids == {f"{duty}.{kind}@avtalsvakt" for kind in ("due", "prepare")}
    assert program("calendar", "duty", duty).out == out.read_bytes().decode()
    missing = program("calendar", "duty", "nej")
    assert missing.code == 2 and "kalendrarna har inget om nej" in missing.err


def test_subscribe_shows_the_address_once_and_subscriptions_never(program: Program) -> None:
    base = "https://kommun.example/avtalsvakt/"
    said = program(
        "calendar", "subscribe", "--for", "samordnare", "--agreement", "vaxholm-2023", "--body", "local_steering_group",
        "--base-url", base,
    )  # fmt: skip
    found = re.search(r"https://kommun\.example/avtalsvakt/kalender/([A-Za-z0-9_-]{43})\.ics\n", said.out)
    assert found and said.code == 0 and said.err == ""
    token = found[1]
    assert f"webcal://kommun.example/avtalsvakt/kalender/{token}.ics\n" in said.out
    assert "google" not in said.out
    for form in ("table", "json", "csv"):
        assert token not in program("calendar", "subscriptions", "--format", form).out
    (row,) = json.loads(program("calendar", "subscriptions", "--format", "json").out)["subscriptions"]
    assert (row["id"], row["holder"], row["feeds"]) == (
        1,
        "samordnare",
        "avtal:vaxholm-2023 organ:local_steering_group",
    )
    assert program("calendar", "revoke", "1").out == "Prenumeration 1 för samordnare är återkallad.\n"
    again = program("calendar", "revoke", "1")
    assert again.code == 2 and "redan återkallad" in again.err
    assert program("calendar", "revoke", "7").code == 2
    (row,) = json.loads(program("calendar", "subscriptions", "--format", "json").out)["subscriptions"]
    assert row["revoked"] is not None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--for", "samordnare"], "inget att följa"),
        (["--all"], "--for"),
        (["--for", "namn@kommun.example", "--all"], "går inte att använda"),
        (["--for", " ", "--all"], "går inte att använda"),
        (["--for", "x" * 101, "--all"], "går inte att använda"),
        (["--for", "samordnare", "--agreement", "nej"], "avtal:nej"),
        (["--for", "samordnare", "--all", "--base-url", "kommun.example"], "ingen fullständig webbadress"),
        (["--for", "samordnare", "--all", "--base-url", "ftp://kommun.example"], "ingen fullständig webbadress"),
    ],
)
def test_a_subscription_that_cannot_be_made_leaves_nothing(program: Program, arguments: list[str], told: str) -> None:
    said = program("calendar", "subscribe", *arguments)
    assert (said.code, said.out) == (2, "") and told in said.err
    assert program("calendar", "subscriptions").out == "Ingen prenumererar.\n"


def test_without_a_run_there_is_nothing_and_it_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program = Program(tmp_path / "ny.db", capfd)
    program("init")
    for command in (["list"], ["show", "allt"], ["publish", str(tmp_path / "ut")], ["duty", "x"]):
        said = program("calendar", *command)
        assert said.code == 2 and "kör 'avtalsvakt run'" in said.err
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    "base",
    ["", "kommun.example", "http://", "https:///x", "javascript:alert(1)", "https://a b", "https://x/?a", "https://x/#a",
     "https://namn:lösen@x", "https://x:port", 'https://x/"', "https://å.example", "https://x/\n",
     "https://x/" + "a" * 190],
)  # fmt: skip
def test_an_address_from_outside_that_cannot_be_right(base: str) -> None:
    if base == "https://x/\n":
        assert site(base).base == "https://x"
        return
    with pytest.raises(Rejected, match="kan inte användas"):
        site(base)


@pytest.mark.parametrize(
    ("base", "prefix"),
    [
        ("https://x.example", ""),
        ("https://x.example/", ""),
        ("http://127.0.0.1:8080/a/b/", "/a/b"),
        ("https://[::1]:1", ""),
    ],
)
def test_the_folder_a_proxy_has_the_program_under(base: str, prefix: str) -> None:
    assert site(base).prefix == prefix


def test_serve_hands_out_calendars_and_stops_on_a_signal(program: Program) -> None:
    new = json.loads(
        program(
            "calendar",
            "subscribe",
            "--for",
            "samordnare",
            "--all",
            "--base-url",
            "https://x.example/a",
            "--format",
            "json",
        ).out
    )["subscriptions"][0]
    path = new["https"].removeprefix("https://x.example/a")
    command = [sys.executable, "-c", START, "--db", str(program.db), "serve", "--listen", "127.0.0.1:0"]
    command += ["--access-log", "--base-url", "https://x.example/a"]
    paths = os.pathsep.join(str(ROOT / name) for name in ("rules", "engine", "calendars", "service"))
    surroundings = {**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address
        for asked in (path, f"/a{path}"):
            with urllib.request.urlopen(f"{address[0]}{asked}", timeout=10) as answer:
                assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        while "startad" not in process.stdout.readline():
            continue
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert log.count("GET") == 2 and "***.ics" in log and path.rpartition("/")[2] not in log
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address[0]}{path}", timeout=5)
    (row,) = json.loads(program("calendar", "subscriptions", "--format", "json").out)["subscriptions"]
    assert row["last_fetched"] is not None


def test_serve_tells_at_once_that_the_address_is_taken(program: Program) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = program("serve", "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    assert said.code == 2 and "går inte att lyssna på" in said.err
