"""The rulebook: every instrument that the program knows, read, checked and frozen, with one digest over it all."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt_rules.interpreting.alternative_readings import reread
from avtalsvakt_rules.interpreting.municipalities import covering, statutes
from avtalsvakt_rules.interpreting.reading_choice import reading_problem
from avtalsvakt_rules.keeping.lazy_mapping import LazyMapping
from avtalsvakt_rules.keeping.result_cache import HERE, remembered
from avtalsvakt_rules.language.instrument import Clause, Instrument, Reading
from avtalsvakt_rules.parsing.rule_text import read_text
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.readings import load_readings

Asked = Mapping[tuple[str, str], tuple[str, ...]]
"""Texts that clauses ask for, by kind of fact and attribute."""

FOLDERS = ("agreements", "statutes")
CASES = "cases"  # a folder beside rule files, with cases that are no rules (case_files.py)


@dataclass(frozen=True)
class Rulebook:
    """Instruments by id; `overrides` are readings chosen for this run, before any choice in the files.

    `written` is what the files say under every choice; `instruments` is that under the choices in force. `texts` are
    the files as they were written, by name, so that a run can be worked out again years later.
    """

    written: Mapping[str, Instrument]
    content: str
    overrides: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Instruments by id, every clause as it is read under the choices in force."""
        return MappingProxyType({name: reread(one, self.reading) for name, one in self.written.items()})

    @cached_property
    def texts_asked_for(self) -> Asked:
        """The texts that some clause asks for, by kind of fact and attribute: whoever records knows them."""
        return _asked(clause for instrument in self.instruments.values() for clause in instrument.clauses.values())

    def asked_of(self, instrument: Instrument) -> Asked:
        """The texts that the clauses which bind this agreement ask for, by kind of fact and attribute."""
        return _asked(self.binding(instrument))

    def binding(self, instrument: Instrument) -> Iterator[Clause]:
        """The clauses that bind an agreement: its own, and those of the texts over it that bind each one below."""
        yield from instrument.clauses.values()
        for above in self.chain(instrument):
            yield from (clause for clause in above.clauses.values() if clause.downward)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the files' content and of the readings chosen beside them (16 hexadecimal digits)."""
        chosen = "".join(f"{code}={choice};" for code, choice in sorted(self.overrides.items()))
        return hashlib.sha256((self.content + chosen).encode()).hexdigest()[:16]

    def reading(self, instrument: Instrument, code: str, clause: Clause | None = None) -> str:
        """The choice in force: this run's, else the clause's own, else the instrument's, else the default."""
        if code in self.overrides:
            return self.overrides[code]
        own = clause.readings.codes.get(code) if clause else None
        chosen: Reading | None = own or instrument.readings.get(code)
        return chosen.choice if chosen else load_readings()[code].default

    def with_readings(self, choices: Mapping[str, str]) -> "Rulebook":
        """The same rules read otherwise. Raises Rejected for an unknown or unsupported choice."""
        if not choices:
            return self
        problems = [
            problem
            for code, choice in choices.items()
            if (problem := reading_problem(code, choice, "--reading", self.written))
        ]
        if problems:
            raise Rejected(problems)
        return replace(self, overrides=MappingProxyType(dict(self.overrides) | dict(choices)))

    @cached_property
    def statutes(self) -> tuple[Instrument, ...]:
        """The statutes that bind municipalities."""
        return statutes(self.instruments)

    @cached_property
    def municipalities(self) -> Mapping[str, Instrument]:
        """What stands for each municipality, by its name."""
        found = {one.municipality: one for one in self.instruments.values() if one.level == "municipality"}
        return MappingProxyType({name: one for name, one in found.items() if name})

    def chain(self, instrument: Instrument) -> tuple[Instrument, ...]:
        """The superior instrument that `under` names and those that replaced it, oldest first.

        A municipality is under every statute that binds municipalities.
        """
        if instrument.level == "municipality":
            return self.statutes
        out: list[Instrument] = []
        current = self.instruments.get(instrument.under or "")
        while current is not None and current not in out:
            out.append(current)
            current = self.successor(current)
        return tuple(out)

    def municipality(self, instrument: Instrument) -> str | None:
        """The municipality the instrument lies in: its own word for it, else that of the superior one it names."""
        seen: set[str] = set()
        current: Instrument | None = instrument
        while current is not None and current.instrument not in seen:
            if current.municipality:
                return current.municipality
            seen.add(current.instrument)
            current = self.instruments.get(current.under or "")
        return None

    def covering(self, instrument: Instrument) -> tuple[str, ...]:
        """The agreements whose facts are one's own too."""
        return covering(self.instruments, instrument)

    def successor(self, instrument: Instrument) -> Instrument | None:
        """The instrument that replaces this one, if any."""
        return next((other for other in self.instruments.values() if other.replaces == instrument.instrument), None)


_Identity = tuple[tuple[str, int], ...]


class _Parts(Struct, frozen=True):
    """What is kept of a rulebook between processes: its fields, and what is worked out from them."""

    written: Mapping[str, Instrument]
    instruments: Mapping[str, Instrument]
    content: str
    texts: Mapping[str, str]
    asked: Asked


def _asked(clauses: Iterable[Clause]) -> Asked:
    """The texts that clauses ask for, by kind of fact and attribute, in the order in which they are asked for."""
    out: dict[tuple[str, str], dict[str, None]] = {}
    for clause in clauses:
        for kind, attribute, text in clause.texts_asked_for:
            out.setdefault((kind, attribute), {})[text] = None
    return MappingProxyType({key: tuple(found) for key, found in out.items()})


