"""Meetings out of an exported calendar, as the facts that would be recorded if somebody says that they are right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from avtalsvakt.answers.assessing import check_agreements
from avtalsvakt.recording.meeting_matching import Proposal
from avtalsvakt.recording.meeting_matching import propose as match
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.feed_reading import read_calendar
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_rules.vocabulary import load

AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A meeting as a fact, and what keeps it from being recorded, if anything."""

    fact: Fact
    proposal: Proposal
    doubt: str | None


def find(settings: Settings, register: Register, files: Sequence[Path], agreement: str | None) -> list[Proposed]:
    """The meetings that the calendars hold. Raises Rejected."""
    rulebook = settings.rulebook()
    check_agreements(rulebook, [agreement] if agreement else [])
    known, now = known_facts(rulebook), settings.now
    occasions = [one for file in files for one in read_calendar(file, (now + AHEAD).date())]
    recorded = list(register.facts())
    shown = {_meeting(fact) for fact in view(recorded, None, load()).facts}
    ids = {fact.id for fact in recorded}
    found = []
    wanted = [agreement] if agreement else list(rulebook.instruments)
    for proposal in match(occasions, rulebook, known.vocabulary, wanted, now.replace(tzinfo=None)):
        where = str(proposal.occasion.uid)
        fact = read_fact(proposal.line, known=known, now=now, where=where, by=settings.recorder).fact
        there = fact.id in ids or _meeting(fact) in shown or ("meeting_held", *_meeting(fact)[1:]) in shown
        found.append(Proposed(fact, proposal, "finns redan" if there else proposal.doubt))
        shown.add(_meeting(fact))
    return found


def _meeting(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.agreement, fact.text("body"), fact.date
