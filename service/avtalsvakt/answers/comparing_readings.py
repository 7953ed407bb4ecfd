"""What another choice of reading would change: the same rules and facts judged both ways, held side by side.

In come two assessments, out come the duties whose status, last day, number or existence differ.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.reading_register import question
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Problem, Rejected, missing
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.rulebook import Rulebook

WHERE = "--compare"
# In what a duty can differ, in the order in which it is told. A duty is there only once, or differs in the others.
RESPECTS = ("only_now", "only_then", "status", "due", "required")


class Difference(Struct, frozen=True):
    """One duty as it is judged now and as it would be; None where it is not there at all."""

    duty: str
    now: Verdict | None
    then: Verdict | None

    @property
    def agreement(self) -> str:
        """The agreement that the duty belongs to."""
        known = self.now or self.then
        return known.agreement if known else ""

    @property
    def differs(self) -> tuple[str, ...]:
        """In which of RESPECTS."""
        if self.now is None or self.then is None:
            return ("only_then",) if self.now is None else ("only_now",)
        return tuple(name for name in RESPECTS[2:] if getattr(self.now, name) != getattr(self.then, name))


class Comparison(Struct, frozen=True):
    """One choice held against those in force; `refused` says why where it cannot be made."""

    code: str
    choice: str
    now: tuple[str, ...]
    refused: Problem | None
    differences: tuple[Difference, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many duties differ in what."""
        found = Counter(name for one in self.differences for name in one.differs)
        return {name: found[name] for name in RESPECTS}


def asked(texts: Iterable[str], rulebook: Rulebook) -> list[Comparison]:
    """What to compare: each `KOD=VAL`, and for a code alone every choice but one that is made everywhere now.

    Nothing is judged yet. Raises Rejected for a code or a choice that there is not.
    """
    out: list[Comparison] = []
    for text in texts:
        code, _, choice = text.partition("=")
        if code not in load_readings():
            raise Rejected([missing("läsningen", code, set(load_readings()), WHERE)])
        known = question(rulebook, code)
        choices = {one.name: one for one in known.choices}
        if choice and choice not in choices:
            raise Rejected([missing(f"{code}-valet", choice, set(choices), WHERE)])
        wanted = [choice] if choice else [one for one in choices if known.in_force != (one,)]
        out += [Comparison(code, one, known.in_force, choices[one].refused) for one in wanted]
    return out


def differences(now: Assessment, then: Assessment) -> tuple[Difference, ...]:
    """The duties that are judged otherwise: by agreement and obligation as they stand in the rules, then by day."""
    before, after = ({one.duty: one for one in found.duties} for found in (now, then))
    every = [Difference(duty, before.get(duty), after.get(duty)) for duty in dict.fromkeys((*before, *after))]
    agreements = {state.agreement: place for place, state in enumerate(now.instruments)}
    obligations = {_obligation(one): place for place, one in reversed(list(enumerate(every)))}

    def place(one: Difference) -> tuple[int, int, date]:
        return agreements.get(one.agreement, len(agreements)), obligations[_obligation(one)], _day(one)

    return tuple(sorted((one for one in every if one.differs), key=place))


def _obligation(one: Difference) -> tuple[str, str, str]:
    known = one.now or one.then
    return (known.agreement, known.instrument, known.obligation) if known else ("", "", "")


def _day(one: Difference) -> date:
    """The first day of its period, else its last day."""
    known = one.now or one.then
    return date.max if known is None else known.period.start if known.period else known.due or date.max
