"""Occasions that are planned before they are held and may move: `each: {meeting: …}`, `each: {inspection: …}`.

One word for all records of one occasion. Which records there are, and which of their attributes name its day, is said
here; which records belong together is the engine's business (docs/decisions/0010-one-occasion-many-records.md). A
file's own occasions have the same records as a meeting: `facts: {hearing: {occasion: true}}`.
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


def four_records(name: str, sv: str) -> Movable:
    """An occasion that is planned, called to, moved or called off, and held, as a meeting is."""
    return Movable(
        sv,
        held=f"{name}_held",
        planned=f"{name}_scheduled",
        notice=f"{name}_convened",
        notice_day=f"{name}_date",
        called_off=f"{name}_cancelled",
        off_day="planned_for",
        new_day="rescheduled_to",
    )


_SAID = {
    "_scheduled": "plan för {}",
    "_convened": "kallelse till {}",
    "_cancelled": "{} ställdes in",
    "_held": "{} hölls",
}


def own_label(kind: str) -> str:
    """What a kind is called that only files have: its name, in words where it is a record of an occasion."""
    for ending, said in _SAID.items():
        if kind.endswith(ending):
            return said.format(kind.removesuffix(ending).replace("_", " "))
    return kind.replace("_", " ")


Movables = Mapping[str, Movable]
"""Occasions by the word for them."""

MOVABLE: Movables = MappingProxyType(
    {
        "meeting": four_records("meeting", "möte"),
        "inspection": Movable("tillsyn", held="inspection_done", planned="inspection_planned"),
    }
)
"""Those that every file knows; a file's own stand in Instrument.movable and Vocabulary.movable."""


def preceding(movable: Movables) -> frozenset[str]:
    """Records of what can only be done before the occasion: planning it, calling to it."""
    return frozenset(kind for one in movable.values() for kind in (one.planned, one.notice) if kind)


def recorded_twice(movable: Movables) -> frozenset[str]:
    """The kinds that record an occasion as held of which two records may be about one (reading DUBBLETT)."""
    return frozenset(one.held for one in movable.values() if one.notice)


def held_as(kind: str, movable: Movables) -> str | None:
    """The movable occasion that a kind of fact records as held, if any."""
    return next((name for name, one in movable.items() if one.held == kind), None)


def held_kind(name: str, movable: Movables) -> str:
    """The kind of fact that records an occasion as held; a kind of fact itself."""
    return movable[name].held if name in movable else name
