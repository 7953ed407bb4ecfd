"""Who sees and does what: one's own roles; for an administrator those of others, to give and to revoke."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.answers.stored_answers import municipalities_of
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.record_pages import given_in, sealed, unsealed
from avtalsvakt.recording.access_roles import (
    Wanted,
    administers,
    all_roles,
    give_role,
    held_by,
    revoke_role,
)
from avtalsvakt.rights import ADMINISTRATOR, ROLES, Forbidden
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import names_in
from avtalsvakt.words.role_words import ROLE_WORDS, in_words
from avtalsvakt_engine.storage.access.roles import GivenRole
from avtalsvakt_rules.problems import Problem, Rejected

NAME, ROLE, PLACE, RECORDER = "vem", "roll", "var", "som"
FIELDS = {"NAMN": NAME, "ROLL": ROLE, "--agreement": PLACE, "--municipality": PLACE, "--as": RECORDER}
"""The fields of the form, by where problems stand."""
OF_AGREEMENT, OF_MUNICIPALITY = "avtal:", "kommun:"

FIRST = "avtalsvakt access add KONTO administrator --all"
"""The command that gives the first role."""


def access(request: Request, settings: Settings) -> Response:
    """The page."""
    return _shown(request, settings, {})


def changed(request: Request, settings: Settings) -> Response:
    """A role given or revoked; or the page again with what is wrong."""
    given, asker = given_in(request), str(request.scope["asker"])
    if not sealed(request, given):
        return _shown(request, settings, given, unsealed(), status=403)
    try:
        if given.get("steg") == "aterkalla":
            number = given.get("nummer", "")
            revoke_role(settings, int(number[:9]) if number.isascii() and number.isdigit() else 0, asker)
        else:
            give_role(settings, _wanted(given), asker)
    except Forbidden:
        raise
    except Rejected as refused:
        return _shown(request, settings, given, refused.problems[0], status=422)
    return RedirectResponse(f"{request.scope['pages_prefix']}/behorigheter", 303)


def _wanted(given: Mapping[str, str]) -> Wanted:
    place = given.get(PLACE, "")
    agreement = place.removeprefix(OF_AGREEMENT) if place.startswith(OF_AGREEMENT) else None
    municipality = place.removeprefix(OF_MUNICIPALITY) if place.startswith(OF_MUNICIPALITY) else None
    if agreement is None and municipality is None and place != "allt":
        why = "det är inget av det som går att välja"
        raise Rejected([Problem("det framgår inte var rollen ska gälla", "--agreement", why, "välj i listan")])
    return Wanted(given.get(NAME, ""), given.get(ROLE, ""), agreement, municipality, given.get(RECORDER) or None)


def _shown(
    request: Request, settings: Settings, given: Mapping[str, str], problem: Problem | None = None, *, status: int = 200
) -> Response:
    rights, every, rulebook = settings.rights, all_roles(settings), settings.rulebook()
    names = names_in(rulebook)

    def where(one: GivenRole) -> str:
        return in_words(one.scope, one.place, names.agreement)

    own = held_by(every, str(request.scope["asker"]))
    mine = rights.may_somewhere((ADMINISTRATOR,)) and bool(every)
    shown = [one for one in every if mine and _concerns(one, settings)]
    values = {
        "decided": bool(every),
        "command": FIRST,
        "own": own,
        "recorder": settings.recorder,
        "where": where,
        "roles": [(role, ROLE_WORDS[role]) for role in ROLES],
        "role_words": ROLE_WORDS,
        "administers": mine,
        "places": _places(settings) if mine else (),
        "open": [one for one in shown if one.revoked is None],
        "past": [one for one in reversed(shown) if one.revoked is not None],
        "may_revoke": lambda one: administers(rights, one.scope, one.place),
        "given": given,
        "problem": problem,
        "wrong": FIELDS.get(problem.where, NAME) if problem else "",
        "names": names,
    }
    return page(request, "access.html", values, today=settings.today, status=status)


def _concerns(one: GivenRole, settings: Settings) -> bool:
    """Whether a role lets somebody into an agreement that one administers."""
    rights = settings.rights
    if rights.may_everywhere(ADMINISTRATOR):
        return True
    if one.scope == "municipality":
        places = municipalities_of(settings.rulebook())
        return any(place == one.place and rights.may(ADMINISTRATOR, name) for name, place in places.items())
    return one.scope == "all" or rights.may(ADMINISTRATOR, one.place)


def _places(settings: Settings) -> list[tuple[str, str, str]]:
    """Where a role can be given by this administrator: the value of a choice, the agreement, or the municipality."""
    rights, rulebook = settings.rights, settings.rulebook()
    found = [(f"{OF_AGREEMENT}{name}", name, "") for name in sorted(rulebook.instruments)
             if administers(rights, "agreement", name)]  # fmt: skip
    places = sorted(set(municipalities_of(rulebook).values()))
    found += [(f"{OF_MUNICIPALITY}{one}", "", one) for one in places if administers(rights, "municipality", one)]
    return [*found, ("allt", "", "")] if administers(rights, "all", "") else found
