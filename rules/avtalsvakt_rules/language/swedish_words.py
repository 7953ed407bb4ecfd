"""The words of the rule language, as somebody may say them in Swedish: what to write instead of a word that is none.

In comes what was written and what could stand there, out comes advice.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

IN_SWEDISH: Mapping[str, str] = MappingProxyType(
    {
        "ska": "shall", "skall": "shall", "måste": "shall", "bör": "should", "får": "may", "kan": "may",
        "får inte": "shall_not", "ska inte": "shall_not", "giltigt om": "valid_if", "anses": "deemed",
        "upplyser": "states", "definierar": "defines", "lokal": "local", "lokalt": "local", "avtal": "agreement",
        "stadgar": "bylaws", "övergripande": "superior", "lag": "statute", "författning": "statute",
        "remissvar": "referral", "kommun": "municipality", "vecka": "week", "månad": "month", "kvartal": "quarter",
        "halvår": "half_year", "termin": "semester", "år": "year", "årets slut": "year_end", "giltighetstid": "term",
        "en gång": "once", "alltid": "always", "varje": "each", "efter": "follows", "tidigast": "opens",
        "senast": "due", "dag": "day", "bara": "only", "utom": "except", "från": "from", "till": "until",
        "vem": "who", "mot": "to", "organ": "body", "när": "when", "vad": "what", "minst": "at_least",
        "högst": "at_most", "givet": "given", "om": "given", "verkan": "effect", "påminn": "remind", "varna": "warn",
        "intyg": "attest", "del av": "part_of", "anmärkning": "note", "gäller": "valid", "läsningar": "readings",
        "part": "party", "plats": "site", "lucka": "gap", "motsägelse": "contradiction", "saknas": "missing",
        "oklart": "unclear", "odefinierat": "undefined", "titel": "title", "nivå": "level", "parter": "parties",
        "klausuler": "clauses", "bilagor": "annexes", "fakta": "facts", "fynd": "findings", "ersätter": "replaces",
    }
)  # fmt: skip
"""A word of the language by what it is called; only those that somebody may well write instead."""


def nearest(word: str, known: Iterable[str]) -> str:
    """What to write instead of a word that is none of the known ones."""
    from difflib import get_close_matches  # only where something is wrong

    options = sorted(known)
    said = IN_SWEDISH.get(word.strip().lower().replace("_", " "))
    near = [said] if said in options else get_close_matches(word, options, 1)
    return f"menade du '{near[0]}'?" if near else f"skriv något av {', '.join(options)}"
