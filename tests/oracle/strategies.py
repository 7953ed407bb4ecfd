"""Random registers for hypothesis: agreements written in the rule language, and facts on and about their boundaries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import yaml
from hypothesis import strategies as st
from tests.oracle.details import RECORDERS, detailed

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.checking import check_instruments
from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.rulebook import Rulebook, read_instrument
from avtalsvakt_rules.source import parse_source

Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
ONE = timedelta(days=1)
PARTIES = ("staden", "polisen")
YEARS = (2022, 2023, 2024, 2025)
TURNS = ("01-01", "01-31", "02-28", "03-01", "03-31", "04-01", "06-30", "07-01", "09-30", "10-01", "12-01", "12-31")
TURNING = (date(2024, 2, 29), *(date.fromisoformat(f"{year}-{turn}") for year in YEARS for turn in TURNS))
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
        return f"\n{self.text}\n{dict(self.rulebook.overrides)} known_at={self.known_at}\n{facts}\n"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


def rulebook_of(*trees: Tree, overrides: Mapping[str, str] = MappingProxyType({})) -> tuple[Rulebook, str]:
    """The rulebook that these instruments make when written as files and read again, and the text."""
    read, texts = [], []
    for tree in trees:
        texts.append(yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False))
        source = parse_source(texts[-1], f"{tree['instrument']}.yaml")
        read.append((source, read_instrument(source)))
    problems = check_instruments(read)
    assert not problems, problems
    instruments: dict[str, Instrument] = {one.instrument: one for _, one in read}
    book = Rulebook(MappingProxyType(instruments), "\n".join(texts))
    return book.with_readings(overrides), "---\n".join(texts)


def instrument(name: str, clauses: Tree, start: date, end: date | None, **more: Any) -> Tree:
    """An instrument file with what every file has."""
    term = {"from": start.isoformat()} | ({"to": end.isoformat()} if end else {})
    head = {"instrument": name, "title": name, "level": "local", "document": "d.txt", "parties": list(PARTIES)}
    return (
        head | more | {"term": term, "clauses": {key: {"at": {"section": "1"}} | one for key, one in clauses.items()}}
    )


def some_day() -> st.SearchStrategy[date]:
    """A day that is a boundary of something, or beside one, or any."""
    near = st.builds(lambda day, off: day + off * ONE, st.sampled_from(TURNING), st.sampled_from((0, 0, 0, 1, -1, 14)))
    return near | st.dates(date(2022, 1, 1), date(2026, 6, 30))


def near(days: Iterable[date]) -> st.SearchStrategy[date]:
    """One of these days, the day before or after, or a step away that a rule may count."""
    steps = st.sampled_from((0, 0, 1, -1, 7, 14, 15, 30, 31, -30, -31))
    return st.builds(lambda day, off: day + off * ONE, st.sampled_from(sorted(set(days))), steps)


def facts(draw: Draw, shapes: Iterable[Tree], days: Iterable[date], *, most: int = 12) -> list[Fact]:
    """Facts of these shapes ({kind: {attribute: values to choose from}}), on and about these days.

    Most are recorded on the day or soon after; some before, which makes them plans. Many say more than the shape does.
    """
    options = [(kind, attributes) for shape in shapes for kind, attributes in shape.items()]
    when = near(days) | some_day()
    out: list[Fact] = []
    for number in range(draw(st.sampled_from((most, most - 2, most - 4, 6, 5, 4, 3, 1, 0)))):
        kind, attributes = draw(st.sampled_from(options))
        day = draw(when)
        if out and draw(st.integers(0, 2)) == 0:  # on the day of another (one meeting, one version), or soon after
            day = draw(st.sampled_from(out)).date + draw(st.sampled_from((0, 0, 3, 10, 14, 29))) * ONE
        precision = draw(st.sampled_from(("day",) * 12 + ("month", "month", "year")))
        said = {name: draw(st.sampled_from(tuple(choices))) for name, choices in attributes.items()}
        earlier = [one.id for one in out] or ["f0"]
        said = {
            name: draw(st.sampled_from(earlier)) if value == "REF" else value
            for name, value in said.items()
            if value is not None
        }
        recorded = day + draw(st.sampled_from((0, 0, 0, 1, 20, 400, -5))) * ONE
        said = detailed(draw, kind, said, earlier)
        first = (
            day.replace(day=1) if precision == "month" else day.replace(month=1, day=1) if precision == "year" else day
        )
        recorder = draw(st.sampled_from(RECORDERS))
        out.append(Fact(f"f{number}", kind, "lokalt", first, recorded.isoformat(), number, precision, said, recorder))
    return out


def mended(draw: Draw, told: list[Fact]) -> list[Fact]:
    """The facts and a few corrections and retractions of them, later."""
    out = list(told)
    for number in range(draw(st.sampled_from((0, 0, 0, 1, 2, 3)))):
        records = [one for one in out if one.kind.startswith("record_")]
        if not told:
            break
        target = draw(st.sampled_from(told))
        recorded = max(date.fromisoformat(one.recorded) for one in (target, *records)) + draw(st.integers(0, 60)) * ONE
        what = draw(st.sampled_from(("date", "date", "retract", "undo", "attribute")))
        said: Tree = {"target": target.id, "reason": "felskrivet"}
        if what == "undo" and records:
            said["target"] = draw(st.sampled_from(records)).id
        elif what == "date":
            said["set"] = {"date": draw(near([target.date]) | some_day()).isoformat()}
        elif what == "attribute" and target.attributes:
            name = draw(st.sampled_from(sorted(target.attributes)))
            others = [one.attributes[name] for one in told if name in one.attributes and one.kind == target.kind]
            said["set"] = {name: draw(st.sampled_from(others))}
        kind = "record_corrected" if "set" in said else "record_retracted"
        out.append(Fact(f"r{number}", kind, "lokalt", recorded, recorded.isoformat(), len(out), "day", said))
    return sorted(out, key=lambda one: (one.recorded, one.arrival))


def renumbered(told: list[Fact]) -> tuple[Fact, ...]:
    """The facts with arrival numbers in the order in which they were recorded."""
    from dataclasses import replace

    ordered = sorted(told, key=lambda one: (one.recorded, one.arrival))
    return tuple(replace(one, arrival=place) for place, one in enumerate(ordered, start=1))
