"""A rule file tried on a page: is it right, what do its clauses do, and what will it ask for. Nothing goes live."""

import re
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.record_pages import given_in, sealed, unsealed
from avtalsvakt.pages.trial_process import Said, try_rules
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

LONGEST = 200_000
_ID = re.compile(r"^instrument:\s*[\"']?([a-zåäö0-9][a-zåäö0-9._-]{0,79})", re.MULTILINE)


def sandbox(request: Request, settings: Settings) -> Response:
    """The form."""
    return _shown(request, settings, "")


def tried(request: Request, settings: Settings) -> Response:
    """What is said of the file that was sent."""
    given = given_in(request)
    text = _uploaded(request) or given.get("regler", "")
    if not sealed(request, given):
        return _shown(request, settings, text, problem=unsealed(), status=403)
    try:
        found = _ID.search(text)
        if not text.strip() or found is None or len(text) > LONGEST:
            raise Rejected([_unfit(text)])
        said = try_rules(text, found[1], [Path(one) for one in settings.rule_places()])
    except Rejected as refused:
        return _shown(request, settings, text, problem=refused.problems[0], status=422)
    return _shown(request, settings, text, said)


def _uploaded(request: Request) -> str:
    """The text of a file that was chosen, if any."""
    form = request._form
    file = form.get("fil") if form else None
    if not isinstance(file, UploadFile) or not file.filename:
        return ""
    return file.file.read(LONGEST + 1).decode("utf-8", "replace")


def _unfit(text: str) -> Problem:
    if len(text) > LONGEST:
        why = f"en regelfil på sidan får ha högst {LONGEST // 1000} tusen tecken"
        return Problem("filen är för stor", "regler", why, "pröva den med kommandot 'avtalsvakt rules check'")
    why = "en regelfil börjar med en rad 'instrument:' och avtalets beteckning" if text.strip() else "inget är ifyllt"
    return Problem("det finns inga regler att pröva", "regler", why, "klistra in filens innehåll, eller välj en fil")


def _shown(
    request: Request, settings: Settings, text: str, said: tuple[Said, ...] = (), *, problem: Problem | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    values = {"text": text[:LONGEST], "said": said, "problem": problem}
    return page(request, "sandbox.html", values, here="rules", today=settings.today, status=status)
