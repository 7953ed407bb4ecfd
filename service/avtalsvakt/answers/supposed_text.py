"""What is supposed in a few Swedish words becomes the line of a fact: `möte hållet 2026-12-10 lokal styrgrupp`.

In comes the text with the rules, out comes a mapping for `read_fact`. What is not understood is refused, never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.importing.file_lines import field_names
from avtalsvakt_engine.importing.headings import plain
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_engine.intake.said_days import day_within, iso_day
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.language.patterns import OneOf
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import RECORDS, Vocabulary

WHERE = "--suppose"
EXAMPLE = 'skriv t.ex. "möte hållet 2026-12-10 lokal styrgrupp", eller FÄLT=VÄRDE för resten'
_FIELD = re.compile(r"([^\s=]+)=(\"[^\"]*\"|\S+)")


def supposed_line(
    text: str, rulebook: Rulebook, vocabulary: Vocabulary, in_force: Iterable[str], agreement: str | None, today: date
) -> Mapping[str, object]:
    """The line. Its agreement is the one named, else `agreement`, else the only one of `in_force` with that body.

    A day may be said as Swedes say it; without a year the one nearest to `today` is meant.
    Raises Rejected for a text without a kind or a day, and for words that name nothing.
    """
    line, rest = _fields(text, vocabulary)
    found = day_within(rest, today) if "date" not in line else None
    if found is None and "date" not in line:
        raise _refused(text, "det står ingen dag", "skriv dagen som 2026-12-10 eller 10 december")
    day, rest = found or ("", rest)
    line["date"] = day or iso_day(str(line["date"]), today)
    kinds = [(label, name) for name in vocabulary.kinds if name not in RECORDS
             for label in (name, names_of().kind(name), *_halves(names_of().kind(name)))]  # fmt: skip
    bodies = dict(vocabulary.bodies)
    for one in rulebook.instruments.values():
        bodies |= one.bodies
    named = [(label, name) for name, label in bodies.items()] + [(name, name) for name in bodies]
    agreements = [(name, name) for name in rulebook.instruments]
    for field, phrases in (("kind", kinds), ("body", named), ("agreement", agreements)):
        value, rest = _taken(rest, phrases)
        line = ({field: value} if value else {}) | line
    if rest.split():
        raise _refused(text, f"»{' '.join(rest.split())}« går inte att tyda", EXAMPLE)
    if "kind" not in line:
        raise _refused(text, "det står inte vad som har hänt", EXAMPLE)
    return {"agreement": _agreement(text, line, agreement, rulebook, in_force)} | line


def _fields(text: str, vocabulary: Vocabulary) -> tuple[dict[str, object], str]:
    """The values that are written FIELD=VALUE, and the rest of the text."""
    known = field_names(vocabulary)
    line: dict[str, object] = {}
    for found in _FIELD.finditer(text):
        field = known.get(plain(found[1]))
        if field is None:
            raise _refused(text, f"fältet '{found[1]}' finns inte", closest(found[1], known))
        value = found[2].strip('"')
        line[field] = value.split("|") if "|" in value else value
    return line, _FIELD.sub(" ", text)


def _halves(label: str) -> Iterator[str]:
    """A label that names two things can be said by either."""
    if " eller " in label:
        yield from label.split(" eller ")


def _taken(text: str, phrases: Iterable[tuple[str, str]]) -> tuple[str | None, str]:
    """The longest of the phrases that stands in the text, as what it means, and the text without it."""
    said = f" {' '.join(text.split())} "
    for label, value in sorted(phrases, key=lambda pair: -len(pair[0])):
        at = said.casefold().find(f" {label.casefold()} ")
        if at >= 0:
            return value, said[:at] + " " + said[at + len(label) + 2 :]
    return None, text


def _agreement(
    text: str, line: Mapping[str, object], given: str | None, rulebook: Rulebook, in_force: Iterable[str]
) -> str:
    """The agreement that is meant. Raises Rejected where it is not clear."""
    if given or "agreement" in line:
        return str(line.get("agreement", given))
    body = line.get("body")
    fitting = [name for name in in_force if _speaks_of(rulebook.instruments[name], body)]
    if len(fitting) == 1:
        return fitting[0]
    if body is None:
        why = "varken organ eller avtal är sagt"
    else:
        why = f"det kan gälla {', '.join(fitting)}" if fitting else "inget avtal som gäller nu har organet"
    raise _refused(text, "det framgår inte vilket avtal det gäller", f"{why}; skriv avtalets beteckning i texten")


def _speaks_of(instrument: Instrument, body: object) -> bool:
    return any(
        name == "body" and isinstance(value, OneOf) and body in value.texts
        for clause in instrument.clauses.values() if not clause.downward
        for pattern in clause.patterns
        for name, value in pattern.values
    )  # fmt: skip


def _refused(text: str, why: str, remedy: str) -> Rejected:
    return Rejected([Problem(f"antagandet »{text}« går inte att använda", WHERE, why, remedy)])


def last_day(days: Iterable[date], today: date) -> date:
    """The day on which all that is supposed has happened: today, or the last of the days if that is later."""
    return max((today, *days))
