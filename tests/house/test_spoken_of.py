"""What documents speak of is there: commands with their flags, settings, targets of make, files, lists of tests."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from avtalsvakt.api.table import OPERATIONS
from avtalsvakt.cli import COMMANDS, avtalsvakt

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("rules", "engine", "calendars", "service")
FOLDERS = (ROOT, ROOT / "docs", ROOT / "docs" / "kalender", ROOT / "fixtures")
GUIDES = [one for folder in FOLDERS for one in sorted(folder.glob("*.md")) if one.name != "CHANGELOG.md"]
"""What tells how things are today; decisions and the changelog tell how they were."""
NAMES = [str(one.relative_to(ROOT)) for one in GUIDES]
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`([^`]+)`")
SAID = re.compile(
    rf"^(?:\$ )?(?:(?:\.venv/bin/)?avtalsvakt (?![A-ZÅÄÖ])|(?=(?:{'|'.join(COMMANDS)}) (?:\S+ )*--))(.+)$"
)
"""A line that is a command, or a piece of running text that is one with a flag."""
SETTING = re.compile(r"\bAVTALSVAKT_[A-Z_]+[A-Z]\b")
FILE = re.compile(
    r"(?:\.ci|bench|calendars|deploy|docs|engine|fixtures|requirements|rules|scripts|service|tests)/[\w./-]+"
)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
STEPS = {"setup", "setup-dev"}
"""Targets that others begin with, and nobody asks for."""


def pieces(path: Path) -> Iterator[str]:
    """Every line of a document's blocks of code, and everything that it writes as code in running text."""
    text = path.read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        yield from (line.strip() for line in re.sub(r"\\\n\s*", "", block).splitlines())
    yield from INLINE.findall(BLOCK.sub("", text).replace("\n", " "))


def said(path: Path) -> Iterator[list[str]]:
    """The words of every command in a document after the program's name, up to what a shell does with the answer."""
    for piece in pieces(path):
        if found := SAID.match(piece):
            words = shlex.split(found[1].replace("»", '"').replace("«", '"'), comments=True)
            stop = next((at for at, word in enumerate(words) if word in ("|", ">", "&&", "…")), len(words))
            yield words[:stop]


def flags_of(command: click.Command, context: click.Context) -> dict[str, click.Parameter]:
    return {flag: one for one in command.get_params(context) for flag in (*one.opts, *one.secondary_opts)}


def unknown(words: list[str]) -> str:
    """The first word that is no command, or no flag of one, where it stands; empty where all are."""
    command: click.Command = avtalsvakt
    context = click.Context(avtalsvakt, info_name="avtalsvakt")
    left = list(words)
    while left:
        word, _, value = left.pop(0).partition("=")
        if word.startswith("--"):
            if (known := flags_of(command, context).get(word)) is None:
                return word
            if isinstance(known, click.Option) and not (known.is_flag or known.count or value) and left:
                left.pop(0)
        elif isinstance(command, click.Group):
            if command.name == "attest" and word not in command.list_commands(context):
                word = "list"  # `attest AVTAL` lists its questions
            if (inner := command.get_command(context, word)) is None:
                return word
            command, context = inner, click.Context(inner, parent=context, info_name=word)
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_a_document_names_no_command_and_no_flag_that_there_is_not(name: str) -> None:
    wrong = {" ".join(words): what for words in said(ROOT / name) if (what := unknown(words))}
    assert not wrong, wrong


