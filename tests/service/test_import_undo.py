"""An import is remembered, and taken back whole with one reason. All facts are invented."""

import json
from pathlib import Path

import pytest
from tests.service.command_line import RULES, Answer, call, said

pytestmark = pytest.mark.usefixtures("alone")

HEAD = "id;typ;avtal;datum;organ\n"
ROWS = [f"u{day};meeting_held;lokal;2026-09-{day};local_steering_group\n" for day in (10, 11, 12)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "höst.csv"
    path.write_text(HEAD + "".join(ROWS), encoding="utf-8")
    return path


def told(db: Path, *words: object) -> Answer:
    return call("--db", db, *RULES, *words)


def shown(db: Path) -> list[str]:
    found = json.loads(told(db, "facts", "list", "--since", "2026-09-10", "--format", "json").out)["facts"]
    return [one["id"] for one in found if one["id"].startswith("u")]


def listed(db: Path) -> list[list[str]]:
    return [line.split() for line in told(db, "import", "--list").out.splitlines()[1:]]


def test_imports_are_listed_with_what_of_them_still_stands(db: Path, table: Path) -> None:
    told(db, "import", table)
    assert listed(db)[-1] == ["2", "2026-11-22", "08:00", "samordnare", "3", "3", "höst.csv"]
    told(db, "retract", "u10", "--reason", "dubbelt")
    assert listed(db)[-1][4:6] == ["3", "2"]


def test_an_import_is_taken_back_with_one_reason(db: Path, table: Path) -> None:
    told(db, "import", table)
    told(db, "retract", "u10", "--reason", "dubbelt")
    done = told(db, "import", "--undo", "2", "--reason", "fel fil")
    assert (done.code, done.out.splitlines()[0]) == (
        0, "Återkallade 2 registreringar ur import 2 (höst.csv); 1 var redan återkallade.",
    )  # fmt: skip
    assert shown(db) == []
    history = json.loads(told(db, "facts", "history", "u11", "--format", "json").out)
    assert "fel fil" in json.dumps(history, ensure_ascii=False)
    assert told(db, "verify").code == 0


def test_what_was_taken_back_may_be_put_back(db: Path, table: Path) -> None:
    told(db, "import", table)
    told(db, "import", "--undo", "2", "--reason", "fel fil")
    assert listed(db)[-1][-3:] == ["återkallar", "import", "2"]
    told(db, "import", "--undo", "3", "--reason", "det var rätt fil")
    assert shown(db) == ["u10", "u11", "u12"]
    assert [row[5] for row in listed(db)[1:]] == ["3", "0", "3"]


def test_a_dry_run_takes_nothing_back(db: Path, table: Path) -> None:
    told(db, "import", table)
    before = db.read_bytes()
    done = told(db, "import", "--undo", "2", "--reason", "fel fil", "--dry-run")
    assert done.out.startswith("Skulle återkalla 3 registreringar ur import 2 (höst.csv).")
    assert db.read_bytes() == before


def test_an_import_that_added_nothing_is_none(db: Path, table: Path) -> None:
    told(db, "import", table)
    told(db, "import", table)
    assert len(listed(db)) == 2


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--undo", "9", "--reason", "x"),
         ("import 9 finns inte", "--undo", "registret har import 1", "se 'avtalsvakt import --list'")),
        (("--undo", "1"), ("skälet saknas", "--reason", "en återkallelse anger alltid varför",
                           'skriv --undo 1 --reason "fel kalender"')),
        (("--list", "--undo", "1"), ("--undo har ingen verkan här", "--undo", "flaggan gäller inte en lista",
                                     "utelämna den")),
        ((), ("det står inte vad som ska läsas in", "FIL", "kommandot läser filer",
              "ange en fil, --list eller --undo NUMMER")),
        (("--list", "a.csv"), ("det står både en fil och --list", "a.csv", "en import listas eller återkallas för sig",
                               "gör en sak i taget")),
        (("--confirm", "a.csv"), ("--confirm har ingen verkan här", "--confirm", "flaggan gäller inte en tabell",
                                  "utelämna den")),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(db: Path, words: tuple[str, ...], problem: tuple[str, str, str, str]) -> None:
    done = told(db, "import", *words)
    assert (done.code, done.err) == (2, said(*problem))


def test_an_import_that_is_gone_has_nothing_left(db: Path, table: Path) -> None:
    told(db, "import", table)
    told(db, "import", "--undo", "2", "--reason", "fel fil")
    done = told(db, "import", "--undo", "2", "--reason", "fel fil")
    assert done.err == said(
        "import 2 har inget kvar att återkalla", "--undo", "alla dess registreringar är redan återkallade",
        "se 'avtalsvakt import --list'",
    )  # fmt: skip
