"""Passwords as hashes (argon2id): made, checked, and made anew where the parameters have been raised since."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from avtalsvakt_rules.problems import Problem

SHORTEST, LONGEST = 12, 200
_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash("ingens lösenord")
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 64 MB for as long as it is made."""


def hash_of(password: str) -> str:
    """The hash to keep."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one that the hash was made of; it takes as long where there is none."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODYS, password[: LONGEST + 1])
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
