"""Hours as people in Sweden write them: `13-15`, `kl. 13.00–15.00`, `klockan 9`, `09.30`; out comes one form of them.

In comes a text, out come `13:00` or `13:00-15:00`, or a Problem in Swedish. A time that cannot be read is refused: a
calendar that leaves it out without a word says that the meeting takes all day.
"""

import re
from datetime import time

from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression

HOURS = "time"
"""The attribute that holds hours."""

_CLOCK = r"(?:kl\.?|klockan)?\s*"
_ONE = r"(\d{1,2})(?:[:.](\d{2})(?:[:.]00)?)?"
_HOURS = expression(rf"{_CLOCK}{_ONE}(?:\s*(?:-|–|—|till|to)\s*{_CLOCK}{_ONE})?", re.IGNORECASE | re.ASCII)
_REMEDY = "skriv till exempel 13:00, 13:00-15:00, 13-15, kl. 13 eller kl. 13.00–15.00"


def settled_hours(text: str) -> str | None:
    """The hours as `13:00` or `13:00-15:00`; None where the text is none, or the end is not after the start."""
    read = read_hours(text)
    return "-".join(f"{one:%H:%M}" for one in read) if read and read[0] < (*read[1:], time.max)[0] else None


def read_hours(text: str) -> tuple[time, ...] | None:
    """The first moment, and the one that is stated as the last, as they stand; None where they cannot be read."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    try:
        start = time(int(found[1]), int(found[2] or 0))
        return (start, time(int(found[3]), int(found[4] or 0))) if found[3] else (start,)
    except ValueError:
        return None


def hours_or_problem(value: object, where: str) -> str | Problem:
    """The settled hours of an attribute, or what is wrong with what stands there."""
    if not isinstance(value, str):
        return Problem("klockslaget är av fel slag", where, "fältet rymmer ett klockslag eller ett tidsspann", _REMEDY)
    settled = settled_hours(value)
    if settled is not None:
        return settled
    found = _HOURS.fullmatch(value.strip())
    why = "det är inget klockslag mellan 00:00 och 23:59 och inget tidsspann med slutet efter början"
    if found is None:
        why = "det är inte skrivet som ett klockslag eller ett tidsspann"
    return Problem(f"klockslaget '{shown(value)}' kan inte läsas", where, why, _REMEDY)
