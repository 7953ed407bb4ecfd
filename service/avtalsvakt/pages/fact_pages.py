"""Registrations: the latest of them, one with what has become of it, and forms to correct it or take it back."""

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.acts import Act, Filled
from avtalsvakt.answers.fact_listing import said, searched
from avtalsvakt.answers.secrecy import marks_in, may_read, told_in
from avtalsvakt.answers.visible_facts import as_seen, seen_among
from avtalsvakt.pages.desk import Look, look, not_there
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.fact_told import fact_told
from avtalsvakt.pages.record_pages import Sheet, show_form
from avtalsvakt.recording.may_record import check_may
from avtalsvakt.recording.sights import UNKEPT, told_and_kept
from avtalsvakt.rights import RECORDER, forbid
from avtalsvakt.settings import Settings
from avtalsvakt.words.role_words import ROLE_WORDS
from avtalsvakt_engine.evidence.secrecy import marked, provision
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import RECORDS, load

SHOWN = 50


class _Recorded(Struct, frozen=True):
    """One registration as it was made, as it stands (None: taken back), and what was recorded about it."""

    fact: Fact
    standing: Fact | None
    about: tuple[Fact, ...]


def _recorded(request: Request, settings: Settings) -> _Recorded:
    """The registration that is asked for. Raises Rejected."""
    id_, sees = request.path_params["id"], settings.rights.sees
    with settings.register(read_only=True) as register, answered(register.path):
        fact, source = register.fact(id_), FactSource(register, None)
        standing = next(iter(source.seen([fact]).facts), None) if fact else None
        told = as_seen(fact, standing, sees) if fact else None
        if told is None:
            raise Rejected([not_there("registreringen", id_)])
        records = [one for one in source.about([id_]) if one.attributes.get("target") == id_]
        marks = marks_in(register, [fact]) if fact else {}
    every = (told, *(one for one in records if as_seen(one, None, sees)), *((standing,) if standing else ()))
    first, *more = told_and_kept(settings, _who(request), "page", every, marks)
    return _Recorded(first, more.pop() if standing else None, tuple(more))


def _who(request: Request) -> str:
    return request.scope["asker"] or ""


def facts(request: Request, settings: Settings) -> Response:
    """The latest registrations, of one agreement or with some words where that is asked for."""
    seen = look(settings)
    agreement, words = request.query_params.get("avtal", ""), request.query_params.get("sok", "").strip()[:100]
    with settings.register(read_only=True) as register, answered(register.path):
        if words or not settings.rights.sees_all:
            chosen = seen_among(register, register.facts(agreement or None), settings.rights)
            chosen = told_in(register, chosen, settings.rights)
            chosen = searched(chosen, words.split(), names_of())
            latest, number = chosen[: -SHOWN - 1 : -1], len(chosen)
        else:
            latest, number = list(register.latest(SHOWN, agreement or None)), register.count(agreement or None)
        retracted, marks = FactSource(register, None).seen(latest).retracted, marks_in(register, latest)
        agreements = [one for one in register.agreements() if settings.rights.sees(one)]
    latest = told_and_kept(settings, _who(request), "page", latest, marks)
    latest = [marked(one, provision(one) or marks.get(one.id)) for one in latest]
    values = {
        "rows": [(one, _told(seen, settings, one), one.id in retracted) for one in latest],
        "correctable": {one.id for one in latest if one.kind not in RECORDS},
        "number": number,
        "shown": SHOWN,
        "agreement": agreement,
        "words": words,
        "agreements": agreements,
        "names": seen.names,
    }
    return page(request, "facts.html", values, here="records", today=settings.today)


def fact(request: Request, settings: Settings) -> Response:
    """One registration: what it says, who made it, and what was recorded about it."""
    seen, found = look(settings), _recorded(request, settings)
    one, standing = found.fact, found.standing
    values = {
        "fact": one,
        "told": _told(seen, settings, one),
        "standing": standing,
        "fields": _fields(standing or one, _names(seen, one)),
        "was": _fields(one, _names(seen, one)) if standing and standing != one else (),
        "about": [
            (other, _told(seen, settings, other), said(other.attributes.get("reason", ""))) for other in found.about
        ],
        "correctable": standing is not None and one.kind not in RECORDS,
        "retractable": standing is not None or one.kind in RECORDS,
        "names": seen.names,
    }
    return page(request, "fact.html", values, here="records", today=settings.today)


def correct(request: Request, settings: Settings) -> Response:
    """A form that holds what a registration says, to be changed."""
    seen, one = look(settings), _recorded(request, settings).standing
    if one is None or one.kind in RECORDS:
        raise Rejected([not_there("en registrering att rätta med beteckningen", request.path_params["id"])])
    if provision(one) and not may_read(settings.rights, one.agreement):
        raise forbid("uppgiften har sekretess och kan inte rättas här", f"{ROLE_WORDS[RECORDER]} i avtalet")
    if UNKEPT in (provision(one) or ""):
        why, remedy = "det gick inte att anteckna vem som läste", "försök igen om en stund; orsaken står i loggen"
        raise Rejected([Problem("uppgiften har sekretess och kan inte visas nu", one.id, why, remedy)])
    attributes: dict[str, Filled] = {"date": written_day(one.date, one.precision)}
    attributes |= {name: value for name, value in one.attributes.items() if isinstance(value, str | tuple)}
    kind = load().kinds.get(one.kind)
    more = tuple(name for name in (kind.requires if kind else ()) if name not in attributes)
    title = f"Rätta: {fact_told(one, _names(seen, one))}"
    act = Act("", title, one.agreement, one.kind, None, attributes, more, "correct", one.id)
    return show_form(request, seen, Sheet(title, one.agreement, [act], f"/registrering/{one.id}"))


def retract(request: Request, settings: Settings) -> Response:
    """A form that takes a registration back."""
    seen, found = look(settings), _recorded(request, settings)
    one = found.fact
    if found.standing is None and one.kind not in RECORDS:
        raise Rejected([not_there("en registrering att ångra med beteckningen", one.id)])
    title = f"Ångra: {fact_told(one, _names(seen, one))}"
    check_may(settings.rights, one.agreement, one.kind)
    act = Act("", title, one.agreement, "record_retracted", None, {"target": one.id}, ("reason",))
    return show_form(request, seen, Sheet(title, one.agreement, [act], f"/registrering/{one.id}"))


def _told(seen: Look, settings: Settings, one: Fact) -> str:
    return fact_told(one, _names(seen, one), whole=may_read(settings.rights, one.agreement))


def _names(seen: Look, one: Fact) -> Names:
    instrument = seen.rulebook.instruments.get(one.agreement)
    return names_of(instrument) if instrument else names_of()


def _fields(one: Fact, names: Names) -> list[tuple[str, str]]:
    """What a registration says, field by field."""
    day = [(names.attribute("date"), written_day(one.date, one.precision))]
    return day + [(names.attribute(name), names.value(said(value))) for name, value in one.attributes.items()]
