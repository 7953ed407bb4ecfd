"""What durable-rules concludes from every combination of words there is: a table, for machines where it does not load.

The alphabet is finite, so the table is whole. It is written by durable-rules itself (`make conclusions`), held against
it and against the oracle by tests, and keyed by the digest of the rulesets: another one is no answer at all. In come
nothing or conclusions, out come conclusions or the table's text.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from avtalsvakt_engine.inference.conclusion import Conclusion
from avtalsvakt_engine.rulesets import QUESTIONS, Words, digest

NAME = "conclusions.txt"
Answers = Mapping[tuple[str, Words], Conclusion]


@cache
def concluded() -> Answers:
    """The table by question and words; empty where it belongs to other rulesets."""
    return read(Path(__file__).with_name(NAME).read_text(encoding="utf-8"))


def read(text: str) -> Answers:
    """The conclusions in a table's text; none where it belongs to other rulesets."""
    first, *lines = text.splitlines()
    if first != f"rulesets {digest()}":
        return {}
    concludes = {name: {row.name: row.conclude for row in question.rows} for name, question in QUESTIONS.items()}
    found = {}
    for line in lines:
        name, words, fired = line.split("\t")
        rules = tuple(fired.split())
        if rules[-1] in concludes[name]:
            found[name, tuple(words.split())] = Conclusion(concludes[name][rules[-1]], rules)
    return found


def written(conclusions: Iterable[tuple[str, Words, Conclusion]]) -> str:
    """The table's text: the digest of the rulesets, then for each combination its words and the rules that fired."""
    lines = [f"{name}\t{' '.join(words)}\t{' '.join(one.fired)}\n" for name, words, one in conclusions]
    return f"rulesets {digest()}\n{''.join(lines)}"
