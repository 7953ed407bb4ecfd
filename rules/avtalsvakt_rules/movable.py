"""Occasions that are planned before they are held and may move: `each: {meeting: …}`, `each: {inspection: …}`.

One word for all records of one occasion. Which records there are, and which of their attributes name its day, is said
here; which records belong together is the engine's business (docs/decisions/0010-one-occasion-many-records.md).
Source: docs/regelspraket.md, Möten som planeras och flyttas.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

IDENTITY = ("body", "site")
"""The attributes that, with the day, say which occasion a record is about."""


class Movable(Struct, frozen=True):
    """The kinds of records that one occasion can have.

    `planned` is dated on the planned day. `notice` names the day in `notice_day`; `called_off` names it in `off_day`
    and a new one in `new_day`. `held` is dated on the day it took place.
    """

    sv: str
    held: str
    planned: str
    notice: str | None = None
    notice_day: str = ""
    called_off: str | None = None
    off_day: str = ""
    new_day: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of record."""
        return tuple(kind for kind in (self.planned, self.notice, self.called_off, self.held) if kind)


MOVABLE: Mapping[str, Movable] = MappingProxyType(
    {
        "meeting": Movable(
            "möte",
            held="meeting_held",
            planned="meeting_scheduled",
            notice="meeting_convened",
            notice_day="meeting_date",
            called_off="meeting_cancelled",
            off_day="planned_for",
            new_day="rescheduled_to",
        ),
        "inspection": Movable("tillsyn", held="inspection_done", planned="inspection_planned"),
    }
)


PRECEDING = frozenset(kind for one in MOVABLE.values() for kind in (one.planned, one.notice) if kind)
"""Records of what can only be done before the occasion: planning it, calling to it."""


def held_as(kind: str) -> str | None:
    """The movable occasion that a kind of fact records as held, if any."""
    return next((name for name, one in MOVABLE.items() if one.held == kind), None)


def held_kind(name: str) -> str:
    """The kind of record of an occasion that was held; any other kind is its own."""
    return MOVABLE[name].held if name in MOVABLE else name
