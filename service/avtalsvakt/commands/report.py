"""`avtalsvakt report` and `avtalsvakt handover`: what came of a time, and what somebody who takes over has to know."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, warn
from avtalsvakt.terminal.options import DAY, as_of_option, known_at_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.reporting.document import Document

FILE = click.Path(path_type=Path, dir_okay=False)
OUT = "Filen som skrivs: .html, .pdf, .xlsx eller .txt (annars text på skärmen)."
FORMS = (".html", ".pdf", ".xlsx", ".txt")


@click.command(
    short_help="Vad som krävdes en period, och vad det blev av det.",
    epilog="Exempel: avtalsvakt report --from 2025-01-01 --to 2025-12-31 --agreement ostermalm-2020 --out 2025.html",
)
@click.option("--from", "start", type=DAY, required=True, metavar="DATUM", help="Periodens första dag.")
@click.option("--to", "end", type=DAY, required=True, metavar="DATUM", help="Periodens sista dag.")
@click.option("--agreement", "agreements", metavar="AVTAL", multiple=True, help="Bara detta avtal; kan upprepas.")
@click.option("--body", metavar="ORGAN", help="Bara det som gäller detta organ.")
@click.option("--out", type=FILE, metavar="FIL", help=OUT)
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
    write = _writer(out)
    material = gather_material(settings, as_of=as_of, known_at=known_at)
    warn(material.warnings)
    check_agreements(material.rulebook, agreements, lacking=material.lacking)
    found = make_report(material, start, end, agreements, body)
    write(report_document(found))
    return NOT_EVALUATED if any(one.failure for one in found.agreements) else ALL_JUDGED


@click.command(
    short_help="Det som är öppet i ett avtal, för den som tar över.",
    epilog="Exempel: avtalsvakt handover --agreement ostermalm-2020 --out overlamning.html",
)
@click.option("--agreement", metavar="AVTAL", required=True, help="Avtalet som lämnas över.")
@click.option("--out", type=FILE, metavar="FIL", help=OUT)
@as_of_option
@with_settings
def handover(settings: Settings, *, agreement: str, out: Path | None, as_of: date | None) -> int:
    """Visa vad som är öppet i ett avtal och varför, vad som kommer härnäst, bokade möten och vem som tillfrågas."""
    from avtalsvakt.answers.assessing import check_agreements, gather_material
    from avtalsvakt.answers.handover import make_handover
    from avtalsvakt.reporting.handover_document import handover_document

    write = _writer(out)
    material = gather_material(settings, as_of=as_of)
    warn(material.warnings)
    check_agreements(material.rulebook, [agreement], lacking=material.lacking)
    found = make_handover(material, agreement)
    write(handover_document(found))
    return NOT_EVALUATED if found.failure else ALL_JUDGED


def _writer(out: Path | None) -> "Callable[[Document], None]":
    """What writes a document to the file, else to the screen. Raises Rejected for a form that there is not."""
    from avtalsvakt.terminal import screen

    if out is not None and out.suffix.lower() not in FORMS:
        why = f"{out.suffix or 'en fil utan ändelse'} är ingen form som programmet skriver"
        raise Rejected([Problem("rapporten kan inte skrivas", str(out), why, f"välj bland {', '.join(FORMS)}")])

    def write(document: "Document") -> None:
        if out is None:
            screen.write(_text(document, screen.console().width))
            return
        from avtalsvakt_engine.storage.whole_files import whole

        done = _bytes(document, out)
        with whole(out) as beside:
            beside.write_bytes(done)
        click.echo(f"Skrev {out}")

    return write


def _bytes(document: "Document", out: Path) -> bytes:
    """The document in the form that the file's name asks for."""
    from avtalsvakt.reporting import as_html, as_pdf

    form = out.suffix.lower()
    if form == ".pdf":
        return as_pdf.written(document, str(out))
    if form == ".xlsx":
        from avtalsvakt.reporting import as_workbook

        return as_workbook.written(document)
    return (as_html.page(document) if form == ".html" else _text(document)).encode()


def _text(document: "Document", width: int | None = None) -> str:
    from avtalsvakt.reporting import as_text

    return "\n".join(as_text.lines(document, width or as_text.WIDTH)) + "\n"
