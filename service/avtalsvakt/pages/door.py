"""Who is let in to the pages: somebody at this very machine, or whom a proxy has signed in. Roles say what they see.

In comes what is known of a request, out comes who asks, or why it is not answered. Pure. A reverse proxy that hands on
to the loopback looks like somebody at the machine; so a request that shows signs of having come through one is not
taken for that (a header that proxies add, another host than the loopback's, the old protocol that many of them speak).
"""

from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address

from msgspec import Struct

from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.texts.normal_form import composed

WHERE = "sidorna"
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""Headers that tell that a request has come through a proxy."""
LONGEST = 200
"""Letters in a name that a sign-in gives."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class SignIn(Struct, frozen=True):
    """A proxy that signs people in: the header in which it names them, and the addresses that it asks from."""

    header: str
    proxies: frozenset[str]


class Asking(Struct, frozen=True):
    """What is known of a request: the address it comes from, its headers by small letters, the protocol's version.

    `name` is who is signed in on the browser, where that is done here.
    """

    peer: str
    headers: Mapping[str, str]
    version: str = "1.1"
    name: str | None = None


class Door(Struct, frozen=True):
    """The rule in force. `here` is the role or account that somebody at the machine records as.

    `way`: people sign in here, by accounts or at a provider. `outside`: the program has an address from outside, so
    that requests to the loopback may come from anybody.
    """

    here: str | None
    sign_in: SignIn | None = None
    outside: bool = False
    way: str | None = None

    def asker(self, asking: Asking) -> str | Problem:
        """The name of the one who asks, or why nobody by it is let in; what it may is for the register to say."""
        if self.sign_in is not None:
            return _signed_in(self.sign_in, asking)
        if self.way is not None:
            return asking.name or _not_signed_in()
        if self.outside or not _at_the_machine(asking):
            return _only_here()
        return read_recorder(self.here)

    @property
    def said(self) -> str:
        """What is said of it when the program starts."""
        if self.sign_in is not None:
            return f"sidorna visas för den som en inloggning på {', '.join(sorted(self.sign_in.proxies))} släpper in"
        if self.way is not None:
            where = "här, med ett konto" if self.way == "account" else "hos inloggningstjänsten"
            return f"sidorna visas för den som har loggat in {where}"
        if self.outside:
            return "sidorna är stängda: programmet nås utifrån och ingen inloggning är angiven (--sign-in-header)"
        return "sidorna visas bara på den här datorn; för andra behövs en inloggning framför (--sign-in-header)"


def sign_in(header: str | None, proxies: tuple[str, ...]) -> SignIn | None:
    """The proxy that signs people in, if one is given. Raises Rejected where half of it is, or no address is one."""
    if header is None and not proxies:
        return None
    if header is None or not proxies:
        why = "utan adress kan vem som helst skriva rubriken; utan rubrik syns inte vem som är inloggad"
        remedy = "ange båda, t.ex. --sign-in-header X-Remote-User --sign-in-from 127.0.0.1"
        raise Rejected([Problem("inloggningen är bara till hälften angiven", "--sign-in-header", why, remedy)])
    if not header.replace("-", "").isalnum() or not header.isascii() or header.casefold() in FORWARDED:
        why = "det är inget namn på en rubrik som kan bära vem som är inloggad"
        raise Rejected([Problem(f"rubriken '{header[:40]}' kan inte användas", "--sign-in-header", why,
                                "skriv t.ex. X-Remote-User")])  # fmt: skip
    return SignIn(header.lower(), frozenset(map(_address, proxies)))


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        why = "där ska stå en IP-adress: den som inloggningen frågar ifrån"
        raise Rejected(
            [Problem(f"'{text[:40]}' är ingen adress", "--sign-in-from", why, "skriv t.ex. 127.0.0.1")]
        ) from None


def _signed_in(rule: SignIn, asking: Asking) -> str | Problem:
    if asking.peer not in rule.proxies:
        why = "den kom inte genom den inloggning som är angiven"
        return Problem("sidan visas inte", WHERE, why, "gå till den adress som er it-avdelning har lämnat")
    name = asking.headers.get(rule.header, "").strip()
    if not name:
        why = f"inloggningen talade inte om vem du är (rubriken {rule.header} saknas)"
        return Problem(
            "du är inte inloggad", WHERE, why, "logga in och försök igen, eller hör av dig till it-avdelningen"
        )
    return readable(name)


def readable(name: str) -> str | Problem:
    """The name as the sign-in means it: proxies send letters beyond ASCII in UTF-8, which headers are not read as."""
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")
    name = composed(name)
    if len(name) > LONGEST or not name.isprintable():
        why = f"inloggningen gav ett namn som är längre än {LONGEST} tecken eller har tecken som inte syns"
        return Problem("du är inte inloggad", WHERE, why, "hör av dig till it-avdelningen")
    return name


def _not_signed_in() -> Problem:
    return Problem("du är inte inloggad", WHERE, "inloggningen har gått ut, eller så är ingen gjord", "logga in")


def _only_here() -> Problem:
    why = "sidorna visas bara på den dator där programmet går, eller bakom en inloggning"
    remedy = "be den som sköter driften att ställa en inloggning framför (docs/drift.md)"
    return Problem("sidan visas inte", WHERE, why, remedy)


def _at_the_machine(asking: Asking) -> bool:
    host = asking.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    came_straight = not any(one in asking.headers for one in FORWARDED) and asking.version != "1.0"
    return came_straight and name.lower() in LOOPBACK_NAMES and _loopback(asking.peer)


def _loopback(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False
