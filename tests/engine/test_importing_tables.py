"""Tables as spreadsheets and databases write them: midnights, headings, columns, sheets, and what was left of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.engine.test_importing import KNOWN, NOW

from avtalsvakt_engine.importing.columns import Columns
from avtalsvakt_engine.importing.fact_files import Batch, read_files
from avtalsvakt_rules.problems import Rejected

HEAD = "id;typ;avtal;datum;organ;ordförande\n"
ROW = "m1;meeting_held;ostermalm-2020;2026-03-12;coordinators;polisen\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str, columns: Columns = Columns(), name: str = "t.csv") -> Batch:  # noqa: B008 - a constant
    Path(name).write_text(text, encoding="utf-8")
    return read_files([Path(name)], KNOWN, NOW, columns=columns)


def refused(text: str, columns: Columns = Columns()) -> list[str]:  # noqa: B008 - a constant
    with pytest.raises(Rejected) as caught:
        read(text, columns)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "written", ["2026-03-12 00:00:00", "2026-03-12 00:00", "2026-03-12T00:00:00", "2026-03-12 00:00:00.000",
                "2026-03-12T00:00:00Z", "  2026-03-12 00:00:00 ", "2026-03-12 0:00:00"],
)  # fmt: skip
def test_a_day_with_the_midnight_that_databases_write_is_a_day(written: str) -> None:
    assert str(read(HEAD + ROW.replace("2026-03-12", written)).facts[0].date) == "2026-03-12"


def test_the_days_of_attributes_and_of_json_lines_are_days_too() -> None:
    head = "typ;avtal;datum;organ;planned_for\n"
    fact = read(head + "meeting_cancelled;ostermalm-2020;2026-03-12;coordinators;2026-03-20 00:00:00\n").facts[0]
    assert fact.text("planned_for") == "2026-03-20"
    line = '{"kind":"meeting_held","agreement":"ostermalm-2020","date":"2026-03-12T00:00:00","body":"coordinators"}\n'
    assert str(read(line, name="t.jsonl").facts[0].date) == "2026-03-12"


@pytest.mark.parametrize("written", ["2026-03-12 13:00:00", "2026-03-11T23:00:00.000Z"])
def test_a_day_with_another_hour_is_refused(written: str) -> None:
    assert "kan inte läsas" in refused(HEAD + ROW.replace("2026-03-12", written))[0]


AGAIN = (HEAD, "\ufeff" + HEAD, HEAD.upper(), "id;kind;agreement;date;body;chair\n", "Id;Typ;Avtal;Datum;Organ;\n")


@pytest.mark.parametrize("again", AGAIN)
def test_a_second_row_of_headings_is_called_that(again: str) -> None:
    said = "t.csv:3: rubrikerna står två gånger. filen är kanske sammanslagen av flera. Åtgärd: ta bort den här raden."
    assert refused(HEAD + ROW + again + ROW.replace("m1", "m2")) == [said]


def test_a_title_above_the_headings_is_told_with_their_row() -> None:
    [told] = refused("Möten 2026;;;;;\n;;;;;\n" + HEAD + ROW)
    assert told == (
        "t.csv:1: rubrikraden är inte först i tabellen. den står 2 rader längre ned, under det som står här. "
        "Åtgärd: ta bort raderna ovanför rubrikerna."
    )


@pytest.mark.parametrize("separator", "|^~")
def test_another_separator_is_named(separator: str) -> None:
    [told] = refused((HEAD + ROW).replace(";", separator))
    assert told == (
        f"t.csv:1: rubrikraden går inte att dela upp i celler. de skiljs åt med {separator}, som inte är komma, "
        f"semikolon eller tabb. Åtgärd: spara tabellen med semikolon, eller skriv sep={separator} på en rad överst."
    )
    assert len(read(f"sep={separator}\n" + (HEAD + ROW).replace(";", separator)).facts) == 1


FOREIGN = "Nr;Händelse;avtal;Hölls den;organ;Diarienr\n" + ROW


def test_columns_are_mapped_and_left() -> None:
    batch = read(FOREIGN, Columns.stated(["Hölls den=datum", "Nr=id"], ["Diarienr"], None))
    assert (batch.facts[0].id, str(batch.facts[0].date), batch.facts[0].text("chair")) == ("m1", "2026-03-12", None)
    assert batch.accounts[0].columns == ["Diarienr"]
    assert list(batch.accounts[0].left()) == ["kolumnen Diarienr"]


def test_a_heading_that_names_nothing_says_how_to_map_it() -> None:
    told = refused(FOREIGN)
    assert [one.split(". ")[0] for one in told] == [
        "t.csv:1:1: rubriken 'Nr' finns inte", "t.csv:1:4: rubriken 'Hölls den' finns inte",
        "t.csv:1:6: rubriken 'Diarienr' finns inte",
    ]  # fmt: skip
    assert all(one.endswith("=FÄLT' eller --ignore '" + one.split("'")[1] + "'.") for one in told)


@pytest.mark.parametrize(
    ("mapped", "ignored", "said"),
    [
        (["Dag=datum"], [], "rubriken 'dag' finns inte"),
        ([], ["Kommentar"], "rubriken 'kommentar' finns inte"),
        (["organ=orgn"], [], "fältet 'orgn' finns inte"),
        (["organ=datum"], [], "rubriken 'organ' står två gånger"),
    ],
)
def test_columns_that_cannot_be_mapped_are_told(mapped: list[str], ignored: list[str], said: str) -> None:
    assert any(said in one for one in refused(HEAD + ROW, Columns.stated(mapped, ignored, None)))


@pytest.mark.parametrize("mapped", [["Dag"], ["=datum"], ["Dag="], ["a=id", "A=kind"]])
def test_options_that_make_no_sense_are_refused(mapped: list[str]) -> None:
    with pytest.raises(Rejected):
        Columns.stated(mapped, [], None)


def book(path: str, **sheets: Sequence[Sequence[Any]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return Path(path)


CELLS = [HEAD.strip().split(";"), ROW.strip().split(";")]
MORE = [CELLS[0], ["m2", *CELLS[1][1:3], "2026-04-16", *CELLS[1][4:]]]


def test_sheets_that_were_not_read_are_told_and_may_be_chosen() -> None:
    path = book("t.xlsx", A=CELLS, B=MORE, Tomt=[])
    first = read_files([path], KNOWN, NOW)
    assert [one.id for one in first.facts] == ["m1"]
    assert (first.accounts[0].sheet, list(first.accounts[0].left())) == ("A", ["bladet B (2 rader)"])
    chosen = read_files([path], KNOWN, NOW, columns=Columns.stated([], [], "b"))
    assert [one.id for one in chosen.facts] == ["m2"]


@pytest.mark.parametrize(
    ("sheets", "sheet", "said"),
    [
        ({"A": CELLS}, "C", "bladet 'C' finns inte. arbetsboken har inget sådant blad. Åtgärd: välj bland A"),
        ({"Tomt": [], "B": CELLS}, None,
         "filen är tom. bladet Tomt har inga rader. Åtgärd: ange bladet som ska läsas med --sheet (B)"),
        ({"A": [[*CELLS[0], *[None] * 200, "längst bort"], CELLS[1]]}, None, "tabellen är för bred. 200 kolumner kan"),
    ],
)  # fmt: skip
def test_sheets_that_cannot_be_read_are_told(sheets: dict[str, Any], sheet: str | None, said: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_files([book("t.xlsx", **sheets)], KNOWN, NOW, columns=Columns.stated([], [], sheet))
    assert said in str(caught.value.problems[0])


def test_a_calendar_with_the_name_of_a_table_is_called_that() -> None:
    assert refused("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") == [
        (
            "t.csv: filen är ingen tabell. innehållet är en kalender, men namnet slutar på .csv. "
            "Åtgärd: ge filen ett namn som slutar på .ics."
        )
    ]
