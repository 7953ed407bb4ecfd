"""Days that cannot be a last day where they stand: outside the period, in no year, before an end that is none.

In come an instrument and a clause, out come key, what, why and remedy.
"""

from collections.abc import Iterable, Iterator

from avtalsvakt_rules.language.days import WEEKDAYS, Day
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.soundness.moved_days import check_moved
from avtalsvakt_rules.soundness.window_bounds import LENGTHS, spread
from avtalsvakt_rules.vocabulary import load

Said = tuple[str, str, str, str]
CLOSING = (10, 11, 12)
"""The months in which a year ends (`year_end`); January too where the reading ARETSSLUT says so."""


def check_days(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """What is wrong with the days of a clause."""
    when = clause.when
    if when is None or clause.duty_norm is None:
        return
    yield from check_moved(clause, when)
    for day in clause.effect.ends.each if clause.effect and clause.effect.ends else ():
        yield from _unsaid("effect", day, "handlingens", clause.used_by, instrument)
    for day in dict.fromkeys(when.days):
        yield from _weekday(day, when)
        yield from _year(day, when)
        yield from _named(day, clause, when, instrument)
    if when.due:
        yield from _of_a_block(when.due, when)
        yield from _outside(when.due, clause, when, instrument)
    yield from _circular(clause, when)


def _weekday(day: Day, when: When) -> Iterator[Said]:
    if day.nth is None:
        return
    name = WEEKDAYS[day.nth.weekday]
    if when.period == "week" and day.nth.which not in (1, -1):
        why = "en vecka har varje veckodag en enda gång"
        yield "when", f"'{day.text}' finns inte i en vecka", why, f"skriv last {name}"
    elif day.nth.which == 5:
        why = "bara några månader har en femte, och i de andra vore sista dagen en annan"
        yield "when", f"'{day.text}' finns inte varje gång", why, f"skriv last {name}"


def _year(day: Day, when: When) -> Iterator[Said]:
    """A day of the year where no year is said."""
    if when.form in ("date", "once") and (day.yearly or day.nth or day.last_working):
        why = "dagen kommer varje år, och when säger inte vilket"
        yield "when", f"'{day.text}' säger inget år", why, "skriv hela dagen, ÅÅÅÅ-MM-DD, eller lägg till each: year"
    if when.form in ("period", "term") and day.fixed:
        why = "samma dag kan inte höra till varje period" if when.form == "period" else "en förlängd tid får samma dag"
        remedy = "skriv månad och dag, t.ex. 01-31" if when.form == "period" else "ta bort each: term"
        yield "when", f"'{day.text}' ligger utanför de andra perioderna", why, remedy


def _named(day: Day, clause: Clause, when: When, instrument: Instrument) -> Iterator[Said]:
    """A day that the event's own record would have to say and cannot."""
    mark = day.mark or ""
    if mark in ("start", "end") and when.form == "follows" and not _periodic(clause, instrument):
        why = "steget före hör till en händelse, som varken har början eller slut"
        yield "when", f"'{day.text}' kan inte räknas ut", why, "räkna från event, dagen då steget före blev klart"
    if not mark.startswith("event.") or when.form != "event":
        if mark.startswith("event.") and when.form == "performance":
            yield "when", f"'{day.text}' kan inte räknas ut", "förra gången har bara sin egen dag", "räkna från event"
        return
    yield from _unsaid("when", day, "händelsens", [one.kind for one in when.events], instrument)


def _unsaid(key: str, day: Day, whose: str, listed: Iterable[str], instrument: Instrument) -> Iterator[Said]:
    """A day that no record of these kinds can say."""
    mark, kinds = day.mark or "", load().extended(kinds=instrument.facts).kinds
    name, known = mark.removeprefix("event."), [kinds[one] for one in listed if one in kinds]
    if mark.startswith("event.") and known and not any(kind.allows(name) for kind in known):
        days = sorted({one for kind in known for one in (kind.days or kind.attributes)})
        why = f"{whose} registrering har inget {name}, så dagen blir aldrig känd"
        said = (
            f"skriv {', '.join(days[:4])} efter event., eller bara event" if days else f"lägg till {name} under facts"
        )
        yield key, f"'{day.text}' kan inte räknas ut", why, said


def _periodic(clause: Clause, instrument: Instrument) -> bool:
    """Whether the steps before a step begin in a period."""
    when, seen = clause.when, 0
    while when and when.follows and when.follows in instrument.clauses and seen < len(instrument.clauses):
        when, seen = instrument.clauses[when.follows].when, seen + 1
    return when is None or when.form in ("period", "term", "years")


def _of_a_block(due: Day, when: When) -> Iterator[Said]:
    """A day of every year, or of one, where a period has several years or begins in any of them."""
    if when.every and (due.yearly or due.nth):
        why = "en period på så många år eller månader har ingen sådan dag, eller flera"
        yield "when", f"'{due.text}' säger inte vilken dag i perioden", why, "räkna från start eller end"


def _outside(due: Day, clause: Clause, when: When, instrument: Instrument) -> Iterator[Said]:
    """A last day before the first day of its period, though the text does not count back from it."""
    length = LENGTHS.get(when.period or "") if when.form == "period" and due.mark == "end" and due.count < 0 else None
    if length and length[1] - 1 + spread(due)[1] < 0:
        why = f"'{due.text}' ligger före periodens första dag"
        yield "when", "sista dagen ligger utanför perioden", why, "räkna från start, eller välj en längre period"
    month = due.annual[0] if due.annual else due.nth.month if due.nth else None
    if when.period == "year_end" and month is not None and month not in CLOSING and not due.count:
        january = month == 1 and any("ARETSSLUT" in codes for codes in (clause.readings.codes, instrument.readings))
        if not january:
            why = f"årets slut är oktober–december, och '{due.text}' ligger före det"
            yield "when", "sista dagen ligger utanför perioden", why, "skriv each: year, eller en dag i perioden"


def _circular(clause: Clause, when: When) -> Iterator[Said]:
    """An event that has to be shown by another one of the same kind on the same day."""
    due = when.due
    if when.form != "event" or due is None or due.mark != "event" or due.count:
        return
    kinds = {event.kind for event in when.events}
    same = [one.kind for one in clause.what if one.kind in kinds and one.kind != ITSELF]
    if same and len(same) == len(clause.what):
        why = f"det som ger upphov till skyldigheten är självt {same[0]}, och kan inte uppfylla den"
        yield "what", f"'{same[0]}' krävs av sig själv", why, "skriv itself: {…} om händelsens egen registrering"


def before_no_end(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """Days before an end where the agreement has none: nothing falls due until one is recorded. Worth a look."""
    when, free = clause.when, instrument.term.to is not None or instrument.presumed
    if when is None or not clause.judged or free or clause.downward or when.form in ("period", "follows"):
        return
    days = [("when", day) for day in when.days]
    days += [("effect", one) for one in clause.effect.ends.each] if clause.effect and clause.effect.ends else []
    for key, day in days:
        if day.mark == "end":
            why = "avtalet gäller tills vidare och har inget slut att räkna från"
            yield key, f"'{day.text}' blir ingen dag", why, "skriv to under term, eller räkna från något annat"
            return
    if when.form == "term":
        why = "avtalet gäller tills vidare, och en giltighetstid utan slut ger ingen skyldighet"
        yield "when", "each: term ger ingen skyldighet", why, "skriv to under term, eller when: once"
