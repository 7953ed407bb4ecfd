"""`avtalsvakt access`: what other programs may do, by tokens for the API."""

from datetime import date

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import DAY, by_option, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.group(short_help="Vad andra program får göra.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def access() -> None:
    """Vad andra program får läsa och registrera."""


@access.group(short_help="Nycklar för andra program.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def token() -> None:
    """Nycklar som andra program använder API:et med (docs/api.md)."""


@token.command(
    "add",
    short_help="Gör en nyckel.",
    epilog="Exempel: avtalsvakt access token add ärendesystemet --scope read --agreement ostermalm-2020",
)
@click.argument("name", metavar="NAMN")
@click.option(
    "--scope", "scopes", type=click.Choice(["read", "record"]), multiple=True, required=True, metavar="RÄTT",
    help="Vad den får: read (läsa), record (registrera); kan upprepas.",
)  # fmt: skip
@click.option("--agreement", "agreements", multiple=True, metavar="AVTAL", help="Bara detta avtal; kan upprepas.")
@click.option("--all", "every", is_flag=True, help="Alla avtal, också kommande.")
@click.option("--until", type=DAY, metavar="DATUM", help="Nyckelns sista dag (förval: om ett år).")
@format_option
@with_settings
@by_option
def add(
    settings: Settings,
    *,
    name: str,
    scopes: tuple[str, ...],
    agreements: tuple[str, ...],
    every: bool,
    until: date | None,
    form: str,
) -> None:
    """Gör en nyckel. Den visas bara nu; den som har den får det som den är till för."""
    from avtalsvakt.recording.api_tokens import make_token

    if every == bool(agreements):
        why = "en nyckel gäller antingen vissa avtal eller alla"
        raise Rejected([Problem("det är oklart vilka avtal nyckeln gäller", "--agreement", why,
                                "ange --agreement AVTAL eller --all, inte båda")])  # fmt: skip
    new = make_token(settings, name, scopes, None if every else agreements, until)
    kept = new.token
    if form != "table":
        columns = (Column("id", "Nummer"), Column("token", ""), Column("until", ""))
        rows_out("api_tokens", columns, [(kept.id, new.secret, kept.expires)], form)
        return
    told = "alla avtal" if kept.agreements is None else ", ".join(kept.agreements)
    click.echo(f"Nyckel {kept.id} till {kept.name}: {', '.join(kept.scopes)}, {told}, till och med {kept.expires}.\n")
    click.echo(f"{new.secret}\n")
    click.echo("Nyckeln är hemlig och visas bara nu. Förlorad eller spridd? Återkalla den och gör en ny.")


@token.command("list", short_help="Visar nycklarna och när de senast användes.")
@format_option
@with_settings
def list_(settings: Settings, *, form: str) -> None:
    """Visar alla nycklar: vad de får, i vilka avtal, hur länge, och vilken dag de senast användes."""
    from avtalsvakt.recording.api_tokens import all_tokens

    rows = [
        (
            one.id, one.name, ", ".join(one.scopes), "alla" if one.agreements is None else ", ".join(one.agreements),
            one.maker, one.made[:10], one.expires, one.revoked and one.revoked[:10], one.last_used,
        )
        for one in all_tokens(settings)
    ]  # fmt: skip
    columns = (
        Column("id", "Nr"),
        Column("name", "Namn"),
        Column("scopes", "Får"),
        Column("agreements", "Avtal"),
        Column("by", "Gjord av"),
        Column("made", "Gjord", whole=True),
        Column("until", "Gäller till", whole=True),
        Column("revoked", "Återkallad", whole=True),
        Column("last_used", "Senast", whole=True),
    )
    rows_out("api_tokens", columns, rows, form, nothing="Inga nycklar är gjorda.")


@token.command("revoke", short_help="Återkallar en nyckel.")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
def revoke(settings: Settings, *, number: int) -> None:
    """Återkallar en nyckel: den slutar att fungera genast och för gott. Det som registrerats med den står kvar."""
    from avtalsvakt.recording.api_tokens import revoke_token

    one = revoke_token(settings, number)
    click.echo(f"Nyckel {one.id} till {one.name} är återkallad.")
