"""The text of a file becomes raw lines with addresses: CSV as Excel writes it, and JSON Lines.

In comes text, out come `RawLine`s and Problems, in the order of the file, so that everything wrong can be said at once.

CSV: comma, semicolon or tab; headings in Swedish or English; `|` between the values of a list; a mapping as JSON or as
`name=value|name=value`. Lines that begin with `#` before the headings are comments, and one like `# agreement: alvsjo`
says what holds for every row. JSON Lines: one object on each line; a first object without `kind` holds for the rest.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from avtalsvakt_engine.importing.accounts import Account
from avtalsvakt_engine.importing.columns import AS_WRITTEN, Columns
from avtalsvakt_engine.importing.headings import come_again, misplaced, plain, unknown
from avtalsvakt_engine.intake.disarming import rearmed
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_engine.intake.fact_values import MAPPINGS
from avtalsvakt_engine.storage.facts.sealing import Kept
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import ANYWHERE, LINE_FIELDS, Vocabulary

_LABELLED = frozenset({"kind", "body"})
"""Fields that may hold a Swedish name in place of an id."""

_READ_BY_PEOPLE = frozenset({"fråga"})
"""Headings of columns that a form has for the one who fills it in; what they hold is not read."""

IN_WORDS = " i ord"
"""How the heading of a column ends that says in words what the codes beside it say; it is not read either."""

_ASKED_OF = "function"
"""In a form of attestations: who is asked, which the clause says; an attestation has no such attribute."""

_STATES = re.compile("[:=]")
_NAMED = re.compile(r"[^\W\d][\w -]*")
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+0{1,2}:00(?::00(?:[.,]0{1,9})?)? ?Z?")
COLUMNS = 200
"""Columns of a table, as CSV or in a workbook."""

_LONGEST_HEADING = 200  # letters
_LOWEST = 20
"""Lines below the first in which headings are looked for."""

_SYNONYMS = {
    "faktatyp": "kind",
    "händelse": "kind",
    "överenskommelse": "agreement",
    "dag": "date",
    "dokument": "document",
}


class RawLine(Struct, frozen=True):
    """One line as written: its address, its values by field, and what follows the address for a field.

    `recorder` is who recorded it and `kept` how it was sealed, where the file is an archive that says so.
    """

    where: str
    values: Mapping[str, object]
    columns: Mapping[str, str]
    recorder: str | None = None
    kept: Kept | None = None


def field_names(vocabulary: Vocabulary) -> dict[str, str]:
    """The field for each heading it may have, in the form that `plain` gives: its name, its label, a synonym."""
    names = dict(_SYNONYMS)
    for name, label in vocabulary.labels.items():
        names[plain(label)] = name
    for name in (*LINE_FIELDS, *ANYWHERE, *(name for kind in vocabulary.kinds.values() for name in kind.attributes)):
        names[plain(name)] = name
    return names


def csv_lines(
    text: str, name: str, vocabulary: Vocabulary, columns: Columns = AS_WRITTEN, account: Account | None = None
) -> Iterator[RawLine | Problem]:
    """The rows of a CSV file; after a fault in the headings or in the quotation marks nothing more is read."""
    known, days = field_names(vocabulary), day_fields(vocabulary)
    defaults, skipped, separator = _preamble(text, known)
    body = text.split("\n", skipped)[-1] if skipped else text
    separator = separator or _delimiter(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    table: _Table | None = None
    line = skipped + 1
    try:
        for row in reader:
            where, line = f"{name}:{line}", skipped + reader.line_num + 1
            if not any(cell.strip(" \ufeff") for cell in row):
                continue
            if table is None:
                if problem := _too_wide(row, where) or misplaced(row, _below(body, separator), where, known):
                    yield problem
                    return
                fields, faults = _headings(row, where, known, defaults, columns)
                if account is not None:
                    account.unknown |= _unknown(row, fields, where, columns)
                    account.columns += [cell.strip() for cell, one in zip(row, fields, strict=True) if one == ""]
                yield from faults
                if faults:
                    return
                table = _Table(row, fields, defaults, _labelled(vocabulary), days)
            elif come_again(row, table.headings, known):
                why = "filen är kanske sammanslagen av flera"
                yield Problem("rubrikerna står två gånger", where, why, "ta bort den här raden")
            else:
                yield _row(row, table, where)
    except csv.Error:
        why = "ett citattecken saknas eller står fel"
        yield Problem("raden kan inte delas upp i celler", f"{name}:{line}", why, "rätta citattecknen")


def _too_wide(row: list[str], where: str) -> Problem | None:
    """What to say of headings that are more than any table has: each would be looked up and told."""
    while len(row) > COLUMNS and not row[-1].strip():
        row.pop()
    if len(row) <= COLUMNS:
        return None
    why, remedy = f"den har {len(row)} kolumner, och {COLUMNS} kan läsas", "ta bort kolumnerna som inte ska läsas"
    return Problem("tabellen är för bred", where, why, remedy)


def _below(body: str, separator: str) -> list[list[str]]:
    """The lines after the first that says anything, as far as headings may have slipped down."""
    lines = body.lstrip("\n").split("\n", _LOWEST + 1)[1 : _LOWEST + 1]
    return [[cell.strip('"') for cell in line.split(separator)] for line in lines]


class _Table(Struct, frozen=True):
    """What is known of a table once its headings have been read."""

    headings: list[str]
    fields: list[str | None]
    defaults: Mapping[str, str]
    labelled: Mapping[tuple[str, str], str]
    days: frozenset[str]

    def columns(self) -> dict[str, str]:
        """What follows a line's address for a field."""
        return {
            field: f":{number} ({self.headings[number - 1].strip()})"
            for number, field in enumerate(self.fields, start=1)
            if field
        }


