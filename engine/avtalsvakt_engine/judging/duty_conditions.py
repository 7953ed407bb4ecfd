"""Whether what a duty is given holds: a fact, another clause met or missed, another instrument in force.

Source: semantics.md, Instruments in time: a condition is judged on the due date; without one, or before it, on as_of.
"""

from collections.abc import Callable, Sequence
from datetime import date

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.fitting import fits
from avtalsvakt_engine.evidence.matching import Match
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.gathered import occasion_of
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.conditions import Condition

Tied = Callable[[str, Duty], Sequence[Verdict]]
MET, MISSED = ("fulfilled", "fulfilled_late"), ("overdue", "recommendation_not_met", "fulfilled_late")
NOT_LOST = ("fulfilled", "pending", "at_risk")


class DutyConditions:
    """The conditions of the duties of one case. `tied(clause, duty)` gives verdicts reached on the duty's occasion."""

    def __init__(self, case: Case, tied: Tied) -> None:
        """Nothing is judged yet."""
        self.case = case
        self.tied = tied
        self.came_to: dict[str, str] = {}  # what only conditions came to: duty → status

    def given(self, duty: Duty, asof: AsOf) -> bool:
        """Whether everything that the duty is given holds; all of it is asked, since each part may change."""
        held = [self.holds(condition, duty, asof) for condition in duty.clause.given]
        return all(held)

    def released(self, duty: Duty, asof: AsOf) -> bool:
        """Whether something holds that the duty yields to; all of it is asked."""
        held = [self.holds(condition, duty, asof) for condition in duty.clause.unless]
        return any(held)

    def holds(self, condition: Condition, duty: Duty, asof: AsOf) -> bool:
        """Whether one condition holds for a duty; `asof` remembers when that may change."""
        if condition.in_force:
            return self._in_force(condition.in_force, duty, asof)
        if condition.met or condition.missed:
            return self._other(condition, duty, asof)
        return self._found(condition, duty, asof)

    def _other(self, condition: Condition, duty: Duty, asof: AsOf) -> bool:
        """Whether another clause was met by all who had to, or missed by anyone, for the same occasion."""
        verdicts, right = self.tied(condition.met or condition.missed or "", duty), duty.clause.duty_norm == "may"
        for verdict in verdicts:
            asof.absorb_until(verdict.until)
        if not verdicts:  # nothing to hold it against yet: a right is still open, a duty has no ground
            return right
        statuses = list(map(self._status, verdicts))
        if condition.missed:
            return any(status in MISSED for status in statuses)
        return all(status in (NOT_LOST if right else MET) for status in statuses)  # lateness revives no lost right

    def _status(self, verdict: Verdict) -> str:
        return self.came_to.get(verdict.duty, verdict.status)

    def missed_on(self, name: str, duty: Duty) -> date:
        """The last day of what was missed first for the duty's occasion; the first of all days where nothing was."""
        missed = [one.due for one in self.tied(name, duty) if one.due and self._status(one) in MISSED]
        return min(missed, default=date.min)

    def _found(self, condition: Condition, duty: Duty, asof: AsOf) -> bool:
        """Whether what the condition asks for had happened by the last day of the period, or by the occasion's day."""
        if condition.pattern is None:
            return False
        first, last = self._days(duty)
        occasion = occasion_of(duty)
        for item in self.case.select(duty.name, (condition.pattern,)).between(first, last):
            fit = fits(condition.pattern, item, occasion, self.case.index)
            if item.certain and fit.match is Match.YES:
                return asof.reached(item.day)
        return False

    def _days(self, duty: Duty) -> tuple[date, date]:
        """The days in which a condition that is an act may have happened: of the period, not of the time for filing."""
        if duty.period is not None:
            return max(duty.period.start, self.case.scope.first), min(duty.period.end, duty.due or date.max)
        if duty.event is not None and duty.of_event:
            return date.min, day_of(duty.event) if duty.due else date.max
        return max(duty.start, self.case.scope.first), duty.due or date.max

    def _in_force(self, name: str, duty: Duty, asof: AsOf) -> bool:
        """Judged on the due date; without one, or before it, on the day judged."""
        timelines, agreement = self.case.timelines, self.case.agreement
        if name == "superior":
            asof.absorb_until(
                min(
                    (t for one in timelines.superior(agreement) if (t := timelines.of(one.instrument).until)),
                    default=None,
                )
            )
            if duty.due is not None and asof.reached(duty.due):
                return timelines.superior_covers(agreement, duty.due)
            return timelines.superior_in_force(agreement, asof)
        timeline = timelines.of(name)
        asof.absorb_until(timeline.until)
        if duty.due is not None and asof.reached(duty.due):
            return timeline.covers(duty.due)
        return timeline.in_force(asof)
