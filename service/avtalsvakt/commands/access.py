"""`avtalsvakt access`: who sees and does what by roles, and what other programs may do by tokens for the API."""

from datetime import date

import click

from avtalsvakt.commands.access_accounts import account, sessions
from avtalsvakt.commands.access_seen import seen
from avtalsvakt.rights import ROLES
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import DAY, by_option, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.group(short_help="Vem som får se och göra vad.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def access() -> None:
    """Vem som får se och registrera vad på sidorna, och vad andra program får."""


access.add_command(account)
access.add_command(sessions)
access.add_command(seen)


@access.command(
    "add",
    short_help="Ger någon en roll.",
    epilog="Exempel: avtalsvakt access add samordnare recorder --agreement ostermalm-2020",
)
@click.argument("name", metavar="NAMN")
@click.argument("role", type=click.Choice(ROLES), metavar="ROLL")
@click.option("--agreement", metavar="AVTAL", help="Rollen gäller i avtalet.")
@click.option("--municipality", metavar="KOMMUN", help="Rollen gäller i kommunens alla avtal, också kommande.")
@click.option("--all", "every", is_flag=True, help="Rollen gäller i alla avtal, också kommande.")
@click.option("--as", "recorder", metavar="ROLL", help="Vad som står vid registreringar (förval: NAMN).")
@with_settings
@by_option
def add_role(
    settings: Settings,
    *,
    name: str,
    role: str,
    agreement: str | None,
    municipality: str | None,
    every: bool,
    recorder: str | None,
) -> None:
    """Ger den som loggar in som NAMN en roll på sidorna.

    Rollerna är reader (läsare), recorder (registrerare), attester (intygare) och administrator (administratör).
    När en roll är given ser ingen ett avtal som hen inte har någon roll i.
    """
    from avtalsvakt.recording.access_roles import Wanted, all_roles, give_role
    from avtalsvakt.words.role_words import ROLE_WORDS, in_words

    if sum((agreement is not None, municipality is not None, every)) != 1:
        why = "en roll gäller i ett avtal, i en kommuns avtal eller i alla"
        raise Rejected([Problem("det är oklart var rollen gäller", "--agreement", why,
                                "ange en av --agreement AVTAL, --municipality KOMMUN och --all")])  # fmt: skip
    first = not all_roles(settings)
    one = give_role(settings, Wanted(name, role, agreement, municipality, recorder), settings.recorder or "")
    where = in_words(one.scope, one.place)
    click.echo(f"Roll {one.id}: {one.name} är {ROLE_WORDS[one.role]} i {where}, och registrerar som {one.recorder}.")
    if first:
        click.echo("Det är den första rollen: från nu ser ingen ett avtal utan att ha en roll i det.")


@access.command("list", short_help="Visar vem som har vilken roll.")
@format_option
@with_settings
def list_roles(settings: Settings, *, form: str) -> None:
    """Visar rollerna som gäller: vem, vad och var, och vad som står vid det som registreras."""
    from avtalsvakt.recording.access_roles import all_roles
    from avtalsvakt.words.role_words import ROLE_WORDS, in_words

    every = all_roles(settings)
    rows = [
        (one.id, one.name, ROLE_WORDS[one.role], in_words(one.scope, one.place), one.recorder, one.maker, one.made[:10])
        for one in every
        if one.revoked is None
    ]
    columns = (
        Column("id", "Nr"),
        Column("name", "Namn"),
        Column("role", "Roll"),
        Column("where", "Var"),
        Column("recorder", "Registrerar som"),
        Column("by", "Given av"),
        Column("made", "Given", whole=True),
    )
    nothing = (
        "Ingen har någon roll, så ingen ser något." if every else "Inga roller är givna: alla på sidorna ser allt."
    )
    rows_out("access_roles", columns, rows, form, nothing=nothing)


@access.command("revoke", short_help="Återkallar en roll.")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
@by_option
def revoke_role(settings: Settings, *, number: int) -> None:
    """Återkallar en roll, genast. Det som registrerats med den står kvar."""
    from avtalsvakt.recording.access_roles import revoke_role as revoked
    from avtalsvakt.words.role_words import ROLE_WORDS, in_words

    one = revoked(settings, number, settings.recorder or "")
    where = in_words(one.scope, one.place)
    click.echo(f"Roll {one.id} är återkallad: {one.name} är inte längre {ROLE_WORDS[one.role]} i {where}.")


@access.command("log", short_help="Visar vem som gett och återkallat vilka roller.")
@format_option
@with_settings
def log(settings: Settings, *, form: str) -> None:
    """Visar varje ändring av rollerna, den äldsta först: när, vem som gjorde den, och vad den gällde."""
    from avtalsvakt.recording.access_roles import all_roles, changes
    from avtalsvakt.words.role_words import ROLE_WORDS, in_words

    rows = [
        (one.moment, one.by, "återkallad" if one.revoked else "given", one.role.id, one.role.name,
         ROLE_WORDS[one.role.role], in_words(one.role.scope, one.role.place))
        for one in changes(all_roles(settings))
    ]  # fmt: skip
    columns = (
        Column("moment", "När", whole=True),
        Column("by", "Av"),
        Column("what", "Vad"),
        Column("id", "Roll nr"),
        Column("name", "Namn"),
        Column("role", "Roll"),
        Column("where", "Var"),
    )
    rows_out("access_log", columns, rows, form, nothing="Inga roller har getts.")


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
