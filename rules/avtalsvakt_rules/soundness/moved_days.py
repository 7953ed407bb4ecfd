"""Days that are moved (`to end of month`, `or next working day`) or are one of several: where they mean nothing.

In comes a clause, out come key, what, why and remedy. Source: docs/regelspraket.md, Nycklarna i when och dagarna.
"""

from collections.abc import Iterator

from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.when import When

Said = tuple[str, str, str, str]
OF_SEVERAL = ("event", "follows", "performance", "date")
"""The forms of `when` whose last day may be one of several."""


def check_moved(clause: Clause, when: When) -> Iterator[Said]:
    """What is wrong with the days of a clause that are moved, and with those that are one of several."""
    ends = clause.effect.ends if clause.effect else None
    places = (("when", when.opens), ("when", when.due), ("effect", ends))
    for key, day in places:
        for one in day.each if day else ():
            yield from ((key, *said) for said in _moved(one))
        if day and day.of:
            yield from ((key, *said) for said in _several(day))
    if when.due and when.due.of and when.form not in OF_SEVERAL:
        why = "den första eller sista av flera dagar väljs för det som följer av en händelse eller har en enda dag"
        remedy = "skriv en enda dag, eller en klausul för var och en"
        yield "when", f"'{when.due.text}' kan inte vara sista dag här", why, remedy


def _moved(day: Day) -> Iterator[tuple[str, str, str]]:
    counted = day.count > 0 or (day.count == 0 and (day.mark or "").startswith("event"))
    if day.end_of and day.count < 0:
        why = "så långt före slutet kan dagen ligga både före och efter händelsen"
        yield f"'{day.text}' säger inte på vilken sida av händelsen", why, "räkna framåt, t.ex. 3 months after event"
    if day.to_end and (not counted or day.end_of == day.to_end):
        why = "bara en dag som räknas framåt kan flyttas fram till ett slut"
        yield (
            f"'to end of {day.to_end}' har ingen verkan här",
            why,
            f"skriv t.ex. 3 months after event to end of {day.to_end}",
        )
    if day.rolls and not day.to_end and (day.unit == "working day" or day.last_working):
        why = "det som räknas i vardagar blir alltid en vardag"
        yield "'or next working day' har ingen verkan här", why, "ta bort det"


def _several(day: Day) -> Iterator[tuple[str, str, str]]:
    texts = [one.text for one in day.of]
    if len(set(texts)) < len(texts):
        yield f"'{day.text}' nämner en dag två gånger", "den är alltid lika med sig själv", "ta bort den ena"
    for one in day.of:
        if one.yearly or one.nth or one.last_working:
            why = f"'{one.text}' säger inte vilket år, och kan inte jämföras med de andra"
            yield (
                f"'{day.text}' går inte att räkna ut",
                why,
                "skriv hela dagen, eller räkna från event, start eller end",
            )
    if 0 < sum(one.before_event for one in day.of) < len(day.of):
        why = "en av dagarna ligger före händelsen och en annan efter den"
        yield (
            f"'{day.text}' går inte att räkna ut",
            why,
            "skriv en klausul för det som görs före och en för det som görs efter",
        )
