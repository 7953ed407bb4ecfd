"""`avtalsvakt calendar`: what calendars there are, what they hold, as files, and who subscribes to them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_choices import ALARM, LEAD, choice_options
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import format_option, with_settings
from avtalsvakt.web.addresses import BASE_URL
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.subscribing.feed_addresses import Links
    from avtalsvakt_calendars.publishing.feeds import Feed
    from avtalsvakt_calendars.publishing.subscriber_choices import Choices
    from avtalsvakt_engine.storage.database.register import Register
    from avtalsvakt_engine.storage.outgoing.subscriptions import Subscription

OUT = click.Path(path_type=Path, dir_okay=False)


@click.group(short_help="Kalendrar att prenumerera på.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def calendar() -> None:
    """Kalendrar med det som ska göras, och när.

    En kalender skrivs allt, avtal:ID, organ:ID, organ:ID@AVTAL, ansvarig:ID eller kommun:NAMN.
    """


@contextmanager
def up_to_date(settings: Settings, *, write: bool = False) -> "Iterator[Register]":
    """The register, with calendars that follow its latest run. Raises Rejected."""
    from avtalsvakt_engine.storage.conclusions.store import Store
    from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore

    with settings.register(read_only=not write) as register:
        last, mark = Store(register.connection).last_run(), CalendarStore(register.connection).mark()
        if last is None or (mark is not None and mark.run == last.id):
            yield register
            return
    with settings.register() as register:
        from avtalsvakt.subscribing.calendar_refresh import refresh

        refresh(register, settings.rulebook(), settings.now)
        yield register


@calendar.command("list", short_help="Visar vilka kalendrar som finns.", options_metavar="[FLAGGOR]")
@format_option
@with_settings
def list_(settings: Settings, *, form: str) -> None:
    """Visar alla kalendrar: vad de heter, hur många poster de har, nästa datum och när de senast ändrades."""
    from avtalsvakt.subscribing.calendar_feeds import catalogue_of, published
    from avtalsvakt_calendars.publishing.feeds import every_feed
    from avtalsvakt_calendars.timezone import STOCKHOLM

    with up_to_date(settings) as register:
        catalogue = catalogue_of(register)
        rows = []
        for feed in every_feed(catalogue):
            one = published(register, [feed], catalogue)
            days = [event.day for event in one.events if event.kind != "info"]
            coming = next((day for day in days if day >= settings.today), None)
            rows.append((str(feed), one.name, len(days), coming, one.changed.astimezone(STOCKHOLM).date()))
    columns = (
        Column("feed", "Kalender", whole=True),
        Column("name", "Namn", cut=True),
        Column("events", "Poster"),
        Column("next", "Nästa", whole=True),
        Column("changed", "Ändrad", whole=True),
    )
    rows_out("calendars", columns, rows, form)


@calendar.command(short_help="Visar vad en eller flera kalendrar innehåller.", options_metavar="[FLAGGOR]")
@click.argument("feeds", metavar="KALENDER…", nargs=-1, required=True)
@click.option("--ics", is_flag=True, help="Skriv kalenderfilen i stället för en tabell.")
@click.option("--details", is_flag=True, help="Med uppgift om hur mycket som saknades i det försenade.")
@choice_options
@format_option
@with_settings
def show(settings: Settings, feeds: tuple[str, ...], ics: bool, details: bool, form: str, chosen: "Choices") -> None:
    """Visar posterna i en kalender, eller i flera som en."""
    from avtalsvakt.subscribing.calendar_feeds import catalogue_of, check, published
    from avtalsvakt_calendars.events import CATEGORIES

    with up_to_date(settings) as register:
        catalogue, wanted = catalogue_of(register), _parsed(feeds)
        check(wanted, catalogue)
        one = published(register, wanted, catalogue, chosen, detailed=details)
    if ics:
        sys.stdout.buffer.write(one.content)
        return
    names = {str(kind): name for kind, name in CATEGORIES.items()}
    rows = [(event.day, names.get(event.kind, event.kind), event.summary, event.agreement) for event in one.events]
    columns = (
        Column("day", "Dag", whole=True),
        Column("kind", "Slag", whole=True),
        Column("summary", "Vad"),
        Column("agreement", "Avtal", whole=True),
    )
    rows_out("events", columns, rows, form)


@calendar.command(short_help="Skriver en enda skyldighet som kalenderfil.", options_metavar="[FLAGGOR]")
@click.argument("duty", metavar="SKYLDIGHET")
@click.option("--out", type=OUT, metavar="FIL", help="Filen som skrivs (annars skärmen).")
@with_settings
def duty(settings: Settings, *, duty: str, out: Path | None) -> None:
    """Skriver en kalenderfil för en enda skyldighet, med samma identitet som i kalendrarna: inget blir dubbelt."""
    from avtalsvakt.subscribing.calendar_feeds import catalogue_of, of_duty
    from avtalsvakt_calendars.publishing.as_icalendar import write_if_changed
    from avtalsvakt_calendars.publishing.feeds import Feed

    with up_to_date(settings) as register:
        one = of_duty(register, [Feed("all")], catalogue_of(register), duty)
    if one is None:
        why = "skyldigheten finns inte, är uppfylld eller saknar datum att påminna om"
        remedy = f"se 'avtalsvakt why {duty}' eller 'avtalsvakt upcoming'"
        raise Rejected([Problem(f"kalendrarna har inget om {duty}", "SKYLDIGHET", why, remedy)])
    if out is None:
        sys.stdout.buffer.write(one.content)
    else:
        write_if_changed(out, one.content)
        click.echo(f"Skrev {out}")


@calendar.command(short_help="Skriver kalendrarna som filer.", options_metavar="[FLAGGOR]")
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--details", is_flag=True, help="Med uppgift om hur mycket som saknades i det försenade.")
@click.option("--alarm", type=LEAD, metavar="DAGAR", help=ALARM)
@with_settings
def publish(settings: Settings, *, folder: Path, details: bool, alarm: int | None) -> None:
    """Skriver alla kalendrar som filer i MAPP, för vilken webbserver som helst. Oförändrade filer rörs inte."""
    from avtalsvakt.subscribing.calendar_publishing import publish_files
    from avtalsvakt_calendars.publishing.subscriber_choices import Choices

    with up_to_date(settings) as register:
        files = publish_files(register, folder, choices=Choices(alarm), detailed=details)
    click.echo(f"{folder}: {len(files.written)} kalendrar skrivna, {files.unchanged} oförändrade")


@calendar.command(short_help="Ger en hemlig adress att prenumerera på.", options_metavar="[FLAGGOR]")
@click.option("--for", "holder", required=True, metavar="TEXT", help="Roll eller enhet som prenumererar, ingen person.")
@click.option("--agreement", "agreements", metavar="ID", multiple=True, help="Ett avtal; kan anges flera gånger.")
@click.option("--body", "bodies", metavar="ID[@AVTAL]", multiple=True, help="Ett organ; kan anges flera gånger.")
@click.option(
    "--bearer",
    "--function",
    "bearers",
    metavar="ID[@AVTAL]",
    multiple=True,
    help="Den part eller funktion som ska göra något.",
)
@click.option("--municipality", "places", metavar="NAMN", multiple=True, help="En kommuns alla avtal.")
@click.option("--all", "everything", is_flag=True, help="Alla avtal i registret.")
@click.option("--details", is_flag=True, help="Med uppgift om hur mycket som saknades i det försenade.")
@choice_options
@click.option("--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån (annars {BASE_URL}).")
@format_option
@with_settings
def subscribe(  # noqa: PLR0913 - one argument for each option
    settings: Settings,
    *,
    holder: str,
    agreements: tuple[str, ...],
    bodies: tuple[str, ...],
    bearers: tuple[str, ...],
    places: tuple[str, ...],
    everything: bool,
    details: bool,
    base_url: str | None,
    form: str,
    chosen: "Choices",
) -> None:
    """Ger en hemlig adress till en kalender med allt som anges. Adressen visas bara nu; den som har den kan läsa."""
    from avtalsvakt.subscribing.calendar_feeds import catalogue_of, check
    from avtalsvakt.subscribing.calendar_site import remember_base
    from avtalsvakt.subscribing.subscriptions import subscribe as subscribed
    from avtalsvakt.web.addresses import site

    given = {"avtal": agreements, "organ": bodies, "ansvarig": bearers, "kommun": places}
    keys = [f"{word}:{name}" for word, names in given.items() for name in names] + ["allt"] * everything
    where = site(base_url or "http://127.0.0.1:8080")
    with up_to_date(settings, write=True) as register:
        feeds = _parsed(keys)
        check(feeds, catalogue_of(register))
        new = subscribed(register, holder, feeds, settings.now, chosen, detailed=details)
        if base_url:
            remember_base(register, where.base)
    links = where.feed(new.token)
    if form == "table":
        _told(new.subscription, holder, links, known_from_outside=bool(base_url))
    else:
        columns = (Column("id", "Nummer"), Column("https", ""), Column("webcal", ""))
        rows_out("subscriptions", columns, [(new.subscription.id, links.https, links.webcal)], form)


def _told(made: "Subscription", holder: str, links: "Links", *, known_from_outside: bool) -> None:
    click.echo(f"Prenumeration {made.id} för {holder}: {', '.join(made.feeds)}\n")
    click.echo(f"Adress                           {links.https}")
    click.echo(f"Apple Kalender, klickbar         {links.webcal}\n")
    click.echo("Adressen är hemlig och visas bara nu. Förlorad eller spridd? Återkalla den och gör en ny.")
    if not known_from_outside:
        click.echo(f"Obs: ange programmets adress utifrån med --base-url eller {BASE_URL}.", err=True)


@calendar.command(short_help="Visar vilka som prenumererar.", options_metavar="[FLAGGOR]")
@format_option
@with_settings
def subscriptions(settings: Settings, *, form: str) -> None:
    """Visar alla prenumerationer: vem, vad, när den gjordes, senast hämtades och återkallades. Aldrig adressen."""
    from avtalsvakt.subscribing.subscriptions import all_subscriptions

    with settings.register(read_only=True) as register:
        rows = [
            (
                one.id,
                one.holder,
                one.name,
                " ".join(one.feeds),
                _chosen(one),
                *map(_local, (one.created, one.last_fetched, one.revoked)),
            )
            for one in all_subscriptions(register)
        ]
    columns = (
        Column("id", "Nr"),
        Column("holder", "För"),
        Column("name", "Namn"),
        Column("feeds", "Kalendrar"),
        Column("choices", "Val"),
        Column("created", "Gjord", whole=True),
        Column("last_fetched", "Hämtad", whole=True),
        Column("revoked", "Återkallad", whole=True),
    )
    rows_out("subscriptions", columns, rows, form, nothing="Ingen prenumererar.")


@calendar.command(short_help="Återkallar en prenumeration.", options_metavar="[FLAGGOR]")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
def revoke(settings: Settings, *, number: int) -> None:
    """Återkallar en prenumeration: adressen slutar att fungera genast och för gott."""
    from avtalsvakt.subscribing.subscriptions import revoke as revoked

    with settings.register() as register:
        one = revoked(register, number, settings.now)
    click.echo(f"Prenumeration {one.id} för {one.holder} är återkallad.")


def _parsed(keys: "tuple[str, ...] | list[str]") -> "tuple[Feed, ...]":
    """The feeds with the keys, each once. Raises Rejected."""
    from avtalsvakt_calendars.publishing.feeds import parse

    if not keys:
        why = "en prenumeration utan innehåll vore tom för alltid"
        raise Rejected([Problem("inget att följa är angivet", "calendar subscribe", why, "ange t.ex. --agreement ID")])
    return tuple(dict.fromkeys(map(parse, keys)))


def _moments(one: "Subscription") -> tuple[str | None, ...]:
    return one.created, one.last_fetched, one.revoked


def _chosen(one: "Subscription") -> str:
    """What the subscriber has chosen, in words."""
    alarm = "inget alarm" if one.lead is None else f"alarm {one.lead} d"
    return ", ".join([alarm, *(f"utan {part}" for part in one.without), *filter(None, [one.colour])])


def _local(moment: str | None) -> str | None:
    """The stored moment in Stockholm's time, to the minute."""
    from datetime import datetime

    from avtalsvakt_calendars.timezone import STOCKHOLM

    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
