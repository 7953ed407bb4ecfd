"""The time of a report as a picture in values: a lane for each thing required, with marks on days.

In comes an agreement's report, out come lanes; a face draws them, and tells the same as text. What several texts ask
for is one lane. Questions have no lanes: they are answered on the last day or not at all.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.report import ADVICE, IN_TIME, LATE, MISSED, OPEN, WAIVED, AgreementReport, Requirement
from avtalsvakt_calendars.phrases import period_words

__all__ = ["ADVICE", "DONE", "KINDS", "LATE", "MISSED", "OPEN", "WAIVED", "Lane", "Mark", "lanes"]

DONE = "done"
KINDS = (DONE, LATE, MISSED, ADVICE, WAIVED, OPEN)
"""What a mark can say, in the order in which marks are explained."""


class Mark(Struct, frozen=True, order=True):
    """Something on a day: what was done in time or late, or a last day with what came of it."""

    day: date
    kind: str
    exact: bool = True


class Lane(Struct, frozen=True):
    """One line of the picture. `met` of `required` duties were met in time; `after`: days when it was done too late."""

    title: str
    marks: tuple[Mark, ...]
    met: int
    required: int
    requirements: tuple[Requirement, ...]

    @property
    def after(self) -> tuple[date, ...]:
        """The days after a last day on which something was done, also those beyond the picture."""
        return tuple(sorted({day for one in self.requirements if one.outcome == LATE for day in one.late_days}))


def lanes(report: AgreementReport, start: date, end: date) -> tuple[Lane, ...]:
    """The lanes in the order of their first last day; marks outside the time are left out."""
    groups: dict[object, list[Requirement]] = {}
    for one in report.acts:
        groups.setdefault(_lane_of(one, report), []).append(one)
    return tuple(_lane(found, start, end) for found in groups.values())


def _lane_of(one: Requirement, report: AgreementReport) -> object:
    """What texts that ask for one act share; else the obligation."""
    name = (one.verdict.instrument, one.verdict.obligation)
    return next((group for group in report.shared if name in group), frozenset({name}))


def _lane(found: list[Requirement], start: date, end: date) -> Lane:
    marks = {one for requirement in found for one in _marks(requirement) if start <= one.day <= end}
    first = next((one for one in found if not one.source), found[0])
    met = sum(one.outcome == IN_TIME for one in found)
    title = _title(first, found, start.year if start.year == end.year else None)
    return Lane(title, _loudest(marks), met, len(found), tuple(found))


def _title(first: Requirement, found: list[Requirement], year: int | None) -> str:
    """The duty's title; without its period where the lane has several, or where it is the picture's own year."""
    label = first.verdict.period.label if first.verdict.period else ""
    several = len({one.verdict.period for one in found}) > 1
    if not several and label != str(year):
        return first.title
    return first.title.removesuffix(label).removesuffix(period_words(label)).rstrip(" ,")


def _marks(one: Requirement) -> Iterator[Mark]:
    for fact in one.done:
        late = one.verdict.due is not None and fact.date > one.verdict.due
        yield Mark(fact.date, LATE if late else DONE, fact.precision == "day")
    if one.verdict.due is not None and one.outcome in (MISSED, ADVICE, WAIVED, OPEN, LATE):
        yield Mark(one.verdict.due, MISSED if one.outcome == LATE else one.outcome)


def _loudest(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """At most one mark on a day: what was missed goes before what was done."""
    order = (MISSED, ADVICE, WAIVED, OPEN, LATE, DONE)
    best: dict[date, Mark] = {}
    for one in sorted(marks, key=lambda mark: order.index(mark.kind)):
        best.setdefault(one.day, one)
    return tuple(sorted(best.values()))
