"""A register of the first format becomes one of the second: all or nothing, with everything that it held."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.engine.first_world import HEAD, SEAL, first_register, its_rules, with_an_odd_seal
from tests.engine.meetings import meeting

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import runs_to_replay, verify_register
from avtalsvakt_engine.storage.conclusions.changes import changes_of
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.conclusions.verdict_text import to_text
from avtalsvakt_engine.storage.database.backups import backup, check_backup
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.database.restoring import restore
from avtalsvakt_engine.storage.facts.rows import SELECT, from_rows
from avtalsvakt_engine.storage.facts.sealing import Kept
from avtalsvakt_rules.problems import Rejected

NOW = datetime(2025, 8, 1, 10, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return first_register(Path("r.db"))


def told(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a register of the first format says, in its own words."""
    queries = {
        "facts": "SELECT arrival, id, kind, agreement, date, recorded, recorder, hash FROM facts",
        "verdicts": "SELECT duty, agreement, since, until, content FROM verdicts ORDER BY duty",
        "changes": "SELECT run, duty, agreement, was, status, reason FROM changes ORDER BY rowid",
        "violations": "SELECT duty, agreement, life, raised_on, known_on, changed_on FROM violations ORDER BY 4, 1",
        "lives": "SELECT run, duty, life, day FROM violation_history ORDER BY rowid",
        **{name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in SAME},
    }
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}


SAME = (
    "runs", "seals", "rule_texts", "rulebooks", "cells", "instruments", "findings", "clock_turns", "rule_folders",
    "calendar_events", "calendar_agreements", "calendar_labels", "calendar_refreshes", "calendar_entries",
    "subscriptions",
)  # fmt: skip


def test_nothing_is_lost(path: Path) -> None:
    was = told(path)
    with open_register(path) as register:
        connection, store = register.connection, Store(register.connection)
        facts = [
            (one.arrival, one.id, one.kind, one.agreement, one.date.isoformat(), one.recorded, one.recorder)
            for one in from_rows(connection.execute(f"{SELECT} ORDER BY arrival"))
        ]  # fmt: skip
        assert facts == [row[:7] for row in was["facts"]]
        assert [row[7] for row in was["facts"]] == [one for (one,) in connection.execute("SELECT hash FROM facts")]
        verdicts = sorted(store.verdicts(), key=lambda one: one.duty)
        assert [
            (one.duty, one.agreement, one.since.isoformat(), one.until and one.until.isoformat(), to_text(one))
            for one in verdicts
        ] == was["verdicts"]
        runs = range(1, 11)
        changes = [
            (one, each.duty, each.agreement, each.was, each.status, each.reason)
            for one in runs
            for each in changes_of(connection, one)
        ]
        assert changes == was["changes"]
        assert [
            (one.duty, one.agreement, one.life, *map(str, (one.raised_on, one.known_on, one.changed_on)))
            for one in store.violations()
        ] == was["violations"]  # fmt: skip
        every = "SELECT * FROM violations UNION ALL SELECT * FROM violation_history"
        lives = f"SELECT run, duty, life, changed_on FROM ({every}) ORDER BY id"
        assert connection.execute(lives).fetchall() == was["lives"]
        for name in SAME:
            assert connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() == was[name], name
        found = verify_register(register, noted=HEAD)
        assert (found.problems, found.facts, found.runs, found.head, found.seal) == ((), 11, 10, HEAD, SEAL)


def test_it_goes_on_by_the_new_rule_and_old_heads_still_hold(path: Path, decider: Decider) -> None:
    with open_register(path) as register:
        register.append([meeting(9, date(2025, 7, 30))], now=NOW)
        assert [one for (one,) in register.connection.execute("SELECT rule FROM facts")] == [1] * 11 + [2]
        run(register, its_rules(register), decider, date(2025, 8, 1), None, "2025-08-01T04:15:00+02:00")
        found = verify_register(register, decider, runs_to_replay(register, ()), noted=HEAD)
        # With today's way to read rules the last run was made again first, if they are not what they were.
        assert (found.problems, found.facts) == ((), 12) and found.runs in (11, 12)
        assert register.connection.execute("SELECT * FROM second_format").fetchall() == [(1, 11, HEAD, 10, SEAL)]


