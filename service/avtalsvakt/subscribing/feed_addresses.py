"""Where a feed lies as seen from outside, in the forms that programs take: given to people once, and kept by nobody."""

from msgspec import Struct

FOLDER = "kalender"


class Links(Struct, frozen=True):
    """One feed's address: as it is, and for programs that register themselves for calendars."""

    https: str
    webcal: str


def feed_links(base: str, token: str) -> Links:
    """The links to a feed under the program's own address."""
    address = f"{base}/{FOLDER}/{token}.ics"
    return Links(address, "webcal://" + address.partition("://")[2])
