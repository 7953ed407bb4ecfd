"""Every list as a sheet for Swedish Excel and as Markdown, out of the one CSV form; keys are never broken."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.command_line import RULES, call, said

from avtalsvakt.formats import as_csv
from avtalsvakt.formats.retold import BOM, as_markdown, for_excel
from avtalsvakt.words.column_titles import CODED, TITLES, column_title
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.importing.file_lines import IN_WORDS
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

LISTS = (
    ("status",),
    ("overdue",),
    ("upcoming",),
    ("assess", "--agreement", "lokal"),
    ("facts", "list"),
    ("changes",),
    ("rules", "readings"),
    ("forecast", "--until", "2027-06-30"),
    ("agenda", "local_steering_group"),
    ("calendar", "list"),
    ("runs",),
    ("rules", "list"),
)
OF_ALL = (
    ("attest", "ostermalm-2020"),
    ("rules", "clauses", "--instrument", "ostermalm-2020"),
    ("what-if", "--suppose", "möte hållet 2026-12-10 lokal styrgrupp", "--agreement", "ostermalm-2020"),
    ("history", "ostermalm-2020.styrgrupp-moten.2025"),
    ("assess", "--as-of", "2017-12-01", "--compare", "HALVAR"),
    ("rules", "findings"),
    ("rules", "try", "vaxholm-2023", "--clause", "styrgrupp-moten"),
)
"""Lists about the agreements that come with the program."""
EMPTY_HERE = (
    "address", "answers", "choices", "escalates", "holder", "last_fetched", "last_used", "notices", "only", "operator",
    "refused", "rhythm", "role", "tries", "uses",
)  # fmt: skip
"""Columns of lists about subscribers, recipients, letters and links: the example register has none of them."""


def told(db: Path, *words: object) -> str:
    done = call("--db", db, *RULES, *words)
    assert done.code in (0, 1), done.err
    return done.out


def table(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_is_told_in_every_form(run_db: Path, words: tuple[str, ...]) -> None:
    hold_in_every_form(run_db, words)


@pytest.mark.usefixtures("among_all")
@pytest.mark.parametrize("words", OF_ALL, ids=" ".join)
def test_every_list_about_what_comes_with_the_program_is_too(run_db: Path, words: tuple[str, ...]) -> None:
    hold_in_every_form(run_db, words)


def hold_in_every_form(run_db: Path, words: tuple[str, ...]) -> None:
    """Hold the list as a sheet and as Markdown against the same in CSV."""
    plain = table(told(run_db, *words, "--format", "csv"), ",")
    sheet_text = told(run_db, *words, "--excel")
    sheet, lines = table(sheet_text.removeprefix(BOM), ";"), told(run_db, *words, "--format", "md").splitlines()
    assert sheet_text.startswith(BOM) and len(plain) > 1
    assert len(sheet) == len(plain) and len(lines) == len(plain) + 1
    assert [name for name in plain[0] if not named(name)] == [], "a column is called what programs call it"
    coded = [name for name in plain[0] if name in CODED]
    assert len(sheet[0]) == len(plain[0]) + len(coded) and len(set(sheet[0])) == len(sheet[0])
    assert not [title for title in sheet[0] if "_" in title or title != title[:1].upper() + title[1:]]
    codes = [place for place, title in enumerate(sheet[0]) if not beside(title, sheet[0])]
    assert [[row[place] for place in codes] for row in sheet[1:]] == plain[1:]


def named(column: str) -> bool:
    """Whether somebody has given the column a Swedish title."""
    return column in TITLES or column in labels.STATUSES or column in load().labels


def test_columns_of_lists_that_are_empty_here_are_named_too() -> None:
    assert [name for name in EMPTY_HERE if not named(name)] == []


def beside(title: str, titles: list[str]) -> bool:
    """Whether the column holds the words for the codes of the one before it."""
    return title.endswith(IN_WORDS) and title.removesuffix(IN_WORDS) in titles


def test_a_status_stands_beside_its_code(run_db: Path) -> None:
    sheet = table(told(run_db, "overdue", "--excel").removeprefix(BOM), ";")
    place = sheet[0].index("Status")
    assert sheet[0][place + 1] == "Status i ord"
    assert {tuple(row[place : place + 2]) for row in sheet[1:]} == {("overdue", "försenad")}


@pytest.mark.usefixtures("among_all")
def test_a_form_of_questions_for_excel_is_read_back(db: Path, tmp_path: Path) -> None:
    rows = table(told(db, "attest", "ostermalm-2020", "--excel").removeprefix(BOM), ";")
    answer, form = rows[0].index(column_title("statement")), tmp_path / "intyg.csv"
    filled = [rows[0], [*rows[1][:answer], "ja", *rows[1][answer + 1 :]]]
    form.write_text(BOM + "".join(";".join(row) + "\r\n" for row in filled), encoding="utf-8")
    told(db, "import", form)
    assert "svarat »ja«" in told(db, "facts", "list", "--kind", "attestation", "--agreement", "Östermalm")


def test_two_forms_at_once_are_refused(run_db: Path) -> None:
    refused = call("--db", run_db, *RULES, "overdue", "--excel", "--format", "json")
    assert refused.code == 2
    assert refused.err == said(
        "två former är valda", "--excel", "--excel är en form av csv, och --format json en annan", "ange bara en av dem"
    )


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_a_key_is_whole_at_every_width_and_what_is_piped_knows_none(
    run_db: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = told(run_db, "upcoming", "--days", "800")
    monkeypatch.setenv("COLUMNS", str(columns))
    assert told(run_db, "upcoming", "--days", "800") == piped and "\x1b" not in piped
    monkeypatch.setenv("FORCE_COLOR", "1")
    seen = told(run_db, "upcoming", "--days", "800")
    keys = [row[0] for row in table(told(run_db, "assess", "--agreement", "lokal", "--format", "csv"), ",")[1:]]
    shown = [key for key in keys if f" {key}" in piped]
    assert shown and all(key in seen for key in shown)


def test_a_list_without_rows_is_no_table() -> None:
    assert for_excel("") == BOM and as_markdown("") == ""


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(sorted(labels.STATUSES))), min_size=1, max_size=5))
def test_nothing_is_lost_on_the_way_to_a_sheet(rows: list[tuple[str, str]]) -> None:
    plain = as_csv.rows([{"title": title, "status": status} for title, status in rows])
    sheet = table(for_excel(plain).removeprefix(BOM), ";")
    assert [row[0] for row in sheet[1:]] == [row[0] for row in table(plain, ",")[1:]]
    assert [row[1:] for row in sheet[1:]] == [[status, labels.status(status)] for _, status in rows]


@given(st.text(max_size=40))
def test_a_row_of_markdown_is_one_line_with_its_columns(text: str) -> None:
    lines = as_markdown(as_csv.rows([{"title": text, "duty": "x"}])).split("\n")
    assert len(lines) == 4
    assert lines[2].replace("\\\\", "").replace("\\|", "").count("|") == 3


def test_titles_are_distinct_where_they_stand_in_one_list() -> None:
    titles = [column_title(name) for name in as_csv.COLUMNS]
    assert len(titles) == len(set(titles)) and set(as_csv.COLUMNS) - set(TITLES) <= {"agreement"}
