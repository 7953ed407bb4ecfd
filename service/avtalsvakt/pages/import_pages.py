"""A sheet or a calendar read in: what it would add line by line; when somebody says so, read in and judged."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.pages.desk import Look, look
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.fact_told import fact_told
from avtalsvakt.pages.marks import OF_STATUS, colour
from avtalsvakt.pages.own_columns import NOT_READ, OwnColumn, as_columns, fields, own_columns, to_choose
from avtalsvakt.pages.record_pages import sealed, unsealed
from avtalsvakt.pages.waiting import Waiting, WaitingFile
from avtalsvakt.recording.file_import import Plan, plan
from avtalsvakt.recording.import_at_once import Imported, import_meetings, import_tables
from avtalsvakt.recording.meeting_proposals import CALLED_OFF, MOVED, NEW, find
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.columns import Columns
from avtalsvakt_rules.problems import Problem, Rejected

CALENDARS = (".ics", ".ical", ".vcs")
TABLES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".xlsx")
SHOWN = 300
DOES = {NEW: "import.new", MOVED: "import.moved", CALLED_OFF: "import.off"}


def form(request: Request, settings: Settings) -> Response:
    """The form to choose a file."""
    return _form(request, look(settings), {})


def sent(request: Request, settings: Settings) -> Response:
    """A file that was sent: what it would add; or, confirmed, what it added."""
    seen, posted = look(settings), request._form
    given = {name: value for name, value in posted.multi_items() if isinstance(value, str)} if posted else {}
    if not sealed(request, given):
        return _form(request, seen, given, unsealed(), status=403)
    waiting: Waiting = request.app.state.waiting
    agreement, columns = given.get("avtal") or None, own_columns(given)
    try:
        key, file = _file(request, waiting, given)
        with file.laid_out() as path:
            if given.get("steg") == "spara":
                chosen = [str(one) for one in posted.getlist("forslag")] if posted else []
                partial = given.get("delvis") == "ja"
                done = _read_in(settings, path, agreement, chosen, as_columns(columns), partial=partial)
                waiting.drop(key)
                return _done(request, seen, file, done)
            return _preview(request, seen, file, path, key, agreement, columns)
    except Rejected as refused:
        return _form(request, seen, given, *refused.problems, status=422)


def _file(
    request: Request, waiting: Waiting, given: Mapping[str, str]
) -> tuple[str, WaitingFile]:  # fmt: skip
    """The file that was sent now, or that waits under the key. Raises Rejected."""
    asker = str(request.scope["asker"])
    if given.get("fil_nyckel"):
        found = waiting.get(given["fil_nyckel"], asker)
        if found is None:
            why = "den har legat för länge, eller så har programmet startats om"
            raise Rejected([Problem("filen finns inte kvar", "filen", why, "välj filen igen")])
        return given["fil_nyckel"], found
    upload = request._form.get("fil") if request._form else None
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise Rejected([Problem("ingen fil är vald", "filen", "det finns inget att läsa", "välj en fil")])
    name = Path(upload.filename.replace("\\", "/")).name[-100:]
    if Path(name).suffix.lower() not in (*CALENDARS, *TABLES):
        why = f"här läses {', '.join((*TABLES, *CALENDARS))}"
        raise Rejected([Problem(f"filen {name} är av ett annat slag", "filen", why, "spara den som CSV eller Excel")])
    file = WaitingFile(asker, name, upload.file.read())
    return waiting.put(file), file


def _read_in(
    settings: Settings, path: Path, agreement: str | None, chosen: list[str], columns: Columns, *, partial: bool
) -> Imported:
    if path.suffix.lower() in CALENDARS:
        return import_meetings(settings, [path], agreement, chosen)
    return import_tables(settings, [path], agreement, columns, partial=partial)


def _preview(
    request: Request, seen: Look, file: WaitingFile, path: Path, key: str, agreement: str | None,
    columns: Sequence[OwnColumn],
) -> Response:  # fmt: skip
    """Every line with what it would do."""
    values: dict[str, object] = {
        "file": file, "key": key, "agreement": agreement or "", "names": seen.names, "shown": SHOWN,
        "meetings": None, "lines": (), "problems": (), "warnings": (), "left": (), "new": 0, "there": 0,
        "columns": (), "fields": fields(), "not_read": NOT_READ,
    }  # fmt: skip
    with seen.settings.register(read_only=True) as register:
        if path.suffix.lower() in CALENDARS:
            found = find(seen.settings, register, [path], agreement)
            damage = [one for read in found.readings.values() for one in (*read.damage, *read.unread)]
            fresh = [(one, _told(seen, one.fact), DOES[one.does]) for one in found.proposals if one.doubt is None]
            doubts = [(_told(seen, one.fact), one.doubt) for one in found.proposals if one.doubt is not None]
            told = [(one, _place(one.where, path)) for one in damage]
            values |= {"meetings": fresh, "doubts": doubts, "problems": told, "new": len(fresh)}
        else:
            planned = plan(seen.settings, register, [path], agreement, as_columns(columns))
            unknown = {at: one for account in planned.batch.accounts for at, one in account.unknown.items()}
            values |= {
                "lines": _lines(seen, planned, path), "columns": to_choose(columns, unknown.values()),
                "problems": [(one, _place(one.where, path)) for one in planned.problems if one.where not in unknown],
                "warnings": [(one, _place(one.where, path)) for one in planned.batch.warnings],
                "left": [part for one in planned.batch.accounts for part in one.left()],
                "new": len(planned.new), "there": len(planned.known),
            }  # fmt: skip
    return page(request, "import_check.html", values, here="record", today=seen.settings.today)


def _lines(seen: Look, planned: Plan, path: Path) -> list[tuple[str, bool, str, str]]:
    """Every fact in the file: where, whether it is new, its agreement, and what it says."""
    fresh = {one.id for one in planned.new}
    return [
        (_place(planned.batch.where.get(one.id, ""), path), one.id in fresh, one.agreement, _told(seen, one))
        for one in sorted((*planned.new, *planned.known), key=lambda one: one.arrival)
    ]


def _place(where: str, path: Path) -> str:
    """Where in the file, without the folder that it was laid out in."""
    return where.replace(f"{path.parent}/", "")


def _told(seen: Look, fact: Fact) -> str:
    instrument = seen.rulebook.instruments.get(fact.agreement)
    return fact_told(fact, names_of(instrument) if instrument else names_of())


def _done(request: Request, seen: Look, file: WaitingFile, done: Imported) -> Response:
    verdicts = {one.duty: one for one in look(seen.settings).stored.verdicts}
    values = {
        "file": file,
        "done": done,
        "facts": [(one, _told(seen, one)) for one in done.added[:SHOWN]],
        "changes": [one for one in (done.judged.changes if done.judged else ()) if one.becomes],
        "verdicts": verdicts,
        "names": seen.names,
        "marks": OF_STATUS,
        "colour": colour,
    }
    return page(request, "import_done.html", values, here="record", today=seen.settings.today)


def _form(request: Request, seen: Look, given: Mapping[str, str], *problems: Problem, status: int = 200) -> Response:
    values = {
        "given": given,
        "problems": problems[:20],
        "agreements": [one.agreement for one in seen.stored.states],
        "names": seen.names,
        "accept": ",".join((*TABLES, *CALENDARS)),
    }
    return page(request, "import_form.html", values, here="record", today=seen.settings.today, status=status)
