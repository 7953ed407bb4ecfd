"""What can be read but cannot be right: obligations that never arise, can never be met, or contradict one another.

In come files that have been read and checked, out come problems. `avtalsvakt rules check` tells them; a rulebook with
such a clause can still be judged, so that one mistake does not silence every other agreement.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Alternating, OneOf, Pattern
from avtalsvakt_rules.parsing.source import Path_, Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.soundness.contradictions import check_conditions, check_contradictions
from avtalsvakt_rules.soundness.days import check_days
from avtalsvakt_rules.soundness.effects import check_effect, check_renewals
from avtalsvakt_rules.soundness.hours import check_hours
from avtalsvakt_rules.soundness.keys import check_keys
from avtalsvakt_rules.soundness.names import check_names, check_parties
from avtalsvakt_rules.soundness.numbers import check_numbers
from avtalsvakt_rules.soundness.readings import check_calendar, check_head_readings, check_readings
from avtalsvakt_rules.soundness.window_bounds import gap, kept_months
from avtalsvakt_rules.soundness.words import check_words
from avtalsvakt_rules.vocabulary import RECORDS, load

Read = tuple[Source, Instrument]
DOWNWARD = ("local_agreement", "municipality")
SHORT = ("semester", "half_year", "quarter", "month", "week")
"""Periods of which a year has several."""
SINGLE = frozenset({"body", "site", "chair", "outcome", "channel", "version", "document"})
"""Attributes that one record can have only one of."""


def check_soundness(read: Sequence[Read]) -> list[Problem]:
    """Every clause that can never do what it says, in the order of the files."""
    problems: list[Problem] = []
    for source, instrument in read:
        for name, clause in instrument.clauses.items():
            for base, one in _readings(name, clause):
                if one.judged and one.attest is None:
                    problems += _clause(source, base, instrument, one)
                problems += _unread(source, base, instrument, one)
        problems += check_names(source, instrument)
        problems += [
            Problem(what, source.where(("readings", key)), why, remedy)
            for key, what, why, remedy in check_head_readings(instrument)
        ]
        problems += [
            Problem(what, source.where((key,)), why, remedy) for key, what, why, remedy in check_calendar(instrument)
        ]
        problems += [
            Problem(f"klausul {name}: {what}", source.where(("clauses", name, key)), why, remedy)
            for name, (key, what, why, remedy) in check_renewals(instrument)
        ]
        problems += check_conditions(source, instrument)
        problems += check_contradictions(source, instrument)
    return problems


def _unread(source: Source, base: Path_, instrument: Instrument, clause: Clause) -> Iterator[Problem]:
    """Keys, days and choices that have no effect where they stand, also in what a function is asked."""
    for key, what, why, remedy in (
        *check_keys(clause, instrument.movable),
        *check_readings(clause),
        *check_days(instrument, clause),
        *check_hours(instrument, clause),
        *check_parties(instrument, clause),
    ):
        yield Problem(f"klausul {base[1]}: {what}", source.where((*base, key)), why, remedy)


def _readings(name: str, clause: Clause) -> Iterator[tuple[Path_, Clause]]:
    """The clause as it stands, and as it is read under each other choice, with its path in the file."""
    yield ("clauses", name), clause
    for code, choices in clause.instead.items():
        for choice, variant in choices.items():
            yield ("clauses", name, "instead", code, choice), variant.clause


def _clause(source: Source, base: Path_, instrument: Instrument, clause: Clause) -> Iterator[Problem]:
    for key, what, why, remedy in (
        *_window(instrument, clause),
        *_limits(instrument, clause),
        *check_numbers(clause),
        *_superior(instrument, clause),
        *check_effect(clause),
        *check_words(clause, load().extended(kinds=instrument.facts)),
        *_evidence(instrument, clause),
    ):
        yield Problem(f"klausul {base[1]}: {what}", source.where((*base, key)), why, remedy)


Said = tuple[str, str, str, str]


def _window(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    when = clause.when
    if when is None:
        return
    found = gap(when, _term(instrument))
    if found and found[1] < 0 and when.opens and when.due:
        why = f"'{when.opens.text}' ligger alltid efter '{when.due.text}'"
        across = " (i opens till exempel '60 days before 01-31' om fönstret går över årsskiftet)"
        yield "when", "fönstret stänger innan det öppnar", why, f"rätta opens eller due{across}"
    if when.due and when.due.yearly and when.period in SHORT:
        why = f"'{when.due.text}' kommer en gång om året och ligger utanför de andra perioderna"
        remedy = "räkna från periodens början eller slut, eller skriv year"
        yield "when", "sista dagen ligger utanför perioden", why, remedy
    if (when.only or when.except_) and not kept_months(when, instrument.year_starts):
        why = f"only {', '.join(when.only) or '–'} och except {', '.join(when.except_) or '–'} tar bort varje period"
        yield "when", "ingen period blir kvar", why, "ta bort orden som motsäger varandra"


def _limits(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """Days of the clause that lie outside the instrument's term."""
    when, first = clause.when, limits(instrument.term.from_)[0]
    last = None if instrument.presumed else _last_day(instrument)
    if when is None:
        return
    start, stop = when.from_, when.until
    if isinstance(start, str):
        start = date(int(start), 1, 1)
    if isinstance(start, date) and last and start > last:
        yield "when", f"from {start} ligger efter giltighetstiden", f"den slutar {last}", "rätta from eller term"
    if isinstance(stop, date) and not instrument.presumed and stop < first:
        yield "when", f"until {stop} ligger före giltighetstiden", f"den börjar {first}", "rätta until eller term"
    if isinstance(start, date) and isinstance(stop, date) and stop < start:
        yield "when", "until ligger före from", f"{stop} är före {start}", "byt plats på dem"
    due = when.due.fixed if when.form == "date" and when.due and not when.due.count else None
    if due and not instrument.presumed and (due < first or (last and due > last)):
        term = f"giltighetstiden är {first} – {last or 'tills vidare'}"
        yield "when", f"dagen {due} ligger utanför giltighetstiden", term, "rätta dagen eller term"
    versions = (clause.valid.from_, clause.valid.to)
    if (versions[0] and last and versions[0] > last) or (versions[1] and versions[1] < first):
        yield "valid", "versionen gäller aldrig", "dess dagar ligger utanför giltighetstiden", "rätta valid eller term"


