"""Every text of the pages, by key: the one table. Words for statuses, kinds and reasons come from where they are kept.

`{…}` is filled in; of two texts with a bar between, the first is said of one and the second of several, and `{n}` is the
number.
"""

from collections.abc import Mapping
from types import MappingProxyType

_EVERYWHERE = {
    "product": "Avtalsvakt",
    "jump": "Till innehållet",
    "menu": "Huvudmeny",
    "menu.start": "Min vecka",
    "menu.agreements": "Avtal",
    "menu.record": "Registrera",
    "menu.records": "Registreringar",
    "asker": "Du är {who}",
    "foot.accessibility": "Tillgänglighet",
    "foot.about": "Om bedömningen",
    "to.start": "Till Min vecka",
    "problem.where": "Var",
    "problem.why": "Varför",
    "problem.remedy": "Åtgärd",
    "count.of": "{done} av {of}",
    "latest": "senast {date}",
    "until": "till {date}",
    "questions": "{n} fråga|{n} frågor",
    "mark.late": "Försenat.",
    "mark.soon": "Brådskar.",
    "mark.waiting": "Väntar.",
    "mark.asked": "Väntar på svar.",
    "mark.done": "Inget att göra nu.",
}
_START = {
    "start.title": "Min vecka",
    "start.heading": "{day} {date}",
    "start.stale": "Inget är bedömt sedan {day} {date}.",
    "start.stale.what": "Det du ser kan vara gammalt. Det du registrerar sparas som vanligt. Säg till den som sköter driften: "
    "loggen från avtalsvakt serve visar vad som gick fel.",
    "start.without_rules": "Reglerna för {agreement} saknas, så det avtalet bedöms inte nu.",
    "start.late.short": "{n} försenad|{n} försenade",
    "start.late": "{n} sak är försenad|{n} saker är försenade",
    "start.late.after": "och kan fortfarande rättas till.",
    "start.nothing.late": "Inget som går att rätta till är försenat.",
    "start.todo": "{n} sak|{n} saker",
    "start.meetings": "och {n} möte|och {n} möten",
    "start.todo.after": "återstår till och med {date}.",
    "start.judged": "Bedömt {when}, per {day}.",
    "start.unjudged": "{n} skyldighet kunde inte bedömas.|{n} skyldigheter kunde inte bedömas.",
    "start.all_judged": "Allt kunde bedömas.",
    "start.agreements": "Avtal som gäller",
    "start.mend": "Försenat som kan rättas till",
    "start.mend.acts": "Registrera det som har gjorts",
    "start.mend.no": "Fråga igen där svaret blev nej",
    "start.coming": "Till och med {date}",
    "start.nothing.coming": "Inget har sin sista dag då.",
    "start.ends": "Löper ut:",
    "start.day.duties": "{agreement}, {n} att göra",
    "start.asked": "Väntar på svar",
    "start.asked.number": "{n} fråga är inte besvarad.|{n} frågor är inte besvarade.",
    "start.other": "Övrigt",
    "start.stands": "{n} försening består|{n} förseningar består",
    "start.stands.what": "De går inte att göra i efterhand, till exempel ett möte som inte hölls.",
    "start.past": "{n} avslutat avtal|{n} avslutade avtal",
    "start.past.late": "{n} sak gjordes aldrig.|{n} saker gjordes aldrig.",
    "standing.late": "{n} sak kan rättas till.|{n} saker kan rättas till.",
    "standing.coming": "{n} sak återstår till månadsskiftet.|{n} saker återstår till månadsskiftet.",
    "standing.asked": "{n} fråga är ställd.|{n} frågor är ställda.",
    "standing.ends": "Löper ut",
    "mend.no": "{function} svarade nej. Nejet gäller sedan {day}.",
    "mend.due": "Skulle ha varit klart",
    "mend.since": "Sedan",
    "mend.record": "Registrera",
    "mend.ask": "Fråga igen",
    "meeting.held": "Blev av",
    "meeting.moved": "Flyttat",
    "meeting.off": "Inställt",
}
_ABOUT = {
    "accessibility.title": "Tillgänglighet för Avtalsvakts sidor",
    "accessibility.lead": "Sidorna ska kunna användas av alla. Här står hur väl de följer lagen (2018:1937) om tillgänglighet "
    "till digital offentlig service, och vad du gör om något inte fungerar.",
    "accessibility.how": "Hur tillgängliga är sidorna?",
    "accessibility.how.what": "Målet är WCAG 2.1 på nivå AA. Sidorna är prövade av den som gör programmet med verktyget "
    "axe-core i en webbläsare, i tre storlekar och utan JavaScript. De är inte prövade med skärmläsare av personer som använder "
    "sådana, och ingen utomstående har granskat dem.",
    "accessibility.known": "Kända brister",
    "accessibility.known.what": "Texterna i avtalen är återgivna ur avtalens egna formuleringar och kan vara svårlästa.",
    "accessibility.tell": "Säg till om något inte fungerar",
    "accessibility.tell.what": "Hör av dig till den i din kommun eller myndighet som ansvarar för Avtalsvakt. Programmet har "
    "ingen egen mottagare: den som driver det ska skriva en kontaktväg på sin egen webbplats.",
    "accessibility.authority": "Tillsyn",
    "accessibility.authority.what": "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Du kan anmäla brister "
    "till Digg om du inte är nöjd med svaret du får.",
    "about.title": "Om bedömningen",
    "about.lead": "Programmet jämför det som avtal och lagar kräver med det som är registrerat, och säger vad som är gjort, "
    "vad som återstår och vad som är för sent.",
    "about.night": "Varje natt bedöms allt på nytt. När du registrerar något bedöms det genast.",
    "about.words": "Vad orden betyder",
    "about.nothing.lost": "Inget som har registrerats ändras eller tas bort. En rättelse är en ny registrering som gäller i stället "
    "för den gamla, och båda finns kvar.",
    "about.persons": "Programmet sparar funktioner, inte personer. Sidorna sparar en kaka i webbläsaren, som bara visar att ett "
    "formulär kommer från dig.",
}
_RECORD = {
    "back": "Tillbaka",
    "cancel": "Avbryt",
    "hint.day": "År-månad-dag, till exempel 2026-12-10.",
    "hint.several": "En uppgift på varje rad.",
    "field.day": "Dag",
    "field.optional": "(frivilligt)",
    "field.none": "Inte känt",
    "field.choose": "Välj",
    "field.step": "det som registreras i steg {n}",
    "record.title": "Registrera något som har hänt",
    "record.meetings": "Planerade möten",
    "record.more": "Fler händelser",
    "record.past": "Avtal som har upphört",
    "form.wrong": "Inget är sparat än. Det här behöver rättas:",
    "form.wrong.short": "Behöver rättas",
    "form.chain": "Fyll i dagen för det som är gjort, och lämna resten tomt. Du kan komma tillbaka.",
    "form.recorded_as": "Registreras som: {kind}.",
    "form.times": "Det saknas {n} sådana; registrera en i taget.",
    "form.more": "Fler uppgifter",
    "form.check": "Visa vad som ändras",
    "form.nothing_yet": "Inget sparas förrän du har sett vad som ändras.",
    "unsealed.what": "inget är sparat än",
    "unsealed.why": "formuläret har legat länge, eller programmet har startats om; det du skrev finns kvar här",
    "unsealed.remedy": "kontrollera uppgifterna och skicka igen",
    "check.title": "Kontrollera och spara",
    "check.what": "Det här registreras",
    "check.warning": "{what}: {why}. Förslag: {remedy}.",
    "check.changes": "Det här ändras",
    "check.nothing": "Ingen bedömning ändras.",
    "check.save": "Spara",
    "check.change": "Ändra uppgifterna",
    "changes.before": "Förut: {status}",
    "changes.new": "Ny skyldighet.",
    "changes.gone": "Faller bort.",
    "saved.title": "Sparat",
    "saved.look": "Se eller rätta",
    "saved.undo": "Ångra",
    "saved.changes": "Det här ändrades",
    "saved.nothing": "Ingen bedömning ändrades.",
    "saved.unjudged": "Det är sparat men inte bedömt än. Det sker vid nattens körning.",
    "saved.more": "Registrera något mer",
}
TEXTS: Mapping[str, str] = MappingProxyType({**_EVERYWHERE, **_START, **_RECORD, **_ABOUT})


def text(key: str) -> str:
    """The text with that key; KeyError for one that there is not."""
    return TEXTS[key]
