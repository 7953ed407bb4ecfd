"""Meetings out of an exported calendar: proposed, and recorded only when somebody says that they are right."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from avtalsvakt.assessing import check_agreements
from avtalsvakt.failures import ALL_JUDGED
from avtalsvakt.known_facts import known_facts
from avtalsvakt.meeting_matching import Proposal
from avtalsvakt.meeting_matching import propose as match
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.feed_reading import read_calendar
from avtalsvakt_engine.explaining.clause_words import names_of
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.visibility import view
from avtalsvakt_rules.vocabulary import load

AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A meeting as a fact, and what keeps it from being recorded, if anything."""

    fact: Fact
    proposal: Proposal
    doubt: str | None


def propose(
    settings: Settings, files: Sequence[Path], agreement: str | None, *, confirm: bool, dry_run: bool = False
) -> int:
    """Show what the calendars hold and record what is confirmed; the exit code. Raises Rejected.

    With `dry_run` nobody is asked and nothing is written.
    """
    with settings.register(read_only=dry_run) as register:
        found = find(settings, register, files, agreement)
        names = names_of()
        for one in found:
            word = one.doubt or "föreslås"
            click.echo(f"{word}: {one.fact.agreement}: {fact_words(one.fact, names)} – {one.proposal.occasion.summary}")
        fresh = [one.fact for one in found if one.doubt is None]
        chosen = [] if dry_run else fresh if confirm else _asked(fresh) if sys.stdin.isatty() else []
        added = register.append(chosen, now=settings.now).added if chosen else ()
    click.echo(f"{len(found)} möten i kalendern, {len(fresh)} föreslagna, {len(added)} registrerade.")
    if fresh and not chosen:
        click.echo("Inget har registrerats. Stämmer förslagen: kör igen med --confirm.")
    return ALL_JUDGED


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


def _asked(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a person says are right, asked one by one."""
    names = names_of()
    return [fact for fact in facts if click.confirm(f"Registrera {fact.agreement}: {fact_words(fact, names)}?")]
