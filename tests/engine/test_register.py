"""The register of facts: added to and read, never changed, and clear about what is wrong with its file."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.new_registers import new_register

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.storage.database import migrations
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS, Migration
from avtalsvakt_engine.storage.database.register import Head, Register, open_register
from avtalsvakt_rules.problems import Rejected

NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
NEXT = NOW + timedelta(days=1)
MOMENT = "2026-11-22T14:30:00+01:00"
SLOTS: dict[str, Value] = {"body": "coordinators", "attendees": ("polisen", "staden")}


def meeting(id_: str, *, agreement: str = "alvsjo", chair: str | None = None, recorded: str = MOMENT) -> Fact:
    attributes = SLOTS if chair is None else {**SLOTS, "chair": chair}
    return Fact(id_, "meeting_held", agreement, date(2026, 3, 4), recorded, 0, "day", attributes, "samordnare")


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record(id_: str, target: str, **changes: object) -> Fact:
    kind = "record_corrected" if changes else "record_retracted"
    attributes: dict[str, Value] = {"target": target, "set": changes} if changes else {"target": target}
    return Fact(id_, kind, "alvsjo", date(2026, 3, 4), MOMENT, attributes=attributes, recorder="samordnare")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The address of a register in an empty folder, short enough to be read in messages."""
    monkeypatch.chdir(tmp_path)
    return Path("var/avtalsvakt.db")


@pytest.fixture
def register(path: Path):
    path.parent.mkdir()
    with new_register(path) as opened:
        yield opened


