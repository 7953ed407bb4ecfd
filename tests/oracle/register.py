"""What a register shows on a day, and what each act says, read fact by fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from msgspec.structs import replace
from tests.oracle.calendar_days import ONE, last_of_month, moments, plus_months
from tests.oracle.wording import ASKED, Reader, meaning_the_same

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language import patterns as p

AHEAD = {
    "agreement_term", "agreement_terminated", "meeting_scheduled", "role_assigned", "resource_allocated",
    "site_collab_ended", "inspection_planned", "hearing_scheduled",
}  # fmt: skip
OCCASIONS = {"meeting_held", "consultation_held", "inspection_done", "training_done", "hearing_held"}
YES, UNKNOWN, NO = 2, 1, 0


def shown(facts: Iterable[Fact], known_at: date | None) -> list[Fact]:
    """The facts that hold: what was known by the end of a day, corrected and without what was retracted."""
    known = [fact for fact in facts if known_at is None or date.fromisoformat(fact.recorded[:10]) <= known_at]
    known.sort(key=lambda fact: (fact.recorded, fact.arrival))

    def target(fact: Fact) -> str | None:
        return fact.text("target") if fact.kind.startswith("record_") else None

    def stands(fact: Fact) -> bool:
        return not any(one.kind == "record_retracted" and target(one) == fact.id and stands(one) for one in known)

    out = []
    for fact in known:
        if target(fact) is None and stands(fact):
            mended = fact
            for one in known:
                if one.kind == "record_corrected" and target(one) == fact.id and stands(one):
                    mended = _corrected(mended, one)
            out.append(mended)
    return out


def _corrected(fact: Fact, correction: Fact) -> Fact:
    changes = correction.attributes["set"]
    attributes = dict(fact.attributes)
    assert not isinstance(changes, str | tuple)
    for name, value in changes.items():
        if name == "agreement":
            fact = replace(fact, agreement=str(value))
        elif name == "date":
            before = (*fact.was, fact.date) if fact.precision == "day" else fact.was
            day = date.fromisoformat(str(value))
            fact = replace(fact, date=day, precision="day", recorded=correction.recorded, was=before)
        elif value in (None, ""):
            attributes.pop(name, None)
        else:
            attributes[name] = value  # type: ignore[assignment]
    return replace(fact, attributes=attributes)


@dataclass(frozen=True)
class Act:
    """A fact as an event: the day it has effect, whether it was only planned, every record it goes by, its own day.

    `asks` where something that decides what it is must be asked; `since` the day on which what it refers to was done;
    `serves` the version of a document that it is a step of.
    """

    fact: Fact
    day: date
    planned: bool = False
    records: frozenset[str] = field(default_factory=frozenset)
    own: date = date.min
    asks: bool = False
    since: date | None = None
    serves: "Act | None" = None

    @property
    def id(self) -> str:
        """The id it goes by."""
        return self.fact.id

    def words(self, name: str) -> tuple[str, ...]:
        """The texts of an attribute."""
        value = self.fact.attributes.get(name)
        return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()


def acts_of(facts: Sequence[Fact], *, merge: bool, accept_plans: bool) -> list[Act]:
    """The acts that an agreement's facts tell of, by day, one for each meeting (reading DUBBLETT)."""
    out = []
    for group in _same_meetings(facts) if merge else [[fact] for fact in facts]:
        told = group[0]
        for fact in group[1:]:
            told = replace(
                told, attributes={**told.attributes, **fact.attributes}, recorded=fact.recorded, arrival=fact.arrival
            )
        recorded = date.fromisoformat(told.recorded[:10])
        planned = not accept_plans and recorded < told.date and told.kind not in AHEAD
        out.append(
            Act(told, last_possible_day(told), planned, frozenset(fact.id for fact in group), last_possible_day(told))
        )
    return sorted(out, key=lambda act: (act.day, act.fact.arrival, act.id))


