"""Feeds as files, for any web server to hand out: written whole, and only where something changed."""

from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct

from avtalsvakt.subscribing.calendar_feeds import catalogue_of
from avtalsvakt_calendars.publishing.as_icalendar import write_if_changed
from avtalsvakt_calendars.publishing.feeds import Catalogue, Feed, agreements_of, every_feed
from avtalsvakt_calendars.publishing.served_feed import publish
from avtalsvakt_calendars.publishing.subscriber_choices import AS_IT_IS, Choices
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore, StoredEvent


class Files(Struct, frozen=True):
    """What publishing came to: the feeds whose files were written, and how many were as they should be."""

    written: tuple[Feed, ...]
    unchanged: int


def publish_files(
    register: Register,
    folder: Path,
    *,
    feeds: Sequence[Feed] | None = None,
    choices: Choices = AS_IT_IS,
    detailed: bool = False,
    touched: Collection[str] | None = None,
) -> Files:
    """Write feeds (all there are, unless given) into the folder, `Feed.file` each. Raises Rejected.

    With `touched` only feeds that hold one of these agreements are looked at, besides those that have no file yet.
    """
    catalogue = catalogue_of(register)
    wanted = [
        feed
        for feed in (every_feed(catalogue) if feeds is None else feeds)
        if touched is None or _touched(feed, catalogue, touched) or not (folder / feed.file).is_file()
    ]
    events = _Events(register, detailed=detailed)
    written = []
    for feed in wanted:
        one = publish([feed], events.of(agreements_of([feed], catalogue)), catalogue, events.first, choices)
        if write_if_changed(folder / feed.file, one.content):
            written.append(feed)
    return Files(tuple(written), len(wanted) - len(written))


def _touched(feed: Feed, catalogue: Catalogue, touched: Collection[str]) -> bool:
    """Whether the feed may hold something of these agreements."""
    agreements = agreements_of([feed], catalogue)
    return bool(touched) if agreements is None else not agreements.isdisjoint(touched)


class _Events:
    """The stored events: one agreement's are read alone, any others come from all of them, read once."""

    def __init__(self, register: Register, *, detailed: bool) -> None:
        self.register, self.detailed = register, detailed
        self.store = CalendarStore(register.connection)
        mark = self.store.mark()
        self.first = mark.first if mark else ""
        self._all: list[StoredEvent] | None = None

    def of(self, agreements: Collection[str] | None) -> list[StoredEvent]:
        """The events of some agreements, or of all, by day and identity."""
        with answered(self.register.path):
            if agreements is not None and len(agreements) == 1:
                return self.store.events(detailed=self.detailed, agreements=agreements)
            if self._all is None:
                self._all = self.store.events(detailed=self.detailed)
        return self._all
