"""Tried clauses on the screen: what happens in each course, and what the engine says of it."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from avtalsvakt.authoring.invented_courses import Course
from avtalsvakt.authoring.invented_facts import Line
from avtalsvakt.authoring.rule_trial import Seen, Tried
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_rules.language.instrument import Instrument

WIDTH, INDENT = 92, 14
COURSES = {
    "in_time": "i tid", "missed": "uteblir", "late": "för sent", "wrong_actor": "fel part", "excepted": "undantag",
    "too_many": "för många", "used": "används", "unused": "används inte", "refrained": "låter bli",
    "done_anyway": "görs ändå", "as_asked": "som det ska", "otherwise": "inte så", "yes": "ja", "no": "nej",
    "unanswered": "inget svar", "wrong_function": "fel svarande",
}  # fmt: skip
"""What a course shows, as it is called on the screen and in case files."""
ABSENT = "finns inte"


def lines(instrument: Instrument, one: Tried) -> Iterator[str]:
    """A clause with its courses: first what is done, then the days with what the engine says."""
    clause, names = instrument.clauses[one.clause], names_of(instrument)
    yield f"{one.clause} — {place_in(instrument, clause.at)}"
    yield from wrap(clause.sv or "", WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    for course, seen in one.courses:
        yield from _course(course, seen, names)


def _course(course: Course, seen: tuple[Seen, ...], names: Names) -> Iterator[str]:
    head = f"  {COURSES[course.shows]}"
    if course.cannot:
        yield from _hung(head, f"prövas inte: {course.cannot}")
        return
    happened = [f"{line['date']} {happening(line, names)}" for line in course.lines] or ["inget händer"]
    yield from _hung(head, "; ".join(happened))
    for one in seen:
        yield from _hung("", f"{one.day}: {verdict_words(one)}")


def _hung(head: str, text: str) -> Iterator[str]:
    yield from wrap(text, WIDTH, initial_indent=f"{head:<{INDENT}}  ", subsequent_indent=" " * (INDENT + 2),
                    break_on_hyphens=False)  # fmt: skip


def happening(line: Line, names: Names) -> str:
    """One record of a course in words: what happened, and what it says."""
    told = [
        f"{names.attribute(name)} {_value(value, names)}"
        for name, value in line.items()
        if name not in ("id", "kind", "date", "clause")
    ]
    about = f" ({', '.join(told)})" if told else ""
    return f"{names.kind(str(line['kind']))}{about} [{line['id']}]"


def _value(value: object, names: Names) -> str:
    return " och ".join(map(str, value)) if isinstance(value, list) else names.value(str(value))


def verdict_words(one: Seen) -> str:
    """What the engine says on a day: the status, the last day, and why records do not count."""
    if one.verdict is None:
        return f"skyldigheten {ABSENT}"
    verdict = one.verdict
    words = [labels.BREACH if labels.broken(verdict) else labels.status(verdict.status)]
    if verdict.required > 1 or verdict.counted > 1:
        words.append(f"{verdict.counted} av {verdict.required}")
    if verdict.due:
        words.append(f"sista dag {verdict.due}")
    words += [f"{each.fact} {labels.REASONS.get(each.reason, each.reason)}" for each in verdict.not_counted]
    if verdict.modality == "power" and one.ends:
        words.append(f"avtalet gäller till {one.ends}")
    return ", ".join(words)


def tally(instrument: Instrument, found: Sequence[Tried]) -> str:
    """How much was tried, and how many clauses give no duty of their own."""
    courses = sum(course.cannot is None for one in found for course, _ in one.courses)
    silent = sum(not one.judged or one.duty_norm is None for one in instrument.clauses.values())
    rest = f" {counted(silent, 'sats', 'satser')} ger ingen egen skyldighet." if silent else ""
    return f"{counted(len(found), 'klausul', 'klausuler')}, {courses} förlopp. Stämmer lägena med texten?{rest}"


def called(course: Course) -> str:
    """What a course shows, in Swedish."""
    return COURSES[course.shows]


def rows(instrument: Instrument, found: Iterable[Tried]) -> Iterator[dict[str, object]]:
    """A row for each course and day, for JSON and CSV."""
    for one in found:
        for course, seen in one.courses:
            base: dict[str, object] = {
                "instrument": instrument.instrument, "clause": one.clause, "course": course.shows, "duty": course.duty,
                "facts": [dict(line) for line in course.lines], "cannot": course.cannot,
            }  # fmt: skip
            if course.cannot:
                yield base | dict.fromkeys(("day", "status", "due", "counted", "required"))
            for each in seen:
                yield base | {"day": each.day.isoformat()} | _fields(each)


def _fields(one: Seen) -> dict[str, object]:
    found = one.verdict
    if found is None:
        return {"status": "missing", "due": None, "counted": None, "required": None}
    due = found.due.isoformat() if found.due else None
    return {"status": found.status, "due": due, "counted": found.counted, "required": found.required}
