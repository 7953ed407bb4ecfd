"""Puts what is to be told in the outbox: for each recipient the digest of this time, notices, and what is escalated.

In come settings, out come the letters that were written. Each cause gives one letter, however often this is done. A
stored run for another day than today gives none: what it says may not hold any more.
"""

import hashlib
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.notifying.digest import DIGEST, Told, digest, turn
from avtalsvakt.notifying.drawing import as_html
from avtalsvakt.notifying.letters import as_text
from avtalsvakt.notifying.links import Links
from avtalsvakt.notifying.material import Material, gather
from avtalsvakt.notifying.night_letters import night_letter
from avtalsvakt.notifying.notices import escalation, notice
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.outbox import Message, Outbox
from avtalsvakt_engine.storage.outgoing.recipients import Recipient, RecipientStore


class Planned(Struct, frozen=True):
    """A letter to a recipient."""

    recipient: Recipient
    told: Told


def preview(settings: Settings, links: Links, *, digests: bool = False) -> list[Planned]:
    """What would be told now, without writing anything. Raises Rejected where there has been no run.

    `digests`: also the digests whose time has not come, as they would read now.
    """
    with settings.register(read_only=True) as register, answered(register.path):
        recipients, outbox = RecipientStore(register.connection).all(), Outbox(register.connection)
        if not recipients:
            return []
        material = gather(settings, links)
        return [one for who in recipients for one in _letters(material, who, recipients, outbox, ahead=digests)]


def plan(settings: Settings, links: Links) -> list[Planned]:
    """Put what is to be told now in the outbox; what was put there. Raises Rejected."""
    with settings.register() as register, answered(register.path):
        recipients = RecipientStore(register.connection).all()
        if not recipients:
            return []
        material = gather(settings, links)
        if material.stored.run.as_of != settings.today:
            return []
        put: list[Planned] = []
        with register.transaction():
            outbox = Outbox(register.connection)
            for who in recipients:
                put += [one for one in _letters(material, who, recipients, outbox) if _put(outbox, one, material)]
                _turn_over(outbox, who, material)
        return put


def night_letters(register: Register, outcome: str, why: str, now: datetime) -> list[Planned]:
    """The letters about a night that was not done, to each who runs the program. Raises Rejected."""
    with answered(register.path):
        every = [one for one in RecipientStore(register.connection).all() if one.operator]
    return [Planned(who, night_letter(who, outcome, why, now.date(), now)) for who in every]


def plan_night_letter(
    register: Register, outcome: str, why: str, now: datetime, sent: Collection[str] = frozenset()
) -> int:
    """Put the letters about a night that was not done in the outbox; how many are new.

    `sent`: Message-IDs of those that left without it, whose causes are noted. Raises Rejected.
    """
    with register.transaction():
        outbox, new = Outbox(register.connection), 0
        for one in night_letters(register, outcome, why, now):
            message = message_of(one, now, None)
            if message.message_id in sent:
                for cause in one.told.causes:
                    outbox.mark(one.recipient.id, cause)
            else:
                new += outbox.put(message, one.told.causes)
        return new


def _letters(
    material: Material, who: Recipient, everybody: list[Recipient], outbox: Outbox, *, ahead: bool = False
) -> Iterator[Planned]:
    told = outbox.told(who.id)
    named = turn(replace(who, added="") if ahead else who, material.today)
    if named is not None and (ahead or named not in told):
        found = digest(material, who, outbox.last_run_told(who.id, DIGEST), () if ahead else told)
        if found is not None:
            yield Planned(who, found)
    if who.notices:
        due = notice(material, who, told)
        if due is not None:
            yield Planned(who, due)
    for other in everybody:
        if other.escalate_to == who.id:
            late = escalation(material, other, told, who)
            if late is not None:
                yield Planned(who, late)


def _put(outbox: Outbox, one: Planned, material: Material) -> bool:
    return outbox.put(message_of(one, material.now, material.stored.run.id), one.told.causes)


def _turn_over(outbox: Outbox, who: Recipient, material: Material) -> None:
    """Note that the digest of this time has had its turn, whether or not there was anything new in it."""
    named = turn(who, material.today)
    if named is not None:
        outbox.mark(who.id, named)


def message_of(one: Planned, now: datetime, run: int | None) -> Message:
    """The letter as it is kept. Its Message-ID follows from the recipient and the causes: made again it is the same."""
    letter = one.told.letter
    named = "\n".join((str(one.recipient.id), one.recipient.address, *sorted(one.told.causes)))
    key = hashlib.sha256(named.encode()).hexdigest()[:40]
    return Message(
        recipient=one.recipient.id,
        kind=one.told.kind,
        message_id=key,
        planned=f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        as_of=now.date(),
        run=run,
        last_day=one.told.last_day,
        subject=letter.subject,
        plain=as_text(letter),
        html=as_html(letter),
    )
