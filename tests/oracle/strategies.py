"""Random registers for hypothesis: agreements written in the rule language, and facts on and about their boundaries."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml
from msgspec.structs import replace
from tests.oracle.details import RECORDERS, detailed
from tests.oracle.drawing import ONE, Draw, Tree, a_day, among, each_of, near, number, once_in

from avtalsvakt_engine.facts import Fact, Precision
from avtalsvakt_rules.checks.instruments import check_instruments
from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.signatory_sources import expanded
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.rulebook import Rulebook

PARTIES = ("staden", "polisen")
LABELS = (
    "2022",
    "2023",
    "2024",
    "2023-H1",
    "2023-H2",
    "2024-H1",
    "2023-Q4",
    "2024-Q1",
    "2024-02",
    "2023-VT",
    "2023-HT",
)


PRECISIONS: tuple[Precision, ...] = (*("day",) * 12, "month", "month", "year")


class _Plain(yaml.CSafeDumper):
    """YAML without aliases, as people write it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@dataclass(frozen=True)
class Case:
    """A register with the rules it is judged by."""

    rulebook: Rulebook
    facts: tuple[Fact, ...]
    text: str
    known_at: date | None = None

    def __repr__(self) -> str:
        facts = "\n".join(
            " ".join(map(str, (one.id, one.kind, one.agreement, one.date, one.precision, one.recorded)))
            + f" {dict(one.attributes)}"
            for one in self.facts
        )
        text = yaml.dump_all(yaml.safe_load_all(self.text), Dumper=_Plain, allow_unicode=True, sort_keys=False)
        return f"\n{text}\n{dict(self.rulebook.overrides)} known_at={self.known_at}\n{facts}\n"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


def rulebook_of(*trees: Tree, overrides: Mapping[str, str] = MappingProxyType({})) -> tuple[Rulebook, str]:
    """The rulebook that these instruments make when written as files and read again, and the text."""
    book, text = _read(json.dumps(trees))
    return book.with_readings(overrides), text


@lru_cache(maxsize=128)
def _read(trees: str) -> tuple[Rulebook, str]:
    """Instruments given as JSON, written as files and read again, once where it is the same that is asked for."""
    read, texts = [], []
    for tree in json.loads(trees):
        texts.append(json.dumps(tree, ensure_ascii=False))  # which is YAML too, and written sooner
        source = parse_source(texts[-1], f"{tree['instrument']}.yaml")
        read += [(one, read_instrument(one)) for one in expanded(source)]
    problems = check_instruments(read)
    assert not problems, problems
    instruments: dict[str, Instrument] = {one.instrument: one for _, one in read}
    return Rulebook(MappingProxyType(instruments), "\n".join(texts)), "\n---\n".join(texts)


def instrument(name: str, clauses: Tree, start: date, end: date | None, **more: Any) -> Tree:
    """An instrument file with what every file has."""
    term = {"from": start.isoformat()} | ({"to": end.isoformat()} if end else {})
    head = {"instrument": name, "title": name, "level": "local", "document": "d.txt", "parties": list(PARTIES)}
    return (
        head | more | {"term": term, "clauses": {key: {"at": {"section": "1"}} | one for key, one in clauses.items()}}
    )


def facts(draw: Draw, shapes: Iterable[Tree], days: Iterable[date], *, most: int = 12) -> list[Fact]:
    """Facts of these shapes ({kind: {attribute: values to choose from}}), on and about these days.

    Most are recorded on the day or soon after; some before, which makes them plans. Many say more than the shape does.
    """
    options = [(kind, attributes) for shape in shapes for kind, attributes in shape.items()]
    days = sorted(set(days))
    out: list[Fact] = []
    for place in range(among(draw, (most, most - 2, most - 4, 6, 5, 4, 3, 1, 0))):
        kind, attributes = among(draw, options)
        if out and once_in(draw, 3):  # on the day of another (one meeting, one version), or soon after
            day = among(draw, out).date + among(draw, (0, 0, 3, 10, 14, 29)) * ONE
        else:
            day = _beside(draw, days)
        precision, later, recorder = each_of(draw, (PRECISIONS, (0, 0, 0, 1, 20, 400, -5), RECORDERS))
        earlier = [one.id for one in out] or ["f0"]
        drawn = dict(zip(attributes, each_of(draw, attributes.values()), strict=True))
        said = {
            name: among(draw, earlier) if value == "REF" else value
            for name, value in drawn.items()
            if value is not None
        }
        recorded = day + later * ONE
        first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[precision]
        told = detailed(draw, kind, said, earlier)
        out.append(Fact(f"f{place}", kind, "lokalt", first, recorded.isoformat(), place, precision, told, recorder))
    return out


def _beside(draw: Draw, days: list[date]) -> date:
    """A day by these, by a boundary, or any."""
    return near(draw, days) if once_in(draw, 3) else a_day(draw)


def mended(draw: Draw, told: list[Fact]) -> list[Fact]:
    """The facts and a few corrections and retractions of them, later."""
    out = list(told)
    for place in range(among(draw, (0, 0, 0, 1, 2, 3))):
        records = [one for one in out if one.kind.startswith("record_")]
        if not told:
            break
        target = among(draw, told)
        recorded = max(date.fromisoformat(one.recorded) for one in (target, *records)) + draw(number(0, 60)) * ONE
        what = among(draw, ("date", "date", "retract", "undo", "attribute"))
        said: Tree = {"target": target.id, "reason": "felskrivet"}
        if what == "undo" and records:
            said["target"] = among(draw, records).id
        elif what == "date":
            said["set"] = {"date": _beside(draw, [target.date]).isoformat()}
        elif what == "attribute" and target.attributes:
            name = among(draw, sorted(target.attributes))
            others = [one.attributes[name] for one in told if name in one.attributes and one.kind == target.kind]
            said["set"] = {name: among(draw, others)}
        kind = "record_corrected" if "set" in said else "record_retracted"
        out.append(Fact(f"r{place}", kind, "lokalt", recorded, recorded.isoformat(), len(out), "day", said))
    return sorted(out, key=lambda one: (one.recorded, one.arrival))


def renumbered(told: list[Fact]) -> tuple[Fact, ...]:
    """The facts with arrival numbers in the order in which they were recorded."""
    ordered = sorted(told, key=lambda one: (one.recorded, one.arrival))
    return tuple(replace(one, arrival=place) for place, one in enumerate(ordered, start=1))
