"""Whose public holidays a text's working days follow: a country by its code of two letters.

Which countries there are is what the library `holidays` knows; it is slow to import, and asked only for a text that
names another country than Sweden. Source: docs/regelspraket.md, Avtalet.
"""

import re
from functools import cache

from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.problems import Misread

HOME = "SE"


def read_country(raw: object) -> object:
    """The code of a country, as it is written. Raises ValueError with a Swedish explanation."""
    text = str(raw)
    if text == HOME:
        raise Misread("SE har ingen verkan", "ta bort den; utan nyckeln gäller svenska helgdagar")
    if not re.fullmatch(r"[A-Z]{2}", text) or text not in _known():
        raise Misread(
            f"{shown(text)} är inget land som programmet har helgdagar för",
            "skriv landets kod med två stora bokstäver, t.ex. NO, DK eller FI",
        )
    return text


@cache
def _known() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries())
