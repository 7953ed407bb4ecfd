"""What shows a duty done: in time, late, undecided, or in breach by the occasion's own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle.context import Duty
from tests.oracle.exhibits import Exhibits
from tests.oracle.life import OPEN
from tests.oracle.naming import named_days, year_named
from tests.oracle.register import NO, OCCASIONS, UNKNOWN, YES, Act, looks_like

from avtalsvakt_rules import patterns as p


@dataclass(frozen=True)
class Found:
    """The evidence of one duty on the day: each act with the day on which it took effect."""

    in_time: tuple[Act, ...] = ()
    late: tuple[Act, ...] = ()
    unclear: tuple[Act, ...] = ()
    breach: bool = False
    silent: bool = False
    without_effect: tuple[Act, ...] = ()
    right_otherwise: tuple[Act, ...] = ()


class Evidence(Exhibits):
    """Holds what can be shown against the days of a duty."""

    def evidence(self, duty: Duty) -> Found:
        """What shows the duty done, of what has happened by the day."""
        if duty.shape == "itself":
            return self._of_itself(duty)
        acts = [act for act in self.valid_acts(duty.name, duty.clause.what) if act.day <= self.as_of]
        if duty.shape == "state":
            return self._of_state(duty, acts)
        mine = [(act, self.fit(duty, act), self._time(duty, act)) for act in acts]
        mine = [(act, fit, "undecided" if time and self._rough(duty, act, time) else time) for act, fit, time in mine]
        if self.reading(duty.name, "SENT") == "never":
            mine = [(act, fit, time if time != "late" else None) for act, fit, time in mine]
        if duty.shape in ("count", "fixed date"):
            mine += [(act, self.fit(duty, act), "undecided") for act in self._perhaps_inside(duty)]
        return Found(
            tuple(act for act, fit, time in mine if fit == YES and time == "in time"),
            tuple(act for act, fit, time in mine if fit == YES and time == "late"),
            tuple(
                act
                for act, fit, time in mine
                if (fit == UNKNOWN and time in ("in time", "late")) or (fit and time == "undecided")
            ),
            without_effect=tuple(
                act for act in self.valid_acts(duty.name, duty.clause.what, valid=False) if self.fit(duty, act) != NO
            ),
        )

    def _perhaps_inside(self, duty: Duty) -> list[Act]:
        """What is known to the month or year, begins in the days of the duty or before, and ends after them."""
        due = duty.due or OPEN
        return [
            act for act in self.valid_acts(duty.name, duty.clause.what)
            if act.fact.precision != "day" and not _names_earlier(act)
            and act.fact.date <= min(due, self.as_of) and act.day > due and duty.first <= act.fact.last
        ]  # fmt: skip

    def _time(self, duty: Duty, act: Act) -> str | None:
        """In time, late, or None where the act does not belong to this duty or comes too late."""
        sent, due = self.reading(duty.name, "SENT"), duty.due or OPEN
        if duty.shape == "fixed date":
            return self._on_fixed_date(duty, act, sent, due)
        if duty.shape == "count":
            return self._in_period(duty, act, sent, due)
        if not duty.first <= act.day or (duty.shape == "exact" and act.day != due):
            return None
        if duty.event is None and named_days(act.fact) and _names_earlier(act, duty.first):
            return None
        if act.day <= due:
            return "in time"
        return "late" if act.day <= duty.last_late else None

    def _in_period(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        """An act belongs to the period of its own day, or to the earlier one that it names."""
        assert duty.whole
        names = named_days(act.fact)
        of_this = bool(names and duty.whole[0] <= names[0] <= names[1] <= duty.whole[1])
        if names and names[1] < act.fact.date and not of_this:
            return None
        if act.own < duty.first:
            return None
        elsewhere = names is None or names[1] >= act.fact.date
        if act.day <= due:
            return "in time"
        if sent == "always":
            return "late"
        belongs = of_this or (elsewhere and act.own <= due)
        return "late" if belongs and act.fact.kind not in OCCASIONS else None

    def _rough(self, duty: Duty, act: Act, time: str) -> bool:
        """Whether an act known to the month or year may lie on either side of the first or the last day."""
        earliest = act.fact.date
        return act.fact.precision != "day" and (
            earliest < duty.first or (time == "late" and earliest <= (duty.due or OPEN))
        )

    def _on_fixed_date(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        named, year = year_named(act.fact), str(due.year)
        if named is not None and named != year:
            return None
        if duty.bound and act.day < duty.first:
            return None
        if named is None and (act.day < duty.first or (act.day.year != due.year and sent != "always")):
            return None
        return "in time" if act.day <= due else "late"

    def _of_itself(self, duty: Duty) -> Found:
        assert duty.event and duty.clause.when
        event, [pattern] = duty.event, duty.clause.what
        turning = [name for name, value in pattern.values if isinstance(value, p.Alternating)]
        if turning:
            return self._of_turn(duty, turning[0])
        itself = p.Pattern(event.fact.kind, pattern.values)
        parts = [_part_of(part, event) for part in duty.clause.including]
        apart_from_parts = looks_like(itself, event, self.agreement.parties, own=True)
        answer = min([apart_from_parts, *parts])
        if answer == YES:
            return Found(in_time=(event,))
        right = (event,) if apart_from_parts == YES else ()
        unclear = (event,) if answer == UNKNOWN else ()
        return Found(unclear=unclear, breach=answer == NO, right_otherwise=right)

    def _of_turn(self, duty: Duty, attribute: str) -> Found:
        """Two take turns: not the one who presided last (or, by ALT=second, a change after every second occasion)."""
        assert duty.event and duty.clause.when
        held = [
            act for act in self.valid_acts(duty.name, duty.clause.when.events)
            if act.day < duty.event.day and self.life.in_force(act.day)
        ]  # fmt: skip
        now = duty.event.fact.text(attribute)
        before = held[-1].fact.text(attribute) if held else None
        if now is None or (held and before is None):
            return Found(unclear=(duty.event,))
        change = not held or self.reading(duty.name, "ALT") == "each" or len(held) % 2 == 0
        right = not held or (now != before) is change
        return Found(in_time=(duty.event,)) if right else Found(breach=True)

    def _of_state(self, duty: Duty, acts: Sequence[Act]) -> Found:
        current = [act for act in acts if self.as_of <= date.fromisoformat((act.words("to") or ("9999-12-31",))[0])]
        missing = not current or not all(has_part(part, current) for part in duty.clause.including)
        return Found(tuple(current), breach=bool(acts) and missing, silent=not acts)


def _names_earlier(act: Act, day: date | None = None) -> bool:
    """Whether an act names a period that was over before that day, or its own."""
    names = named_days(act.fact)
    return bool(names and names[1] < act.fact.date and names[1] < (day or act.fact.date))


def has_part(part: dict[str, str | list[str]], acts: Sequence[Act]) -> bool:
    return any(_part_of(part, act) == YES for act in acts)


def _part_of(part: dict[str, str | list[str]], act: Act) -> int:
    answers = [YES]
    for name, wanted in part.items():
        words, accepted = set(act.words(name)), {wanted} if isinstance(wanted, str) else set(wanted)
        answers.append(UNKNOWN if not words else YES if words & accepted else NO)
    return min(answers)
