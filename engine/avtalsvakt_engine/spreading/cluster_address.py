"""Whether an address is one at which a cluster may be reached. Nothing is reached here; refusals are in four parts."""

import re
from importlib.util import find_spec

from avtalsvakt_rules.problems import Problem, Rejected

OWN = ("127.0.0.1", "localhost", "[::1]")
"""What this machine calls itself."""


def check_address(address: str) -> None:
    """Raise Rejected for what is no scheduler's address, or one that is reached unprotected over a network."""
    found = re.fullmatch(r"(tcp|tls)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})", address, re.ASCII)
    if found is None or not 0 < int(found[3]) < 65536:
        why = "en adress till en Dask-schemaläggare har formen tls://VÄRD:PORT"
        raise Rejected([_problem(f"klustrets adress {address} går inte att tyda", why, "ange schemaläggarens adress")])
    if found[1] == "tcp" and found[2] not in OWN:
        why = "på andra datorer går det bara med TLS: den som kan ändra trafiken kan köra vad som helst här"
        remedy = "ge schemaläggare och arbetare certifikat och ange tls://; se docs/drift.md"
        raise Rejected([_problem(f"klustret på {address} är oskyddat", why, remedy)])


def check_installed() -> None:
    """Raise Rejected where the extra that knows Dask is not installed."""
    if find_spec("distributed") is None:
        why = "paketet distributed saknas"
        raise Rejected([_problem("kluster kan inte användas", why, "installera tillägget: avtalsvakt[cluster]")])


def _problem(what: str, why: str, remedy: str) -> Problem:
    return Problem(what, "--cluster", why, remedy)
