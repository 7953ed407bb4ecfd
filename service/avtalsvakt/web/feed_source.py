"""Feeds for the web server: who may read what, and the bytes, kept in memory until the calendars change.

The database is asked at every request whether it has changed, which costs a few microseconds; only then is anything
read again. Bytes are made in a thread of their own, so that a large feed does not hold up the others.
"""

import asyncio
import gzip
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from avtalsvakt.subscribing.calendar_feeds import catalogue_of, of_duty, published
from avtalsvakt.subscribing.feed_secrets import hashed
from avtalsvakt.subscribing.subscriptions import chosen_by
from avtalsvakt.web.conditional import http_date
from avtalsvakt_calendars.publishing.feeds import Catalogue, parse
from avtalsvakt_calendars.publishing.served_feed import Behind, Published
from avtalsvakt_calendars.publishing.subscriber_choices import Choices
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_engine.storage.database.register import Register, open_register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore
from avtalsvakt_engine.storage.outgoing.subscriptions import Subscription, SubscriptionStore
from avtalsvakt_rules.problems import Rejected

T = TypeVar("T")
PATIENCE = timedelta(days=2)
"""How long the nights may have failed before the feeds say so."""


class Recipe(Struct, frozen=True):
    """What makes two subscriptions' feeds the same bytes: the feeds' keys, the choices, how the nights went."""

    keys: tuple[str, ...]
    choices: Choices
    detailed: bool
    behind: Behind | None


class Held(Struct, frozen=True):
    """A feed in memory: as it is and compressed, its headers, when it last changed, and the revision it was made of.

    One with a notice that nights have failed has always changed for those who ask with a date: the notice goes again
    without any event having changed.
    """

    content: bytes
    compressed: bytes
    etag: str
    changed: datetime
    headers: Mapping[str, str]
    revision: int


