"""Hands messages to a mail server (SMTP, RFC 5321) over TLS, one recipient a message. Only this module knows smtplib.

In comes a message with its address, out comes what the server said. Connecting and signing in are tried a few times;
what was handed over is never handed over again here.
"""

import base64
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as FOR_SMTP
from email.utils import format_datetime, formataddr

import stamina
from stamina.instrumentation import set_on_retry_hooks

from avtalsvakt.notifying.channels import Letterbox, NoAnswer, NotNow, Refused
from avtalsvakt.notifying.mail_settings import IMPLICIT, STARTTLS, MailServer

PATIENCE = 20.0
ATTEMPTS = 3
NAME = "Avtalsvakt"

set_on_retry_hooks([])  # what is retried is told by whoever sends; the library would write a log of its own


class MailChannel:
    """A connection to a mail server, made when it is first needed."""

    def __init__(self, server: MailServer, attempts: int = ATTEMPTS) -> None:
        """Nothing is connected yet."""
        self.server, self.attempts = server, attempts
        self._client: smtplib.SMTP | None = None

    def send(self, one: Letterbox) -> str:
        """Hand over a message; what the server said. Raises NotNow, Refused or NoAnswer."""
        content = as_mail(one, self.server.sender).as_bytes(policy=FOR_SMTP)
        client = self._connected()
        try:
            client.rset()
            _check(client.mail(self.server.sender))
            _check(client.rcpt(one.address))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise NotNow(f"förbindelsen bröts: {_said(error)}") from error
        return self._hand_over(client, content)

    def close(self) -> None:
        """Say goodbye."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()

    def _hand_over(self, client: smtplib.SMTP, content: bytes) -> str:
        try:
            return _check(client.data(content))
        except smtplib.SMTPDataError as error:
            return _check((error.smtp_code, _bytes(error.smtp_error)))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise NoAnswer(f"förbindelsen bröts när brevet var överlämnat: {_said(error)}") from error

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            self._client = _tried(self._connect, self.attempts)
        return self._client

    def _connect(self) -> smtplib.SMTP:
        """A client that is signed in. Raises NotNow for what may pass, Refused for what a person has to mend."""
        server = self.server
        context = ssl.create_default_context(cafile=str(server.ca) if server.ca else None)
        if server.tls == IMPLICIT:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, own_name(), timeout=PATIENCE, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, own_name(), timeout=PATIENCE)
        try:
            if server.tls == STARTTLS:
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            if server.user and server.password is not None:
                _sign_in(client, server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client


def own_name() -> str:
    """What the client calls itself, without asking the net for it: that may take many seconds."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _sign_in(client: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in. Raises SMTPAuthenticationError. The library writes only ASCII; the standard (RFC 4616) has UTF-8."""
    if (user + password).isascii():
        client.login(user, password)
        return
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    code, said = client.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _tried(connect: Callable[[], smtplib.SMTP], attempts: int) -> smtplib.SMTP:
    """The connection, tried a few times. Raises NotNow for all that follows: without it nothing is taken."""
    try:
        for attempt in stamina.retry_context(on=_may_pass, attempts=attempts, timeout=60, wait_initial=1, wait_max=5):
            with attempt:
                return connect()
    except smtplib.SMTPAuthenticationError as error:
        raise NotNow(f"inloggningen godtogs inte ({error.smtp_code})", everything=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(f"e-postservern kunde inte nås: {_said(error)}", everything=True) from error
    raise AssertionError("the library tries or raises")


def _may_pass(error: Exception) -> bool:
    """Whether waiting a little may help; a refused sign-in or certificate may not."""
    if isinstance(
        error, (smtplib.SMTPAuthenticationError, ssl.SSLCertVerificationError, smtplib.SMTPNotSupportedError)
    ):
        return False
    return isinstance(error, (smtplib.SMTPException, OSError))


def _check(answer: tuple[int, bytes]) -> str:
    """What the server said. Raises NotNow for 4xx and Refused for 5xx."""
    code, said = answer
    text = f"{code} {said.decode('utf-8', 'replace')}"[:500]
    if 200 <= code < 300:
        return text
    if code >= 500:
        raise Refused(text)
    raise NotNow(text)


def as_mail(one: Letterbox, sender: str) -> EmailMessage:
    """The message as a mail: text and HTML of the same, marked as written by a program so that nothing answers it."""
    message, mail = one.message, EmailMessage()
    mail["Message-ID"] = f"<{message.message_id}@{sender.rpartition('@')[2]}>"
    mail["Date"] = format_datetime(datetime.fromisoformat(message.planned))
    mail["From"] = formataddr((NAME, sender))
    mail["To"] = one.address
    mail["Subject"] = " ".join((message.subject or "").split())
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(message.plain or "", cte="quoted-printable")
    mail.add_alternative(message.html or "", subtype="html", cte="quoted-printable")
    return mail


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)[:200]


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
