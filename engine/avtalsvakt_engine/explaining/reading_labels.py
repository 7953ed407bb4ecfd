"""The questions of interpretation in a few Swedish words: for each code what is asked, and what each choice means.

readings.yaml holds the questions whole, with reasons; these are the words for a line in an explanation.
"""

from collections.abc import Mapping
from types import MappingProxyType

ReadingWords = tuple[str, Mapping[str, str]]

READINGS: Mapping[str, ReadingWords] = MappingProxyType(
    {
        "AR": ("ett år", {"calendar": "kalenderår", "agreement": "avtalsår", "rolling": "löpande tolv månader"}),
        "HALVAR": (
            "ett halvår",
            {
                "calendar": "kalenderhalvår",
                "agreement": "halvår från avtalets start",
                "rolling": "högst ett halvår emellan",
            },
        ),
        "STUB": (
            "delperiod",
            {
                "full": "hela kravet",
                "none": "inget krav",
                "prorata": "i proportion till dagarna",
                "threshold": "hela kravet om avtalet gäller minst halva perioden",
            },
        ),
        "SEXMAN": (
            "månader före slutet",
            {
                "clip": "kalendermånader från sista giltighetsdagen",
                "dayafter": "kalendermånader från dagen efter",
                "days": "182 eller 183 dagar",
            },
        ),
        "SAMRAD": ("samråd", {"both": "båda parter deltog", "initiated": "inbjudan räcker"}),
        "VARDAG": ("vardag", {"A_strict": "även lördag", "B_postal": "måndag–fredag"}),
        "14D": (
            "fjorton dagar",
            {"receipt": "från mottagandet", "sending": "från avsändandet", "roll": "från mottagandet, flyttas av helg"},
        ),
        "SNARAST": ("snarast", {"open": "bedöms av människor", "fixed": "ett bestämt antal dagar"}),
        "EXTKOND": (
            "när det övergripande avtalet ska gälla",
            {
                "agreed": "när förlängningen avtalas",
                "start": "förlängningens första dag",
                "whole": "hela förlängningen",
            },
        ),
        "AVSIKT": ("avsiktsförklaringen", {"umbrella": "samverkansavtalet", "separate": "en egen handling"}),
        "CHEF": ("organens namn", {"same": "samma organ", "different": "olika organ"}),
        "ALT": ("vartannat möte", {"each": "byte vid varje möte", "second": "byte efter två möten"}),
        "MANAD": ("en månad", {"calendar": "kalendermånad", "rolling": "månad från start"}),
        "STARTDATUM": ("med start", {"start": "då börjar tiden räknas", "binding": "mötet ska hållas den dagen"}),
        "TILLSVIDARE": ("tills vidare", {"accessory": "så länge avtalet gäller", "independent": "även därefter"}),
        "TERMIN": ("en termin", {"half": "kalenderhalvår", "school": "skoltermin"}),
        "ARETSSLUT": (
            "årets slut",
            {"dec31": "oktober–december", "january": "oktober–januari", "december": "december"},
        ),
        "FJARDE": (
            "vart fjärde år",
            {
                "picture": "från den senaste lägesbildens år",
                "term": "en gång per avtalstid",
                "from_start": "fyra år från start",
                "exact": "fyra år från bildens dag",
            },
        ),
        "VARTANNAT": ("vartannat år", {"calendar": "vartannat kalenderår", "months": "högst 24 månader emellan"}),
        "ELLERBEHOV": ("eller vid behov", {"floor": "behov kan bara lägga till", "alternative": "behov kan ersätta"}),
        "UPPDATUM": (
            "datum för uppdatering",
            {"revised": "när versionen blev klar", "decision": "när den beslutades", "annex": "när den bilades"},
        ),
        "REVIDERA": ("revidering", {"review": "översyn räcker", "change": "texten måste ändras"}),
        "SENT": (
            "i efterhand",
            {
                "documents": "handlingar som anger sin period",
                "never": "inget räknas i efterhand",
                "always": "allt räknas i efterhand",
            },
        ),
        "KALLAS": ("sammankallas", {"held": "mötet ska ha hållits", "convened": "kallelsen räcker"}),
        "INGA": ("ska ingå", {"member": "utsedd i organet", "present": "närvarande vid mötet"}),
        "DUBBEL": (
            "samma krav i två avtal",
            {
                "both": "vart och ett bedöms, det strängaste visas",
                "local": "det lokala",
                "superior": "det övergripande",
            },
        ),
        "KONDREV": ("villkoret i tidsklausulen", {"revision": "gäller revideringen", "term": "gäller hela avtalet"}),
        "SUCC": ("vilket övergripande avtal", {"successor": "det som gäller vid tiden", "fixed": "det bilagda"}),
        "ARSSKIFTE": ("årsskiftet, i maj", {"conservative": "sista möjliga dag", "early": "första möjliga dag"}),
        "FORLANG": ("annan längd", {"amendment": "är en ändring", "option": "får väljas"}),
        "EFTERUT": ("förlängning efter utgången", {"no": "går inte", "retro": "skriftligen av båda"}),
        "TVAAR": ("två års avtalstid", {"each": "varje tid är två år", "total": "sammanlagt två år"}),
        "NYAR4": ("ny tids sista dag", {"same": "samma datum", "minus1": "dagen före"}),
        "DELTAR": ("deltagande", {"permeeting": "vid varje möte", "peryear": "så många gånger per år"}),
        "BEHOV": ("behov", {"attest": "ska intygas", "none": "vilar tills behov registreras"}),
        "JOINT": ("parterna ska", {"joint": "gemensamt", "each": "var för sig"}),
        "BILNR": ("bilagors nummer", {"qualified": "per avtal"}),
        "UNDANTAG": ("undantag", {"written": "skriftligt av båda", "informal": "i vilken form som helst"}),
        "BOR": ("bör", {"recommendation": "en rekommendation", "duty": "en skyldighet"}),
        "REMISSDAT": ("remissvarets datum", {"board": "nämndens möte", "doc": "handlingens datum"}),
        "VEMBAR": ("vem som ansvarar", {"sdf": "stadsdelsförvaltningen", "both": "parterna gemensamt"}),
        "PERIODSLUT": ("juli", {"e_contrario": "räknas", "analog": "räknas inte"}),
        "PRIO": ("prioriterade områden", {"annex4": "de med åtgärdsplan", "annex3": "de i lägesbilden"}),
        "INITIERAD": (
            "platssamverkans start",
            {"assessment": "den gemensamma bedömningen", "firstmeeting": "första mötet"},
        ),
        "PLANEFTER": (
            "plan för år efter avtalet",
            {"due_if_extended": "bara om avtalet förlängs", "due": "ska göras ändå", "not_due": "behövs inte"},
        ),
        "SAMRADPLIKT": ("samråd om förlängning", {"duty": "en skyldighet", "condition": "bara ett villkor"}),
        "AVSANT": ("meddela senast", {"sent": "avsänt", "received": "mottaget"}),
        "SAMRADALDER": ("samrådets ålder", {"same_year": "samma kalenderår", "any": "efter förra revideringen"}),
        "ASOFSLUT": ("dagens gräns", {"end": "dagens slut", "start": "dagens början"}),
        "RISK30": ("närmar sig", {"30 days": "högst 30 dagar kvar", "other": "annat antal dagar"}),
        "DUBBLETT": ("samma organ och dag", {"body_day": "ett möte", "each": "flera möten"}),
        "FRAMTID": ("registrerat i förväg", {"planned": "en plan", "accept": "räknas när dagen kommit"}),
        "SENAST3": ("mottagandets dag", {"earlier": "en tidigare registrerad går före", "fixed": "alltid den antagna"}),
        "BUD": ("bud", {"handover": "när det överlämnades", "dispatch": "när det sändes"}),
        "NYREGEL": (
            "ny regel mitt i en period",
            {"version_on_due": "den som gäller sista dagen", "split": "var för sig"},
        ),
        "INTERNKONFLIKT": ("vid behov, minst fyra", {"minimum": "fyra är golvet", "need": "behovet avgör"}),
        "MALLTID": ("mallarna från 2024", {"new_only": "nya texter", "all": "alla texter"}),
        "KONTINUERLIGT": ("kontinuerligt och varje år", {"floor": "varje år är golvet", "open": "prövas inte"}),
        "AVDCHEF": ("avdelningschefer", {"member": "ledamöter", "coopted": "adjungeras vid behov"}),
        "REVSAMRAD": ("revidering utan samråd", {"separate": "gäller ändå", "bound": "räknas inte"}),
        "MOJLIGASTE": (
            "i möjligaste mån",
            {"breach": "utelämnat steg är en försummelse", "note": "bara en upplysning"},
        ),
        "ADRESS": ("adress för brev", {"party": "partens egen", "none": "inget antas mottaget"}),
        "INFOINTYG": ("information snarast", {"act": "uppfylld när den lämnats", "attested": "först när det intygats"}),
        "BLANKFORM": ("form som inte registrerats", {"flag": "godtas men flaggas", "strict": "saknar verkan"}),
    }
)


def reading(code: str, choice: str) -> str:
    """A reading in force in a few words: `ett år = kalenderår`."""
    question, choices = READINGS.get(code, (code, {}))
    return f"{question} = {choices.get(choice, choice)}"
