"""Hands messages to a chat (Teams, Slack, ntfy and others) through Apprise, an optional extra.

Only this module knows it. In comes a message to `chat:NAME`, out goes its subject and text to the address that the
operator's file has for NAME. Those addresses are secrets, and in no message.
"""

import logging
from pathlib import Path

from avtalsvakt.notifying.channels import Letterbox, NotNow
from avtalsvakt.notifying.recipients import CHAT
from avtalsvakt_rules.problems import Problem, Rejected

FILE = "AVTALSVAKT_CHAT_FILE"
LONGEST = 3_000
"""Letters of text: a chat is no place for a long list, and several services take no more."""


def chat_addresses(path: Path | None) -> dict[str, str]:
    """The addresses by name: lines `NAME = ADDRESS`. Raises Rejected where the file cannot be read."""
    if path is None:
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = f"filen kan inte läsas: {getattr(error, 'strerror', None) or 'den är ingen text'}"
        raise Rejected([Problem("chattarna kan inte läsas", FILE, why, "kontrollera rättigheterna")]) from error
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): address.strip() for name, _, address in pairs}


class ChatChannel:
    """The chats of the operator's file."""

    def __init__(self, addresses: dict[str, str]) -> None:
        """With addresses by name."""
        self.addresses = addresses

    def send(self, one: Letterbox) -> str:
        """Hand over the subject and the text. Raises NotNow: a chat that is missing today may be there tomorrow."""
        address = self.addresses.get(one.address.removeprefix(CHAT))
        if address is None:
            raise NotNow(f"{one.address} finns inte i filen som {FILE} anger")
        try:
            import apprise
        except ImportError as error:
            raise NotNow("tillägget för chatt är inte installerat (avtalsvakt[chat])") from error
        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its log would hold the address
        sender = apprise.Apprise()
        if not sender.add(address):
            raise NotNow(f"adressen till {one.address} går inte att förstå")
        text = one.message.plain or ""
        body = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        if not sender.notify(title=one.message.subject or "", body=body, body_format=apprise.NotifyFormat.TEXT):
            raise NotNow(f"{one.address} tog inte emot meddelandet")
        return "mottaget"

    def close(self) -> None:
        """Nothing is held."""
