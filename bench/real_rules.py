"""Measures the rules that come with the program, and their examples, several times over.

There is no second program that knows all of their forms (the oracle of the tests is far too slow to be a yardstick), so
here the program is held against itself: after some incremental nights its rows have to be those of a full night from
nothing. Each copy has agreements and facts of its own; the statute binds the municipalities of all of them.
"""

import re
import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.importing.fact_files import read_files
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import Register, open_register
from avtalsvakt_rules.rulebook import Rulebook, builtin_files, load_rulebook, parse_rulebook
from bench.checking import demand_equal, rows_of
from bench.measure import Findings, cost
from bench.registers import NOW
from bench.starting import FIXTURES

FIRST = date(2026, 6, 27)
READ = datetime(2027, 1, 1, tzinfo=UTC)
"""After everything in the examples was recorded."""
NIGHTS = 5


@dataclass(frozen=True)
class Many:
    """The rules of all copies, and their facts as they arrived."""

    rulebook: Rulebook
    facts: tuple[Fact, ...]

    def arrived(self, until: date, after: date = date.min) -> list[Fact]:
        """What was recorded after one day and no later than another."""
        return [fact for fact in self.facts if after < fact.recorded_on <= until]


def real_rules(copies: int, found: Findings) -> None:
    """Prints a full night and the incremental ones. Raises RowsDiffer where they do not come to the same."""
    many = multiplied(copies)
    last = FIRST + timedelta(days=NIGHTS)
    with tempfile.TemporaryDirectory() as name, Decider() as decider:
        with open_register(Path(name) / "nights.db", create=True) as register:
            judged: list[int] = []
            register.append(many.arrived(FIRST), now=NOW, as_recorded=True)
            full = cost(lambda: judged.append(_night(register, many, decider, FIRST)))
            small = [_after(register, many, decider, FIRST + timedelta(days=one + 1)) for one in range(NIGHTS)]
            ours = rows_of(register)
        with open_register(Path(name) / "full.db", create=True) as register:
            register.append(many.arrived(last), now=NOW, as_recorded=True)
            _night(register, many, decider, last)
            demand_equal(ours, rows_of(register), f"mellan {NIGHTS} nätter och en hel")
    night = statistics.median(small)
    each = 1e6 * full / judged[0]
    said = (
        f"{len(many.facts)} fakta, {judged[0]} skyldigheter, hel natt {full:.2f} s ({each:.0f} µs var),"
        f" ökande {1e3 * night:.0f} ms (1/{full / night:.0f}); samma rader"
    )
    found.note(f"reglerna × {copies}", said, f"{each:.0f} µs · 1/{full / night:.0f}")


def _night(register: Register, many: Many, decider: Decider, day: date) -> int:
    return run(register, many.rulebook, decider, day, None, NOW.isoformat()).judged


def _after(register: Register, many: Many, decider: Decider, day: date) -> float:
    register.append(many.arrived(day, day - timedelta(days=1)), now=NOW, as_recorded=True)
    return cost(lambda: _night(register, many, decider, day))


def multiplied(copies: int) -> Many:
    """The rules and their examples so many times; of a municipality's own examples there is one."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in builtin_files()}
    names = [name for name, one in load_rulebook().written.items() if one.level != "statute"]
    facts = read_files(sorted(FIXTURES.glob("*.csv")), known_facts(load_rulebook()), READ, by="exempel").facts
    mine = [fact for fact in facts if fact.agreement in names]
    called = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, [*names, *(fact.id for fact in mine)]))})(?![\w-])")
    every, out = list(facts), dict(texts)
    for number in range(1, copies):
        out |= {
            f"{number}-{name}": called.sub(rf"\1-k{number}", text)
            for name, text in texts.items()
            if not re.search(r"^level: statute", text, re.MULTILINE)
        }
        every += [_copy(fact, called, number) for fact in mine]
    return Many(parse_rulebook(out), tuple(sorted(every, key=lambda fact: fact.recorded)))


def _copy(fact: Fact, called: re.Pattern[str], number: int) -> Fact:
    """A fact of a copy: what it names is the copy's too."""

    def renamed(value: Value) -> Value:
        if isinstance(value, str):
            return called.sub(rf"\1-k{number}", value)
        if isinstance(value, Mapping):
            return {key: renamed(cast("Value", one)) for key, one in value.items()}
        return tuple(str(renamed(one)) for one in value)

    said = {name: renamed(value) for name, value in fact.attributes.items()}
    return replace(fact, id=f"{fact.id}-k{number}", agreement=f"{fact.agreement}-k{number}", attributes=said)
