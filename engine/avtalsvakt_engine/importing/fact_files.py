"""Files of facts: everything in them, or everything that is wrong with them.

In come paths (CSV, JSON Lines, a workbook, an archive), out comes a Batch of facts in the order of the files. Raises
Rejected with every problem (50 are shown, the rest counted): nothing of a faulty file is kept, unless only the faulty
lines are to be left out (`partial`). Two lines with the same id and the same content are one fact; with different
content they are an error. More lines than LINES, or more faulty ones than FAULTY, are refused before they fill memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeGuard

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.accounts import Account
from avtalsvakt_engine.importing.answer_forms import unanswered
from avtalsvakt_engine.importing.columns import AS_WRITTEN, Columns
from avtalsvakt_engine.importing.file_archive import archive_lines
from avtalsvakt_engine.importing.file_lines import RawLine, csv_lines, json_lines
from avtalsvakt_engine.importing.file_text import read_text
from avtalsvakt_engine.importing.file_workbook import workbook_text
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.storage.fact_sealing import Kept
from avtalsvakt_rules.problems import Problem, Rejected, few

ENOUGH = 500
"""Problems after which reading stops: the file is of another kind, or in another form."""

LINES = 300_000
"""Registrations in one import: a hundred thousand take some 350 MB while they are read."""

FAULTY = 20_000
"""Faulty lines that can be left out of one import."""

_READERS = {".csv": csv_lines, ".tsv": csv_lines, ".txt": csv_lines, ".jsonl": json_lines, ".ndjson": json_lines}


NONE = Others()
"""No facts but those in the files."""


class Batch(Struct, frozen=True):
    """Facts read together, warnings about them, the address of each fact by id, and what was left out and why.

    `kept`: by id, how facts of an archive were sealed where they come from.
    """

    facts: tuple[Fact, ...]
    warnings: tuple[Problem, ...]
    where: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()


def read_file(
    path: Path,
    known: Known,
    now: datetime,
    *,
    others: Others = NONE,
    by: str | None = None,
    default_agreement: str | None = None,
) -> Batch:
    """Read one file; see `read_files`."""
    return read_files([path], known, now, others=others, by=by, default_agreement=default_agreement)


def read_files(  # noqa: PLR0913 - what is read, what it may refer to, what holds where it says nothing
    paths: Iterable[Path],
    known: Known,
    now: datetime,
    *,
    others: Others = NONE,
    by: str | None = None,
    default_agreement: str | None = None,
    partial: bool = False,
    columns: Columns = AS_WRITTEN,
) -> Batch:
    """Read files as one batch; arrival numbers follow the order of the lines. Raises Rejected.

    `others` are the facts that may be referred to besides those in the files. `default_agreement` holds where
    neither a line nor its file names an agreement. With `partial` faulty lines, and records about them, are left out
    and told in `problems`.
    """
    gathered = _Gathered({}, {}, [], [], set(), columns)
    agreed: dict[str, object] = {} if default_agreement is None else {"agreement": default_agreement}
    for path in paths:
        gathered.accounts.append(account := Account(str(path)))
        for line in _lines(path, known, gathered):
            if len(gathered.problems) >= ENOUGH and not partial:
                break
            account.rows += 1
            _refuse_too_much(gathered, line)
            if _is_record(line, gathered, account):
                gathered.add(line, {**agreed, **line.values}, known, _read_at(line, now), _recorder(line, by))
    held = _as_it_is_kept(known) if gathered.kept else known
    facts, said = meet_targets(gathered.facts.values(), others, held, now, gathered.where, gathered.faulty)
    problems = [*gathered.problems, *said.problems, *(said.left_out if partial else ())]
    if problems and not partial:
        raise Rejected(shown(problems, "fel"))
    warnings = list(_together([*gathered.warnings, *said.warnings]))
    told, accounts = tuple(shown(warnings, "varningar")), tuple(gathered.accounts)
    return Batch(tuple(facts), told, gathered.where, tuple(problems), gathered.kept, accounts)


class _Gathered(Struct):
    """What has been read: facts and addresses by id, what there is to say, and the ids of lines that were refused."""

    facts: dict[str, Fact]
    where: dict[str, str]
    problems: list[Problem]
    warnings: list[Problem]
    faulty: set[str]
    columns: Columns = AS_WRITTEN
    accounts: list[Account] = field(default_factory=list)
    kept: dict[str, Kept] = field(default_factory=dict)

    def add(self, line: RawLine, values: Mapping[str, object], known: Known, now: datetime, by: str | None) -> None:
        """Read the values of a line and keep their fact, or what is wrong with them."""
        arrival = len(self.facts) + 1
        held = _as_it_is_kept(known) if line.kept else known
        try:
            read = read_fact(
                values, known=held, now=now, where=line.where, arrival=arrival, by=by, columns=line.columns,
                erased=line.kept.erased if line.kept else (),
            )  # fmt: skip
        except Rejected as refused:
            self.problems.extend(refused.problems)
            self.faulty.add(str(values.get("id", "")).strip())
            return
        self.warnings.extend(read.warnings)
        fact = read.fact
        before = self.facts.get(fact.id)
        if before is None:
            self.facts[fact.id] = fact
            self.where[fact.id] = line.where
            if line.kept is not None:
                self.kept[fact.id] = line.kept
        elif replace(fact, arrival=before.arrival) == before:
            why = f"den säger samma sak som {self.where[fact.id]}"
            remedy = "ge raderna var sin beteckning (id) om de är två händelser"
            self.warnings.append(Problem("raden räknas inte en gång till", line.where, why, remedy))
        else:
            why = f"{self.where[fact.id]} har samma beteckning och säger något annat"
            remedy = "ge raden en egen beteckning, eller skriv den som en rättelse"
            self.problems.append(Problem(f"beteckningen '{fact.id}' står två gånger", line.where, why, remedy))


def _is_record(line: RawLine | Problem, gathered: _Gathered, account: Account) -> TypeGuard[RawLine]:
    """Whether a line is one to read; what is not is told in what was gathered."""
    if isinstance(line, Problem):
        gathered.problems.append(line)
        return False
    if notice := unanswered(line):
        account.unanswered += 1
        gathered.warnings.append(notice)
        return False
    return True


def _as_it_is_kept(known: Known) -> Known:
    """What holds for the records of an archive: they get no marks, since they stay as they were sealed."""
    return replace(known, sensitive={})


def _refuse_too_much(gathered: _Gathered, line: RawLine | Problem) -> None:
    """Raise Rejected where an import holds more than is kept in memory at a time."""
    if sum(account.rows for account in gathered.accounts) > LINES:
        why = f"{LINES} rader kan läsas in på en gång"
        raise Rejected([Problem("det är för många rader", line.where, why, "dela upp dem i flera importer")])
    if len(gathered.problems) > FAULTY:
        why = f"fler än {FAULTY} rader är felaktiga"
        remedy = "rätta felen som upprepas; utan --partial visas de första"
        raise Rejected([Problem("det är för många fel för att läsa in resten", line.where, why, remedy)])


def _recorder(line: RawLine, by: str | None) -> str | None:
    """Who recorded a line: as an archive says, nobody where that was erased, else the one who reads it in."""
    return line.recorder if line.kept and "recorder" in line.kept.erased else line.recorder or by


def _read_at(line: RawLine, now: datetime) -> datetime:
    """When a line is read; one of an archive never before it was recorded, though the clock was wrong then."""
    try:
        recorded = datetime.fromisoformat(str(line.values.get("recorded", "")))
    except ValueError:
        return now
    return max(now, recorded) if (line.recorder or line.kept) and recorded.tzinfo else now


def _lines(path: Path, known: Known, gathered: _Gathered) -> Iterator[RawLine | Problem]:
    """The raw lines of a file; a file that cannot be read at all is a problem among the others."""
    if path.suffix.lower() in (".zip", ".xlsx"):
        yield from _packed(path, known, gathered)
        return
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        why = f"namnet slutar på '{path.suffix}', och .csv, .tsv, .xlsx, .jsonl, .ndjson och .zip kan läsas"
        yield Problem("filens slag känns inte igen", str(path), why, "spara den som CSV (UTF-8) eller JSON Lines")
        return
    try:
        text, warnings = read_text(path)
    except Rejected as refused:
        yield from refused.problems
        return
    gathered.warnings.extend(warnings)
    before = len(gathered.facts) + len(gathered.problems)
    if text.lstrip("\ufeff \n").upper().startswith("BEGIN:VCALENDAR"):
        why = f"innehållet är en kalender, men namnet slutar på {path.suffix}"
        yield Problem("filen är ingen tabell", str(path), why, "ge filen ett namn som slutar på .ics")
        return
    if reader is csv_lines:
        yield from csv_lines(text, str(path), known.vocabulary, gathered.columns, gathered.accounts[-1])
    else:
        yield from reader(text, str(path), known.vocabulary)
    if len(gathered.facts) + len(gathered.problems) == before:
        why = "efter rubriker och inledning finns inga rader"
        gathered.warnings.append(Problem("filen har inga nya registreringar", str(path), why, "kontrollera filen"))


def _packed(path: Path, known: Known, gathered: _Gathered) -> Iterator[RawLine | Problem]:
    """The raw lines of a workbook, or of an archive."""
    try:
        if path.suffix.lower() == ".xlsx":
            columns, account = gathered.columns, gathered.accounts[-1]
            text = workbook_text(path, columns.sheet, account)
            yield from csv_lines(text, str(path), known.vocabulary, columns, account)
        else:
            yield from archive_lines(path)
    except Rejected as refused:
        yield from refused.problems


def shown(problems: list[Problem], name: str) -> list[Problem]:
    """The problems (or warnings) that are shown, and how many more there are."""
    return few(problems, name, at_least=len(problems) >= ENOUGH)


def _together(warnings: list[Problem]) -> Iterator[Problem]:
    """Each warning once, with the first place and the number of others."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for one in warnings:
        places.setdefault((one.what, one.why, one.remedy), []).append(one.where)
    for (what, why, remedy), where in places.items():
        others = f" och {len(where) - 1} till" if len(where) > 1 else ""
        yield Problem(what, where[0] + others, why, remedy)
