"""A feed as it is handed out: cut from the stored events, as bytes, with what a web server must know of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256

from msgspec import Struct

from avtalsvakt_calendars.phrases import long_day
from avtalsvakt_calendars.publishing.alarms import with_alarms
from avtalsvakt_calendars.publishing.as_icalendar import COLOR, assemble, write_event
from avtalsvakt_calendars.publishing.feeds import Catalogue, Feed, holds, title
from avtalsvakt_calendars.publishing.ledger import Stamped
from avtalsvakt_calendars.publishing.subscriber_choices import AS_IT_IS, COLOURS, Choices
from avtalsvakt_calendars.reminding.reminders import QUIET, notice
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_engine.storage.outgoing.calendars import StoredEvent

BEHIND = "Kalendern är inte uppdaterad"


class Behind(Struct, frozen=True):
    """That nights have failed: the day the register was last evaluated, and today."""

    last: date
    today: date


class Published(Struct, frozen=True):
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
    choices: Choices = AS_IT_IS,
    *,
    name: str | None = None,
    behind: Behind | None = None,
) -> Published:
    """One calendar of everything that any of the feeds holds, each event once.

    In: the stored events, gone ones included, by day and identity; the moment the register first had calendars, for a
    feed that has never held anything; how its subscriber wants it; what to call it, if not what the feeds are about;
    and whether nights have failed, which a notice then says. A pure function: the same input gives the same bytes.
    """
    chosen = [
        one
        for one in events
        if choices.wants(one.kind) and any(holds(feed, one, catalogue.municipalities) for feed in feeds)
    ]
    changed = datetime.fromisoformat(max((one.stamp for one in chosen), default=first))
    here = [one for one in chosen if one.event is not None]
    name = choices.name or name or title(feeds, catalogue)
    alone = len(feeds) == 1 and feeds[0].subject == "agreement"
    # An agreement's own notice that it has nothing is out of place beside the events of others.
    shown = tuple(one for one in here if alone or one.kind != "info")
    written = with_alarms(shown, choices.lead)
    if behind:
        written.insert(0, write_event(_late(feeds, name, behind)))
    if not written:
        written = [write_event(_nothing(feeds, name, chosen, changed))]
    color = COLOURS[choices.colour] if choices.colour else COLOR
    return Published(name, assemble(name, written, color=color), changed, shown)


def _late(feeds: Sequence[Feed], name: str, behind: Behind) -> Stamped:
    """The notice that the nights have failed; it stands on today, and says since when."""
    key = f"lage.{'+'.join(sorted(map(str, feeds)))}"
    lines = (
        f"Registret bedömdes senast {long_day(behind.last)}. Sedan dess har nätterna misslyckats, så det som står här",
        "kan vara inaktuellt. Säg till den som driver Avtalsvakt.",
    )
    told = notice(key, name, behind.today, (" ".join(lines),), BEHIND)
    moment = datetime.combine(behind.today, time(0), UTC)
    return Stamped(told, moment, (behind.today - behind.last).days)


def _nothing(feeds: Sequence[Feed], name: str, chosen: Sequence[StoredEvent], changed: datetime) -> Stamped:
    """The notice of a feed that holds nothing, on the day it last changed.

    Every event that comes, moves or comes back raises the sum of the numbers below, and nothing lowers it, so that the
    notice of a later time never has a lower sequence number than that of an earlier.
    """
    key = "+".join(sorted(map(str, feeds)))
    sequence = sum(one.sequence + 1 for one in chosen if one.kind != "info")
    return Stamped(notice(key, name, changed.astimezone(STOCKHOLM).date(), QUIET), changed, sequence)
