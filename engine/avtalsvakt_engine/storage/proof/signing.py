"""The key that signs what runs end with: Ed25519 (RFC 8032), in a file of its own outside the register.

In comes the file's path, out comes a Signer; one is made where there is none, for this account only. Whoever has the
public half (64 hexadecimal digits) can check a signature. Raises Rejected where the file is no such key.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer(Struct, frozen=True):
    """Signs with a key; `public` is its public half."""

    key: "Ed25519PrivateKey"

    @property
    def public(self) -> str:
        """The public half in hexadecimal."""
        return self.key.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> str:
        """The signature in hexadecimal."""
        return self.key.sign(data).hex()


def key_beside(register: Path) -> Path:
    """Where the key lies unless it is said: beside the register, with another end to its name."""
    return register.with_suffix(".nyckel")


def signer(path: Path, *, make: bool = False) -> Signer | None:
    """The signer with the key in a file; None where there is none, unless it is to be made. Raises Rejected."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    if not path.exists():
        if not make:
            return None
        key = Ed25519PrivateKey.generate()
        with whole(path) as beside:
            beside.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return Signer(key)
    try:
        read = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise Rejected([_no_key(path)]) from error
    if not isinstance(read, Ed25519PrivateKey):
        raise Rejected([_no_key(path)])
    return Signer(read)


def signed_by(public: str, data: bytes, signature: str) -> bool:
    """Whether the key with the public half signed the data."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    with suppress(ValueError, InvalidSignature):
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
        return True
    return False


def _no_key(path: Path) -> Problem:
    why = "den är ingen privat Ed25519-nyckel i PEM-format, eller får inte läsas"
    remedy = "ange rätt fil med AVTALSVAKT_KEY; är nyckeln borta, flytta undan filen så görs en ny vid nästa körning"
    return Problem("nyckeln kan inte användas", str(path), why, remedy)
