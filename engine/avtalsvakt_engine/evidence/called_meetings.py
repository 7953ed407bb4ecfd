"""Meetings that count because they were called (reading KALLAS): one that was both called and held is still one."""

from avtalsvakt_engine.evidence.fact_index import MEETING
from avtalsvakt_engine.evidence.selection import Selection
from avtalsvakt_engine.facts import Fact

CALLED = "meeting_convened"


def each_meeting_once(found: Selection) -> Selection:
    """The evidence without the notices of meetings that were held."""
    held = {_sitting(item.fact, item.fact.date.isoformat()) for item in found.items if item.fact.kind == MEETING}
    twice = [
        item for item in found.items
        if item.fact.kind == CALLED and _sitting(item.fact, item.fact.text("meeting_date")) in held
    ]  # fmt: skip
    kept = [item for item in found.items if item not in twice]
    return Selection(kept, found.refused + [(item, "same_meeting") for item in twice])


def _sitting(fact: Fact, day: str | None) -> tuple[str | None, str | None, str | None]:
    return fact.text("body"), fact.text("site"), day
