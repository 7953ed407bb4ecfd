"""What a server's answers look like on the screen: a line for each thing, in the words of the local commands.

In come objects as the API gives them, out come lines.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.names import names_of

Object = Mapping[str, Any]
_FIXED = ("id", "kind", "agreement", "date", "recorded", "recorder")


def agreement_lines(agreements: Iterable[Object]) -> Iterator[str]:
    """Each agreement, its state, and how many duties have each status."""
    for one in agreements:
        state = labels.STATES.get(one["state"], one["state"])
        days = f"{one['from'] or ''} – {one['to'] or 'tills vidare'}"
        yield f"{one['short_title']} ({one['agreement']}): {state}, {days}"
        told = ", ".join(f"{number} {labels.status(code, number)}" for code, number in one["duties"].items())
        yield f"  {told or 'kräver inget'}"


def duty_lines(duties: Iterable[Object]) -> Iterator[str]:
    """Each duty with its last day, how far off that is, how it stands, and its key."""
    for one in duties:
        left = one["days_left"]
        far = "" if left is None else "i dag" if left == 0 else f"{left} d kvar" if left > 0 else f"{-left} d sedan"
        done = f" {one['counted']}/{one['required']}" if one["required"] > 1 else ""
        said = one["question"] or one["title"]
        status = f"{labels.status(one['status'])}{done}"
        yield f"{one['due'] or '':<11}{far:>11}  {status}: {said} ({one['short_title']})  [{one['duty']}]"


def why_lines(duty: Object) -> Iterator[str]:
    """One duty explained."""
    why = duty["why"]
    yield f"{duty['question'] or duty['title']} ({duty['short_title']})"
    if why is None:
        yield f"{labels.status(duty['status'])}. Reglerna för avtalet saknas på servern."
        return
    yield why["summary"]
    for part in why["parts"]:
        yield ""
        yield part["heading"]
        yield from (f"  {line}" for line in part["lines"])


def fact_lines(facts: Iterable[Object]) -> Iterator[str]:
    """Each registration on a line."""
    names = names_of()
    for one in facts:
        told = "; ".join(f"{names.attribute(name)} {_said(value)}" for name, value in one.items() if name not in _FIXED)
        yield f"{one['date']} {one['agreement']}: {names.kind(one['kind'])}{f', {told}' if told else ''}  [{one['id']}]"


def recorded_lines(answer: Object, *, rehearsed: bool) -> Iterator[str]:
    """What was recorded, and what it changed."""
    for fact in fact_lines(answer["facts"]):
        yield f"{'Skulle registreras' if rehearsed else 'Registrerat'}: {fact}"
    if answer.get("again"):
        yield "Det var registrerat redan."
    changes = answer["changes"]
    yield ("Det skulle ändra:" if rehearsed else "Det ändrade:") if changes else "Det ändrar ingen bedömning."
    for one in changes:
        was = labels.status(one["was"]) if one.get("was") else "ny"
        becomes = labels.status(one["becomes"]) if one.get("becomes") else "faller bort"
        yield f"  {one['duty']}: {was} → {becomes}"
    if not rehearsed and not answer["judged"]:
        yield "Det är sparat men inte bedömt än; det görs i natt."


def foot(run: Object, number: int, one: str, several: str) -> Iterator[str]:
    """How many there are, and what they were concluded from."""
    yield f"{counted(number, one, several)}."
    yield f"Enligt serverns körning {run['run'][:16].replace('T', ' kl. ')}, per {run['as_of']}."


def _said(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else names_of().value(str(value))
