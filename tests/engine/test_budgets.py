"""Small files that ask for far more than they are: each is refused, or read, in time and memory that its size allows.

What is drawn here took minutes or gigabytes where the work came before the budget; nothing is measured: a test that
does not end has failed.
"""

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.engine.test_importing import KNOWN, NOW

from avtalsvakt_calendars.importing.calendar_file import read_calendar
from avtalsvakt_calendars.importing.components import DEEPEST, parts
from avtalsvakt_calendars.importing.content_lines import Line, content
from avtalsvakt_engine.importing import fact_files
from avtalsvakt_engine.importing.fact_files import Batch, read_files
from avtalsvakt_engine.importing.workbook_budget import BESIDE, IN_ONE, ROW_PARTS
from avtalsvakt_engine.intake.disarming import disarmed, rearmed
from avtalsvakt_rules.checks import undeclared
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.problems import SHOWN, Problem, Rejected, few
from avtalsvakt_rules.rulebook import read_rulebook
from avtalsvakt_rules.texts.normal_form import composed, stacked

HEAD = "id;typ;avtal;datum;organ\n"
ROW = "m1;meeting_held;ostermalm-2020;2026-03-12;coordinators\n"
MANY = 100_000 - 20
SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path, text: str, **options: bool) -> Batch:
    path.write_text(text, encoding="utf-8")
    return read_files([path], KNOWN, NOW, partial=options.get("partial", False))


def refused(path: Path) -> Problem:
    with pytest.raises(Rejected) as caught:
        read_files([path], KNOWN, NOW)
    return caught.value.problems[0]


