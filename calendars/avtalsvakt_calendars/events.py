"""A reminder as a value: one event in a calendar, before anyone has said when it last changed."""

from datetime import date, datetime
from hashlib import sha256
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

Kind = Literal[
    "due", "prepare", "overdue", "meeting", "confirm", "attest", "advice", "advice_prepare", "expiry", "renewal",
    "info", "replaced",
]  # fmt: skip
Part = Literal["due", "prepare", "meeting", "expiry", "renewal", "info"]
"""What an identity ends with. It stays while the kind changes: what is due becomes overdue, and is one event."""

HOST = "avtalsvakt"
LONGEST_KEY = 180

CATEGORIES: dict[Kind, str] = {
    "due": "Att göra",
    "prepare": "Förberedelse",
    "overdue": "Försenat",
    "meeting": "Möte",
    "confirm": "Att rapportera",
    "attest": "Intygande",
    "advice": "Rekommendation",
    "advice_prepare": "Förberedelse",
    "expiry": "Giltighetstid",
    "renewal": "Giltighetstid",
    "info": "Upplysning",
    "replaced": "Ersatt",
}


class Reminder(Struct, frozen=True):
    """One event for a calendar.

    `day` is the day it stands on. A timed event also has `start` and `end`, both aware and in Stockholm's time; without
    them it lasts all day. `duties`, `agreement`, `body` and `bearer` say whose it is, so that feeds can be cut in other
    ways than by agreement. `cancelled` is true for what was called off or has been replaced. `rings` says whether a
    subscriber who wants alarms may get one: never for what has passed or is late.
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
    duties: tuple[str, ...] = ()
    body: str | None = None
    bearer: str | None = None
    cancelled: bool = False
    location: str | None = None
    rings: bool = False

    @property
    def timed(self) -> bool:
        """Whether the event has hours."""
        return self.start is not None


def uid(key: str, part: Part) -> str:
    """The identity of an event for ever: `key.part@avtalsvakt`.

    Keys of duties go in as they are. Ids of facts come from files and may hold anything, so what is not plain ASCII is
    percent-encoded, and a key too long for servers that make file names of it ends in a hash instead.
    """
    plain = quote(key, safe="/:+=", errors="replace")
    if len(plain) > LONGEST_KEY:
        plain = f"{plain[: LONGEST_KEY - 20]}.{sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"{plain}.{part}@{HOST}"
