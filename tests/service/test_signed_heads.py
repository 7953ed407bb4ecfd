"""Signed heads kept elsewhere: whoever rewrites the register, with every sum in it, is found and located."""

import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils import Database
from tests.engine.meetings import meeting
from tests.engine.proof_world import FIRST, NOON, RULES, SECOND, behind_its_back, rules
from tests.service.archive_verifier import script
from tests.service.command_line import call, said

from avtalsvakt.nightly.kept_heads import keep_heads
from avtalsvakt.settings import HEADS
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.log import log
from avtalsvakt_engine.storage.database.backups import check_backup
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS, SIGNED_HEADS
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.integrity.hash_tree import leaf, root
from avtalsvakt_engine.storage.proof.seals import seal
from avtalsvakt_engine.storage.proof.signed_heads import read_heads, sign_head, signed_heads
from avtalsvakt_engine.storage.proof.signing import Signer, key_beside, signer
from avtalsvakt_engine.storage.runs.roots import put_roots
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook

pytestmark = pytest.mark.usefixtures("alone")


def key(path: Path) -> Signer:
    made = signer(path, make=True)
    assert made is not None
    return made


def night(path: Path, rulebook: Rulebook, decider: Decider, day: date, facts: list[Fact], by: Signer) -> None:
    """Record the facts, and judge as of the day."""
    with open_register(path, create=True) as register:
        register.append(facts, now=NOON.replace(year=day.year, month=day.month))
        run(register, rulebook, decider, day, None, f"{day}T04:15:00+02:00", signer=by)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> Path:
    """A folder: the register after its first night, after its second, and the heads of both kept elsewhere."""
    folder = tmp_path_factory.mktemp("heads")
    rulebook, own = rules(folder / "rules"), key(folder / "r.nyckel")
    first = [meeting(n, date(2024, n + 1, 10)) for n in range(1, 4)]
    night(folder / "r.db", rulebook, decider, FIRST, first, own)
    assert call("--db", folder / "r.db", "backup", folder / "old.db").code == 0
    night(folder / "r.db", rulebook, decider, SECOND, [meeting(5, date(2024, 9, 10))], own)
    with open_register(folder / "r.db") as register:
        assert keep_heads(register, folder / "elsewhere.jsonl") == ()
        assert keep_heads(register, folder / "elsewhere.jsonl") == ()  # nothing to add
    return folder


@pytest.fixture
def db(kept: Path, tmp_path: Path) -> Path:
    """The register after its second night, to be rewritten."""
    assert call("--db", kept / "r.db", "backup", tmp_path / "r.db").code == 0
    return tmp_path / "r.db"


