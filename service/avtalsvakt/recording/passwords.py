"""Passwords as hashes (argon2id): made, checked, and made anew where the parameters have been raised since."""

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from avtalsvakt_rules.problems import Problem

SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 64 MB for as long as it is made."""


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """What is checked where there is no hash, by the same parameters."""
    return HASHER.hash("ingens lösenord")


def hash_of(password: str) -> str:
    """The hash to keep."""
    with _AT_ONCE:
        return HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one that the hash was made of; it takes as long where there is none."""
    with _AT_ONCE:
        try:
            HASHER.verify(kept or _nobodys(), password[: LONGEST + 1])
            return kept is not None
        except (VerificationError, InvalidHashError):
            return False


def wrong_with(password: str, name: str) -> Problem | None:
    """Why a password cannot be chosen, or None. Length is what counts; no kinds of letters are asked for."""
    why = None
    if not SHORTEST <= len(password) <= LONGEST:
        why = f"det ska ha {SHORTEST}–{LONGEST} tecken"
    elif name.casefold() in password.casefold() or len(set(password)) < 5:
        why = "det är för lätt att gissa"
    if why is None:
        return None
    return Problem("lösenordet kan inte användas", "lösenordet", why, "välj till exempel några ord som inte hör ihop")
