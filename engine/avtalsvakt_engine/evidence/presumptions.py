"""Presumed facts: what a `deemed` clause lets one fact say about another, as dispatch says about receipt."""

from collections.abc import Iterator, Sequence
from datetime import date

from avtalsvakt_engine.dates.deadlines import Marks, date_of
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.matching import Match, Parties, static, texts
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.readings_in_use import InUse, in_use
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import OneOf, Same
from avtalsvakt_rules.rulebook import Rulebook

PRESUMED = "presumerad"


def presumed_by(fact_id: str) -> str | None:
    """The clause by which a fact of that id was presumed; None for what a person recorded."""
    parts = fact_id.split(".", 2)
    return parts[1] if len(parts) == 3 and parts[0] == PRESUMED else None


def with_presumed(
    rulebook: Rulebook, instrument: Instrument, facts: Sequence[Fact], decider: Decider
) -> Sequence[Fact]:
    """The facts, with what the instrument presumes in place of what was recorded about the same event.

    Question `presumption`; reading SENAST3: an earlier recorded receipt goes before.
    """
    replaced: set[str] = set()
    added: list[Fact] = []
    for name, clause in instrument.clauses.items():
        if "deemed" not in clause.norm:
            continue
        readings = in_use(rulebook, instrument, clause)
        happened = [fact for fact in facts if not _planned(fact, readings)]
        for event, due in _presumptions(clause, facts, readings):
            if not _asked_for(clause, happened, event, due):
                continue
            recorded = [fact for fact in facts if fact.kind == clause.what[0].kind and _about(clause, fact, event)]
            if _concludes(due, [fact for fact in recorded if not _planned(fact, readings)], decider, readings):
                replaced |= {fact.id for fact in recorded}
                added.append(_fact(name, clause, event, due))
    return [*(fact for fact in facts if fact.id not in replaced), *added] if added else facts


def _presumptions(clause: Clause, facts: Sequence[Fact], readings: InUse) -> Iterator[tuple[Fact, date]]:
    """The events that a clause presumes something from, and the day on which it does."""
    when = clause.when
    if when is None or when.due is None:
        return
    for event in facts:
        alike = [one for one in when.events if one.kind == event.kind]
        if not any(static(one, event, Parties(), {}) is Match.YES for one in alike) or _planned(event, readings):
            continue
        handed_over = event.text("handed_over")
        named = {"event.handed_over": date.fromisoformat(handed_over)} if handed_over else {}
        due = date_of(when.due, Marks(event=day_of(event), named=named), vardag=readings.working_days)
        if due is not None and clause.valid.holds(day_of(event)):
            yield event, due


def _asked_for(clause: Clause, facts: Sequence[Fact], event: Fact, due: date) -> bool:
    """Whether the acts that a presumption hangs on had happened by its day, and none that takes it away."""
    held = [_had_happened(one, facts, event, due) for one in clause.given]
    return all(held) and not any(_had_happened(one, facts, event, due) for one in clause.unless)


def _had_happened(condition: Condition, facts: Sequence[Fact], event: Fact, due: date) -> bool:
    pattern = condition.pattern
    if pattern is None:  # anything but an act is refused when the file is read
        return True
    same = [name for name, value in pattern.values if isinstance(value, Same)]
    done = [fact for fact in facts if fact.kind == pattern.kind and day_of(fact) <= due]
    about = [fact for fact in done if all(event.id in texts(fact.attributes.get(name)) for name in same)]
    return any(static(pattern, fact, Parties(), {}) is Match.YES for fact in about)


def _planned(fact: Fact, readings: InUse) -> bool:
    """Whether it was written down before its own day (reading FRAMTID)."""
    return fact.recorded_on < fact.date and readings.get("FRAMTID") == "planned"


def _concludes(due: date, recorded: Sequence[Fact], decider: Decider, readings: InUse) -> bool:
    word = "none" if not recorded else "earlier" if min(fact.date for fact in recorded) < due else "later"
    words = QUESTIONS["presumption"].words(recorded=word, reading=readings.get("SENAST3"))
    return decider.decide("presumption", words).value == "presumed"


def _about(clause: Clause, fact: Fact, event: Fact) -> bool:
    return any(
        event.id in texts(fact.attributes.get(name)) for name, value in clause.what[0].values if isinstance(value, Same)
    )


def _fact(name: str, clause: Clause, event: Fact, due: date) -> Fact:
    values = clause.what[0].values
    says = {attribute: value.texts[0] for attribute, value in values if isinstance(value, OneOf)}
    refers = {attribute: event.id for attribute, value in values if isinstance(value, Same)}
    return Fact(
        id=f"{PRESUMED}.{name}.{event.id}",
        kind=clause.what[0].kind,
        agreement=event.agreement,
        date=due,
        recorded=max(event.recorded, due.isoformat()),
        arrival=event.arrival,
        attributes={**says, **refers},
    )
