"""The command line itself: Swedish help for everything, quick answers, exit codes, streams that go away."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.service.command_line import RULES, call

from avtalsvakt import cli

pytestmark = pytest.mark.usefixtures("alone")

PROGRAM = [sys.executable, "-m", "avtalsvakt"]
ROOTS = os.pathsep.join(str(Path(root).resolve()) for root in ("rules", "engine", "calendars", "service"))
ENGLISH = re.compile(r"(?i)\b(the|usage|options?|commands?|exit|error|default|required|missing|invalid|arguments)\b")


def environment(**more: str) -> dict[str, str]:
    """A shell's environment in which the program can be started."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": ROOTS} | more


def commands() -> dict[str, click.Command]:
    """Every command by its words."""
    context = click.Context(cli.avtalsvakt)
    found: dict[str, click.Command] = {}
    for name in cli.avtalsvakt.list_commands(context):
        command = cli.avtalsvakt.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": one for inner, one in command.commands.items()}
    return found


FIXED = [
    *("init", "record", "correct", "retract", "import", "run", "serve", "assess", "status", "overdue", "upcoming"),
    *("why", "rules list", "rules show", "rules check", "rules schema"),
]
OPTIONS = {
    "retract": ["--reason"],
    "run": ["--as-of", "--known-at", "--publish"],
    "serve": ["--at", "--publish"],
    "assess": ["--facts", "--agreement", "--as-of", "--known-at", "--format", "--horizon"],
    "status": ["--agreement", "--body", "--bearer", "--format"],
    "overdue": ["--agreement", "--body", "--bearer", "--format"],
    "upcoming": ["--agreement", "--body", "--bearer", "--format"],
    "why": ["--as-of", "--known-at"],
}


def test_the_fixed_commands_are_there() -> None:
    assert set(FIXED) <= set(commands())
    for name, options in OPTIONS.items():
        there = {option for one in commands()[name].params for option in one.opts}
        assert {*options, "--db", "--rules"} <= there


@pytest.mark.parametrize("name", ["", *commands()])
def test_help_is_swedish(name: str) -> None:
    answer = call(*name.split(), "--help")
    assert answer.code == 0
    assert answer.out.startswith("Användning: avtalsvakt")
    assert not ENGLISH.findall(re.sub(r"--?[\w-]+", "", answer.out.replace("[0<=x", "")))


@pytest.mark.parametrize("name", commands())
def test_every_option_says_what_it_is_for(name: str) -> None:
    command = commands()[name]
    assert command.help
    for one in command.params:
        if isinstance(one, click.Option):
            assert one.help, f"{name} {one.opts}"


def test_the_version() -> None:
    assert re.fullmatch(r"avtalsvakt \S.*\n", call("--version").out)


def test_no_command_shows_the_help_and_is_a_mistake() -> None:
    answer = call()
    assert answer.code == 2
    assert answer.err.startswith("Användning: avtalsvakt")


def test_database_and_rules_may_stand_before_or_after_the_command(run_db: Path) -> None:
    before = call("--db", run_db, *RULES, "overdue")
    after = call("overdue", "--db", run_db, *RULES)
    assert before.code == 0
    assert before == after


