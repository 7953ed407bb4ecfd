"""A small register, two local agreements in a municipality and one elsewhere, and its nights: real runs.

`World.night` records facts, runs, and brings the calendars up to date, as the program does every night.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.engine.new_registers import new_register

from avtalsvakt.subscribing.calendar_feeds import catalogue_of, published
from avtalsvakt.subscribing.calendar_refresh import Refreshed, refresh
from avtalsvakt_calendars.publishing.feeds import Catalogue, parse
from avtalsvakt_calendars.publishing.served_feed import Published
from avtalsvakt_calendars.publishing.subscriber_choices import AS_IT_IS, Choices
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import RunReport
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

UMBRELLA = """
instrument: paraply
title: Övergripande (påhittad)
level: superior
document: x.txt
municipality: Storstad
parties: [staden, polisen]
term: {from: 2024-01-01, to: 2026-12-31}
clauses:
  samrad: {at: {section: "2"}, sv: Parterna samråder om förlängning., norm: shall, who: staden,
    when: {each: term, due: 6 months before end}, what: {consultation_held: {subject: förlängning, parties: both}}}
  forlangning: {at: {section: "2"}, norm: may, when: {each: term, due: end}, what: {extension_agreed: {}},
    given: {met: samrad}, effect: {extends: 1 years}, remind: 60 days}
  styrgrupp: {at: {section: "3"}, norm: shall, per: local_agreement, when: {each: half_year}, who: local_steering_group,
    body: local_steering_group, what: {meeting_held: {body: local_steering_group}}}
"""

LOCAL = """
instrument: %s
title: Lokal i %s, "påhittad"; med, tecken
level: local
document: x.txt
parties: [kommunen, polisen]
under: paraply
term: {from: 2024-03-01}
annexes: {1: lägesbild}
clauses:
  moten: {at: {section: "1"}, sv: Styrgruppen möts varje kvartal., act: Kalla styrgruppen, norm: shall,
    who: local_steering_group, body: local_steering_group, when: {each: quarter},
    what: {meeting_held: {body: local_steering_group}}, at_least: %s}
  lagesbild: {at: {section: "2"}, norm: should, who: samordnare, when: {each: year},
    what: {document_revised: {document: lägesbild}}}
  beslutas: {at: {section: "3"}, norm: shall, who: samordnare,
    when: {each: {document_revised: {document: lägesbild}}, due: 30 days after event},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
"""

ELSEWHERE = """
instrument: annan
title: Annan kommun (påhittad)
level: local
document: x.txt
municipality: Småstad
parties: [kommunen, polisen]
term: {from: 2025-01-01, to: 2027-08-31}
clauses:
  rapport: {at: {section: "1"}, norm: shall, who: samordnare, when: {each: year, due: 05-31},
    what: {report_delivered: {subject: lägesbild}}}
"""


def rules(folder: Path, *, least: int = 1, **changed: str) -> Rulebook:
    """The rulebook; `least` meetings a quarter in `norr`, and files by name with another text, or none at all."""
    files = {
        "paraply": UMBRELLA,
        "norr": LOCAL % ("norr", "Norr", least),
        "soder": LOCAL % ("soder", "Söder", 1),
        "annan": ELSEWHERE,
    } | changed
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        if text:
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_rulebook(sorted(folder.glob("*.yaml")))


class World:
    """A register and its nights."""

    def __init__(self, register: Register, rulebook: Rulebook, decider: Decider) -> None:
        self.register, self.rulebook, self.decider = register, rulebook, decider

    def night(self, day: date, *facts: Fact, minute: int = 15, full: bool = False) -> tuple[RunReport, Refreshed]:
        """Record the facts, run as of the day, and bring the calendars up to date."""
        now = at_night(day, minute)
        if facts:
            self.register.append(facts, now=now, as_recorded=True)
        report = run(self.register, self.rulebook, self.decider, day, None, now.isoformat(), full=full)
        return report, refresh(self.register, self.rulebook, now)

    def feed(
        self, *keys: str, choices: Choices = AS_IT_IS, detailed: bool = False, catalogue: Catalogue | None = None
    ) -> Published:
        """A feed as it stands; by a catalogue that was read since the last night, if there is one."""
        feeds = [parse(key) for key in keys]
        there = catalogue or catalogue_of(self.register)
        return published(self.register, feeds, there, choices, detailed=detailed)


def at_night(day: date, minute: int = 15) -> datetime:
    """The moment of the night's run: the night after the day, as reckoned in Stockholm."""
    return datetime.combine(day + timedelta(days=1), time(2, minute), UTC)


@contextmanager
def world(folder: Path, decider: Decider, *, least: int = 1) -> Iterator[World]:
    """A new world in the folder; its register is `folder/register.db`."""
    with new_register(folder / "register.db") as register:
        yield World(register, rules(folder / "rules", least=least), decider)


def fact(
    ident: str, kind: str, day: date, recorded: date | None = None, agreement: str = "norr", **said: Value
) -> Fact:
    """A fact recorded on its own day unless said otherwise."""
    attributes: Mapping[str, Value] = said
    stamp = f"{recorded or day}T12:00:00+01:00"
    return Fact(ident, kind, agreement, day, stamp, attributes=attributes, recorder="samordnare")


def held(ident: str, day: date, agreement: str = "norr", **said: Value) -> Fact:
    """A steering group's meeting, held."""
    attributes: dict[str, Value] = {"body": "local_steering_group", **said}
    return fact(ident, "meeting_held", day, None, agreement, **attributes)


def planned(ident: str, day: date, recorded: date, agreement: str = "norr", **said: Value) -> Fact:
    """A steering group's meeting, planned."""
    attributes: dict[str, Value] = {"body": "local_steering_group", **said}
    return fact(ident, "meeting_scheduled", day, recorded, agreement, **attributes)
