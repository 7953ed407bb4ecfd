"""Checks of a file's own kinds of facts: names that are taken, and values that their attributes cannot hold.

In come a file, or all files, out come problems. Source: docs/regelspraket.md, Avtalet.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import MOVABLE
from avtalsvakt_rules.language.own_kinds import Held, movable_in
from avtalsvakt_rules.language.patterns import ITSELF, Compare, Length, Met, NotIn, OneOf, Pattern, Refers, Value
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import ANYWHERE, load

Read = tuple[Source, Instrument]
CALLED = {"day": "en dag", "yes_no": "ja eller nej", "number": "ett tal", "reference": "en hänvisning"}
ASKED = {"day": "en dag, t.ex. 2026-04-10", "yes_no": "ja eller nej", "number": "ett tal eller {at_least: 3}"}


def check_own_kinds(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """Own kinds with names that are taken, and patterns that ask for what an attribute cannot hold."""
    yield from _taken(source, instrument)
    for path, clause in instrument.as_read:
        for key, pattern in _patterns(clause):
            own = instrument.facts.get(pattern.kind)
            for name, value in pattern.values if own else ():
                held = own.holds.get(name, "text") if own else "text"
                if told := _unfit(pattern.kind, name, held, value):
                    what, why, remedy = told
                    yield Problem(f"klausul {path[1]}: {what}", source.where((*path, key)), why, remedy)
        checks = (_compared, _parts, _no_day)
        for key, what, why, remedy in (told for check in checks for told in check(clause, instrument)):
            yield Problem(f"klausul {path[1]}: {what}", source.where((*path, key)), why, remedy)


def check_declared_alike(read: Sequence[Read]) -> Iterator[Problem]:
    """A word that is an occasion in one file and a kind in another, and attributes that hold different things."""
    said = _said([instrument for _, instrument in read])
    for source, instrument in read:
        for kind, own in instrument.facts.items():
            where = source.where(("facts", own.occasion or kind))
            if kind in said.occasions:
                why = f"det är ett tillfälle i {said.occasions[kind]}, och betyder samma sak överallt"
                yield Problem(f"faktatypen '{kind}' är upptagen", where, why, "ge den egna faktatypen ett annat namn")
            for name, held in own.holds.items():
                yield from _otherwise(kind, name, held, said, where)


class _Said(Struct, frozen=True):
    """Which file first says that a word is an occasion, what an attribute holds, that one is yes or no."""

    occasions: dict[str, str] = field(default_factory=dict)
    holds: dict[tuple[str, str], tuple[Held, str]] = field(default_factory=dict)
    yes_no: dict[str, str] = field(default_factory=dict)


def _said(instruments: Iterable[Instrument]) -> _Said:
    said = _Said()
    for one in instruments:
        for name in movable_in(one.facts):
            said.occasions.setdefault(name, one.instrument)
        for kind, own in one.facts.items():
            for name, held in own.holds.items():
                if held != "text":
                    said.holds.setdefault((kind, name), (held, one.instrument))
            for name in own.of_type("yes_no"):
                said.yes_no.setdefault(name, one.instrument)
    return said


def _otherwise(kind: str, name: str, held: Held, said: _Said, where: str) -> Iterator[Problem]:
    """An attribute of which another file says that it holds something else."""
    what = f"attributet {name} hos {kind} rymmer två olika saker"
    first = said.holds.get((kind, name))
    if first is not None and held not in (first[0], "text"):
        why = f"det sägs annorlunda i {first[1]}"
        yield Problem(what, where, why, "skriv lika i båda, eller kalla det något annat")
    elif name in said.yes_no and held != "yes_no":
        why = f"{said.yes_no[name]} säger att {name} är ja eller nej, och det gäller var det än står"
        yield Problem(what, where, why, f"skriv {name}: yes_no här också, eller kalla det något annat")


def _taken(source: Source, instrument: Instrument) -> Iterator[Problem]:
    known = load().kinds
    for name in [*movable_in(instrument.facts), *instrument.facts]:
        own = instrument.facts.get(name)
        if name in MOVABLE or (own is None and name in known):
            means = "ett tillfälle som planeras, flyttas och hålls" if name in MOVABLE else "en registrering"
            why = f"{name} betyder redan {means}"
            where = source.where(("facts", name))
            yield Problem(f"faktatypen '{name}' är upptagen", where, why, "ge den egna faktatypen ett annat namn")
    for kind, own in instrument.facts.items():
        for name, held in own.holds.items():
            where = source.where(("facts", own.occasion or kind, name))
            elsewhere = [one.id for one in known.values() if name in one.attributes and name not in load().yes_no]
            if held != "text" and (name in ANYWHERE or (kind in known and name in known[kind].attributes)):
                what, why = f"{kind}: {name} finns redan", "vad det rymmer är bestämt för alla avtal"
                yield Problem(what, where, why, f"stryk {name}, eller kalla det något annat")
            elif held == "yes_no" and elsewhere:
                what, why = f"{kind}: {name} kan inte vara ja eller nej", f"det rymmer annat hos {elsewhere[0]}"
                yield Problem(what, where, why, "kalla det något annat")


def _unfit(kind: str, name: str, held: Held, value: Value) -> tuple[str, str, str] | None:
    """What is wrong with asking for a value of an attribute that holds something else."""
    if held == "text":
        return None
    texts = value.texts if isinstance(value, OneOf | NotIn) else ()
    wrong = next((text for text in texts if not _holds(held, text)), None)
    fits = {Compare: ("number",), Length: ("day",), Refers: ("reference",), Met: ("reference",)}
    if wrong is None and held in fits.get(type(value), (held,)):
        return None
    why = f"{kind} säger att {name} rymmer {_called(held)}"
    told = f"'{wrong}' kan aldrig stå i {name}" if wrong is not None else f"{name} kan inte jämföras så"
    remedy = ASKED.get(held, "same eller ett mönster") if isinstance(held, str) else f"ett av {', '.join(held)}"
    return told, why, f"skriv {remedy}"


def _compared(clause: Clause, instrument: Instrument) -> Iterator[tuple[str, str, str, str]]:
    """Attributes that a value is compared with, and that hold no number or no day."""
    for key, pattern in _patterns(clause):
        own = instrument.facts.get(pattern.kind)
        for _, value in pattern.values if own else ():
            name = value.of if isinstance(value, Compare) else value.since if isinstance(value, Length) else None
            held = own.holds.get(name or "", "text") if own else "text"
            wanted = "day" if isinstance(value, Length) else "number"
            if held not in ("text", wanted):
                why = f"{pattern.kind} säger att {name} rymmer {_called(held)}"
                yield key, f"{name} kan inte jämföras så", why, f"skriv {name}: {wanted} under facts"


def _parts(clause: Clause, instrument: Instrument) -> Iterator[tuple[str, str, str, str]]:
    """Parts that acts must have together and that no record can have."""
    kinds = dict.fromkeys(one.kind for one in clause.what)
    listed = [(name, text) for part in clause.including for name, one in part.items()
              for text in ((one,) if isinstance(one, str) else one)]  # fmt: skip
    for kind in kinds:
        holds = instrument.facts[kind].holds if kind in instrument.facts else {}
        for name, text in listed:
            if told := _unfit(kind, name, holds.get(name, "text"), OneOf((text,))):
                yield "including", *told


def _no_day(clause: Clause, instrument: Instrument) -> Iterator[tuple[str, str, str, str]]:
    """Days that are counted from what a record says, of an attribute that holds no day."""
    when, ends = clause.when, clause.effect.ends if clause.effect else None
    counted = [("when", day, [one.kind for one in when.events]) for day in (when.days if when else ()) if when]
    counted += [("effect", day, list(clause.used_by)) for day in (ends.each if ends and when else ())]
    for key, day, kinds in counted:
        name = (day.mark or "").removeprefix("event.")
        for kind in dict.fromkeys(kinds) if name != day.mark else ():
            held = instrument.facts[kind].holds.get(name, "text") if kind in instrument.facts else "text"
            if held not in ("text", "day"):
                why, remedy = f"{kind} säger att {name} rymmer {_called(held)}", f"skriv {name}: day under facts"
                yield key, f"'{day.text}' kan inte räknas ut", why, f"{remedy}, eller räkna från event"


def _called(held: Held) -> str:
    return CALLED[held] if isinstance(held, str) else f"ett av {', '.join(held)}"


def _holds(held: Held, text: str) -> bool:
    if isinstance(held, tuple):
        return text in held
    if held == "yes_no":
        return text in ("ja", "nej")
    if held == "number":
        return text.replace(",", "", 1).isdigit()
    return held == "reference" or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-04-10")


def _patterns(clause: Clause) -> Iterator[tuple[str, Pattern]]:
    """Every pattern of a clause, with the key it stands under."""
    inside = {id(part) for one in clause.what for part in one.parts()}
    itself = bool(clause.what) and clause.what[0].kind == ITSELF
    yield from (("what" if itself or id(one) in inside else "when", one) for one in clause.patterns)
