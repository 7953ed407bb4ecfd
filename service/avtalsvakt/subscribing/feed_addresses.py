"""Where a feed lies as seen from outside, in the forms that programs take: given to people once, and kept by nobody."""

from dataclasses import dataclass
from urllib.parse import quote

FOLDER = "kalender"
GOOGLE = "https://calendar.google.com/calendar/r?cid="


@dataclass(frozen=True, slots=True)
class Links:
    """One feed's address: as it is, for programs that register themselves for calendars, and for Google."""

    https: str
    webcal: str
    google: str


def feed_links(base: str, token: str) -> Links:
    """The links to a feed under the program's own address."""
    address = f"{base}/{FOLDER}/{token}.ics"
    webcal = "webcal://" + address.partition("://")[2]
    # Google's link takes the webcal form; the address in it is fetched over https.
    return Links(address, webcal, GOOGLE + quote(webcal, safe=""))
