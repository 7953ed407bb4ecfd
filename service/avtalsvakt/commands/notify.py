"""`avtalsvakt notify`: whom mail goes to, what it would say, sending it, and what became of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, warn
from avtalsvakt.terminal.options import format_option, with_settings
from avtalsvakt.web.addresses import BASE_URL
from avtalsvakt_rules.problems import Problem

if TYPE_CHECKING:
    from avtalsvakt.notifying.planning import Planned

OUT = click.Path(path_type=Path, file_okay=False)
ADDRESS = click.option(
    "--base-url", envvar=BASE_URL, metavar="ADRESS", help=f"Programmets adress utifrån, för länkar (annars {BASE_URL})."
)
RHYTHMS = {"varje dag": "daily", "varje vecka": "weekly", "varje månad": "monthly", "aldrig": "never"}
STATES = {
    "waiting": "väntar", "sending": "kan vara sänt", "sent": "sänt", "refused": "avvisat", "unsure": "osäkert",
    "outdated": "för sent",
}  # fmt: skip
KINDS = {"digest": "översikt", "notice": "påminnelse", "escalation": "lämnat vidare", "night": "natten"}


@click.group(
    short_help="Brev till roller: vem, vad och när.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]"
)
def notify() -> None:
    """Brev till rollers brevlådor: översikt varje vecka, påminnelser vid sista dagar, och till driften om natten.

    E-postservern anges i miljön; se docs/drift.md. Breven skrivs och sänds av serve, eller av notify send.
    """


@notify.command(short_help="Visar de brev som skulle sändas nu.", options_metavar="[FLAGGOR]")
@ADDRESS
@click.option("--digests", is_flag=True, help="Också översikter vars dag inte har kommit, som de skulle läsas nu.")
@click.option("--html", "folder", type=OUT, metavar="MAPP", help="Skriv breven som HTML-filer i mappen.")
@with_settings
def preview(settings: Settings, *, base_url: str | None, digests: bool, folder: Path | None) -> None:
    """Visar varje brev som det skulle läsas. Ingenting sparas eller sänds."""
    from avtalsvakt.commands.serve import links_to
    from avtalsvakt.notifying.letters import as_text
    from avtalsvakt.notifying.planning import preview as previewed

    found = previewed(settings, links_to(base_url), digests=digests)
    if not found:
        click.echo("Inget nytt att skriva om.")
    for number, one in enumerate(found, start=1):
        if folder is not None:
            click.echo(f"Skrev {_written(folder, number, one)}")
            continue
        click.echo(f"Till: {one.recipient.role} <{one.recipient.address}>\nÄmne: {one.told.letter.subject}\n")
        click.echo(as_text(one.told.letter))


def _written(folder: Path, number: int, one: "Planned") -> Path:
    from avtalsvakt.notifying.drawing import as_html

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:02}-{one.told.kind}.html"
    path.write_text(as_html(one.told.letter), encoding="utf-8")
    return path


@notify.command(short_help="Skriver och sänder det som ska sändas.", options_metavar="[FLAGGOR]")
@ADDRESS
@with_settings
def send(settings: Settings, *, base_url: str | None) -> int:
    """Skriver breven efter den senaste körningen, om den är för i dag, och sänder allt som väntar.

    Det som redan har berättats sänds inte igen. Returkod 1 när något väntar eller avvisades; det försöks nästa gång.
    """
    from avtalsvakt.commands.serve import links_to
    from avtalsvakt.nightly.mailing import told
    from avtalsvakt.notifying.delivery import deliver
    from avtalsvakt.notifying.planning import plan
    from avtalsvakt.notifying.post import Post

    with Post(os.environ) as post:
        plan(settings, links_to(base_url))
        found = deliver(settings, post.of)
    click.echo(f"{told(found)[:1].upper()}{told(found)[1:]}.")
    return NOT_EVALUATED if found.left or found.refused else ALL_JUDGED


@notify.command(short_help="Visar vad som blev av breven.", options_metavar="[FLAGGOR]")
@click.option("--last", "limit", type=click.IntRange(1, 10_000), default=50, metavar="ANTAL", help="Hur många.")
@format_option
@with_settings
def log(settings: Settings, *, limit: int, form: str) -> None:
    """Listar breven, det senaste först: till vem, vad, när, hur många försök, och vad e-postservern svarade."""
    from avtalsvakt_engine.storage.integrity.database_errors import answered
    from avtalsvakt_engine.storage.outgoing.outbox import Outbox
    from avtalsvakt_engine.storage.outgoing.recipients import RecipientStore

    with settings.register(read_only=True) as register, answered(register.path):
        roles = {one.id: one.role for one in RecipientStore(register.connection).all()}
        found = Outbox(register.connection).latest(limit)
    in_words = form == "table"
    rows = [
        (
            one.id,
            roles.get(one.recipient, ""),
            KINDS.get(one.kind, one.kind) if in_words else one.kind,
            one.as_of,
            STATES[one.state] if in_words else one.state,
            one.tries,
            one.subject,
            one.answer,
        )
        for one in found
    ]
    columns = (
        Column("id", "Nr"), Column("role", "Till"), Column("kind", "Slag", whole=True),
        Column("as_of", "Per", whole=True), Column("state", "Läge", whole=True), Column("tries", "Försök"),
        Column("subject", "Ämne"), Column("answer", "Svar"),
    )  # fmt: skip
    rows_out("messages", columns, rows, form, nothing="Inget brev är skrivet.")


@notify.group(short_help="Vilka roller som får brev.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def recipients() -> None:
    """Roller som får brev. De står utanför registrets kedja och gallras när de tas bort."""


@recipients.command("add", short_help="Lägger till en roll.", options_metavar="[FLAGGOR]")
@click.argument("role", metavar="ROLL")
@click.argument("address", metavar="ADRESS")
@click.option("--rhythm", type=click.Choice(list(RHYTHMS)), default="varje vecka", help="Hur ofta översikten kommer.")
@click.option("--no-notices", is_flag=True, help="Inga påminnelser om enskilda sista dagar.")
@click.option("--operator", is_flag=True, help="Får veta när natten inte blev gjord.")
@click.option("--agreement", "agreements", metavar="ID", multiple=True, help="Bara detta avtal; kan upprepas.")
@click.option("--body", "bodies", metavar="ID", multiple=True, help="Bara detta organ; kan anges flera gånger.")
@click.option("--function", "functions", metavar="NAMN", multiple=True, help="Bara det som denna funktion ska göra.")
@click.option("--escalate-to", type=int, metavar="NUMMER", help="Mottagaren som får veta det som blir kvar försenat …")
@click.option("--after", type=click.IntRange(1, 3650), metavar="DAGAR", help="… efter så många dagar.")
@with_settings
def add(  # noqa: PLR0913 - one argument for each option
    settings: Settings,
    *,
    role: str,
    address: str,
    rhythm: str,
    no_notices: bool,
    operator: bool,
    agreements: tuple[str, ...],
    bodies: tuple[str, ...],
    functions: tuple[str, ...],
    escalate_to: int | None,
    after: int | None,
) -> None:
    """Lägger till en roll med dess brevlåda, eller chat:NAMN för en chatt. En persons egen adress hör inte hit."""
    from avtalsvakt.answers.stored_answers import Cut, read_stored
    from avtalsvakt.notifying.recipients import add as added
    from avtalsvakt.notifying.recipients import looks_like_a_person
    from avtalsvakt_engine.storage.outgoing.recipients import Recipient

    cuts = (*(Cut(agreement=one) for one in agreements), *(Cut(body=one) for one in bodies))
    for cut in (*cuts, *(Cut(function=one) for one in functions)):
        read_stored(settings, cut, ("at_risk",))  # refuses a name that nothing has
    asked = Recipient(
        " ".join(role.split()), address.strip(), RHYTHMS[rhythm], not no_notices, operator, agreements, bodies,
        functions, escalate_to, after, settings.today.isoformat(),
    )  # fmt: skip
    with settings.register() as register:
        one = added(register, asked)
    click.echo(f"Mottagare {one.id}: {one.role} <{one.address}>, översikt {rhythm}.")
    if looks_like_a_person(one.address):
        why = "brevlådan följer personen och inte rollen"
        warn([Problem("adressen ser ut som en persons", one.address, why, "använd en funktionsbrevlåda")])


@recipients.command("list", short_help="Visar rollerna.", options_metavar="[FLAGGOR]")
@format_option
@with_settings
def list_(settings: Settings, *, form: str) -> None:
    """Visar rollerna: adress, hur ofta, vad de får veta om, vem som tar vid, och om brev till dem avvisas."""
    from avtalsvakt.notifying.recipients import everybody

    words = {code: word for word, code in RHYTHMS.items()}
    with settings.register(read_only=True) as register:
        rows = [
            (
                one.id, one.role, one.address, words[one.rhythm] if form == "table" else one.rhythm,
                "ja" if one.notices else "nej", "ja" if one.operator else "nej",
                " ".join((*one.agreements, *one.bodies, *one.functions)),
                f"{one.escalate_to} efter {one.escalate_after} dagar" if one.escalate_to else None, refused,
            )
            for one, refused in everybody(register)
        ]  # fmt: skip
    columns = (
        Column("id", "Nr"), Column("role", "Roll"), Column("address", "Adress"), Column("rhythm", "Översikt"),
        Column("notices", "Påminns"), Column("operator", "Drift"), Column("only", "Bara"),
        Column("escalates", "Vidare"), Column("refused", "Avvisat"),
    )  # fmt: skip
    rows_out("recipients", columns, rows, form, nothing="Ingen får brev.")


@recipients.command("remove", short_help="Tar bort en roll, för gott.", options_metavar="[FLAGGOR]")
@click.argument("number", metavar="NUMMER", type=int)
@with_settings
def remove(settings: Settings, *, number: int) -> None:
    """Tar bort en roll med allt som har sänts till den; inget av det finns kvar i registret."""
    from avtalsvakt.notifying.recipients import remove as removed

    with settings.register() as register:
        one = removed(register, number)
    click.echo(f"Mottagare {number}, {one.role}, är borttagen, med alla brev till den.")
