"""How people sign in to the pages: by what, at whom, and how often they may try."""

from dataclasses import dataclass, field
from pathlib import Path

from avtalsvakt.pages.rates import Rates
from avtalsvakt_rules.problems import Problem, Rejected

BACK = "/logga-in/openid/svar"
"""Where a provider sends people back to."""
CLAIM = "preferred_username"


@dataclass(slots=True)
class Signing:
    """The way in force: `account`, `openid`, or None where a proxy does it or nobody has to.

    `by_name` counts tries by the name that was typed, `by_address` by where they came from.
    """

    way: str | None = None
    by_name: Rates = field(default_factory=lambda: Rates(1 / 30, 10))
    by_address: Rates = field(default_factory=lambda: Rates(1, 60))

    def too_often(self, name: str, address: str, now: float) -> bool:
        """Count a try; whether there have been too many. `now` in seconds that only go forwards."""
        return self.by_address.wait(address, now) > 0 or self.by_name.wait(name.casefold(), now) > 0


@dataclass(frozen=True, slots=True)
class Provider:
    """Who signs people in: its issuer, what we are called there, our secret there, and the claim that is the name."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str = CLAIM


def provider(issuer: str | None, client: str | None, secret: Path | None, claim: str = CLAIM) -> Provider | None:
    """The provider, if one is given. Raises Rejected where a part is missing, or the secret cannot be read."""
    if issuer is None and client is None and secret is None:
        return None
    if not (issuer and client and secret):
        why = "utgivaren, klienten och filen med hemligheten behövs alla"
        remedy = "ange --openid, --openid-client och --openid-secret"
        raise Rejected([Problem("inloggningen är bara till hälften angiven", "--openid", why, remedy)])
    plain = issuer.removeprefix("http://").partition("/")[0].rpartition(":")[0]
    if not issuer.startswith("https://") and plain not in ("localhost", "127.0.0.1"):
        why = "utan https kan vem som helst på vägen svara i dess ställe"
        raise Rejected([Problem(f"utgivaren '{issuer[:80]}' kan inte användas", "--openid", why, "ange https://…")])
    try:
        read = secret.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise Rejected([Problem("hemligheten kan inte läsas", str(secret), str(error), "rätta filen")]) from error
    return Provider(issuer.rstrip("/"), client, read, claim)
