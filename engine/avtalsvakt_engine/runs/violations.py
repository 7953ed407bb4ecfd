"""The lives of violations: raised, cured, excused, standing or annulled, as the verdicts on their duties change."""

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_engine.storage.conclusions.store import Store, Violation
from avtalsvakt_engine.storage.runs.first_known import first_known
from avtalsvakt_engine.verdicts import Verdict

_NORMS = {"obligation": "shall", "recommendation": "should"}


class Violations(Struct, frozen=True):
    """The violations of one run. `by_rules`: only its rules are new, so nobody learns anything new from it."""

    store: Store
    decider: Decider
    run: int
    as_of: date
    by_rules: bool

    def follow(self, verdict: Verdict, status: str) -> str | None:
        """Let a violation follow its verdict's new status; the life it took, or None where nothing changed.

        Raises NotEvaluated where the question could not be answered.
        """
        known = self.store.violation(verdict.duty)
        was = known.life if known else "none"
        norm = _NORMS.get(verdict.modality, "other")
        if verdict.attest and norm == "shall":
            norm = "attested"
        if norm not in ("shall", "attested") or (known is None and status not in ("overdue", "fulfilled_late")):
            return None
        words = QUESTIONS["violation"].words(
            norm=norm, was=was, status=status, curable="yes" if verdict.curable else "no"
        )
        life = self.decider.decide("violation", words).value
        if life == was or (known is None and life == "none"):
            return None
        self.store.put_violation(
            self.run, replace(known, life=life, changed_on=self.as_of) if known else self._new(verdict, life)
        )
        return life

    def _new(self, verdict: Verdict, life: str) -> Violation:
        raised = verdict.since
        if verdict.due:  # a no, or a record that shows a lack itself, is a violation before the last day has passed
            raised = min(raised, verdict.due + timedelta(days=1))
        return Violation(verdict.duty, verdict.agreement, life, raised, self._known_on(verdict), self.as_of)

    def _known_on(self, verdict: Verdict) -> date:
        """The day we knew: of this run, or where only the rules are new, of the first run that had what it takes."""
        if not self.by_rules:
            return self.as_of
        seen = {one for one in (verdict.trigger, *verdict.facts) if one} | {one.fact for one in verdict.not_counted}
        return first_known(self.store.connection, verdict.since, seen) or self.as_of