class FeedSource:
    """Open it in the event loop's thread; close it there."""

    def __init__(self, path: Path) -> None:
        """Use the register in the file, which the server has brought up to date where it was older. Raises Rejected."""
        self.path = path
        self.register = open_register(path, read_only=True)
        self.calendars = CalendarStore(self.register.connection)
        self.subscriptions = SubscriptionStore(self.register.connection)
        self.valid: dict[str, Subscription] = {}
        self.revision = 0
        self.evaluated: datetime | None = None
        self._version = -1
        self._held: dict[Recipe, Held] = {}
        self._making: dict[Recipe, asyncio.Task[Held]] = {}
        self._fetched: dict[int, datetime] = {}
        self._catalogue: tuple[int, Catalogue] | None = None
        self._thread = ThreadPoolExecutor(1, "kalendrar", initializer=self._open_in_thread)
        self._own: Register | None = None
        self._began = False

    def subscription(self, token: str) -> Subscription | None:
        """The subscription with the secret, or None: unknown and revoked are the same. Raises Rejected."""
        self._follow()
        return self.valid.get(hashed(token))

    async def feed(self, subscription: Subscription, now: datetime) -> Held:
        """The feed's bytes; whoever asks while they are being made waits for the same. Raises Rejected."""
        one = subscription
        recipe = Recipe(one.feeds, chosen_by(one), one.detailed, self._behind(now))
        held = self._held.get(recipe)
        if held is not None and held.revision == self.revision:
            return held
        task = self._making.get(recipe)
        if task is None:
            task = self._making[recipe] = asyncio.ensure_future(self._in_thread(lambda: self._make(recipe)))
            task.add_done_callback(lambda _: self._making.pop(recipe, None))
        held = await asyncio.shield(task)
        if recipe.behind:  # a notice of another day is of no use any more
            self._held = {one: kept for one, kept in self._held.items() if one.behind in (None, recipe.behind)}
        self._held[recipe] = held
        return held

    async def duty(self, subscription: Subscription, duty: str) -> Published | None:
        """The calendar of one duty that the subscription's feeds hold. Raises Rejected."""
        return await self._in_thread(lambda: self._one_duty(subscription, duty))

    def note_fetch(self, subscription: Subscription, moment: datetime) -> None:
        """Remember that the feed was fetched; written later, many at a time."""
        self._fetched[subscription.id] = moment

    async def write_fetches(self) -> None:
        """Write what was noted; while another program writes, it is kept for the next time."""
        noted, self._fetched = self._fetched, {}
        if not noted:
            return
        try:
            await self._in_thread(lambda: self._write(noted))
        except Rejected:
            self._fetched = noted | self._fetched

    async def close(self) -> None:
        """Write what was noted, and close."""
        await self.write_fetches()
        if self._began:
            with suppress(BrokenExecutor):  # it could not open one
                await self._in_thread(self._close_in_thread)
        self._thread.shutdown()
        self.register.close()

    def _follow(self) -> None:
        """Read again who may read, and which revision the calendars have, if the database has changed."""
        with answered(self.register.path):
            version = self.calendars.version()
            if version == self._version:
                return
            self.valid = self.subscriptions.valid()
            mark = self.calendars.mark()
            self.revision = mark.revision if mark else 0
            told = self.calendars.evaluated()
            self.evaluated = datetime.fromisoformat(told) if told else None
            self._version = version

    def _behind(self, now: datetime) -> Behind | None:
        """That nights have failed for too long, if they have; composed anew each day."""
        if self.evaluated is None or now - self.evaluated <= PATIENCE:
            return None
        return Behind(self.evaluated.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date())

    async def _in_thread(self, work: Callable[[], T]) -> T:
        self._began = True  # the thread opens a register of its own before its first work
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # In the thread.

    def _open_in_thread(self) -> None:
        self._own = open_register(self.path, read_only=True)

    def _close_in_thread(self) -> None:
        if self._own is not None:
            self._own.close()

    def _make(self, recipe: Recipe) -> Held:
        register = self._reading()
        register.connection.execute("BEGIN")  # what is read belongs together
        try:
            feeds = [parse(key) for key in recipe.keys]
            revision, catalogue = self._known(register)
            one = published(register, feeds, catalogue, recipe.choices, detailed=recipe.detailed, behind=recipe.behind)
        finally:
            register.connection.execute("ROLLBACK")
        compressed = gzip.compress(one.content, 6, mtime=0)
        changed = datetime.max.replace(tzinfo=UTC) if recipe.behind else one.changed
        return Held(one.content, compressed, one.etag, changed, _headers(one, recipe.behind), revision)

    def _known(self, register: Register) -> tuple[int, Catalogue]:
        """The calendars' revision and what there is to follow, read once for each revision. Raises Rejected."""
        mark = CalendarStore(register.connection).mark()
        if mark is None or self._catalogue is None or self._catalogue[0] != mark.revision:
            self._catalogue = (mark.revision if mark else 0), catalogue_of(register)
        return self._catalogue

    def _one_duty(self, subscription: Subscription, duty: str) -> Published | None:
        register = self._reading()
        return of_duty(register, [parse(key) for key in subscription.feeds], self._known(register)[1], duty)

    def _write(self, noted: Mapping[int, datetime]) -> None:
        moments = {number: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for number, at in noted.items()}
        with open_register(self.path, timeout=1.0) as register, register.transaction():
            SubscriptionStore(register.connection).fetched(moments)

    def _reading(self) -> Register:
        if self._own is None:
            raise RuntimeError("the thread opens its register before its first work")
        return self._own


def _headers(one: Published, behind: Behind | None) -> Mapping[str, str]:
    """The headers that 200 and 304 have alike; no date beside a notice that goes again."""
    dated = {} if behind else {"Last-Modified": http_date(one.changed)}
    return {
        "X-Robots-Tag": "noindex",
        "ETag": one.etag,
        **dated,
        "Cache-Control": "private, max-age=900",
        "Vary": "Accept-Encoding",
    }
