"""Agreements: the list of them, and one with its duties by body, its life, its readings and what to look at."""

from datetime import date

from markupsafe import Markup
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.agreement_overview import agreement_overview
from avtalsvakt.answers.agreement_year import AgreementYear, agreement_year, readings_in_agreement
from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.answers.traffic_light import BECAUSE, traffic_light
from avtalsvakt.pages.desk import look, not_there
from avtalsvakt.pages.drawing import drawn, page
from avtalsvakt.pages.marks import OF_STATUS, colour
from avtalsvakt.recording.vocabulary_in_use import vocabulary_in_use
from avtalsvakt.reporting.document import Picture
from avtalsvakt.reporting.picture import key, svg, told
from avtalsvakt.settings import Settings
from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.explaining_terms import BASES
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_engine.explaining.reading_sentences import SENTENCES
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.vocabulary import load

MARKS = {"red": "late", "yellow": "soon", "green": "done", "off": "past"}


def agreements(request: Request, settings: Settings) -> Response:
    """Every agreement with its state, those in force first."""
    seen = look(settings)
    rows = []
    for state in seen.stored.states:
        own = seen.held.by_agreement.get(state.agreement, [])
        light = traffic_light(state, own)
        one, several = BECAUSE.get(light.because, ("", ""))
        words = one if light.number == 1 else several.format(light.number)
        rows.append((state, MARKS[light.code], words, len(own)))
    values = {
        "living": [row for row in rows if row[0].state in IN_FORCE],
        "past": [row for row in rows if row[0].state not in IN_FORCE],
        "states": labels.STATES,
        "names": seen.names,
        "colour": colour,
    }
    return page(request, "agreements.html", values, here="agreements", today=settings.today)


def agreement(request: Request, settings: Settings) -> Response:
    """One agreement."""
    name = request.path_params["agreement"]
    seen = look(settings, name)
    if name not in seen.rulebook.instruments:
        raise Rejected([not_there("avtalet", name)])
    found = agreement_overview(seen.stored, seen.rulebook, name)
    names = names_of(*reversed(found.over), found.instrument)
    papers = vocabulary_in_use(seen.rulebook, found.instrument, load()).documents
    year = seen.held.kept_of(name, "year", lambda: agreement_year(seen.held.material_of(name), name, papers))
    readings = seen.held.kept_of(name, "readings", lambda: readings_in_agreement(seen.rulebook, found.instrument))
    values = {
        "found": found,
        "after": _days_of_events(seen.agreement(name)),
        "state": labels.STATES.get(found.state.state, found.state.state),
        "flags": [labels.flag(one) for one in found.state.flags],
        "readings": [(one, SENTENCES[one.code][0], reading(one.code, one.choice)) for one in readings],
        "year": year,
        "picture": _picture(year, seen.names.agreement(name)),
        "bases": BASES,
        "far": FAR,
        "groups": [
            (names.value(group.body or group.bearer or "").split(" (")[0] or None, group) for group in found.groups
        ],
        "names": seen.names,
        "marks": OF_STATUS,
        "colour": colour,
    }
    return page(request, "agreement.html", values, here="agreements", today=settings.today)


def _days_of_events(known: AgreementFacts) -> dict[str, date]:
    """The day of the event that each duty follows on, where it follows on one."""
    return {
        one.duty: event.date for one in known.verdicts if not one.period and (event := known.record(one.trigger or ""))
    }


class _Drawn(Struct, frozen=True):
    """The year as markup, the meaning of each mark, and the same as text."""

    svg: Markup
    key: tuple[tuple[Markup, str], ...]
    told: tuple[str, ...]


def _picture(year: AgreementYear, title: str) -> _Drawn | None:
    if not year.lanes:
        return None
    picture = Picture(f"{title}: året i en bild", year.start, year.end, year.lanes)
    marks = tuple((drawn(mark), meaning) for mark, meaning in key(picture))
    return _Drawn(drawn(svg(picture)), marks, tuple(told(picture)))
