"""A line becomes a fact: checked against the vocabulary, everything wrong with it said at once.

In comes one line as a mapping (JSON, a row of a CSV file, a command), out comes a Fact with warnings for what is
unusual but allowed. Raises Rejected with every problem of the line. `to_line` is the inverse. Source: the fields of a
fact line (id, kind, agreement, date, date_precision, recorded, the kind's attributes) and vocabulary.yaml.
"""

import hashlib
from base64 import b32encode
from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_engine.intake.fact_checks import (
    PRECISIONS,
    Known,
    Notes,
    check_agreement,
    check_attributes,
    check_case,
    check_closing,
    check_counted,
    check_required,
)
from avtalsvakt_engine.intake.fact_dates import in_stockholm, read_day, read_moment, written_day
from avtalsvakt_engine.intake.fact_hours import HOURS, settled_hours
from avtalsvakt_engine.intake.fact_values import attributes_of, read_value
from avtalsvakt_engine.intake.sensitive_facts import unmarked, with_mark
from avtalsvakt_rules.language.identifiers import FACT
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import LINE_FIELDS, RECORDS

__all__ = ["Known", "ReadFact", "read_fact", "to_line"]

_SOON = "kontrollera datumet; ett möte räknas först när det registreras på dagen eller senare"


class ReadFact(Struct, frozen=True):
    """A fact that was read, and what was unusual about it."""

    fact: Fact
    warnings: tuple[Problem, ...] = ()


def read_fact(  # noqa: PLR0913 - what a line is read by, all of it
    line: Mapping[str, object],
    *,
    known: Known,
    now: datetime,
    where: str,
    arrival: int = 0,
    by: str | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    erased: Collection[str] = (),
) -> ReadFact:
    """Read one line. `where` and `columns` (field → what follows `where`) address what is wrong. Raises Rejected.

    `erased`: fields that it once had and need not have any more.

    Without an id the fact gets one from its content, and from `recorded` if the line states it: the same line read
    twice is the same fact, and a command that may well record the same thing again states the moment. A correction
    or retraction without an agreement gets an empty one, to be filled in from its target (fact_targets).
    """
    notes = Notes(where, columns)
    values = _clean(line, notes)
    recorded = _recorded(values, now, notes)
    day, precision = _day(values, recorded, now, notes)
    agreement = str(values.get("agreement", ""))
    if agreement or values.get("kind") not in RECORDS:
        check_agreement(agreement, known, notes)
    attributes = _attributes(values, agreement, known, now, notes, erased)
    check_closing(attributes, notes)
    kind = str(values.get("kind", ""))
    fact = Fact("", kind, agreement, day, recorded, arrival, precision, attributes, by)
    fact = with_mark(replace(fact, id=_id(values, fact, notes)), known)
    if notes.problems:
        raise Rejected(notes.problems)
    _tell_of_a_day_to_come(fact, known, now, notes)
    return ReadFact(fact, tuple(notes.warnings))


def _tell_of_a_day_to_come(fact: Fact, known: Known, now: datetime, notes: Notes) -> None:
    meant = known.vocabulary.kinds[fact.kind]
    if fact.date > in_stockholm(now).date() and not meant.ahead:
        what = f"dagen {written_day(fact.date, fact.precision)} har inte kommit"
        notes.unusual("date", what, f"{meant.sv} registreras när det har skett", _SOON)


def to_line(fact: Fact) -> dict[str, object]:
    """The fact as a line for JSON that `read_fact` reads back to the same fact, but for arrival and recorder."""
    line: dict[str, object] = {
        "id": fact.id,
        "kind": fact.kind,
        "agreement": fact.agreement,
        "date": written_day(fact.date, fact.precision),
        "recorded": fact.recorded,
    }
    for name, value in fact.attributes.items():
        line[name] = list(value) if isinstance(value, tuple) else value
    return line


def content(fact: Fact) -> str:
    """What the fact says, as canonical JSON: neither its id nor when, by whom and in which order it was recorded.

    Hours recorded before they had one form say the same as those in it, and a mark that the rules gave says nothing.
    """
    line = to_line(unmarked(fact))
    if isinstance(hours := line.get(HOURS), str):
        line[HOURS] = settled_hours(hours) or hours
    del line["id"], line["recorded"]
    return canonical(line)