def archived(db: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What the stand-alone verifier says of an archive of the register, against the heads."""
    assert call("--db", db, "--rules", kept / "rules", "export", db.with_suffix(".zip")).code == 0
    code = script().main([str(db.with_suffix(".zip")), str(kept / "elsewhere.jsonl")])
    return code, capsys.readouterr().out


def against(db: Path, kept: Path) -> tuple[int, str]:
    """What verify says against the heads."""
    done = call("--db", db, "--rules", kept / "rules", "verify", "--head", kept / "elsewhere.jsonl")
    return done.code, done.err + done.out


def alone(db: Path) -> list[str]:
    """What verify finds without anything from elsewhere."""
    with open_register(db, read_only=True) as register:
        return [str(one) for one in verify_register(register).problems]


def test_an_honest_register_continues_its_heads(db: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = against(db, kept)
    assert code == 0, said
    assert f"Registret fortsätter det som undertecknades efter körning 2 ({kept}/elsewhere.jsonl)." in said
    public = key(kept / "r.nyckel").public
    assert f"Undertecknade:   2 körningar, nyckel {public}\n" in said
    assert archived(db, kept, capsys) == (0, "Arkivet stämmer.\n")


def test_an_older_backup_in_its_place_is_found(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = Path(shutil.copy(kept / "old.db", tmp_path / "r.db"))
    assert alone(db) == []
    code, said = against(db, kept)
    assert code == 1
    assert "Stämmer inte: körning 2 saknas" in said
    assert "registret slutar med körning 1: det är ett äldre, eller så är körningar borttagna ur det" in said
    code, said = archived(db, kept, capsys)
    assert (code, "körning 2 saknas; arkivet slutar med körning 1" in said) == (1, True)


def test_an_edited_recorder_with_every_sum_worked_out_anew_is_found(
    kept: Path, tmp_path: Path, decider: Decider, capsys: pytest.CaptureFixture[str]
) -> None:
    db = Path(shutil.copy(kept / "old.db", tmp_path / "r.db"))
    other = replace(meeting(5, date(2024, 9, 10)), recorder="kansliet")
    night(db, rules(kept / "rules"), decider, SECOND, [other], key(tmp_path / "another.nyckel"))
    assert alone(db) == []
    code, said = against(db, kept)
    assert code == 1
    assert "Stämmer inte: registret fortsätter inte huvudet från körning 2" in said
    assert "efter körning 1, som stämmer, är registreringarna 4–4" in said
    assert "Nyckeln är en annan än den som undertecknade huvudena." in said
    code, said = archived(db, kept, capsys)
    assert code == 1
    assert "körning 2 slutade inte så (facts, runs, seal); till och med körning 1 stämmer det" in said


def test_a_rewritten_violation_with_every_sum_worked_out_anew_is_found(
    db: Path, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with behind_its_back(db) as connection:
        (number,) = connection.execute("SELECT max(id) FROM violations WHERE run = 2").fetchone()
        (last,) = connection.execute("SELECT last FROM roots WHERE run = 2").fetchone()
        connection.execute("UPDATE violations SET raised_on = '2024-12-24' WHERE id = ?", (number,))
        [line] = [entry.line for entry in log(connection) if entry.id == number]
        connection.execute("UPDATE violations SET leaf = ? WHERE id = ?", (leaf(str(line).encode()), number))
        for table in ("roots", "seals", "signed_heads"):
            connection.execute(f"DELETE FROM {table} WHERE run = 2")
        put_roots(connection, 2, last, root(one.leaf for one in log(connection) if one.run == 2))
        seal(connection, 2)
        sign_head(connection, 2, key(tmp_path / "another.nyckel"))
    assert alone(db) == []
    code, said = against(db, kept)
    assert code == 1
    assert "efter körning 1, som stämmer, är bedömningarna och överträdelserna något annat" in said
    code, said = archived(db, kept, capsys)
    assert code == 1
    assert "körning 2 slutade inte så (conclusions, runs, seal); till och med körning 1 stämmer det" in said


def test_a_deleted_last_run_is_found_and_does_not_lock_the_register(db: Path, kept: Path, decider: Decider) -> None:
    with behind_its_back(db) as connection:
        connection.execute("DELETE FROM runs WHERE id = 2")
    night(db, rules(kept / "rules"), decider, date(2025, 2, 5), [], key(kept / "r.nyckel"))
    with open_register(db) as register:
        assert [one for (one,) in register.connection.execute("SELECT id FROM runs ORDER BY id")] == [1, 3]
    assert any("numreringen hoppar från 1 till 3" in one for one in alone(db))
    code, said = against(db, kept)
    assert code == 1
    assert "Stämmer inte: körning 2 saknas" in said


def take_back(connection: sqlite3.Connection, step: int) -> None:
    """Make a register what it was after that many steps: without later tables, their sums, and later indexes."""
    before = Database(memory=True)
    for one in MIGRATIONS[:step]:
        one.apply(before)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    known = {name for (name,) in before.conn.execute(indexes)}
    for (name,) in connection.execute(indexes).fetchall():
        if name not in known:
            connection.execute(f"DROP INDEX {name}")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in tables - set(before.table_names()) - {"schema_version"}:
        connection.execute(f"DROP TABLE {name}")
        connection.execute("DELETE FROM sums WHERE name = ?", (name,))
    connection.execute("DELETE FROM schema_version WHERE number > ?", (step,))


def test_a_register_from_before_is_brought_over_and_signed_from_its_next_night(
    kept: Path, tmp_path: Path, decider: Decider
) -> None:
    db = Path(shutil.copy(kept / "old.db", tmp_path / "r.db"))
    with sqlite3.connect(db, isolation_level=None) as connection:
        take_back(connection, SIGNED_HEADS - 1)
    assert check_backup(db, "r.db").runs == 1
    night(db, rules(kept / "rules"), decider, SECOND, [], key(tmp_path / "r.nyckel"))
    assert alone(db) == []
    with open_register(db) as register:
        assert [(one.run, one.told["since"]) for one in signed_heads(register.connection)] == [(2, 2)]


def test_a_head_that_is_taken_out_or_rewritten_is_found(db: Path) -> None:
    for statement, told in (
        ("DELETE FROM signed_heads WHERE run = 2", "körning 2 är inte undertecknad"),
        ("UPDATE signed_heads SET signature = substr(signature, 2) || substr(signature, 1, 1)",
         "huvudets underskrift stämmer inte"),
        ("UPDATE signed_heads SET head = replace(head, '2024', '2023')", "det undertecknade huvudet är ett annat"),
    ):  # fmt: skip
        with behind_its_back(db) as connection:
            connection.execute("BEGIN")
            connection.execute(statement)
            connection.execute("COMMIT")
        assert any(told in one for one in alone(db)), statement


def test_a_printed_seal_is_held_against_the_register(db: Path, kept: Path) -> None:
    with sqlite3.connect(db) as connection:
        seals = [one for (one,) in connection.execute("SELECT hash FROM seals ORDER BY run")]
    for sum_, code in ((seals[0], 0), (seals[1].upper(), 0), ("0" * 64, 0), ("1" * 64, 1)):
        assert call("--db", db, "--rules", kept / "rules", "verify", "--head", sum_).code == code


@pytest.mark.parametrize("head", ["", "hufvuden.jsonl", "0" * 63, "."])
def test_what_is_neither_a_sum_nor_a_file_is_no_change_of_the_register(db: Path, head: str) -> None:
    done = call("--db", db, "verify", "--head", head)
    assert (done.code, done.out) == (2, "")
    assert done.err == said(
        f"'{head}' är inget att jämföra med",
        "--head",
        "en kontrollsumma och ett sigill har 64 siffror och bokstäver a–f, och någon fil med det namnet finns inte",
        "ange hela summan, eller rätt fil",
    )


def test_a_night_tells_that_what_is_kept_elsewhere_is_not_continued(
    db: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HEADS, str(tmp_path / "elsewhere.jsonl"))
    rules(tmp_path / "others", RULES.replace("Lokal (påhittad)", "En annan (påhittad)"))
    asked = ("--db", db, "--rules", tmp_path / "others", "run", "--as-of", "2025-03-01", "--store-anyway")
    done = call(*asked)
    assert done.code == 0, done.err
    kept_now = read_heads((tmp_path / "elsewhere.jsonl").read_text(), "x")
    assert [one.run for one in kept_now] == [1, 2, 3, 4]  # the last night again by other rules, and its own
    shutil.copy(kept / "old.db", db)
    done = call(*asked)
    assert done.code == 1
    assert "Huvudet är inte sparat: registret fortsätter inte huvudet från körning 2" in done.err
    assert read_heads((tmp_path / "elsewhere.jsonl").read_text(), "x") == kept_now


@pytest.mark.parametrize("line", ["", "{}", "x", '{"head": "{}", "public": "", "signature": ""}', "[" * 20_000])
def test_a_file_that_holds_no_heads_is_refused(db: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "h.jsonl").write_text(line + "\n", encoding="utf-8")
    done = call("--db", db, "verify", "--head", tmp_path / "h.jsonl")
    assert done.code == 2
    assert f"  Var:    {tmp_path}/h.jsonl:1\n  Varför: raden är inget undertecknat huvud\n" in done.err


def test_a_line_that_was_changed_elsewhere_is_told(db: Path, kept: Path, tmp_path: Path) -> None:
    first, second = (kept / "elsewhere.jsonl").read_text().splitlines()
    line = json.loads(second)
    line["head"] = line["head"].replace('"run":2', '"run":1')
    (tmp_path / "h.jsonl").write_text(f"{first}\n{json.dumps(line)}\n", encoding="utf-8")
    done = call("--db", db, "--rules", kept / "rules", "verify", "--head", tmp_path / "h.jsonl")
    assert (done.code, "h.jsonl:2\n  Varför: raden är ändrad, eller skriven utan nyckeln" in done.err) == (1, True)


def test_the_key_is_for_the_account_alone_and_another_file_is_refused(tmp_path: Path) -> None:
    path = key_beside(tmp_path / "r.db")
    assert signer(path) is None
    made = key(path)
    assert (path.name, oct(path.stat().st_mode & 0o777)) == ("r.nyckel", "0o600")
    assert key(path).public == made.public
    path.write_text("x")
    with pytest.raises(Rejected, match="den är ingen privat Ed25519-nyckel"):
        signer(path)


def test_the_verifier_without_the_program_checks_signatures_as_the_library_does(kept: Path, tmp_path: Path) -> None:
    with open_register(kept / "r.db", read_only=True) as register:
        heads = signed_heads(register.connection)
    for one in heads:
        assert script().signed(one.public, one.head.encode(), one.signature)
        assert not script().signed(one.public, one.head.encode() + b" ", one.signature)
        assert not script().signed(key(tmp_path / "b.nyckel").public, one.head.encode(), one.signature)
        assert not script().signed(one.public, one.head.encode(), one.signature[:-2])
        flipped = f"{int(one.signature[0], 16) ^ 1:x}{one.signature[1:]}"
        assert not script().signed(one.public, one.head.encode(), flipped)