def said(caught: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_register(register: Register) -> None:
    assert register.head() == Head("0" * 64, 0)
    assert (register.count(), register.agreements(), list(register.facts()), register.verify()) == (0, (), [], ())


def test_what_is_added_is_read_in_the_order_it_arrived(register: Register) -> None:
    first = register.append([meeting("b"), meeting("a", agreement="vaxholm-2023")], now=NOW)
    second = register.append([record("r", "a", date="2026-03-05", chair=None, attendees=("x",))], now=NEXT)
    assert [(one.id, one.arrival, one.recorded) for one in register.facts()] == [
        ("b", 1, MOMENT),
        ("a", 2, MOMENT),
        ("r", 3, "2026-11-23T14:30:00+01:00"),
    ]
    assert tuple(register.facts()) == first.added + second.added
    assert [one.id for one in register.facts(agreement="alvsjo")] == ["b", "r"]
    assert [one.id for one in register.facts(since_arrival=1)] == ["a", "r"]
    assert [one.id for one in register.facts("alvsjo", since_arrival=1)] == ["r"]
    assert register.agreements() == ("alvsjo", "vaxholm-2023")
    assert register.count() == 3


def test_a_fact_comes_back_as_it_was(register: Register) -> None:
    attributes: dict[str, Value] = {
        "target": "a",
        "set": {"date": "2026-03", "chair": None, "attendees": ("å", "ö")},
        "reason": "fel",
    }
    fact = Fact("r", "record_corrected", "alvsjo", date(2026, 3, 1), MOMENT, 2, "month", attributes, "samordnare")
    register.append([meeting("a"), fact], now=NOW)
    assert register.fact("r") == fact
    assert register.fact("a") == replace(meeting("a"), arrival=1)
    assert register.fact("x") is None


def test_recorded_is_the_moment_of_arrival(register: Register) -> None:
    added = register.append([meeting("a", recorded="2020-01-01T00:00:00+01:00")], now=NOW).added
    assert added[0].recorded == MOMENT


def test_a_register_that_is_moved_in_keeps_its_moments_and_their_order(register: Register) -> None:
    facts = [
        meeting("late", recorded="2024-10-27T02:10:00+01:00"),
        meeting("early", recorded="2024-10-27T02:40:00+02:00"),
        meeting("first", recorded="2019-01-01T00:00:00+01:00"),
    ]
    added = register.append(facts, now=NOW, as_recorded=True).added
    assert [(one.id, one.recorded) for one in added] == [(one.id, one.recorded) for one in reversed(facts)]


def test_the_same_fact_again_changes_nothing(register: Register) -> None:
    register.append([meeting("a")], now=NOW)
    head = register.head()
    again = register.append([meeting("a"), meeting("a")], now=NEXT)
    assert (again.added, again.already_known) == ((), ("a", "a"))
    assert register.head() == head


def test_the_same_id_for_something_else_is_refused_and_nothing_is_added(register: Register) -> None:
    register.append([meeting("a")], now=NOW)
    with pytest.raises(Rejected) as caught:
        register.append(
            [meeting("b"), meeting("a", chair="x"), meeting("b", chair="y")], now=NOW, where={"a": "fakta.csv:3"}
        )
    assert said(caught) == [
        (
            "fakta.csv:3: beteckningen 'a' är upptagen. "
            "en annan registrering har redan beteckningen och säger något annat. "
            "Åtgärd: ge den en egen beteckning, eller skriv den som en rättelse (record_corrected)."
        ),
        (
            "b: beteckningen 'b' är upptagen. en annan registrering har redan beteckningen och säger något annat. "
            "Åtgärd: ge den en egen beteckning, eller skriv den som en rättelse (record_corrected)."
        ),
    ]
    assert register.count() == 1


def test_a_record_of_what_does_not_exist_is_refused(register: Register) -> None:
    register.append([meeting("a")], now=NOW)
    register.append([record("r1", "b", chair="x"), meeting("b"), record("r2", "r1"), record("r3", "a")], now=NOW)
    with pytest.raises(Rejected) as caught:
        register.append([record("r4", "zzz"), record("r5", "r5")], now=NOW)
    assert [one.split(". ")[0] for one in said(caught)] == [
        "r4: registreringen 'zzz' som ska återkallas finns inte",
        "r5: registreringen 'r5' gäller sig själv",
    ]
    assert register.count() == 5


def test_more_facts_than_are_looked_up_at_once(register: Register) -> None:
    facts = [meeting(f"m{n}", chair=str(n)) for n in range(1203)]
    assert len(register.append(facts, now=NOW).added) == 1203
    again = register.append([*facts, meeting("new")], now=NOW)
    assert ([one.id for one in again.added], len(again.already_known)) == (["new"], 1203)
    assert again.added[0].arrival == 1204


def test_the_chain_can_be_followed_from_its_description_alone(register: Register) -> None:
    register.append([meeting("a"), record("r", "a", chair="å")], now=NOW)
    expected = "0" * 64
    lines: list[dict[str, object]] = [
        {"id": "a", "kind": "meeting_held", "agreement": "alvsjo", "date": "2026-03-04", "recorded": MOMENT}
        | {"body": "coordinators", "attendees": ["polisen", "staden"]},
        {"id": "r", "kind": "record_corrected", "agreement": "alvsjo", "date": "2026-03-04", "recorded": MOMENT}
        | {"target": "a", "set": {"chair": "å"}},
    ]
    said = "SELECT salts, said FROM fact_texts ORDER BY fact"
    for arrival, (line, (salts, texts)) in enumerate(zip(lines, register.connection.execute(said), strict=True), 1):
        own = {**json.loads(texts), "recorder": "samordnare"}
        assert json.loads(salts).keys() == own.keys() == {"recorder"} | line.keys() & {"attendees", "set"}
        digests = {name: hashlib.sha256(f"{salt}\n{canonical(own[name])}".encode()).hexdigest()
                   for name, salt in json.loads(salts).items()}  # fmt: skip
        bare = {name: value for name, value in line.items() if name not in own}
        text = canonical([arrival, 2, bare, digests])
        expected = hashlib.sha256(f"{expected}\n{text}".encode()).hexdigest()
    assert register.head() == Head(expected, 2)
    assert register.verify() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET date = '2026-01-01' WHERE id = 'b'",
        "DELETE FROM facts WHERE id = 'b'",
        "DELETE FROM facts",
        "INSERT OR REPLACE INTO facts SELECT * FROM facts WHERE id = 'b'",
        "REPLACE INTO facts SELECT 9, 'b', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 2, 'x', x'00'",
        "UPDATE fact_texts SET recorder = 'annan'",
        "UPDATE fact_texts SET recorder = NULL",
        "UPDATE fact_texts SET said = '{}'",
        "UPDATE fact_texts SET said = replace(said, 'polisen', 'staden')",
        "DELETE FROM fact_texts",
        "REPLACE INTO fact_texts SELECT * FROM fact_texts",
        "INSERT INTO facts SELECT * FROM facts WHERE true ON CONFLICT DO UPDATE SET kind = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_facts(register: Register, path: Path, statement: str) -> None:
    register.append([meeting("a"), meeting("b")], now=NOW)
    outside = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="facts are never changed or deleted"):
        outside.execute(statement)
    outside.close()
    assert register.verify() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET date = '2026-01-01' WHERE id = 'b'",
        "UPDATE fact_texts SET recorder = NULL WHERE fact = 2",
        "UPDATE fact_texts SET salts = '{}' WHERE fact = 2",
        "DELETE FROM facts WHERE id = 'b'",
    ],
)
def test_who_gets_past_the_triggers_breaks_the_chain(register: Register, path: Path, statement: str) -> None:
    register.append([meeting("a"), meeting("b"), meeting("c")], now=NOW)
    outside = sqlite3.connect(path, isolation_level=None)
    for guard in ("facts_no_update", "facts_no_delete", "fact_texts_only_erased"):
        outside.execute(f"DROP TRIGGER {guard}")
    outside.execute(statement)
    outside.close()
    problem, *more = register.verify()
    assert all(one.where == "var/avtalsvakt.db, registrering nr 2" for one in more)  # texts without their fact
    assert problem.where in ("var/avtalsvakt.db, registrering b (nr 2)", "var/avtalsvakt.db, registrering c (nr 3)")


