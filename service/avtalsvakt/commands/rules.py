"""`avtalsvakt rules`: the instruments there are, what they say in Swedish, whether files are right, a schema."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.commands.rules_cases import cases
from avtalsvakt.commands.rules_clauses import clauses, findings
from avtalsvakt.commands.rules_kinds import kinds
from avtalsvakt.commands.rules_names import known_instrument
from avtalsvakt.commands.rules_new import new
from avtalsvakt.commands.rules_readings import readings
from avtalsvakt.commands.rules_try import try_
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import BAD_INPUT, tell
from avtalsvakt.terminal.options import as_of_option, format_option, with_settings
from avtalsvakt.terminal.visible import visible
from avtalsvakt_rules.problems import Rejected

if TYPE_CHECKING:
    from datetime import date


@click.group(short_help="Avtalen som regler: lista, visa, kontrollera.")
def rules() -> None:
    """Visa och kontrollera de avtal som programmet känner till."""


@rules.command("list", short_help="Lista avtalen.")
@format_option
@with_settings
def list_(settings: Settings, *, form: str) -> None:
    """Lista varje avtal med titel, tid och antal klausuler."""
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import rule_pages, screen

    found = sorted(settings.rulebook().instruments.values(), key=lambda one: (one.level != "superior", one.instrument))
    rows = [rule_pages.row(one) for one in found]
    if form == "json":
        screen.write(as_json.written({"instruments": rows}))
    elif form == "csv":
        screen.write(as_csv.rows(rows))
    else:
        out = screen.console()
        for one in found:
            for line in rule_pages.entry(one):
                out.print(line)


@rules.command(short_help="Visa vad ett avtal kräver, på svenska.")
@click.argument("name", metavar="AVTAL")
@as_of_option
@click.option("--years", type=click.IntRange(0, 10), default=2, metavar="ÅR", help="Hur långt fram (förval: 2 år).")
@with_settings
def show(settings: Settings, *, name: str, as_of: "date | None", years: int) -> None:
    """Visa avtalets parter, tid och klausuler så som programmet läser dem, och vad som kommer att krävas."""
    from avtalsvakt.authoring import rule_forecast
    from avtalsvakt.terminal import rule_pages, screen

    rulebook = settings.rulebook()
    instrument = known_instrument(rulebook.instruments, name)
    out = screen.console()
    for line in rule_pages.page(instrument, rulebook):
        out.print(line)
    out.print()
    for line in rule_forecast.lines(rulebook, instrument, as_of or settings.today, years):
        out.print(line)


@rules.command(short_help="Kontrollera regelfiler.")
@click.argument("path", metavar="[SÖKVÄG]", type=click.Path(path_type=Path), required=False)
@with_settings
def check(settings: Settings, *, path: Path | None) -> int | None:
    """Kontrollera en fil eller en mapp tillsammans med de inbyggda avtalen, eller bara de inbyggda.

    Returkod 2 om något är fel. Det som bara är värt en titt räknas inte som fel.
    """
    from avtalsvakt.words.summary import counted
    from avtalsvakt_rules.rulebook import load_rulebook, rule_files, second_look

    folders = [*settings.rules, *([path] if path else [])]
    try:
        if path is not None:
            rule_files(path)
        rulebook = load_rulebook(folders)
        unsound, worth_a_look = second_look(folders)
        if unsound:
            raise Rejected(unsound)
    except Rejected as rejected:
        tell(rejected.problems)
        click.echo(counted(len(rejected.problems), "fel", "fel"), err=True)
        return BAD_INPUT
    for problem in worth_a_look:
        click.echo(visible(f"Att se över: {problem}"))
    found = rulebook.instruments.values()
    clauses = sum(len(one.clauses) for one in found)
    click.echo(f"Inga fel: {counted(len(found), 'avtal', 'avtal')}, {counted(clauses, 'klausul', 'klausuler')}.")
    return None


@rules.command(short_help="Skriv ett JSON Schema för redigerare.")
def schema() -> None:
    """Skriv regelspråkets JSON Schema (2020-12), som redigerare kan kontrollera och föreslå med."""
    from avtalsvakt.formats import as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt_rules.schema.rule_file import json_schema

    screen.write(as_json.written(json_schema()))


rules.add_command(clauses)
rules.add_command(findings)
rules.add_command(cases)
rules.add_command(kinds)
rules.add_command(new)
rules.add_command(readings)
rules.add_command(try_)
