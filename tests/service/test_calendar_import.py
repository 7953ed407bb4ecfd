"""Meetings out of an exported calendar are proposed by the body's name, and recorded only when confirmed."""

import json
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call, said

pytestmark = pytest.mark.usefixtures("alone")

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\n"


def event(uid: str, summary: str, *lines: str) -> str:
    body = "\r\n".join(lines)
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{summary}\r\n{body}\r\nEND:VEVENT\r\n"


def saved(folder: Path, *events: str) -> Path:
    path = folder / "export.ics"
    path.write_bytes((HEAD + "".join(events) + "END:VCALENDAR\r\n").encode())
    return path


def meetings(db: Path) -> list[tuple[str, str, str]]:
    done = call("--db", db, *RULES, "facts", "list", "--format", "json")
    found = [one for one in json.loads(done.out)["facts"] if str(one["id"]).startswith("kal-")]
    return [(one["kind"], one["date"], one.get("time", "")) for one in found]


ZONE = 'DTSTART;TZID="W. Europe Standard Time"'
EVENTS = (
    event("a", "Lokala styrgruppens möte", "DTSTART:20260910T080000Z", "DTEND:20260910T090000Z"),
    event("b", "Lokal styrgrupp", f"{ZONE}:20261210T130000", "DURATION:PT2H"),
    event("c", "Lunch", "DTSTART:20260911T110000Z"),
    event("d", "Lokal styrgrupp", "DTSTART;VALUE=DATE:20261217", "STATUS:CANCELLED"),
)


@pytest.fixture
def asked(db: Path, tmp_path: Path) -> tuple[Path, tuple[object, ...]]:
    path = saved(tmp_path, *EVENTS)
    return db, ("--db", db, *RULES, "import", "--agreement", "lokal", path)


def test_nothing_is_recorded_without_confirmation(asked: tuple[Path, tuple[object, ...]]) -> None:
    db, words = asked
    done = call(*words)
    assert done.code == 0, done.err
    assert "2 föreslagna, 0 registrerade" in done.out
    assert "inställt: lokal" in done.out
    assert "Lunch" not in done.out
    assert meetings(db) == []


def test_what_is_confirmed_is_recorded_once(asked: tuple[Path, tuple[object, ...]]) -> None:
    db, words = asked
    assert "2 registrerade" in call(*words, "--confirm").out
    assert meetings(db) == [("meeting_held", "2026-09-10", "10:00"), ("meeting_scheduled", "2026-12-10", "13:00")]
    assert "0 föreslagna, 0 registrerade" in call(*words, "--confirm").out
    assert len(meetings(db)) == 2


def test_a_repeated_meeting_is_proposed_each_time(db: Path, tmp_path: Path) -> None:
    lines = ("DTSTART:20260903T080000Z", "DTEND:20260903T090000Z", "RRULE:FREQ=WEEKLY;UNTIL=20261001T235959Z",
             "EXDATE:20260910T080000Z")  # fmt: skip
    moved = event("a", "Lokal styrgrupp", "RECURRENCE-ID:20260917T080000Z", "DTSTART:20260918T080000Z")
    path = saved(tmp_path, event("a", "Lokal styrgrupp", *lines), moved)
    call("--db", db, *RULES, "import", "--agreement", "lokal", "--confirm", path)
    assert [day for _, day, _ in meetings(db)] == ["2026-09-03", "2026-09-18", "2026-09-24", "2026-10-01"]


def test_a_rule_without_end_has_one_here(db: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, event("a", "Lokal styrgrupp", "DTSTART:20261001T080000Z", "RRULE:FREQ=DAILY"))
    done = call("--db", db, *RULES, "import", "--agreement", "lokal", path)
    assert (done.code, done.out.splitlines()[-2].split(",")[0]) == (0, "453 möten i kalendern")


def test_a_rule_by_the_second_is_told(db: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, event("a", "Lokal styrgrupp", "DTSTART:20200101T080000Z", "RRULE:FREQ=SECONDLY"))
    done = call("--db", db, *RULES, "import", "--agreement", "lokal", path)
    assert done.code == 2
    assert done.err == said(
        "regeln för hur ofta mötet hålls kan inte följas", f"{path}:9",
        "den upprepas med SECONDLY, och inget möte hålls så ofta",
        "rätta händelsen i kalendern och exportera den på nytt, eller registrera mötet för hand",
    ).replace("Fel:", "Inte inläst:")  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:i morgon\r\n"])
def test_a_file_that_is_no_calendar(db: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.ics"
    path.write_bytes(content)
    done = call("--db", db, *RULES, "import", "--agreement", "lokal", path)
    assert "Traceback" not in done.err
    assert done.code == 2


def test_a_body_of_several_agreements_is_not_guessed(db: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, event("a", "Lokal styrgrupp", "DTSTART:20260910T080000Z"))
    done = call("--db", db, *RULES, "import", "--confirm", path)
    assert done.code == 0, done.err
    assert "passar på" in done.out
    assert meetings(db) == []


@pytest.mark.usefixtures("among_all")
def test_a_place_beside_the_body_tells_which(db: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, event("a", "Lokal styrgrupp Östermalm", "DTSTART:20260910T080000Z"))
    done = call("--db", db, *RULES, "import", path)
    assert "föreslås: ostermalm-2020" in done.out