def test_the_tables_are_strict(register: Register) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store BLOB value in TEXT column"):
        register.connection.execute("INSERT INTO schema_version VALUES (99, x'00')")
    assert register.database.table("facts").strict


def test_it_opens_again(path: Path) -> None:
    with open_register(path, create=True) as register:
        register.append([meeting("a")], now=NOW)
    with open_register(path, create=True) as register:
        assert register.count() == 1
    assert [one.name for one in path.parent.iterdir()] == ["avtalsvakt.db"]
    with open_register(path, read_only=True) as register:
        assert [one.id for one in register.facts()] == ["a"]
        assert register.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_reading_does_not_load_sqlite_utils(path: Path) -> None:
    open_register(path, create=True).close()
    opened = "import sys; from avtalsvakt_engine.storage.database.register import open_register"
    code = f"{opened}; list(open_register({str(path)!r}).facts())"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; sys.exit('sqlite_utils' in sys.modules)"], check=False, env=environment()
    )
    assert done.returncode == 0


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        open_register(path)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret finns inte. det finns ingen fil där. "
            "Åtgärd: skapa det med 'avtalsvakt init', eller ange rätt fil med --db."
        )
    ]
    assert not path.parent.exists()


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(Rejected) as caught:
        open_register(path, create=True)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret är ingen fil. sökvägen är en mapp. "
            "Åtgärd: ange en fil, till exempel avtalsvakt.db i mappen."
        )
    ]


def test_a_folder_that_cannot_be_made(path: Path) -> None:
    path.parent.write_text("en fil")
    with pytest.raises(Rejected) as caught:
        open_register(path, create=True)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret kan inte skapas. mappen var kan inte skapas. "
            "Åtgärd: kontrollera sökvägen och rättigheterna, eller välj en annan fil med --db."
        )
    ]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write in")
def test_a_file_that_cannot_be_made() -> None:
    with pytest.raises(Rejected) as caught:
        open_register("/proc/self/avtalsvakt.db", create=True)
    assert said(caught) == [
        (
            "/proc/self/avtalsvakt.db: registret kan inte öppnas. filen eller mappen går inte att nå. "
            "Åtgärd: kontrollera sökvägen och rättigheterna, eller välj --db."
        )
    ]