def json_lines(text: str, name: str, vocabulary: Vocabulary) -> Iterator[RawLine | Problem]:
    """The objects of a JSON Lines file."""
    defaults: Mapping[str, object] = {}
    days = day_fields(vocabulary)
    first = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        values = _object(line, where)
        if isinstance(values, Problem):
            yield values
        elif first and "kind" not in values:
            defaults = values
            known = set(field_names(vocabulary).values())
            for field in values:
                if field not in known:
                    why = "första raden anger fält som gäller hela filen"
                    yield Problem(f"fältet '{field}' finns inte", where, why, closest(field, known))
        else:
            given = {**defaults, **values}
            yield RawLine(where, {name: without_midnight(name, value, days) for name, value in given.items()}, {})
        first = False


def _preamble(text: str, known: Mapping[str, str]) -> tuple[dict[str, str], int, str | None]:
    """What the lines before the headings say: defaults, how many they are, and the separator if it is stated."""
    defaults: dict[str, str] = {}
    separator = None
    skipped = 0
    for line in text.split("\n"):
        stated = _SEPARATOR.fullmatch(line)
        if stated:
            separator = stated[1]
        elif line.startswith(("#", '"#')):
            heading, value = _comment(line)
            if plain(heading) in known:
                defaults[known[plain(heading)]] = value
        elif line.strip():
            break
        skipped += 1
    return defaults, skipped, separator


def _comment(line: str) -> tuple[str, str]:
    """What a comment states, as a heading and a value; an empty heading where it states nothing."""
    heading, *value = _STATES.split(line.removeprefix('"').removeprefix("#"), maxsplit=1)
    if not value or len(heading) > _LONGEST_HEADING or not _NAMED.fullmatch(heading.strip()):
        return "", ""
    return heading.strip(), value[0].lstrip().rstrip(",;\t").removesuffix('"')


def _read_by_people(heading: str) -> bool:
    """Whether a column is there for the one who reads or fills in the table."""
    return heading in _READ_BY_PEOPLE or heading.endswith(IN_WORDS)


def _delimiter(text: str) -> str:
    """The separator of the headings: the most frequent of semicolon, tab and comma."""
    first = Counter(text.lstrip("\n").split("\n", 1)[0])
    return max(";\t,", key=lambda separator: first[separator])


def _headings(
    row: list[str], where: str, known: Mapping[str, str], defaults: Mapping[str, str], columns: Columns
) -> tuple[list[str | None], list[Problem]]:
    """The field of each column (None without a heading, empty if not read), and what is wrong with the headings."""
    fields: list[str | None] = []
    faults = list(_unmatched(row, where, known, columns))
    for number, cell in enumerate(row, start=1):
        heading = plain(cell)
        stated = columns.fields.get(heading)
        field = known.get(plain(stated)) if stated else known.get(heading)
        address = f"{where}:{number}"
        if heading and (heading in columns.ignored or (_read_by_people(heading) and not stated)):
            field = ""
        elif heading and field is None and not stated:
            faults.append(unknown(cell, address, known))
        elif field and field in fields:
            why = f"den betyder {field}, som redan har en kolumn"
            faults.append(Problem(f"rubriken '{cell.strip()}' står två gånger", address, why, "ta bort en av dem"))
        fields.append(field)
    if "kind" not in fields and "kind" not in defaults and not faults:
        remedy = "skriv rubriker överst och skilj cellerna åt med komma, semikolon eller tabb"
        faults.append(Problem("rubriken kind (typ) saknas", where, "det framgår inte vad raderna gäller", remedy))
    return fields, faults


def _unknown(row: list[str], fields: list[str | None], where: str, columns: Columns) -> dict[str, str]:
    """By their addresses the headings that nothing has been said of and that mean nothing."""
    told = enumerate(zip(row, fields, strict=True), start=1)
    return {
        f"{where}:{number}": cell.strip()
        for number, (cell, field) in told
        if field is None and plain(cell) and plain(cell) not in columns.fields
    }


