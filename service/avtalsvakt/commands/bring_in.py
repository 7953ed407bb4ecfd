"""`avtalsvakt import`: files of facts into the register, whole or not at all."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.failures import warn
from avtalsvakt.options import EXISTING, by_option, with_settings
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.importing import Batch
    from avtalsvakt_engine.register import Register


@click.command("import", short_help="Läs in filer med händelser.")
@click.argument("files", nargs=-1, required=True, type=EXISTING, metavar="FIL…")
@click.option("--agreement", metavar="AVTAL", help="Avtalet där filen inte säger något annat.")
@click.option("--as-recorded", is_flag=True,
              help="Behåll filens registreringstider; bara innan den första körningen.")  # fmt: skip
@with_settings
@by_option
def bring_in(settings: Settings, *, files: tuple[Path, ...], agreement: str | None, as_recorded: bool) -> None:
    """Läs in CSV (även från svenskt Excel) eller JSON Lines.

    Allt eller inget: är något fel läses ingenting in. Det som redan finns läses inte in en gång till.
    """
    from avtalsvakt.known_facts import known_facts
    from avtalsvakt_engine.importing import read_files

    known = known_facts(settings.rulebook())
    with settings.register() as register:
        batch = read_files(
            files, known, settings.now, recorded=register.fact, by=settings.recorder, default_agreement=agreement
        )
        if as_recorded:
            _refuse_rewriting_history(register, batch)
        done = register.append(batch.facts, now=settings.now, as_recorded=as_recorded, where=batch.where)
    warn(batch.warnings)
    there = f", {len(done.already_known)} fanns redan" if done.already_known else ""
    new = f"{len(done.added)} {'ny registrering' if len(done.added) == 1 else 'nya registreringar'}"
    click.echo(f"{new}{there}.")
    for name, count in sorted(Counter(fact.agreement for fact in done.added).items()):
        click.echo(f"  {name}: {count}")


def _refuse_rewriting_history(register: "Register", batch: "Batch") -> None:
    """Raise Rejected where a run has already said what was known when, and the files hold something new."""
    from avtalsvakt_engine.store import Store
    from avtalsvakt_engine.store_problems import answered

    with answered(register.path):
        run = Store(register.connection).last_run()
    if run is not None and any(register.fact(fact.id) is None for fact in batch.facts):
        why = f"en körning {run.started[:10]} har redan sagt vad som var känt då"
        remedy = "läs in utan --as-recorded, eller flytta registret till en ny fil"
        raise Rejected([Problem("filens registreringstider kan inte behållas", "--as-recorded", why, remedy)])
