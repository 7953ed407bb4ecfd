"""Registrations: the latest of them, one with what has become of it, and forms to correct it or take it back."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.acts import Act, Filled
from avtalsvakt.answers.fact_listing import Cut, said, searched
from avtalsvakt.answers.visible_facts import visible
from avtalsvakt.pages.desk import Look, look, not_there
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.fact_told import fact_told
from avtalsvakt.pages.record_pages import Sheet, show_form
from avtalsvakt.recording.may_record import check_may
from avtalsvakt.settings import Settings
from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.vocabulary import RECORDS, load

SHOWN = 50


@dataclass(frozen=True)
class _Facts:
    """Everything that is recorded and seen, and what of it stands."""

    every: tuple[Fact, ...]
    seen: View

    def recorded(self, id_: str) -> Fact:
        """The registration with that id, as it was made. Raises Rejected."""
        found = next((one for one in self.every if one.id == id_), None)
        if found is None:
            raise Rejected([not_there("registreringen", id_)])
        return found

    def standing(self, id_: str) -> Fact | None:
        """The same as it stands after corrections; None where it was taken back."""
        return next((one for one in self.seen.facts if one.id == id_), None)


def _facts(settings: Settings) -> _Facts:
    with settings.register(read_only=True) as register, answered(register.path):
        every = tuple(register.facts())
    whole = view(every, None, load())
    if settings.rights.sees_all:
        return _Facts(every, whole)
    known = visible(every, whole.facts, settings.rights.sees)
    return _Facts(
        # Recorded for an agreement that is not seen, and moved to one that is: told as it stands.
        tuple(one if settings.rights.sees(one.agreement) else known[one.id] for one in every if one.id in known),
        replace(whole, facts=tuple(one for one in whole.facts if one.id in known)),
    )


def facts(request: Request, settings: Settings) -> Response:
    """The latest registrations, of one agreement or with some words where that is asked for."""
    seen, found = look(settings), _facts(settings)
    agreement, words = request.query_params.get("avtal", ""), request.query_params.get("sok", "").strip()[:100]
    chosen = [one for one in found.every if Cut(agreement or None).keeps(one)]
    chosen = searched(chosen, words.split(), names_of()) if words else chosen
    latest = sorted(chosen, key=lambda one: one.arrival, reverse=True)
    values = {
        "rows": [(one, fact_told(one, _names(seen, one)), one.id in found.seen.retracted) for one in latest[:SHOWN]],
        "correctable": {one.id for one in latest[:SHOWN] if one.kind not in RECORDS},
        "number": len(chosen),
        "shown": SHOWN,
        "agreement": agreement,
        "words": words,
        "agreements": sorted({one.agreement for one in found.every}),
        "names": seen.names,
    }
    return page(request, "facts.html", values, here="records", today=settings.today)


def fact(request: Request, settings: Settings) -> Response:
    """One registration: what it says, who made it, and what was recorded about it."""
    seen, found = look(settings), _facts(settings)
    one = found.recorded(request.path_params["id"])
    about = [other for other in found.every if other.attributes.get("target") == one.id]
    standing = found.standing(one.id)
    values = {
        "fact": one,
        "told": fact_told(one, _names(seen, one)),
        "standing": standing,
        "fields": _fields(standing or one, _names(seen, one)),
        "was": _fields(one, _names(seen, one)) if standing and standing != one else (),
        "about": [
            (other, fact_told(other, _names(seen, other)), said(other.attributes.get("reason"))) for other in about
        ],
        "correctable": standing is not None and one.kind not in RECORDS,
        "retractable": standing is not None or one.kind in RECORDS,
        "names": seen.names,
    }
    return page(request, "fact.html", values, here="records", today=settings.today)


def correct(request: Request, settings: Settings) -> Response:
    """A form that holds what a registration says, to be changed."""
    seen, found = look(settings), _facts(settings)
    one = found.standing(request.path_params["id"])
    if one is None or one.kind in RECORDS:
        raise Rejected([not_there("en registrering att rätta med beteckningen", request.path_params["id"])])
    attributes: dict[str, Filled] = {"date": written_day(one.date, one.precision)}
    attributes |= {name: value for name, value in one.attributes.items() if isinstance(value, str | tuple)}
    kind = load().kinds.get(one.kind)
    more = tuple(name for name in (kind.requires if kind else ()) if name not in attributes)
    title = f"Rätta: {fact_told(one, _names(seen, one))}"
    act = Act("", title, one.agreement, one.kind, None, attributes, more, "correct", one.id)
    return show_form(request, seen, Sheet(title, one.agreement, [act], f"/registrering/{one.id}"))


def retract(request: Request, settings: Settings) -> Response:
    """A form that takes a registration back."""
    seen, found = look(settings), _facts(settings)
    one = found.recorded(request.path_params["id"])
    if one.id in found.seen.retracted:
        raise Rejected([not_there("en registrering att ångra med beteckningen", one.id)])
    title = f"Ångra: {fact_told(one, _names(seen, one))}"
    check_may(settings.rights, one.agreement, one.kind)
    act = Act("", title, one.agreement, "record_retracted", None, {"target": one.id}, ("reason",))
    return show_form(request, seen, Sheet(title, one.agreement, [act], f"/registrering/{one.id}"))


def _names(seen: Look, one: Fact) -> Names:
    instrument = seen.rulebook.instruments.get(one.agreement)
    return names_of(instrument) if instrument else names_of()


def _fields(one: Fact, names: Names) -> list[tuple[str, str]]:
    """What a registration says, field by field."""
    day = [(names.attribute("date"), written_day(one.date, one.precision))]
    return day + [(names.attribute(name), names.value(said(value))) for name, value in one.attributes.items()]