def load_rulebook(folders: Iterable[Path] = ()) -> Rulebook:
    """Read the built-in instruments and those in further folders. Raises Rejected with everything that is wrong."""
    return read_rulebook([*builtin_files(), *(path for folder in folders for path in _yaml_files(folder))])


def load_what_can_be_read(folders: Iterable[Path]) -> tuple[Rulebook, tuple[Problem, ...]]:
    """The built-in instruments and those of further folders that can be used, and what is wrong with the rest.

    A file that is faulty, or that cannot do without one that is, is left out whole. Raises Rejected where what is wrong
    is not in these folders.
    """
    problems: list[Problem] = []
    paths: list[Path] = []
    for folder in folders:
        if folder.exists():
            paths += _yaml_files(folder)
        else:
            remedy = "lägg tillbaka den, eller glöm den med 'avtalsvakt settings --forget-rules MAPP'"
            problems.append(Problem("mappen med regler finns inte", str(folder), "den används sedan tidigare", remedy))
    while True:
        try:
            return read_rulebook([*builtin_files(), *paths]), tuple(problems)
        except Rejected as rejected:
            faulty = {path for path in paths if any(_about(one, path) for one in rejected.problems)}
            if not faulty:
                raise
            problems += rejected.problems
            paths = [path for path in paths if path not in faulty]


def _about(problem: Problem, path: Path) -> bool:
    """Whether a problem is about a file: problems name files without their folders."""
    return problem.where.partition(":")[0] in (path.name, str(path))


def builtin_files() -> list[Path]:
    """The instrument files that come with the program."""
    return [path for folder in FOLDERS for path in sorted((HERE / folder).glob("*.yaml"))]


def read_rulebook(paths: Iterable[Path]) -> Rulebook:
    """Read these files into one checked rulebook. Raises Rejected with every problem of every file."""
    texts: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            texts.append((path.name, read_text(path)))
        except Rejected as rejected:
            problems += rejected.problems
    return _read_once(tuple(texts)) if not problems else _read_all(tuple(texts), tuple(problems))


@lru_cache(maxsize=4)
def _read_once(texts: tuple[tuple[str, str], ...]) -> Rulebook:
    """The rulebook in the texts, in files of these names, or the same one as it was read before. Raises Rejected.

    A rulebook follows from its texts and never changes, so that they are read once, also by the next process.
    """
    parts = remembered("rulebook", [part for pair in texts for part in pair], lambda: _parts(_read_all(texts)), _packed)
    found = Rulebook(MappingProxyType(parts.written), parts.content, texts=MappingProxyType(parts.texts))
    found.__dict__["instruments"] = MappingProxyType(parts.instruments)  # what the cached properties would work out
    found.__dict__["texts_asked_for"] = MappingProxyType(parts.asked)
    return found


def _parts(rulebook: Rulebook) -> _Parts:
    return _Parts(rulebook.written, rulebook.instruments, rulebook.content, rulebook.texts, rulebook.texts_asked_for)


def _packed(parts: _Parts) -> _Parts:
    """The same with what few commands ask for packed: clauses, which are nearly all of it, and other readings."""
    made: dict[_Identity, LazyMapping] = {}
    instruments = {name: _lightened(one, made) for name, one in parts.instruments.items()}
    return _Parts(LazyMapping.of(parts.written), instruments, parts.content, dict(parts.texts), dict(parts.asked))


def _lightened(one: Instrument, made: dict[_Identity, LazyMapping]) -> Instrument:
    """The instrument with them packed; `made` are those of others, which may be the same (shared_clauses.py)."""
    packed = {}
    for name, values in (("clauses", one.clauses), ("findings", one.findings)):
        identity = tuple((key, id(value)) for key, value in values.items())
        if values and identity not in made:
            made[identity] = LazyMapping.of(values)
        if values:
            packed[name] = made[identity]
    return one.model_copy(update=packed)


def second_look(folders: Iterable[Path] = ()) -> tuple[list[Problem], list[Problem]]:
    """What cannot be right in files that can be read, and what is worth a look: the built-in ones and further folders.

    Raises Rejected for what cannot be read.
    """
    from avtalsvakt_rules.compiling.checked_texts import looked_at

    return looked_at([*builtin_files(), *(path for folder in folders for path in _yaml_files(folder))])


def parse_rulebook(texts: Mapping[str, str]) -> Rulebook:
    """The rulebook in texts that were kept, by name. Raises Rejected.

    Names from before the forms of identifiers were closed are read, so that a run that used them can be worked out.
    """
    return _read_all(tuple((name, text) for name, text in texts.items()), kept=True)


@lru_cache(maxsize=4)
def _read_all(texts: tuple[tuple[str, str], ...], unread: tuple[Problem, ...] = (), *, kept: bool = False) -> Rulebook:
    """Read each text, check them together and freeze them. Raises Rejected with every problem, `unread` among them."""
    from avtalsvakt_rules.compiling.checked_texts import checked  # only here: what was read before needs no checking

    found = checked(texts, unread, kept=kept)
    return Rulebook(MappingProxyType(found.instruments), found.content, texts=MappingProxyType(found.texts))


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, or the file itself. Raises Rejected where there is none."""
    found = _yaml_files(folder)
    if not found:
        why = "inga filer i den slutar på .yaml eller .yml (mappen cases räknas inte)"
        remedy = "lägg regelfilen i mappen, eller börja en med 'avtalsvakt rules new'"
        raise Rejected([Problem("mappen har inga regelfiler", str(folder), why, remedy)])
    return found


def _yaml_files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise Rejected(
            [Problem("mappen med regler finns inte", str(folder), "den kan inte läsas", "kontrollera --rules")]
        )
    found = (path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern))
    return sorted(path for path in found if CASES not in path.relative_to(folder).parts)
