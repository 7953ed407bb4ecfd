"""Where the program is reached from outside, remembered so that every refresh gives events the same links."""

from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore

DUTY_PAGE = "/skyldighet/{duty}"


def remember_base(register: Register, base: str) -> None:
    """Keep the address. Events get their links the next time the calendars are brought up to date."""
    store = CalendarStore(register.connection)
    if store.base() != base:
        with register.transaction():
            store.put_base(base)


def duty_page(store: CalendarStore) -> str | None:
    """The address of a duty's page with `{duty}` in it; None where nobody has said how the program is reached."""
    base = store.base()
    return f"{base}{DUTY_PAGE}" if base else None
