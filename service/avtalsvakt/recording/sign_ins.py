"""Who is signed in: begun with a fresh secret, over after a while without use and after a day's work, ended by others.

In come settings and secrets, out come names. Raises Rejected where the register cannot be read or written.
"""

from datetime import UTC, datetime, timedelta

from avtalsvakt.recording.attest_links import moment
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.feed_secrets import hashed
from avtalsvakt_engine.storage.access.accounts import SignIn, SignIns
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected

IDLE, AT_MOST = timedelta(hours=1), timedelta(hours=12)
"""How long somebody may be away, and how long one sign-in lasts."""
NOTED = timedelta(minutes=5)
"""How seldom it is noted that somebody is still there: reading is not to write each time."""
KEPT = timedelta(days=90)
"""How long a sign-in that is over is kept."""
ACCOUNT, OPENID = "account", "openid"


def begin(settings: Settings, secret: str, name: str, way: str) -> None:
    """Sign a name in by a secret that nobody has had before; those of long ago are let go of."""
    with settings.register() as register, register.transaction():
        store = SignIns(register.connection)
        store.forget(moment(settings.now - KEPT))
        store.begin(hashed(secret), name, way, moment(settings.now))


def signed_in(settings: Settings, secret: str) -> str | None:
    """The name that is signed in by a secret; None where nobody is, any more."""
    with settings.register(read_only=True) as register, answered(register.path):
        found = SignIns(register.connection).of(hashed(secret))
    if found is None or is_over(found, settings.now):
        return None
    if settings.now - _read(found.seen) >= NOTED:
        with settings.register() as register, register.transaction():
            SignIns(register.connection).see(found.id, moment(settings.now))
    return found.name


def is_over(one: SignIn, now: datetime) -> bool:
    """Whether a sign-in has ended, by somebody or by time."""
    return one.ended is not None or now - _read(one.seen) > IDLE or now - _read(one.made) > AT_MOST


def sign_out(settings: Settings, secret: str) -> None:
    """End the sign-in with the secret, if there is one."""
    with settings.register() as register, register.transaction():
        store = SignIns(register.connection)
        found = store.of(hashed(secret))
        if found is not None:
            store.end(found.id, moment(settings.now), found.name)


def all_sign_ins(settings: Settings) -> list[SignIn]:
    """Every sign-in that is kept, oldest first."""
    with settings.register(read_only=True) as register, answered(register.path):
        return SignIns(register.connection).all()


def end_sign_ins(settings: Settings, number: int | None, name: str | None) -> int:
    """End one sign-in, or all of a name's; how many there were. Raises Rejected where there was none."""
    now, ended = moment(settings.now), 0
    with settings.register() as register, register.transaction():
        store = SignIns(register.connection)
        for one in store.all():
            meant = one.id == number or (name is not None and one.name.casefold() == name.casefold())
            if meant and not is_over(one, settings.now):
                ended += store.end(one.id, now, settings.recorder or "")
    if not ended:
        why = "ingen sådan inloggning pågår"
        raise Rejected([Problem("det finns inget att avsluta", "NUMMER", why, "se 'avtalsvakt access sessions list'")])
    return ended


def _read(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