def test_no_fact_is_sealed_by_the_old_rule_after_one_by_the_new(path: Path) -> None:
    with open_register(path) as register:
        register.append([meeting(9, date(2025, 7, 30))], now=NOW)
        register.append([meeting(10, date(2025, 7, 31))], now=NOW, kept={"m10": Kept(1, {})})
        assert register.connection.execute("SELECT rule FROM facts WHERE id = 'm10'").fetchone() == (2,)
        assert register.verify() == ()


def test_a_verdict_that_was_true_since_another_day_than_its_history_says(tmp_path: Path, decider: Decider) -> None:
    """The first format overwrote since and until; what they were is kept as what the last run renewed."""
    change = "UPDATE verdicts SET since = '2025-02-02', until = '2026-02-02' WHERE duty = 'lokal.moten.2025-H1'"
    path = first_register(tmp_path / "r.db", change)
    with open_register(path) as register:
        assert register.connection.execute("SELECT run, count(*) FROM renewals").fetchone() == (10, 1)
        verdict = Store(register.connection).verdict("lokal.moten.2025-H1")
        assert verdict is not None and (verdict.since, verdict.until) == (date(2025, 2, 2), date(2026, 2, 2))
        assert register.connection.execute("SELECT count(*) FROM sealed_texts").fetchone() == (0,)
        assert verify_register(register, decider).problems == ()


def test_a_seal_that_does_not_follow_from_the_columns_keeps_its_text(tmp_path: Path) -> None:
    """As where a cell had got another name, and the first format saw no earlier verdict."""
    path = with_an_odd_seal(first_register(tmp_path / "r.db"))
    with open_register(path) as register:
        assert register.connection.execute("SELECT run FROM sealed_texts").fetchall() == [(4,)]
        assert verify_register(register).problems == ()


NOT_WHOLE = {
    "a fact": ("DROP TRIGGER facts_no_update", "UPDATE facts SET recorder = 'annan' WHERE arrival = 3",
               "registrering m3 (nr 3): registreringen är ändrad"),
    "a hole": ("DROP TRIGGER facts_no_delete", "DELETE FROM facts WHERE arrival = 3", "registreringar saknas"),
    "a verdict in history": ("DROP TRIGGER changes_no_update", "UPDATE changes SET since = '2020-01-01' WHERE run = 2",
                             "körning 2: körningen är ändrad"),
    "a seal": ("DROP TRIGGER seals_no_update",
               "UPDATE seals SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE run = 3",
               "körning 3: körningen är ändrad"),
    "a head": ("DROP TRIGGER seals_no_delete", "UPDATE runs SET head = 3 WHERE id = 9",
               "körning 9: körningen såg andra registreringar"),
    "a latest verdict": ("SELECT 1", "UPDATE verdicts SET status = 'waived' WHERE duty = 'lokal.moten.2025-H1'",
                         "verdiktet om lokal.moten.2025-H1 stämmer inte med historiken"),
    "a violation": ("SELECT 1", "UPDATE violations SET life = 'cured' WHERE duty = 'lokal.moten.2025-H1'",
                    "överträdelsen av lokal.moten.2025-H1 stämmer inte med historiken"),
}  # fmt: skip


