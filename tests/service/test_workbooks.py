"""Workbooks: a template that can be filled in and read back, and nothing that runs, refers or swells."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.service.command_line import RULES, call

pytestmark = pytest.mark.usefixtures("alone")


def told(db: Path, *words: object) -> str:
    done = call("--db", db, *RULES, *words)
    assert done.code == 0, done.err
    return done.out


def book(path: Path, *rows: Sequence[Any]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    made.save(path)
    return path


HEAD = ("typ", "avtal", "datum", "organ", "ordförande")


def test_a_template_is_filled_in_and_read(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    told(db, "facts", "template", "--agreement", "lokal", path)
    made = load_workbook(path)
    sheet = made["Registreringar"]
    headings = [cell.value for cell in sheet[2]]
    assert headings[:3] == ["typ", "datum", "organ"]
    assert made["Listor"].sheet_state == "hidden"
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered["A3:A2000"] == "=val_kind"
    kinds = [cell.value for cell in made["Listor"]["A"] if cell.value]
    assert "möte hållet" in kinds
    bodies = [cell.value for cell in made["Listor"]["C"] if cell.value]
    assert "lokal styrgrupp" in bodies
    for column, value in enumerate(("möte hållet", "2026-09-10", "lokal styrgrupp"), start=1):
        sheet.cell(3, column, value)
    made.save(path)
    assert "1 ny registrering" in told(db, "import", path)
    found = json.loads(told(db, "facts", "list", "--since", "2026-09-10", "--kind", "meeting_held", "--format", "json"))
    assert [(one["date"], one["body"]) for one in found["facts"]] == [("2026-09-10", "local_steering_group")]


def test_values_are_read_as_people_see_them(db: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", HEAD, ("möte hållet", "lokal", date(2026, 9, 10), "local_steering_group", 7.0))
    told(db, "import", path)
    assert '"chair": "7"' in told(db, "facts", "list", "--since", "2026-09-10", "--format", "json")
    assert "0 nya registreringar, 1 fanns redan" in told(db, "import", path)


def test_a_dry_run_says_line_by_line_and_writes_nothing(db: Path, tmp_path: Path) -> None:
    good = ("möte hållet", "lokal", "2026-09-10", "local_steering_group")
    path = book(tmp_path / "a.xlsx", HEAD, good, ("möte hålet", "lokal", "2026-09-11", "local_steering_group"), good)
    before = db.read_bytes()
    done = call("--db", db, *RULES, "import", "--dry-run", path)
    assert done.code == 2
    assert "a.xlsx:2: ny    lokal: 2026-09-10 möte hållet, lokal styrgrupp" in done.out
    assert "faktatypen 'möte hålet' finns inte" in done.err
    assert "a.xlsx:3:1" in done.err
    assert "1 nya, 0 finns redan, 1 fel" in done.out
    assert db.read_bytes() == before


def test_all_or_nothing_unless_partial(db: Path, tmp_path: Path) -> None:
    rows = [("möte hållet", "lokal", f"2026-09-{day}", "local_steering_group") for day in ("10", "31", "12")]
    path = book(tmp_path / "a.xlsx", HEAD, *rows)
    assert call("--db", db, *RULES, "import", path).code == 2
    done = call("--db", db, *RULES, "import", "--partial", path)
    assert (done.code, done.out.splitlines()[0]) == (2, "2 nya registreringar.")
    assert "Inte inläst: datumet 2026-09-31 finns inte" in done.err


@pytest.mark.parametrize("value", ["=1+1", '=HYPERLINK("https://example.org")', "=cmd|' /C calc'!A0"])
def test_formulas_are_refused(db: Path, tmp_path: Path, value: str) -> None:
    row = ("möte hållet", "lokal", "2026-09-10", "local_steering_group", value)
    done = call("--db", db, *RULES, "import", book(tmp_path / "a.xlsx", HEAD, row))
    assert done.code == 2
    assert "cellen innehåller en formel" in done.err
    assert "a.xlsx:Sheet!E2" in done.err


def repacked(path: Path, name: str, content: bytes) -> Path:
    """The workbook with another part in it."""
    data = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return path


XML = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xl/media/bomb.xml", b" " * 50_000_000, "filen är orimligt stor uppackad"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "filen hänvisar till andra filer"),
        ("xl/connections.xml", b"<x/>", "filen hänvisar till andra filer"),
        ("xl/vbaProject.bin", b"x", "filen innehåller makron"),
        ("xl/sharedStrings.xml", XML, "filen kan inte läsas säkert"),
        ("xl/worksheets/sheet1.xml", b"<worksheet", "filen kan inte läsas"),
        ("[Content_Types].xml", b"", "filen kan inte läsas"),
    ],
)
def test_traps_are_refused(db: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = book(tmp_path / "a.xlsx", HEAD, ("möte hållet", "lokal", "2026-09-10", "local_steering_group"))
    done = call("--db", db, *RULES, "import", repacked(path, name, content))
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"typ;datum\n"])
def test_what_is_no_workbook_is_refused(db: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    done = call("--db", db, *RULES, "import", tmp_path / "a.xlsx")
    assert done.code == 2
    assert "filen kan inte läsas" in done.err


def test_names_that_look_the_same_are_the_same(db: Path, tmp_path: Path) -> None:
    """å as one code point or two: the same heading, kind and value, and the same fact."""
    rows = [("möte hållet", "lokal", "2026-09-10", "local_steering_group", "Åsa")]
    path = book(tmp_path / "a.xlsx", HEAD, *rows)
    told(db, "import", path)
    parted = [tuple(cell.replace("ö", "o\u0308").replace("å", "a\u030a").replace("Å", "A\u030a") for cell in row)
              for row in (HEAD, *rows)]  # fmt: skip
    assert "0 nya registreringar, 1 fanns redan" in told(db, "import", book(tmp_path / "b.xlsx", *parted))


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u200b", "\ufeff"])
def test_marks_that_nobody_sees_are_refused(db: Path, tmp_path: Path, mark: str) -> None:
    row = ("möte hållet", "lokal", "2026-09-10", "local_steering_group", f"ord{mark}förande")
    done = call("--db", db, *RULES, "import", book(tmp_path / "a.xlsx", HEAD, row))
    assert done.code == 2
    assert "styrtecken" in done.err
