"""A document as PDF on A4. The library that sets it is an extra that need not be there: `avtalsvakt[pdf]`."""

from avtalsvakt.reporting.as_html import page
from avtalsvakt.reporting.document import Document
from avtalsvakt_rules.problems import Problem, Rejected


def written(document: Document, where: str) -> bytes:
    """The PDF. Raises Rejected where the library, or what it needs of the system, is missing."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:  # OSError: the system's library for text is not there
        why = "det kräver biblioteket WeasyPrint, som inte är installerat"
        if isinstance(error, OSError):
            why = "biblioteket WeasyPrint saknar ett systembibliotek (Pango)"
        remedy = "installera avtalsvakt[pdf] (docs/drift.md), eller skriv .html och spara som PDF i webbläsaren"
        raise Rejected([Problem("det går inte att skriva PDF här", where, why, remedy)]) from error
    found: bytes = HTML(string=page(document), url_fetcher=_nothing_is_fetched).write_pdf(pdf_variant="pdf/ua-1")
    return found


def _nothing_is_fetched(url: str) -> None:
    """A report loads nothing, whatever somebody wrote in a register."""
    raise ValueError(f"nothing is fetched: {url}")
