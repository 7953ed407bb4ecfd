"""The rule language in Swedish: when a clause asks for something, what shows it, how many, given what.

In come frozen models of the language and the labels of bodies, out come short texts without a full stop. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_engine.explaining.how_often import years_words
from avtalsvakt_engine.explaining.time_words import MONTH_NAMES, ORDINALS, PERIODS, UNITS, WEEKDAYS, WINDOW_WORDS
from avtalsvakt_rules import patterns as p
from avtalsvakt_rules.conditions import Condition
from avtalsvakt_rules.days import Day
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.movable import MOVABLE
from avtalsvakt_rules.vocabulary import OCCASION, Vocabulary, load
from avtalsvakt_rules.when import When

RECORDS = MappingProxyType(
    {
        "document_revised": "handlingens",
        "meeting": "mötets",
        "meeting_held": "mötets",
        "inspection": "tillsynens",
        "inspection_done": "tillsynens",
        "evaluation_done": "uppföljningens",
        "report_delivered": "rapportens",
        "decision_made": "beslutets",
    }
)
"""Whose record it is that must show something, by the kind of what happened."""
PER = MappingProxyType(
    {
        "party": "för varje part",
        "local_agreement": "för varje avtal under det",
        "municipality": "för varje kommun",
        "site": "för varje plats",
    }
)


@dataclass(frozen=True)
class Names:
    """What ids are called: kinds, attributes and bodies from the vocabulary, with an instrument's own bodies."""

    vocabulary: Vocabulary
    bodies: Mapping[str, str]
    titles: Mapping[str, str]

    def kind(self, name: str) -> str:
        """A kind of fact, without the examples in brackets."""
        if name in MOVABLE:
            return MOVABLE[name].sv
        known = self.vocabulary.kinds.get(name)
        return (known.sv if known else name.replace("_", " ")).split(" (")[0].replace("/", " eller ")

    def value(self, text: str) -> str:
        """A value: the label of a body, else the text itself."""
        return self.bodies.get(text, text)

    def attribute(self, name: str) -> str:
        """The label of a field."""
        return self.vocabulary.labels.get(name, name.replace("_", " "))

    def clause(self, name: str) -> str:
        """What a clause of the instrument is called, in quotation marks."""
        return f"»{self.titles.get(name, name)}«"


def names_of(*instruments: Instrument) -> Names:
    """The names that hold within these instruments; the last one's clauses."""
    vocabulary = load()
    bodies = dict(vocabulary.bodies)
    for instrument in instruments:
        bodies |= instrument.bodies
    clauses = instruments[-1].clauses if instruments else {}
    return Names(vocabulary, bodies, {name: called(name, clause) for name, clause in clauses.items()})


def called(name: str, clause: Clause) -> str:
    """What a clause is called: the act, else the sentence, else its name."""
    return clause.act or (clause.sv or name).rstrip(".")


def when_words(clause: Clause, names: Names) -> str:
    """When the clause asks for something: `varje år, senast den 31 januari`."""
    when = clause.when
    if when is None:
        return "ingen tid"
    words = [_rise(when, names), *filter(None, (PER.get(clause.per or ""),)), *_limits(when, names)]
    return ", ".join((*words, *_window(when, names)))


def _rise(when: When, names: Names) -> str:
    if when.form == "period":
        return PERIODS.get(when.period or "", "varje period")
    if when.form == "years":
        return years_words(when.years or 1)
    if when.form == "event":
        return "vid varje " + " eller ".join(pattern_words(one, names) for one in when.events)
    if when.form == "follows":
        return f"som nästa steg efter {names.clause(when.follows or '')}"
    return {
        "term": "varje giltighetstid",
        "once": "en gång under giltighetstiden",
        "always": "alltid",
        "performance": "så lång tid efter förra gången",
        "date": "en gång",
    }[when.form]


def _limits(when: When, names: Names) -> Iterator[str]:
    for prefix, words in (("bara", when.only), ("utom", when.except_)):
        if words:
            yield f"{prefix} {_listed(WINDOW_WORDS.get(word, word) for word in words)}"
    for prefix, limit in (("från", when.from_), ("till", when.until)):
        if isinstance(limit, p.Pattern):
            yield f"{prefix} {pattern_words(limit, names)}"
        elif limit is not None:
            yield f"räknat från {limit}" if when.form == "years" else f"{prefix} {limit}"


def _window(when: When, names: Names) -> Iterator[str]:
    whole = "term" if when.form == "term" else "period"
    if when.open:
        yield "utan angiven sista dag"
    elif when.exact and when.due:
        yield f"{'den' if when.due.fixed else 'på'} {day_words(when.due, names, whole)}"
    else:
        if when.opens:
            yield f"tidigast {day_words(when.opens, names, whole)}"
        if when.due:
            yield f"senast {day_words(when.due, names, whole)}"


def day_words(day: Day, names: Names, whole: str = "period") -> str:
    """A day of the language: `6 månader före giltighetstidens sista dag`. `whole` is what start and end are of."""
    mark = _mark(day, names, whole)
    if day.count == 0:
        return mark
    one, several = UNITS[day.unit]
    count = abs(day.count)
    side = "före" if day.count < 0 else "efter"
    return f"{count} {one if count == 1 else several} {side} {mark}"


