"""How people sign in to the pages as options of `serve`: a proxy in front, own accounts or a provider; one at most."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from msgspec import Struct

from avtalsvakt.terminal.options import EXISTING
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.pages.door import SignIn
    from avtalsvakt.pages.signing import Provider

Command = Callable[..., Any]
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Chosen(Struct, frozen=True):
    """What was chosen: a proxy, or a way of the program's own with its provider."""

    proxy: "SignIn | None" = None
    way: str | None = None
    provider: "Provider | None" = None

    def check(self, host: str, base_url: str | None) -> None:
        """Raise Rejected where passwords and sign-ins would go over the net as they are."""
        if self.way is None or (base_url or "").startswith("https://"):
            return
        outside = base_url is not None and urlsplit(base_url).hostname not in LOOPBACK
        if outside or host not in LOOPBACK:
            why = "utan https kan vem som helst på vägen ta över en inloggning"
            remedy = "ställ en proxy med TLS framför, och ange --base-url https://…"
            raise Rejected([Problem("inloggningen kan inte visas utifrån", "--base-url", why, remedy)])


def sign_in_options(command: Command) -> Command:
    """Give the command what was chosen as `chosen`."""
    claim = "Uppgiften som är namnet på den som loggar in (förval: preferred_username)."

    @click.option(
        "--sign-in-header",
        "header",
        metavar="RUBRIK",
        help="Rubriken där en inloggning framför sidorna anger vem det är.",
    )
    @click.option(
        "--sign-in-from", "proxies", multiple=True, metavar="IP",
        help="Adressen som inloggningen frågar ifrån; kan upprepas.",
    )  # fmt: skip
    @click.option("--accounts", is_flag=True, help="Logga in med programmets egna konton (avtalsvakt access account).")
    @click.option("--openid", "issuer", metavar="ADRESS", help="Logga in hos en inloggningstjänst (OpenID Connect).")
    @click.option("--openid-client", "client", metavar="ID", help="Vad programmet heter hos inloggningstjänsten.")
    @click.option("--openid-secret", "secret", type=EXISTING, metavar="FIL", help="Filen med hemligheten därifrån.")
    @click.option("--openid-claim", "claim", default="preferred_username", metavar="NAMN", help=claim)
    @wraps(command)
    def called(*args: Any, **values: Any) -> Any:
        names = ("header", "proxies", "accounts", "issuer", "client", "secret", "claim")
        return command(*args, chosen=_chosen(**{name: values.pop(name) for name in names}), **values)

    return called


def _chosen(
    *, header: str | None, proxies: tuple[str, ...], accounts: bool, issuer: str | None, client: str | None,
    secret: Path | None, claim: str,
) -> Chosen:  # fmt: skip
    """What was chosen. Raises Rejected for half of one, and for several."""
    from avtalsvakt.pages.door import sign_in
    from avtalsvakt.pages.signing import provider
    from avtalsvakt.recording.sign_ins import ACCOUNT, OPENID

    proxy, found = sign_in(header, proxies), provider(issuer, client, secret, claim)
    if sum((proxy is not None, found is not None, accounts)) > 1:
        why = "samma namn skulle kunna vara olika personer"
        remedy = "välj en av --sign-in-header, --accounts och --openid"
        raise Rejected([Problem("flera sätt att logga in är angivna", "--accounts", why, remedy)])
    return Chosen(proxy, OPENID if found else ACCOUNT if accounts else None, found)
