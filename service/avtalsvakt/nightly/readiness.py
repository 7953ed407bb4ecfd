"""Tells systemd that the service is up, what it does, and that it stops (sd_notify). Elsewhere nothing happens."""

import os
import socket
from contextlib import suppress

VARIABLE = "NOTIFY_SOCKET"


def ready(status: str) -> None:
    """The service answers."""
    _send(f"READY=1\nSTATUS={status}")


def status(text: str) -> None:
    """What it does now, for `systemctl status`."""
    _send(f"STATUS={text}")


def stopping() -> None:
    """It is about to stop."""
    _send("STOPPING=1")


def _send(text: str) -> None:
    address = os.environ.get(VARIABLE, "")
    if not address.startswith(("/", "@")):
        return
    # An at sign stands for the zero byte of an abstract name.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        one.sendto(text.encode(), f"\0{address[1:]}" if address[0] == "@" else address)
