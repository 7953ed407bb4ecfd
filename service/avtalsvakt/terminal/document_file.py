"""Documents as files or on the screen, in the form that the file's name asks for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.reporting.document import Document

FILE = click.Path(path_type=Path, dir_okay=False)
FORMS = (".html", ".pdf", ".xlsx", ".txt")
HELP = "Filen som skrivs: .html, .pdf, .xlsx eller .txt (annars text på skärmen)."


def check_form(out: Path | None) -> None:
    """Raises Rejected for a file whose form there is not."""
    if out is not None and out.suffix.lower() not in FORMS:
        why = f"{out.suffix or 'en fil utan ändelse'} är ingen form som programmet skriver"
        raise Rejected([Problem("filen kan inte skrivas", str(out), why, f"välj bland {', '.join(FORMS)}")])


def write_document(document: "Document", out: Path | None) -> bytes:
    """Write a document to the file, else to the screen; what was written."""
    from avtalsvakt.terminal import screen

    if out is None:
        text = _text(document, screen.console().width)
        screen.write(text)
        return text.encode()
    from avtalsvakt_engine.storage.integrity.atomic_files import whole

    done = _bytes(document, out)
    with whole(out) as beside:
        beside.write_bytes(done)
    click.echo(f"Skrev {out}")
    return done


def _bytes(document: "Document", out: Path) -> bytes:
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
