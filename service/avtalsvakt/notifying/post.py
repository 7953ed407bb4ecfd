"""The ways out that the environment names, and which of them an address takes; a context manager.

Raises Rejected for settings that cannot be used, and NotNow at a message whose way out is not set up.
"""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from avtalsvakt.notifying.channels import Channel, Letterbox, NotNow
from avtalsvakt.notifying.chat_channel import FILE, ChatChannel, chat_addresses
from avtalsvakt.notifying.mail_channel import ATTEMPTS, MailChannel
from avtalsvakt.notifying.mail_settings import SERVER, mail_server
from avtalsvakt.notifying.recipients import CHAT


class Post:
    """Mail and chats."""

    def __init__(self, environ: Mapping[str, str], attempts: int = ATTEMPTS) -> None:
        """Read the settings. Raises Rejected."""
        server = mail_server(environ)
        named = environ.get(FILE)
        self._mail: Channel = MailChannel(server, attempts) if server else _NotSetUp()
        self._chat = ChatChannel(chat_addresses(Path(named) if named else None))

    def of(self, address: str) -> Channel:
        """The way out of an address."""
        return self._chat if address.startswith(CHAT) else self._mail

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._mail.close()


class _NotSetUp:
    """What stands where no mail server is named."""

    def send(self, one: Letterbox) -> str:  # noqa: ARG002 - as the others
        """Raises NotNow."""
        raise NotNow(f"ingen e-postserver är angiven; sätt {SERVER}", everything=False)

    def close(self) -> None:
        """Nothing is held."""
