"""A small register whose nights are lived through one after the other, with all that may go wrong with a machine.

The clock, the disk's room and the mailer's death are the test's; everything else is the program: `Watch.night` as the
service calls it, SQLite, and a mail server on the loopback.
"""

import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event

import pytest
from tests.service.mail_world import Mailbox, mail_server, plain

from avtalsvakt import clock
from avtalsvakt.nightly.mailing import Mailing
from avtalsvakt.nightly.serving import Watch
from avtalsvakt.notifying.links import Links
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.outgoing.outbox import SENT, Outbox
from avtalsvakt_engine.storage.outgoing.recipients import Recipient, RecipientStore
from avtalsvakt_engine.storage.runs.fallback_log import SIZE

AT = time(4, 15)
RULES = """
instrument: lokal
title: Lokalt avtal (påhittat)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {from: 2025-01-01}
clauses:
  plan:
    at: {section: "1"}
    sv: Parterna förnyar åtgärdsplanen varje månad.
    act: Förnya åtgärdsplanen
    norm: shall
    who: parterna
    when: {each: month}
    what: {document_revised: {document: åtgärdsplan}}
"""


class KilledError(BaseException):
    """The mailer is dead: nothing in it gets to say anything."""


@dataclass
class World:
    """One machine. `now` is what its clock shows."""

    db: Path
    watch: Watch
    box: Mailbox
    patch: pytest.MonkeyPatch
    now: datetime
    nights: list[date] = field(default_factory=list)
    killed: int = 0

    def at(self, day: date, hour: time = AT) -> None:
        """Set the clock."""
        self.now = datetime.combine(day, hour, clock.STOCKHOLM) + timedelta(seconds=3)

    def night(self) -> bool:
        """The night's work, once; whether nothing is left of it."""
        return self.watch.night(AT)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes."""
        other = sqlite3.connect(self.db, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No file grows beyond a page or two, as on a disk that is full."""
        with sqlite3.connect(self.db) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        heed = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, heed)

    @contextmanager
    def mailer_dies(self) -> Iterator[None]:
        """The mailer is killed when a mail was taken and before that is noted."""
        real = Outbox.note

        def note(outbox: Outbox, message: object, state: str, *rest: object) -> None:
            if state == SENT:
                self.killed += 1
                raise KilledError
            real(outbox, message, state, *rest)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Outbox, "note", note)
            yield


@contextmanager
def world(folder: Path, start: date) -> Iterator[World]:
    """A register with a recipient of everything, one that hears of what stays late, and one that runs the program."""
    db, rules, box, stop = folder / "r.db", folder / "regler", Mailbox(), Event()
    rules.mkdir()
    (rules / "lokal.yaml").write_text(RULES, encoding="utf-8")
    now = datetime.combine(start, time(4, 15, 3), clock.STOCKHOLM)
    with pytest.MonkeyPatch.context() as patch, mail_server(box) as port:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setitem(open_register.__kwdefaults__ or {}, "timeout", 0.01)  # nobody waits here
        patch.setattr("avtalsvakt.nightly.journalling.PATIENCE", 0.01)
        patch.setattr("avtalsvakt.nightly.mailing.PATIENCE", 0.01)
        settings = Settings(now, db, (rules,), "samordnare")
        watch = Watch(settings, stop=stop, mailing=Mailing(plain(port), Links(), stop))
        made = World(db, watch, box, patch, now)
        patch.setattr(clock, "now", lambda: made.now)
        with open_register(db, create=True) as register, register.transaction():
            store = RecipientStore(register.connection)
            added = (start - timedelta(days=60)).isoformat()
            store.add(Recipient("chef", "chef@kommun.example", "never", notices=False, added=added))
            store.add(Recipient("samordnare", "avtal@kommun.example", "weekly", escalate_to=1, escalate_after=10,
                                added=added))  # fmt: skip
            store.add(Recipient("drift", "drift@kommun.example", "never", notices=False, operator=True, added=added))
        yield made