def _mark(day: Day, names: Names, whole: str) -> str:
    if day.fixed:
        return day.fixed.isoformat()
    if day.annual:
        return f"den {day.annual[1]} {MONTH_NAMES[day.annual[0] - 1]}"
    if day.last_working:
        return "sista vardagen"
    if day.nth:
        month = f" i {MONTH_NAMES[day.nth.month - 1]}" if day.nth.month else ""
        return f"{ORDINALS[day.nth.which]} {WEEKDAYS[day.nth.weekday]}{month}"
    owner = "giltighetstidens" if whole == "term" else "periodens"
    known = {
        "start": f"{owner} första dag",
        "end": f"{owner} sista dag",
        "event": "händelsens dag",
        "next": "nästa tillfälle",
    }
    mark = day.mark or ""
    if mark.startswith("event."):
        return f"händelsens dag ({names.attribute(mark.removeprefix('event.'))})"
    return known.get(mark, f"dagen för {names.clause(mark)}")


def pattern_words(pattern: p.Pattern, names: Names) -> str:
    """What a fact must look like: `möte hållet (organ: lokal styrgrupp)`."""
    kind = "händelsen" if pattern.kind == p.ITSELF else names.kind(pattern.kind)
    values = "; ".join(_value(name, value, names) for name, value in pattern.values)
    return f"{kind} ({values})" if values else kind


def _value(name: str, value: p.Value, names: Names) -> str:
    label = names.attribute(name)
    if isinstance(value, p.OneOf):
        return f"{label}: {' eller '.join(map(names.value, value.texts))}"
    if isinstance(value, p.NotIn):
        return f"{label}: annat än {_listed(map(names.value, value.texts))}"
    if isinstance(value, p.Compare):
        of = f" av {names.attribute(value.of)}" if value.of else ""
        return f"{label}: {'minst' if value.at_least else 'högst'} {value.bound}{of}"
    if isinstance(value, p.Length):
        length = f"{value.months // 12} år" if value.months % 12 == 0 else f"{value.months} månader"
        return f"{label}: {length} efter {names.attribute(value.since)}"
    if isinstance(value, p.Met):
        return f"{label}: en version som har fullgjort {names.clause(value.clause)}"
    if isinstance(value, p.Refers):
        return f"{label}: {pattern_words(value.pattern, names)}"
    if isinstance(value, p.Same):
        return _same_words(name, value, names)
    words = {p.Alternating: "annan än förra gången", p.Next: "kommande period", p.Both: "båda"}
    return f"{label}: {words[type(value)]}"


def _same_words(name: str, value: p.Same, names: Names) -> str:
    label = names.attribute(name)
    if value.attribute is not None:
        return f"{label}: samma {names.attribute(value.attribute)}"
    if name in PERIOD_NAMES:
        return f"{label}: just den perioden"
    return "gäller just detta" if name == OCCASION else f"samma {label}"


def evidence_words(clause: Clause, names: Names) -> str:
    """What shows the duty done, and how many: `minst 2 × möte hållet (organ: lokal styrgrupp)`."""
    if clause.what and clause.what[0].kind == p.ITSELF:
        return _itself_words(clause, names)
    shown = " eller ".join(pattern_words(_without_parts(pattern, clause), names) for pattern in clause.what)
    counts = []
    if clause.at_least != 1 or ("at_least" in clause.model_fields_set and clause.at_most is not None):
        counts.append(f"minst {clause.at_least}")
    if clause.at_most is not None:
        counts.append(f"högst {clause.at_most}")
    text = f"{' och '.join(counts)} × {shown}" if counts else shown
    if not clause.including:
        return text
    return f"{text}, som tillsammans omfattar {_listed(part_words(part, names) for part in clause.including)}"


def effect_words(clause: Clause, names: Names) -> str | None:
    """What using a right does: `avtalet slutar 3 månader efter handlingens dag`; None where nothing is said of it."""
    effect = clause.effect
    if effect is None or (effect.ends is None and effect.extends is None):
        return None
    if effect.ends is None:
        return f"avtalet förlängs med {'högst ' if effect.at_most else ''}{effect.extends} år"
    day = day_words(effect.ends, names, "term").replace("händelsens dag", "handlingens dag")
    return f"avtalet slutar {day}, om det inte redan har slutat då"


def _itself_words(clause: Clause, names: Names) -> str:
    """What the record of the occasion itself must show: `mötets registrering anger mall: gemensam mall`."""
    kinds = {event.kind for event in clause.when.events} if clause.when else set()
    whose = RECORDS.get(kinds.pop(), "händelsens") if len(kinds) == 1 else "händelsens"
    said = [f"anger {'; '.join(_value(name, value, names) for name, value in clause.what[0].values)}"]
    said = said if clause.what[0].values else []
    if clause.including:
        said.append(f"tar upp {_listed(part_words(part, names) for part in clause.including)}")
    return f"{whose} registrering {' och '.join(said)}"


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
    options = [[wanted] if isinstance(wanted, str) else wanted for wanted in part.values()]
    first, *rest = [" eller ".join(map(names.value, texts)) for texts in options]
    return f"{first} ({', '.join(rest)})" if rest else first


def condition_words(condition: Condition, names: Names) -> str:
    """A condition: `ett övergripande avtal gäller`, `»Boka samråd« är fullgjort`."""
    if condition.in_force:
        return "ett övergripande avtal gäller" if condition.in_force == "superior" else f"{condition.in_force} gäller"
    if condition.met:
        return f"{names.clause(condition.met)} är fullgjort"
    if condition.missed:
        return f"{names.clause(condition.missed)} är inte fullgjort i tid"
    return f"det finns {pattern_words(condition.pattern, names)}" if condition.pattern else ""


def _listed(words: Iterable[str]) -> str:
    """Words as a list in running text."""
    texts = list(words)
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} och {texts[-1]}"
