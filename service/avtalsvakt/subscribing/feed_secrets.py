"""The secret in a feed's address: 256 random bits. Calendar programs cannot log in, so whoever has it may read."""

import secrets
from hashlib import sha256

PATTERN = "[A-Za-z0-9_-]{43}"


def new_token() -> str:
    """A new secret, in letters that need no escaping in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a secret. It is random through and through, so one fast round is as safe as many slow ones."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
