"""Presumed facts: what a `deemed` clause lets one fact say about another, as dispatch says about receipt."""

from collections.abc import Iterator, Sequence
from datetime import date

from avtalsvakt_engine.deadlines import Marks, date_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference import Decider
from avtalsvakt_engine.matching import Match, Parties, static, texts
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.patterns import Same
from avtalsvakt_rules.rulebook import Rulebook


def presumed(rulebook: Rulebook, instrument: Instrument, facts: Sequence[Fact], decider: Decider) -> Iterator[Fact]:
    """Facts that the instrument presumes.

    Question `presumption`; reading SENAST3: an earlier recorded receipt goes before.
    """
    for name, clause in instrument.clauses.items():
        if "deemed" not in clause.norm or clause.when is None:
            continue
        readings = in_use(rulebook, instrument, clause)
        vardag, reading = readings.get("VARDAG"), readings.get("SENAST3")
        for event in facts:
            if not any(
                one.kind == event.kind and static(one, event, Parties(), {}) is Match.YES for one in clause.when.events
            ):
                continue
            handed_over = event.text("handed_over")
            named = {"event.handed_over": date.fromisoformat(handed_over)} if handed_over else {}
            due = (
                date_of(clause.when.due, Marks(event=event.date, named=named), vardag=vardag)
                if clause.when.due
                else None
            )
            if due is not None and _concludes(clause, event, due, facts, decider, reading):
                yield _fact(name, clause, event, due)


def _concludes(clause: Clause, event: Fact, due: date, facts: Sequence[Fact], decider: Decider, reading: str) -> bool:
    recorded = [fact.date for fact in facts if fact.kind == clause.what[0].kind and _about(clause, fact, event)]
    word = "none" if not recorded else "earlier" if min(recorded) < due else "later"
    words = QUESTIONS["presumption"].words(recorded=word, reading=reading)
    return decider.decide("presumption", words).value == "presumed"


def _about(clause: Clause, fact: Fact, event: Fact) -> bool:
    return any(
        event.id in texts(fact.attributes.get(name)) for name, value in clause.what[0].values if isinstance(value, Same)
    )


def _fact(name: str, clause: Clause, event: Fact, due: date) -> Fact:
    refers = {attribute: event.id for attribute, value in clause.what[0].values if isinstance(value, Same)}
    return Fact(
        id=f"presumerad.{name}.{event.id}",
        kind=clause.what[0].kind,
        agreement=event.agreement,
        date=due,
        recorded=max(event.recorded, due.isoformat()),
        arrival=event.arrival,
        attributes=refers,
    )
