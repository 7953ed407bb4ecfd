"""A feed as it is handed out: cut from the stored events, as bytes, with what a web server must know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from avtalsvakt_calendars.feed import Written, assemble, write_event
from avtalsvakt_calendars.feeds import Catalogue, Feed, holds, title
from avtalsvakt_calendars.ledger import Stamped
from avtalsvakt_calendars.reminders import QUIET, notice
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_engine.storage.calendar_store import StoredEvent


@dataclass(frozen=True, slots=True)
class Published:
    """A feed: its name, its bytes, the moment it last changed (removals included) and the events it holds.

    `etag` is a weak one, since the bytes may be handed out compressed.
    """

    name: str
    content: bytes
    changed: datetime
    events: tuple[StoredEvent, ...]

    @property
    def etag(self) -> str:
        """A fingerprint of the bytes as HTTP writes it."""
        return f'W/"{sha256(self.content).hexdigest()[:32]}"'


def publish(
    feeds: Sequence[Feed],
    events: Sequence[StoredEvent],
    catalogue: Catalogue,
    first: str,
    *,
    alarm: bool = True,
    name: str | None = None,
) -> Published:
    """One calendar of everything that any of the feeds holds, each event once.

    In: the stored events, gone ones included, by day and identity; the moment the register first had calendars, for a
    feed that has never held anything; and what to call it, if not what the feeds are about. A pure function: the same
    input gives the same bytes.
    """
    chosen = [one for one in events if any(holds(feed, one, catalogue.municipalities) for feed in feeds)]
    changed = datetime.fromisoformat(max((one.stamp for one in chosen), default=first))
    here = [one for one in chosen if one.event is not None]
    name = name or title(feeds, catalogue)
    alone = len(feeds) == 1 and feeds[0].subject == "agreement"
    # An agreement's own notice that it has nothing is out of place beside the events of others.
    shown = tuple(one for one in here if alone or one.kind != "info")
    written = [Written(one.event or b"", one.alarm or b"") for one in shown]
    if not written:
        written = [write_event(_nothing(feeds, name, chosen, changed))]
    return Published(name, assemble(name, written, alarm=alarm), changed, shown)


def _nothing(feeds: Sequence[Feed], name: str, chosen: Sequence[StoredEvent], changed: datetime) -> Stamped:
    """The notice of a feed that holds nothing, on the day it last changed.

    Every event that comes, moves or comes back raises the sum of the numbers below, and nothing lowers it, so that the
    notice of a later time never has a lower sequence number than that of an earlier.
    """
    key = "+".join(sorted(map(str, feeds)))
    sequence = sum(one.sequence + 1 for one in chosen if one.kind != "info")
    return Stamped(notice(key, name, changed.astimezone(STOCKHOLM).date(), QUIET), changed, sequence)
