"""Checks that need more than one line of a rule file: names that must exist, circles, doubled ids.

Every check is a function from the files read to the problems it finds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from avtalsvakt_rules.checks.accounts import check_accounts
from avtalsvakt_rules.checks.occasions import check_occasions
from avtalsvakt_rules.checks.own_kinds import check_declared_alike, check_own_kinds
from avtalsvakt_rules.checks.undeclared import (
    attributes_of,
    cases_in,
    kinds_of,
    unknown_attribute,
    unknown_body,
    unknown_kind,
)
from avtalsvakt_rules.interpreting.actors import check_bearers
from avtalsvakt_rules.interpreting.attestations import check_attestations
from avtalsvakt_rules.interpreting.municipalities import covering
from avtalsvakt_rules.interpreting.sensitive_cases import check_sensitive
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.days import MARKS, MONTHS
from avtalsvakt_rules.language.identifiers import AGREEMENT, ATTRIBUTE, BODY, CLAUSE, FINDING, KIND, Form
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Met, OneOf, Pattern
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.parsing.source import Path_, Source
from avtalsvakt_rules.problems import Problem, missing
from avtalsvakt_rules.texts.slugs import slug
from avtalsvakt_rules.vocabulary import load

Read = tuple[Source, Instrument]
ONLY_WORDS = frozenset(MONTHS) | {"even", "odd", "q1", "q2", "q3", "q4"}


def check_instruments(
    read: Sequence[Read], alone: Callable[[Source, Instrument], Iterable[Problem]] | None = None
) -> list[Problem]:
    """Everything wrong across these files, in the order of the files.

    `alone` says what is wrong in a file by itself, as `check_alone` does, where that has been worked out before.
    """
    by_id = {instrument.instrument: instrument for _, instrument in read}
    known = set(by_id)
    problems = [*_doubled(read), *check_declared_alike(read)]
    for source, instrument in read:
        problems += _references(source, instrument, known)
        problems += _circle(source, instrument, by_id)
        problems += (alone or check_alone)(source, instrument)
        problems += _in_force(source, instrument, known)
        problems += check_sensitive(source, instrument, [by_id[one] for one in covering(by_id, instrument)])
        problems += check_accounts(source, instrument, by_id)
        problems += check_attestations(source, instrument)
        problems += check_bearers(source, instrument, _above(instrument, by_id))
    return problems


def check_alone(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """What is wrong in a file whatever others there are."""
    yield from _continued(source, instrument)
    yield from check_own_kinds(source, instrument)
    for name, clause, base in _written(instrument):
        yield from _names(source, instrument, name, clause, base)
    yield from _clause_circles(source, instrument)


def _above(instrument: Instrument, by_id: dict[str, Instrument]) -> tuple[Instrument, ...]:
    """The instrument that `under` names and those over it, nearest first."""
    out: list[Instrument] = []
    current = by_id.get(instrument.under or "")
    while current is not None and current not in out:
        out.append(current)
        current = by_id.get(current.under or "")
    return tuple(out)


def check_identifiers(read: Sequence[Read]) -> list[Problem]:
    """Every name that a file gives to something and that has not the form of an identifier."""
    return [
        problem
        for source, instrument in read
        for form, name, path in _given_names(instrument)
        if (problem := form.problem(name, source.where(path))) is not None
    ] + [problem for source, instrument in read for problem in _nameless_municipality(source, instrument)]


def _given_names(instrument: Instrument) -> Iterator[tuple[Form, str, Path_]]:
    """Each name that the file gives, the form it is to have, and where it stands."""
    yield AGREEMENT, instrument.instrument, ("instrument",)
    for form, key in ((CLAUSE, "clauses"), (FINDING, "findings"), (BODY, "bodies"), (KIND, "facts")):
        yield from ((form, name, (key, name)) for name in getattr(instrument, key))
    for kind, attributes in instrument.facts.items():
        yield from ((ATTRIBUTE, name, ("facts", kind, place)) for place, name in enumerate(attributes.holds))


def _nameless_municipality(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """A municipality's own identifier is made from its name, which then needs a letter or a digit."""
    if instrument.municipality is not None and not (
        AGREEMENT.fits(slug(instrument.municipality)) and AGREEMENT.fits(f"kommun-{slug(instrument.municipality)}")
    ):
        why = "kommunens beteckning görs av namnets bokstäver och siffror och har en längsta längd"
        yield Problem(
            "kommunens namn går inte att använda", source.where(("municipality",)), why, "skriv t.ex. Vaxholm"
        )