def _clean(line: Mapping[str, object], notes: Notes) -> dict[str, Value]:
    """The line's values in clean form, without what says nothing."""
    values: dict[str, Value | None] = {}
    for name, raw in line.items():
        value = read_value(raw, name, notes.at(name))
        if isinstance(value, Problem):
            notes.problems.append(value)
        elif value is not None and name in LINE_FIELDS and not isinstance(value, str):
            notes.wrong(name, f"{name} är av fel slag", "fältet rymmer en text", "skriv en text")
        else:
            values[name] = value
    return dict(attributes_of(values))


def _recorded(values: Mapping[str, Value], now: datetime, notes: Notes) -> str:
    """The moment of recording: as stated, else now."""
    if "recorded" not in values:
        return in_stockholm(now).isoformat()
    moment = read_moment(cast("str", values["recorded"]), now=now, where=notes.at("recorded"))
    if isinstance(moment, Problem):
        notes.problems.append(moment)
        return in_stockholm(now).isoformat()
    return moment


def _day(values: Mapping[str, Value], recorded: str, now: datetime, notes: Notes) -> tuple[date, Precision]:
    """The day and its precision; a correction or retraction that states none is dated when it was recorded."""
    unread: tuple[date, Precision] = date.fromisoformat(recorded[:10]), "day"
    text = values.get("date")
    if text is None:
        if values.get("kind") not in RECORDS:
            notes.wrong(
                "date", "datum saknas", "varje registrering gäller en dag", "ange date, till exempel 2026-03-04"
            )
        return unread
    read = read_day(cast("str", text), now=now, where=notes.at("date"))
    if isinstance(read, Problem):
        notes.problems.append(read)
        return unread
    return _at_precision(*read, values.get("date_precision"), notes)


def _at_precision(day: date, written: Precision, stated: Value | None, notes: Notes) -> tuple[date, Precision]:
    """The first day of what the date means at the stated precision, which may be coarser than it is written."""
    if stated is None:
        return day, written
    precision = PRECISIONS.get(str(stated))
    if precision is None:
        notes.unknown("date_precision", "datumprecisionen", "den är dag, månad eller år", str(stated), PRECISIONS)
        return day, written
    order = ("day", "month", "year")
    if order.index(precision) < order.index(written):
        what = f"datumet {written_day(day, written)} har inte precisionen {precision}"
        notes.wrong("date_precision", what, "datumet säger mindre än så", "skriv hela datumet eller ändra precisionen")
    return date.fromisoformat((written_day(day, precision) + "-01-01")[:10]), precision


def _attributes(
    values: Mapping[str, Value], agreement: str, known: Known, now: datetime, notes: Notes, erased: Collection[str]
) -> Mapping[str, Value]:
    """The kind's attributes, checked; nothing is said about the attributes of a kind that does not exist."""
    attributes = {name: value for name, value in values.items() if name not in LINE_FIELDS}
    kind = known.vocabulary.kinds.get(str(values.get("kind", "")))
    if kind is None:
        if "kind" in values:
            why = "vokabulären har ingen sådan"
            notes.unknown("kind", "faktatypen", why, str(values["kind"]), known.vocabulary.kinds)
        else:
            notes.wrong(
                "kind", "faktatyp saknas", "det framgår inte vad som har hänt", "ange kind, till exempel meeting_held"
            )
        return attributes
    said = {**dict.fromkeys(erased, ""), **attributes}
    check_required(kind, said, notes)
    check_case(kind, agreement, said, known, notes)
    check_counted(kind, agreement, said, known, notes)
    return check_attributes(kind, agreement, attributes, known, now, notes)


def _id(values: Mapping[str, Value], fact: Fact, notes: Notes) -> str:
    """The stated id, else twelve letters and digits from the content (60 bits: no two alike in a register)."""
    if "id" not in values:
        stated = fact.recorded if "recorded" in values else ""
        return b32encode(hashlib.sha256((content(fact) + stated).encode()).digest())[:12].decode().lower()
    text = cast("str", values["id"])
    if problem := FACT.problem(text, notes.at("id")):
        notes.problems.append(problem)
    return text
