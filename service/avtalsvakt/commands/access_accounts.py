"""`avtalsvakt access account` and `access sessions`: accounts of the program's own, and who is signed in."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import by_option, format_option, with_settings
from avtalsvakt.web.addresses import BASE_URL
from avtalsvakt_rules.problems import Problem, Rejected


@click.group(short_help="Konton att logga in med.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def account() -> None:
    """Konton att logga in på sidorna med, när de visas med 'serve --accounts'."""


@account.command("invite", short_help="Bjuder in någon att välja ett lösenord.")
@click.argument("name", metavar="NAMN")
@click.option("--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån (annars {BASE_URL}).")
@with_settings
@by_option
def invite(settings: Settings, *, name: str, base_url: str | None) -> None:
    """Gör kontot om det inte finns, och en inbjudan att välja dess lösenord. Den visas bara nu och gäller en gång.

    Ett lösenord som är glömt byts med en ny inbjudan.
    """
    from avtalsvakt.recording import accounts
    from avtalsvakt.web.addresses import site

    base = site(base_url).base if base_url else "http://127.0.0.1:8080"
    new = accounts.invite(settings, name)
    click.echo(f"Inbjudan till {new.name}, till och med {new.expires:%Y-%m-%d kl. %H:%M}:\n")
    click.echo(f"{base}/inbjudan/{new.secret}\n")
    click.echo("Adressen är hemlig, visas bara nu och kan användas en gång. Skicka den till den som ska ha kontot.")


@account.command("list", short_help="Visar kontona.")
@format_option
@with_settings
def list_accounts(settings: Settings, *, form: str) -> None:
    """Visar kontona: om lösenordet är valt, vem som gjorde dem, och om de är stängda."""
    from avtalsvakt.recording.accounts import all_accounts

    rows = [
        (one.id, one.name, "ja" if one.password else "nej", one.maker, one.made[:10], one.closed and one.closed[:10])
        for one in all_accounts(settings)
    ]
    columns = (
        Column("id", "Nr"),
        Column("name", "Namn"),
        Column("opened", "Lösenord valt"),
        Column("by", "Gjort av"),
        Column("made", "Gjort", whole=True),
        Column("closed", "Stängt", whole=True),
    )
    rows_out("accounts", columns, rows, form, nothing="Inga konton är gjorda.")


@account.command("close", short_help="Stänger ett konto.")
@click.argument("name", metavar="NAMN")
@with_settings
@by_option
def close(settings: Settings, *, name: str) -> None:
    """Stänger ett konto, genast: lösenordet tas bort och pågående inloggningar avslutas. Rollerna står kvar."""
    from avtalsvakt.recording.accounts import close_account

    click.echo(f"Kontot {close_account(settings, name).name} är stängt.")


@click.group(short_help="Vem som är inloggad.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def sessions() -> None:
    """Vem som är inloggad på sidorna, med ett konto eller hos en inloggningstjänst."""


@sessions.command("list", short_help="Visar inloggningarna som pågår.")
@format_option
@with_settings
def list_sessions(settings: Settings, *, form: str) -> None:
    """Visar inloggningarna som pågår: vem, sedan när, och när den senast syntes till (på fem minuter när)."""
    from avtalsvakt.recording.sign_ins import all_sign_ins, is_over

    rows = [
        (one.id, one.name, "konto" if one.way == "account" else "inloggningstjänst", one.made, one.seen)
        for one in all_sign_ins(settings)
        if not is_over(one, settings.now)
    ]
    columns = (
        Column("id", "Nr"),
        Column("name", "Namn"),
        Column("way", "Hur"),
        Column("made", "Inloggad", whole=True),
        Column("seen", "Senast", whole=True),
    )
    rows_out("sign_ins", columns, rows, form, nothing="Ingen är inloggad.")


@sessions.command("end", short_help="Avslutar inloggningar.")
@click.argument("number", metavar="NUMMER", type=int, required=False)
@click.option("--of", "name", metavar="NAMN", help="Alla som pågår för namnet.")
@with_settings
@by_option
def end(settings: Settings, *, number: int | None, name: str | None) -> None:
    """Avslutar en inloggning, eller alla för ett namn, genast."""
    from avtalsvakt.recording.sign_ins import end_sign_ins

    if (number is None) == (name is None):
        why = "ett nummer avslutar en inloggning, --of alla för ett namn"
        raise Rejected([Problem("det är oklart vilken inloggning", "NUMMER", why, "ange ett av dem")])
    ended = end_sign_ins(settings, number, name)
    click.echo(f"{ended} inloggning är avslutad." if ended == 1 else f"{ended} inloggningar är avslutade.")
