"""Whether what a duty is given holds: a fact, another clause met or missed, another instrument in force.

Source: semantics.md, Instruments in time: a condition is judged on the due date; without one, or before it, on as_of.
"""

from collections.abc import Callable
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

StatusOf = Callable[[str, str], Verdict | None]


class DutyConditions:
    """The conditions of the duties of one case. `verdict_of(clause, occasion)` gives verdicts already reached."""

    def __init__(self, case: Case, verdict_of: StatusOf) -> None:
        """Nothing is judged yet."""
        self.case = case
        self.verdict_of = verdict_of
        self.came_to: dict[tuple[str, str], str] = {}  # what only conditions came to: clause, occasion → status

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
            verdict = self.verdict_of(condition.met or condition.missed or "", duty.occasion)
            if verdict is None:  # nothing to hold it against yet: a right is still open, a duty has no ground
                return duty.clause.duty_norm == "may"
            asof.absorb_until(verdict.until)
            status = self.came_to.get((verdict.obligation, duty.occasion), verdict.status)
            if duty.clause.duty_norm == "may" and condition.met:  # what came too late revives no lost right
                return status in ("fulfilled", "pending", "at_risk")
            met = status in ("fulfilled", "fulfilled_late")
            return met if condition.met else status in ("overdue", "recommendation_not_met", "fulfilled_late")
        return self._found(condition, duty, asof)

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
