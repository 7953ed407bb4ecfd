"""What an occasion of a calendar is called in the register: the same however often it is moved, called off, read again.

In come an event's UID, which occasion of its series it is, the agreement and the kind; out comes the fact's id. All of
one event and agreement begin alike, so that those of a series can be found that its calendar no longer has.
"""

import hashlib
from base64 import b32encode

from avtalsvakt_calendars.importing.calendar_file import Occasion

PLANNED, HELD, OFF = "meeting_scheduled", "meeting_held", "meeting_cancelled"


def family(uid: str, agreement: str) -> str:
    """What the ids of an event's facts for an agreement begin with."""
    return f"kal-{_short(uid, agreement)[:10]}-"


def fact_id(occasion: Occasion, agreement: str, kind: str, *further: str) -> str:
    """The id of what is recorded about an occasion; `further` tells apart what may be recorded more than once."""
    return family(occasion.uid, agreement) + _short(occasion.recurrence, kind, *further)[:10]


def old_id(occasion: Occasion, agreement: str, kind: str, body: str) -> str:
    """The id that a fact of the occasion was given before ids were kept when it moved."""
    return f"kal-{_short(occasion.uid, occasion.start.isoformat(), kind, agreement, body)[:12]}"


def _short(*parts: str) -> str:
    return b32encode(hashlib.sha256("\n".join(parts).encode()).digest()).decode().lower()
