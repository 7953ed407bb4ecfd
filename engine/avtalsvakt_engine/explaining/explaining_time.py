"""How the period, the due date and the terms of a verdict came about, and how long it stands. Lines of Swedish."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.hours import clock_in_sweden, day_in_sweden, over
from avtalsvakt_engine.dates.periods import span
from avtalsvakt_engine.evidence.appointments import Standing, appointments
from avtalsvakt_engine.evidence.moments import moment_of, says_its_moment
from avtalsvakt_engine.evidence.secrecy import told
from avtalsvakt_engine.explaining.clause_words import EVENT, day_words, when_words
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_hours import HOURS
from avtalsvakt_engine.terms.timeline import Timeline
from avtalsvakt_engine.verdicts import Period, Verdict
from avtalsvakt_rules.interpreting.sensitive_cases import number_in, stand_in
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import Movables
from avtalsvakt_rules.language.patterns import ITSELF
from avtalsvakt_rules.language.when import When


def time_lines(
    verdict: Verdict,
    clause: Clause,
    names: Names,
    facts: Mapping[str, Fact],
    timelines: Mapping[str, Timeline],
    as_of: date,
    receipt: Iterable[str] = (),
) -> Iterator[str]:
    """When the clause asks for something, which period or event this duty is about, and what its last day is.

    `receipt` tells how the event came about, where nobody recorded it.
    """
    yield when_words(clause, names)
    if clause.when is None:
        return
    if verdict.period:
        yield from _period(verdict, verdict.period, clause.when)
    if clause.sensitive:
        yield from _case(verdict, facts)
    if verdict.trigger:
        trigger = facts.get(verdict.trigger)
        yield f"utlöst av {fact_words(trigger, names) if trigger else verdict.trigger}"
        yield from receipt
    place = _standing(verdict, clause.when, facts, as_of, names.vocabulary.movable)
    event = facts.get(verdict.trigger or "")
    if place and event and (place.off or place.day != event.date):
        now = "inställt utan ny dag" if place.off else f"den {place.day}"
        yield f"enligt det som nu är känt är tillfället {now}"
    if clause.what[0].kind != ITSELF:  # an occasion's own record has no other day than its own
        day = place.day if place else event.date if event else None
        yield from _due(verdict, clause.when, names, timelines, day.isoformat() if day else EVENT)
        if event and clause.when.due and clause.when.due.hours is not None:
            yield _last_moment(event, clause.when.due.hours)


def working_day_lines(clause: Clause, country: str | None) -> Iterator[str]:
    """Whose holidays decide, of a clause that counts in working days and a text that follows another country's."""
    days = clause.when.days if clause.when else ()
    if country and any(day.unit == "working day" or day.last_working or day.rolls for day in days):
        yield f"vardagar räknas efter de allmänna helgdagarna i {country}"


def _case(verdict: Verdict, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Which case a duty is about, where that is sensitive: the record that says it, to whoever may read that."""
    number = number_in(verdict.duty.partition(f".{verdict.obligation}.")[2])
    yield from (f"gäller det som {one.id} anger" for one in facts.values() if stand_in(one.arrival) == number)


def _standing(
    verdict: Verdict, when: When, facts: Mapping[str, Fact], as_of: date, movable: Movables
) -> Standing | None:
    """Where the planned occasion that a duty is about now stands; None where it is about none."""
    for kind in (event.kind for event in when.events if event.kind in movable):
        own = [
            fact for fact in facts.values() if fact.agreement == verdict.agreement and fact.kind in movable[kind].kinds
        ]
        found = appointments(kind, movable[kind], own, planned=lambda fact: fact.recorded_on < fact.date, merge=True)
        for one in found:
            if one.first.id == verdict.trigger:
                return one.standing(AsOf(as_of))
    return None


def _period(verdict: Verdict, period: Period, when: When) -> Iterator[str]:
    if when.form == "term":
        number = period.label.rpartition("-")[2]
        yield f"giltighetstid nummer {number}: {_range(period.start, period.end)}"
        return
    text = f"{period.label}: {_range(period.start, period.end)}"
    whole = span(period.label)
    if whole and whole != (period.start, period.end) and when.period != "year_end":
        text += f", den del av {_range(*whole)} då avtalet gällde"
    elif verdict.part_period:
        text += ", en delperiod: avtalet gällde bara en del av den"
    yield text


def _due(verdict: Verdict, when: When, names: Names, timelines: Mapping[str, Timeline], event: str) -> Iterator[str]:
    if verdict.due is None:
        return
    whole = "term" if when.form == "term" else "period"
    if when.due is None and when.form == "always":
        yield f"sista dag {verdict.due}: {'då det ska vara så' if when.from_ else 'så länge det ska vara så'}"
        return
    if when.due is None:
        end = "giltighetstidens sista dag" if _is_last_day(verdict.due, timelines) else "periodens sista dag"
        yield f"sista dag {verdict.due}: {end}"
        return
    if when.due.fixed and when.due.fixed == verdict.due:
        return  # the day is what the clause says, word for word
    counted = f" ({verdict.period.end})" if when.due.mark == "end" and when.due.count and verdict.period else ""
    yield f"sista dag {verdict.due}: {day_words(when.due, names, whole, event)}{counted}"


def _last_moment(event: Fact, hours: int) -> str:
    """The moment at which hours are over that are counted from an event, or that nobody knows it."""
    first, last = (_moment(one) for one in over(moment_of(event, event.date), hours))
    if not says_its_moment(event):
        return f"{event.id} säger inte när på dagen det var, så sista stund är någon gång från {first} till {last}"
    until = last if first == last else f"någon gång från {first} till {last}"
    return f"räknat från {event.id} kl. {' '.join(told(event, HOURS))}: sista stund {until}"


def _moment(moment: datetime) -> str:
    return f"{day_in_sweden(moment)} kl. {clock_in_sweden(moment)}"


def _is_last_day(day: date, timelines: Mapping[str, Timeline]) -> bool:
    return any(day == one.end for timeline in timelines.values() for one in timeline.spans)


def until_lines(verdict: Verdict) -> Iterator[str]:
    """Until when the verdict stands if nothing new is recorded; nothing where only something new can change it."""
    if verdict.until is not None:
        yield f"till och med {verdict.until}, om inget nytt registreras"


def _range(first: date, last: date) -> str:
    return f"{first} – {_end(last)}"


def _end(last: date) -> str:
    return "tills vidare" if last == FAR else last.isoformat()
