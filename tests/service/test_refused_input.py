"""Input that would do harm: damaged, swollen, endlessly nested. It is refused in four parts, whatever reads it."""

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.engine.new_registers import empty_register
from tests.service.command_line import RULES, call, said

pytestmark = pytest.mark.usefixtures("alone")

BY = ("--by", "samordnare")
DEEP = 200_000


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return empty_register(tmp_path / "register.db")


def bring_in(db: Path, path: Path) -> tuple[int, str]:
    answer = call("--db", db, *RULES, "import", path, *BY)
    return answer.code, answer.err


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "typ", "avtal", "datum"])
    sheet.append(["m1", "meeting_held", "lokal", "2026-03-12"])
    book.save(path)
    return path


def with_part(path: Path, name: str, data: bytes | None) -> Path:
    """The package with a part replaced, or without it."""
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    parts.pop(name)
    if data is not None:
        parts[name] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in parts.items():
            package.writestr(entry, content)
    return path


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("".join("[" for _ in range(DEEP)), 1),
        ("{a: " * DEEP, 1),
        ("- " * DEEP + "x", 1),
        ("\n".join(" " * n + "a:" for n in range(100)), 41),
    ],
    ids=["lists", "mappings", "dashes", "lines"],
)
@pytest.mark.parametrize("command", ["check", "cases"])
def test_rules_and_cases_nested_beyond_reason_are_refused(text: str, line: int, command: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    answer = call("rules", command, tmp_path / "x.yaml")
    assert answer.code == 2
    assert answer.err.startswith(
        said(
            "filen är inte rimligt byggd",
            f"x.yaml:{line}",
            "den har fler än 40 nivåer under varandra",
            "skriv om filen; en fil för människor är mindre än så",
        )
    )


def test_rules_with_more_values_than_a_person_writes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: [" + "x," * 200_001 + "]", encoding="utf-8")
    answer = call("rules", "check", tmp_path / "x.yaml")
    assert (answer.code, "Varför: den har fler än 200000 värden" in answer.err) == (2, True)


@pytest.mark.parametrize(
    "clause",
    [
        "{at: {section: '1'}, norm: shall, when: {each: year}, what: {meeting_held: {time: {at_least: 1e999999999}}}}",
        "{at: {section: '1'}, norm: shall, when: {each: year}, what: {meeting_held: {}}, remind: 99999999999 days}",
        "{at: {section: '1'}, norm: shall, when: {each: 9999999 years}, what: {meeting_held: {}}}",
        "{at: {section: '1'}, norm: may, when: once, what: {meeting_held: {}}, effect: {extends: 9999999999 years}}",
    ],
    ids=["power of ten", "days", "years between", "years longer"],
)
def test_numbers_that_stand_for_more_than_a_calendar_holds_are_refused(clause: str, tmp_path: Path) -> None:
    text = f"instrument: x\ntitle: x\nlevel: local\ndocument: d\nterm: {{from: 2024-01-01}}\nclauses:\n  a: {clause}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    answer = call("rules", "check", tmp_path / "x.yaml")
    assert answer.code == 2
    assert "Fel: klausul a: fel värde" in answer.err and "Var:    x.yaml:7" in answer.err


@pytest.mark.parametrize("levels", [5, 900, DEEP // 5])
def test_lines_nested_beyond_reason_are_refused(levels: int, db: Path, tmp_path: Path) -> None:
    nested = '{"set": ' * levels + "1" + "}" * levels
    line = '{"kind": "record_corrected", "agreement": "lokal", "target": "m1", "set": ' + nested + "}\n"
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    code, err = bring_in(db, tmp_path / "x.jsonl")
    assert code == 2
    assert "nästlat" in err or "raden är för lång" in err
    assert all(f"  {part}" in err for part in ("Var:", "Varför:", "Åtgärd:"))


DAMAGE = [
    ("xl/worksheets/sheet1.xml", None),
    ("xl/workbook.xml", None),
    ("[Content_Types].xml", None),
    ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
    ("xl/worksheets/sheet1.xml", b"\x00\xff\xfe"),
    ("xl/workbook.xml", b"<workbook/>"),
    ("xl/styles.xml", b"<a></b>"),
]


@pytest.mark.parametrize(("part", "data"), DAMAGE)
def test_a_workbook_with_a_damaged_part_is_refused(part: str, data: bytes | None, db: Path, tmp_path: Path) -> None:
    path = with_part(workbook(tmp_path / "x.xlsx"), part, data)
    code, err = bring_in(db, path)
    assert code == 2
    assert err.startswith("Fel: filen") and f"Var:    {path}" in err and "Åtgärd: spara" in err


def test_a_workbook_damaged_at_any_byte_never_stops_the_program(db: Path, tmp_path: Path) -> None:
    whole = workbook(tmp_path / "hel.xlsx").read_bytes()
    path = tmp_path / "x.xlsx"
    for place in range(0, len(whole), len(whole) // 25):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        assert call("--db", db, *RULES, "import", "--dry-run", path, *BY).code in (0, 2), place
        path.write_bytes(whole[:place])
        assert call("--db", db, *RULES, "import", "--dry-run", path, *BY).code == 2, place


def test_entities_are_refused_however_far_down_they_are_declared(db: Path, tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    bomb = f"<?xml version='1.0'?><!--{' ' * 9000}--><!DOCTYPE x [{lines}]><worksheet>&a11;</worksheet>".encode()
    path = with_part(workbook(tmp_path / "x.xlsx"), "xl/worksheets/sheet1.xml", bomb)
    assert bring_in(db, path) == (
        2,
        said("filen kan inte läsas säkert", str(path), "dess XML deklarerar egna entiteter", "spara tabellen som CSV"),
    )


def test_rows_numbered_beyond_any_sheet_end_with_the_sheet(db: Path, tmp_path: Path) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>typ</t></is></c></row><row r="999999999"/></sheetData></worksheet>'
    )
    code, _ = bring_in(db, with_part(workbook(tmp_path / "x.xlsx"), "xl/worksheets/sheet1.xml", sheet))
    assert code in (0, 2)


@pytest.mark.parametrize("ending", [".xlsx", ".zip"])
def test_what_swells_is_refused_before_it_is_unpacked(ending: str, db: Path, tmp_path: Path) -> None:
    path = tmp_path / f"x{ending}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("fakta/kedja.jsonl", b" " * 30_000_000)
        package.writestr("fakta/summor.txt", b"")
    code, err = bring_in(db, path)
    assert code == 2
    assert "filen är orimligt stor uppackad" in err and "Varför: den packas upp till 30 MB i 2 delar" in err


CHAINS = ["[" * 100_000, "[1, 2, {}]", '[1, "a", 7]', '[1, "a"]', "1", '{"a": 1}', "[1, null, {}]" + "9" * 5000]


@pytest.mark.parametrize("line", CHAINS, ids=range(len(CHAINS)))
def test_an_archive_with_lines_of_another_form_is_refused(line: str, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("fakta/kedja.jsonl", line + "\n")
        package.writestr("fakta/summor.txt", "0\n")
    why = "det är inget arkiv från programmet, eller är skadat"
    remedy = "ange en fil som 'avtalsvakt export' har skrivit"
    assert bring_in(db, path) == (2, said("arkivet kan inte läsas", str(path), why, remedy))


CALENDARS = [
    "BEGIN:VCALENDAR\n" * 50_000,
    "BEGIN:VEVENT\nDTSTART:nonsense\nEND:VEVENT\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260101T100000\nRECURRENCE-ID:x\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260101T100000\nDURATION:x\nEND:VEVENT\nEND:VCALENDAR\n",
]


@pytest.mark.parametrize("text", CALENDARS, ids=["nested", "no calendar", "recurrence", "duration"])
def test_a_damaged_calendar_is_refused_or_read_without_the_damage(text: str, db: Path, tmp_path: Path) -> None:
    (tmp_path / "x.ics").write_text(text, encoding="utf-8")
    code, err = bring_in(db, tmp_path / "x.ics")
    assert code in (0, 2)
    assert code == 0 or "Fel: kalendern är inte hel" in err or "Fel: filen är ingen kalender" in err


def test_a_rule_that_is_looked_for_by_the_second_does_not_keep_the_program(db: Path, tmp_path: Path) -> None:
    rule = "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"
    event = f"BEGIN:VEVENT\nUID:a\nDTSTART:20260101T100000\nSUMMARY:Styrgrupp\nRRULE:{rule}\nEND:VEVENT\n"
    (tmp_path / "x.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    assert bring_in(db, tmp_path / "x.ics")[0] == 0


@pytest.mark.parametrize("data", [b"", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000], ids=["empty", "x", "head"])
def test_a_backup_that_is_none_is_refused(data: bytes, db: Path, tmp_path: Path) -> None:
    (tmp_path / "kopia.db").write_bytes(data)
    answer = call("--db", db, "restore", "--yes", tmp_path / "kopia.db")
    assert answer.code == 2 and "Åtgärd:" in answer.err
    assert json.loads(call("--db", db, "facts", "list", "--format", "json").out) == {"facts": []}


@pytest.mark.parametrize(
    ("words", "flag", "where"),
    [
        (("access", "add", "a", "reader", "--agreement", "x", "--agreement", "y"), "--agreement", "access add"),
        (("overdue", "--agreement", "lokal", "--agreement", "lokal"), "--agreement", "overdue"),
        (("record", "meeting_held", "--date", "2026-01-01", "--date", "2026-01-02", *BY), "--date", "record"),
    ],
)
def test_an_option_that_counts_once_is_not_given_twice(words: tuple[str, ...], flag: str, where: str, db: Path) -> None:
    answer = call("--db", db, *RULES, *words)
    assert answer.code == 2
    assert answer.err == said(
        f"flaggan {flag} står flera gånger, och bara en kan gälla", f"avtalsvakt {where}",
        "kommandot förstår inte det som står på raden", f"se 'avtalsvakt {where} --help'",
    )  # fmt: skip
