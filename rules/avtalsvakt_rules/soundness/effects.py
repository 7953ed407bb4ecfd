"""Effects that nothing carries out: of what is no right, of a right that ends no term, on a day that cannot be told."""

from collections.abc import Iterator

from avtalsvakt_rules.language.instrument import Clause, Instrument

Said = tuple[str, str, str, str]


def check_effect(clause: Clause) -> Iterator[Said]:
    """Key, what, why and remedy for every reason why the effect of a clause can never come about."""
    ends = clause.effect.ends if clause.effect else None
    if clause.effect and clause.duty_norm != "may":
        why = f"bara en rätt har verkan, och norm är {', '.join(clause.norm)}"
        silent = "deemed" in clause.norm and (clause.effect.extends or clause.effect.renews)
        by_itself = (
            "; förlängs avtalet av sig självt: effect: {renews: 1 year} i klausulen om uppsägning, eller här bara "
            "when: {each: term, due: end}, what: {extension_agreed: {}} och unless: {met: den klausulen}"
        )
        yield "effect", "effect gör ingenting", why, "skriv norm: may" + (by_itself if silent else "")
    if clause.effect and clause.effect.extends and clause.per is not None and clause.per != "party":
        why = f"per: {clause.per} ger en rätt för var och en, och det som förlängs är avtalet som klausulen står i"
        yield "effect", "effect: extends gör ingenting", why, "ta bort per, eller registrera extension_agreed"
    if clause.effect and clause.effect.extends and clause.effect.times and clause.duty_norm == "may":
        why = "den som har en rätt att förlänga använder den en gång i varje giltighetstid"
        yield (
            "effect",
            "times har ingen verkan här",
            why,
            "ta bort times, eller skriv renews om ingen behöver göra något",
        )
    if clause.effect and clause.effect.renews:
        yield from _renewal(clause)
    if ends is None:
        return
    if clause.per is not None and clause.per != "party":
        why = f"per: {clause.per} ger en rätt för var och en, och det som upphör är avtalet som klausulen står i"
        yield "effect", "effect: ends gör ingenting", why, "ta bort per, eller registrera agreement_terminated"
    for day in ends.each:
        mark = day.mark or ""
        if not (day.fixed or day.end_of or mark in ("start", "end", "event") or mark.startswith("event.")):
            why = f"'{day.text}' säger inte vilket år eller från vilken dag"
            yield "effect", "dagen kan inte räknas ut", why, "räkna från event (handlingens dag), start eller end"
        if mark.startswith("event") and day.count < 0:
            why = f"'{day.text}' ligger före handlingen som avslutar avtalet"
            yield "effect", "avtalet skulle upphöra i efterhand", why, "skriv event, eller så lång tid efter event"


def _renewal(clause: Clause) -> Iterator[Said]:
    """A right to object to a renewal, which has to be one of each term, for everybody and by the term's end."""
    when = clause.when
    if clause.per is not None:
        why = f"per: {clause.per} ger en rätt för var och en, och det som förlängs är avtalet som klausulen står i"
        yield "effect", "effect: renews gör ingenting", why, "ta bort per: den som säger upp anges i what, med by"
    if when is None or when.form != "term":
        why = "avtalet förlängs vid giltighetstidens slut, och rätten måste finnas i varje giltighetstid"
        yield "effect", "effect: renews gör ingenting", why, "skriv when: {each: term, due: 3 months before end}"
    elif when.from_ or when.until:
        why = "utanför de dagarna kan ingen säga upp avtalet, och då förlängs det inte heller"
        yield "when", "from och until har ingen verkan här", why, "ta bort dem, eller skriv times under effect"
    elif when.due and (when.due.mark != "end" or when.due.count > 0):
        why = f"'{when.due.text}' är inte räknat från slutet, eller ligger efter det"
        yield "when", "uppsägningen kommer inte före slutet", why, "skriv due: end, eller så lång tid before end"


def check_renewals(instrument: Instrument) -> Iterator[tuple[str, Said]]:
    """Renewals beside something that lengthens the term otherwise; each with the name of its clause."""
    renewing = [name for name, one in instrument.clauses.items() if one.renews_its_term]
    others = [name for name, one in instrument.clauses.items() if one.extends_its_term]
    for name in renewing[1:]:
        why = f"{renewing[0]} säger redan hur avtalet förlängs"
        yield name, ("effect", "effect: renews står två gånger", why, "behåll en av dem")
    for name in others if renewing else ():
        why = f"avtalet förlängs av sig självt enligt {renewing[0]}, och det går inte att säga vilken som kom först"
        remedy = "ta bort den ena; det som parterna avtalar skrivs what: {extension_agreed: {}}"
        yield name, ("effect", "avtalet förlängs på två sätt", why, remedy)
