"""What comes of a form of a clause with every key: told by check, judged otherwise, or read by nobody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import product

from tests.oracle.every_key import JUDGED, TELLING, Cell, Place, cells, registers

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook
from avtalsvakt_rules.soundness.clauses import check_soundness

MOST = 300  # registers for each form and key
SAID, OTHERWISE, UNREAD = "sägs", "bedöms annorlunda", "LÄSES INTE"


def told(form: str, decider: Decider) -> str:
    """What came of every key of a form: how many, and which, and how many judgements it took."""
    trees, known = _registers(), dict[Place, object]()
    lines: dict[str, list[str]] = {SAID: [], OTHERWISE: [], UNREAD: []}
    tried = Counter[str]()
    for cell in cells(form):
        what, number = _tried(cell, trees, decider, known)
        lines[what].append(cell.key)
        tried["judgements"] += number
    parts = [f"  {what} ({len(keys)}): {', '.join(keys)}" for what, keys in lines.items() if keys]
    return "\n".join([f"{form}: {sum(map(len, lines.values()))} nycklar, {tried['judgements']} bedömningar", *parts])


@cache
def _registers() -> tuple[tuple[Fact, ...], ...]:
    return tuple(registers(MOST))


def places() -> Iterator[Place]:
    """Every register on every day, those that tell most first."""
    yield from TELLING
    for place in product(range(MOST), range(len(JUDGED))):
        if place not in TELLING:
            yield place


def _tried(
    cell: Cell, trees: Sequence[tuple[Fact, ...]], decider: Decider, known: dict[Place, object]
) -> tuple[str, int]:
    """What came of one cell, and how many judgements it took; `known` keeps how the form alone is judged."""
    written, plain = _read(cell.written), _read(cell.without)
    assert plain is not None, cell.form
    if written is None:
        return SAID, 0
    number = 0
    for number, place in enumerate(places(), 1):
        facts, day = trees[place[0]], JUDGED[place[1]]
        if place not in known:
            known[place] = _judged(plain, facts, day, decider)
        if _judged(written, facts, day, decider) != known[place]:
            return OTHERWISE, number
    return UNREAD, number


@cache
def _read(text: str) -> Rulebook | None:
    """The rules of a file; None where check has something to say against it."""
    try:
        book = parse_rulebook({"lokalt": text})
        return None if check_soundness([(parse_source(text, "lokalt"), book.written["lokalt"])]) else book
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