def _same_meetings(facts: Sequence[Fact]) -> list[list[Fact]]:
    groups: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda one: (one.recorded, one.arrival)):
        for group in groups:
            if _one_meeting(group[0], fact):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def _one_meeting(one: Fact, other: Fact) -> bool:
    if {one.kind, other.kind} not in ({"meeting_held"}, {"hearing_held"}) or "day" not in {one.precision} & {
        other.precision
    }:
        return False
    if one.attributes.get("separate") or other.attributes.get("separate"):
        return False
    return all(one.text(name) == other.text(name) for name in ("body", "site")) and one.date == other.date


def last_possible_day(fact: Fact) -> date:
    """The last day that a roughly dated act can have been, knowing that it had been when it was recorded."""
    if fact.precision == "day":
        return fact.date
    recorded = date.fromisoformat(fact.recorded[:10])
    last = last_of_month(fact.date) if fact.precision == "month" else date(fact.date.year, 12, 31)
    return max(min(last, recorded), fact.date)


def when_it_was(act: Act) -> tuple[int, int]:
    """The first and the last moment at which an act may have been that took effect on its day."""
    if act.fact.precision != "day":
        return moments(min(act.fact.date, act.day), act.day)
    said = (act.fact.text("time") or "").split("-") if act.day == act.fact.date else [""]
    return moments(act.day, act.day, tuple((int(one[:2]), int(one[3:])) for one in said if len(one) == 5))


def looks_like(pattern: p.Pattern, act: Act, reader: Reader, *, own: bool = False) -> int:
    """YES, NO, or UNKNOWN where what decides is not recorded or not understood; what hangs on the duty is left out.

    A fact that is silent on a text is about something else, unless it is the occasion's `own` record or people are
    always asked about the attribute.
    """
    if act.fact.kind != pattern.kind:
        return NO
    answers = [YES]
    for name, wanted in pattern.values:
        words = (act.fact.agreement,) if name == "agreement" else act.words(name)
        if isinstance(wanted, p.OneOf | p.NotIn):
            silent = UNKNOWN if own or name in ASKED else NO
            answers.append(_worded(wanted, act.fact.kind, name, words, reader) if words else silent)
        elif isinstance(wanted, p.Both):
            everyone = reader.people.all_of(words) or reader.initiated
            answers.append(UNKNOWN if not words else YES if everyone else NO)
        elif isinstance(wanted, p.Compare):
            answers.append(_compared(wanted, act, name))
        elif isinstance(wanted, p.Length):
            answers.append(_so_long(wanted, act.words(wanted.since)[:1], words))
    return min(answers)


def _worded(wanted: p.OneOf | p.NotIn, kind: str, name: str, words: Sequence[str], reader: Reader) -> int:
    meant = {same for text in wanted.texts for same in (meaning_the_same(text) if name == "form" else {text})}
    others = [word for word in words if word not in meant]
    understood = [word for word in others if not reader.odd(kind, name, [word], wanted.texts)]
    if len(others) < len(words) if isinstance(wanted, p.OneOf) else understood:
        return YES
    return UNKNOWN if len(understood) < len(others) else NO


def _compared(wanted: p.Compare, act: Act, name: str) -> int:
    found = [_number(act.words(one)[:1]) for one in ([name, wanted.of] if wanted.of else [name])]
    if None in found:
        return UNKNOWN
    number, whole = Fraction(found[0] or 0), Fraction(found[1] or 0) if wanted.of else Fraction(1)
    short = number - wanted.bound * whole if wanted.at_least else wanted.bound * whole - number
    return YES if short > 0 or (short == 0 and not wanted.strict) else NO


def _so_long(wanted: p.Length, first: Sequence[str], last: Sequence[str]) -> int:
    """Whether the last day is the one that many months on, or the day before it."""
    days = [date.fromisoformat(word) for word in (*first, *last[:1]) if len(word) == 10]
    if len(days) < 2:
        return UNKNOWN
    whole = plus_months(days[0], wanted.months)
    enough = days[1] + ONE >= whole
    return YES if enough and (wanted.at_least or days[1] <= whole) else NO


def _number(words: Sequence[str]) -> Fraction | None:
    """A number as people write it, with a comma, as a fraction or in per cent; None where it is none."""
    text = "".join(words).replace(",", ".").replace(" ", "")
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
