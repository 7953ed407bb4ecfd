"""What the columns of a list are called in Swedish, and which hold codes that have words."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.vocabulary import load

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "act": "åtgärd", "arrival": "nummer", "attest": "tillfrågad", "bearer": "ansvarig", "becomes": "blir",
        "changed": "ändrad", "clause_document": "handling", "clause_paragraph": "stycke", "clause_section": "avsnitt",
        "counted": "räknade", "counted_becomes": "räknade blir", "counted_was": "räknade var", "created": "gjord",
        "day": "dag", "days_left": "dagar kvar", "due": "sista dag", "due_becomes": "sista dag blir",
        "due_was": "sista dag var", "duty": "skyldighet", "events": "poster", "fact": "registrering",
        "facts": "registreringar", "feed": "kalender", "feeds": "kalendrar", "field": "fält", "flags": "att notera",
        "fråga": "fråga", "funktion": "funktion", "holder": "för", "holds": "gäller", "instrument": "text",
        "known": "känd", "last_fetched": "hämtad", "modality": "bindning", "next": "nästa",
        "not_counted": "räknas inte",
        "number": "nummer", "obligation": "klausul", "part_period": "delperiod", "period_from": "period från",
        "period_label": "period", "period_to": "period till", "question": "fråga", "readings": "läsningar",
        "reason": "skäl", "record": "registrering", "recorder": "registrerad av", "required": "krävs",
        "revoked": "återkallad", "rules": "regler", "short_title": "kort namn", "since": "sedan", "state": "tillstånd",
        "status": "status", "status_becomes": "status blir", "status_was": "status var", "summary": "vad",
        "title": "titel", "to_attest": "att intyga", "trigger": "utlöst av", "umbrella": "under",
        "until": "gäller till", "was": "var", "words": "punkt",
    }
)  # fmt: skip
"""Columns that are no fields of facts."""

CODED: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        **dict.fromkeys(("status", "status_was", "status_becomes"), labels.status),
        "modality": lambda code: labels.MODALITIES.get(code, code),
        "state": lambda code: labels.STATES.get(code, code),
        "kind": lambda code: names_of().kind(code),
        "body": lambda code: names_of().value(code),
    }
)
"""Columns of codes, with the word for each."""


@lru_cache(maxsize=512)
def column_title(name: str) -> str:
    """The title of a column, beginning with a capital; a column that nobody has named keeps its name."""
    if name in labels.STATUSES:
        said = labels.status(name, 2)
    else:
        said = TITLES.get(name) or load().labels.get(name) or name.replace("_", " ")
    return said[:1].upper() + said[1:]


def code_word(column: str, code: str) -> str | None:
    """The word for a code in a column of codes; None in other columns."""
    word = CODED.get(column)
    return None if word is None else word(code) if code else ""
