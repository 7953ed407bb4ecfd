"""How mail leaves: server, encryption, sign-in and sender, from the environment; secrets also from files.

In comes the environment, out come settings, or None where no server is named. Raises Rejected. A secret is in no
message and no representation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from avtalsvakt_rules.problems import Problem, Rejected

SERVER, TLS, USER, PASSWORD, SENDER, CA = (
    "AVTALSVAKT_SMTP", "AVTALSVAKT_SMTP_TLS", "AVTALSVAKT_SMTP_USER", "AVTALSVAKT_SMTP_PASSWORD",
    "AVTALSVAKT_MAIL_FROM", "AVTALSVAKT_SMTP_CA",
)  # fmt: skip
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Where systemd puts secrets that a unit loads (`LoadCredential=`)."""
STARTTLS, IMPLICIT, PLAIN = "starttls", "tls", "none"
PORTS = {STARTTLS: 587, IMPLICIT: 465, PLAIN: 25}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. `ca` is a file with the authorities that vouch for it, where the system's do not."""

    host: str
    port: int
    tls: str
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None


def mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """The mail server of the environment; None where none is named. Raises Rejected for what cannot be used."""
    named = environ.get(SERVER, "").strip()
    if not named:
        return None
    tls = environ.get(TLS, STARTTLS)
    if tls not in PORTS:
        raise Rejected([_problem(f"krypteringen '{tls}' finns inte", TLS, "", f"skriv {', '.join(PORTS)}")])
    host, _, port = named.rpartition(":") if ":" in named else (named, "", str(PORTS[tls]))
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit() and len(port) < 6) or not 0 < int(port) < 65_536:
        why = "där ska stå värd, eller värd och port"
        raise Rejected(
            [_problem("e-postservern går inte att förstå", SERVER, why, "skriv t.ex. smtp.kommun.example:587")]
        )
    sender = environ.get(SENDER, "").strip()
    if "@" not in sender or any(sign in sender for sign in "\r\n<>, "):
        why = "utan avsändare tar ingen server emot breven"
        raise Rejected([_problem("avsändaren saknas", SENDER, why, "skriv en adress, t.ex. avtalsvakt@kommun.example")])
    user, password = environ.get(USER) or None, secret(environ, PASSWORD)
    if tls == PLAIN and (host not in LOOPBACK or user):
        why = "brev och lösenord skulle gå okrypterade över nätet"
        raise Rejected([_problem("e-post utan kryptering", TLS, why, f"använd {STARTTLS} eller {IMPLICIT}")])
    if user and password is None:
        remedy = f"ange {PASSWORD}_FILE, {PASSWORD} eller LoadCredential"
        raise Rejected([_problem("lösenordet till e-postservern saknas", PASSWORD, f"{USER} är satt", remedy)])
    ca = environ.get(CA)
    return MailServer(host, int(port), tls, sender, user, password, Path(ca) if ca else None)


def secret(environ: Mapping[str, str], name: str) -> str | None:
    """A secret: from the file that `NAME_FILE` names, systemd's credentials, else the variable. Raises Rejected."""
    named = environ.get(f"{name}_FILE")
    folder = environ.get(CREDENTIALS)
    loaded = Path(folder) / name.removeprefix("AVTALSVAKT_").lower().replace("_", "-") if folder else None
    path = Path(named) if named else loaded if loaded is not None and loaded.is_file() else None
    if path is None:
        return environ.get(name) or None
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = f"filen kan inte läsas: {getattr(error, 'strerror', None) or 'den är ingen text'}"
        raise Rejected(
            [_problem("hemligheten kan inte läsas", f"{name}_FILE", why, "kontrollera rättigheterna")]
        ) from error


def _problem(what: str, where: str, why: str, remedy: str) -> Problem:
    return Problem(what, where, why or "programmet känner inte till den", remedy)
