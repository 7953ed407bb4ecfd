"""`avtalsvakt serve`: keep running, do the night's work every night, and serve pages and calendars."""

import os
import re
from contextlib import ExitStack
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from avtalsvakt.commands.run import FOLDER
from avtalsvakt.commands.sign_in_options import Chosen, sign_in_options
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import judging_options, login_account, with_settings
from avtalsvakt.web.addresses import BASE_URL
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.nightly.mailing import Mailing
    from avtalsvakt.nightly.metrics import MetricsServer
    from avtalsvakt.nightly.serving import Watch
    from avtalsvakt.notifying.links import Links
    from avtalsvakt.pages.door import Door
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
    "--listen",
    default="127.0.0.1:8080",
    metavar="VÄRD:PORT",
    help="Där sidorna visas och kalendrarna hämtas (förval: 127.0.0.1:8080).",
)
@click.option("--no-web", is_flag=True, help="Ingen webbserver: bara nattens arbete.")
@click.option("--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån (annars {BASE_URL}).")
@sign_in_options
@click.option(
    "--by", envvar="AVTALSVAKT_BY", metavar="ROLL", help="Rollen som registrerar på sidorna på den här datorn."
)
@click.option("--access-log", is_flag=True, help="Skriv varje hämtning i loggen; hemliga adresser och sökord döljs.")
@click.option("--log", "log_form", type=click.Choice(["text", "json"]), default="text", help="Hur loggen skrivs.")
@click.option("--metrics", metavar="VÄRD:PORT", help="Där Prometheus hämtar mätvärden; annars ges inga.")
@click.option(
    "--ping",
    envvar="AVTALSVAKT_PING",
    metavar="ADRESS",
    help="Adress som får veta när natten börjar, är klar och misslyckas (annars AVTALSVAKT_PING).",
)
@with_settings
@judging_options
def serve(  # noqa: PLR0913 - one for each option
    settings: Settings,
    *,
    at: time,
    publish: Path | None,
    listen: str,
    no_web: bool,
    base_url: str | None,
    chosen: Chosen,
    by: str | None,
    access_log: bool,
    log_form: str,
    metrics: str | None,
    ping: str | None,
) -> None:
    """Håll igång: gör nattens arbete varje natt, visa sidorna, och dela ut kalendrarna till dem som prenumererar.

    Är den senaste natten inte bedömd görs det genast. Stoppas med Ctrl-C eller SIGTERM, också mitt i en körning.
    """
    from avtalsvakt.nightly import logs, serving
    from avtalsvakt.nightly.pinging import checked
    from avtalsvakt.pages.door import Door
    from avtalsvakt.web.masking import log_requests

    logs.configure(log_form)
    watch = serving.Watch(settings, publish, ping=checked(ping) if ping else None)
    watch = replace(watch, mailing=_mailing(watch, base_url))
    with ExitStack() as stack:
        if metrics:
            server = stack.enter_context(_metrics(settings, metrics))
            logs.say(f"mätvärdena finns på {server.address}")
        if not no_web:
            if access_log:
                log_requests(logs.JsonFormatter() if log_form == logs.JSON else None)
            outside = reached_from_outside(base_url)
            door = Door(by or login_account(), chosen.proxy, outside=outside, way=chosen.way)
            _open(stack, settings, _web(settings, listen, base_url, door, chosen), door)
        serving.serve(watch, at)


def _open(stack: ExitStack, settings: Settings, server: "WebServer", door: "Door") -> None:
    """Start the web server until the stack is left, and say where it is, who comes in and what they may."""
    from avtalsvakt import clock
    from avtalsvakt.nightly import logs
    from avtalsvakt.pages.reading_ahead import reading_ahead

    web = stack.enter_context(server)
    logs.say(f"sidorna och kalendrarna finns på {web.address}")
    logs.say(door.said)
    logs.say(_roles_said(settings))
    stack.enter_context(reading_ahead(settings.db, settings.rules, clock.now))


def _roles_said(settings: Settings) -> str:
    """What is said of roles when the program starts. Raises Rejected."""
    from avtalsvakt.recording.access_roles import all_roles

    if all_roles(settings):
        return "rollerna i registret avgör vem som ser och får göra vad (avtalsvakt access list)"
    return "inga roller är givna: alla som får se sidorna ser allt och får göra allt (avtalsvakt access add)"


def _mailing(watch: "Watch", base_url: str | None) -> "Mailing":
    """The letters of the nights. Raises Rejected for mail settings that cannot be used, before the first night."""
    from avtalsvakt.nightly.mailing import Mailing
    from avtalsvakt.notifying.post import Post

    with Post(os.environ):
        return Mailing(os.environ, links_to(base_url), watch.stop)


def links_to(base_url: str | None) -> "Links":
    """Where letters lead. Raises Rejected."""
    from avtalsvakt.notifying.links import Links
    from avtalsvakt.web.addresses import site

    return Links(site(base_url).base if base_url else None)


def _metrics(settings: Settings, listen: str) -> "MetricsServer":
    """The numbers for Prometheus, as of the moment they are asked for. Raises Rejected."""
    from avtalsvakt import clock
    from avtalsvakt.nightly.metrics import MetricsServer
    from avtalsvakt.web.server import listening

    return MetricsServer(lambda: replace(settings, now=clock.now()), *listening(listen, "--metrics"))


def reached_from_outside(base_url: str | None) -> bool:
    """Whether the program is reached from other machines, so that somebody else may stand behind the loopback."""
    from urllib.parse import urlsplit

    return base_url is not None and urlsplit(base_url).hostname not in (None, "localhost", "127.0.0.1", "::1")


def _web(settings: Settings, listen: str, base_url: str | None, door: "Door", chosen: Chosen) -> "WebServer":
    """The web server, not started yet. Raises Rejected."""
    from avtalsvakt import clock
    from avtalsvakt.api.application import api, beside
    from avtalsvakt.pages.pages import Site as PagesSite
    from avtalsvakt.pages.pages import coordinators_pages
    from avtalsvakt.subscribing.calendar_site import remember_base
    from avtalsvakt.web.addresses import site
    from avtalsvakt.web.server import WebServer, listening

    base, (host, port) = site(base_url) if base_url else None, listening(listen)
    chosen.check(host, base_url)
    if base:
        with settings.register() as register:
            remember_base(register, base.base)
    prefix = base.prefix if base else ""
    shown = PagesSite(door, prefix, base.base if base else "", settings.rules, chosen.provider)
    pages = coordinators_pages(settings.db, clock.now, shown)
    both = beside(api(settings.db, clock.now, settings.rules, prefix), pages)
    return WebServer(settings.db, clock.now, host, port, prefix=prefix, pages=both)
