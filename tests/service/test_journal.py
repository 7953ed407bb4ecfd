"""The journal of nights: every try is there, with what came of it, wherever it had to be kept meanwhile."""

import sqlite3
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.service.command_line import EXAMPLE, NOW, RULES, call
from tests.service.test_storing import on

from avtalsvakt import clock
from avtalsvakt.nightly import night as nights
from avtalsvakt.nightly import serving
from avtalsvakt.nightly.clock_watch import Glance, jump_words
from avtalsvakt.nightly.journalling import begin, write
from avtalsvakt.nightly.schedule import Nightly
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.runs.fallback_log import SIZE, fallback_file, keep, kept
from avtalsvakt_engine.storage.runs.night_log import FAILED, OUTCOMES, LogEntry, NightLog

pytestmark = pytest.mark.usefixtures("alone")


def journal(db: Path) -> list[LogEntry]:
    with open_register(db) as register:
        return NightLog(register.connection).latest()


def test_a_run_is_in_the_journal_with_what_it_saw_and_changed(db: Path) -> None:
    assert call("--db", db, *RULES, "run").code == 0
    [one] = journal(db)
    assert (one.outcome, one.cause, one.as_of, one.began) == ("done", "run", NOW.date(), NOW.isoformat())
    assert (one.run, one.facts, one.not_evaluated, one.why, one.clock) == (1, 9, 0, None, None)
    assert one.judged and one.judged == one.changed and one.seconds is not None and one.seconds > 0


def test_a_run_that_fails_is_in_the_journal_though_nothing_of_it_is_stored(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_: object, **__: object) -> None:
        raise ZeroDivisionError("räknefel")

    with monkeypatch.context() as patch:
        patch.setattr(nights, "_remember", breaking)  # when all is written, and nothing is committed
        assert call("--db", db, *RULES, "run").code == 70
    [one] = journal(db)
    assert (one.outcome, one.why, one.run) == ("failed", "ZeroDivisionError: räknefel", None)
    answer = call("--db", db, "runs")
    assert "misslyckades" in answer.out and "ZeroDivisionError: räknefel" in answer.out
    assert call("--db", db, "health").code == 1


