"""What shows a duty done: in time, late, undecided, or in breach by the occasion's own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle.context import Duty
from tests.oracle.exhibits import Exhibits
from tests.oracle.life import OPEN
from tests.oracle.naming import named_days, year_named
from tests.oracle.occasions import PERIODS, Occasion
from tests.oracle.register import NO, OCCASIONS, UNKNOWN, YES, Act, looks_like, when_it_was
from tests.oracle.serving import Served
from tests.oracle.wording import Reader

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause

LASTING = ("role_assigned", "resource_allocated")


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
    odd_parts: bool = False


class Evidence(Exhibits):
    """Holds what can be shown against the days of a duty. `served`, by clause: which occasions an act serves."""

    served: dict[str, Served]

    def fit(self, duty: Duty, act: Act) -> int:
        """Whether an act is evidence of this duty, and serves its occasion and no other."""
        occasion = Occasion(duty.event, duty.about, duty.one, duty.next_label, duty.label)
        answer = self.suits(duty.name, duty.clause, act, occasion)
        return min(answer, self.served[duty.name].answer(duty, act)) if duty.name in self.served else answer

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
            known = {act.id for act, fit, time in mine if fit and time == "undecided"}
            more = [act for act in self._perhaps_inside(duty) if act.id not in known]
            mine += [(act, self.fit(duty, act), "undecided") for act in more]
        in_time = tuple(act for act, fit, time in mine if fit == YES and time == "in time")
        unclear = [
            act for act, fit, time in mine if fit and (fit, time) not in ((YES, "in time"), (YES, "late")) and time
        ]
        late = tuple(act for act, fit, time in mine if fit == YES and time == "late")
        return Found(
            in_time,
            late,
            tuple(unclear),
            odd_parts=self._parts(duty, (*in_time, *late)) == UNKNOWN,
            without_effect=tuple(
                act for act in self.valid_acts(duty.name, duty.clause.what, valid=False) if self.fit(duty, act) != NO
            ),
        )

    def _perhaps_inside(self, duty: Duty) -> list[Act]:
        """What is known to the month or year, begins in the days of the duty or before, and ends after them."""
        due = duty.bound_day
        return [
            act for act in self.valid_acts(duty.name, duty.clause.what)
            if act.fact.precision != "day" and not _names_earlier(act)
            and act.fact.date <= min(due, self.as_of) and act.day > due and duty.first <= act.fact.last
        ]  # fmt: skip

    def _time(self, duty: Duty, act: Act) -> str | None:
        """In time, late, or None where the act does not belong to this duty; without a last day nothing is late."""
        time = self._belongs(duty, act)
        if time and duty.hours:
            first, last = when_it_was(act)
            return "in time" if last <= duty.hours[0] else "late" if first > duty.hours[1] else "undecided"
        return "in time" if time and duty.due is None else time

    def _belongs(self, duty: Duty, act: Act) -> str | None:
        sent, due = self.reading(duty.name, "SENT"), duty.bound_day
        if duty.event is None and duty.label and all(_asks_for_its_period(one) for one in duty.clause.what):
            return self._of_its_period(duty, act, sent, due)
        if duty.shape == "fixed date":
            return self._on_fixed_date(duty, act, sent, due)
        if duty.shape == "count":
            return self._in_period(duty, act, sent, due)
        if not duty.first <= act.day or (duty.shape == "exact" and act.day != due):
            return None
        if duty.event is None and named_days(act.fact) and _names_earlier(act, duty.first):
            return None
        if duty.due is None and duty.clause.duty_norm == "shall_not" and act.day > duty.last_late:
            return None
        if act.day <= due:
            return "in time"
        return "late" if act.day <= duty.last_late else None

    def _of_its_period(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        """An act that has to name its period belongs to the one it names, whatever its date; else to its own day's."""
        named = {word for name in PERIODS for word in act.words(name)}
        if duty.label not in named if named else not duty.first <= act.day <= due:
            return None
        if act.day <= due or duty.shape in ("own", "undated"):
            return "in time" if act.day <= due else "late"
        if duty.shape == "count":
            other = _names_earlier(act) and not self._within(duty, act)
            return "late" if sent == "always" or (act.fact.kind not in OCCASIONS and not other) else None
        return "late"

    def _within(self, duty: Duty, act: Act) -> bool:
        """Whether the period that an act names is that of the duty, or a part of it."""
        names = named_days(act.fact)
        return bool(duty.whole and names and duty.whole[0] <= names[0] <= names[1] <= duty.whole[1])

    def _of_version(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        """A step belongs to the period of the version it serves, however late it is; done again it serves nothing."""
        assert act.serves and duty.whole
        steps = [one for one in self.valid_acts(duty.name, duty.clause.what) if one.serves]
        first = next(one for one in steps if one.serves and one.serves.id == act.serves.id)
        if first.id != act.id or not duty.first <= act.serves.own <= max(due, duty.whole[1]):
            return None
        if act.day <= due:
            return "in time"
        other = _names_earlier(act) and not self._within(duty, act)
        return "late" if sent == "always" or (act.fact.kind not in OCCASIONS and not other) else None

    def _in_period(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        """An act belongs to the period of its own day, or to the earlier one that it names."""
        assert duty.whole
        if act.serves and not self._as_annexed(duty):
            return self._of_version(duty, act, sent, due)
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

    def _as_annexed(self, duty: Duty) -> bool:
        return "UPPDATUM" in duty.clause.readings.codes and self.reading(duty.name, "UPPDATUM") == "annex"

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
        reader = Reader(self.people, self.asked_for)
        apart_from_parts = looks_like(itself, event, reader, own=True)
        answer = min(apart_from_parts, self._parts(duty, [event], own=True))
        if answer == YES:
            return Found(in_time=(event,))
        right = (event,) if apart_from_parts == YES else ()
        unclear = (event,) if answer == UNKNOWN else ()
        return Found(unclear=unclear, breach=answer == NO, right_otherwise=right)

    def _parts(self, duty: Duty, acts: Sequence[Act], *, own: bool = False) -> int:
        """Whether acts together have all the parts that are listed; where one is not understood, it is asked.

        On parts of which an occasion's `own` record is silent it is asked too.
        """
        reader, answers = Reader(self.people, self.asked_for), [YES]
        for part in duty.clause.including:
            if has_part(part, acts):
                continue
            silent = own and not any(act.words(name) for act in acts for name in part)
            odd = any(_perhaps_part(part, act, reader) for act in acts)
            answers.append(UNKNOWN if silent or odd else NO)
        return min(answers)

    def _of_turn(self, duty: Duty, attribute: str) -> Found:
        """Two take turns: not the one who presided last (or, by ALT=second, a change after every second occasion)."""
        assert duty.event and duty.clause.when
        held = [
            act for act in self.valid_acts(duty.name, duty.clause.when.events)
            if act.day < duty.event.day and (self.life.in_force(act.day) or self._continued(act.day))
        ]  # fmt: skip
        now = self._one_who_led(duty.event.fact.text(attribute))
        before = self._one_who_led(held[-1].fact.text(attribute)) if held else None
        if now is None or (held and before is None):
            return Found(unclear=(duty.event,))
        change = not held or self.reading(duty.name, "ALT") == "each" or len(held) % 2 == 0
        right = not held or (now != before) is change
        return Found(in_time=(duty.event,)) if right else Found(breach=True)

    def _continued(self, day: date) -> bool:
        """Whether a day was under the text that this one continues."""
        return self.source.continues is not None and day < self.life.first

    def _one_who_led(self, name: str | None) -> str | None:
        """The party of the one who presided, else the name itself; None where it is not known or not understood."""
        if name is None or (not self.people.is_known(name) and self.people.is_known(name.lower())):
            return None
        return self.people.party(name) or name

    def _of_state(self, duty: Duty, acts: Sequence[Act]) -> Found:
        forbidden = duty.clause.duty_norm == "shall_not"
        recorded = [
            (act, fit) for act in acts
            if act.day <= duty.last_late and (not forbidden or self._touches(duty, act))
            and (fit := self.fit(duty, act)) != NO
        ]  # fmt: skip
        when = min(self.as_of, duty.last_late)  # what it was on the last day, it stays
        current = [(act, fit) for act, fit in recorded if forbidden or when <= _lasts_until(act)]
        there = tuple(act for act, fit in current if fit == YES)
        unclear = tuple(act for act, fit in current if fit == UNKNOWN)
        parts = self._parts(duty, there)
        missing, odd = not there or parts != YES, parts == UNKNOWN
        short = missing or len(there) < duty.required
        breach = bool(recorded) and short and not unclear and not odd and not only_a_ceiling(duty.clause)
        return Found(there, unclear=unclear, breach=breach, silent=missing, odd_parts=odd)

    def _touches(self, duty: Duty, act: Act) -> bool:
        """Whether an act, or what lasts from it, is of a day on which the text held."""
        if act.day >= duty.first:
            return self.life.in_force(act.day)
        return act.fact.kind in LASTING and _lasts_until(act) >= duty.first


def _lasts_until(act: Act) -> date:
    """The last day of a role or a resource; what is done on a day is done for ever."""
    return date.fromisoformat((act.words("to") or ("9999-12-31",))[0]) if act.fact.kind in LASTING else OPEN


def only_a_ceiling(clause: Clause) -> bool:
    """Whether a clause only says how many there may be."""
    return clause.at_most is not None and not clause.written("at_least")


def _names_earlier(act: Act, day: date | None = None) -> bool:
    """Whether an act names a period that was over before that day, or its own."""
    names = named_days(act.fact)
    return bool(names and names[1] < act.fact.date and names[1] < (day or act.fact.date))


def has_part(part: dict[str, str | list[str]], acts: Sequence[Act]) -> bool:
    return any(_part_of(part, act) == YES for act in acts)


def _part_of(part: dict[str, str | list[str]], act: Act) -> int:
    for name, wanted in part.items():
        if not set(act.words(name)) & ({wanted} if isinstance(wanted, str) else set(wanted)):
            return NO
    return YES


def _perhaps_part(part: dict[str, str | list[str]], act: Act, reader: Reader) -> bool:
    """Whether an act may have a part, in words that are not understood."""
    for name, wanted in part.items():
        meant = [wanted] if isinstance(wanted, str) else wanted
        words = act.words(name)
        if not set(words) & set(meant) and not reader.odd(act.fact.kind, name, words, meant):
            return False
    return True


def _asks_for_its_period(pattern: p.Pattern) -> bool:
    return any(isinstance(value, p.Same) and name in PERIODS for name, value in pattern.values)
