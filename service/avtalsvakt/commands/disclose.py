"""`avtalsvakt disclose`: an extract of an agreement's registrations as it is given out, what was masked and why."""

from datetime import date
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal import document_file
from avtalsvakt.terminal.options import DAY, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

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
@with_settings
def disclose(
    settings: Settings, *, agreement: str, start: date, end: date, masks: tuple[str, ...], decision: str,
    out: Path | None,
) -> None:  # fmt: skip
    """Ta fram de registreringar som gäller vissa dagar, som de lämnas ut: rättelser och återkallelser är med.

    Ett maskat fält är maskat också i rättelser, och sist står vad som är maskat och med stöd av vad.
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
    document_file.write_document(disclosure_document(found, title, decision, settings.today.isoformat()), out)
    click.echo(REREAD, err=True)
