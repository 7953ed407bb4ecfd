"""What a report and a hand-over say, and as what they are written: text, page, PDF and workbook, of real registers."""

import re
import sys
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.service.command_line import NOW, RULES, call, said

from avtalsvakt.answers import report as r
from avtalsvakt.answers.assessing import gather_material
from avtalsvakt.answers.handover import make_handover
from avtalsvakt.answers.report import Report, make_report
from avtalsvakt.answers.year_picture import MISSED, lanes
from avtalsvakt.reporting import as_html
from avtalsvakt.reporting.axis import Axis
from avtalsvakt.reporting.day_words import day_words, listed, time_words
from avtalsvakt.reporting.document import Document, Picture
from avtalsvakt.reporting.picture import svg, told
from avtalsvakt.reporting.reasons import without_command
from avtalsvakt.reporting.report_document import report_document
from avtalsvakt.settings import Settings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
YEAR = date(2025, 1, 1), date(2025, 12, 31)
OSTERMALM = "ostermalm-2020"


@pytest.fixture(scope="session")
def ostermalm() -> Report:
    """Östermalm's year 2025, judged from the example file."""
    material = gather_material(Settings(NOW), files=sorted(FIXTURES.glob("*.csv")), as_of=NOW.date())
    return make_report(material, *YEAR, [OSTERMALM])


@pytest.fixture(scope="session")
def document(ostermalm: Report) -> Document:
    return report_document(ostermalm)


def by_title(report: Report, title: str) -> r.Requirement:
    return next(one for one in report.agreements[0].requirements if one.title == title and not one.source)


def test_a_report_says_what_was_required_done_late_and_missed_and_why(ostermalm: Report) -> None:
    group = by_title(ostermalm, "Styrgruppen träffas två gånger 2025")
    assert group.outcome == r.MISSED and [one.date for one in group.done] == [date(2025, 5, 20)]
    assert [part.heading for part in group.reasons] == ["Räknas inte", "Består"]
    assert "mötet blev inte av" in group.reasons[0].lines[0]
    late = by_title(ostermalm, "Parterna bifogar den reviderade lägesbilden 2025")
    assert late.outcome == r.LATE and late.late_days == (date(2026, 3, 25),)
    assert by_title(ostermalm, "Parterna reviderar överenskommelsen 2025").outcome == r.IN_TIME


def test_a_no_stands_in_the_report_with_the_day_it_was_given(ostermalm: Report) -> None:
    denied = [one for one in ostermalm.agreements[0].questions if one.outcome == r.MISSED]
    assert len(denied) >= 2
    assert all(one.done for one in denied)


def test_every_duty_of_the_report_had_its_last_day_or_its_act_in_the_time(ostermalm: Report) -> None:
    for one in ostermalm.agreements[0].requirements:
        days: list[date] = [one.verdict.due] if one.verdict.due else [fact.date for fact in one.done]
        assert any(YEAR[0] <= day <= YEAR[1] for day in days), one.title
        assert one.verdict.due or all(YEAR[0] <= fact.date <= YEAR[1] for fact in one.done)


def test_the_numbers_are_those_of_the_rows(ostermalm: Report) -> None:
    assert sum(ostermalm.counts().values()) == len(ostermalm.agreements[0].requirements)


def test_years_side_by_side_hold_each_dated_duty_once() -> None:
    material = gather_material(Settings(NOW), files=[FIXTURES / "vaxholm-2023.csv"], as_of=NOW.date())
    years = [make_report(material, date(year, 1, 1), date(year, 12, 31), ["vaxholm-2023"]) for year in (2024, 2025)]
    both = make_report(material, date(2024, 1, 1), date(2025, 12, 31), ["vaxholm-2023"])
    keys = [one.verdict.duty for part in years for one in part.agreements[0].requirements if one.verdict.due]
    assert len(keys) == len(set(keys))
    assert set(keys) == {one.verdict.duty for one in both.agreements[0].requirements if one.verdict.due}


