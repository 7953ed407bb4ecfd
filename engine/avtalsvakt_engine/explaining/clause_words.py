"""The rule language in Swedish: when a clause asks for something, what shows it, how many, given what.

In come frozen models of the language and the names that hold, out come short texts without a full stop. Pure.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from avtalsvakt_engine.explaining.act_words import Act, act_of, either, listed, own_record
from avtalsvakt_engine.explaining.how_often import years_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.explaining.time_words import (
    LAST_OF,
    MONTH_NAMES,
    ORDINALS,
    PERIODS,
    UNITS,
    WEEKDAYS,
    WINDOW_WORDS,
    length_words,
)
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import preceding
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.vocabulary import load

PER = MappingProxyType(
    {
        "party": "för varje part",
        "local_agreement": "för varje avtal under det",
        "municipality": "för varje kommun",
        "site": "för varje plats",
    }
)
FIRST_IN = MappingProxyType({
    "": "under avtalets tid", "month": "i månaden", "quarter": "i kvartalet", "half_year": "i halvåret",
    "year": "på året", "term": "i giltighetstiden",
})  # fmt: skip
EVENT = "händelsens dag"
"""What a day is counted from, where it is not said which event it is."""


def when_words(clause: Clause, names: Names) -> str:
    """When the clause asks for something: `varje år, senast den 31 januari`, `efter varje möte, senast 7 dagar …`."""
    when = clause.when
    if when is None:
        return "ingen tid"
    acts = [act_of(one, names) for one in when.events]
    words = [_rise(clause, when, acts, names), *_per(clause, names), *_limits(when, names)]
    return ", ".join(words if _of_itself(clause) else (*words, *_window(when, names, _event(acts))))


def _per(clause: Clause, names: Names) -> list[str]:
    if clause.per is None:
        return []
    return [PER.get(clause.per) or f"för varje {names.attribute(clause.per)}"]


def _of_itself(clause: Clause) -> bool:
    """Whether the occasion's own record must show it, and nothing has to be done by another day."""
    return bool(clause.what) and clause.what[0].kind == p.ITSELF


def _rise(clause: Clause, when: When, acts: list[Act], names: Names) -> str:
    if when.every:
        return f"varje period om {length_words(when.every)} räknat från {when.starting}"
    if when.form == "period":
        return PERIODS.get(when.period or "", "varje period")
    if when.form == "years":
        return years_words(when.years or 1)
    if when.form == "event" and not when.becomes and all(one.each for one in acts):
        return f"{_side(clause, when, names)} {either(one.each for one in acts)}"
    if when.form == "event" and when.becomes:
        return f"när {either(one.has_happened for one in acts)}, och det inte var så förra gången"
    if when.form == "event":
        return f"varje gång {either(one.has_happened for one in acts)}"
    if when.form == "follows":
        return f"som nästa steg efter {names.clause(when.follows or '')}"
    return {
        "term": "varje giltighetstid",
        "once": "en gång under giltighetstiden",
        "always": "alltid",
        "performance": "så lång tid efter förra gången",
        "date": "en gång",
    }[when.form]


def _side(clause: Clause, when: When, names: Names) -> str:
    """On which side of an occasion something is asked for: before it, the same day, or after."""
    if clause.what and all(one.kind in preceding(names.vocabulary.movable) for one in clause.what):
        return "inför"
    if when.due and when.due.of_event and all(one.count <= 0 and not one.end_of for one in when.due.each):
        return "inför" if any(one.count for one in when.due.each) else "vid"
    return "vid" if _of_itself(clause) else "efter"


def _event(acts: list[Act]) -> str:
    """What days are counted from: the occasion by its name, else what was just said."""
    names = {one.words.noun.the for one in acts if one.each}
    return names.pop() if len(names) == 1 else "det" if acts else EVENT


