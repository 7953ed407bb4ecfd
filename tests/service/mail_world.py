"""A real mail server on the loopback (aiosmtpd), with TLS and sign-in, that keeps what it takes."""

import os
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

SECRET = "korrekt-häst-batteri"  # of the test's own server
USER = "avtalsvakt"


@dataclass
class Mailbox:
    """What the server took. `answers`, by recipient, come instead of taking; `kill`: a process killed at a mail."""

    taken: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    kill: int | None = None
    signed_in: int = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        if self.kill is not None:
            os.kill(self.kill, signal.SIGKILL)
            self.kill = None
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert mechanism in ("LOGIN", "PLAIN") and isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), SECRET.encode())
        self.signed_in += good
        return AuthResult(success=good, handled=good)

    def ids(self, to: str | None = None) -> list[str]:
        return [str(one["Message-ID"]) for one in self.taken if to in (None, one["To"])]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that vouches for itself, and its key."""
    paths = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return paths


@contextmanager
def mail_server(
    box: Mailbox, pair: tuple[Path, Path] | None = None, *, port: int = 0, implicit: bool = False
) -> Iterator[int]:
    """A server for a mailbox; its port. With a certificate it asks for TLS and sign-in, else for nothing."""
    context = None
    if pair is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*pair)
    asked: dict[str, Any] = {}
    if context is not None:
        asked = {"authenticator": box.authenticate, "auth_required": True}
        asked |= {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
        asked |= {"auth_require_tls": not implicit}
    server = Controller(box, hostname="localhost", port=port or _free(), **asked)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def _free() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])


def plain(port: int) -> dict[str, str]:
    """The environment for a server without TLS, on this machine."""
    return {
        "AVTALSVAKT_SMTP": f"localhost:{port}",
        "AVTALSVAKT_SMTP_TLS": "none",
        "AVTALSVAKT_MAIL_FROM": "avtalsvakt@kommun.example",
    }
