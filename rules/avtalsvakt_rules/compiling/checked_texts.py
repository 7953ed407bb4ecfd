"""Texts of rule files become instruments that go together; and a second look at what can be read.

In come texts with the names of their files, out come instruments, or Rejected with everything that is wrong. A command
whose rulebook was read before never comes here (keeping/result_cache.py).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from avtalsvakt_rules.checks.instruments import check_identifiers, check_instruments
from avtalsvakt_rules.compiling.agreement_sources import collected, texts_of
from avtalsvakt_rules.compiling.file_reading import hidden_in, instrument_of, wrong_in
from avtalsvakt_rules.interpreting.municipalities import with_municipalities
from avtalsvakt_rules.interpreting.reading_choice import reading_problem
from avtalsvakt_rules.keeping.kept_files import of_file, source_of
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.parts import join
from avtalsvakt_rules.parsing.rule_text import read_text
from avtalsvakt_rules.parsing.signatory_sources import check_bases, expanded
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.soundness.clauses import check_soundness
from avtalsvakt_rules.soundness.page_names import check_names
from avtalsvakt_rules.soundness.remarks import look


class Checked(Struct, frozen=True):
    """What a rulebook is made of: instruments by id, all of them as JSON, and the texts by name."""

    instruments: Mapping[str, Instrument]
    content: str
    texts: Mapping[str, str]


def checked(texts: tuple[tuple[str, str], ...], unread: tuple[Problem, ...] = (), *, kept: bool = False) -> Checked:
    """Read each text and check them together. Raises Rejected with every problem, `unread` among them.

    `kept`: the texts were kept with a run, and names from before the forms of identifiers were closed are read.
    """
    problems = list(unread)
    sources = collected(texts, problems)
    read: list[tuple[Source, Instrument]] = []
    told: dict[str, str] = {}
    for source in sources:
        hidden = () if kept else hidden_in(source)
        if hidden:
            problems += hidden
            continue
        try:
            instrument, line = instrument_of(source)
            read.append((source, instrument))
            told[instrument.instrument] = line
        except Rejected as rejected:
            problems += rejected.problems
    problems += [] if kept else check_identifiers(read)
    problems += check_bases(read)
    problems += check_instruments(read, wrong_in)
    problems += _reading_problems(read)
    if problems:
        raise Rejected(_once(problems))
    instruments = {instrument.instrument: instrument for _, instrument in read}
    content = "\n".join(line for _, line in sorted(told.items()))
    kept_texts = {name: text for source, instrument in read for name, text in texts_of(source, instrument)}
    return Checked(with_municipalities(instruments), content, kept_texts)


def looked_at(paths: Iterable[Path]) -> tuple[list[Problem], list[Problem]]:
    """What cannot be right in files that can be read, and what is worth a look. Raises Rejected for what cannot be."""
    sources = join([source_of(read_text(path), path.name) for path in paths])
    read = [(one, instrument_of(one)[0]) for source in sources for one in expanded(source)]
    looks = [_looked_at(one) for one, _ in read]
    wrong = [*(one for unsound, _, _ in looks for one in unsound), *check_names(read)]
    wrong += [one for _, _, unasked in looks for one in unasked]
    return _once(wrong), _once(one for _, worth, _ in looks for one in worth)


@lru_cache(maxsize=64)
def _looked_at(source: Source) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """What is unsound in a file, worth a look, and answered though nobody asks; it follows from the text."""
    return of_file("look", source, _look)


def _look(source: Source) -> tuple[list[Problem], list[Problem], list[Problem]]:
    instrument, _ = instrument_of(source)
    return check_soundness([(source, instrument)]), *look(source, instrument)


def _reading_problems(read: list[tuple[Source, Instrument]]) -> list[Problem]:
    instruments = {instrument.instrument: instrument for _, instrument in read}
    found: list[Problem | None] = []
    for source, instrument in read:
        for code, reading in instrument.readings.items():
            where = source.where(("readings", code))
            found.append(reading_problem(code, reading.choice, where, instruments, instrument))
        for name, clause in instrument.clauses.items():
            if not clause.readings.codes:
                continue
            where = source.where(("clauses", name, "readings"))
            alone = instrument.model_copy(update={"clauses": {name: clause}})
            for code, own in clause.readings.codes.items():
                choice = own.choice if own else load_readings()[code].default if code in load_readings() else ""
                found.append(reading_problem(code, choice, where, instruments, alone))
    return [problem for problem in found if problem]


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: what is wrong in a text is wrong for everybody who signed it."""
    return list(dict.fromkeys(problems))