def test_what_two_texts_ask_for_is_one_lane_and_what_was_missed_is_marked(ostermalm: Report) -> None:
    found = lanes(ostermalm.agreements[0], *YEAR)
    meetings = [one for one in found if one.title.startswith("Styrgruppen träffas två gånger")]
    assert len(meetings) == 1 and len(meetings[0].requirements) == 2
    assert [(mark.kind, mark.day) for mark in meetings[0].marks] == [
        ("done", date(2025, 5, 20)),
        (MISSED, date(2025, 12, 31)),
    ]


def test_the_picture_is_xml_with_a_mark_for_each_and_a_text_twin(ostermalm: Report, document: Document) -> None:
    pictures = [one for one in document.blocks if isinstance(one, Picture)]
    for picture in pictures:
        drawn = ET.fromstring(svg(picture))
        marks = [one for one in drawn.iter() if one.get("transform")]
        assert len(marks) == sum(len(lane.marks) for lane in picture.lanes)
        assert "Samma uppgifter står som text" in (drawn.get("aria-label") or "")
        lines = list(told(picture))
        assert len(lines) == len(picture.lanes)
    assert any("1 av 2 (gjort i tid 20 maj; inte gjort i tid 31 december)" in one for one in told(pictures[0]))


def test_the_page_stands_alone_and_prints_on_a4(document: Document) -> None:
    page = as_html.page(document)
    assert not re.search(r"(?:src|href|url)\s*[=(]|<script|<link|@import", page)
    assert "size: A4" in page and '<html lang="sv">' in page
    assert page.count("<h1>") == 1 and page.count("<table>") == page.count("</table>")


def test_what_somebody_wrote_is_text_on_the_page() -> None:
    page = as_html.page(Document("<b>A</b>", "a & b", '"c"', ()))
    assert "<b>A" not in page and "&lt;b&gt;A&lt;/b&gt;" in page and "a &amp; b" in page


def run(db: Path, *words: object) -> str:
    done = call("--db", db, *RULES, *words)
    assert done.code == 0, done.err
    return done.out


TIME = ("--from", "2026-01-01", "--to", "2026-12-31", "--agreement", "lokal")


def test_a_report_is_written_as_text_page_and_workbook(run_db: Path, tmp_path: Path) -> None:
    text = run(run_db, "report", *TIME)
    assert text.startswith("Lokalt avtal (påhittat) 2026\n") and "VAD SOM KRÄVDES OCH VAD SOM GJORDES" in text
    assert all(len(line) <= 100 for line in text.splitlines())
    page, sheet = tmp_path / "r.html", tmp_path / "r.xlsx"
    assert run(run_db, "report", *TIME, "--out", page) == f"Skrev {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    run(run_db, "report", *TIME, "--out", sheet)
    book = load_workbook(BytesIO(sheet.read_bytes()))
    assert book.sheetnames[:2] == ["Sammanfattning", "Krav"]
    assert [cell.value for cell in book["Krav"][1]] == ["Krav", "Sista dag", "Gjort", "Utfall"]
    assert all(cell.data_type != "f" for one in book for row in one.iter_rows() for cell in row)


def test_a_report_never_replaces_a_file(run_db: Path, tmp_path: Path) -> None:
    there = tmp_path / "r.html"
    there.write_text("kvar", encoding="utf-8")
    refused = call("--db", run_db, *RULES, "report", *TIME, "--out", there)
    assert refused.code == 2
    assert refused.err == said("filen finns redan", str(there), "den skrivs aldrig över", "ange ett annat namn")
    assert there.read_text(encoding="utf-8") == "kvar"


def pdf_can_be_set() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError without Pango
        return False
    return True