def _limits(when: When, names: Names) -> Iterator[str]:
    if when.first is not None:
        within = FIRST_IN[when.first_in or ""]
        yield f"bara {'den första gången' if when.first == 1 else f'de {when.first} första gångerna'} {within}"
    if when.next_ is not None:
        act = act_of(when.next_, names)
        yield f"nästa tillfälle är {' '.join(filter(None, (act.noun.one, act.near)))}"
    for prefix, words in (("bara", when.only), ("utom", when.except_)):
        if words:
            yield f"{prefix} {listed(WINDOW_WORDS.get(word, word) for word in words)}"
    for prefix, event, limit in (("från", "det att", when.from_), ("till", "dess att", when.until)):
        if isinstance(limit, p.Pattern):
            yield f"{prefix} {event} {act_of(limit, names).has_happened}"
        elif limit is not None:
            yield f"räknat från {limit}" if when.form == "years" else f"{prefix} {limit}"


def _window(when: When, names: Names, event: str) -> Iterator[str]:
    whole = "term" if when.form == "term" else "period"
    if when.open:
        yield "utan angiven sista dag"
    elif when.exact and when.due:
        yield f"{'den' if when.due.fixed else 'på'} {day_words(when.due, names, whole, event)}"
    else:
        if when.opens:
            yield f"tidigast {day_words(when.opens, names, whole, event)}"
        if when.due:
            yield f"senast {day_words(when.due, names, whole, event)}"


def day_words(day: Day, names: Names, whole: str = "period", event: str = EVENT) -> str:
    """A day of the language: `6 månader före giltighetstidens sista dag`.

    `whole` is what start and end are of, `event` what a day is counted from that is counted from an event.
    """
    if day.of:
        which = "det som kommer sist" if day.latest else "det som kommer först"
        return f"{which} av {listed(day_words(one, names, whole, event) for one in day.of)}"
    moved = f", fram till {LAST_OF[day.to_end]} slut" if day.to_end else ""
    return _counted(day, names, whole, event) + moved + (", eller nästa vardag" if day.rolls else "")


def _counted(day: Day, names: Names, whole: str, event: str) -> str:
    mark = _mark(day, names, whole, event)
    if day.count == 0:
        return "samma dag" if mark == event != EVENT else mark
    one, several = UNITS[day.unit]
    count = abs(day.count)
    side = "före" if day.count < 0 else "efter"
    return f"{count} {one if count == 1 else several} {side} {mark}"


def _mark(day: Day, names: Names, whole: str, event: str) -> str:
    if day.fixed:
        return day.fixed.isoformat()
    if day.annual:
        return f"den {day.annual[1]} {MONTH_NAMES[day.annual[0] - 1]}"
    if day.end_of:
        return f"{LAST_OF[day.end_of]} slut"
    if day.last_working:
        return "sista vardagen"
    if day.nth:
        month = f" i {MONTH_NAMES[day.nth.month - 1]}" if day.nth.month else ""
        return f"{ORDINALS[day.nth.which]} {WEEKDAYS[day.nth.weekday]}{month}"
    owner = "giltighetstidens" if whole == "term" else "periodens"
    known = {
        "start": f"{owner} första dag",
        "end": f"{owner} sista dag",
        "event": event,
        "next": "nästa tillfälle",
    }
    mark = day.mark or ""
    if mark.startswith("event."):
        return f"den dag som är registrerad som »{names.attribute(mark.removeprefix('event.'))}«"
    return known.get(mark, f"dagen för {names.clause(mark)}")


def evidence_words(clause: Clause, names: Names) -> str:
    """What shows the duty done, and how many: `minst 2 möten i den lokala styrgruppen hålls`."""
    if _of_itself(clause):
        return _itself_words(clause, names)
    acts = _acts(clause, names)
    counts = []
    if clause.at_least != 1 or (clause.written("at_least") and clause.at_most is not None):
        counts.append(f"minst {clause.at_least}")
    if clause.at_most is not None:
        counts.append(f"högst {clause.at_most}")
    number = listed(counts) if counts else ""
    stands = clause.when is not None and clause.when.form == "always"
    shown = either(one.so_many(_things(one, number, clause), stands=stands) for one in acts)
    return shown + _whole(clause, names)


def _things(act: Act, number: str, clause: Clause) -> str:
    """How many things are asked for: a number of them, one for each part that is listed, or one."""
    each = len(clause.including) > 1 and not _contents(clause)
    return f"{number} {act.noun.many}" if number else act.noun.many if each else act.noun.one


