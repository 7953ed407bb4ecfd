"""`avtalsvakt serve`: keep running, and do the night's work every night."""

import re
from datetime import time
from pathlib import Path

import click

from avtalsvakt.commands.run import FOLDER
from avtalsvakt.options import with_settings
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected


class ClockTime(click.ParamType[time]):
    """A time of day, hours and minutes."""

    name = "klockslag"

    def convert(self, value: str | time, param: click.Parameter | None, ctx: click.Context | None) -> time:  # noqa: ARG002
        """The time. Raises Rejected."""
        if isinstance(value, time):
            return value
        found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value, re.ASCII)
        if found is None:
            why = "det skrivs med timmar och minuter, 00:00–23:59"
            raise Rejected([Problem(f"klockslaget {value} finns inte", "--at", why, "skriv till exempel 04:15")])
        return time(int(found[1]), int(found[2]))


@click.command(short_help="Kör varje natt, tills det stoppas.", options_metavar="[FLAGGOR]")
@click.option(
    "--at", type=ClockTime(), default="04:15", metavar="TT:MM", help="Klockslag i svensk tid (förval: 04:15)."
)
@click.option("--publish", type=FOLDER, metavar="MAPP", help="Skriv en kalenderfil per avtal i mappen.")
@with_settings
def serve(settings: Settings, *, at: time, publish: Path | None) -> None:
    """Håll igång och gör nattens arbete varje natt.

    Är den senaste natten inte bedömd görs det genast. Stoppas med Ctrl-C eller SIGTERM, också mitt i en körning.
    """
    from avtalsvakt import serving

    serving.serve(serving.Watch(settings, publish), at)
