"""`avtalsvakt attest link`: links by which a function answers its questions without a sign-in."""

from datetime import date

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import DAY, by_option, format_option, with_settings
from avtalsvakt.web.addresses import BASE_URL


@click.group(
    short_help="Länkar att svara med, utan inloggning.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]"
)
def link() -> None:
    """Länkar som en funktion svarar på sina frågor med, på dator eller telefon, utan inloggning."""


@link.command(
    "make",
    short_help="Gör en länk.",
    epilog="Exempel: avtalsvakt attest link make ostermalm-2020 --function kommunpolis --until 2026-12-31",
)
@click.argument("agreement", metavar="AVTAL")
@click.option("--function", metavar="FUNKTION", required=True, help="Den som ska svara.")
@click.option("--until", type=DAY, metavar="DATUM", help="Länkens sista dag (annars frågornas sista dag).")
@click.option("--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån (annars {BASE_URL}).")
@format_option
@with_settings
@by_option
def make(
    settings: Settings, *, agreement: str, function: str, until: date | None, base_url: str | None, form: str
) -> None:
    """Gör en länk till de frågor som funktionen kan besvara nu. Adressen visas bara nu; den som har den kan svara."""
    from avtalsvakt.recording.attest_links import make_link
    from avtalsvakt.web.addresses import site
    from avtalsvakt.words.summary import counted

    where = site(base_url or "http://127.0.0.1:8080")
    new = make_link(settings, agreement, function, until)
    address, number = new.address(where.base), len(new.link.questions)
    if form != "table":
        columns = (Column("id", "Nummer"), Column("address", ""), Column("questions", ""), Column("until", ""))
        rows_out("attest_links", columns, [(new.link.id, address, number, new.link.expires)], form)
        return
    asked = counted(number, "fråga", "frågor")
    click.echo(f"Länk {new.link.id} till {function}: {asked}, till och med {new.link.expires}.\n\n{address}\n")
    click.echo("Adressen är hemlig och visas bara nu. Förlorad eller spridd? Återkalla den och gör en ny.")
    if not base_url:
        click.echo(f"Obs: ange programmets adress utifrån med --base-url eller {BASE_URL}.", err=True)


@link.command("list", short_help="Visar länkarna och hur de har använts.")
@click.option("--agreement", metavar="AVTAL", help="Bara ett avtals länkar.")
@format_option
@with_settings
def list_(settings: Settings, *, agreement: str | None, form: str) -> None:
    """Visar alla länkar: till vem, hur länge de gäller, när de senast användes och hur många svar de gav."""
    from avtalsvakt.recording.attest_links import link_stories

    rows = [
        (
            one.link.id, one.link.agreement, one.link.function, one.link.maker, one.link.made[:10], one.link.expires,
            one.link.revoked and one.link.revoked[:10], sum(use.number for use in one.uses),
            max((use.last[:10] for use in one.uses), default=None), len(one.answers),
        )
        for one in link_stories(settings, agreement)
    ]  # fmt: skip
    columns = (
        Column("id", "Nr"),
        Column("agreement", "Avtal", whole=True),
        Column("function", "Funktion"),
        Column("by", "Gjord av"),
        Column("made", "Gjord", whole=True),
        Column("until", "Gäller till", whole=True),
        Column("revoked", "Återkallad", whole=True),
        Column("uses", "Använd"),
        Column("last_used", "Senast", whole=True),
        Column("answers", "Svar"),
    )
    rows_out("attest_links", columns, rows, form, nothing="Inga länkar är gjorda.")


@link.command("revoke", short_help="Återkallar en länk.")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
def revoke(settings: Settings, *, number: int) -> None:
    """Återkallar en länk: adressen slutar att fungera genast och för gott. Lämnade svar står kvar."""
    from avtalsvakt.recording.attest_links import revoke_link

    one = revoke_link(settings, number)
    click.echo(f"Länk {one.id} till {one.function} är återkallad.")


@link.command("clear", short_help="Tar bort kommentarerna i en länks svar.")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
def clear(settings: Settings, *, number: int) -> None:
    """Tar för gott bort de kommentarer som lämnats genom en länk, till exempel personuppgifter. Svaren står kvar."""
    from avtalsvakt.recording.attest_links import clear_comments
    from avtalsvakt.words.summary import counted

    gone = clear_comments(settings, number)
    told = counted(gone, "kommentar är borttagen", "kommentarer är borttagna")
    click.echo(f"{told} ur svaren genom länk {number}.")
