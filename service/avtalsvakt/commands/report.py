"""`avtalsvakt report` and `avtalsvakt handover`: what came of a time, and what somebody who takes over has to know."""

from datetime import date
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal import document_file
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, warn
from avtalsvakt.terminal.options import DAY, as_of_option, known_at_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(
    short_help="Vad som krävdes en period, och vad det blev av det.",
    epilog="Exempel: avtalsvakt report --from 2025-01-01 --to 2025-12-31 --agreement ostermalm-2020 --out 2025.html",
)
@click.option("--from", "start", type=DAY, required=True, metavar="DATUM", help="Periodens första dag.")
@click.option("--to", "end", type=DAY, required=True, metavar="DATUM", help="Periodens sista dag.")
@click.option("--agreement", "agreements", metavar="AVTAL", multiple=True, help="Bara detta avtal; kan upprepas.")
@click.option("--body", metavar="ORGAN", help="Bara det som gäller detta organ.")
@click.option("--out", type=document_file.FILE, metavar="FIL", help=document_file.HELP)
@as_of_option
@known_at_option
@with_settings
def report(  # noqa: PLR0913 - one argument for each option
    settings: Settings, *, start: date, end: date, agreements: tuple[str, ...], body: str | None, out: Path | None,
    as_of: date | None, known_at: date | None,
) -> int:  # fmt: skip
    """Visa vad som krävdes under en period, vad som gjordes, i tid eller för sent, vad som undantogs, och varför.

    HTML-filen är gjord för att skrivas ut på A4; PDF kräver tillägget avtalsvakt[pdf].
    """
    from avtalsvakt.answers.assessing import check_agreements, gather_material
    from avtalsvakt.answers.report import make_report
    from avtalsvakt.reporting.report_document import report_document

    if start > end:
        why = f"--from {start} är senare än --to {end}"
        raise Rejected([Problem("perioden är bakvänd", "--from", why, "skriv den första dagen i --from")])
    document_file.check_form(out)
    material = gather_material(settings, as_of=as_of, known_at=known_at)
    warn(material.warnings)
    check_agreements(material.rulebook, agreements, lacking=material.lacking)
    found = make_report(material, start, end, agreements, body)
    document_file.write_document(report_document(found), out)
    return NOT_EVALUATED if any(one.failure for one in found.agreements) else ALL_JUDGED


@click.command(
    short_help="Det som är öppet i ett avtal, för den som tar över.",
    epilog="Exempel: avtalsvakt handover --agreement ostermalm-2020 --out overlamning.html",
)
@click.option("--agreement", metavar="AVTAL", required=True, help="Avtalet som lämnas över.")
@click.option("--out", type=document_file.FILE, metavar="FIL", help=document_file.HELP)
@as_of_option
@with_settings
def handover(settings: Settings, *, agreement: str, out: Path | None, as_of: date | None) -> int:
    """Visa vad som är öppet i ett avtal och varför, vad som kommer härnäst, bokade möten och vem som tillfrågas."""
    from avtalsvakt.answers.assessing import check_agreements, gather_material
    from avtalsvakt.answers.handover import make_handover
    from avtalsvakt.reporting.handover_document import handover_document

    document_file.check_form(out)
    material = gather_material(settings, as_of=as_of)
    warn(material.warnings)
    check_agreements(material.rulebook, [agreement], lacking=material.lacking)
    found = make_handover(material, agreement)
    document_file.write_document(handover_document(found), out)
    return NOT_EVALUATED if found.failure else ALL_JUDGED
