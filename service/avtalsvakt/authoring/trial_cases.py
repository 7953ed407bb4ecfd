"""Tried courses as a case file: what was invented, and what the engine said, for an author to keep what the text means.

The words are those of `rules cases`; a file that is there is never written over.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import yaml

from avtalsvakt.authoring.invented_courses import Course
from avtalsvakt.authoring.rule_trial import Seen, Tried
from avtalsvakt_rules.case_files import MISSING, status_words
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.problems import Problem, Rejected

HEAD = """\
# Påhittade förlopp och vad programmet sade om dem. Behåll de fall som stämmer med texten, rätta why så att det säger
# vilka ord som avgör, och stryk resten. De körs med: avtalsvakt --rules MAPP rules cases
"""
Named = Callable[[Course], str]


def case_text(instrument: Instrument, found: Iterable[Tried], named: Named) -> str:
    """The text of a case file; `named` says in Swedish what a course shows."""
    cases = [line for one in found for line in _cases(instrument, one, named)]
    return f"{HEAD}instrument: {instrument.instrument}\ncases:\n{''.join(cases)}"


def write_cases(text: str, path: Path) -> None:
    """Write the file. Raises Rejected where it is there already or cannot be written."""
    if path.exists():
        raise Rejected([Problem(f"{path} finns redan", "--cases", "en fil som finns skrivs aldrig över",
                                "välj ett annat namn, till exempel regler/cases/provade.yaml")])  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise Rejected([Problem("filen kan inte skrivas", "--cases", why, "välj en annan mapp")]) from error


def _cases(instrument: Instrument, one: Tried, named: Named) -> Iterator[str]:
    for course, seen in one.courses:
        if course.cannot is None:
            shown = named(course)
            yield f"  {one.clause}-{shown.replace(' ', '-')}:\n"
            yield f"    why: {_flow(f'{shown.capitalize()}. {instrument.clauses[one.clause].sv or one.clause}')}\n"
            yield from _facts(course, course.duty.partition(".")[0], instrument)
            yield "    expect:\n"
            yield from (
                f"      {each.day}: {_flow({_key(course.duty, instrument): _verdict(each)})}\n" for each in seen
            )


def _facts(course: Course, agreement: str, instrument: Instrument) -> Iterator[str]:
    if not course.lines:
        yield "    facts: []\n"
        return
    yield "    facts:\n"
    elsewhere = {} if agreement == instrument.instrument else {"agreement": agreement}
    yield from (f"      - {_flow({**line, **elsewhere})}\n" for line in course.lines)


def _key(duty: str, instrument: Instrument) -> str:
    """The duty's key, without the file's own agreement."""
    return duty.removeprefix(f"{instrument.instrument}.")


def _verdict(seen: Seen) -> object:
    words = {code: word for word, code in status_words().items()}
    if seen.verdict is None:
        return words[MISSING]
    status = words[seen.verdict.status]
    return {"status": status, "due": seen.verdict.due} if seen.verdict.due else status


def _flow(value: object) -> str:
    """A value as YAML on one line; days without quotation marks."""
    written = yaml.safe_dump(_days(value), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return written.removesuffix("\n").removesuffix("\n...")


def _days(value: object) -> object:
    if isinstance(value, dict):
        return {key: _days(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_days(one) for one in value]
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