@cache
def plain_workbook() -> bytes:
    """A workbook of one row, as it should be."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, ROW):
        sheet.append(row.strip().split(";"))
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def workbook(path: Path, parts_: Mapping[str, bytes]) -> Path:
    """A workbook with some of its parts replaced; not packed, since what swells is refused as such."""
    with zipfile.ZipFile(io.BytesIO(plain_workbook())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts_.get(name, old.read(name)))
    return path


def sheet_of(inside: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{inside}</sheetData></worksheet>"
    ).encode()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (SHEET, sheet_of('<row r="2000000000"><c r="A1" t="str"><v>x</v></c></row>'), "en rad har nummer 2000000000"),
        (SHEET, sheet_of('<row r="99999999999999999999"/>'), "en rad har nummer 999999999999,"),
        (SHEET, sheet_of("<row>" + "<c/>" * (IN_ONE + 1) + "</row>"), f"fler än {IN_ONE} delar"),
        (SHEET, sheet_of("<row/>" * (ROW_PARTS + 1)), f"fler än {ROW_PARTS} rader"),
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * BESIDE + b"</cellXfs></styleSheet>", f"{BESIDE} for"),
        ("xl/styles.xml", b"<a>" * 200 + b"</a>" * 200, "fler än 100 element ligger i varandra"),
        ("xl/styles.xml", b"<styleSheet a='" + bytes(range(65, 91)) * 50_000 + b"'/>", "ett värde är längre än"),
        ("xl/theme/theme1.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "dess XML deklarerar egna entiteter"),
    ],
    ids=["row", "row-number", "cells", "rows", "formats", "nested", "attribute", "entities"],
)  # fmt: skip
def test_a_workbook_that_holds_more_than_is_kept_is_refused_before_it_is_read(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    problem = refused(workbook(tmp_path / "t.xlsx", {name: data}))
    assert why in problem.why
    assert problem.what in ("arbetsboken är orimligt byggd", "filen kan inte läsas säkert")
    assert problem.remedy.endswith("CSV")


def test_a_formula_that_fills_a_sheet_is_told_by_its_cells_and_never_worked_out(tmp_path: Path) -> None:
    shared = '<row r="1"><c r="A1"><f t="shared" si="0">1+1</f></c><c r="B1"><f t="shared" si="0"/><v>2</v></c></row>'
    with pytest.raises(Rejected) as caught:
        read_files([workbook(tmp_path / "t.xlsx", {SHEET: sheet_of(shared)})], KNOWN, NOW)
    assert [one.where.rpartition("!")[2] for one in caught.value.problems] == ["A1", "B1"]


def test_a_text_of_a_cell_that_no_line_holds_is_refused(tmp_path: Path) -> None:
    long = f'<row r="1"><c r="A1" t="str"><v>{"x" * 100_001}</v></c></row>'
    assert refused(workbook(tmp_path / "t.xlsx", {SHEET: sheet_of(long)})).what == "texterna är för långa"


def test_an_archive_with_more_values_than_are_kept_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        # Ratios are bounded for large parts only: many of what is small may be as much.
        package.writestr("fakta/kedja.jsonl", "[" + "[],{}," * 5_000_000)
        package.writestr("fakta/summor.txt", "".join(f"{number:064x}\n" for number in range(200_000)))
    assert refused(path).what in ("arkivet är för stort", "filen är orimligt stor uppackad")


@pytest.mark.parametrize(
    "comment",
    ["# a" + " " * MANY + "b", "#" + " " * MANY + "b", "# avtal: x" + "," * MANY + "y", "#a: x" + ";\t" * 9_000 + "y"],
    ids=["heading", "spaces", "commas", "mixed"],
)  # fmt: skip
def test_a_comment_is_read_in_time_that_grows_with_its_length(tmp_path: Path, comment: str) -> None:
    assert len(read(tmp_path / "t.csv", (comment + "\n") * 20 + HEAD + ROW).facts) == 1


@pytest.mark.parametrize(
    ("comment", "agreement"),
    [
        ("# avtal: norrmalm-2016", "norrmalm-2016"),
        ('"# avtal: norrmalm-2016",,,', "norrmalm-2016"),
        ("#avtal=norrmalm-2016;;", "norrmalm-2016"),
        ("# avtal  :  norrmalm-2016", "norrmalm-2016"),
    ],
)
def test_a_comment_says_what_holds_for_every_row(tmp_path: Path, comment: str, agreement: str) -> None:
    text = f"{comment}\n" + "id;typ;datum;organ\nm1;meeting_held;2026-03-12;coordinators\n"
    assert read(tmp_path / "t.csv", text).facts[0].agreement == agreement


@pytest.mark.parametrize(
    "day", ["2026-03-12T00:00" + " " * 9_000 + "x", "2026-03-12" + "T" * 9_000 + "0:00x", "a" + "\u0301\u0323" * 4_000]
)
def test_a_value_is_read_in_time_that_grows_with_its_length(tmp_path: Path, day: str) -> None:
    rows = "".join(ROW.replace("2026-03-12", day).replace("m1", f"m{number}") for number in range(30))
    with pytest.raises(Rejected) as caught:
        read(tmp_path / "t.csv", HEAD + rows)
    assert len(caught.value.problems) >= 30


def test_more_loose_marks_than_any_writing_has_are_no_text(tmp_path: Path) -> None:
    problem = refused_text(tmp_path, ROW.replace("coordinators", "a" + "\u0301" * 31))
    assert (problem.what, problem.why) == (
        "värdet på body kan inte läsas som text", "fler än 30 lösa tecken står ovanpå en bokstav",
    )  # fmt: skip
    heading = "organ" + "\u0323\u0301" * 40_000
    assert len(refused_text(tmp_path, ROW, HEAD.replace("organ", heading)).what) < 100


def refused_text(folder: Path, row: str, head: str = HEAD) -> Problem:
    (folder / "t.csv").write_text(head + row, encoding="utf-8")
    return refused(folder / "t.csv")


@given(st.text(st.sampled_from("aåé\u0301\u0323 ")))
def test_composed_text_is_what_the_standard_says_for_all_that_anybody_writes(text: str) -> None:
    assert composed(text) == (text if stacked(text) else unicodedata.normalize("NFC", text))


def test_a_table_with_more_columns_than_anybody_fills_in_is_refused_once(tmp_path: Path) -> None:
    head = HEAD.strip() + ";" + ";".join(f"x{number}" for number in range(15_000)) + "\n"
    problem = refused_text(tmp_path, ROW, head)
    assert (problem.what, problem.why) == ("tabellen är för bred", "den har 15005 kolumner, och 200 kan läsas")
    assert len(read(tmp_path / "t.csv", HEAD.strip() + ";" * 15_000 + "\n" + ROW.strip() + ";" * 15_000).facts) == 1


def test_an_import_of_more_than_memory_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact_files, "LINES", 3)
    monkeypatch.setattr(fact_files, "FAULTY", 2)
    rows = [ROW.replace("m1", f"m{number}") for number in range(4)]
    assert len(read(tmp_path / "t.csv", HEAD + "".join(rows[:3])).facts) == 3
    assert refused_text(tmp_path, "".join(rows)).what == "det är för många rader"
    monkeypatch.setattr(fact_files, "LINES", 9)
    with pytest.raises(Rejected) as caught:
        read(tmp_path / "t.csv", HEAD + "x\n" * 5, partial=True)
    assert caught.value.problems[-1].what == "det är för många fel för att läsa in resten"


@pytest.mark.parametrize("number", [1, 50, 51, 52, 8_000])
def test_a_list_of_errors_is_told_as_fifty_and_a_number(number: int) -> None:
    found = [Problem(f"fel {one}", "x", "y", "z") for one in range(number)]
    told = few(found)
    assert told[:50] == found[:50]
    assert len(told) == min(number, SHOWN + 1)
    assert few(told) == told
    if number > 51:
        assert str(told[-1]) == f"x: {number - 50} fel till. de 50 första visas. Åtgärd: rätta dem och försök igen."
    assert len(str(Rejected(found)).splitlines()) == len(told)


WIDE = "\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""The signs = + - @ as wide as an ideogram, and small ones."""
FORMULAS = ("=1+1", "+1", "-1", "@a", "|a", "%a", "'a", " =1", *(f"{sign}1+1" for sign in WIDE), f"\u00a0{WIDE}")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_may_run_is_disarmed_in_whatever_width_it_is_written(text: str) -> None:
    assert disarmed(text) == f"'{text}"


