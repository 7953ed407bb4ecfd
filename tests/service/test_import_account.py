"""An import says what it saw and what it left; packed files say what to do; a damaged size loses no row."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.service.command_line import RULES, call, said

pytestmark = pytest.mark.usefixtures("alone")

HEAD = ("typ", "avtal", "datum", "organ", "anteckning")
ROWS = [("möte hållet", "lokal", f"2026-09-{day}", "local_steering_group", "x") for day in (10, 11, 12)]


def workbook(path: Path, dimension: str | None = None) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in (HEAD, *ROWS):
        made.active.append(row)
    made.create_sheet("Gammalt").append(HEAD)
    data = io.BytesIO()
    made.save(data)
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if dimension and name.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{dimension}"'.encode(), content)
            target.writestr(name, content)
    return path


@pytest.mark.parametrize("dimension", [None, "A1", "A1:B2", "A1:XFD1048576", "C3"])
def test_what_a_sheet_says_of_its_size_loses_no_row(dimension: str | None, db: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", dimension)
    done = call("--db", db, *RULES, "import", "--ignore", "Anteckning", path)
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "3 nya registreringar.",
        "  lokal: 3",
        "Läst: 1 fil, 3 rader.",
        f"  {path}, bladet Sheet: lästes inte: kolumnen anteckning; bladet Gammalt (1 rader)",
    ]


@pytest.mark.parametrize(
    ("name", "why", "remedy"),
    [
        ("Takeout/Kalender/möten.ics",
         "den innehåller 1 filer som är kalendrar (.ics), och är inget arkiv från 'avtalsvakt export'",
         "packa upp den och läs in kalendrarna: avtalsvakt import *.ics"),
        ("möten.xlsx", "den innehåller 1 filer som är tabeller, och är inget arkiv från 'avtalsvakt export'",
         "packa upp den och läs in filerna i den"),
    ],
)  # fmt: skip
def test_packed_files_say_what_to_do(name: str, why: str, remedy: str, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(name, "x")
    done = call("--db", db, *RULES, "import", path)
    assert (done.code, done.err) == (2, said("filen är packad", str(path), why, remedy))
