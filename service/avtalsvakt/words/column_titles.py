"""What the columns of a list are called in Swedish, and which hold codes that have words."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from avtalsvakt.words.status_words import CAUSES, LIGHTS, OUTCOMES
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.vocabulary import load

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "act": "åtgärd", "address": "adress", "answer": "svar", "answers": "svar", "arrival": "nummer",
        "as_of": "bedömt per", "asked": "frågas", "asked_in": "frågas i", "at": "plats", "attest": "tillfrågad",
        "attested": "intygas", "attested_by": "intygas av", "bearer": "ansvarig", "becomes": "blir", "began": "började",
        "cannot": "prövas inte", "cause": "startad av", "changed": "ändrad", "choice": "val", "choices": "val",
        "class": "redovisas", "clause_document": "handling", "clause_paragraph": "stycke", "clause_section": "avsnitt",
        "clauses": "klausuler", "clock": "klocka", "computed": "beräknas", "counted": "räknade",
        "counted_becomes": "räknade blir", "counted_was": "räknade var", "counterparty": "motpart", "course": "förlopp",
        "created": "gjord", "day": "dag", "days_left": "dagar kvar", "default": "förval", "differs": "skiljer",
        "due": "sista dag", "due_becomes": "sista dag blir", "due_was": "sista dag var", "duty": "skyldighet",
        "en": "på engelska", "escalates": "vidare", "events": "poster", "fact": "registrering",
        "facts": "registreringar", "feed": "kalender", "feeds": "kalendrar", "field": "fält", "finding": "iakttagelse",
        "flags": "att notera", "fråga": "fråga", "funktion": "funktion", "given_by": "givet av", "holder": "för",
        "holds": "gäller", "in_force": "gäller nu", "instrument": "text", "item": "led", "judged": "bedömda",
        "known": "känd", "last_fetched": "hämtad", "last_used": "senast använd", "level": "nivå", "light": "trafikljus",
        "made": "gjord", "modality": "bindning", "next": "nästa", "not_counted": "räknas inte", "notices": "påminns",
        "now_counted": "räknade nu", "now_due": "sista dag nu", "now_required": "krävs nu", "now_status": "status nu",
        "number": "nummer", "obligation": "klausul", "obligations": "skyldigheter", "only": "bara", "operator": "drift",
        "paragraph": "stycke", "part": "del", "part_period": "delperiod", "period_from": "period från",
        "period_label": "period", "period_to": "period till", "presumed": "antas gälla", "question": "fråga",
        "reading": "läsning", "readings": "läsningar", "reason": "skäl", "record": "registrering",
        "recorder": "registrerad av", "refused": "avvisat", "replaces": "ersätter", "required": "krävs",
        "revoked": "återkallad", "rhythm": "översikt", "row": "rad", "rules": "regler", "run": "körning",
        "seconds": "sekunder", "section": "avsnitt", "sentence": "mening", "short_title": "kort namn", "since": "sedan",
        "state": "tillstånd", "status": "status", "status_becomes": "status blir", "status_was": "status var",
        "summary": "vad", "sv": "på svenska", "text": "text", "then_counted": "räknade då", "then_due": "sista dag då",
        "then_required": "krävs då", "then_status": "status då", "title": "titel", "to_attest": "att intyga",
        "tries": "försök", "trigger": "utlöst av", "true_on": "sant från", "umbrella": "under", "under": "under",
        "until": "gäller till", "uses": "använd", "was": "var", "why": "varför", "words": "punkt",
    }
)  # fmt: skip
"""Columns that are no fields of facts."""

CODED: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        **dict.fromkeys(("status", "status_was", "status_becomes", "now_status", "then_status"), labels.status),
        "class": lambda code: labels.CLASSES.get(code, code),
        "modality": lambda code: labels.MODALITIES.get(code, code),
        "state": lambda code: labels.STATES.get(code, code),
        "kind": lambda code: labels.DISCREPANCIES.get(code) or names_of().kind(code),
        "light": lambda code: LIGHTS.get(code, code),
        "outcome": lambda code: OUTCOMES.get(code, code),
        "cause": lambda code: CAUSES.get(code, code),
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
