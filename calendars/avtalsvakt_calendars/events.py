"""A reminder as a value: one event in a calendar, before anyone has said when it last changed."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal
from urllib.parse import quote

Kind = Literal["due", "prepare", "overdue", "meeting", "confirm", "expiry", "renewal", "info"]

HOST = "avtalsvakt"
LONGEST_KEY = 180

CATEGORIES: dict[Kind, str] = {
    "due": "Sista dag",
    "prepare": "Förberedelse",
    "overdue": "Försenat",
    "meeting": "Möte",
    "confirm": "Bekräftelse",
    "expiry": "Giltighetstid",
    "renewal": "Giltighetstid",
    "info": "Upplysning",
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One event for a calendar.

    `day` is the day it stands on. A timed event also has `start` and `end`, both aware and in Stockholm's time; without
    them it lasts all day. `duty`, `agreement`, `body` and `bearer` say whose it is, so that feeds can be cut in other
    ways than by agreement. `cancelled` is true for a meeting that was called off.
    """

    uid: str
    kind: Kind
    day: date
    summary: str
    description: str
    agreement: str
    start: datetime | None = None
    end: datetime | None = None
    categories: tuple[str, ...] = ()
    url: str | None = None
    duty: str | None = None
    body: str | None = None
    bearer: str | None = None
    cancelled: bool = False

    @property
    def timed(self) -> bool:
        """Whether the event has hours."""
        return self.start is not None


def uid(key: str, kind: Kind) -> str:
    """The identity of an event for ever: `key.kind@avtalsvakt`.

    Keys of duties go in as they are. Ids of facts come from files and may hold anything, so what is not plain ASCII is
    percent-encoded, and a key too long for servers that make file names of it ends in a hash instead.
    """
    plain = quote(key, safe="/:+=", errors="replace")
    if len(plain) > LONGEST_KEY:
        plain = f"{plain[: LONGEST_KEY - 20]}.{sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"{plain}.{kind}@{HOST}"
