"""Judges one duty: turns what is known about it into words, lets the rules conclude, and writes the verdict.

Python finds phase, numbers and dates; the rules (questions `applicability`, `waiver`, `status`) draw the conclusions.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import by_day, day_of
from avtalsvakt_engine.evidence.matching import STRANGE, Match
from avtalsvakt_engine.evidence.selection import not_counted
from avtalsvakt_engine.evidence.written_form import signatures, written_form
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Conclusion, NotEvaluated
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.clause_plan import ClausePlan
from avtalsvakt_engine.judging.counting import counted, curable, required
from avtalsvakt_engine.judging.duty_conditions import DutyConditions, Tied
from avtalsvakt_engine.judging.gathered import Gathered
from avtalsvakt_engine.judging.gathering import gather
from avtalsvakt_engine.judging.listed_parts import covers
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_engine.verdicts import CLOSED, Clause, Verdict

_STATUS, _APPLICABILITY = QUESTIONS["status"], QUESTIONS["applicability"]
WARN = 30  # days; reading RISK30
ASKS = {
    "attribute_missing": "asks_attribute",
    "value_unknown": "asks_value",
    "actor_missing": "asks_actor",
    "actor_unknown": "asks_actor",
    "occasion_unclear": "asks_occasion",
    "day_missing": "asks_day",
    "time_missing": "asks_time",
}
"""What has to be asked where something may count, by the reason why it does not yet."""


@dataclass(slots=True)
class Findings:
    """What is concluded on the way to a verdict: rules that fired, what to ask, and whether the duty applies."""

    plan: ClausePlan
    fired: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    applies: bool = True

    def heard(self, rules: tuple[str, ...]) -> None:
        """Remember rules, each once, in the order they fired."""
        for rule in rules:
            if rule not in self.fired:
                self.fired.append(rule)


class Judge:
    """Judges the duties of one case. `tied(clause, duty)` gives verdicts already reached in the same cell."""

    def __init__(self, case: Case, tied: Tied) -> None:
        """Nothing is judged yet."""
        self.case = case
        self.conditions = DutyConditions(case, tied)
        self._waived: dict[str, list[Fact]] = defaultdict(list)
        for fact in case.index.of_kind("waiver"):
            self._waived[fact.text("obligation") or ""].append(fact)

    def key(self, duty: Duty) -> str:
        """The stable key: agreement, instrument where it is another, obligation, period or trigger."""
        stem = self.case.plan(duty.name).stem
        return f"{stem}.{duty.suffix}" if duty.suffix else stem

    def judge(self, duty: Duty) -> Verdict:
        """The verdict on a duty; `not_evaluated` with the cause where the rule engine fails."""
        asof = self.case.asof.fork()
        if duty.known:
            asof.absorb(duty.known)
        try:
            return self._judge(duty, asof)
        except NotEvaluated as failure:
            return self._verdict(
                duty, asof, "not_evaluated", Gathered(), Findings(self.case.plan(duty.name)), failure.cause
            )

    def unjudged(self, name: str, cause: str) -> Verdict:
        """Stands for all duties of a clause that could not even be listed."""
        clause, source = self.case.source.clauses[name], self.case.source
        agreement, at = self.case.agreement.instrument, self.case.plan(name).at
        obligation = name if self.case.own else f"{source.instrument}.{name}"
        verdict = not_evaluated(agreement, source.instrument, obligation, at, cause)
        return replace(verdict, obligation=name, modality=clause.modality, bearer=clause.who, body=clause.body)

    def _judge(self, duty: Duty, asof: AsOf) -> Verdict:
        found, plan = self._in_its_time(duty, gather(self.case, duty, asof)), self.case.plan(duty.name)
        notes = Findings(plan, list(found.fired))
        evidence = self._evidence(duty, found, asof)
        answered = evidence not in ("short", "unclear")
        if duty.unsure and evidence in ("short", "late", "breach"):
            evidence = "unclear"  # nobody is late with what may not have been asked for
        reason: str | None = self._applicability(duty, evidence, asof, notes, answered=answered)
        if not notes.applies:
            if plan.condition:
                came_to = self._status(duty, evidence, asof, Findings(plan)).value
                self.conditions.came_to[self.key(duty)] = came_to
            return self._verdict(duty, asof, "not_applicable", found.shown(), notes, reason)
        reason, conclusion = None, self._status(duty, evidence, asof, notes)
        if conclusion.value == "not_applicable":  # a right that has lapsed
            found, reason = found.shown(), conclusion.fired[-1]
        return self._verdict(duty, asof, conclusion.value, found, notes, reason)

    def _status(self, duty: Duty, evidence: str, asof: AsOf, notes: Findings) -> Conclusion:
        phase, waiver = self._phase(duty, asof), self._waiver(duty, asof, notes)
        if waiver == "unproven":  # it may excuse, so nobody is in breach until it is known
            notes.asked.append("value_unknown")
            waiver, evidence = "none", "unclear" if evidence in ("short", "breach") else evidence
        words = _STATUS.words(norm=_norm(duty, notes.plan), phase=phase, evidence=evidence, waiver=waiver)
        conclusion = self.case.decider.decide("status", words)
        notes.heard(conclusion.fired)
        return conclusion

    def _in_its_time(self, duty: Duty, found: Gathered) -> Gathered:
        """Without the acts that used a right too late, or before it arose: by the last day of what had to be missed."""
        if duty.clause.duty_norm != "may":
            return found
        missed = (self.conditions.missed_on(one.missed, duty) for one in duty.clause.given if one.missed)
        last = max(missed, default=date.min)
        early = [(item, "no_effect") for item in found.in_time if item.day <= last]
        in_time = [item for item in found.in_time if item.day > last]
        late = [(item, "too_late") for item in found.late]
        return replace(found, in_time=in_time, late=[], refused=[*found.refused, *early, *late])

    def _evidence(self, duty: Duty, found: Gathered, asof: AsOf) -> str:
        done, late, unclear = len(found.in_time), len(found.late), len(found.unclear)
        most = duty.clause.at_most
        if duty.window == "state" and not duty.forbids and not asof.reached(duty.start):
            found = replace(found, breach=False)  # it need not be so before its first day
        if found.breach or (duty.forbids and done) or (most is not None and done > most):
            return "breach"
        if most is not None and done + unclear > most:
            return "unclear"
        if duty.ceiling_only:
            return "enough" if asof.passed(duty.due or duty.late_until) else "short"
        listed = not duty.clause.including or duty.window == "itself" or covers(duty, found.in_time).match is Match.YES
        if done >= duty.required and listed and (done or duty.required == 0):
            return "enough"
        if done + late >= duty.required and found.parts.match is Match.YES:
            return "late"
        strange = done + late >= duty.required and found.parts.why == STRANGE.why
        return "unclear" if strange or (unclear and done + unclear >= duty.required) else "short"

    def _phase(self, duty: Duty, asof: AsOf) -> str:
        if duty.opens is not None and not asof.reached(duty.opens):
            return "unopened"
        if duty.window == "attest":
            return "asked"
        if duty.due is None:  # a prohibition that names no day is over when its agreement is
            return "passed" if duty.forbids and asof.passed(duty.late_until) else "undated"
        if asof.passed(duty.due):
            return "passed"
        warn = WARN if duty.clause.warn is None else duty.clause.warn
        return "near" if asof.reached(date.fromordinal(duty.due.toordinal() - warn)) else "open"

    def _applicability(self, duty: Duty, evidence: str, asof: AsOf, notes: Findings, *, answered: bool) -> str:
        words = _APPLICABILITY.words(
            start="reached" if asof.reached(max(duty.begins, self.case.scope.first)) else "ahead",
            cover=self._cover(duty, evidence, asof, notes.plan),
            given="holds" if not notes.plan.condition and self.conditions.given(duty, asof) else "fails",
            release=self._release(duty, asof, answered=answered),
            need=duty.need,
        )
        conclusion = self.case.decider.decide("applicability", words)
        notes.heard(conclusion.fired)
        notes.applies = conclusion.value == "applies"
        return conclusion.fired[-1]

    def _cover(self, duty: Duty, evidence: str, asof: AsOf, plan: ClausePlan) -> str:
        done = evidence in ("enough", "late")
        unasked = duty.window == "state" and evidence == "short" and not duty.forbids and duty.due is None
        if unasked and asof.passed(duty.late_until):
            return "lapsed"  # what must hold ends with its agreement; what was broken by then stays broken
        if duty.cover == "lapsed":
            # What was done in time stays done. A due date after the end is open until the last day, then nothing
            # remains to do; an early end takes away what was due before the end that was meant.
            ended_early = duty.window in ("own", "attest") and (duty.label or "").startswith("term-")
            return "lapsed" if not done and (ended_early or asof.passed(self.case.scope.last)) else "whole"
        choice = plan.nothing_after
        if choice is not None and duty.next_label and self._nothing_after(duty):
            if choice == "not_due":
                return "outside"
            if choice == "due_if_extended" and not done and asof.passed(self.case.scope.last):
                return "lapsed"
        return duty.cover

    def _nothing_after(self, duty: Duty) -> bool:
        """Whether the coming period lies after the agreement's last day."""
        coming = int((duty.next_label or "0001")[:4])
        return duty.period is not None and not self.case.scope.clip(date(coming, 1, 1), date.max)

    def _release(self, duty: Duty, asof: AsOf, *, answered: bool) -> str:
        released = self.conditions.released(duty, asof)
        anew = duty.window == "attest" and not answered and asof.passed(duty.asked_until)
        if self.case.doubled and self.case.yields(
            duty.name, duty.period.end if duty.period else duty.due or duty.start
        ):
            return "governed"  # read on a period's last day, as versions of a rule are
        return "released" if released else "asked_anew" if anew else "none"

    def _waiver(self, duty: Duty, asof: AsOf, notes: Findings) -> str:
        """Whether a waiver excuses: valid, unproven where its form is not understood, or none."""
        found = "none"
        for fact in self._waivers(duty):
            if not asof.reached(day_of(fact)):
                break
            readings, signed = self.case.readings(duty.name), signatures(fact, self.case.parties)
            choices = {"reading": readings.get("UNDANTAG"), "blank": readings.get("BLANKFORM")}
            words = QUESTIONS["waiver"].words(form=written_form(fact), signed=signed, **choices)
            conclusion = self.case.decider.decide("waiver", words)
            notes.heard(conclusion.fired)
            if conclusion.value == "valid":
                return "valid"
            found = "unproven" if conclusion.value == "unproven" else found
        return found

    def _waivers(self, duty: Duty) -> list[Fact]:
        """Waivers that name the duty, or its clause and no other period, by day."""
        if not self._waived:
            return []
        periods = (None, duty.label, duty.suffix, duty.occasion)
        clauses = (duty.name, f"{self.case.source.instrument}.{duty.name}")
        named = [one for name in clauses for one in self._waived.get(name, ()) if one.text("period") in periods]
        return sorted((*self._waived.get(self.key(duty), ()), *named), key=by_day)

    def _verdict(
        self, duty: Duty, asof: AsOf, status: str, found: Gathered, notes: Findings, reason: str | None
    ) -> Verdict:
        applies = status != "not_applicable"
        plan = notes.plan
        can_be_cured = not found.closed and curable(duty, plan.occasions, asof, plan.sent)
        asof.absorb_until(self.case.asof.until)
        clause, source = duty.clause, self.case.source
        return Verdict(
            duty=self.key(duty),
            agreement=self.case.agreement.instrument,
            instrument=source.instrument,
            obligation=duty.name,
            clause=plan.at,
            modality=clause.modality,
            bearer=duty.per if clause.per == "party" else clause.who,
            body=clause.body,
            period=duty.period,
            trigger=duty.event.id if duty.event else None,
            opens=duty.opens,
            due=duty.due if applies else None,
            status=status,
            required=required(duty) if applies else 0,
            counted=counted(duty, found) if applies else 0,
            facts=tuple([item.fact.id for item in (*found.in_time, *found.late)]),
            not_counted=not_counted(found.refused + found.unclear),
            part_period=duty.part_period,
            until=asof.until,
            since=asof.since,
            curable=can_be_cured,
            readings=plan.readings.shown,
            flags=self._flags(duty, found, notes),
            rules=tuple(notes.fired),
            reason=reason,
            attest=clause.attest,
        )

    def _flags(self, duty: Duty, found: Gathered, notes: Findings) -> tuple[str, ...]:
        """What to notice: what has to be asked, a step taken before the one it follows (a warning, not a breach)."""
        asked = [why for _, why in found.unclear] + notes.asked
        asked += [duty.unsure] if duty.unsure else []
        asked += [STRANGE.why] if found.parts.why == STRANGE.why else []
        flags = list(dict.fromkeys([ASKS[why] for why in asked]))
        flags += ["actor_unrecorded"] if found.unnamed else []
        flags += [CLOSED] if found.closed else []
        if duty.follows and found.in_time:
            first = found.in_time[0].day
            previous = "missing" if duty.leader_met is None else "before" if duty.leader_met <= first else "after"
            conclusion = self.case.decider.decide("order", QUESTIONS["order"].words(previous=previous))
            if conclusion.value == "wrong_order":
                flags.append("wrong_order")
                notes.fired += conclusion.fired
        return tuple(flags)


def _norm(duty: Duty, plan: ClausePlan) -> str:
    if plan.norm == "shall_not" and duty.window == "attest":
        return "shall"  # the question is whether the prohibition was kept, and yes is what is asked for
    return plan.norm


def not_evaluated(agreement: str, instrument: str, obligation: str, clause: Clause, cause: str) -> Verdict:
    """A verdict that says that something could not be judged, and why."""
    return Verdict(
        duty=f"{agreement}.{obligation}",
        agreement=agreement,
        instrument=instrument,
        obligation=obligation,
        clause=clause,
        modality="obligation",
        bearer=None,
        body=None,
        period=None,
        trigger=None,
        opens=None,
        due=None,
        status="not_evaluated",
        required=0,
        counted=0,
        reason=cause,
    )
