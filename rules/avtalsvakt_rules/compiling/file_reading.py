"""One agreement out of a rule file: the instrument as it was parsed, its line of JSON, and what is wrong in it alone.

All follow from the text of the file, which is read once (keeping/kept_files.py).
"""

from dataclasses import dataclass, field
from functools import lru_cache

from avtalsvakt_rules.checks.instruments import check_alone
from avtalsvakt_rules.checks.invisible_characters import check_invisible
from avtalsvakt_rules.compiling.shared_clauses import with_shared_clauses
from avtalsvakt_rules.compiling.validation_errors import explain
from avtalsvakt_rules.interpreting.attestations import with_attestations
from avtalsvakt_rules.interpreting.implied_actors import with_implied_actors
from avtalsvakt_rules.interpreting.presumed_renewals import with_renewals
from avtalsvakt_rules.keeping.kept_files import of_file
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem, Rejected


def read_instrument(source: Source) -> Instrument:
    """One file's instrument. Raises Rejected."""
    from pydantic import ValidationError  # only here: what was read before needs no checking

    try:
        written = with_renewals(Instrument.model_validate(source.tree))
        return with_shared_clauses(with_attestations(with_implied_actors(written)))
    except ValidationError as error:
        raise Rejected(explain(error, source)) from error


@lru_cache(maxsize=64)
def instrument_of(source: Source) -> tuple[Instrument, str]:
    """The instrument of a file, and all of it as a line of JSON, from which digests are made. Raises Rejected."""
    instrument, line = of_file("instrument", source, _told)
    return with_shared_clauses(instrument), line  # what was kept shares nothing yet


def _told(source: Source) -> tuple[Instrument, str]:
    instrument = read_instrument(source)
    return instrument, instrument.model_dump_json()


@lru_cache(maxsize=64)
def hidden_in(source: Source) -> tuple[Problem, ...]:
    """Signs in a file that nobody sees."""
    return of_file("hidden", source, _hidden)


def _hidden(source: Source) -> tuple[Problem, ...]:
    return tuple(check_invisible(source))


@dataclass(frozen=True)
class _Read:
    """A file with its instrument, which follows from it: two of the same file are the same."""

    source: Source
    instrument: Instrument = field(compare=False)


def wrong_in(source: Source, instrument: Instrument) -> tuple[Problem, ...]:
    """What is wrong in a file whatever others there are; the instrument is that of the file."""
    return _wrong(_Read(source, instrument))


@lru_cache(maxsize=64)
def _wrong(read: _Read) -> tuple[Problem, ...]:
    return of_file("check", read.source, lambda source: tuple(check_alone(source, read.instrument)))
