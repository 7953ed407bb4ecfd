"""Sends what waits in the outbox, one mailer at a time, and notes what became of each message.

In come settings and the ways out, out comes what it came to. A message is noted as being sent before it is handed over:
one that is found so was cut off in between, and is sent once more with the same Message-ID, and then no more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt import clock
from avtalsvakt.notifying.channels import Channel, Letterbox, NoAnswer, NotNow, Refused
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.outgoing.outbox import (
    OUTDATED,
    REFUSED,
    SENDING,
    SENT,
    UNSURE,
    WAITING,
    Message,
    Outbox,
)  # fmt: skip
from avtalsvakt_engine.storage.outgoing.recipients import RecipientStore
from avtalsvakt_rules.machine import lock_alone
from avtalsvakt_rules.problems import Problem, Rejected

RETENTION = timedelta(days=90)
"""How long the texts of messages are kept after they were sent or given up."""
ChannelOf = Callable[[str], Channel]


class Delivered(Struct, frozen=True):
    """How many messages were sent, refused, given up (too late, or unsure) and left waiting, and what was said."""

    sent: int = 0
    refused: int = 0
    given_up: int = 0
    left: int = 0
    said: tuple[str, ...] = ()


def deliver(settings: Settings, channel_of: ChannelOf, stop: Event | None = None) -> Delivered:
    """Send what waits. Raises Rejected where the register cannot be used or another mailer is at work."""
    with settings.register() as register, _alone(settings):
        addresses = {one.id: one.address for one in RecipientStore(register.connection).all()}
        found = Delivered()
        for message in Outbox(register.connection).unsettled():
            if stop is not None and stop.is_set():
                break
            found = _settled(found, *_one(register, message, addresses.get(message.recipient), channel_of))
            if found.said and found.said[-1].startswith(_NOTHING):
                break
        _forget(register)
        left = len(Outbox(register.connection).unsettled())
        return replace(found, left=left, said=tuple(one.removeprefix(_NOTHING) for one in dict.fromkeys(found.said)))


_NOTHING = "\0"
"""Marks what was said of all that waits, and not of one message."""


def _one(register: Register, message: Message, address: str | None, channel_of: ChannelOf) -> tuple[str, str]:
    """Send one message; its state, and what was said."""
    today = clock.now().date()
    if address is None or today > message.last_day:
        return _note(register, message, OUTDATED, "dagen då det var värt att sända har gått")
    if message.state == SENDING and message.unsure >= 1:
        return _note(register, message, UNSURE, "det kan ha kommit fram; det sänds inte fler gånger")
    _note(register, message, SENDING)
    try:
        said = channel_of(address).send(Letterbox(message, address))
    except Refused as refused:
        return _note(register, message, REFUSED, str(refused))
    except NotNow as later:
        state, text = _note(register, message, WAITING, str(later))
        return state, f"{_NOTHING if later.everything else ''}{text}"
    except NoAnswer as silence:
        return SENDING, str(silence)  # it stays as it may have gone
    return _note(register, message, SENT, said)


def _note(register: Register, message: Message, state: str, said: str | None = None) -> tuple[str, str]:
    with register.transaction():
        Outbox(register.connection).note(message, state, _moment(clock.now()), said)
    return state, said or ""


def _settled(found: Delivered, state: str, said: str) -> Delivered:
    """The count with one more."""
    if state == SENT:
        return replace(found, sent=found.sent + 1)
    more = (*found.said, said)
    if state == REFUSED:
        return replace(found, refused=found.refused + 1, said=more)
    if state in (OUTDATED, UNSURE):
        return replace(found, given_up=found.given_up + 1, said=more)
    return replace(found, said=more)


def _forget(register: Register) -> None:
    """Take away the texts that are past their retention."""
    with register.transaction():
        Outbox(register.connection).forget_texts(_moment(clock.now() - RETENTION))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One mailer at a time; the lock goes with the process that holds it. Raises Rejected where it is taken."""
    path = settings.db.with_name(f"{settings.db.name}.utskick")
    try:
        with path.open("w", encoding="utf-8") as lock:
            try:
                lock_alone(lock.fileno(), "breven kan inte sändas", str(path))
            except BlockingIOError as error:
                why = "ett annat utskick pågår"
                raise Rejected([Problem("breven sänds inte nu", str(path), why, "vänta tills det är klart")]) from error
            yield
    except OSError as error:
        why = f"operativsystemet svarar: {error.strerror or error}"
        raise Rejected(
            [Problem("breven kan inte sändas", str(path), why, "kontrollera mappens rättigheter")]
        ) from error


def _moment(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
