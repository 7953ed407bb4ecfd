"""Cases beside the rules: facts, a day, the verdicts that must follow, and why. YAML that a coordinator can read.

A file holds cases of one instrument; `service` runs them. docs/regelspraket.md tells the form with an example.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from avtalsvakt_rules.keeping.result_cache import HERE
from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.language.swedish_words import nearest
from avtalsvakt_rules.model import After, Before, Model, field
from avtalsvakt_rules.parsing.source import Source, read_source
from avtalsvakt_rules.problems import Misread, Problem, Rejected
from avtalsvakt_rules.rulebook import CASES
from avtalsvakt_rules.vocabulary import load

MISSING, ABSENT = "missing", "finns inte"  # there is no such duty on that day
STATUSES = (
    "pending", "at_risk", "fulfilled", "fulfilled_late", "overdue", "recommendation_not_met", "waived",
    "not_applicable", "not_evaluated", MISSING,
)  # fmt: skip


@cache
def status_words() -> Mapping[str, str]:
    """The statuses by what they are called in Swedish, as a case may say them."""
    found = {text.partition(" – ")[0]: code for code, text in load().statuses.items()}
    return MappingProxyType({**found, ABSENT: MISSING})


def _known(status: str) -> str:
    code = status_words().get(status, status)
    if code not in STATUSES:
        raise Misread(f"läget '{shown(status)}' finns inte", nearest(status, status_words()))
    return code


class Expected(Model):
    """What a duty's verdict must say; what is left out may be anything."""

    status: Annotated[str, After(_known)]
    due: date | None = None
    counted: int | None = None
    required: int | None = None


def _expected(raw: object) -> object:
    return {"status": raw} if isinstance(raw, str) else raw


def _or_none(raw: object) -> object:
    """`facts:` with nothing after it means no facts."""
    return () if raw is None else raw


class WrittenCase(Model):
    """One case as it is written."""

    why: str
    facts: Annotated[tuple[dict[str, object], ...], Before(_or_none)] = ()
    expect: dict[date, dict[str, Annotated[Expected, Before(_expected)]]]
    known_at: date | None = None
    readings: dict[str, str] = field(default_factory=dict)


class _File(Model):
    instrument: str
    cases: dict[str, WrittenCase]


class CaseFile(Struct, frozen=True):
    """The cases of one instrument, in the order of the file, and where each part stands."""

    source: Source
    instrument: str
    cases: Mapping[str, WrittenCase]


def builtin_case_files() -> list[Path]:
    """The case files that come with the program."""
    return sorted((HERE / CASES).glob("*.yaml"))


def case_files_in(path: Path) -> list[Path]:
    """A case file itself; in a folder, its own case files and those in a folder `cases` inside. Raises Rejected."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise Rejected([Problem("sökvägen finns inte", str(path), "den kan inte läsas", "kontrollera stavningen")])
    inside = path if path.name == CASES else path / CASES
    return sorted([*inside.rglob("*.yaml"), *inside.rglob("*.yml")])


def read_case_files(paths: Iterable[Path]) -> list[CaseFile]:
    """Read these files. Raises Rejected with what is wrong in any of them."""
    problems: list[Problem] = []
    out: list[CaseFile] = []
    for path in paths:
        try:
            out.append(_read(read_source(path)))
        except Rejected as rejected:
            problems += rejected.problems
    if problems:
        raise Rejected(problems)
    return out


def _read(source: Source) -> CaseFile:
    try:
        written = _File.model_validate(source.tree)
    except ValidationError as error:
        raise Rejected(_problem(source, one) for one in error.errors()) from error
    return CaseFile(source, written.instrument, written.cases)


def _problem(source: Source, detail: ErrorDetails) -> Problem:
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    path = tuple(part for part in loc if part != "[key]" and not str(part).startswith("function-"))
    name = f"fall {path[1]}: " if len(path) > 1 else ""
    key = f"'{path[-1]}'" if path else "filen"
    if kind == "extra_forbidden":
        return Problem(f"{name}okänd nyckel {key}", source.where(path), "fall har ingen sådan nyckel",
                       "använd why, facts, expect, known_at, readings")  # fmt: skip
    if kind == "missing":
        return Problem(f"{name}nyckeln {key} saknas", source.where(path), "den måste finnas", f"lägg till {key}")
    if kind.startswith("date"):
        return Problem(
            f"{name}{key} är ingen dag", source.where(path), "här väntas ett datum ÅÅÅÅ-MM-DD", "rätta dagen"
        )
    if isinstance(error := context.get("error"), Misread):
        return Problem(f"{name}fel i {key}", source.where(path), error.why, error.remedy)
    remedy = (
        "skriv t.ex. {redovisning.2026: uppfylld} under dagen" if "expect" in path else "skriv som i ett annat fall"
    )
    return Problem(f"{name}fel i {key}", source.where(path), "värdet har inte rätt form", remedy)
