"""One duty: why it is judged as it is, what to do, what would happen if, what runs have said, and a calendar file."""

from collections.abc import Mapping
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.acts import Act, Filled, FromStep
from avtalsvakt.answers.explaining import explained_with_acts
from avtalsvakt.answers.recorded_changes import turned
from avtalsvakt.answers.supposing import Supposed, suppose, supposed_facts
from avtalsvakt.answers.whole_history import read_history
from avtalsvakt.pages.day_words import in_full
from avtalsvakt.pages.days import day_typed
from avtalsvakt.pages.desk import Look, look, not_there
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.marks import OF_STATUS, colour
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.calendar_feeds import catalogue_of, of_duty
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_engine.intake.fact_dates import in_stockholm
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.problems import Problem, Rejected

FIRST = ("Saknas", "Räknas", "Räknas inte", "Undantag", "Att notera")
"""The parts of an explanation that are told before its working."""


def duty(request: Request, settings: Settings) -> Response:
    """The duty's page; with a day in the field also what would change if it were met then."""
    seen = look(settings)
    verdict = seen.verdict(request.path_params["duty"])
    name = verdict.agreement
    explanation, how = seen.held.kept_of(
        name, ("duty", verdict.duty), lambda: explained_with_acts(seen.held.material_of(name), verdict.duty)
    )
    acts = how.acts if how else ()
    typed = request.query_params.get("dag", "").strip()
    wrong, supposed = _supposed(seen, verdict, acts, typed)
    plain = [one for one in explanation.parts if not one.more and one.heading != "Historik"]
    lived = read_history(settings, verdict.duty)
    history = lived.changes
    values = {
        "verdict": verdict,
        "title": seen.title(verdict),
        "question": seen.names.duty(verdict)["question"],
        "explanation": explanation,
        "acts": acts,
        "first": [one for name in FIRST for one in plain if one.heading == name],
        "working": [one for one in plain if one.heading not in FIRST],
        "more": [one for one in explanation.parts if one.more],
        "history": history,
        "untold": lived.untold,
        "known": {one.known: in_full(in_stockholm(datetime.fromisoformat(one.known)).date()) for one in history},
        "typed": typed,
        "wrong": wrong,
        "supposed": supposed,
        "changes": turned(supposed.differences) if supposed else (),
        "names": seen.names,
        "marks": OF_STATUS,
        "colour": colour,
    }
    return page(request, "duty.html", values, here="agreements", today=settings.today)


def _supposed(
    seen: Look, verdict: Verdict, acts: tuple[Act, ...], typed: str
) -> tuple[Problem | None, Supposed | None]:
    """What would change if all that is missing were done on a day; or why that cannot be told."""
    if not typed or not acts:
        return None, None
    settings = seen.settings
    try:
        day = day_typed(typed, settings, "dag")
    except Rejected as refused:
        return refused.problems[0], None
    material = seen.held.material()
    lines = [_line(number, act, day) for number, act in enumerate(acts, start=1)]
    try:
        facts = supposed_facts(material, lines, (), settings.now)
        return None, suppose(material, facts, [verdict.agreement])
    except Rejected as refused:
        return refused.problems[0], None


def _line(number: int, act: Act, day: date) -> Mapping[str, object]:
    """An act as a line that is supposed to be true on the day."""
    said = {name: _said(value) for name, value in act.attributes.items()}
    if act.verb == "correct":
        return {"kind": "record_corrected", "target": act.target or "", "set": said, "reason": "antaget"}
    line = {"id": f"antaget-{number}", "kind": act.kind, "agreement": act.agreement, "date": day.isoformat()}
    return {**line, **said}


def _said(value: Filled) -> object:
    if isinstance(value, FromStep):
        return f"antaget-{value.number}"
    return list(value) if isinstance(value, tuple) else value


def calendar_file(request: Request, settings: Settings) -> Response:
    """The duty as a calendar file to keep, with the identity that it has in the feeds."""
    key = request.path_params["duty"]
    with settings.register(read_only=True) as register:
        catalogue = catalogue_of(register)
        sees = settings.rights.sees
        feeds = [Feed("agreement", one) for one in catalogue.agreements if sees(one)]
        one = of_duty(register, [Feed("all")] if settings.rights.sees_all else feeds, catalogue, key)
    if one is None:
        raise Rejected([not_there("kalenderposten för", key)])
    named = {"Content-Disposition": 'attachment; filename="skyldighet.ics"'}
    return Response(one.content, media_type="text/calendar; charset=utf-8", headers=named)
