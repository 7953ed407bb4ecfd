"""What was learnt between two moments, and which verdicts it changed: the same day judged with both knowledges.

In come settings and days, out comes what differs. Nothing is written.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.assessing import Material, assess_all, gather_material
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.facts.history import learnt
from avtalsvakt_engine.verdicts import Verdict


class Turned(Struct, frozen=True):
    """A verdict with the earlier and the later knowledge; None where the duty was or is not there."""

    duty: str
    was: Verdict | None
    becomes: Verdict | None


class Learnt(Struct, frozen=True):
    """Facts that came between, and verdicts that turned."""

    facts: tuple[Fact, ...]
    turned: tuple[Turned, ...]


def compare(settings: Settings, earlier: date, later: date, as_of: date | None, agreement: str | None) -> Learnt:
    """Judge one day (today unless `as_of`) as known at the end of two days. Raises Rejected."""
    material = gather_material(settings, as_of=as_of, known_at=earlier)
    chosen = [agreement] if agreement else None
    was, becomes = _judged(material, chosen), _judged(replace(material, known_at=later), chosen)
    turned = [
        Turned(duty, was.get(duty), becomes.get(duty))
        for duty in sorted(was.keys() | becomes.keys())
        if _told(was.get(duty)) != _told(becomes.get(duty))
    ]
    facts = [one for one in learnt(material.facts, earlier, later) if agreement in (None, one.agreement)]
    return Learnt(tuple(facts), tuple(turned))


def _judged(material: Material, agreements: list[str] | None) -> dict[str, Verdict]:
    return {one.duty: one for one in assess_all(material, agreements=agreements).duties}


def _told(verdict: Verdict | None) -> tuple[object, ...] | None:
    return None if verdict is None else (verdict.status, verdict.counted, verdict.required, verdict.due)
