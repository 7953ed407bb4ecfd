"""Says in Swedish what pydantic found wrong in a rule file: file, line, obligation, field, remedy."""

import re
from typing import TYPE_CHECKING

from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.head import Term
from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.language.instrument import Clause, Instrument, Reading
from avtalsvakt_rules.language.swedish_words import nearest
from avtalsvakt_rules.language.when import WHEN_KEYS
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.parsing.signatories import KEY
from avtalsvakt_rules.parsing.source import Path_, Source
from avtalsvakt_rules.problems import Misread, Problem

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MODELS: dict[str, type[Model]] = {"at": Address, "term": Term, "readings": Reading}


def explain(error: "ValidationError", source: Source) -> list[Problem]:
    """One problem for each thing pydantic found, at its line in the file."""
    return [_problem(detail, source) for detail in error.errors()]


def _problem(detail: "ErrorDetails", source: Source) -> Problem:
    below: Path_ = detail["ctx"]["error"].below if detail["type"] == "value_error" else ()
    path: Path_ = (*(part for part in detail["loc"] if not _internal(part)), *below)
    what, why, remedy = _words(detail, path)
    clause = f"klausul {path[1]}: " if len(path) > 1 and path[0] == "clauses" else ""
    named = [part for part in path if isinstance(part, str)]
    field = f" i '{_alias(named[-1])}'" if named and detail["type"] not in ("extra_forbidden", "missing") else ""
    return Problem(f"{clause}{what}{field}", source.where(path), why, remedy)


def _internal(part: str | int) -> bool:
    """Names that pydantic adds for the branches of a union, which nobody wrote in the file."""
    return isinstance(part, str) and (
        part.startswith(("function-", "tuple[", "is-instance")) or part in ("Pattern", "When")
    )


def _words(detail: "ErrorDetails", path: Path_) -> tuple[str, str, str]:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"okänd nyckel '{path[-1]}'", "regelspråket har ingen sådan nyckel", _suggest(str(path[-1]), path[:-1])
    if kind == "missing":
        return f"nyckeln '{_alias(path[-1])}' saknas", "den måste alltid finnas", f"lägg till '{_alias(path[-1])}:'"
    if kind == "value_error":
        error: Misread = detail["ctx"]["error"]
        return "fel värde", error.why, error.remedy
    if kind == "literal_error":
        return _word(str(detail["input"]), str(detail["ctx"]["expected"]))
    return _form(kind, detail)


def _word(written: str, expected: str) -> tuple[str, str, str]:
    """A word that is none of those that may stand there."""
    allowed = expected.replace(" or ", " eller ")
    near = nearest(written, re.findall(r"'([^']+)'", expected))
    return f"okänt ord '{shown(written)}'", f"tillåtna är {allowed}", near if near.endswith("?") else "välj ett av dem"


def _form(kind: str, detail: "ErrorDetails") -> tuple[str, str, str]:
    """The value has the wrong form: a number, keys, a list or a text was expected."""
    if kind in ("greater_than_equal", "less_than_equal"):
        least, most = detail["ctx"].get("ge"), detail["ctx"].get("le")
        bound = f"minst {least}" if least is not None else f"högst {most}"
        return f"{detail['input']} är utanför det tillåtna", f"här väntas {bound}", f"skriv {bound}"
    if kind.startswith("int"):
        return f"{_input(detail)} är inget heltal", "här väntas ett antal", "skriv ett heltal, t.ex. 2"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "fel form", "här väntas nycklar med värden under sig", "skriv {nyckel: värde} eller indragna rader"
    if kind in ("tuple_type", "list_type"):
        return "fel form", "här väntas en lista", "skriv [a, b] eller rader med bindestreck"
    if kind.startswith("date"):
        return f"{_input(detail)} passar inte", "här väntas ett datum", "skriv år, månad och dag, t.ex. 2026-03-01"
    if kind.startswith("string"):
        return (
            f"{_input(detail)} passar inte",
            "här väntas en text",
            "skriv en enda text, inom citattecken om det behövs",
        )
    if kind.startswith("bool"):
        return f"{_input(detail)} passar inte", "här väntas ja eller nej", "skriv true eller false"
    return "fel värde", detail["msg"], "se vad nyckeln betyder i docs/regelspraket.md"


def _input(detail: "ErrorDetails") -> str:
    """What was written, or what sort of thing it was."""
    written = detail["input"]
    if isinstance(written, str):
        return f"'{shown(written)}'"
    return "en lista" if isinstance(written, list) else "en grupp av nycklar" if isinstance(written, dict) else "tomt"


def _alias(name: str | int) -> str:
    return str(name).rstrip("_")


def _suggest(word: str, above: Path_) -> str:
    if above and above[-1] == "when":
        known = sorted(WHEN_KEYS)
    elif len(above) == 2 and above[0] == "clauses":
        known = [_alias(name) for name in Clause.model_fields]
    else:
        model = MODELS.get(str(above[-1]) if above else "", Instrument)
        known = [_alias(name) for name in model.model_fields] + ([KEY] if model is Instrument else [])
    return nearest(word, known)