def test_pdf_is_set_by_the_extra(run_db: Path, tmp_path: Path) -> None:
    if not pdf_can_be_set():
        pytest.skip("WeasyPrint or Pango is not installed")
    run(run_db, "report", *TIME, "--out", tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")


def test_without_the_extra_the_way_to_a_pdf_is_told(
    run_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where it is not installed
    target = tmp_path / "r.pdf"
    refused = call("--db", run_db, *RULES, "report", *TIME, "--out", target)
    assert refused.code == 2 and not target.exists()
    assert refused.err == said(
        "det går inte att skriva PDF här",
        str(target),
        "det kräver biblioteket WeasyPrint, som inte är installerat",
        "installera avtalsvakt[pdf] (docs/drift.md), eller skriv .html och spara som PDF i webbläsaren",
    )


def test_a_form_or_a_time_that_there_is_not_is_refused_before_anything_is_judged(run_db: Path) -> None:
    odd = call("--db", run_db, *RULES, "report", *TIME, "--out", "r.docx")
    assert odd.code == 2
    assert odd.err == said(
        "filen kan inte skrivas",
        "r.docx",
        ".docx är ingen form som programmet skriver",
        "välj bland .html, .pdf, .xlsx, .txt",
    )
    turned = call("--db", run_db, *RULES, "report", "--from", "2026-02-01", "--to", "2026-01-01")
    assert turned.code == 2
    assert turned.err == said(
        "perioden är bakvänd",
        "--from",
        "--from 2026-02-01 är senare än --to 2026-01-01",
        "skriv den första dagen i --from",
    )


def test_a_hand_over_names_what_is_open_why_what_comes_and_who_is_asked() -> None:
    material = gather_material(Settings(NOW), files=sorted(FIXTURES.glob("*.csv")), as_of=NOW.date())
    found = make_handover(material, OSTERMALM)
    assert {one.verdict.status for one in found.late} <= {"overdue", "recommendation_not_met", "not_evaluated"}
    assert all(one.reasons for one in found.late)
    assert all(one.verdict.due is None for one in found.undated)
    assert [one.date for one in found.meetings] == sorted(one.date for one in found.meetings)
    assert found.meetings and all(one.date >= NOW.date() for one in found.meetings)
    assert "kommunpolis" in [one.function for one in found.asked]
    assert all(one.verdict.attest == asked.function for asked in found.asked for one in asked.questions)


def test_the_hand_over_is_written_for_a_reader_without_a_command_line(run_db: Path) -> None:
    text = run(run_db, "handover", "--agreement", "lokal")
    assert text.startswith("Överlämning: Lokalt avtal (påhittat)\n") and "avtalsvakt correct" not in text
    assert (
        without_command("uppgift om källor: avtalsvakt correct ost-070 sources=…") == "uppgift om källor: rätta ost-070"
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2024, 1, 1), date(2025, 12, 31), "2024–2025"),
        (date(2025, 3, 1), date(2025, 6, 30), "1 mars–30 juni 2025"),
        (date(2024, 12, 31), date(2025, 1, 1), "31 december 2024–1 januari 2025"),
    ],
)
def test_a_time_is_said_as_people_say_it(start: date, end: date, words: str) -> None:
    assert time_words(start, end) == words


def test_days_say_no_more_than_is_known() -> None:
    assert day_words(date(2025, 5, 1), 2025, "month") == "maj"
    assert day_words(date(2025, 1, 1), None, "year") == "2025" == day_words(date(2025, 1, 1), 2025, "year")
    assert listed(["a", "b", "c"]) == "a, b och c" and listed(["a"]) == "a" and listed([]) == ""


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 4000), st.integers(0), st.integers(0))
def test_days_stand_in_their_order_along_the_axis(start: date, length: int, one: int, other: int) -> None:
    axis = Axis(start, start + timedelta(days=length), 100, 500)
    first, last = sorted(start + timedelta(days=number % (length + 1)) for number in (one, other))
    assert 100 <= axis.place(first) <= axis.place(last) <= 600
    ticks = [place for place, _ in axis.ticks()]
    assert ticks and all(before <= after for before, after in pairwise(ticks))
