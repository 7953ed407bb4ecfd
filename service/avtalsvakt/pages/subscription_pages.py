"""Calendars to subscribe to, for one agreement: a secret address is made for somebody, shown once, and revoked."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.pages.desk import Look, look
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.places import outside
from avtalsvakt.pages.record_pages import given_in, sealed, unsealed
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.calendar_feeds import catalogue_of, check
from avtalsvakt.subscribing.feed_addresses import Links, feed_links
from avtalsvakt.subscribing.subscriptions import all_subscriptions, revoke, subscribe
from avtalsvakt_calendars.publishing.feeds import Feed, parse
from avtalsvakt_calendars.publishing.subscriber_choices import COLOURS, LEFT_OUT, Choices, choices
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.problems import Problem, Rejected

HOLDER, FEED = "for", "kalender"
LEADS = ("0", "1", "7")
"""How many days beforehand an alarm may ring."""


def subscriptions(request: Request, settings: Settings) -> Response:
    """Who subscribes to an agreement's calendars, and a form for a new subscription."""
    return _shown(request, look(settings, request.path_params["agreement"]), {})


def subscribed_or_revoked(request: Request, settings: Settings) -> Response:
    """A subscription made, whose address is shown this once; or one revoked."""
    agreement, given = request.path_params["agreement"], given_in(request)
    seen = look(settings, agreement)
    if not sealed(request, given):
        return _shown(request, seen, given, problem=unsealed(), status=403)
    try:
        with settings.register() as register:
            if given.get("steg") == "aterkalla":
                number = given.get("nummer", "")
                revoke(
                    register, int(number[:9]) if number.isascii() and number.isdigit() else 0, settings.now,
                    lambda one: _shows(one.feeds, agreement, settings),
                )  # fmt: skip
                return RedirectResponse(f"{request.scope['pages_prefix']}/avtal/{agreement}/prenumerationer", 303)
            feeds = [parse(given.get(FEED, ""))]
            if not _shows(given.get(FEED, "").split(), agreement, settings):
                raise Rejected([_not_offered(given[FEED])])
            check(feeds, catalogue_of(register))
            detailed = given.get("mer") == "ja"
            new = subscribe(register, given.get(HOLDER, ""), feeds, settings.now, _wanted(given), detailed=detailed)
    except Rejected as refused:
        return _shown(request, seen, given, problem=refused.problems[0], status=422)
    return _shown(request, seen, {}, links=feed_links(outside(request), new.token), holder=new.subscription.holder)


def _shown(
    request: Request, seen: Look, given: Mapping[str, str], *, links: Links | None = None, holder: str = "",
    problem: Problem | None = None, status: int = 200,
) -> Response:  # fmt: skip
    agreement = request.path_params["agreement"]
    offered = _offered(seen, agreement)
    with seen.settings.register(read_only=True) as register:
        every = [one for one in all_subscriptions(register) if _shows(one.feeds, agreement, seen.settings)]
    values = {
        "agreement": agreement,
        "choices": offered,
        "leads": LEADS,
        "left_out": tuple(LEFT_OUT),
        "colours": tuple(COLOURS),
        "given": given,
        "problem": problem,
        "links": links,
        "holder": holder,
        "open": [one for one in reversed(every) if not one.revoked],
        "past": [one for one in reversed(every) if one.revoked],
        "called": dict(offered),
        "names": seen.names,
    }
    return page(request, "subscriptions.html", values, here="agreements", today=seen.settings.today, status=status)


def _offered(seen: Look, agreement: str) -> list[tuple[str, str]]:
    """The calendars there are of an agreement: its whole, each body's in it, and all agreements together."""
    names = names_of(seen.rulebook.instruments[agreement]) if agreement in seen.rulebook.instruments else names_of()
    bodies = sorted({one.body for one in seen.stored.verdicts if one.body})
    own = [(str(Feed("body", one, agreement)), names.value(one).split(" (")[0]) for one in bodies]
    every = [(str(Feed("all")), "")] if seen.settings.rights.sees_all else []
    return [(str(Feed("agreement", agreement)), ""), *own, *every]


def _wanted(given: Mapping[str, str]) -> Choices:
    """How the calendar is to be, as the form says. Raises Rejected for a name that is too long."""
    lead = given.get("larm", "")
    without = [one for one in LEFT_OUT if given.get(f"utan-{one}") == "ja"]
    colour = given.get("farg", "")
    return choices(
        int(lead) if lead in LEADS else None, without, given.get("namn") or None, colour if colour in COLOURS else None
    )


def _shows(feeds: Iterable[str], agreement: str, settings: Settings) -> bool:
    """Whether a subscription belongs on the page: it is about the agreement, and about nothing that is not seen."""
    found = [parse(one) for one in feeds]
    if not any(one.subject == "all" or agreement in (one.name, one.within) for one in found):
        return False
    rights = settings.rights
    return rights.sees_all or all(rights.sees(one.within or one.name) for one in found)


def _not_offered(key: str) -> Problem:
    why = "här görs kalendrar för det här avtalet, och för allt om du ser alla avtal"
    return Problem(f"kalendern '{key[:80]}' kan inte väljas här", FEED, why, "välj en i listan")
