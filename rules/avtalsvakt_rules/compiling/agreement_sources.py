"""From the texts of files to one source for each agreement, and from an agreement to the texts that are kept of it.

What cannot be read is told beside what can: a faulty file leaves out itself and nothing else.
"""

from collections.abc import Iterable, Iterator

from avtalsvakt_rules.keeping.kept_files import source_of
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.parts import is_part, join
from avtalsvakt_rules.parsing.signatory_sources import base_of, expanded
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem, Rejected


def collected(texts: Iterable[tuple[str, str]], problems: list[Problem]) -> list[Source]:
    """Every source that can be read, one for each agreement, with its parts; adds what is wrong to the problems."""
    sources: list[Source] = []
    for name, text in texts:
        try:
            sources.append(source_of(text, name))
        except Rejected as rejected:
            problems += rejected.problems
    out: list[Source] = []
    for source in _joined(sources, problems):
        try:
            out += expanded(source)
        except Rejected as rejected:
            problems += rejected.problems
    return out


def _joined(sources: list[Source], problems: list[Problem]) -> list[Source]:
    try:
        return join(sources)
    except Rejected as rejected:
        problems += rejected.problems
        return [source for source in sources if not is_part(source)]


def texts_of(source: Source, instrument: Instrument) -> Iterator[tuple[str, str]]:
    """The texts of an instrument's files, by a name that says which they are; of several signatories the same."""
    base = base_of(source, instrument)
    yield base, source.text
    for place, part in enumerate(source.parts, 1):
        yield f"{base}.{place}", part.text
