"""A form that was sent, as acts again and as lines for `recording`: it carries all that it needs itself.

Nothing is looked up, so what somebody typed is never lost because the register has moved on meanwhile. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.acts import Act, Filled, FromStep
from avtalsvakt.pages.sheets import STEP, Field, Step, step_meant
from avtalsvakt_engine.intake.fact_checks import ATTESTATION
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import RECORDS

MOST = 40
"""Steps in a form."""
_ADDRESS = re.compile(r"steg (\d+) \((\w+)\)")
Line = dict[str, object]


class Sent(Struct, frozen=True):
    """The lines of a form by their addresses, with the ids that they will have, and what is wrong before that."""

    lines: Mapping[str, Line]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...]


def acts_in(given: Mapping[str, str]) -> tuple[Act, ...]:
    """The acts that a form is about, from what it carries unseen."""
    return tuple(_act(f"{number}.", given) for number in range(1, MOST + 1) if f"{number}.kind" in given)


def _act(at: str, given: Mapping[str, str]) -> Act:
    known = {name: _value(given.get(at + name, "")) for name in given.get(f"{at}known", "").split()}
    return Act(
        given.get(f"{at}duty", ""),
        given.get(f"{at}title", ""),
        given.get(f"{at}agreement", ""),
        given[f"{at}kind"],
        _day(given.get(f"{at}proposed", "")),
        known,
        tuple(given.get(f"{at}missing", "").split()),
        "correct" if given.get(f"{at}verb") == "correct" else "record",
        given.get(f"{at}aim") or None,
    )


def lines_in(steps: Sequence[Step], key: str) -> Sent:
    """The lines of filled-in steps; a step without a day is left for later where it may be."""
    done = {step.number: f"{key}-{step.number}" for step in steps if not _left(step)}
    lines: dict[str, Line] = {}
    problems: list[Problem] = []
    for step in steps:
        if step.number not in done:
            continue
        lines[f"steg {step.number}"] = _line(step, done, problems)
    if not lines:
        why = "inget av det som går att fylla i har någon dag eller något svar"
        problems.append(Problem("inget är ifyllt", "formuläret", why, "skriv dagen för det som är gjort, eller svara"))
    return Sent(lines, tuple(done.values()), tuple(problems))


def field_of(problem: Problem) -> str | None:
    """The name of the field that a problem is about, if it is about one."""
    found = _ADDRESS.search(problem.where)
    return f"{found[1]}.{found[2]}" if found else None


def _left(step: Step) -> bool:
    """Whether a step is left for later: it has no day; a question has no answer."""
    telling = "statement" if step.act.kind == ATTESTATION else "date"
    return step.skippable and not any(field.value.strip() for field in step.every if field.attribute == telling)


def _line(step: Step, done: Mapping[int, str], problems: list[Problem]) -> Line:
    act = step.act
    if act.verb == "correct":
        return _correction(step, done, problems)
    line: Line = {"id": done[step.number], "kind": act.kind}
    if act.kind not in RECORDS:
        line["agreement"] = act.agreement
    for field in step.every:
        if (value := _said(field, step, done, problems)) is not None:
            line[field.attribute] = value
    return line


def _correction(step: Step, done: Mapping[int, str], problems: list[Problem]) -> Line:
    """A correction holds what differs from what the record says; what is emptied is taken away."""
    changed: dict[str, object] = {}
    reason = ""
    for field in step.every:
        if field.attribute == "reason":
            reason = field.value.strip()
        elif field.value.strip() != (field.was or "").strip():
            changed[field.attribute] = _several(field)
    if not changed:
        why = "allt står som förut"
        problems.append(Problem("inget är ändrat", f"steg {step.number}", why, "ändra det som är fel"))
    if not reason:
        problems.append(_needed(step.number, "reason"))
    return {"id": done[step.number], "kind": "record_corrected", "target": step.act.target or "", "set": changed,
            "reason": reason}  # fmt: skip


def _said(field: Field, step: Step, done: Mapping[int, str], problems: list[Problem]) -> object | None:
    text = field.value.strip()
    if text.startswith(STEP):
        if (meant := step_meant(text)) is not None and meant in done:
            return done[meant]
        number = text.removeprefix(STEP)[:40]
        why = f"det gäller steg {number}, som inte har någon dag"
        remedy = f"skriv dagen för steg {number} också, eller ta bort dagen här"
        problems.append(Problem("steget kan inte sparas", f"steg {step.number} (date)", why, remedy))
        return None
    if not text:
        if field.needed:
            problems.append(_needed(step.number, field.attribute))
        return None
    return _several(field)


def _several(field: Field) -> object:
    """A text, or a list where several lines are written."""
    lines = [line.strip() for line in field.value.splitlines() if line.strip()]
    return lines if len(lines) > 1 else (lines[0] if lines else "")


def _needed(number: int, attribute: str) -> Problem:
    return Problem(
        "uppgiften saknas", f"steg {number} ({attribute})", "utan den säger registreringen för lite", "fyll i den"
    )


def _value(text: str) -> Filled:
    if (number := step_meant(text)) is not None:
        return FromStep(number)
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return lines if len(lines) > 1 else text.strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
