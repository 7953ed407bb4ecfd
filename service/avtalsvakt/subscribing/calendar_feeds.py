"""Reads feeds from the database: what there is to follow, and each feed as it is handed out. Needs no rules."""

from collections.abc import Sequence

from avtalsvakt_calendars.publishing.feeds import Catalogue, Feed, agreements_of, known
from avtalsvakt_calendars.publishing.served_feed import Behind, Published, publish
from avtalsvakt_calendars.publishing.subscriber_choices import AS_IT_IS, Choices
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore, StoredEvent
from avtalsvakt_rules.problems import Problem, Rejected


def catalogue_of(register: Register) -> Catalogue:
    """What there is to follow. Raises Rejected where no run has been made."""
    with answered(register.path):
        store = CalendarStore(register.connection)
        if store.mark() is None:
            why = "kalendrarna följer av en bedömning, och ingen är gjord"
            raise Rejected([Problem("det finns inga kalendrar än", register.path, why, "kör 'avtalsvakt run'")])
        agreements = store.agreements()
        return Catalogue(
            agreements={one.agreement: one.title for one in agreements.values()},
            labels=store.labels(),
            municipalities={one.agreement: one.municipality for one in agreements.values() if one.municipality},
            present=store.present(),
        )


def check(feeds: Sequence[Feed], catalogue: Catalogue) -> None:
    """Raise Rejected for feeds about what the register does not know."""
    if problems := [problem for feed in feeds if (problem := known(feed, catalogue))]:
        raise Rejected(problems)


def published(
    register: Register,
    feeds: Sequence[Feed],
    catalogue: Catalogue,
    choices: Choices = AS_IT_IS,
    *,
    detailed: bool = False,
    behind: Behind | None = None,
) -> Published:
    """One calendar of everything that any of the feeds holds, from the register as it stands."""
    with answered(register.path):
        store = CalendarStore(register.connection)
        mark = store.mark()
        events = store.events(detailed=detailed, agreements=agreements_of(feeds, catalogue))
    return publish(feeds, events, catalogue, mark.first if mark else "", choices, behind=behind)


def of_duty(register: Register, feeds: Sequence[Feed], catalogue: Catalogue, duty: str) -> Published | None:
    """The calendar of a single duty, with the same identities as in the feeds; None where they hold nothing of it."""
    with answered(register.path):
        store = CalendarStore(register.connection)
        mark = store.mark()
        events = store.events(detailed=False, agreements=agreements_of(feeds, catalogue))
    own: list[StoredEvent] = [one for one in events if duty in one.duties]
    here = [one for one in own if one.event is not None]
    if not here:
        return None
    name = next((one.summary for one in here if one.uid.endswith(".due@avtalsvakt")), here[0].summary)
    return publish(feeds, own, catalogue, mark.first if mark else "", name=name)
