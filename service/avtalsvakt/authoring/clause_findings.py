"""What is amiss in the texts themselves: what the rule files record as findings, listed for a person."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_rules.language.head import Discrepancy
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

WIDTH = 92


def findings(rulebook: Rulebook, instruments: Iterable[str] = ()) -> Iterator[dict[str, object]]:
    """Every finding as fields, by instrument."""
    for one, name, finding in _all(rulebook, instruments):
        yield {
            "instrument": one.instrument,
            "finding": name,
            "kind": finding.kind,
            "sv": finding.sv.strip(),
            "en": finding.en and finding.en.strip(),
            "at": _places(one, finding),
            "clauses": list(finding.clauses),
            "reading": finding.reading,
            "choice": finding.reading and rulebook.reading(one, finding.reading),
        }


def lines(rulebook: Rulebook, instruments: Iterable[str] = ()) -> Iterator[str]:
    """Every finding as text."""
    heading, number = "", 0
    for one, name, finding in _all(rulebook, instruments):
        number += 1
        if one.instrument != heading:
            heading = one.instrument
            yield f"{one.title} ({heading})"
        yield f"  {labels.DISCREPANCIES[finding.kind].capitalize()} – {name}"
        yield from _wrapped(finding.sv)
        yield from _wrapped(f"Var: {'; '.join(_places(one, finding))}")
        if finding.reading:
            choice = rulebook.reading(one, finding.reading)
            yield from _wrapped(f"Programmet läser: {reading(finding.reading, choice)} [{finding.reading}]")
    yield f"{number} fynd." if number else "Inga fynd."


def _all(rulebook: Rulebook, instruments: Iterable[str]) -> Iterator[tuple[Instrument, str, Discrepancy]]:
    wanted = set(instruments)
    for one in sorted(rulebook.instruments.values(), key=lambda one: (one.level != "superior", one.instrument)):
        if not wanted or one.instrument in wanted:
            yield from ((one, name, finding) for name, finding in one.findings.items())


def _places(one: Instrument, finding: Discrepancy) -> list[str]:
    return [place_in(one, at) for at in finding.at]


def _wrapped(text: str) -> list[str]:
    return wrap(" ".join(text.split()), WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
