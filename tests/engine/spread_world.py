"""Two registers with the same facts, judged in two ways, and every byte of what was stored to compare."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tests.engine.new_registers import new_register

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import RunReport
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, Mapper
from avtalsvakt_engine.spreading.working import answer
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

UMBRELLA = """
instrument: staden
title: Övergripande (påhittad)
level: superior
document: x.txt
parties: [staden, polisen]
term: {from: 2024-01-01, to: 2025-12-31}
clauses:
  styrgrupp: {at: {section: "3"}, norm: shall, per: local_agreement, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
  samrad: {at: {section: "2"}, norm: shall, when: {each: term, due: 6 months before end},
    what: {consultation_held: {subject: förlängning, parties: both}}}
"""
LOCAL = """
instrument: lokal-%02d
title: Lokal %d (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
under: staden
term: {from: 2024-03-01}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: quarter}, what: {meeting_held: {body: local_steering_group}}}
  beslutas: {at: {section: "3"}, norm: shall,
    when: {each: {document_revised: {document: lägesbild}}, due: 30 days after event},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
  skriftligt: {at: {section: "3"}, norm: [shall, valid_if], when: {follows: beslutas, due: open},
    what: {decision_documented: {decision: same}}}
  revideras: {at: {section: "2"}, norm: shall, when: {each: year}, what: {agreement_revised: {}},
    given: {in_force: superior}}
"""
DAYS = (date(2024, 9, 30), date(2024, 10, 1), date(2025, 1, 4))
"""The days of the nights; on the third much is due, and on the second little."""


def agreements(folder: Path, count: int = 8) -> Rulebook:
    """Local agreements under one umbrella."""
    folder.mkdir()
    (folder / "staden.yaml").write_text(UMBRELLA, encoding="utf-8")
    for number in range(1, count + 1):
        (folder / f"lokal-{number:02d}.yaml").write_text(LOCAL % (number, number), encoding="utf-8")
    return read_rulebook(sorted(folder.glob("*.yaml")))


def recorded(count: int = 8) -> list[Fact]:
    """What was recorded about them until the first night, as it came in: different for each."""
    made: list[Fact] = []

    def add(agreement: str, kind: str, on: date, **attributes: object) -> str:
        number = len(made) + 1
        stamp = datetime(on.year, on.month, on.day, 10, tzinfo=UTC).isoformat()
        made.append(Fact(f"f{number}", kind, agreement, on, stamp, 0, "day", dict(attributes), "samordnare"))  # type: ignore[arg-type]
        return f"f{number}"

    add("staden", "consultation_held", date(2024, 5, 6), subject="förlängning", parties=("staden", "polisen"))
    for number in range(1, count + 1):
        name = f"lokal-{number:02d}"
        for month in range(3, 3 + number % 6):
            add(name, "meeting_held", date(2024, month, 1 + number), body="local_steering_group")
        revised = add(name, "document_revised", date(2024, 4, 2 + number), document="lägesbild", version="1")
        if number % 3:
            add(name, "decision_made", date(2024, 5, number), body="local_steering_group", concerns=revised)
        if number % 4 == 0:
            wrong = add(name, "agreement_revised", date(2024, 6, number))
            moved = {"agreement": f"lokal-{number - 1:02d}"}
            add(name, "record_corrected", date(2024, 7, 1), target=wrong, set=moved, reason="fel avtal")
    return sorted(made, key=lambda one: one.recorded)


def later(number: int) -> list[Fact]:
    """What was recorded between two nights about one agreement, and about the one over it."""
    stamp = "2024-12-01T10:00:00+01:00"
    day, parties = date(2024, 11, 20), ("staden", "polisen")
    held = Fact(
        "l1",
        "meeting_held",
        f"lokal-{number:02d}",
        day,
        stamp,
        0,
        "day",
        {"body": "local_steering_group"},
        "samordnare",
    )
    both: dict[str, Value] = {"subject": "förlängning", "parties": parties}
    return [held, Fact("l2", "consultation_held", "staden", day, stamp, 0, "day", both, "samordnare")]


@dataclass(frozen=True)
class World:
    """A register with facts and no nights, one with a night and facts that came after it, and their rules."""

    folder: Path
    rulebook: Rulebook
    decider: Decider

    def nights(self, name: str, mappers: Iterator[Mapper]) -> list[str]:
        """Two nights on a copy of the first and one of the other, each by the next mapper; all they then hold."""
        first, after = self.copied("empty", name), self.copied("later", name)
        for path, day in ((first, DAYS[0]), (first, DAYS[1]), (after, DAYS[2])):
            self.night(path, day, next(mappers))
        for path in (first, after):
            with open_register(path) as register:
                assert verify_register(register).problems == ()
        return [*contents(first), *contents(after)]

    def one_night(self, name: str, mapper: Mapper) -> list[str]:
        """The first night on a copy, and all it then holds."""
        path = self.copied("empty", name)
        self.night(path, DAYS[0], mapper)
        return contents(path)

    def night(self, path: Path, day: date, mapper: Mapper) -> RunReport:
        """One night."""
        with open_register(path) as register:
            return run(register, self.rulebook, self.decider, day, None, f"{day}T22:00:00+01:00", mapper=mapper)

    def copied(self, which: str, name: str) -> Path:
        """A copy of one of the registers."""
        path = self.folder / f"{which}-{name}.db"
        shutil.copyfile(self.folder / f"{which}.db", path)
        return path


def contents(path: Path) -> list[str]:
    """Every row of every table; what facts were salted with is no different, for the facts are those of one file."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "sqlite_sequence" not in line]


def world(folder: Path, decider: Decider, count: int = 8) -> World:
    """Both registers, their facts recorded once: what they are salted with would be different the next time."""
    folder.mkdir(exist_ok=True)
    made = World(folder, agreements(folder / "rules", count), decider)
    with new_register(folder / "empty.db") as register:
        register.append(recorded(count), now=datetime(2024, 9, 1, tzinfo=UTC), as_recorded=True)
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(folder / "empty.db", folder / "later.db")
    made.night(folder / "later.db", DAYS[1], IN_PROCESS)
    with open_register(folder / "later.db") as register:
        register.append(later(5), now=datetime.fromisoformat("2024-12-01T11:00:00+01:00"), as_recorded=True)
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@dataclass(frozen=True)
class Reply:
    """A reply that is there, or what went wrong."""

    sent: bytes | BaseException

    def get(self, _patience: float, /) -> bytes:
        if isinstance(self.sent, BaseException):
            raise self.sent
        return self.sent


@dataclass
class Workshop:
    """A pool without processes: errands are bytes and replies are bytes, and a worker's work is done at once.

    `spoil` may put something else in the place of a reply, by the number of the errand.
    """

    spoil: Callable[[int, bytes], bytes | BaseException] = lambda _number, reply: reply
    width: int = 2
    lost: int = 0
    sent: int = 0

    def send(self, rules: bytes, errand: bytes, /) -> Reply:
        self.sent += 1
        return Reply(self.spoil(self.sent, answer(rules, errand)))
