"""Readings: where a text can be read in two ways, the choices, our default and the reason for it.

readings.yaml names them all. `SUPPORTED` lists the choices the engine carries out; any other choice is refused when the
rules are read, so that a verdict never rests on a choice that was silently ignored.
"""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from avtalsvakt_rules.keeping.plain_yaml import own


class ReadingQuestion(Struct, frozen=True):
    """One question of interpretation: its choices (id → meaning), the default and why."""

    code: str
    question: str
    choices: Mapping[str, str]
    default: str
    reason: str


@cache
def load_readings() -> Mapping[str, ReadingQuestion]:
    """All questions of interpretation, by code."""
    return {
        code: ReadingQuestion(code, entry["question"], entry["choices"], str(entry["default"]), entry["reason"])
        for code, entry in own("readings.yaml")["readings"].items()
    }


SUPPORTED: Mapping[str, frozenset[str]] = {
    code: frozenset(choices.split())
    for code, choices in {
        "AR": "calendar agreement rolling",
        "HALVAR": "calendar agreement rolling",
        "STUB": "full none prorata threshold",
        "SEXMAN": "clip dayafter days",
        "SAMRAD": "both initiated",
        "VARDAG": "A_strict B_postal",
        "14D": "receipt roll",
        "SNARAST": "open",
        "EXTKOND": "agreed start whole",
        "AVSIKT": "umbrella",
        "CHEF": "same",
        "ALT": "each second",
        "MANAD": "calendar rolling",
        "STARTDATUM": "start binding",
        "TILLSVIDARE": "accessory independent",
        "TERMIN": "half school",
        "ARETSSLUT": "dec31 january december",
        "FJARDE": "picture term from_start",
        "VARTANNAT": "calendar",
        "ELLERBEHOV": "floor alternative",
        "UPPDATUM": "revised",
        "REVIDERA": "review change",
        "SENT": "documents never always",
        "KALLAS": "held",
        "INGA": "member",
        "DUBBEL": "both local superior",
        "KONDREV": "revision term",
        "SUCC": "successor fixed",
        "ARSSKIFTE": "conservative",
        "FORLANG": "amendment option",
        "EFTERUT": "no retro",
        "TVAAR": "each",
        "NYAR4": "same minus1",
        "DELTAR": "permeeting",
        "BEHOV": "none",
        "JOINT": "joint",
        "BILNR": "qualified",
        "UNDANTAG": "written informal",
        "BOR": "recommendation duty",
        "REMISSDAT": "board",
        "VEMBAR": "both",
        "PERIODSLUT": "e_contrario analog",
        "PRIO": "annex3",
        "INITIERAD": "assessment",
        "PLANEFTER": "due_if_extended due not_due",
        "SAMRADPLIKT": "duty condition",
        "AVSANT": "sent",
        "SAMRADALDER": "same_year any",
        "ASOFSLUT": "end",
        "DUBBLETT": "body_day each",
        "FRAMTID": "planned accept",
        "SENAST3": "earlier fixed",
        "BUD": "handover",
        "NYREGEL": "version_on_due split",
        "INTERNKONFLIKT": "minimum",
        "MALLTID": "new_only",
        "KONTINUERLIGT": "floor",
        "AVDCHEF": "coopted",
        "REVSAMRAD": "separate",
        "MOJLIGASTE": "breach",
        "ADRESS": "party",
        "INFOINTYG": "act",
        "BLANKFORM": "flag strict",
    }.items()
} | {"RISK30": frozenset({"30 days"})}

REFUSED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("SNARAST", "fixed"): (
        "texten ger inget antal dagar, och ingen klausul säger vilket som skulle gälla",
        "skriv en sista dag under instead i klausulen, t.ex. {when: {each: …, due: 14 days after event}}",
    ),
    ("FJARDE", "exact"): (
        "dagen för den förra lägesbilden är inte känd, bara året",
        "välj picture, eller skriv när dagen är känd en klausul som räknar från den",
    ),
    ("ARSSKIFTE", "early"): (
        "en händelse som bara anger månad eller år räknas överallt från sin sista möjliga dag",
        "registrera den dag som parterna menar",
    ),
    ("REVSAMRAD", "bound"): (
        "samrådet och revideringen bedöms var för sig, så att ett fel redovisas en gång",
        "läs de två skyldigheterna tillsammans",
    ),
    ("ASOFSLUT", "start"): (
        "en dag bedöms när den är slut; dess början är detsamma som gårdagens slut",
        "ange dagen före med --as-of",
    ),
    ("RISK30", "other"): (
        "antalet dagar är klausulens eget, inte en fråga om hur texten läses",
        "skriv warn: 45 days i klausulen",
    ),
}
"""Why nobody carries out a choice, and what can be done instead. A clause may still write one out for itself."""
