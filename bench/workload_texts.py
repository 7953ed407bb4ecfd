"""The invented agreements, written in the rule language for the program: thirty different ones under one umbrella."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import cast

from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import Source, Tree, parse_source
from bench.workload_pool import STAGES, Asked, drawn, superior

DIFFERENT = 30
UMBRELLA = "umbrella"
UMBRELLA_START = date(2016, 7, 1)
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """What one agreement says: its first day, its last one if it has one, what it asks for."""

    start: date
    end: date | None
    asked: tuple[Asked, ...]


@lru_cache(maxsize=DIFFERENT)
def text(number: int) -> Text:
    """The text of one of the thirty; others repeat them."""
    chance = random.Random(f"avtal {number}")
    start = chance.choice([date(2015, 5, 1), date(2016, 1, 1), date(2016, 3, 15), date(2017, 10, 1), date(2019, 1, 1)])
    ends = (date(2019, 12, 31), date(2021, 5, 31), date(2023, 6, 30), date(2026, 8, 31))
    end = ends[number % 4] if number % 2 else None
    return Text(start, end, drawn(chance, closed=end is not None))


def instrument(name: str, number: int) -> Instrument:
    """An agreement with one of the thirty texts, read as the program reads a rule file; its lines are parsed once."""
    source = _source(number)
    return read_instrument(replace(source, tree={**cast("dict[str, Tree]", source.tree), "instrument": name}))


@lru_cache(maxsize=DIFFERENT)
def _source(number: int) -> Source:
    return _written(f"mall-{number}", text(number).asked, _head(text(number)))


def umbrella() -> Instrument:
    """The umbrella, read in the same way."""
    head = f"level: superior\nparties: [staden, polisen]\nterm: {{from: {UMBRELLA_START}}}"
    return read_instrument(_written(UMBRELLA, superior(), head, ", per: local_agreement"))


def _head(one: Text) -> str:
    end = f", to: {one.end}" if one.end else ""
    return (
        f"level: local\nparties: [kommunen, polisen]\nunder: {UMBRELLA}\nterm: {{from: {one.start}{end}}}\n"
        "annexes: {1: lägesbild, 2: åtgärdsplan}"
    )


def _written(name: str, asked: tuple[Asked, ...], head: str, more: str = "") -> Source:
    lines = [f"instrument: {name}", f"title: Påhittad ({name})", "document: bench.txt", head, "clauses:"]
    for place, one in enumerate(asked, 1):
        keys = ", ".join([f"norm: {_norm(one)}", *_who(one), *_clause(one)])
        lines.append(f'  {one.name}: {{at: {{section: "{place}"}}, {keys}{more}}}')
    return parse_source("\n".join(lines) + "\n", f"{name}.yaml")


def _norm(one: Asked) -> str:
    return "[shall, valid_if]" if one.name == "skriftligt" else "may" if one.form == "right" else one.norm


def _who(one: Asked) -> Iterator[str]:
    if one.who:
        yield f"who: {one.who}"


def _clause(one: Asked) -> Iterator[str]:
    """The keys of a clause: when, what, how many, given what."""
    if one.form == "attest":
        yield f"when: {{each: {one.each}}}, attest: stadsdelsdirektör"
        return
    yield f"when: {_when(one)}"
    yield f"what: {_what(one)}"
    if one.least > 1:
        yield f"at_least: {one.least}"
    if one.parts:
        yield f"including: [{', '.join(f'{{role: {role}}}' for role in one.parts)}]"
    if one.form == "right":
        yield f"given: [{{in_force: superior}}], effect: {{extends: {one.number} years}}"
    elif one.umbrella:
        yield "given: {in_force: superior}"


def _when(one: Asked) -> str:
    meeting, after = f"meeting_held: {_map(one.about)}", f"{one.number} days after event" if one.number else "open"
    day = f"{one.day[0]:02}-{one.day[1]:02}"
    return {
        "count": f"{{each: {one.each}{_months(one)}}}",
        "afterwards": f"{{each: {one.each}, due: {one.number} days after end}}",
        "annual": f"{{each: year, due: {day}}}",
        "closing": "{each: year_end}",
        "alternating": f"{{each: {{{meeting}}}, due: event}}",
        "after": f"{{each: {{{'document_revised: {document: lägesbild}' if _stage(one) else meeting}}}, due: {after}}}",
        "step": f"{{follows: beslutas, due: {after}}}",
        "version": "{each: year}",
        "before": "{each: {agreement_revised: {}}, due: event}",
        "years": f"{{each: {one.number} years, from: 2015}}",
        "term": f"{{each: term, due: {one.number} months before end}}",
        "right": "{each: term, due: end}",
        "notice": f"{{each: {{meeting: {_map(one.about)}}}, opens: {one.opens} days before event,"
        f" due: {one.number} days before event}}",
        "next": f"{{each: {{{meeting}}}, due: {one.number} days before next}}",
        "once": "once",
        "by": f"{{due: {one.number}-{day}}}",
        "state": "always",
        "rolling": f"{{each: performance, due: {one.number} months after event}}",
    }[one.form]


def _stage(one: Asked) -> bool:
    return one.name in STAGES


def _months(one: Asked) -> str:
    words = {"only": one.only, "except": one.but}
    return "".join(
        f", {key}: [{', '.join(MONTHS[number - 1] for number in found)}]" for key, found in words.items() if found
    )


def _what(one: Asked) -> str:
    """The pattern: what the record says, and how it names its occasion."""
    if one.form == "alternating":
        return "{itself: {chair: alternating}}"
    says = dict(one.says) | {
        "decision_made": {"concerns": "same"},
        "decision_documented": {"decision": "same"},
        "notice_sent": {"concerns": "same"},
        "minutes_distributed": {"meeting": "same"},
        "meeting_convened": {**one.about, "meeting_date": "same"},
        "consultation_held": {"parties": "both"},
        "annex_dated": {"annex": "{same: document}", "version": "same"},
        "annex_attached": {"annex": "{same: document}", "version": "same"},
    }.get(one.kind, {})
    if one.form == "version":
        says = {"annex": "lägesbild", "version": "{met: beslutas}"}
    if one.coming:
        says["for_year"] = "next"
    return f"{{{one.kind}: {_map(says)}}}"


def _map(says: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in says.items())}}}"
