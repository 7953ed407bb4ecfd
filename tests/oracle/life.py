"""An instrument's terms, read from its rule file and its facts; semantics.md, Instruments in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tests.oracle import decisions
from tests.oracle.calendar_days import ONE, date_meant, last_of_month, plus_months
from tests.oracle.people import People
from tests.oracle.register import NO, UNKNOWN, YES, Act, looks_like
from tests.oracle.wording import Reader

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.vocabulary import load

OPEN = date.max


@dataclass(frozen=True)
class Term:
    """First and last day, the last day it was meant to have, and the fact that it rests on."""

    number: int
    first: date
    last: date
    meant: date
    fact: str | None = None
    renewed: bool = False


@dataclass(frozen=True)
class Life:
    """The terms of an instrument as of a day."""

    terms: tuple[Term, ...]
    ended_by: str | None = None

    def state(self, as_of: date) -> str:
        """Where the instrument is in its life at the end of a day."""
        if as_of < self.first:
            return "not_started"
        if as_of > self.last:
            return self.ended_by or "lapsed"
        later = self.terms[1:] if any(one.renewed for one in self.terms) else self.terms[1:][-1:]
        return "extended" if any(as_of >= one.first for one in later) else "in_force"

    def in_force(self, day: date) -> bool:
        """Whether some term covers the day."""
        for term in self.terms:  # noqa: SIM110 - asked for every day of every period
            if term.first <= day <= term.last:
                return True
        return False

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.terms[0].first

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.terms[-1].last


def life_of(
    instrument: Instrument,
    acts: Sequence[Act],
    as_of: date,
    reading: Callable[[str, Clause | None], str],
    superior_in_force: Callable[[str, date], bool],
    reader: Reader,
    options: Sequence[tuple[Act, Clause]] = (),
) -> Life:
    """The terms that the facts give; `superior_in_force(name, day)` tells of other instruments.

    `options` are the rights to a longer term that were used, with the acts by which they were.
    """
    terms = [Term(1, _day(instrument.term.from_, first=True), end := _end(instrument.term.to), end)]
    for extended in instrument.extended:
        terms.append(_next(terms[-1], _day(extended.to), None))
    by_day = [act for act in acts if act.day <= as_of and not act.planned]
    agreed = [(act, None) for act in by_day if act.fact.kind == "extension_agreed"]
    for act, right in sorted([*agreed, *options], key=lambda one: (one[0].day, one[1] is not None)):
        if terms[-1].last == OPEN:
            continue
        if right and right.effect and right.effect.renews:
            until = plus_months(terms[-1].last + ONE, right.effect.renews) - ONE
            terms.append(replace(_next(terms[-1], until, None), renewed=True))
        elif right:
            longer = _by_option(act, right, terms[-1], reading)
            terms += [_next(terms[-1], longer, act.id)] if longer else []
        else:
            new_end = _new_end(instrument, act, terms[-1], reading)
            if (
                new_end
                and new_end > terms[-1].last
                and _works(instrument, act, terms[-1], new_end, acts, as_of, reading, superior_in_force, reader)
            ):
                terms.append(_next(terms[-1], new_end, act.id))
    ended_by = None
    for act in acts:
        if act.fact.kind == "agreement_terminated":
            rough = {"day": 10, "month": 7, "year": 4}[act.fact.precision]
            day = _day(act.fact.text("ends_on") or act.fact.date.isoformat()[:rough])
            terms = [term for term in terms if term.first <= day] or terms[:1]
            if day <= terms[-1].last:
                terms[-1], ended_by = replace(terms[-1], last=max(day, terms[-1].first)), "terminated"
    return Life(tuple(terms), ended_by)


def _day(text: str, *, first: bool = False) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    opening = date.fromisoformat((text + "-01-01")[:10])
    if first:
        return opening
    return last_of_month(opening) if len(text) == 7 else date(opening.year, 12, 31)


def _end(text: str | None) -> date:
    return _day(text) if text else OPEN


def _next(last: Term, end: date, fact: str | None) -> Term:
    return Term(last.number + 1, last.last + ONE, end, end, fact)


def _by_option(act: Act, right: Clause, last: Term, reading: Callable[[str, Clause | None], str]) -> date | None:
    """The last day that a right gives: its own, or the one stated where that is the same or, if so read, less."""
    assert right.effect
    own, stated = _length(right, last, reading), act.fact.text("new_end")
    end = _day(stated) if stated else own
    shorter = right.effect.at_most or reading("FORLANG", right) == "option"
    return end if end > last.last and (end == own or (shorter and end < own)) else None


def power(instrument: Instrument) -> Clause | None:
    """The clause by which the parties may agree to extend, before one that somebody may use by other means."""
    found = [one for one in instrument.clauses.values() if one.effect and one.effect.extends]
    return next((one for one in found if not one.extends_its_term), found[0] if found else None)


def _length(clause: Clause, last: Term, reading: Callable[[str, Clause | None], str]) -> date:
    assert clause.effect and clause.effect.extends
    end = plus_months(last.last, 12 * clause.effect.extends)
    return end - ONE if "NYAR4" in clause.readings.codes and reading("NYAR4", clause) == "minus1" else end


def _new_end(instrument: Instrument, act: Act, last: Term, reading: Callable[[str, Clause | None], str]) -> date | None:
    stated, clause = act.fact.text("new_end"), power(instrument)
    if stated:
        return _day(stated)
    return _length(clause, last, reading) if clause else None


def _works(
    instrument: Instrument,
    act: Act,
    last: Term,
    new_end: date,
    acts: Sequence[Act],
    as_of: date,
    reading: Callable[[str, Clause | None], str],
    superior_in_force: Callable[[str, date], bool],
    reader: Reader,
) -> bool:
    clause = power(instrument)
    paper = paper_of(act, reader.people, reading("BLANKFORM", clause))
    retroactive = reading("EFTERUT", clause) == "retro" and paper == "valid"
    length, conditions, superior = "no_clause", "met", "unneeded"
    if clause and clause.effect:
        expected = _length(clause, last, reading)
        shorter = clause.effect.at_most or reading("FORLANG", clause) == "option"
        length = "clause" if new_end == expected or (shorter and new_end < expected) else "other"
        needed = [one.in_force for one in clause.given if one.in_force]
        if needed:
            days = {"agreed": [act.day], "start": [last.last + ONE], "whole": [last.last + ONE, new_end]}
            held = all(superior_in_force(needed[0], day) for day in days[reading("EXTKOND", clause)])
            superior = "in_force" if held else "not_in_force"
        proofs = [
            _proof(instrument.clauses[one.met], last, acts, as_of, lambda code: reading(code, clause), reader)
            for one in clause.given
            if one.met
        ]
        conditions = "failed" if "failed" in proofs else "unproven" if "unproven" in proofs else "met"
        if conditions == "unproven" and reading("BLANKFORM", clause) == "strict":
            conditions = "failed"  # what nobody has shown did not happen
    moment = "in_time" if act.day <= last.last or retroactive else "expired"
    return decisions.extension(moment, superior, length, conditions, paper) != "no_effect"


def paper_of(act: Act, people: People, blank: str) -> str:
    """Writing and signatures of an act, as the law sees them."""
    return decisions.paper(form_of(act), signed_of(act, people), blank)


def form_of(act: Act) -> str:
    """Written, oral, not recorded, or a word that is neither."""
    form = act.words("form")
    listed = load().forms
    if not form:
        return "missing"
    return "oral" if form[0] in listed["oral"] else "written" if form[0] in listed["written"] else "unknown"


def signed_of(act: Act, people: People) -> str:
    """By both parties, by one, or not recorded."""
    names = act.words("signed_by")
    return "missing" if not names else "both" if people.all_of(names) else "one"


def _proof(
    clause: Clause, last: Term, acts: Sequence[Act], as_of: date, reading: Callable[[str], str], reader: Reader
) -> str:
    """Whether the consultation that an extension asks for is on record: in time, late or one-sided, or not at all."""
    assert clause.when
    due = last.last
    if clause.when.due:
        marks: dict[str, date | None] = {"start": last.first, "end": last.last}
        due = date_meant(clause.when.due, marks, reading("SEXMAN"), reading("VARDAG")) or due
    failed = False
    for act in acts:
        if act.planned or not last.first <= act.day <= min(as_of, last.last):
            continue
        reader = replace(reader, initiated=reading("SAMRAD") == "initiated")
        answers = [looks_like(one, act, reader) for one in clause.what]
        if YES in answers and act.day <= due:
            return "met"
        relaxed = [looks_like(one, act, replace(reader, initiated=True)) for one in clause.what]
        failed = failed or (max(answers) > NO and act.day > due) or (UNKNOWN not in answers and YES in relaxed)
    return "failed" if failed else "unproven"
