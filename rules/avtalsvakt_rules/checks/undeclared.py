"""Kinds of facts and attributes that nobody has declared: what to paste under `facts:` so that they exist.

In comes an instrument and a name that is unknown, out comes the problem with the line. Source: docs/regelspraket.md,
Egna ord.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import IDENTITY
from avtalsvakt_rules.language.own_kinds import OwnKind, as_written
from avtalsvakt_rules.language.patterns import ITSELF, Compare, Length, Pattern, Same, Value
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import ANYWHERE, Vocabulary, load

ALIKE = 0.7
"""How alike a name must be to be offered instead: own words are common here, and a far-fetched one only confuses."""
_FINDING = frozenset({"meeting", "notice", "decision", "period", "year", "for_year", "target"})
"""Attributes that say which occasion or period is meant: an occasion need not bear them to be the same."""

PASTED = 20
"""Kinds in one line to paste."""

_LAST: list[tuple[Instrument, Mapping[str, tuple[str, ...]], frozenset[str]]] = []

EVERYWHERE = frozenset({*ANYWHERE, "agreement"})
"""Attributes that a pattern of any kind may name."""


def attributes_of(kinds: Iterable[str], instrument: Instrument, vocabulary: Vocabulary | None = None) -> set[str]:
    """The attributes that patterns of these kinds may name in this file; of a planned occasion only what names it."""
    known, out = (vocabulary or load()).kinds, set(EVERYWHERE)
    for kind in kinds:
        if kind in instrument.movable:
            return set(IDENTITY)
        out |= set(known[kind].attributes) if kind in known else set()
        out |= set(instrument.facts[kind].holds) if kind in instrument.facts else set()
    return out


def kinds_of(instrument: Instrument) -> set[str]:
    """The kinds of facts that patterns may name in this file."""
    return {*load().kinds, *instrument.facts, *instrument.movable}


def unknown_kind(kind: str, where: str, instrument: Instrument) -> Problem:
    """A kind of fact that neither the vocabulary nor the file has, with the nearest and with the line that makes it."""
    return _unknown("faktatypen", kind, kind, kinds_of(instrument), where, instrument)


def unknown_attribute(kind: str, name: str, where: str, instrument: Instrument) -> Problem:
    """An attribute that a kind has not, with the nearest and with the line that adds it."""
    known = attributes_of([kind], instrument)
    if kind in instrument.movable:
        remedy = f"skriv {' eller '.join(sorted(known))}"
        return Problem(f"attributet hos {kind} '{name}' finns inte", where, "namnet är okänt", remedy)
    return _unknown(f"attributet hos {kind}", name, kind, known, where, instrument)


def _unknown(what: str, name: str, kind: str, known: set[str], where: str, instrument: Instrument) -> Problem:
    near = _near(name, known)
    line = to_paste(instrument, kind)
    remedy = (
        f"menade du '{near}'? Är det ett eget: {line}" if near else f"{line}, eller sök med 'avtalsvakt rules kinds'"
    )
    return Problem(f"{what} '{name}' finns inte", where, "namnet är okänt", remedy)


def unknown_body(body: str, where: str, instrument: Instrument) -> Problem:
    """A body that neither the vocabulary nor the file has, with the nearest and with the line that makes it."""
    near = _near(body, {*load().bodies, *instrument.bodies})
    entry = f"{body}: {body.replace('_', ' ').replace('-', ' ')}"
    line = f"lägg till under bodies {entry}" if instrument.bodies else f"lägg till bodies: {{{entry}}}"
    remedy = f"menade du '{near}'? Är det ett eget: {line}" if near else line
    return Problem(f"organet '{body}' finns inte", where, "namnet är okänt", remedy)


def to_paste(instrument: Instrument, kind: str) -> str:
    """What to add so that a kind has every attribute that the file names with it."""
    wanted, plain = _looked_through(instrument)
    if instrument.facts:
        said = instrument.facts.get(kind, OwnKind())
        verb = "skriv" if kind in instrument.facts and not said.occasion else "lägg till"
        own_said = OwnKind() if said.occasion else said
        return f"{verb} under facts {as_written(kind, own_said, wanted.get(kind, ()))}"
    own = {one: names for one, names in wanted.items() if one == kind or one in plain}
    return f"lägg till facts: {{{', '.join(_entry(one, names) for one, names in own.items())}}}"


def _entry(kind: str, names: Iterable[str]) -> str:
    return f"{kind}: [{', '.join(names)}]"


def _slip(kind: str, names: Iterable[str], instrument: Instrument) -> bool:
    """Whether a kind, or every attribute that it lacks, is nearly one that there is."""
    known = kinds_of(instrument)
    if kind not in known:
        return _near(kind, known) is not None
    return all(_near(name, attributes_of([kind], instrument)) for name in names)


def _looked_through(instrument: Instrument) -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """What is undeclared in the file, and which of that is no slip, as much of it as a message holds.

    Kept for the file that was asked about last: each of its faults asks.
    """
    if not _LAST or _LAST[0][0] is not instrument:
        wanted = undeclared(instrument)
        plain = (kind for kind, names in wanted.items() if not _slip(kind, names, instrument))
        _LAST[:] = [(instrument, wanted, frozenset(islice(plain, PASTED)))]
    return _LAST[0][1:]


def undeclared(instrument: Instrument) -> Mapping[str, tuple[str, ...]]:
    """What the clauses name and nobody has: kinds, and attributes of kinds, in the order of the file."""
    out: dict[str, dict[str, None]] = {}
    for clause in instrument.clauses.values():
        variants = (one.clause for choices in clause.instead.values() for one in choices.values())
        for one in (clause, *variants):
            for kind, names in _named(one, instrument):
                missing = [name for name in names if name not in attributes_of([kind], instrument)]
                if missing or kind not in kinds_of(instrument):
                    out.setdefault(kind, {}).update(dict.fromkeys(missing))
    return {kind: tuple(names) for kind, names in out.items()}


def _named(clause: Clause, instrument: Instrument) -> Iterator[tuple[str, list[str]]]:
    """The kinds that a clause names with their attributes; of an event of the file's own also those it must share."""
    patterns = [one for one in clause.patterns if one.kind != ITSELF and one.kind not in instrument.movable]
    for pattern in patterns:
        yield pattern.kind, [name for key, value in pattern.values for name in (key, *others(value))]
    for kind in cases_in(clause):
        yield kind, [clause.per_case or ""]
    shared = [value.attribute or name for one in clause.what for name, value in one.values if isinstance(value, Same)]
    for event in clause.when.events if clause.when else ():
        if event.kind not in load().kinds and event.kind not in instrument.movable:
            yield event.kind, [name for name in shared if name not in _FINDING]


def cases_in(clause: Clause) -> list[str]:
    """The kinds whose records must say which case they are about: what begins and ends it, and what is done in it."""
    when = clause.when
    if clause.per_case is None or when is None or clause.attest is not None:
        return []
    limits = [one for one in (when.from_, when.until) if isinstance(one, Pattern)]
    return list(dict.fromkeys(one.kind for one in (*limits, *clause.what) if one.kind != ITSELF))


def others(value: Value) -> tuple[str, ...]:
    """The further attributes of the same record that a value compares with."""
    if isinstance(value, Compare) and value.of:
        return (value.of,)
    return (value.since,) if isinstance(value, Length) else ()


def _near(name: str, known: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(name, sorted(known), 1, ALIKE)
    return found[0] if found else None
