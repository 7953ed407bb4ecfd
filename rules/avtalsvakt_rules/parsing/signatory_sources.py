"""Makes one source of each signatory of a text that several sign, and says what is wrong with the list of them.

Each value keeps the line where it was written, under the signatory or for all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.language.swedish_words import nearest
from avtalsvakt_rules.parsing.signatories import ADDED, ITS_OWN, KEY, signed
from avtalsvakt_rules.parsing.source import Path_, Source, Tree
from avtalsvakt_rules.problems import Problem, Rejected

MOST_SIGNATORIES = 400  # there are 290 municipalities and 21 regions
MOST_VALUES = 400_000  # of all the agreements that a file makes, as many as two files of the largest size can have
Read = tuple[Source, Instrument]


def expanded(source: Source) -> list[Source]:
    """The source of each signatory's agreement; the source itself where it has no list. Raises Rejected."""
    if not isinstance(source.tree, dict) or KEY not in source.tree:
        return [source]
    problems = list(_problems(source, source.tree))
    if problems:
        raise Rejected(problems)
    if not isinstance(source.tree.get("instrument"), str):  # what is missing is said as of any other file
        return [replace(source, tree={key: value for key, value in source.tree.items() if key != KEY})]
    shared, own = _shared(source.lines), _own(source.lines)
    return [
        replace(source, tree=dict(tree), lines=MappingProxyType(shared | own[name]), each=name)
        for name, tree in signed(source.tree).items()
    ]


def base_of(source: Source, instrument: Instrument) -> str:
    """The name of the text that the agreement was read from: what the file says after `instrument`."""
    return instrument.instrument.removesuffix(f"-{source.each}") if source.each else instrument.instrument


def check_bases(read: Sequence[Read]) -> Iterator[Problem]:
    """A text for several signatories whose name another text has: what is kept of both could not be told apart."""
    owners: dict[str, Source] = {}
    for source, instrument in read:
        base = base_of(source, instrument)
        first = owners.setdefault(base, source)
        same = (first.name, first.text) == (source.name, source.text)
        if not same and (first.each or source.each):
            why = f"samma id står i {first.where(('instrument',))}"
            yield Problem(f"texten {base} finns redan", source.where(("instrument",)), why, "ge den ett eget id")


def _shared(lines: Mapping[Path_, int]) -> dict[Path_, int]:
    """The lines of what is said for all."""
    return {path: line for path, line in lines.items() if path[:1] != (KEY,)}


def _own(lines: Mapping[Path_, int]) -> dict[str | int, dict[Path_, int]]:
    """The lines of what each signatory has, as if the file were its own; the name of it stands where it is named."""
    out: dict[str | int, dict[Path_, int]] = {}
    for path, line in lines.items():
        if path[0:1] == (KEY,) and len(path) > 1:
            out.setdefault(path[1], {})[path[2:] or ("instrument",)] = line
    return out


def _problems(source: Source, tree: Mapping[str, Tree]) -> Iterator[Problem]:
    found, where = tree[KEY], source.where((KEY,))
    if not isinstance(found, dict) or not found:
        why = "här väntas en rad för var och en som har skrivit under"
        yield Problem(f"fel form i '{KEY}'", where, why, "skriv {solna: {parties: [Solna stad, polisen]}}")
        return
    values = len(found) * sum(len(_shared(one.lines)) for one in (source, *source.parts))
    if len(found) > MOST_SIGNATORIES or values > MOST_VALUES:
        why = f"den ger {len(found)} avtal med {values} värden; högst {MOST_SIGNATORIES} och {MOST_VALUES} läses"
        yield Problem(f"'{KEY}' är för lång", where, why, "dela upp filen på flera, eller skriv en mall med under")
        return
    for name, own in found.items():
        yield from _entry(source, name, own)
    if all(isinstance(own, dict) for own in found.values()):
        yield from _without_effect(source, tree, [own for own in found.values() if isinstance(own, dict)])


def _entry(source: Source, name: str, own: Tree) -> Iterator[Problem]:
    if own is not None and not isinstance(own, dict):
        why = "här väntas vad som är dess eget: parter, kommun, giltighetstid"
        remedy = f"skriv {name}: {{parties: [Solna stad, polisen]}}"
        yield Problem(f"fel form för '{name}' i '{KEY}'", source.where((KEY, name)), why, remedy)
        return
    for key in own or {}:
        if key not in (*ITS_OWN, *ADDED):
            known = {"clauses", "findings", *Instrument.model_fields}
            remedy = "flytta den till filens huvud" if key in known else nearest(key, [*ITS_OWN, *ADDED])
            why = "det är bara parter, tid och det som hör till dem som var och en kan ha för sig"
            yield Problem(f"nyckeln '{key}' kan inte stå i '{KEY}'", source.where((KEY, name, key)), why, remedy)


def _without_effect(source: Source, tree: Mapping[str, Tree], each: list[dict[str, Tree]]) -> Iterator[Problem]:
    """What the head says for all and every signatory says otherwise."""
    paths: list[Path_] = [(key,) for key in ITS_OWN if key in tree]
    paths += [(key, name) for key in ADDED for name in _names(tree.get(key))]
    for path in paths:
        if all(path[0] in own if len(path) == 1 else path[1] in _names(own.get(str(path[0]))) for own in each):
            what = f"'{path[-1]}' har ingen verkan i huvudet"
            why = f"var och en i {KEY} har sin egen"
            yield Problem(what, source.where(path), why, "ta bort den ur huvudet")


def _names(value: Tree) -> dict[str, Tree]:
    return value if isinstance(value, dict) else {}
