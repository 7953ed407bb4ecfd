"""Tokens for the API: made with scopes and agreements, shown once, found by their secret, revoked.

In come settings and names, out come tokens. Raises Rejected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec.structs import replace

from avtalsvakt.recording.attest_links import moment
from avtalsvakt.settings import Settings
from avtalsvakt.subscribing.feed_secrets import hashed, new_token
from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_engine.storage.access.api_tokens import ApiToken, ApiTokens
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected, missing

READ, RECORD = "read", "record"
SCOPES = (READ, RECORD)
USUALLY, AT_MOST = timedelta(days=365), timedelta(days=731)
LONGEST = 60
"""Letters in a name."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token and, this once, its secret."""

    token: ApiToken
    secret: str = field(repr=False)


def make_token(
    settings: Settings, name: str, scopes: Sequence[str], agreements: Sequence[str] | None, until: date | None = None
) -> NewToken:
    """A token with scopes for some agreements (None: all), through `until`. Raises Rejected."""
    maker = read_recorder(settings.recorder)
    problems = [maker] if isinstance(maker, Problem) else []
    if not name.strip() or len(name) > LONGEST or not name.isprintable():
        why = f"namnet ska visa vilket program det är, med 1–{LONGEST} tecken"
        problems.append(Problem("nyckeln har inget användbart namn", "NAMN", why, "skriv t.ex. ärendesystemet"))
    if agreements is not None:
        known = set(settings.rulebook().instruments)
        problems += [missing("avtalet", one, known, "--agreement") for one in agreements if one not in known]
    last = until or settings.today + USUALLY
    if not settings.today <= last <= settings.today + AT_MOST:
        why = f"en nyckel gäller från i dag till och med {settings.today + AT_MOST} som längst"
        problems.append(Problem(f"nyckeln kan inte gälla till {last}", "--until", why, "välj en dag däremellan"))
    if problems:
        raise Rejected(problems)
    kept = None if agreements is None else tuple(sorted(set(agreements)))
    chosen = tuple(one for one in SCOPES if one in scopes)
    made = ApiToken(0, name.strip(), chosen, kept, moment(settings.now), str(maker), last)
    secret = new_token()
    with settings.register() as register, register.transaction():
        return NewToken(ApiTokens(register.connection).add(hashed(secret), made), secret)


def all_tokens(settings: Settings) -> list[ApiToken]:
    """Every token there has been, oldest first. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        return ApiTokens(register.connection).all()


def revoke_token(settings: Settings, number: int) -> ApiToken:
    """Take back a token; it as it was. Raises Rejected where there is none, or it was taken back before."""
    with settings.register() as register, register.transaction():
        store = ApiTokens(register.connection)
        found = next((one for one in store.all() if one.id == number), None)
        if found is None or not store.revoke(number, moment(settings.now)):
            why = "ingen nyckel har numret" if found is None else "den är redan återkallad"
            remedy = "se 'avtalsvakt access token list'"
            raise Rejected([Problem(f"nyckel {number} kan inte återkallas", "NUMMER", why, remedy)])
        return found


def token_of(settings: Settings, secret: str) -> ApiToken | None:
    """The token with the secret that holds today, noted as used today; None where there is none. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        found = ApiTokens(register.connection).of(hashed(secret))
    if found is None or not found.holds(settings.today):
        return None
    if found.last_used == settings.today:
        return found
    with settings.register() as register, register.transaction():
        ApiTokens(register.connection).used(found.id, settings.today)
    return replace(found, last_used=settings.today)