def more_words(clause: Clause, names: Names, left: int, done: int) -> str:
    """What is still to be done: `ytterligare ett möte i den lokala styrgruppen hålls`."""
    more = "ytterligare " if done else ""
    acts = _acts(clause, names)
    return either(one.so_many(more + (one.noun.one if left == 1 else f"{left} {one.noun.many}")) for one in acts)


def _acts(clause: Clause, names: Names) -> list[Act]:
    return [act_of(_without_parts(pattern, clause), names) for pattern in clause.what]


def _whole(clause: Clause, names: Names) -> str:
    """What the facts must cover together: `: rektorer och ungdomsrådet`, ` och tar upp mål och syfte`."""
    if not clause.including:
        return ""
    said = names.vocabulary.words.contents.get(_contents(clause))
    parts = listed(part_words(part, names) for part in clause.including)
    return f" och {said} {parts}" if said else f": {parts}"


def _contents(clause: Clause) -> str:
    """The attribute that holds what a record has in it, where the parts are such; else an empty text."""
    first = next((name for part in clause.including for name in part), "")
    return first if first in load().words.contents else ""


def effect_words(clause: Clause, names: Names) -> str | None:
    """What using a right does: `avtalet slutar 3 månader efter handlingens dag`; None where nothing is said of it."""
    effect = clause.effect
    if effect is None or (effect.ends is None and effect.extends is None and effect.renews is None):
        return None
    if effect.renews is not None:
        most = f", högst {effect.times} {'gång' if effect.times == 1 else 'gånger'}" if effect.times else ""
        return f"används rätten inte förlängs avtalet med {length_words(effect.renews)} åt gången{most}"
    if effect.ends is None:
        return f"avtalet förlängs med {'högst ' if effect.at_most else ''}{effect.extends} år"
    day = day_words(effect.ends, names, "term").replace("händelsens dag", "handlingens dag")
    return f"avtalet slutar {day}, om det inte redan har slutat då"


def _itself_words(clause: Clause, names: Names) -> str:
    """What the occasion itself must have been: `mötet hålls med polisen närvarande`."""
    said = names.vocabulary.words.contents.get(_contents(clause), "tar upp")
    parts = listed(part_words(part, names) for part in clause.including) if clause.including else ""
    contents = f"{said} {parts}" if parts else ""
    events = clause.when.events if clause.when else ()
    return either(dict.fromkeys(own_record(one, clause.what[0], names, contents) for one in events))


def _without_parts(pattern: p.Pattern, clause: Clause) -> p.Pattern:
    """The pattern without values that only repeat what the parts say."""
    parts: dict[str, set[str]] = {}
    for part in clause.including:
        for name, wanted in part.items():
            parts.setdefault(name, set()).update([wanted] if isinstance(wanted, str) else wanted)
    kept = tuple(
        (name, value)
        for name, value in pattern.values
        if not (isinstance(value, p.OneOf) and set(value.texts) <= parts.get(name, set()))
    )
    return p.Pattern(pattern.kind, kept)


def part_words(part: Mapping[str, str | list[str]], names: Names) -> str:
    """One part of what facts must cover together, by its values: `polisområdeschef (Stockholm Syd)`."""
    options = [(name, [wanted] if isinstance(wanted, str) else wanted) for name, wanted in part.items()]
    first, *rest = [
        names.attribute(name) if texts == ["ja"] else " eller ".join(map(names.value, texts)) for name, texts in options
    ]
    return f"{first} ({', '.join(rest)})" if rest else first


def condition_words(condition: Condition, names: Names) -> str:
    """A condition: `ett övergripande avtal gäller`, `ett beslut om remissvar har fattats`."""
    if condition.in_force:
        return "ett övergripande avtal gäller" if condition.in_force == "superior" else f"{condition.in_force} gäller"
    if condition.met:
        return f"{names.clause(condition.met)} är gjort"
    if condition.missed:
        return f"{names.clause(condition.missed)} inte är gjort i tid"
    return act_of(condition.pattern, names).has_happened if condition.pattern else ""
