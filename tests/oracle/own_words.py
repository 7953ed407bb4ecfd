"""The vocabulary with the one word that random files add to it: a hearing, planned and moved as a meeting is."""

from typing import Any

from avtalsvakt_rules.language.own_kinds import read_own_kinds
from avtalsvakt_rules.vocabulary import load

ADDED = {"hearing": {"occasion": True}}
"""What such a file says under `facts`."""
VOCABULARY = load().extended(kinds=read_own_kinds(ADDED))


def of_its_own(tree: Any) -> Any:
    """Clauses and records of meetings, with hearings instead."""
    if isinstance(tree, dict):
        return {_own_word(key, one): of_its_own(one) for key, one in tree.items()}
    return [of_its_own(one) for one in tree] if isinstance(tree, list) else tree


def _own_word(key: str, value: Any) -> str:
    of_meetings = key.startswith("meeting_") or (key == "meeting" and isinstance(value, dict))
    return key.replace("meeting", "hearing") if of_meetings else key
