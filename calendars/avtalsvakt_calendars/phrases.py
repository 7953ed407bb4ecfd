"""Swedish as it is written in a calendar: days, periods, and texts that are cut."""

from datetime import date

from avtalsvakt_rules.texts.expressions import expression

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_PART = expression(r"(?P<year>\d{4})-(?P<letter>[HQ])(?P<number>\d)")
_MONTH = expression(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
_SEMESTER = expression(r"(?P<year>\d{4})-(?P<half>VT|HT)")
_TERM = expression(r"term-(\d+)")
_YEARS = expression(r"(\d{4})/(\d{4})")


def long_day(day: date) -> str:
    """The day in full: 31 december 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """The day in short: 31 dec 2026."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """The day for a title, of a year that is plain: 31 dec."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def span(first: date, last: date) -> str:
    """Two days and what lies between them, both included."""
    return f"{long_day(first)} – {long_day(last)}"


def period_words(label: str) -> str:
    """A period's label (2026, 2026-H1, 2026-Q2, 2026-03, 2026-VT, 2023/2026, term-1) in words; any other as it is."""
    if part := _PART.fullmatch(label):
        return f"{'halvår' if part['letter'] == 'H' else 'kvartal'} {part['number']} {part['year']}"
    if month := _MONTH.fullmatch(label):
        return f"{MONTHS[int(month['month']) - 1]} {month['year']}"
    if semester := _SEMESTER.fullmatch(label):
        return f"{semester['half'].lower()} {semester['year']}"
    if term := _TERM.fullmatch(label):
        return f"avtalstid {term[1]}"
    if years := _YEARS.fullmatch(label):
        return f"{years[1]}–{years[2]}"
    return label


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def clip(text: str, length: int) -> str:
    """The text cut after a whole word where there is one, with an ellipsis, at most `length` characters long."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    whole, gap, _ = head.rpartition(" ")
    return (whole if gap and len(whole) > length // 2 else head).rstrip(" ,;:–(") + "…"
