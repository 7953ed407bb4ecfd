"""The commands that can be spoken to a server: `avtalsvakt --server ADRESS overdue`.

They take the options that the API has; what it cannot answer is refused, never left out.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.remote import lists
from avtalsvakt.remote.client import Client, problem_of, server_of
from avtalsvakt.settings import Settings
from avtalsvakt.terminal import screen
from avtalsvakt.terminal.failures import warn

FORMS = click.Choice(["table", "json"])
YEAR = 365


class Asking(Struct, frozen=True):
    """A connection to the server that the group was told of, and the settings, without a register."""

    client: Client
    settings: Settings


def _asking(**context: Any) -> Callable[[Callable[..., None]], click.Command]:
    """A command that gets an Asking as its first argument."""

    def made(command: Callable[..., None]) -> click.Command:
        @click.pass_context
        @wraps(command)
        def called(ctx: click.Context, /, **values: Any) -> None:
            settings = ctx.find_object(Settings)
            if settings is None or settings.server is None:
                raise RuntimeError("the group makes the settings")
            with Client(server_of(settings.server, os.environ)) as client:
                command(Asking(client, replace(settings, db=Path(os.devnull))), **values)

        return click.command(command.__name__, context_settings=context)(called)

    return made


def _form(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--format", "form", type=FORMS, default="table", help="Hur svaret skrivs.")(command)


def _cut(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, means in (
        ("municipality", "Bara i denna kommun."),
        ("function", "Bara det som frågas av denna funktion."),
        ("bearer", "Bara det som denna ansvarar för."),
        ("body", "Bara detta organ."),
        ("agreement", "Bara detta avtal."),
    ):
        command = click.option(f"--{name}", metavar="NAMN", help=means)(command)
    return command


@_asking()
@_form
def status(ask: Asking, *, form: str) -> None:
    """Varje avtals tillstånd, och hur många skyldigheter som har varje status."""
    found, run = ask.client.get("agreements")["agreements"], ask.client.get("runs/last")
    lines = [*lists.agreement_lines(found), *lists.foot(run, len(found), "avtal", "avtal")]
    _write({"run": run, "agreements": found}, lines, form)


@_asking()
@_cut
@_form
def overdue(ask: Asking, *, form: str, **cut: str | None) -> None:
    """Det som är försenat enligt serverns senaste körning, det äldsta överst."""
    _duties(ask.client, form, "försenad", "försenade", status="overdue", **cut)


@_asking()
@_cut
@click.option("--days", type=click.IntRange(0, 5000), default=YEAR, metavar="ANTAL", help="Hur många dagar framåt.")
@_form
def upcoming(ask: Asking, *, form: str, days: int, **cut: str | None) -> None:
    """Det som återstår att göra, närmast först."""
    last = ask.settings.today + timedelta(days=days)
    _duties(ask.client, form, "skyldighet", "skyldigheter", status="pending,at_risk", due_to=last, **cut)


def _duties(client: Client, form: str, one: str, several: str, **asked: object) -> None:
    found, run = list(client.every("duties", "duties", **asked)), client.get("runs/last")
    found.sort(key=lambda each: (each["due"] or date.max.isoformat(), each["duty"]))
    _write({"run": run, "duties": found},
           [*lists.duty_lines(found), *lists.foot(run, len(found), one, several)], form)  # fmt: skip


@_asking()
@click.argument("duty", metavar="SKYLDIGHET")
@_form
def why(ask: Asking, *, duty: str, form: str) -> None:
    """Varför en skyldighet bedöms som den gör. SKYLDIGHET är hela beteckningen i listorna."""
    found = ask.client.get(f"duties/{duty}")
    _write(found, list(lists.why_lines(found)), form)


@_asking()
@click.option("--agreement", metavar="AVTAL", help="Bara detta avtal.")
@click.option("--kind", metavar="TYP", help="Bara denna faktatyp.")
@click.option("--search", "q", metavar="ORD", help="Bara det som innehåller alla orden.")
@_form
def list_(ask: Asking, *, form: str, **asked: str | None) -> None:
    """Registreringar som gäller, med rättelser."""
    found = list(ask.client.every("facts", "facts", **asked))
    number = f"{len(found)} {'registrering' if len(found) == 1 else 'registreringar'}."
    _write({"facts": found}, [*lists.fact_lines(found), number], form)


@_asking(ignore_unknown_options=True)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[TYP] [FÄLT=VÄRDE]…")
@click.option("--agreement", metavar="AVTAL", help="Avtalet som händelsen hör till.")
@click.option("--date", metavar="DATUM", help="Dagen det skedde.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle registreras och ändras, och spara inget.")
@_form
def record(ask: Asking, *, words: tuple[str, ...], dry_run: bool, form: str, **given: str | None) -> None:
    """Registrera något som har hänt, eller som är planerat. Skrivs som det lokala kommandot."""
    from avtalsvakt.recording.said_values import settled_values
    from avtalsvakt.recording.typed_values import stated, typed
    from avtalsvakt.words.said_names import SaidNames
    from avtalsvakt_rules.vocabulary import load

    alone, values = typed(words, ask.settings, bare=8)
    said = {name: text for name, text in given.items() if text is not None}
    kind = {"kind": " ".join(alone)} if alone else {}
    line = settled_values({**stated(values), **said, **kind}, SaidNames(ask.settings.rules), load(), ask.settings.today)
    _recorded(ask.client.post("facts", {"facts": [line]}, dry_run=dry_run), form, dry_run=dry_run)


@_asking(ignore_unknown_options=True)
@click.argument("fact", metavar="REGISTRERING")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="FÄLT=VÄRDE…")
@click.option("--reason", required=True, metavar="TEXT", help="Varför.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, och spara inget.")
@_form
def correct(ask: Asking, *, fact: str, words: tuple[str, ...], reason: str, dry_run: bool, form: str) -> None:
    """Rätta uppgifter i en registrering."""
    from avtalsvakt.recording.said_values import settled_values
    from avtalsvakt.recording.typed_values import typed
    from avtalsvakt.words.said_names import SaidNames
    from avtalsvakt_rules.vocabulary import load

    _, values = typed(words, ask.settings)
    kind = str(ask.client.get(f"facts/{fact}")["kind"])
    settled = settled_values(values, SaidNames(ask.settings.rules), load(), ask.settings.today, kind)
    answer = ask.client.post(f"facts/{fact}/corrections", {"set": settled, "reason": reason}, dry_run=dry_run)
    _recorded(answer, form, dry_run=dry_run)


@_asking()
@click.argument("fact", metavar="REGISTRERING")
@click.option("--reason", required=True, metavar="TEXT", help="Varför.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, och spara inget.")
@_form
def retract(ask: Asking, *, fact: str, reason: str, dry_run: bool, form: str) -> None:
    """Återkalla en registrering som inte skulle ha gjorts."""
    answer = ask.client.post(f"facts/{fact}/retractions", {"reason": reason}, dry_run=dry_run)
    _recorded(answer, form, dry_run=dry_run)


def _recorded(answer: Mapping[str, Any], form: str, *, dry_run: bool) -> None:
    warn([problem_of(one, "servern") for one in answer["warnings"]])
    _write(answer, list(lists.recorded_lines(answer, rehearsed=dry_run)), form)


def _write(answer: Mapping[str, Any], lines: list[str], form: str) -> None:
    if form == "json":
        screen.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        screen.print_folded(
            "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in line) for line in lines
        )


facts = click.Group("facts", commands={"list": list_}, help="Registreringar som gäller.")

COMMANDS: Mapping[str, click.Command] = MappingProxyType(
    {
        "status": status, "overdue": overdue, "upcoming": upcoming, "why": why, "facts": facts, "record": record,
        "correct": correct, "retract": retract,
    }
)  # fmt: skip
"""What can be asked of a server."""