def test_an_empty_file_is_filled_only_when_asked(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(Rejected) as caught:
        open_register(path)
    assert said(caught) == [
        "var/avtalsvakt.db: registret är tomt. filen har inga tabeller. Åtgärd: skapa registret med 'avtalsvakt init'."
    ]
    assert path.read_bytes() == b""
    with open_register(path, create=True) as register:
        assert register.count() == 0


@pytest.mark.parametrize("content", [b"inget register " * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        open_register(path, create=True)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret är skadat. filen är ingen hel SQLite-databas. "
            "Åtgärd: återställ den från en säkerhetskopia."
        )
    ]
    assert path.read_bytes() == content


def test_a_damaged_register_says_so_when_it_is_read(path: Path) -> None:
    with open_register(path, create=True) as register:
        register.append([meeting(f"m{n}", chair=str(n)) for n in range(2000)], now=NOW)
    damaged = bytearray(path.read_bytes())
    damaged[400_000:-20_000] = b"\xaa" * (len(damaged) - 420_000)  # the first pages hold the tables' names
    path.write_bytes(damaged)
    with open_register(path, read_only=True) as register, pytest.raises(Rejected) as caught:
        list(register.facts())
    assert said(caught)[0].startswith("var/avtalsvakt.db: registret är skadat. ")


def test_a_truncated_register(path: Path) -> None:
    with open_register(path, create=True) as register:
        register.append([meeting(f"m{n}", chair=str(n)) for n in range(20)], now=NOW)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(Rejected) as caught, open_register(path) as register:
        list(register.facts())
    assert said(caught)[0].startswith("var/avtalsvakt.db: registret är skadat. ")


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE facts (x)")
    before = path.read_bytes()
    with pytest.raises(Rejected) as caught:
        open_register(path, create=True)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: filen är inget avtalsregister. databasen hör till ett annat program. "
            "Åtgärd: ange en annan fil med --db."
        )
    ]
    assert path.read_bytes() == before


def test_a_newer_register_is_left_alone(path: Path) -> None:
    with open_register(path, create=True) as register:
        register.connection.execute("INSERT INTO schema_version VALUES (99, 'later')")
    before = path.read_bytes()
    for options in ({}, {"create": True}, {"read_only": True}):
        with pytest.raises(Rejected) as caught:
            open_register(path, **options)
        assert said(caught) == [
            (
                f"var/avtalsvakt.db: registret är nyare än programmet. det har version 99, "
                f"och det här programmet känner till {len(MIGRATIONS)}. Åtgärd: uppgradera programmet."
            )
        ]
    assert path.read_bytes() == before


def _more(database) -> None:
    database.table("more").create({"id": int}, pk="id", strict=True)


def _failing(database) -> None:
    database.execute("INSERT INTO more VALUES (1)")
    raise ValueError("half way")


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: Migration) -> None:
    taken = (*MIGRATIONS, *steps)
    monkeypatch.setattr(migrations, "MIGRATIONS", taken)
    monkeypatch.setattr("avtalsvakt_engine.storage.database.register.MIGRATIONS", taken)


def test_an_older_register_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_register(path, create=True) as register:
        register.append([meeting("a")], now=NOW)
    with_steps(monkeypatch, Migration("more", _more))
    with pytest.raises(Rejected) as caught:
        open_register(path, read_only=True)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret är äldre än programmet. "
            f"det har version {len(MIGRATIONS)} av {len(MIGRATIONS) + 1} "
            "och är öppnat för läsning. Åtgärd: kör 'avtalsvakt init' en gång."
        )
    ]
    with open_register(path) as register:
        assert register.count() == 1
        assert register.database.table("more").exists()
        steps = [(number, one.name) for number, one in enumerate((*MIGRATIONS, Migration("more", _more)), start=1)]
        assert register.connection.execute("SELECT number, name FROM schema_version").fetchall() == steps


def test_a_step_that_fails_takes_the_others_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_register(path, create=True) as register:
        register.append([meeting("a")], now=NOW)
    with_steps(monkeypatch, Migration("more", _more), Migration("failing", _failing))
    with pytest.raises(ValueError, match="half way"):
        open_register(path)
    there = path.absolute()
    monkeypatch.undo()
    with open_register(there) as register:
        assert register.count() == 1
        assert not register.database.table("more").exists()


