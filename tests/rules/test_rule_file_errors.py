"""What a person reads who made a slip in a rule file: file, line, clause, field and what to do about it."""

import ast
from pathlib import Path

import pytest

from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import builtin_files, read_rulebook

FILE = """instrument: prov-2026
title: Prov
level: local
document: prov.txt
parties: [stadsdelsförvaltningen, polisen]
under: umbrella-2024
term: {from: 2026-01-01}
clauses:
  moten:
    at: {section: "1"}
    norm: shall
    when: {each: year}
    what: {meeting_held: {body: local_steering_group}}
"""

BESIDE = [path for path in builtin_files() if path.name.startswith(("lag-", "umbrella-", "ostermalm-"))]
"""What the file hangs on, and an agreement beside it, of what comes with the program."""
CASES = Path(__file__).parents[1] / "cases" / "rule_file_slips.txt"


def slips() -> dict[str, tuple[str, str, list[str]]]:
    """By name: what stood there, what was written instead, and everything the person is told."""
    _, *cases = CASES.read_text(encoding="utf-8").split("\n# ")
    out = {}
    for case in cases:
        name, old, new, *expected = case.strip().splitlines()
        out[name] = (ast.literal_eval(old[2:]), ast.literal_eval(new[2:]), expected)
    return out


def told(folder: Path, content: bytes) -> list[str]:
    path = folder / "prov.yaml"
    path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        read_rulebook([*BESIDE, path])
    return [str(problem) for problem in caught.value.problems]


def test_the_file_without_a_slip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_text(FILE, encoding="utf-8")
    book = read_rulebook([*builtin_files(), path])
    assert book.instruments["prov-2026"].clauses["moten"].at_least == 1


@pytest.mark.parametrize("slip", slips())
def test_a_slip_is_said_once_with_its_line_and_remedy(slip: str, tmp_path: Path) -> None:
    old, new, expected = slips()[slip]
    assert old in FILE
    assert told(tmp_path, FILE.replace(old, new, 1).encode()) == expected


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    text = FILE.replace("each: year", "each: yaer").replace("level: local", "level: lokal")
    assert len(told(tmp_path, text.encode())) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "filen är tom"),
        (FILE.encode("utf-16"), "byte 0 är inte UTF-8"),
        (FILE.encode("cp1252"), "är inte UTF-8"),
        (b"x: " + b"a" * 2_000_001, "högst 2000000 läses"),
    ],
    ids=["empty", "utf-16", "cp1252", "huge"],
)
def test_a_file_that_is_no_text_in_utf8(content: bytes, why: str, tmp_path: Path) -> None:
    [problem] = told(tmp_path, content)
    assert problem.startswith("prov.yaml: regelfilen kan inte läsas.") and why in problem


def test_scalars_mean_what_they_say(tmp_path: Path) -> None:
    """YAML would read `no` as false and 1.10 as 1.1; a title is a title."""
    path = tmp_path / "prov.yaml"
    path.write_text(FILE.replace("title: Prov", "title: no").replace('"1"', "1.10"), encoding="utf-8")
    instrument = read_rulebook([*builtin_files(), path]).instruments["prov-2026"]
    assert (instrument.title, instrument.clauses["moten"].at.section) == ("no", "1.10")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_bytes(FILE.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    assert "prov-2026" in read_rulebook([*builtin_files(), path]).instruments
