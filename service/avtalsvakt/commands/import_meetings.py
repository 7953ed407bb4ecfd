"""`avtalsvakt import` of a calendar: meetings are shown, and recorded only when somebody says that they are right."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from avtalsvakt.recording.meeting_proposals import find
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact


def import_meetings(
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


def _asked(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a person says are right, asked one by one."""
    names = names_of()
    return [fact for fact in facts if click.confirm(f"Registrera {fact.agreement}: {fact_words(fact, names)}?")]