def every_flag(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from flags_of(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from every_flag(inner, click.Context(inner, parent=context, info_name=name))


def test_a_flag_that_is_named_alone_is_one_of_some_command() -> None:
    known = set(every_flag(avtalsvakt, click.Context(avtalsvakt, info_name="avtalsvakt")))
    alone = {
        (name, flag) for name in NAMES for piece in pieces(ROOT / name) for flag in re.findall(r"^--[\w-]+", piece)
    }
    others = {"--require-hashes", "--growth", "--namn"}  # of pip, of the bench, and an example of any
    assert len(alone) > 30 and not {one for one in alone if one[1] not in known | others}


def test_a_module_that_is_to_be_run_is_there_and_what_writes_files_anew_is_told() -> None:
    named = {one for name in NAMES for piece in pieces(ROOT / name) for one in re.findall(r"python -m ([\w.]+)", piece)}
    here = {one for one in named if one.partition(".")[0] in ("tests", "bench")}
    assert named - here <= {"build", "avtalsvakt"}
    for one in here:
        path = ROOT / one.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), one
    writers = {
        f"tests.{path.parent.name}.{path.stem}"
        for folder in PACKAGES
        for path in (ROOT / "tests" / folder).glob("*.py")
        if re.search(r"[Ww]rites .*`python -m|`python -m [\w.]+` writes", path.read_text(encoding="utf-8")[:900])
    }
    writers -= {"tests.calendars.test_feed"}  # which names the one that writes its files
    assert len(writers) == 9 and writers <= named, writers ^ named


def test_an_address_of_the_api_that_is_named_is_one() -> None:
    known = [re.compile(re.sub(r"\\{\w+\\}", "[^/?]+", re.escape(f"/api{one.path}"))) for one in OPERATIONS]
    known += [re.compile(re.escape(one)) for one in ("/api/", "/api/v1", "/api/v1/openapi.json")]
    named = {
        one for name in NAMES for piece in pieces(ROOT / name) for one in re.findall(r"(?<![\w.])/api/[^\s?`]*", piece)
    }
    assert len(named) > 12
    assert not {one for one in named if not any(each.fullmatch(one) for each in known)}


def test_commands_are_found_where_documents_have_them_and_what_is_none_is_told() -> None:
    assert sum(1 for name in NAMES for _ in said(ROOT / name)) > 150
    assert unknown(["overdoo"]) == "overdoo" and unknown(["rules", "chek"]) == "chek"
    assert unknown(["run", "--publsh", "X"]) == "--publsh" and unknown(["--db", "X", "access", "lst"]) == "lst"
    assert (
        unknown(["run", "--publish", "--as-of"]) == "" and unknown(["attest", "ostermalm-2020", "--as-of", "X"]) == ""
    )


def test_every_setting_is_told_and_none_that_nothing_reads() -> None:
    told = {one for path in GUIDES for one in SETTING.findall(path.read_text(encoding="utf-8"))}
    code = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
    read = {one for path in code for one in SETTING.findall(path.read_text(encoding="utf-8"))}
    made = {f"{one}_FILE" for one in read}  # a secret may lie in a file
    assert told - read <= made, told - read - made
    assert read <= told, read - told
    assert len(read) > 15


def test_what_make_can_be_asked_for_is_told_and_what_is_told_can_be_asked_for() -> None:
    asked = {one for path in GUIDES for piece in pieces(path) for one in re.findall(r"^make ([a-z-]+)", piece)}
    assert asked <= TARGETS, asked - TARGETS
    assert not (left := TARGETS - STEPS - asked - {"clean"}), left
    told = set(re.findall(r"^make ([a-z]+) ", CONTRIBUTING, re.MULTILINE))
    assert {
        "test",
        "deep",
        "draws",
        "quick",
        "looks",
        "year",
        "fuzz",
        "faults",
        "check",
        "many",
        "bench",
        "reference",
    } <= told
    head = set(re.findall(r"^# make ([a-z-]+) ", MAKEFILE, re.MULTILINE))
    assert head == TARGETS - STEPS - {"format"}, "the Makefile's head has a line for each target"


def test_a_change_has_to_pass_what_is_said_that_it_has_to() -> None:
    check = MAKEFILE.partition("\ncheck: setup-dev\n")[2].partition("\n\n")[0]
    steps = (
        "ruff check .",
        "ruff format --check .",
        "mypy",
        "lint-imports",
        "avtalsvakt rules check",
        "avtalsvakt rules cases",
    )
    assert [line.removeprefix("\t@$(BIN)/") for line in check.splitlines()] == list(steps)
    ran = re.findall(r"^make --no-print-directory (\w+)$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    told = re.findall(r"`\.ci/run` runs (.*?),\s+and is what", CONTRIBUTING, re.DOTALL)[0]
    assert ran == re.findall(r"`make (\w+)`", told)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_a_document_names_is_there(name: str) -> None:
    named = {one for piece in pieces(ROOT / name) if (one := piece.rstrip("/")) and FILE.fullmatch(one)}
    assert all((ROOT / one).exists() for one in named), [one for one in named if not (ROOT / one).exists()]


@pytest.mark.parametrize("name", ["quick", "deep"])
def test_every_test_of_a_list_is_there(name: str) -> None:
    for line in (ROOT / "tests" / f"{name}.txt").read_text(encoding="utf-8").split():
        file, _, test = line.removeprefix("--deselect=").partition("::")
        assert (ROOT / file).is_file(), line
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8") if test else True, line


def test_the_changelog_has_the_form_that_it_says() -> None:
    """Keep a Changelog 1.1.0: what is not released first, versions with their day, changes by kind."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ .*$", text, re.MULTILINE)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert headings[:2] == ["# Changelog", "## [Unreleased]"]
    for heading in headings[2:]:
        assert re.fullmatch(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) or heading[4:] in kinds, heading
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        under = re.findall(r"^### (.+)$", part, re.MULTILINE)
        assert under and len(under) == len(set(under)), "each kind once in a version"
