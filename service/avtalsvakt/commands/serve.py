"""`avtalsvakt serve`: keep running, and do the night's work every night."""

import re
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.commands.run import FOLDER
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import with_settings
from avtalsvakt.web.addresses import BASE_URL
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.web.server import WebServer


class ClockTime(click.ParamType[time]):
    """A time of day: hours and minutes, and seconds if need be."""

    name = "klockslag"

    def convert(self, value: str | time, param: click.Parameter | None, ctx: click.Context | None) -> time:  # noqa: ARG002
        """The time. Raises Rejected."""
        if isinstance(value, time):
            return value
        found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", value, re.ASCII)
        if found is None:
            why = "det skrivs med timmar och minuter, 00:00–23:59"
            raise Rejected([Problem(f"klockslaget {value} finns inte", "--at", why, "skriv till exempel 04:15")])
        return time(int(found[1]), int(found[2]), int(found[3] or 0))


@click.command(short_help="Kör varje natt, tills det stoppas.")
@click.option(
    "--at", type=ClockTime(), default="04:15", metavar="TT:MM", help="Klockslag i svensk tid (förval: 04:15)."
)
@click.option("--publish", type=FOLDER, metavar="MAPP", help="Skriv en kalenderfil per avtal i mappen.")
@click.option(
    "--listen", default="127.0.0.1:8080", metavar="VÄRD:PORT", help="Där kalendrarna hämtas (förval: 127.0.0.1:8080)."
)
@click.option("--no-web", is_flag=True, help="Ingen webbserver: bara nattens arbete.")
@click.option("--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån (annars {BASE_URL}).")
@click.option("--access-log", is_flag=True, help="Skriv varje hämtning i loggen; hemliga adresser döljs.")
@with_settings
def serve(
    settings: Settings,
    *,
    at: time,
    publish: Path | None,
    listen: str,
    no_web: bool,
    base_url: str | None,
    access_log: bool,
) -> None:
    """Håll igång: gör nattens arbete varje natt, och dela ut kalendrarna till dem som prenumererar.

    Är den senaste natten inte bedömd görs det genast. Stoppas med Ctrl-C eller SIGTERM, också mitt i en körning.
    """
    from avtalsvakt.nightly import serving

    watch = serving.Watch(settings, publish)
    if no_web:
        serving.serve(watch, at)
        return
    with _web(settings, listen, base_url, access_log=access_log) as server:
        serving.say(f"kalendrarna hämtas på {server.address}")
        serving.serve(watch, at)


def _web(settings: Settings, listen: str, base_url: str | None, *, access_log: bool) -> "WebServer":
    """The web server, not started yet. Raises Rejected."""
    from avtalsvakt import clock
    from avtalsvakt.web.addresses import site
    from avtalsvakt.web.masking import log_requests
    from avtalsvakt.web.server import WebServer, listening

    prefix = site(base_url).prefix if base_url else ""
    if access_log:
        log_requests()
    return WebServer(settings.db, clock.now, *listening(listen), prefix=prefix)
