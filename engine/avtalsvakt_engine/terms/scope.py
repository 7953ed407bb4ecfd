"""When a clause applied to an agreement.

The days its own instrument was in force and, for an umbrella's clause, the agreement too.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.terms.timeline import Span, Timeline


class Scope(Struct, frozen=True):
    """Spans of days in order, without overlap; never empty."""

    spans: tuple[Span, ...]

    @property
    def first(self) -> date:
        """The first day."""
        return self.spans[0].start

    @property
    def last(self) -> date:
        """The last day; date.max while open."""
        return self.spans[-1].end

    def covers(self, day: date) -> bool:
        """Whether a day lies inside."""
        return any(span.start <= day <= span.end for span in self.spans)

    def term_end(self, day: date | None) -> date:
        """The last day of the term a day lies in; the last of all where it lies in none."""
        return next((span.end for span in self.spans if day and span.start <= day <= span.end), self.last)

    def days(self, first: date, last: date) -> int:
        """How many days of [first, last] lie inside."""
        inside = [span for span in self.spans if span.start <= last and span.end >= first]
        return sum(max(0, (min(last, span.end) - max(first, span.start)).days + 1) for span in inside)

    def clip(self, first: date, last: date) -> tuple[date, date] | None:
        """First and last day of [first, last] that lie inside; None where none does."""
        inside = [span for span in self.spans if span.start <= last and span.end >= first]
        if not inside or first > last:
            return None
        return max(first, inside[0].start), min(last, inside[-1].end)

    def continued(self) -> "Scope":
        """From the first day on, without an end."""
        return Scope((replace(self.spans[0], end=FAR, planned_end=FAR),))

    def within(self, first: date | None, last: date | None) -> "Scope | None":
        """What lies in [first, last]; None where nothing does."""
        begins, ends = first or date.min, last or FAR
        inside = [span for span in self.spans if span.start <= ends and span.end >= begins]
        spans = []
        for span in inside:
            start, end = max(span.start, begins), min(span.end, ends)
            spans.append(replace(span, start=start, end=end, planned_end=min(span.planned_end, ends)))
        return Scope(tuple(spans)) if spans else None


def own_scope(timeline: Timeline) -> Scope:
    """All the days an instrument is in force."""
    return Scope(timeline.spans)


def shared_scope(local: Timeline, superior: Timeline, before: Sequence[Timeline]) -> Scope | None:
    """The days both are in force and no earlier superior instrument is; None where there are none."""
    spans: list[Span] = []
    for mine in local.spans:
        for theirs in superior.spans:
            start, end = max(mine.start, theirs.start), min(mine.end, theirs.end)
            start = max([start, *(_day_after(other.last) for other in before)])
            if start <= end:
                planned = min(mine.planned_end, theirs.planned_end)
                spans.append(Span(start, end, planned, len(spans) + 1, "shared", mine.fact))
    return Scope(tuple(spans)) if spans else None


def _day_after(day: date) -> date:
    return day if day == FAR else date.fromordinal(day.toordinal() + 1)