def test_a_run_that_is_only_looked_at_leaves_nothing_and_one_that_was_not_stored_says_why(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("--db", db, *RULES, "run").code == 0
    assert call("--db", db, "run", "--as-of", "2018-06-01").code == 0
    assert len(journal(db)) == 1
    on("2026-11-20T04:15", monkeypatch)
    assert call("--db", db, "run").code == 1
    assert journal(db)[0].outcome == "not_stored"
    assert "en tidigare dag skulle ta tillbaka den" in str(journal(db)[0].why)


def test_a_try_that_never_ended_was_broken_off(db: Path) -> None:
    begin(Settings(NOW, db, (EXAMPLE,)), "serve")
    assert [one.outcome for one in journal(db)] == ["begun"]
    assert call("--db", db, *RULES, "run").code == 0
    assert [one.outcome for one in journal(db)] == ["done", "broken"]


def test_a_register_that_is_locked_has_its_tries_beside_it_until_it_can_be_written(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(open_register.__kwdefaults__ or {}, "timeout", 0.01)
    monkeypatch.setattr("avtalsvakt.nightly.journalling.PATIENCE", 0.01)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert call("--db", db, *RULES, "run").code == 2
    [waiting] = kept(db)
    assert (waiting.outcome, waiting.why) == (FAILED, "registret är upptaget: ett annat program skriver i det")
    assert "upptaget" in call("--db", db, "runs").out
    health = call("--db", db, "health")
    assert health.code == 1 and "FEL       journalen: 1 försök kunde inte skrivas i registret" in health.out
    other.execute("ROLLBACK")
    other.close()
    assert call("--db", db, *RULES, "run").code == 0
    assert kept(db) == [] and fallback_file(db).stat().st_size == SIZE
    assert [one.outcome for one in journal(db)] == ["done", "failed"]


def test_where_there_is_no_register_no_file_is_left_beside_it(tmp_path: Path) -> None:
    assert call("--db", tmp_path / "ingen.db", "run").code == 2
    assert list(tmp_path.iterdir()) == []


ENTRIES = st.builds(
    LogEntry,
    began=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(datetime.isoformat),  # noqa: DTZ001 - a text
    as_of=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    cause=st.sampled_from(["run", "serve"]),
    outcome=st.sampled_from(OUTCOMES),
    why=st.none() | st.text(min_size=1, max_size=1_500),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(ENTRIES, max_size=25))
def test_the_file_beside_keeps_its_size_and_the_latest_tries(
    tmp_path_factory: pytest.TempPathFactory, entries: list[LogEntry]
) -> None:
    db = tmp_path_factory.getbasetemp() / "bredvid.db"
    fallback_file(db).unlink(missing_ok=True)
    for one in entries:
        assert keep(db, one)
        assert fallback_file(db).stat().st_size == SIZE
    found = kept(db)
    shortened = [replace(one, why=one.why and one.why[:1_000]) for one in entries]
    assert found == shortened[len(entries) - len(found) :]
    assert not entries or found, "the latest always has room"


def test_a_file_beside_that_somebody_has_scribbled_in_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    one = LogEntry("2026-11-22T04:15:00+01:00", date(2026, 11, 22), "serve", FAILED)
    assert keep(db, one)
    content = fallback_file(db).read_bytes()
    fallback_file(db).write_bytes(b"\xffskrap\n[1]\n{}\n" + content)
    assert kept(db) == [one]


def test_what_was_carried_over_is_not_written_twice(db: Path) -> None:
    own = Settings(NOW, db)
    one = LogEntry("2026-11-22T04:15:00+01:00", date(2026, 11, 22), "serve", FAILED)
    for _ in range(2):  # as after a stop between writing and clearing
        keep(db, one)
        write(own, replace(one, began=NOW.isoformat(), outcome="done"))
    assert [found.outcome for found in journal(db)] == ["done", "done", "failed"]


@pytest.mark.parametrize(
    ("minutes", "ticks", "jump"),
    [(30, 1800, None), (30, 1770, None), (30, 0, 30), (-60, 60, -61), (5 * 24 * 60, 60, 5 * 24 * 60 - 1)],
)
def test_a_clock_that_was_set_is_seen_by_seconds_that_go_on_evenly(
    minutes: int, ticks: float, jump: int | None
) -> None:
    found = Glance(NOW, 0).jump(Glance(NOW + timedelta(minutes=minutes), ticks))
    assert found == (None if jump is None else timedelta(minutes=jump))


def test_summer_time_is_no_jump() -> None:
    before = datetime(2026, 10, 25, 1, 0, tzinfo=clock.STOCKHOLM)
    after = datetime(2026, 10, 25, 4, 0, tzinfo=clock.STOCKHOLM)
    assert Glance(before, 0).jump(Glance(after, 4 * 3600)) is None
    assert Glance(before, 0).jump(Glance(after, 3 * 3600)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("jump", "words"),
    [
        (timedelta(hours=2, minutes=5), "klockan ställdes fram 2 timmar och 5 minuter"),
        (-timedelta(minutes=1), "klockan ställdes tillbaka 1 minut"),
        (timedelta(days=1800, hours=1), "klockan ställdes fram 1800 dygn och 1 timme"),
    ],
)
def test_how_far_it_was_set_is_told(jump: timedelta, words: str) -> None:
    assert jump_words(jump) == words


def test_a_clock_that_is_set_during_a_run_is_told(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([NOW, *[NOW + timedelta(hours=3)] * 9])
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    monkeypatch.setattr(clock, "ticks", iter([0.0, 2.0]).__next__)
    one = begin(Settings(NOW, db), "run")
    entry = one.ended("done")
    assert (entry.seconds, entry.clock) == (2.0, 3 * 3600 - 2)
    assert entry.why == "klockan ställdes fram 3 timmar"


def test_a_clock_that_is_set_while_the_service_waits_is_told_and_the_next_night_reckoned_anew(
    run_db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch, woken = serving.Watch(Settings(NOW, run_db)), list[str]()

    class Woken(Nightly):
        def clock_was_set(self) -> None:
            super().clock_was_set()
            woken.append("woken")
            watch.stop.set()

    moments = iter([NOW, NOW + timedelta(seconds=30), NOW + timedelta(hours=5), *[NOW + timedelta(hours=5)] * 9])
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    monkeypatch.setattr(clock, "ticks", iter([0.0, 30.0, 60.0]).__next__)
    monkeypatch.setattr(serving, "LOOK_AT_CLOCK", 0.01)
    with Woken(lambda: True, time(4, 15), datetime.now(clock.STOCKHOLM)) as nightly:  # noqa: TID251 - the library's own
        serving._wait(watch, nightly)
    assert woken == ["woken"]
    assert "datorns klockan" not in capsys.readouterr().out
    [entry, *_] = journal(run_db)
    assert (entry.outcome, entry.clock) == ("clock", 5 * 3600 - 60)
    assert str(entry.why).startswith("klockan ställdes fram 4 timmar och 59 minuter")
