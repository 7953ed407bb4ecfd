"""Statutes bind municipalities: each municipality that an agreement names is a body of its own beside its agreements.

A statute's clauses with `per: municipality` give duties for each of them, keyed by it (`kommun-vaxholm.lag-….….`).
A file with `level: municipality` describes one in its own words; without such a file it is made from the name.
See docs/decisions/0011-statutes-and-municipalities.md.
"""

from collections.abc import Mapping

from avtalsvakt_rules.language.head import Term
from avtalsvakt_rules.language.instrument import BY_PARTIES, Instrument
from avtalsvakt_rules.texts.naming import genitive, municipality_id, municipality_title


def with_municipalities(instruments: Mapping[str, Instrument]) -> dict[str, Instrument]:
    """The instruments and, where some statute binds municipalities, one for each municipality they name."""
    binding = statutes(instruments)
    out = dict(instruments)
    if not binding:
        return out
    described = {one.municipality for one in instruments.values() if one.level == "municipality"}
    first = min(one.term.from_ for one in binding)
    for name in sorted({one.municipality for one in instruments.values() if one.municipality} - described):
        made = _municipality(name, binding[0].instrument, first)
        out.setdefault(made.instrument, made)
    return out


def statutes(instruments: Mapping[str, Instrument]) -> tuple[Instrument, ...]:
    """The statutes that bind municipalities, by id."""
    return tuple(
        one
        for _, one in sorted(instruments.items())
        if one.level == "statute" and any(clause.per == "municipality" for clause in one.clauses.values())
    )


def covering(instruments: Mapping[str, Instrument], instrument: Instrument) -> tuple[str, ...]:
    """The agreements whose facts are one's own too: of a municipality those that hold for the whole of it.

    These name it themselves, not through another. Of one that continues another that one, and what it continues in its
    turn.
    """
    if instrument.level == "municipality":
        return _of_all(instruments, instrument)
    found: list[str] = []
    current = instrument.continues
    while current is not None and current in instruments and current not in (*found, instrument.instrument):
        found.append(current)
        current = instruments[current].continues
    return tuple(found)


def _of_all(instruments: Mapping[str, Instrument], municipality: Instrument) -> tuple[str, ...]:
    return tuple(
        name
        for name, one in sorted(instruments.items())
        if one.level in BY_PARTIES and one.municipality == municipality.municipality
    )


def _municipality(name: str, statute: str, first: str) -> Instrument:
    return Instrument(
        instrument=municipality_id(name),
        title=f"{genitive(name)} kommun: uppgifter enligt lag",
        short_title=municipality_title(name),
        level="municipality",
        document="författning",
        parties=("kommunen",),
        municipality=name,
        under=statute,
        term=Term.model_validate({"from": first}),
    )