def _term(instrument: Instrument) -> tuple[date, date] | None:
    to = instrument.term.to
    return (limits(instrument.term.from_)[0], limits(to)[1]) if to else None


def _last_day(instrument: Instrument) -> date | None:
    """The last day the text can give the instrument; None where it is open or can be extended."""
    extendable = any(
        clause.effect and (clause.effect.extends or clause.effect.renews) for clause in instrument.clauses.values()
    )
    if instrument.term.to is None or extendable:
        return None
    return max(limits(to)[1] for to in (instrument.term.to, *(one.to for one in instrument.extended)))


def _superior(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """A condition on a superior agreement where the instrument has none."""
    needed = any(condition.in_force == "superior" for condition in clause.given)
    if needed and instrument.under is None and clause.per not in DOWNWARD:
        why = "villkoret är att ett övergripande avtal gäller, och filen nämner inget"
        yield "given", "klausulen gäller aldrig", why, "lägg till 'under:' eller ta bort villkoret"


def _evidence(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    events = clause.when.events if clause.when else ()
    for key, pattern in (*(("what", one) for one in clause.what), *(("when", one) for one in events)):
        for part in pattern.parts():
            if part.kind in RECORDS:
                why = "en rättelse eller återkallelse ändrar en annan registrering och syns aldrig själv"
                yield key, f"'{part.kind}' kan aldrig visa något", why, "ange vad som ska ha hänt"
            yield from _numbered_annex(instrument, key, part)
    first = clause.what[0]
    if first.kind == ITSELF and not first.values and not clause.including and "valid_if" not in clause.norm:
        yield "what", "kravet är alltid uppfyllt", "händelsen ska bara vara sig själv", "ange attribut eller including"
    if first.kind == ITSELF and clause.including and "valid_if" in clause.norm:
        why = "bara det som står i what avgör om handlingen har verkan"
        yield "including", "delarna prövas inte", why, "skriv dem i what, eller som en egen klausul"
    if clause.including and any(isinstance(value, Alternating) for _, value in first.values):
        why = "samma klausul kan inte både pröva ett byte och en uppräkning"
        yield "including", "delarna prövas inte", why, "skriv dem som en egen klausul"
    if first.kind == ITSELF:
        for event in events:
            yield from _at_odds("what", first, event, "händelsen")
    yield from _parts(clause)


def _numbered_annex(instrument: Instrument, key: str, pattern: Pattern) -> Iterator[Said]:
    for name, value in pattern.values:
        for text in value.texts if name == "annex" and isinstance(value, OneOf) else ():
            if text in instrument.annexes:
                why = f"registreringar läses med bilagans namn, {instrument.annexes[text]}"
                yield key, f"bilagan anges med nummer, {text}", why, f"skriv annex: {instrument.annexes[text]}"


def _at_odds(key: str, pattern: Pattern, other: Pattern, whose: str) -> Iterator[Said]:
    """An attribute of which the same fact must say two things."""
    fixed = {name: value for name, value in other.values if isinstance(value, OneOf)}
    for name, value in pattern.values:
        there = fixed.get(name)
        if there and isinstance(value, OneOf) and name in SINGLE and not set(value.texts) & set(there.texts):
            why = f"{whose} har {name} {' eller '.join(there.texts)}, och kravet är {' eller '.join(value.texts)}"
            yield key, f"{name} kan inte vara två saker", why, "rätta det ena av dem"


def _parts(clause: Clause) -> Iterator[Said]:
    """Parts under `including` that one record, or the pattern itself, rules out."""
    wanted: dict[str, set[str]] = {}
    for part in clause.including:
        for name, texts in part.items():
            options = (texts,) if isinstance(texts, str) else tuple(texts)
            required = Pattern("", ((name, OneOf(options)),))
            for pattern in clause.what:
                yield from _at_odds("including", required, pattern, "mönstret")
            if clause.what[0].kind == ITSELF and name in SINGLE:
                if name in wanted and not wanted[name] & set(options):
                    why = f"en registrering har bara ett värde på {name}"
                    yield "including", f"{name} ska vara två saker på en gång", why, "skriv dem som en lista"
                wanted[name] = wanted.get(name, set(options)) & set(options) or set(options)
