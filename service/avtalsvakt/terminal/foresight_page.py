"""What would change if something were done, and what becomes late if nothing is: as lines and as fields."""

from collections.abc import Iterator

from avtalsvakt.answers.forecasting import Forecast, Late
from avtalsvakt.answers.supposing import Supposed
from avtalsvakt.formats import as_json
from avtalsvakt.terminal.how_to_lines import compact
from avtalsvakt.terminal.list_objects import act
from avtalsvakt.terminal.recording_page import difference_words
from avtalsvakt.words.clause_titles import Titles
from avtalsvakt.words.own_names import OwnNames
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.intake.fact_reading import to_line
from avtalsvakt_engine.runs.report import Difference

SHOWN = "  "


def supposed_lines(found: Supposed, own: OwnNames) -> Iterator[str]:
    """What was supposed, and every verdict that it would change."""
    for fact in found.facts:
        yield f"Antaget: {fact_words(fact, own.of(fact.agreement)).rpartition(' (')[0]}, i {fact.agreement}"
    if not found.differences:
        yield f"Det skulle inte ändra någon bedömning per {found.as_of}."
    else:
        yield f"Det skulle ändra {counted(len(found.differences), 'bedömning', 'bedömningar')} per {found.as_of}:"
    for one in found.differences:
        yield f"  {one.duty}: {difference_words(one)}"
    yield "Inget har sparats."


def supposed_object(found: Supposed) -> as_json.Object:
    """The same as JSON."""
    return {
        "as_of": found.as_of.isoformat(),
        "facts": [{name: value for name, value in to_line(fact).items() if name != "id"} for fact in found.facts],
        "differences": [_difference(one) for one in found.differences],
    }


def supposed_rows(found: Supposed) -> list[as_json.Object]:
    """The same as rows: one for each verdict that it would change, with what it was and what it becomes."""
    return [
        {
            "duty": one.duty,
            "agreement": one.agreement,
            "status_was": one.was and one.was.status,
            "status_becomes": one.becomes and one.becomes.status,
            "counted_was": one.was and one.was.counted,
            "counted_becomes": one.becomes and one.becomes.counted,
            "required": one.becomes.required if one.becomes else one.was and one.was.required,
        }
        for one in found.differences
    ]


def _difference(one: Difference) -> as_json.Object:
    return {
        "duty": one.duty,
        "agreement": one.agreement,
        "was": one.was and {"status": one.was.status, "counted": one.was.counted, "required": one.was.required},
        "becomes": one.becomes
        and {"status": one.becomes.status, "counted": one.becomes.counted, "required": one.becomes.required},
    }


def forecast_lines(found: Forecast, titles: Titles) -> Iterator[str]:
    """What becomes late, day by day, each with how to prevent it."""
    if not found.late:
        yield f"Inget mer blir försenat till och med {found.until}, om inget mer registreras."
        return
    yield f"Om inget mer registreras, blir det här försenat till och med {found.until}:"
    for one in found.late:
        yield _late_line(one, titles)
        yield f"           {one.verdict.duty}"
        if one.how.acts:
            yield from (f"           {line}" for line in compact(one.how))
    yield f"{counted(len(found.late), 'skyldighet', 'skyldigheter')}."


def _late_line(one: Late, titles: Titles) -> str:
    verdict = one.verdict
    title = titles.get((verdict.instrument, verdict.obligation)) or verdict.obligation
    done = f" {verdict.counted}/{verdict.required}" if verdict.required else ""
    return f"{one.day}  {labels.status(verdict.status)}{done}  {title}"


def forecast_object(found: Forecast) -> as_json.Object:
    """The same as JSON."""
    return {
        "as_of": found.as_of.isoformat(),
        "until": found.until.isoformat(),
        "late": [
            {
                "day": one.day.isoformat(),
                "duty": one.verdict.duty,
                "agreement": one.verdict.agreement,
                "status": one.verdict.status,
                "counted": one.verdict.counted,
                "required": one.verdict.required,
                "how": list(map(act, one.how.acts)),
            }
            for one in found.late
        ],
    }


def forecast_rows(found: Forecast, titles: Titles) -> list[as_json.Object]:
    """The same as rows: one for each duty that becomes late, with the acts that prevent it."""
    return [
        {
            "day": one.day.isoformat(),
            "title": titles.get((one.verdict.instrument, one.verdict.obligation)) or one.verdict.obligation,
            "duty": one.verdict.duty,
            "agreement": one.verdict.agreement,
            "status": one.verdict.status,
            "counted": one.verdict.counted,
            "required": one.verdict.required,
            "act": [act.command for act in one.how.acts],
        }
        for one in found.late
    ]
