"""Values as they stand in a file, made ready for the models of the rule language: the short ways of writing them."""

import re

from avtalsvakt_rules.language.days import read_day
from avtalsvakt_rules.language.identifiers import ATTRIBUTE
from avtalsvakt_rules.problems import Misread


def as_list(raw: object) -> object:
    """One or several as a list; nothing stays nothing."""
    return raw if isinstance(raw, list) or raw is None else [raw]


def as_tuple(raw: object) -> object:
    """One or several as a tuple."""
    return raw if isinstance(raw, tuple) else tuple(raw) if isinstance(raw, list) else (raw,)


def named_choices(raw: object) -> object:
    """Readings with choices, each with what is then written. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, dict) and all(isinstance(choices, dict) for choices in raw.values()):
        return raw
    raise Misread("instead är en läsnings val och vad som då skrivs", "skriv {KOD: {val: {nyckel: värde}}}")


def number_of_days(raw: object) -> object:
    """`45 days` as a number. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, str) and re.fullmatch(r"\d{1,4} days?", raw, re.ASCII):
        return int(raw.split()[0])
    if isinstance(raw, int):
        return raw
    raise Misread("här väntas ett antal dagar", "skriv t.ex. 45 days")


def each_one(raw: object) -> object:
    """What `per` names. Raises ValueError with a Swedish explanation."""
    if not isinstance(raw, str) or not ATTRIBUTE.fits(raw):
        raise Misread(
            "per säger vad det är en skyldighet för varje av", "skriv t.ex. per: party, per: site eller ett attribut"
        )
    return raw


def only_true(raw: object) -> object:
    """The one value that `sensitive` has. Raises ValueError with a Swedish explanation."""
    if raw not in (True, "true"):
        raise Misread("sensitive kan bara vara true", "skriv sensitive: true, eller ta bort nyckeln")
    return True


def year_start(raw: object) -> object:
    """A day that every year has. Raises ValueError with a Swedish explanation."""
    day = read_day(str(raw))
    if not day.annual or day.annual == (2, 29):
        raise Misread("här väntas en månad och dag som finns varje år", "skriv t.ex. 07-01")
    return raw