@pytest.mark.parametrize(("guard", "change", "expected"), NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_what_does_not_hold_is_refused_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guard: str, change: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = first_register(Path("r.db"), guard, change)
    before = path.read_bytes()
    with pytest.raises(Rejected) as caught:
        open_register(path)
    (problem,) = caught.value.problems
    assert problem.what == "registret kan inte föras över till det nya formatet"
    assert problem.where.endswith("r.db")
    assert problem.why.startswith("det som står i det är inte det som skrevs: ") and expected in problem.why
    assert problem.remedy == "återställ en säkerhetskopia; registret är orört"
    assert path.read_bytes() == before


def statements(path: Path) -> int:
    """How many statements the migration carries out."""
    count = 0

    def one_more(_: str) -> None:
        nonlocal count
        count += 1

    shutil.copy(path, "counted.db")
    migrated(Path("counted.db"), one_more)
    return count


def migrated(path: Path, trace) -> None:
    """Open the register, with a function that is told of every statement before it is carried out."""
    real = sqlite3.connect

    def traced(*arguments, **options):
        connection = real(*arguments, **options)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = traced
    try:
        open_register(path).close()
    finally:
        sqlite3.connect = real


def killed(path: Path, number: int) -> None:
    """Open the register in a process of its own, which is killed before its `number`th statement."""
    child = os.fork()
    if child == 0:
        left = number

        def strike(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        migrated(path, strike)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, number


def left_at(path: Path, numbers: Collection[int]) -> Iterator[Path]:
    """The register as a process leaves it that is killed before these statements: its files, copied there and then.

    What is read stays open meanwhile: a process that closes a file gives up its own locks on it.
    """
    left = 0
    with ExitStack() as opened:

        def copied(_: str) -> None:
            nonlocal left
            left += 1
            if left in numbers:
                folder = Path(f"at-{left}")
                folder.mkdir()
                for name in Path().glob("struck.db*"):
                    (folder / name.name).write_bytes(opened.enter_context(name.open("rb")).read())

        shutil.copy(path, "struck.db")
        migrated(Path("struck.db"), copied)
    yield from (Path(f"at-{number}") / "struck.db" for number in numbers)


def steps_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (steps,) = connection.execute("SELECT max(number) FROM schema_version").fetchone()
    return int(steps)


def test_killed_at_every_step_it_is_what_it_was_or_what_it_becomes(path: Path) -> None:
    was, total = told(path), statements(path)
    assert total > 500
    numbers = sorted({*range(1, total, 41), *range(total - 20, total + 1)})
    outcomes = []
    for struck in left_at(path, numbers):
        outcomes.append(steps_of(struck))
        if outcomes[-1] == 7:
            assert told(struck) == was
        with open_register(struck) as register:
            assert register.head().hash == HEAD
            assert register.count() == 11
            assert register.verify() == ()
    assert set(outcomes) == {7, len(MIGRATIONS)}
    for number, steps in [*zip(numbers, outcomes, strict=True)][:: len(numbers) // 4]:
        shutil.copy(path, "killed.db")
        killed(Path("killed.db"), number)
        assert steps_of(Path("killed.db")) == steps, "a process that is killed leaves what was copied"
        for name in Path().glob("killed.db*"):
            name.unlink()


def test_a_backup_of_the_first_format_is_checked_and_restored(path: Path, tmp_path: Path) -> None:
    old = check_backup(path, "kopia")
    assert (old.facts, old.runs, old.head) == (11, 10, HEAD)
    done = restore(path, tmp_path / "here.db", NOW)
    assert done.copy.head == HEAD
    with open_register(tmp_path / "here.db", read_only=True) as register:
        assert verify_register(register).problems == ()
        new = backup(register, tmp_path / "ny.db")
    assert (new.facts, new.runs, new.head) == (11, 10, HEAD)


def test_a_changed_backup_of_the_first_format_is_refused(tmp_path: Path) -> None:
    change = "UPDATE changes SET content = replace(content, 'overdue', 'pending') WHERE run = 2"
    path = first_register(tmp_path / "kopia.db", "DROP TRIGGER changes_no_update", change)
    with pytest.raises(Rejected, match="körning 2: körningen är ändrad"):
        check_backup(path, "kopia.db")


def test_it_is_read_only_after_it_has_been_brought_over(path: Path) -> None:
    with pytest.raises(Rejected, match="registret är äldre än programmet"):
        open_register(path, read_only=True)
    assert told(path)["facts"]