def test_a_register_opened_for_reading_is_not_written(path: Path) -> None:
    open_register(path, create=True).close()
    with open_register(path, read_only=True) as register, pytest.raises(Rejected) as caught:
        register.append([meeting("a")], now=NOW)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret kan inte ändras. filen eller mappen är skrivskyddad. "
            "Åtgärd: ge skrivrättighet eller välj --db."
        )
    ]


def test_a_full_disk(register: Register) -> None:
    register.append([meeting("a")], now=NOW)
    pages = register.connection.execute("PRAGMA page_count").fetchone()[0]
    register.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Rejected) as caught:
        register.append([meeting(f"m{n}", chair=str(n)) for n in range(1000)], now=NOW)
    assert said(caught) == [
        (
            "var/avtalsvakt.db: det finns inte plats. disken är full. "
            "Åtgärd: frigör plats och försök igen; inget har ändrats."
        )
    ]
    assert (register.count(), register.verify()) == (1, ())


def test_a_writer_that_does_not_let_go(register: Register, path: Path) -> None:
    register.connection.execute("BEGIN IMMEDIATE")
    with open_register(path, timeout=0.1) as other:
        with pytest.raises(Rejected) as caught:
            other.append([meeting("a")], now=NOW)
        assert other.count() == 0, "reading goes on while another writes"
    assert said(caught) == [
        (
            "var/avtalsvakt.db: registret är upptaget. ett annat program skriver i det. "
            "Åtgärd: försök igen om en stund, eller avsluta det andra programmet."
        )
    ]


def test_a_closed_register_says_so(register: Register) -> None:
    register.close()
    with pytest.raises(Rejected, match="registret kan inte användas"):
        register.count()


FACTS = """
    import sys
    from datetime import UTC, date, datetime
    from avtalsvakt_engine.facts import Fact
    from avtalsvakt_engine.storage.database.register import open_register
    now = datetime(2026, 11, 22, tzinfo=UTC)
    def add(register, ids):
        day, moment = date(2026, 3, 4), "2026-11-22T14:30:00+01:00"
        facts = [Fact(one, "meeting_held", "alvsjo", day, moment, recorder="roll") for one in ids]
        register.append(facts, now=now)
"""
MANY = (
    FACTS
    + """
    with open_register(sys.argv[1], create=True, timeout=60) as register:
        for number in range(25):
            add(register, [f"w{sys.argv[2]}-{number}-{part}" for part in range(4)])
"""
)


def writing(script: str, *arguments: str | Path) -> list[str]:
    """A process that has read no more than it takes to write."""
    return [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]


def test_several_writers_at_once_make_one_chain(path: Path) -> None:
    commands = [writing(MANY, path.absolute(), str(writer)) for writer in range(3)]
    writers = [subprocess.Popen(command, env=environment()) for command in commands]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with open_register(path) as register:
        assert [one.arrival for one in register.facts()] == list(range(1, 301))
        assert register.verify() == ()
        groups = [one.id.rsplit("-", 1)[0] for one in register.facts()]
    assert groups == [group for group in groups[::4] for _ in range(4)], "each batch stands together"


WITHOUT_END = (
    FACTS
    + """
    with open_register(sys.argv[1]) as register:
        for number in range(100000):
            add(register, [f"{number}-{part}" for part in range(50)])
            print(number, flush=True)
"""
)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}


@pytest.mark.parametrize("delay", [0.0, 0.003, 0.011])
def test_a_writer_killed_in_the_middle_keeps_what_it_acknowledged_and_no_halves(path: Path, delay: float) -> None:
    path.parent.mkdir()
    new_register(path).close()
    command = writing(WITHOUT_END, path.absolute())
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(5)]
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    with open_register(path) as register:
        kept = {one.id for one in register.facts()}
        assert register.verify() == ()
        register.append([meeting("after")], now=NOW)
    batches = {int(id_.split("-")[0]) for id_ in kept}
    assert set(acknowledged) <= batches
    assert len(kept) == 50 * len(batches)
