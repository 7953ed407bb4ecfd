"""`avtalsvakt disclose`: an extract of an agreement's registrations as it is given out, what was masked and why."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal import document_file
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import DAY, by_option, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.answers.disclosing import Extract

REREAD = "Läs igenom utdraget innan det lämnas ut: fri text kan säga samma sak i ett annat fält."


@click.command(
    short_help="Ett utdrag för den som begär ut handlingar.",
    epilog="Exempel: avtalsvakt disclose --agreement ostermalm-2020 --from 2025-01-01 --to 2025-12-31 "
    '--mask "attendees=OSL 21 kap. 3 §" --decision "KS 2026:31" --out utdrag.html',
)
@click.option("--agreement", metavar="AVTAL", required=True, help="Avtalet som handlingarna gäller.")
@click.option("--from", "start", type=DAY, required=True, metavar="DATUM", help="Första dagen.")
@click.option("--to", "end", type=DAY, required=True, metavar="DATUM", help="Sista dagen.")
@click.option(
    "--mask", "masks", metavar="FÄLT=LAGRUM", multiple=True,
    help="Fält som inte lämnas ut, t.ex. attendees eller recorder, och bestämmelsen som hindrar det; kan upprepas.",
)  # fmt: skip
@click.option("--decision", metavar="TEXT", required=True, help="Beslutet om utlämnande, t.ex. ett diarienummer.")
@click.option("--out", type=document_file.FILE, metavar="FIL", help=document_file.HELP)
@click.option("--dry-run", is_flag=True, help="Ta fram utdraget utan att spara att det är gjort.")
@with_settings
@by_option
def disclose(  # noqa: PLR0913 - one for each option
    settings: Settings, *, agreement: str, start: date, end: date, masks: tuple[str, ...], decision: str,
    out: Path | None, dry_run: bool,
) -> None:  # fmt: skip
    """Ta fram de registreringar som gäller vissa dagar, som de lämnas ut: rättelser och återkallelser är med.

    Ett maskat fält är maskat också i rättelser. En registrering med sekretess är maskad i sin helhet. Sist står vad som
    är maskat och med stöd av vad. Beslutet sparas i registret, se 'avtalsvakt disclosures'.
    """
    from avtalsvakt.answers.assessing import check_agreements
    from avtalsvakt.answers.disclosing import extract, read_masks
    from avtalsvakt.reporting.disclosure_document import disclosure_document
    from avtalsvakt_engine.explaining.names import names_of
    from avtalsvakt_engine.intake.known_facts import known_facts

    if start > end:
        why = f"--from {start} är senare än --to {end}"
        raise Rejected([Problem("perioden är bakvänd", "--from", why, "skriv den första dagen i --from")])
    document_file.check_form(out)
    rulebook = settings.rulebook()
    check_agreements(rulebook, [agreement])
    vocabulary = known_facts(rulebook).vocabulary
    chosen = read_masks(masks, vocabulary)
    with settings.register(read_only=True) as register:
        facts = tuple(register.facts())
    found = extract(facts, agreement, (start, end), chosen, vocabulary, names_of(rulebook.instruments[agreement]))
    title = rulebook.instruments[agreement].title
    written = document_file.write_document(disclosure_document(found, title, decision, settings.today.isoformat()), out)
    if not dry_run:
        _keep(settings, found, decision, written)
    click.echo(REREAD, err=True)


def _keep(settings: Settings, found: "Extract", decision: str, written: bytes) -> None:
    """Keep what was given out. Raises Rejected."""
    from avtalsvakt.answers.disclosing import WHOLE
    from avtalsvakt.recording.attest_links import moment
    from avtalsvakt_engine.storage.access.disclosures import Disclosure, keep_disclosure

    masks = tuple((one.field, one.provision) for one in found.masks)
    masks += tuple((WHOLE, provision) for provision in sorted(found.secrets))
    ids = tuple(one.id for one in found.given)
    made, digest = moment(settings.now), sha256(written).hexdigest()
    kept = Disclosure(
        0, made, settings.recorder or "", found.agreement, found.start, found.end, decision, masks, ids, digest
    )  # fmt: skip
    with settings.register() as register, register.transaction():
        number = keep_disclosure(register.connection, kept)
    click.echo(f"Utlämnandet är sparat med nummer {number}.", err=True)


@click.command(short_help="Vad som har lämnats ut, och enligt vilka beslut.")
@format_option
@with_settings
def disclosures(settings: Settings, *, form: str) -> None:
    """Visar varje utdrag: när det togs fram, av vem, enligt vilket beslut, vad som maskades, och kontrollsumman."""
    from avtalsvakt_engine.storage.access.disclosures import disclosures as kept
    from avtalsvakt_engine.storage.integrity.database_errors import answered

    with settings.register(read_only=True) as register, answered(register.path):
        every = kept(register.connection)
    rows = [
        (one.id, one.made[:10], one.maker, one.agreement, one.first, one.last, one.decision,
         "; ".join(f"{field}: {provision}" for field, provision in one.masks), len(one.facts), one.sha256)
        for one in every
    ]  # fmt: skip
    columns = (
        Column("id", "Nr"),
        Column("made", "Dag", whole=True),
        Column("by", "Av"),
        Column("agreement", "Avtal"),
        Column("from", "Från", whole=True),
        Column("to", "Till", whole=True),
        Column("decision", "Beslut"),
        Column("masked", "Maskat"),
        Column("facts", "Registreringar"),
        Column("sha256", "SHA-256"),
    )
    rows_out("disclosures", columns, rows, form, nothing="Inget har lämnats ut.")