@given(st.text(st.sampled_from("=+-@|%' \tab1" + WIDE)))
def test_a_disarmed_text_comes_back_as_it_was(text: str) -> None:
    assert rearmed(disarmed(text)) == text


@pytest.mark.parametrize("id_", ["--help", "-x", "--", "-1", "=1", "../x", ".", "a b", ""])
def test_no_fact_is_called_what_a_command_or_a_path_is(tmp_path: Path, id_: str) -> None:
    row = ROW.replace("m1", id_) if id_ else ROW.replace("m1", '""')
    if not id_:
        assert read(tmp_path / "t.csv", HEAD + row).facts[0].id  # an empty cell states none, and the fact gets one
        return
    assert refused_text(tmp_path, row).what == f"'{id_}' kan inte vara beteckning på en registrering"


CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260312T100000\r\nSUMMARY:{}\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    "title",
    ["(inställt " * 100_000, "inställt " * 100_000, "Re:" * 300_000, "\\n" * 400_000],
    ids=["brackets", "words", "forwarded", "breaks"],
)
def test_a_title_without_end_is_looked_at_as_far_as_titles_go(tmp_path: Path, title: str) -> None:
    path = tmp_path / "k.ics"
    path.write_text(CALENDAR.format(title), encoding="utf-8")
    assert read_calendar(path, date(2027, 1, 1), lambda _: True).events == 1


def test_lines_that_go_on_without_end_are_put_together_once() -> None:
    soft = b"SUMMARY;ENCODING=QUOTED-PRINTABLE;X=" + b"QUOTED-PRINTABLE" * 20_000 + b":a" + b"=\n b" * 200_000
    lines = content(b"BEGIN:VCALENDAR\n" + soft + b"\nEND:VCALENDAR\n", "k.ics").lines
    assert [line.name for line in lines] == ["BEGIN", "SUMMARY", "END"]
    assert lines[1].value == "a" + "b" * 200_000


def test_parts_inside_each_other_are_kept_as_deep_as_anybody_looks() -> None:
    lines = [Line(1, "BEGIN", "VCALENDAR")]
    lines += [Line(number, "BEGIN", f"X-{number}") for number in range(100_000)]
    lines += [Line(number, "END", "X-0") for number in range(100_000)] + [Line(1, "END", "VCALENDAR")]
    found = parts(lines, "k.ics").calendars
    assert len(found) == 1 and found[0].whole
    depth, one = 0, found[0]
    while one.parts:
        depth, one = depth + 1, one.parts[0]
    assert depth <= DEEPEST


def test_a_calendar_that_names_zones_without_end_looks_up_a_few(tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART;TZID=Zon {0}:20260312T100000\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    path = tmp_path / "k.ics"
    events = "".join(event.format(number) for number in range(2_000))
    path.write_text(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n", encoding="utf-8")
    assert len(read_calendar(path, date(2027, 1, 1), lambda _: True).occasions) == 2_000


def test_faults_of_a_rule_file_are_looked_through_once_and_each_says_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clause = '  k{0}: {{at: {{section: "1"}}, norm: shall, when: {{each: year}}, what: {{zq_{0}: {{}}}}}}'
    head = "instrument: lokal\ntitle: Lokal\nlevel: local\ndocument: x.txt\nparties: [a, b]\nterm: {from: 2024-01-01}"
    path = tmp_path / "lokal.yaml"
    path.write_text("\n".join([head, "clauses:", *(clause.format(number) for number in range(60))]), encoding="utf-8")
    looked: list[object] = []
    real = undeclared.undeclared

    def counted(instrument: Instrument) -> Mapping[str, tuple[str, ...]]:
        looked.append(instrument)
        return real(instrument)

    monkeypatch.setattr(undeclared, "undeclared", counted)
    with pytest.raises(Rejected) as caught:
        read_rulebook([path])
    assert len(caught.value.problems) == 60
    assert len(looked) == 1
    assert max(len(str(one)) for one in caught.value.problems) < 500
