"""Writes the table of conclusions anew, by asking durable-rules for every combination (`make conclusions`).

Started as `python -m avtalsvakt_engine.inference.tabulating FILE`. Raises NotEvaluated where durable-rules gives no
conclusion: then there is no table.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from avtalsvakt_engine.inference.conclusion import Conclusion
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.inference.table import written
from avtalsvakt_engine.rulesets import QUESTIONS, Words


def by_engine() -> Iterator[tuple[str, Words, Conclusion]]:
    """Every combination with what durable-rules concludes, never the table, in the order of the questions."""
    with Decider(table="never") as decider:
        for name, question in QUESTIONS.items():
            for words in question.alphabet():
                yield name, words, decider.decide(name, words)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(by_engine()), encoding="utf-8")
