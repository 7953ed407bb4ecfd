"""What comes of every form of a clause with every key: `python -m tests.engine.every_key_table` writes it anew."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from multiprocessing import Pool
from pathlib import Path

from tests.oracle.every_key import JUDGED, Cell, cells, clauses, registers

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook, read_instrument
from avtalsvakt_rules.soundness import check_soundness
from avtalsvakt_rules.source import parse_source

TABLE = Path(__file__).parents[1] / "cases" / "every_key.txt"
MOST = 300  # registers for each form and key
SAID, OTHERWISE, UNREAD = "sägs", "bedöms annorlunda", "LÄSES INTE"


def told(form: str, decider: Decider) -> str:
    """What came of every key of a form: how many, and which, and how many registers it took."""
    trees, known = list(registers(MOST)), dict[tuple[int, date], object]()
    lines: dict[str, list[str]] = {SAID: [], OTHERWISE: [], UNREAD: []}
    tried = Counter[str]()
    for cell in cells(form):
        what, number = _tried(cell, trees, decider, known)
        lines[what].append(cell.key)
        tried["register"] += number
    parts = [f"  {what} ({len(keys)}): {', '.join(keys)}" for what, keys in lines.items() if keys]
    return "\n".join([f"{form}: {sum(map(len, lines.values()))} nycklar, {tried['register']} register", *parts])


def _tried(
    cell: Cell, trees: Sequence[tuple[Fact, ...]], decider: Decider, known: dict[tuple[int, date], object]
) -> tuple[str, int]:
    """What came of one cell, and how many registers it took; `known` keeps how the form alone is judged."""
    written, plain = _read(cell.written), _read(cell.without)
    assert plain is not None, cell.form
    if written is None:
        return SAID, 0
    for number, facts in enumerate(trees, 1):
        for day in JUDGED:
            if (number, day) not in known:
                known[number, day] = _judged(plain, facts, day, decider)
            if _judged(written, facts, day, decider) != known[number, day]:
                return OTHERWISE, number
    return UNREAD, len(trees)


@cache
def _read(text: str) -> Rulebook | None:
    """The rules of a file; None where check has something to say against it."""
    try:
        book = parse_rulebook({"lokalt": text})
        source = parse_source(text, "lokalt.yaml")
        return None if check_soundness([(source, read_instrument(source))]) else book
    except Rejected:
        return None


def _judged(book: Rulebook, facts: tuple[Fact, ...], day: date, decider: Decider) -> object:
    found = assess(book, facts, day, None, decider)
    states = [(one.state, one.end) for one in found.instruments]
    return states, [
        (one.duty, one.modality, one.status, one.due, one.opens, one.required, one.counted, one.facts, one.flags)
        for one in found.duties
        if one.obligation != "annan"  # which is there only where the key names it
    ]


def total(parts: Sequence[str]) -> str:
    """The sum of what is told of each form: forms, pairs of form and key, how they came out, registers tried."""
    numbers = Counter[str]()
    for part in parts:
        head, *lines = part.splitlines()
        numbers["register"] += int(head.rsplit(", ", 1)[1].split()[0])
        for line in lines:
            what, _, rest = line.strip().partition(" (")
            numbers[what] += int(rest.split(")")[0])
    pairs = numbers[SAID] + numbers[OTHERWISE]
    return (
        f"{len(parts)} former, {pairs} par av form och nyckel: {numbers[OTHERWISE]} bedöms annorlunda, "
        f"{numbers[SAID]} sägs; {numbers['register']} register prövades."
    )


def _told(form: str) -> str:
    with Decider() as decider:
        return told(form, decider)


if __name__ == "__main__":
    with Pool(2) as pool:
        found = pool.map(_told, [form for form, _ in clauses()], chunksize=1)
    head = TABLE.read_text(encoding="utf-8").split("\n\n", maxsplit=1)[0]
    TABLE.write_text("\n\n".join([head, *found, total(found)]) + "\n", encoding="utf-8")