def _doubled(read: Sequence[Read]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source, instrument in read:
        where = source.where(("instrument",))
        if instrument.instrument in first:
            yield Problem(
                f"instrumentet {instrument.instrument} finns redan",
                where,
                f"samma id står i {first[instrument.instrument]}",
                "ge det ett eget id",
            )
        first.setdefault(instrument.instrument, where)


def _references(source: Source, instrument: Instrument, known: set[str]) -> Iterator[Problem]:
    for key in ("under", "replaces", "continues"):
        target = getattr(instrument, key)
        if target and target not in known:
            yield missing("instrumentet", target, known, source.where((key,)))


def _continued(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """An agreement that is continued without being replaced: what is recorded for one of them would count in both."""
    if instrument.continues is not None and instrument.continues != instrument.replaces:
        why = "bara det som ersätts kan fortsättas; annars skulle samma registrering räknas i två avtal som gäller"
        what = f"continues pekar på '{instrument.continues}', som det här avtalet inte ersätter"
        yield Problem(
            what, source.where(("continues",)), why, f"skriv replaces: {instrument.continues}, eller ta bort continues"
        )


def _circle(source: Source, instrument: Instrument, by_id: dict[str, Instrument]) -> Iterator[Problem]:
    for key, word in (("under", "övergripande avtal"), ("replaces", "ersatta avtal")):
        seen = [instrument.instrument]
        current = getattr(instrument, key)
        while current in by_id and current not in seen:
            seen.append(current)
            current = getattr(by_id[current], key)
        if current == instrument.instrument:
            circle = " → ".join([*seen, current])
            yield Problem(f"{word} går i cirkel", source.where((key,)), circle, f"ta bort '{key}' i något av dem")


def _written(instrument: Instrument) -> Iterator[tuple[str, Clause, Path_]]:
    """Each clause and each way in which it is written otherwise: its name, what it says, and where it stands."""
    for name, clause in instrument.clauses.items():
        yield name, clause, ("clauses", name)
        for code, choices in clause.instead.items():
            for choice, variant in choices.items():
                yield name, variant.clause, ("clauses", name, "instead", code, choice)


def _in_force(source: Source, instrument: Instrument, known: set[str]) -> Iterator[Problem]:
    """Instruments that a clause asks to be in force, and that there are not."""
    for name, clause, base in _written(instrument):
        for key, condition in _conditions(clause):
            if condition.in_force and condition.in_force != "superior" and condition.in_force not in known:
                where = source.where((*base, key))
                yield missing(f"klausul {name}: instrumentet", condition.in_force, known | {"superior"}, where)


def _names(source: Source, instrument: Instrument, name: str, clause: Clause, base: Path_) -> Iterator[Problem]:
    label = f"klausul {name}: "
    for key, pattern in _patterns(clause):
        for problem in _pattern(pattern, source.where((*base, key)), instrument, clause):
            yield replace(problem, what=label + problem.what)
    for key, target in _clause_names(clause):
        if target not in instrument.clauses:
            yield missing(label + "klausulen", target, set(instrument.clauses), source.where((*base, key)))
    for problem in _cases(clause, source.where((*base, "per")), instrument):
        yield replace(problem, what=label + problem.what)
    bodies = set(load().bodies) | set(instrument.bodies)
    if clause.body and clause.body not in bodies:
        unknown = unknown_body(clause.body, source.where((*base, "body")), instrument)
        yield replace(unknown, what=label + unknown.what)
    yield from _window_words(source.where((*base, "when")), instrument, name, clause)
    yield from check_occasions(source, base, instrument, name, clause)


def _cases(clause: Clause, where: str, instrument: Instrument) -> Iterator[Problem]:
    """Kinds of facts that cannot say which case they are about, where a clause has duties for each."""
    for kind in cases_in(clause):
        if kind in kinds_of(instrument) and clause.per_case not in attributes_of([kind], instrument):
            yield unknown_attribute(kind, clause.per_case or "", where, instrument)


def _window_words(where: str, instrument: Instrument, name: str, clause: Clause) -> Iterator[Problem]:
    when = clause.when
    if when is None:
        return
    for word in (*when.only, *when.except_):
        if word not in ONLY_WORDS:
            yield missing(f"klausul {name}: ordet", word, set(ONLY_WORDS), where)
        elif _too_fine(word, when):
            yield Problem(
                f"klausul {name}: '{word}' skiljer inte perioderna åt",
                where,
                f"en period ({_called(when)}) är längre än så, och ordet skulle gälla dess första månad",
                "skriv each: month eller each: quarter, eller en sista dag med due",
            )
    for day in when.days:
        mark = day.mark
        if mark in instrument.clauses:
            remedy = f"skriv follows: {mark} och räkna från event, dagen då det steget blev klart"
            yield Problem(f"klausul {name}: en dag räknas inte från en klausul", where, f"'{day.text}'", remedy)
        elif mark and mark not in MARKS and not mark.startswith("event."):
            yield missing(f"klausul {name}: märket", mark, set(MARKS), where)
    needs_event = [day for day in when.days if day.of_event]
    if needs_event and when.form not in ("event", "performance", "follows"):
        yield Problem(
            f"klausul {name}: '{needs_event[0].text}' räknas från en händelse",
            where,
            "when har ingen händelse att räkna från",
            "skriv each: {faktatyp: {…}}",
        )


def _called(when: When) -> str:
    return f"{when.every} månader" if when.every else when.period or when.form


def _too_fine(word: str, when: When) -> bool:
    """Whether a month or a quarter is asked for in periods that hold several of them."""
    if when.form == "event" or word in ("even", "odd"):
        return False
    fits = ("month", "week") if word in MONTHS else ("month", "week", "quarter")
    return when.period not in fits


def _patterns(clause: Clause) -> Iterator[tuple[str, Pattern]]:
    for pattern in clause.what:
        yield "what", pattern
    when = clause.when
    if when:
        for pattern in when.events:
            yield "when", pattern
        for limit in (when.from_, when.until, when.next_):
            if isinstance(limit, Pattern):
                yield "when", limit
    for key, condition in _conditions(clause):
        if condition.pattern:
            yield key, condition.pattern


def _conditions(clause: Clause) -> Iterator[tuple[str, Condition]]:
    yield from (("given", condition) for condition in clause.given)
    yield from (("unless", condition) for condition in clause.unless)


def _clause_names(clause: Clause) -> Iterator[tuple[str, str]]:
    if clause.when and clause.when.follows:
        yield "when", clause.when.follows
    for key, condition in _conditions(clause):
        yield from ((key, target) for target in (condition.met, condition.missed) if target)
    for pattern in clause.what:
        for part in pattern.parts():
            yield from (("what", value.clause) for _, value in part.values if isinstance(value, Met))


def _pattern(pattern: Pattern, where: str, instrument: Instrument, clause: Clause) -> Iterator[Problem]:
    vocabulary = load()
    for part in pattern.parts():
        kind = part.kind
        if kind == ITSELF:
            events = clause.when.events if clause.when else ()
            if not events:
                yield Problem("'itself' har ingen händelse", where, "when saknar each: {faktatyp: …}", "ange händelsen")
                continue
            kinds = [event.kind for event in events]
        elif kind not in kinds_of(instrument):
            yield unknown_kind(kind, where, instrument)
            continue
        else:
            kinds = [kind]
        allowed = attributes_of(kinds, instrument)
        for name, value in part.values:
            if name not in allowed:
                yield unknown_attribute(kinds[0], name, where, instrument)
            elif name == "body" and isinstance(value, OneOf):
                bodies = set(vocabulary.bodies) | set(instrument.bodies)
                yield from (unknown_body(text, where, instrument) for text in value.texts if text not in bodies)


def _clause_circles(source: Source, instrument: Instrument) -> Iterator[Problem]:
    links = {
        name: {target for _, target in _clause_names(clause) if target in instrument.clauses}
        for name, clause in instrument.clauses.items()
    }
    reported: set[str] = set()
    for start in links:
        path, seen = [start], {start}
        if start not in reported and _reaches(start, start, links, path, seen):
            reported |= set(path)
            where = source.where(("clauses", start))
            yield Problem(
                f"klausul {start}: klausuler väntar på varandra", where, " → ".join(path), "bryt kedjan någonstans"
            )


def _reaches(current: str, goal: str, links: dict[str, set[str]], path: list[str], seen: set[str]) -> bool:
    for target in sorted(links[current]):
        if target == goal:
            path.append(goal)
            return True
        if target not in seen:
            seen.add(target)
            path.append(target)
            if _reaches(target, goal, links, path, seen):
                return True
            path.pop()
    return False
