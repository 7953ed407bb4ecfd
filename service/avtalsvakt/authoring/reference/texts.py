"""The Swedish texts of the pages of reference that stand nowhere else: headings, and what fields and statuses mean."""

from collections.abc import Mapping
from types import MappingProxyType

FOREWORD = (
    "<!-- Sidan skrivs av 'make reference' ur vokabulären och reglerna. Ändra där. -->\n"
    "[Uppslag](README.md) · [Händelser](handelser.md) · [Attribut](attribut.md) · [Organ och funktioner](organ.md) · "
    "[Statusar](statusar.md) · [Läsningar](lasningar.md)"
)

INDEX = """# Uppslag

<!-- Sidan skrivs av 'make reference' ur vokabulären och reglerna. Ändra där. -->
Allt som kan registreras och skrivas, hämtat ur programmets egen vokabulär och de regler som följer med.

- [Händelser](handelser.md): vad som kan registreras, med vilka uppgifter, och vilka klausuler det räknas för
- [Attribut](attribut.md): uppgifterna, vad de betyder och vad man brukar skriva
- [Organ och funktioner](organ.md): vilka som finns, och vem reglerna binder eller frågar
- [Statusar](statusar.md): vad en bedömning kan bli, och hur en klausul binder
- [Läsningar](lasningar.md): var texterna kan läsas på flera sätt, valen, och klausulerna som hänger på dem

Hur en regelfil skrivs står i [regelspråket](../regelspraket.md). Hur man registrerar står i
[så används det](../anvandning.md).
"""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "registreringens egen beteckning; programmet ger en om ingen anges",
        "kind": "vad som har hänt: en av händelserna nedan",
        "agreement": "avtalet som händelsen hör till",
        "date": "dagen då det hände",
        "date_precision": "day, month eller year: hur noga dagen är känd",
        "recorded": "när det registrerades; utan uppgift nu",
    }
)
"""What the fields of every record mean."""

DAY_OF: Mapping[str, str] = MappingProxyType(
    {
        "meeting_scheduled": "den planerade mötesdagen",
        "meeting_convened": "dagen då kallelsen sändes; mötets dag står i `meeting_date`",
        "meeting_cancelled": "dagen då mötet ställdes in; den inställda dagen står i `planned_for`",
        "agreement_term": "första giltighetsdagen",
        "agreement_terminated": "sista giltighetsdagen",
        "role_assigned": "första dagen i uppdraget; den sista står i `to`",
        "site_collab_ended": "sista dagen",
    }
)
"""What the date of a record is, where it is not simply the day of what happened."""

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "pending": "Inte gjord än, och mer än varningstiden är kvar. Utan sista dag: öppen tills det är gjort.",
        "at_risk": "Inte gjord än, och högst varningstiden är kvar (30 dagar om klausulen inte säger annat).",
        "fulfilled": "Gjord i tid.",
        "fulfilled_late": "Gjord, men efter sista dagen, där det går att göra i efterhand.",
        "overdue": "Sista dagen har passerat utan att det är gjort, eller så visar en registrering att kravet bröts.",
        "recommendation_not_met": "Det som bör göras gjordes inte. Det är en avvikelse och aldrig en överträdelse.",
        "waived": "Parterna har undantagit skyldigheten i den form som krävs.",
        "not_applicable": "Gäller inte: utanför giltighetstiden, villkoret är inte uppfyllt, eller tiden är för kort.",
        "not_evaluated": "Kunde inte bedömas. Orsaken anges, och körningen säger till.",
    }
)
"""What a verdict means."""

NORMS: Mapping[str, str] = MappingProxyType(
    {
        "obligation": "Uteblir det är det en överträdelse.",
        "recommendation": "Uteblir det är det en avvikelse.",
        "permission": "Det får göras; inget följer av att det uteblir.",
        "prohibition": "Görs det är det en överträdelse.",
        "power": "En rätt att ändra rättsläget, till exempel att förlänga eller avsluta avtalet.",
        "definition": "Bestämmer vad ett ord är, eller när en handling har verkan.",
        "declaration": "Upplyser bara.",
    }
)
"""How a clause binds."""

SHOWS = "Räknas för"
CAUSES = "Utlöser"
CONDITIONS = "Är villkor för"
NOTHING = (
    "Ingen klausul i reglerna som följer med frågar efter den; den syns i historiken och kan användas i egna regler."
)
ATTESTED = "Svar på frågor om klausuler som intygas"
OCCASION = "Ett tillfälle: det kan inte göras i efterhand."
AHEAD = "Dagen får ligga framåt i tiden."
ANYWHERE = "Varje händelse får dessutom ange"
ACTS, RECEIVES = "Vem som handlade anges i", "Vem det riktas till anges i"
UNSAID_ACTOR = "Vem som handlade har inget eget attribut; det är den som klausulen binder."
BOUND = "Klausulerna binder"
REFERS = "beteckningen på en annan registrering"
DAY = "en dag, en månad eller ett år"
YES_NO = "ja eller nej"
A_BODY = "ett [organ](organ.md)"
FREE = "fri text"
EXAMPLES = "till exempel"
REQUIRED = "måste anges"
