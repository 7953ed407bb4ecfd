"""The addresses that are given to people: where a feed lies as seen from outside, in the forms that programs take."""

from urllib.parse import quote, urlsplit

from msgspec import Struct

from avtalsvakt.subscribing.feed_addresses import FOLDER, Links, feed_links
from avtalsvakt_rules.problems import Problem, Rejected

DUTY, FORMER_DUTY = "skyldighet", "plikt"
"""The folder of single duties, and its former name: links that people have kept still lead there."""
BASE_URL = "AVTALSVAKT_BASE_URL"
"""The environment variable that says where the program is reached from outside."""
LONGEST_BASE = 190
"""Google takes no address of more than 256 characters, and says nothing about it."""


class Site(Struct, frozen=True):
    """Where the program is reached from outside: scheme, host and the folder a reverse proxy has it under.

    Never taken from a request: whoever sends one could write any host in it.
    """

    base: str

    @property
    def prefix(self) -> str:
        """The folder, `/avtalsvakt`, or empty at the top."""
        return urlsplit(self.base).path

    def feed(self, token: str) -> Links:
        """The links to a feed."""
        return feed_links(self.base, token)

    def duty(self, token: str, duty: str) -> str:
        """The address of a single duty's calendar file."""
        return f"{self.base}/{FOLDER}/{token}/{DUTY}/{quote(duty, safe='')}.ics"


def site(base: str, where: str = "--base-url") -> Site:
    """The site with the address. Raises Rejected for what is no plain http or https address."""
    text = base.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_a_number = urlsplit(""), False
    fits = len(text) <= LONGEST_BASE
    plain = fits and text.isascii() and text.isprintable() and not any(sign in text for sign in " \"'<>\\?#@%")
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or not port_is_a_number:
        why = "det är ingen fullständig webbadress" if fits else f"den är längre än {LONGEST_BASE} tecken"
        remedy = "skriv den som den ser ut utifrån, t.ex. https://kommun.example/avtalsvakt"
        raise Rejected([Problem(f"adressen '{base}' kan inte användas", where, why, remedy)])
    return Site(text)
