"""Days as Swedes write them: `17/11 2026`, `17 nov`, `17 november 2026`; out comes ISO 8601 for `read_day`.

In comes a text and the day it is written, out comes year-month-day, or the text as it is where it is none of these. The
day comes first and the month after it, as in Swedish; a form in which the order is not settled (03/04/2026) is left to
be refused. Without a year the day nearest to the one on which it is written is meant, and the answer shows which.
"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENDS = ("uari", "uari", "s", "il", "", "i", "i", "usti", "tember", "ober", "ember", "ember")
_NAMED = {name + end: number for number, (name, end) in enumerate(zip(_MONTHS, _ENDS, strict=True), start=1)}
_NAMES = {**_NAMED, **{name: number for number, name in enumerate(_MONTHS, start=1)}, "sept": 9}
_SAID = re.compile(
    r"\b(?:den )?(?P<day>\d{1,2})(?:/(?P<number>\d{1,2})|\.? (?P<name>[a-z]+)\.?)(?:,? (?P<year>\d{4}))?(?!\w)",
    re.ASCII,
)

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def iso_day(text: str, today: date) -> str:
    """The day as ISO 8601, or the text as it is."""
    found = _SAID.fullmatch(" ".join(text.casefold().split()))
    month = int(found["number"]) if found and found["number"] else _NAMES.get(found["name"], 0) if found else 0
    if found is None or not 1 <= month <= len(_MONTHS):
        return text
    if found["year"]:
        return f"{found['year']}-{month:02}-{int(found['day']):02}"
    return _nearest(month, int(found["day"]), today) or text


def day_within(text: str, today: date) -> tuple[str, str] | None:
    """The first day that stands in a text, as ISO 8601, and the text without it; None where none does."""
    for found in (*_ISO.finditer(text), *_SAID.finditer(text.casefold())):
        day = iso_day(found[0], today)
        if _ISO.fullmatch(day):
            return day, f"{text[: found.start()]} {text[found.end() :]}"
    return None


def _nearest(month: int, day: int, today: date) -> str | None:
    """The day with that month and number that is nearest; None where no year about now has it."""
    tries = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            tries.append(date(year, month, day))
        except ValueError:  # 29 February, or a day that there never is
            continue
    return min(tries, key=lambda one: abs(one - today)).isoformat() if tries else None
