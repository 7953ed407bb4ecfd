"""Nothing can be changed behind the program's back without being found, and where it was is said."""

import hashlib
import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.new_registers import new_register
from tests.engine.proof_world import RULES, behind_its_back, filled, rules

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs import run as nights
from avtalsvakt_engine.runs.verifying import Verification, runs_to_replay, verify_register
from avtalsvakt_engine.storage.conclusions.log import log
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.facts.rows import SELECT, from_rows
from avtalsvakt_engine.storage.facts.sealing import Kept, seal_fact
from avtalsvakt_engine.storage.integrity.hash_tree import Growing, leaf
from avtalsvakt_engine.storage.proof.seals import seal_text, sealed
from avtalsvakt_engine.storage.runs.roots import put_roots
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import read_rulebook


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> Path:
    folder = tmp_path_factory.mktemp("original")
    filled(folder / "r.db", rules(folder / "rules"), decider)
    return folder / "r.db"


@pytest.fixture
def path(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(original, "r.db")
    return Path("r.db")


def verified(path: Path, decider: Decider, noted: str | None = None) -> Verification:
    with open_register(path, read_only=True) as register:
        return verify_register(register, decider, runs_to_replay(register, (), everything=True), noted=noted)


def told(path: Path, decider: Decider) -> list[str]:
    return [f"{one.where}: {one.what}" for one in verified(path, decider).problems]


def test_an_honest_register(path: Path, decider: Decider) -> None:
    found = verified(path, decider)
    assert found.problems == ()
    assert (found.facts, found.runs) == (5, 2)
    assert [(one.run.id, one.duties, one.differences) for one in found.replays] == [(1, 6, ()), (2, 8, ())]


FACTS: dict[str, str] = {
    "what": "UPDATE facts SET attributes = replace(attributes, 'local', 'city') WHERE id = 'm3'",
    "in whose words": "UPDATE fact_texts SET said = replace(said, 'ordförande 3', 'ordförande 9') WHERE fact = 3",
    "one word fewer": "UPDATE fact_texts SET said = '{}' WHERE fact = 3",
    "one word more": "UPDATE fact_texts SET said = replace(said, '}', ',\"x\":\"y\"}') WHERE fact = 3",
    "a salt": "UPDATE fact_texts SET salts = replace(salts, ':\"', ':\"x') WHERE fact = 3",
    "a digest": "UPDATE facts SET digests = replace(digests, ':\"', ':\"x') WHERE id = 'm3'",
    "a leaf": "UPDATE facts SET leaf = zeroblob(32) WHERE id = 'm3'",
    "the rule": "UPDATE facts SET rule = 1 WHERE id = 'm3'",
    "when": "UPDATE facts SET date = '2024-04-11' WHERE id = 'm3'",
    "recorded": "UPDATE facts SET recorded = '2024-01-01T00:00:00+01:00' WHERE id = 'm3'",
    "who": "UPDATE fact_texts SET recorder = 'annan' WHERE fact = 3",
    "nobody": "UPDATE fact_texts SET recorder = NULL WHERE fact = 3",
    "kind": "UPDATE facts SET kind = 'meeting_scheduled' WHERE id = 'm3'",
    "agreement": "UPDATE facts SET agreement = 'annat' WHERE id = 'm3'",
    "precision": "UPDATE facts SET precision = 'month' WHERE id = 'm3'",
    "unreadable day": "UPDATE facts SET date = 'i går' WHERE id = 'm3'",
    "unreadable values": "UPDATE facts SET attributes = '{' WHERE id = 'm3'",
    "spaces": "UPDATE facts SET attributes = replace(attributes, ':', ': ') WHERE id = 'm3'",
    "hash": "UPDATE facts SET hash = 'x' || substr(hash, 2) WHERE id = 'm3'",
}


@pytest.mark.parametrize("statement", FACTS.values(), ids=FACTS)
def test_a_changed_fact_is_located(path: Path, decider: Decider, statement: str) -> None:
    with behind_its_back(path) as connection:
        connection.execute(statement)
    assert "r.db, registrering m3 (nr 3): registreringen är ändrad" in told(path, decider)


def test_every_changed_fact_is_located_on_its_own(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE fact_texts SET recorder = 'annan' WHERE fact IN (1, 4)")
    chain = [one for one in told(path, decider) if "registrering " in one]
    assert chain == [
        "r.db, registrering m1 (nr 1): registreringen är ändrad",
        "r.db, registrering m4 (nr 4): registreringen är ändrad",
    ]


def test_a_missing_fact_is_located(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("DELETE FROM facts WHERE id IN ('m2', 'm3')")
    assert told(path, decider)[0] == "r.db, registrering m4 (nr 4): registreringar saknas: nr 2–3"


def test_a_number_beyond_all_facts_takes_no_room(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE fact_texts SET fact = 1 << 62 WHERE fact = 5")
        connection.execute("UPDATE facts SET arrival = 1 << 62 WHERE arrival = 5")
    assert f"registreringar saknas: nr 5–{(1 << 62) - 1}" in told(path, decider)[0]


@pytest.mark.parametrize("moment", ["", "2024-13-01T00:00:00+01:00", "0"])
def test_a_moment_that_is_none_is_found_whoever_knows_how_the_chain_is_made(
    path: Path, decider: Decider, moment: str
) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE facts SET recorded = ? WHERE id = 'm1'", (moment,))
        rehash(connection)
    assert "r.db, registrering m1 (nr 1): registreringen är ändrad" in told(path, decider)
    found = verified(path, decider).replays
    assert {one.impossible for one in found} == {"en registrering som den såg kan inte läsas längre"}


def test_the_last_facts_cannot_be_cut_off(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("DELETE FROM facts WHERE id = 'm5'")
    assert "r.db: körning 2 såg fler registreringar än det finns" in told(path, decider)


def test_a_fact_whose_hash_was_recomputed_breaks_the_next(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE fact_texts SET recorder = 'annan' WHERE fact = 2")
        rehash(connection, only="m2")
    assert told(path, decider)[0] == "r.db, registrering m3 (nr 3): registreringen är ändrad"


def test_a_chain_that_was_recomputed_meets_the_runs(path: Path, decider: Decider) -> None:
    before = verified(path, decider).head
    with behind_its_back(path) as connection:
        connection.execute("UPDATE fact_texts SET recorder = 'annan' WHERE fact = 5")
        rehash(connection)
    found = verified(path, decider).problems
    whats = ["körning 2 såg andra registreringar", "körningens rötter stämmer inte"]
    assert [one.what for one in found] == whats
    assert found[0].why == "kedjan har en annan kontrollsumma vid nummer 5: något i 5–5 är utbytt"
    with behind_its_back(path) as connection:  # and whoever goes on to the runs
        connection.execute("UPDATE runs SET head_hash = (SELECT hash FROM facts WHERE id = 'm5') WHERE id = 2")
        reroot(connection)
        reseal(connection)
    assert told(path, decider) == []
    noted = [one.what for one in verified(path, decider, noted=before).problems]
    assert noted == [f"kontrollsumman {before[:16]}… finns inte i kedjan"]


RUNS: dict[str, tuple[str, str]] = {
    "a verdict in history": (
        "UPDATE verdict_history SET status = 'fulfilled' WHERE id = 2",
        "r.db, körning 1, verdict_history: det tidigare verdiktet om lokal.moten.2024-H2 är ändrat",
    ),
    "a step taken out": ("DELETE FROM verdict_history WHERE run = 1 AND id = 2", "r.db, körning 1: slutsatser saknas"),
    "the day of a run": ("UPDATE runs SET as_of = '2024-07-04' WHERE id = 1", "r.db, körning 1: körningen är ändrad"),
    "a violation's life": ("DELETE FROM violations", "r.db, körning 2: körningens rötter stämmer inte"),
    "a seal": ("DELETE FROM seals WHERE run = 1", "r.db, körning 1: körningen är inte förseglad"),
    "a run": ("DELETE FROM runs WHERE id = 1", "r.db, körning 2: körningar saknas"),
    "the last run": ("DELETE FROM runs WHERE id = 2", "r.db: körning 2 saknas"),
    "a standing violation": (
        "UPDATE violations SET life = 'cured'",
        "r.db, körning 2, violations: överträdelsen av lokal.revideras.2024 är ändrad",
    ),
    "when it was known": (
        "UPDATE violations SET known_on = '2025-02-05'",
        "r.db, körning 2, violations: överträdelsen av lokal.revideras.2024 är ändrad",
    ),
    "a current verdict": (
        "UPDATE verdicts SET status = 'fulfilled' WHERE status = 'overdue'",
        "r.db, körning 2, verdicts: verdiktet om lokal.revideras.2024 är ändrat",
    ),
}


@pytest.mark.parametrize(("statement", "expected"), RUNS.values(), ids=RUNS)
def test_a_changed_result_is_located(path: Path, decider: Decider, statement: str, expected: str) -> None:
    with behind_its_back(path) as connection:
        assert connection.execute(statement).rowcount > 0
    assert expected in told(path, decider)


def test_a_result_that_was_sealed_anew_does_not_follow(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE verdicts SET status = 'fulfilled' WHERE status = 'overdue'")
        retally(connection)
        for entry in list(log(connection)):
            hash_ = leaf((entry.line or "").encode())
            connection.execute(f"UPDATE {entry.table} SET leaf = ? WHERE id = ?", (hash_, entry.id))
        reroot(connection)
        reseal(connection)
    found = verified(path, decider).problems
    assert [one.where for one in found] == ["r.db, körning 2 (2025-01-05)"]
    assert found[0].why == "lokal.revideras.2024: status är fulfilled i registret och overdue vid omräkning"


def test_changed_rules_are_found(path: Path, decider: Decider) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE rule_texts SET text = replace(text, 'half_year', 'quarter')")
    found = told(path, decider)
    assert any("rule_texts" in one and one.endswith("en sparad regelfil är ändrad") for one in found)
    assert sum(one.endswith("körningen kan inte räknas om") for one in found) == 2


def test_guards_that_were_taken_away_are_missed(path: Path, decider: Decider) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER facts_no_update")
    connection.execute("CREATE TRIGGER sly AFTER INSERT ON facts BEGIN DELETE FROM verdicts; END")
    connection.close()
    assert told(path, decider) == [
        "r.db: spärren (triggern) facts_no_update som skyddar historiken saknas",
        "r.db: spärren (triggern) sly hör inte hit",
    ]


@pytest.mark.parametrize("table", ["verdict_history", "roots", "second_format", "seals", "rule_texts", "rulebooks"])
def test_the_database_refuses_to_change_history(path: Path, table: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="history is never changed or deleted"):
        connection.execute(f"DELETE FROM {table}")
    connection.close()


def test_a_run_is_worked_out_by_the_rules_of_its_night(path: Path, decider: Decider, tmp_path: Path) -> None:
    """The file has changed since; the run has not."""
    today = rules(tmp_path / "later", RULES.replace("each: year", "each: half_year"))
    with open_register(path) as register:
        found = verify_register(register, decider, runs_to_replay(register, [1]), current=today)
    assert found.problems == ()
    assert [one.run.id for one in found.replays] == [1]


def test_a_run_that_does_not_exist(path: Path) -> None:
    with open_register(path) as register, pytest.raises(Rejected, match="körning 9 finns inte"):
        runs_to_replay(register, [9])


def test_the_seals_can_be_followed_from_their_description_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    before, lines = "0" * 64, list[str]()
    for run in connection.execute("SELECT * FROM runs ORDER BY id").fetchall():
        query = "SELECT facts, last, conclusions, states, rules FROM roots WHERE run = ?"
        lines.append(compact(["run", *run, *connection.execute(query, run[:1]).fetchone()]))
        text = compact([*json.loads(lines[-1]), tree(lines)])
        before = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
        assert connection.execute("SELECT hash FROM seals WHERE run = ?", run[:1]).fetchone() == (before,)
    connection.close()


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def tree(lines: list[str]) -> str:
    """The root of a tree over lines, by its definition."""

    def over(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        half = max(2**n for n in range(20) if 2**n < len(leaves))
        return hashlib.sha256(b"\x01" + over(leaves[:half]) + over(leaves[half:])).digest()

    return over([hashlib.sha256(b"\x00" + one.encode()).digest() for one in lines]).hex()


def rehash(connection: sqlite3.Connection, only: str | None = None) -> None:
    """What somebody does who knows how the chain is made."""
    before = "0" * 64
    rows = connection.execute(f"{SELECT} ORDER BY arrival").fetchall()
    for *before_it, recorded, recorder, text, said in rows:
        fact = replace(next(from_rows([(*before_it, "2024-01-01", recorder, text, said)])), recorded=recorded)
        if only in (None, fact.id):
            row = connection.execute("SELECT salts FROM fact_texts WHERE fact = ?", (fact.arrival,)).fetchone()
            made = seal_fact(fact, before, Kept(2, json.loads(row[0])))
            values = (canonical(made.digests), made.hash, made.leaf, fact.id)
            connection.execute("UPDATE facts SET digests = ?, hash = ?, leaf = ? WHERE id = ?", values)
        (before,) = connection.execute("SELECT hash FROM facts WHERE id = ?", (fact.id,)).fetchone()


def reroot(connection: sqlite3.Connection) -> None:
    """What somebody does who knows how the roots are made."""
    connection.execute("DELETE FROM roots")
    trees: dict[int, Growing] = {}
    last: dict[int, int] = {}
    for entry in list(log(connection)):
        trees.setdefault(entry.run, Growing()).add(entry.leaf)
        last[entry.run] = entry.id
    for run in sorted(trees):
        put_roots(connection, run, last[run], trees[run].root())


def retally(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM tallies")
    counted = "SELECT agreement, status, count(*) FROM verdicts GROUP BY agreement, status"
    connection.execute(f"INSERT INTO tallies {counted}")


def reseal(connection: sqlite3.Connection) -> None:
    """What somebody does who knows how the seals are made."""
    before = "0" * 64
    for (run,) in connection.execute("SELECT id FROM runs ORDER BY id").fetchall():
        before = sealed(before, seal_text(connection, run))
        connection.execute("UPDATE seals SET hash = ? WHERE run = ?", (before, run))


def test_a_night_on_which_only_an_agreements_own_state_changed(decider: Decider, tmp_path: Path) -> None:
    """Nothing is due and no term changes: the agreement merely begins."""
    quiet = "instrument: {0}\ntitle: {0}\nlevel: local\ndocument: x.txt\nparties: [a, b]\nterm: {{from: 2025-01-01}}\n"
    folder = tmp_path / "rules"
    folder.mkdir()
    paths = []
    for name in ("ett", "annat"):
        paths.append(folder / f"{name}.yaml")
        paths[-1].write_text(quiet.format(name) + "clauses: {}\n", encoding="utf-8")
    rulebook = read_rulebook(paths)
    with new_register(tmp_path / "r.db") as register:
        for day in (date(2024, 12, 31), date(2025, 1, 1)):
            nights.run(register, rulebook, decider, day, None, f"{day}T04:15:00+01:00")
        found = verify_register(register, decider, runs_to_replay(register, [2]))
    assert found.problems == ()
