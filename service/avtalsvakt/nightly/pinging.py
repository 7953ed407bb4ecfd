"""Tells an address outside when a night starts, is done and fails, as Healthchecks and its like take it.

In come an address and a word, out comes None, or a Problem for the log: a night never fails because nobody listened.
The address is a secret; no message holds it.
"""

from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener

from avtalsvakt_rules.problems import Problem, Rejected

VARIABLE = "AVTALSVAKT_PING"
START, SUCCESS, FAIL = "/start", "", "/fail"
PATIENCE = 5.0
LONGEST = 10_000
"""Bytes of what is told with a failure, as much as such services keep."""


def checked(address: str) -> str:
    """The address without a slash at its end. Raises Rejected for what is no http or https address."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        why = "det är ingen fullständig webbadress utan frågetecken"
        raise Rejected([Problem("adressen att anropa kan inte användas", VARIABLE, why, "skriv den med https://")])
    return address.strip().rstrip("/")


def ping(address: str | None, what: str, said: str = "") -> Problem | None:
    """Tell the address; what went wrong, or None. Without an address nothing is told."""
    if not address:
        return None
    request = Request(f"{address}{what}", said.encode()[:LONGEST], {"User-Agent": "avtalsvakt"}, method="POST")  # noqa: S310 - checked
    try:
        with build_opener().open(request, timeout=PATIENCE) as answer:
            answer.read(1)
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        why = f"den svarar inte: {reason}"
        return Problem("övervakningen kunde inte nås", VARIABLE, why, "kontrollera adressen och nätet; natten är gjord")
    return None
