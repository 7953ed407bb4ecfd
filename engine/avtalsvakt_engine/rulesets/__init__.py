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

__all__ = ["QUESTIONS", "RULE_LABELS", "Question", "Row", "Words", "digest"]

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


@cache
def digest() -> str:
    """SHA-256 (hex) of everything that can change a conclusion: words, rows, answers; not labels or citations."""
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
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