def _unmatched(row: list[str], where: str, known: Mapping[str, str], columns: Columns) -> Iterator[Problem]:
    """A problem for each heading that was named and is not there, and each field that is none."""
    there = {plain(cell): cell.strip() for cell in row}
    for heading in (*columns.fields, *columns.ignored):
        if heading not in there:
            flag = "--ignore" if heading in columns.ignored else "--map"
            why = f"tabellen har ingen sådan kolumn ({flag})"
            yield Problem(f"rubriken '{heading}' finns inte", where, why, closest(heading, there))
    for heading, field in columns.fields.items():
        if plain(field) not in known:
            why = "vokabulären har inget fält med det namnet"
            yield Problem(f"fältet '{field}' finns inte", f"--map {heading}", why, closest(plain(field), known))


def _labelled(vocabulary: Vocabulary) -> dict[tuple[str, str], str]:
    """The id for what a person writes in its place: the Swedish name of a kind or of a body."""
    kinds = {("kind", plain(kind.sv)): kind.id for kind in vocabulary.kinds.values()}
    return kinds | {("body", plain(label)): body for body, label in vocabulary.bodies.items()}


def _row(row: list[str], table: _Table, where: str) -> RawLine | Problem:
    """A row as a raw line; a row with more or fewer cells than there are headings has lost its columns."""
    fields, columns = table.fields, table.columns()
    width = len(fields)
    stray = [number for number, cell in enumerate(row) if cell.strip() and (number >= width or fields[number] is None)]
    if len(row) < width or stray:
        why = f"raden har {len(row)} celler och rubrikraden {width}"
        if len(row) == width:
            why = f"kolumn {stray[0] + 1} har ingen rubrik"
        remedy = "kontrollera avgränsarna, och sätt citattecken om text som innehåller dem"
        return Problem("raden stämmer inte med rubrikerna", where, why, remedy)
    values: dict[str, object] = dict(table.defaults)
    for field, cell in zip(fields, row, strict=False):
        if field and cell.strip():
            value = cell_value(field, cell, where + columns[field])
            if isinstance(value, Problem):
                return value
            value = without_midnight(field, value, table.days)
            values[field] = table.labelled.get((field, plain(cell)), value) if field in _LABELLED else value
    if values.get("kind") == "attestation":
        values.pop(_ASKED_OF, None)
    return RawLine(where, values, columns)


def day_fields(vocabulary: Vocabulary) -> frozenset[str]:
    """The fields that hold a day."""
    return frozenset({"date"}.union(*(kind.days for kind in vocabulary.kinds.values())))


def without_midnight(field: str, value: object, days: frozenset[str]) -> object:
    """A day without the midnight that spreadsheets and databases write after it; anything else as it is."""
    if isinstance(value, dict) and field in MAPPINGS:  # what it holds stands one level down, and no deeper
        return {
            name: part if isinstance(part, dict) else without_midnight(name, part, days) for name, part in value.items()
        }
    if isinstance(value, str) and field in days:
        midnight = _MIDNIGHT.fullmatch(value.strip())
        return midnight[1] if midnight else value
    return value


def cell_value(field: str, cell: str, where: str) -> object:
    """The value of a cell: one text, a list where it has several, a mapping where the field holds one.

    The apostrophe that disarms a formula in a spreadsheet is no part of the text.
    """
    cell = rearmed(cell)
    if field in MAPPINGS:
        if cell.lstrip().startswith("{"):
            return _object(cell, where)
        if "=" in cell and field != "new_end":
            parts = (part.partition("=") for part in cell.split("|"))
            return {name.strip(): value for name, _, value in parts}
        return cell
    return cell if field in LINE_FIELDS or "|" not in cell else cell.split("|")


def _object(text: str, where: str) -> dict[str, object] | Problem:
    """One JSON object, or why the text is none."""
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        why = f"det som står från tecken {error.colno} är inte JSON"
        return Problem("raden kan inte läsas", f"{where}:{error.colno}", why, "skriv ett JSON-objekt på en rad")
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _UnwantedError) else "ett värde är för stort eller för djupt nästlat"
        return Problem("raden kan inte läsas", where, why, "rätta värdet")
    if not isinstance(found, dict):
        return Problem("raden är inget objekt", where, "den ska ange fält och värden", 'skriv {"kind": …, "date": …}')
    return found


class _UnwantedError(ValueError):
    """JSON that Python reads and we do not want; the message says why, in Swedish."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, unless it names a field twice, of which json would keep the last without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _UnwantedError(f"fältet '{name}' står två gånger")
    return found


def _refuse(constant: str) -> object:
    raise _UnwantedError(f"{constant} är inget värde")
