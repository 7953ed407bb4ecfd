"""What a way out for messages is, and what it may answer."""

from typing import Protocol

from msgspec import Struct

from avtalsvakt_engine.storage.outgoing.outbox import Message


class NotNow(Exception):  # noqa: N818 - an answer, no fault
    """It was not taken, and may be tried again. `everything`: nothing else would be taken either."""

    def __init__(self, said: str, *, everything: bool = False) -> None:
        """With what the other side said."""
        super().__init__(said)
        self.everything = everything


class Refused(Exception):  # noqa: N818 - an answer, no fault
    """It was refused for good."""


class NoAnswer(Exception):  # noqa: N818 - an answer that is missing
    """It was handed over and nobody said whether it was taken: it may have been."""


class Letterbox(Struct, frozen=True):
    """A message and the address that it goes to."""

    message: Message
    address: str


class Channel(Protocol):
    """A way out. `send` returns what the other side said, or raises NotNow, Refused or NoAnswer."""

    def send(self, one: Letterbox) -> str:
        """Hand over a message."""
        ...

    def close(self) -> None:
        """Let go of the connection; it may be closed already."""
        ...
