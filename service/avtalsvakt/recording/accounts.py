"""Accounts of the program's own: invited, opened with a password of one's own choice, closed.

In come settings, names and secrets, out come accounts. Raises Rejected.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from avtalsvakt.recording.attest_links import moment
from avtalsvakt.recording.passwords import fits, hash_of, wrong_with
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.feed_secrets import hashed, new_token
from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_engine.storage.access.accounts import Account, Accounts, SignIns
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected

HOLDS = timedelta(days=7)
"""How long an invitation may be accepted."""
WHERE = "inbjudan"


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation and, this once, its secret."""

    name: str
    expires: datetime
    secret: str = field(repr=False)


def invite(settings: Settings, name: str) -> NewInvitation:
    """Invite a role or an account's name to choose a password, for the first time or anew. Raises Rejected."""
    read = read_recorder(name, "NAMN")
    if isinstance(read, Problem):
        raise Rejected([read])
    secret, now, maker = new_token(), moment(settings.now), settings.recorder or ""
    expires = settings.now + HOLDS
    with settings.register() as register, register.transaction():
        store = Accounts(register.connection)
        found = _open(store.all(), read)
        number = found.id if found else store.add(read, now, maker)
        store.invite(number, hashed(secret), now, maker, moment(expires))
    return NewInvitation(read, expires, secret)


def invited(settings: Settings, secret: str) -> Account:
    """The account that an invitation opens. Raises Rejected: unknown, used and old ones are told alike."""
    with settings.register(read_only=True) as register, answered(register.path):
        store = Accounts(register.connection)
        found = store.invitation(hashed(secret))
        if found is not None and found.used is None and moment(settings.now) <= found.expires:
            return next(one for one in store.all() if one.id == found.account)
    why = "den är använd, för gammal, återkallad eller fel skriven"
    raise Rejected([Problem("inbjudan gäller inte", WHERE, why, "be om en ny")])


def accept(settings: Settings, secret: str, password: str) -> Account:
    """Choose the account's password; every sign-in by the old one ends. Raises Rejected."""
    account = invited(settings, secret)
    if problem := wrong_with(password, account.name):
        raise Rejected([problem])
    kept, now = hash_of(password), moment(settings.now)
    with settings.register() as register, register.transaction():
        store = Accounts(register.connection)
        found = store.invitation(hashed(secret))
        if found is None or found.used is not None:  # two at once: the first counts
            raise Rejected([Problem("inbjudan gäller inte", WHERE, "den är använd", "be om en ny")])
        store.use(found.id, now)
        store.keep_password(account.id, kept)
        _end_all(SignIns(register.connection), account.name, now)
    return account


def account_of(settings: Settings, name: str, password: str) -> Account | None:
    """The account with that name and password; None where there is none, which takes as long. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        found = _open(Accounts(register.connection).all(), name.strip())
    good = fits(found.password if found else None, password)
    return found if good else None


def all_accounts(settings: Settings) -> list[Account]:
    """Every account there has been, oldest first. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        return Accounts(register.connection).all()


def close_account(settings: Settings, name: str) -> Account:
    """Close an account and end its sign-ins; it as it was. Raises Rejected where there is none open."""
    now = moment(settings.now)
    with settings.register() as register, register.transaction():
        store = Accounts(register.connection)
        found = _open(store.all(), name)
        if found is None:
            why = "inget öppet konto heter så"
            raise Rejected(
                [Problem(f"kontot '{name[:40]}' finns inte", "NAMN", why, "se 'avtalsvakt access account list'")]
            )
        store.close(found.id, now, settings.recorder or "")
        _end_all(SignIns(register.connection), found.name, now)
        return found


def _open(accounts: Iterable[Account], name: str) -> Account | None:
    plain = name.casefold()
    return next((one for one in accounts if one.closed is None and one.name.casefold() == plain), None)


def _end_all(store: SignIns, name: str, now: str) -> None:
    for one in store.all():
        if one.ended is None and one.way == "account" and one.name == name:
            store.end(one.id, now, "")
