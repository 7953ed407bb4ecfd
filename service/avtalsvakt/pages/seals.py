"""That a form comes from one of our own pages: a secret for each browser, and a seal of it in every form.

The secret is the only cookie. Whoever makes another's browser send a form cannot read the seal.
"""

import hmac
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

COOKIE, FIELD, KEY = "avtalsvakt", "forsegling", "nyckel"
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sealer:
    """Makes seals with a key that lives as long as the program."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def seal(self, session: str, user: str) -> str:
        """The seal for one browser and one person."""
        return hmac.new(self.key, f"{session}\n{user}".encode(), sha256).hexdigest()

    def holds(self, session: str | None, user: str, given: str) -> bool:
        """Whether a form carries the seal of the browser that sends it."""
        return session is not None and hmac.compare_digest(self.seal(session, user).encode(), given.encode())


def new_session() -> str:
    """A secret for a browser."""
    return secrets.token_urlsafe(32)


def session_of(cookie: str | None) -> str | None:
    """The secret in a cookie, if it can be one of ours."""
    return cookie if cookie is not None and _SECRET.fullmatch(cookie) else None


def new_key() -> str:
    """What names a filled-in form, so that a form sent twice is recorded once."""
    return "w" + secrets.token_hex(6)


def key_of(text: str) -> str:
    """The name of a form that was sent; a new one where it carries none."""
    fits = len(text) == 13 and text.startswith("w") and all(one in "0123456789abcdef" for one in text[1:])
    return text if fits else new_key()
