"""`avtalsvakt erase`: free words of registrations taken away for good, on a decision or by a retention plan."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import EXISTING, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.archiving.retention import Erasure
    from avtalsvakt_engine.storage.database.register import Register

SHOWN = 20
LEFT = (
    "Kedjan stämmer fortfarande, och 'avtalsvakt verify' säger hur mycket som är gallrat. Bedömningar som redan är "
    "gjorda står kvar. Säkerhetskopior och filer som lämnats ut före i dag har texten kvar: gallra dem för sig."
)


@click.command(
    short_help="Gallra fria texter i registreringar, för gott.",
    epilog='Exempel: avtalsvakt erase ost-016 --field attendees --decision "KS 2026:14"',
)
@click.argument("fact", required=False, metavar="[REGISTRERING]")
@click.option(
    "--field", "fields", multiple=True, metavar="FÄLT", help="Det som gallras, t.ex. attendees; kan upprepas."
)
@click.option("--decision", metavar="TEXT", help="Beslutet, t.ex. ett diarienummer; det sparas för alltid.")
@click.option("--plan", type=EXISTING, metavar="FIL", help="En gallringsplan (YAML) i stället för en registrering.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle gallras, och gallra inget.")
@click.option("--yes", is_flag=True, help="Fråga inte om det är säkert.")
@with_settings
def erase(
    settings: Settings, *, fact: str | None, fields: tuple[str, ...], decision: str | None, plan: Path | None,
    dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Ta bort det som är skrivet med egna ord i en registrering, eller vem som registrerade (recorder).

    Det går inte att ångra. Registreringen står kvar med allt som regler räknar med, och en anteckning om vad som
    gallrats, när och enligt vilket beslut. Med --plan gallras det som enligt planen har legat länge nog.
    """
    with settings.register() as register:
        chosen, why = _chosen(settings, register, fact, fields, decision, plan)
        _tell(chosen, dry_run=dry_run)
        if not chosen or dry_run:
            return
        if not yes:
            _confirm()
        _carry_out(register, chosen, settings.now.isoformat(timespec="seconds"), why)
    click.echo(f"Gallrade {_texts(chosen)} enligt {why}.")
    click.echo(LEFT)


def _chosen(
    settings: Settings, register: "Register", fact: str | None, fields: tuple[str, ...], decision: str | None,
    plan: Path | None,
) -> tuple[list["Erasure"], str]:  # fmt: skip
    """What is to be erased, and the decision. Raises Rejected for what does not go together or cannot be erased."""
    from avtalsvakt.archiving.retention import due, read_plan
    from avtalsvakt_engine.intake.known_facts import known_facts
    from avtalsvakt_engine.storage.facts.erasing import erasable

    if plan is not None:
        if fact or fields or decision:
            why = "planen säger själv vad som gallras och enligt vilket beslut"
            raise Rejected([Problem("--plan står inte ensam", "--plan", why, "ta bort det andra, eller --plan")])
        read = read_plan(plan, known_facts(settings.rulebook()).vocabulary)
        return list(due(read, register.facts(), erasable(register.connection), settings.today)), read.decision
    if not fact or not fields:
        remedy = 'skriv t.ex. avtalsvakt erase ost-016 --field attendees --decision "KS 2026:14", eller --plan FIL'
        raise Rejected([Problem("det står inte vad som ska gallras", "REGISTRERING", "en text pekas ut", remedy)])
    return _of_one(register, fact, fields, decision or ""), decision or ""


def _of_one(register: "Register", name: str, fields: tuple[str, ...], decision: str) -> list["Erasure"]:
    """The fields of one registration. Raises Rejected where one of them cannot be erased."""
    from avtalsvakt.archiving.retention import Erasure
    from avtalsvakt_engine.storage.facts.erasing import refusal

    problems = [one for field in fields if (one := refusal(register.connection, name, field, decision))]
    if problems:
        raise Rejected(problems)
    found = register.fact(name)
    return [Erasure(found, field) for field in dict.fromkeys(fields)] if found else []


def _carry_out(register: "Register", chosen: "Sequence[Erasure]", moment: str, decision: str) -> None:
    from avtalsvakt_engine.storage.facts.erasing import erase as take_away
    from avtalsvakt_engine.storage.facts.erasing import overwrite

    with register.transaction():
        for one in chosen:
            take_away(register.connection, one.fact.id, one.field, moment, decision)
    overwrite(register.connection)


def _tell(chosen: "Sequence[Erasure]", *, dry_run: bool) -> None:
    if not chosen:
        click.echo("Inget att gallra.")
        return
    click.echo(f"{'Skulle gallra' if dry_run else 'Ska gallra'} {_texts(chosen)}:")
    for one in chosen[:SHOWN]:
        click.echo(f"  {one.fact.date}  {one.fact.id}: {one.field}")
    if len(chosen) > SHOWN:
        click.echo(f"  … och {len(chosen) - SHOWN} till")
    if dry_run:
        click.echo("Provkörning: inget har gallrats.")


def _texts(chosen: "Sequence[Erasure]") -> str:
    from avtalsvakt.words.summary import counted

    return counted(len(chosen), "text", "texter")


def _confirm() -> None:
    """Go on if somebody says yes. Raises Abort for a no, and Rejected where nobody can answer."""
    from avtalsvakt.recording.swedish_answers import confirmed

    if not sys.stdin.isatty():
        why = "ingen kan svara på frågor här, och det går inte att ångra"
        raise Rejected([Problem("gallringen är inte bekräftad", "--yes", why, "lägg till --yes")])
    question = "Det går inte att ångra. Gallra?"
    if not confirmed(question, lambda text: str(click.prompt(text, default="", show_default=False)), default=False):
        raise click.Abort
