"""Reports and hand-overs as pages, to print on A4, and as files: the document that the commands write, shown here."""

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from urllib.parse import urlencode

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.handover import make_handover
from avtalsvakt.answers.report import make_report
from avtalsvakt.pages.days import day_typed
from avtalsvakt.pages.desk import Look, look, not_there
from avtalsvakt.pages.drawing import drawn, page
from avtalsvakt.reporting import as_html
from avtalsvakt.reporting.document import Document
from avtalsvakt.reporting.handover_document import handover_document
from avtalsvakt.reporting.report_document import report_document
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.problems import Problem, Rejected

FROM, TO, AGREEMENT, BODY, FORM = "fran", "till", "avtal", "organ", "form"
PDF, SHEET = "pdf", "xlsx"
TYPES = {PDF: "application/pdf", SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
LONGEST = 366 * 30
"""Days in a report."""


class Asked(Struct, frozen=True):
    """What a report is about."""

    start: date
    end: date
    agreements: tuple[str, ...]
    body: str | None


def report(request: Request, settings: Settings) -> Response:
    """The report that is asked for, else a form to ask for one."""
    seen, given = look(settings), request.query_params
    if FROM not in given and TO not in given:
        return _form(request, seen, _usual(settings.today))
    try:
        asked = _asked(seen, given, tuple(one for one in given.getlist(AGREEMENT) if one))
    except Rejected as refused:
        return _form(request, seen, given, refused.problems[0])
    document = report_document(make_report(seen.held.material(), asked.start, asked.end, asked.agreements, asked.body))
    if given.get(FORM) in TYPES:
        return _file(document, given[FORM], f"rapport-{asked.start}-{asked.end}")
    query = [(name, value) for name, value in given.multi_items() if name != FORM]
    return _document(request, settings, document, f"/rapport?{urlencode(query)}&", here="report")


def handover(request: Request, settings: Settings) -> Response:
    """What somebody who takes over an agreement has to know."""
    name = request.path_params["agreement"]
    seen = look(settings, name)
    if name not in seen.rulebook.instruments:
        raise Rejected([not_there("avtalet", name)])
    document = handover_document(make_handover(seen.held.material_of(name), name))
    if (form := request.query_params.get(FORM)) in TYPES:
        return _file(document, form, f"overlamning-{name}")
    return _document(request, settings, document, f"/avtal/{name}/overlamning?", here="agreements", agreement=name)


def _asked(seen: Look, given: Mapping[str, str], agreements: tuple[str, ...]) -> Asked:
    """What is asked for. Raises Rejected."""
    start = day_typed(given.get(FROM, ""), seen.settings, FROM)
    end = day_typed(given.get(TO, ""), seen.settings, TO)
    if start > end:
        why = f"första dagen {start} är senare än den sista, {end}"
        raise Rejected([Problem("perioden är bakvänd", FROM, why, "byt plats på dagarna")])
    if (end - start).days > LONGEST:
        raise Rejected([Problem("perioden är för lång", FROM, "en rapport gäller högst trettio år", "korta perioden")])
    for name in agreements:
        if not seen.has(name):
            raise Rejected([not_there("avtalet", name)])
    return Asked(start, end, agreements or _of_all(seen), given.get(BODY) or None)


def _of_all(seen: Look) -> tuple[str, ...]:
    """The agreements of a report on all that are seen; none named where that is all there are. Raises Rejected."""
    if seen.only == ():
        raise Rejected([not_there("något avtal att redovisa", "")])
    return seen.only or ()


def _usual(today: date) -> Mapping[str, str]:
    """Last year: what a board is told."""
    year = today.year - 1
    return {FROM: f"{year}-01-01", TO: f"{year}-12-31"}


def _form(request: Request, seen: Look, given: Mapping[str, str], problem: Problem | None = None) -> Response:
    today = seen.settings.today
    bodies = sorted({one.body for one in seen.stored.verdicts if one.body})
    names = names_of(*seen.rulebook.instruments.values())
    years = [str(today.year - back) for back in range(4)]
    values = {
        "given": given,
        "problem": problem,
        "agreements": [one.agreement for one in seen.stored.states],
        "chosen": request.query_params.getlist(AGREEMENT),
        "bodies": [(one, names.value(one).split(" (")[0]) for one in bodies],
        "years": years,
        "names": seen.names,
    }
    return page(request, "report_form.html", values, here="report", today=today, status=422 if problem else 200)


def _document(
    request: Request, settings: Settings, document: Document, address: str, *, here: str, agreement: str = ""
) -> Response:  # fmt: skip
    values = {
        "document": document,
        "content": drawn(as_html.content(document)),
        "address": address,
        "pdf": find_spec("weasyprint") is not None,
        "agreement": agreement,
    }
    return page(request, "document.html", values, here=here, today=settings.today)


def _file(document: Document, form: str, name: str) -> Response:
    """The document as a file. Raises Rejected where it cannot be written here."""
    if form == PDF:
        from avtalsvakt.reporting import as_pdf

        content = as_pdf.written(document, "PDF")
    else:
        from avtalsvakt.reporting import as_workbook

        content = as_workbook.written(document)
    plain = "".join(one for one in name if one.isascii() and (one.isalnum() or one in "-._"))
    return Response(
        content, media_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{plain}.{form}"'}
    )