def test_the_database_may_come_from_the_environment(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTALSVAKT_DB", str(run_db))
    assert call(*RULES, "overdue").code == 0


@pytest.mark.parametrize("told", [None, RuntimeError("Error calling __set_name__")], ids=repr)
def test_interrupted_it_says_so(told: Exception | None, monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    def interrupted(*_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stop:
            if told is not None:
                raise told from stop
            raise

    monkeypatch.setattr("avtalsvakt.settings.Settings.rules_in_use", interrupted)
    answer = call("--db", db, "run")
    assert (answer.code, answer.out) == (130, "")
    assert answer.err.strip() == "Avbrutet. Inget halvfärdigt har sparats."


def test_a_mistake_in_the_program_is_no_traceback_either(monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division med noll")

    monkeypatch.setattr("avtalsvakt.settings.Settings.rules_in_use", broken)
    answer = call("--db", db, "run")
    assert answer.code == 70
    assert "Varför: ZeroDivisionError: division med noll" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("AVTALSVAKT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        call("--db", db, "run")


def started(*words: object, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, check=False, env=environment(**settings), timeout=60
    )


def test_nobody_reads_the_output(run_db: Path) -> None:
    command = " ".join([*(f"'{word}'" for word in PROGRAM), "rules", "schema"])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 10"], capture_output=True, check=False, env=environment()
    )
    assert done.stderr == b""
    assert done.returncode in (0, 141)


@pytest.mark.parametrize("words", ["--help", "--version", "run --help", "rules schema"])
def test_an_output_that_is_closed_is_told_by_141(words: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, *words.split()], stdout=writing, stderr=subprocess.PIPE, check=False, env=environment(), timeout=60
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(("words", "code"), [("ej-kommando", 2), ("--help", 0)])
def test_reasons_that_cannot_be_written_leave_the_code(words: str, code: int) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, words], stdout=subprocess.PIPE, stderr=full, check=False, env=environment())
    assert done.returncode == code


INTERRUPTED = """
import builtins, os, signal
signal.signal(signal.SIGINT, signal.{usual})
usual = builtins.__import__
def reading(name, *more):
    if name == "avtalsvakt.cli":
        os.kill(os.getpid(), signal.SIGINT)
    return usual(name, *more)
from avtalsvakt.__main__ import main
builtins.__import__ = reading
main()
"""


@pytest.mark.parametrize(("usual", "code"), [("default_int_handler", -signal.SIGINT), ("SIG_IGN", 0)])
def test_interrupted_before_it_has_begun_it_ends_without_a_word_unless_nobody_may(usual: str, code: int) -> None:
    program = [sys.executable, "-c", INTERRUPTED.format(usual=usual), "--version"]
    done = subprocess.run(program, capture_output=True, check=False, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize(("closed", "shown"), [("<&- 2>&-", True), (">&-", False), ("<&- >&- 2>&-", False)])
def test_a_stream_that_is_closed_hinders_nothing(run_db: Path, closed: str, shown: bool) -> None:
    command = " ".join(f"'{word}'" for word in (*PROGRAM, "--db", run_db, *RULES, "facts", "list", "--format", "csv"))
    done = subprocess.run(["bash", "-c", f"{command} {closed}"], capture_output=True, check=False, env=environment())
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, b"", shown)


ENDING = """
import atexit, threading
from avtalsvakt.__main__ import main
atexit.register(print, "sist")
{thread}
main()
"""
WORKING = "threading.Thread(target=lambda: (threading.main_thread().join(), print('klar'))).start()"


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["ej-kommando"], 2)], ids=str)
@pytest.mark.parametrize(("thread", "before"), [("", []), (WORKING, ["klar"])], ids=["alone", "with a thread"])
def test_what_is_left_to_do_is_done_before_it_leaves(
    words: list[str], code: int, thread: str, before: list[str]
) -> None:
    program = [sys.executable, "-c", ENDING.format(thread=thread), *words]
    done = subprocess.run(program, capture_output=True, check=False, env=environment(), timeout=60, text=True)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1 - len(before) :] == [*before, "sist"]
    assert done.stderr.startswith("Fel: ") == bool(code)


def test_output_is_plain_where_no_terminal_reads(run_db: Path) -> None:
    done = started("--db", run_db, *RULES, "status")
    assert b"\x1b" not in done.stdout


def test_a_terminal_without_swedish_letters_shows_something(run_db: Path) -> None:
    done = started("--db", run_db, *RULES, "status", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Alla: " in done.stdout


def test_machine_readable_text_is_utf_8_whatever_the_terminal(run_db: Path) -> None:
    done = started("rules", "show", "saknas", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    listed = started("rules", "list", "--format", "json", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert "Östermalm" in listed.stdout.decode("utf-8")


DEAR = {
    *("pydantic", "durable", "icalendar", "apscheduler", "sqlite_utils", "holidays", "starlette", "uvicorn", "rich"),
    *("avtalsvakt_engine.storage.facts.chain", "avtalsvakt_engine.storage.proof.first_seals"),
}
READING = {"avtalsvakt_rules.compiling.checked_texts", "yaml"}
SPARED = {"subprocess", "tempfile", "zipfile", "random", "secrets", "difflib", "csv", "email", "importlib.resources"}
QUICK = [("--help",), ("--version",), ("overdue", "--short"), ("upcoming", "--short"), ("status",)]


def loaded_by(db: Path, *words: str, **settings: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    program = "import sys\nfrom avtalsvakt.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program, "--db", str(db), *words],
        capture_output=True, check=True, env=environment(**settings), timeout=60, text=True,
    )  # fmt: skip
    loaded = set(done.stderr.split())
    assert "click" in loaded
    return loaded


@pytest.mark.parametrize("words", QUICK, ids=" ".join)
def test_quick_questions_load_nothing_dear(words: tuple[str, ...], run_db: Path) -> None:
    assert not loaded_by(run_db, *words) & DEAR


def test_nor_do_answers_that_need_rules_once_these_have_been_read(run_db: Path) -> None:
    kept = {"AVTALSVAKT_CACHE": os.environ["AVTALSVAKT_CACHE"]}
    loaded_by(run_db, "overdue", **kept)
    for words in (["overdue"], ["why", "lokal.moten.2026"]):
        assert not loaded_by(run_db, *words, **kept) & (DEAR | READING | SPARED)
