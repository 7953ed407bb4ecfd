"""Effects that nothing carries out: of what is no right, of a right that ends no term, on a day that cannot be told."""

from collections.abc import Iterator

from avtalsvakt_rules.language import Clause

Said = tuple[str, str, str, str]


def check_effect(clause: Clause) -> Iterator[Said]:
    """Key, what, why and remedy for every reason why the effect of a clause can never come about."""
    ends = clause.effect.ends if clause.effect else None
    if clause.effect and clause.duty_norm != "may":
        why = f"bara en rätt har verkan, och norm är {', '.join(clause.norm)}"
        yield "effect", "effect gör ingenting", why, "skriv norm: may"
    if clause.effect and clause.effect.extends and clause.per is not None and clause.per != "party":
        why = f"per: {clause.per} ger en rätt för var och en, och det som förlängs är avtalet som klausulen står i"
        yield "effect", "effect: extends gör ingenting", why, "ta bort per, eller registrera extension_agreed"
    if ends is None:
        return
    if clause.per is not None and clause.per != "party":
        why = f"per: {clause.per} ger en rätt för var och en, och det som upphör är avtalet som klausulen står i"
        yield "effect", "effect: ends gör ingenting", why, "ta bort per, eller registrera agreement_terminated"
    mark = ends.mark or ""
    if not (ends.fixed or mark in ("start", "end", "event") or mark.startswith("event.")):
        why = f"'{ends.text}' säger inte vilket år eller från vilken dag"
        yield "effect", "dagen kan inte räknas ut", why, "räkna från event (handlingens dag), start eller end"
    if mark.startswith("event") and ends.count < 0:
        why = f"'{ends.text}' ligger före handlingen som avslutar avtalet"
        yield "effect", "avtalet skulle upphöra i efterhand", why, "skriv event, eller så lång tid efter event"
