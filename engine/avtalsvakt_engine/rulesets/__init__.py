"""The legal questions as data, grouped by subject; nothing here knows which engine answers them."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from avtalsvakt_engine.rulesets.acts import ALTERNATION, EFFECT, LATENESS, ORDER, PRESUMPTION
from avtalsvakt_engine.rulesets.duties import APPLICABILITY, STATUS
from avtalsvakt_engine.rulesets.endings import ENDING
from avtalsvakt_engine.rulesets.instruments import EXTENSION, INSTRUMENT_STATE, PAPER, WAIVER
from avtalsvakt_engine.rulesets.labels import RULE_LABELS
from avtalsvakt_engine.rulesets.question import Question, Row, Words
from avtalsvakt_engine.rulesets.violations import VIOLATION

__all__ = ["QUESTIONS", "RULE_LABELS", "SEMANTICS", "Question", "Row", "Words", "digest", "semantics_of"]

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        question.name: question
        for question in (
            APPLICABILITY,
            STATUS,
            PAPER,
            EXTENSION,
            ENDING,
            WAIVER,
            EFFECT,
            ORDER,
            ALTERNATION,
            LATENESS,
            PRESUMPTION,
            INSTRUMENT_STATE,
            VIOLATION,
        )
    }
)


SEMANTICS = 3
"""The number of the contract (docs/semantics.md) by which verdicts are reached; 1 before runs stored any."""


def semantics_of(rulesets: str) -> int:
    """The number of the contract that a stored `rulesets` was judged by."""
    number, _, rest = rulesets.partition(":")
    return int(number) if rest else 1


@cache
def digest() -> str:
    """What can change a conclusion: the number of the contract, and the SHA-256 (hex) of words, rows and answers.

    Labels and citations are not in it.
    """
    content = [
        [
            question.name,
            list(question.dimensions.items()),
            list(question.intermediate.items()),
            question.conclusions,
            [[row.name, list(row.given.items()), row.conclude, row.derives] for row in question.rows],
        ]
        for question in QUESTIONS.values()
    ]
    sha256 = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    return f"{SEMANTICS}:{sha256}"
