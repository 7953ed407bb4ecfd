"""What codes are called in Swedish: statuses, modalities, states of instruments, flags, reasons, findings, violations.

One place for the words, so that the terminal, explanations and pages say the same thing. What has no words here is
shown as its code, which is better than nothing and seen by the tests.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avtalsvakt_engine.verdicts import Verdict

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "not_evaluated": "ej bedömd",
        "overdue": "försenad",
        "at_risk": "närmar sig",
        "pending": "väntar",
        "recommendation_not_met": "rekommendation ej följd",
        "fulfilled_late": "uppfylld för sent",
        "fulfilled": "uppfylld",
        "waived": "undantagen",
        "not_applicable": "ej tillämplig",
        "withdrawn": "bortfallen",
    }
)
"""In the order in which a person should read them; `withdrawn` is what history says of duties that are no more."""

SEVERAL: Mapping[str, str] = MappingProxyType(
    {
        "not_evaluated": "ej bedömda",
        "overdue": "försenade",
        "recommendation_not_met": "rekommendationer ej följda",
        "fulfilled_late": "uppfyllda för sent",
        "fulfilled": "uppfyllda",
        "waived": "undantagna",
        "not_applicable": "ej tillämpliga",
        "withdrawn": "bortfallna",
    }
)
"""The same of several, where it is said otherwise."""

BROKEN = ("overdue", "recommendation_not_met")
UNMET = ("pending", "at_risk", *BROKEN)
BREACHES = ("breach_on_record", "departure_on_record", "forbidden_act_done")
"""Rules that say that a record itself shows the breach: then nothing is late, something is wrong."""

BREACH = "brist"
"""What is said of such a duty instead of its status."""

NO = "svar: nej"
"""What is said instead of the status of a question that was answered with no."""

MODALITIES: Mapping[str, str] = MappingProxyType(
    {
        "obligation": "ska",
        "recommendation": "bör",
        "permission": "får",
        "prohibition": "får inte",
        "power": "kan",
        "definition": "villkor",
        "declaration": "upplysning",
    }
)

NORMS: Mapping[str, str] = MappingProxyType(
    {
        "obligation": "ett krav (»ska«)",
        "recommendation": "en rekommendation (»bör«)",
        "permission": "något som är tillåtet (»får«)",
        "prohibition": "ett förbud (»får inte«)",
        "power": "en rätt (»kan«)",
        "definition": "ett villkor",
        "declaration": "en upplysning",
    }
)
"""The same in a sentence."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "not_started": "gäller inte ännu",
        "in_force": "gäller",
        "extended": "gäller i förlängd tid",
        "presumed": "antas gälla",
        "lapsed": "har löpt ut",
        "terminated": "har upphört i förtid",
        "superseded": "har ersatts",
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "planned": "bara planerat; räknas när det registreras som genomfört",
        "cancelled": "inställt",
        "no_effect": "saknar verkan: formen eller beslutet som krävs är inte registrerat",
        "no_decision": "det saknas ett giltigt beslut om den version som åtgärden avser",
        "wrong_reference": "hänvisar till något annat än det som krävs",
        "one_party_only": "bara den ena parten deltog",
        "unchanged": "ledde inte till någon ändring, och enligt vald läsning krävs en",
        "too_late": "kom för sent och kan inte räknas i efterhand",
        "too_early": "kom före den dag då det tidigast får göras",
        "attribute_missing": "en uppgift som avgör saken är inte registrerad",
        "same_meeting": "samma möte är registrerat som hållet och räknas en gång",
        "breach": "visar själv att kravet inte följdes",
        "wrong_actor": "gjort av någon annan än den som skulle göra det",
        "wrong_receiver": "riktat till någon annan än den det skulle gå till",
        "another_occasion": "hör till ett annat tillfälle",
        "no_answer": "svarar varken ja eller nej",
        "value_unknown": "en uppgift är skriven på ett sätt som inte känns igen",
        "actor_missing": "vem som gjorde det är inte registrerat, och det avgör saken",
        "actor_unknown": "det framgår inte för vilken part den som gjorde det handlade",
        "occasion_unclear": "flera tillfällen är öppna, och det framgår inte vilket som avses",
        "day_missing": "dagen är inte registrerad, och den avgör saken",
        "time_missing": "klockslaget är inte registrerat, och det avgör saken",
        "denied": "ett nej uppfyller inte kravet",
        "replaced": "ersatt av ett senare svar",
        "repeated": "upprepar ett tidigare svar",
    }
)
"""Why a fact that looks like evidence does not count."""

FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "asks_attribute": "En uppgift som avgör saken saknas; rätta registreringen.",
        "asks_value": "En uppgift är skriven på ett sätt som inte känns igen; rätta registreringen.",
        "asks_actor": "Vem som handlade avgör saken och framgår inte; rätta registreringen.",
        "asks_occasion": "Vilket tillfälle som avses framgår inte; ange det i registreringen (concerns).",
        "asks_day": "Vilken dag det skedde avgör saken; rätta registreringens datum.",
        "asks_time": "Klockslaget avgör saken; ange time i registreringen, och i den av händelsen.",
        "actor_unrecorded": "Vem som handlade är inte registrerat.",
        "question_closed": "Den som tillfrågades står fast vid sitt nej, och frågan är avslutad.",
        "wrong_order": "Steget togs före det som skulle komma först; en varning, ingen överträdelse.",
        "without_valid_superior": "Inget övergripande avtal gäller.",
        "lapsed_with_superior": "Inget övergripande avtal gäller längre; enligt vald läsning upphör då hela avtalet.",
        "superior_ends_within_extension": "Det övergripande avtalet upphör under den förlängda tiden.",
        "extension_of_open_term": "En förlängning är registrerad fast avtalet redan gäller tills vidare.",
        "extension_without_effect": "En registrerad förlängning saknar verkan",
        "extension_unproven": "Förlängningens form eller villkor är inte styrkta",
        "extension_as_amendment": "Förlängningen gäller som undertecknad ändring",
        "right_ends_it": "Avtalet är uppsagt och slutar i förtid genom en rätt som utnyttjats",
        "right_changes_nothing": "En rätt att avsluta avtalet är utnyttjad men ändrar inte dess sista dag",
    }
)
"""What to notice about a duty or an instrument; a flag may name a fact after a colon."""

VIOLATION_STATES: Mapping[str, str] = MappingProxyType(
    {
        "raised": "kan läkas",
        "standing": "består",
        "cured": "läkt",
        "excused": "ursäktad",
        "annulled": "avskriven",
    }
)
"""The states that a violation goes through."""

TERMS: Mapping[str, str] = MappingProxyType(
    {
        BREACH: "det som är registrerat visar självt att kravet inte är uppfyllt, vilken dag det än är",
        NO: "den som tillfrågades har svarat att det inte är så; ett senare ja för samma period ändrar det",
        VIOLATION_STATES["raised"]: "det går ännu att göra i efterhand, och då är överträdelsen läkt",
        VIOLATION_STATES["standing"]: "det går inte att göra i efterhand, så överträdelsen blir kvar",
    }
)
"""Words that a reader may meet without knowing them; explained where they are used, and in the guide."""

WITHDRAWALS: Mapping[str, str] = MappingProxyType(
    {
        "trigger_withdrawn": "händelsen som den byggde på gäller inte längre",
        "occasion_changed": "tillfället har flyttats, räknas ihop med ett annat eller är inte längre ett som gäller",
        "term_changed": "avtalets tid eller regler har ändrats",
        "rules_changed": "reglerna eller programmets sätt att döma har ändrats",
    }
)

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "agreement": "avtal",
        "superior": "övergripande avtal",
        "bylaws": "stadgar",
        "local": "lokalt avtal",
        "statute": "författning",
        "referral": "remissvar",
        "municipality": "kommun",
    }
)


CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "computed": "beräknas",
        "part": "en del",
        "attested": "intygas",
        "asked": "frågas",
        "given": "givna",
        "not_checkable": "prövas inte",
    }
)
"""How a statement of a text is accounted for."""

FILE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "term": "avtalets giltighetstid",
        "extended": "den förlängda tiden",
        "under": "det övergripande avtalet",
        "replaces": "vilket avtal som ersätts",
    }
)
"""What a file says by itself and the engine uses, without a clause."""

ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "bearer": "vem som gör det",
        "receiver": "mot vem",
        "day": "när",
        "number": "hur många",
        "period": "hur ofta",
        "condition": "villkoret",
        "form": "formen",
        "effect": "verkan",
    }
)
"""What a statement can be of another clause, besides a text that it asks for."""

DISCREPANCIES: Mapping[str, str] = MappingProxyType(
    {
        "gap": "lucka",
        "contradiction": "motsägelse",
        "missing": "saknas",
        "undefined": "odefinierat",
        "unclear": "oklart",
    }
)
"""What is amiss in a text."""


def status(code: str, count: int = 1) -> str:
    """A status in Swedish, as it is said of so many."""
    return STATUSES.get(code, code) if count == 1 else SEVERAL.get(code, STATUSES.get(code, code))


def broken(verdict: "Verdict") -> bool:
    """Whether a record itself shows that what was asked for is not so; nothing is late then, it is wrong."""
    return verdict.status in BROKEN and bool(set(verdict.rules) & set(BREACHES))


def terms(texts: Iterable[str]) -> tuple[str, ...]:
    """A line for each word in the texts that has to be explained: `brist = …`."""
    said = " ".join(texts).casefold()
    return tuple(f"{word} = {meaning}" for word, meaning in TERMS.items() if f" {word}" in f" {said}")


def period(label: str) -> str:
    """A period's label as people say it; those of terms are not dates."""
    return f"giltighetstid {label.removeprefix('term-')}" if label.startswith("term-") else label


def violation_state(code: str, count: int = 1) -> str:
    """A violation's state in Swedish, as it is said of so many."""
    several = {"cured": "läkta", "excused": "ursäktade", "annulled": "avskrivna"}
    return several[code] if count != 1 and code in several else VIOLATION_STATES.get(code, code)


def flag(code: str) -> str:
    """A flag in Swedish, with the fact it names if it names one."""
    name, _, fact = code.partition(":")
    words = FLAGS.get(name, name)
    return f"{words} ({fact})." if fact else words
