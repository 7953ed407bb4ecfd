"""Subscribing: a secret is made, shown once, and kept as a hash; revoking is for good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from avtalsvakt.subscribing.feed_secrets import hashed, new_token
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_calendars.publishing.subscriber_choices import AS_IT_IS, Choices
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.subscriptions import Subscription, SubscriptionStore
from avtalsvakt_rules.problems import Problem, Rejected

LONGEST_HOLDER = 100


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription and, this once, its secret."""

    subscription: Subscription
    token: str = field(repr=False)


def subscribe(
    register: Register,
    holder: str,
    feeds: Sequence[Feed],
    now: datetime,
    choices: Choices = AS_IT_IS,
    *,
    detailed: bool = False,
) -> NewSubscription:
    """Give a role or a unit the right to read feeds, as one calendar, as it wants it. Raises Rejected."""
    name, token = _role_or_unit(holder), new_token()
    asked = Subscription(
        0,
        name,
        tuple(map(str, feeds)),
        detailed,
        _moment(now),
        lead=choices.lead,
        without=choices.without,
        name=choices.name,
        colour=choices.colour,
    )
    with register.transaction():
        stored = SubscriptionStore(register.connection).add(hashed(token), asked)
    return NewSubscription(stored, token)


def _role_or_unit(holder: str) -> str:
    """The name of one who subscribes, without stray spaces. Raises Rejected for what is no role or unit."""
    name = " ".join(holder.split())
    if name and len(name) <= LONGEST_HOLDER and "@" not in name and name.isprintable():
        return name
    what, remedy = f"'{name[:40]}' går inte att använda", "skriv en roll eller ett konto, t.ex. samordnare"
    why = "där ska stå en roll eller en enhet, högst hundra tecken, och ingen e-postadress"
    raise Rejected([Problem(what, "--for", why, remedy)])


def chosen_by(subscription: Subscription) -> Choices:
    """How the subscriber wants the calendar."""
    one = subscription
    return Choices(one.lead, one.without, one.name, one.colour)


def revoke(
    register: Register, number: int, now: datetime, may: Callable[[Subscription], bool] = lambda _: True
) -> Subscription:
    """Take back a subscription; it as it was. Raises Rejected where there is none, or it was taken back before.

    One that may not be taken back here (`may`) is none.
    """
    with register.transaction():
        store = SubscriptionStore(register.connection)
        found = store.find(number)
        if found is not None and not may(found):
            found = None
        if found is None or not store.revoke(number, _moment(now)):
            why = "ingen prenumeration har numret" if found is None else "den är redan återkallad"
            remedy = "se 'avtalsvakt calendar subscriptions'"
            raise Rejected([Problem(f"prenumeration {number} kan inte återkallas", str(number), why, remedy)])
    return found


def all_subscriptions(register: Register) -> list[Subscription]:
    """Every subscription there has been, oldest first."""
    with answered(register.path):
        return SubscriptionStore(register.connection).all()


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
