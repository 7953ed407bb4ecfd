"""The command line. Each command lives in a module of its own under `commands` and is loaded when it is asked for."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from click.core import ParameterSource

from avtalsvakt import clock
from avtalsvakt.settings import DEFAULT_DB, Settings
from avtalsvakt.terminal.failures import OutputGone, guarded
from avtalsvakt.terminal.said_once import said_once
from avtalsvakt.terminal.swedish_click import in_swedish, speak_swedish
from avtalsvakt_rules.keeping.private_files import OTHERS
from avtalsvakt_rules.problems import Problem, Rejected

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "avtalsvakt.commands.init:init",
        "record": "avtalsvakt.commands.record:record",
        "correct": "avtalsvakt.commands.correct_retract:correct",
        "retract": "avtalsvakt.commands.correct_retract:retract",
        "import": "avtalsvakt.commands.import_command:import_files",
        "run": "avtalsvakt.commands.run:run",
        "serve": "avtalsvakt.commands.serve:serve",
        "runs": "avtalsvakt.commands.runs:runs",
        "health": "avtalsvakt.commands.health:health",
        "notify": "avtalsvakt.commands.notify:notify",
        "service": "avtalsvakt.commands.service:service",
        "assess": "avtalsvakt.commands.assess:assess",
        "status": "avtalsvakt.commands.status_lists:status",
        "overdue": "avtalsvakt.commands.status_lists:overdue",
        "upcoming": "avtalsvakt.commands.status_lists:upcoming",
        "agenda": "avtalsvakt.commands.agenda:agenda",
        "what-if": "avtalsvakt.commands.what_if:what_if",
        "forecast": "avtalsvakt.commands.forecast:forecast",
        "history": "avtalsvakt.commands.history:history",
        "attest": "avtalsvakt.commands.attest:attest",
        "why": "avtalsvakt.commands.why:why",
        "report": "avtalsvakt.commands.report:report",
        "handover": "avtalsvakt.commands.report:handover",
        "rules": "avtalsvakt.commands.rules:rules",
        "facts": "avtalsvakt.commands.facts:facts",
        "changes": "avtalsvakt.commands.changes:changes",
        "verify": "avtalsvakt.commands.verify:verify",
        "disclose": "avtalsvakt.commands.disclose:disclose",
        "disclosures": "avtalsvakt.commands.disclose:disclosures",
        "erase": "avtalsvakt.commands.erase:erase",
        "backup": "avtalsvakt.commands.backup:backup",
        "restore": "avtalsvakt.commands.restore:restore",
        "export": "avtalsvakt.commands.export:export",
        "access": "avtalsvakt.commands.access:access",
        "calendar": "avtalsvakt.commands.calendar:calendar",
        "settings": "avtalsvakt.commands.remembered:settings_",
    }
)
"""Where each command lives, in the order in which a new user meets them."""

speak_swedish()  # before the first command is described

EPILOG = "Börja med init, import och run. Varje kommando har egen hjälp: avtalsvakt run --help."


class Commands(click.Group):
    """The group of all commands, loaded when asked for: `--help` and a quick question must not wait for the engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the library's signature
        """The names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None where there is none with that name."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.params.get("server"):
            return said_once(in_swedish(_by_server(cmd_name)))
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return said_once(in_swedish(command))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the line, and answer what asks for help or the version. Raises OutputGone as `invoke` does."""
        with _read_by_somebody():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Carry out the command. Raises OutputGone where nobody reads what it writes."""
        with _read_by_somebody():
            return super().invoke(ctx)


@contextmanager
def _read_by_somebody() -> Iterator[None]:
    """The library would leave with 1, which here means something else."""
    try:
        yield
    except BrokenPipeError as error:
        raise OutputGone from error


def _by_server(name: str) -> click.Command:
    """The command as it is spoken to a server. Raises Rejected for one that needs the register here."""
    from avtalsvakt.remote.commands import COMMANDS as SPOKEN

    if name not in SPOKEN:
        why, remedy = "det behöver registrets fil", f"mot en server finns {', '.join(SPOKEN)}"
        raise Rejected([Problem(f"kommandot {name} kan inte använda en server", "--server", why, remedy)])
    return SPOKEN[name]


def _tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Write the version and stop."""
    if not asked or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("avtalsvakt")
    except PackageNotFoundError:
        number = "(inte installerat)"
    click.echo(f"avtalsvakt {number}")
    ctx.exit()


@click.group(
    cls=Commands,
    epilog=EPILOG,
    options_metavar="[FLAGGOR]",
    subcommand_metavar="KOMMANDO …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_version,
    help="Visar programmets version.",
)  # fmt: skip
@click.option(
    "--db", type=click.Path(path_type=Path), envvar="AVTALSVAKT_DB", metavar="FIL", default=DEFAULT_DB,
    help=f"Registrets fil (miljövariabel AVTALSVAKT_DB, annars {DEFAULT_DB}).",
)  # fmt: skip
@click.option(
    "--rules", type=click.Path(path_type=Path), metavar="MAPP", multiple=True,
    help="Mapp med fler avtal, utöver de inbyggda; kan anges flera gånger.",
)  # fmt: skip
@click.option(
    "--server", envvar="AVTALSVAKT_SERVER", metavar="ADRESS",
    help="Fråga en server i stället för en fil, med nyckeln i AVTALSVAKT_TOKEN.",
)  # fmt: skip
@click.pass_context
def avtalsvakt(ctx: click.Context, db: Path, rules: tuple[Path, ...], server: str | None) -> None:
    """Avtalsvakt bevakar vad avtal kräver, vad som är gjort och vad som närmar sig."""
    given = [name for name in ("db", "rules") if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if server and given:
        why = "en server har ett eget register och egna regler"
        raise Rejected([Problem(f"--{given[0]} har ingen verkan mot en server", f"--{given[0]}", why, "utelämna den")])
    ctx.obj = Settings(clock.now(), db, rules, server=server)


def _fill_streams() -> None:
    """Let a stream that whoever started the program has closed lead nowhere: what is done is done all the same."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")


def main() -> None:
    """Run the program and leave with its exit code. What it makes is for the account's own use."""
    os.umask(OTHERS)
    _fill_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another, and nothing stops
    code = guarded(lambda: said_once(avtalsvakt).main(prog_name="avtalsvakt", standalone_mode=False))
    sys.exit(code)
