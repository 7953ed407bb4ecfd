"""The general law of the language: a key that `rules check` accepts changes some verdict for some facts.

Each form of a clause is written with each key. Either check says that the key has no effect there (or refuses the
file), or some of the generated registers is judged otherwise without it. What came of it is in tests/cases/every_key.txt.
"""

from collections import Counter
from pathlib import Path

from tests.oracle.every_key import JUDGED, Cell, cells, registers

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook, read_instrument
from avtalsvakt_rules.soundness import check_soundness
from avtalsvakt_rules.source import parse_source

TABLE = Path(__file__).parents[1] / "cases" / "every_key.txt"
MOST = 400  # registers for each form and key
REFUSED, JUDGED_OTHERWISE, UNREAD = "sägs", "bedöms", "LÄSES INTE"


def test_a_key_that_is_accepted_changes_some_verdict_and_one_that_does_not_is_told(decider: Decider) -> None:
    trees = list(registers(MOST))
    tried = Counter[str]()
    lines = []
    for cell in cells():
        what, number = _tried(cell, trees, decider)
        tried[what] += 1
        tried["register"] += number
        lines.append(f"{cell.form} · {cell.key}: {what}")
    head = TABLE.read_text(encoding="utf-8").split("\n\n", 1)[0]
    forms, keys = {cell.form for cell in cells()}, {cell.key for cell in cells()}
    counts = (
        f"{len(forms)} former × {len(keys)} nycklar: {tried[JUDGED_OTHERWISE]} bedöms annorlunda, {tried[REFUSED]} sägs; "
        f"{tried['register']} register prövade."
    )
    print(counts)
    assert [line for line in lines if UNREAD in line] == []
    assert "\n".join([head, "", counts, *lines, ""]) == TABLE.read_text(encoding="utf-8")


def _tried(cell: Cell, trees: list[tuple], decider: Decider) -> tuple[str, int]:  # type: ignore[type-arg]
    """What came of one cell, and how many registers it took."""
    written, plain = _read(cell.written), _read(cell.without)
    assert plain is not None, cell.form
    if written is None:
        return REFUSED, 0
    for number, facts in enumerate(trees, 1):
        for day in JUDGED:
            if _judged(written, facts, day, decider) != _judged(plain, facts, day, decider):
                return JUDGED_OTHERWISE, number
    return UNREAD, len(trees)


def _read(text: str) -> Rulebook | None:
    """The rules of a file; None where check has something to say against it."""
    try:
        book = parse_rulebook({"lokalt": text})
        source = parse_source(text, "lokalt.yaml")
        return None if check_soundness([(source, read_instrument(source))]) else book
    except Rejected:
        return None


def _judged(book: Rulebook, facts: tuple, day, decider: Decider) -> object:  # type: ignore[type-arg, no-untyped-def]
    found = assess(book, facts, day, None, decider)
    states = [(one.state, one.end) for one in found.instruments]
    return states, [
        (one.duty, one.modality, one.status, one.due, one.opens, one.required, one.counted, one.facts, one.flags)
        for one in found.duties
    ]
