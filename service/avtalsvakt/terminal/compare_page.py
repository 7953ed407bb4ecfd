"""What another choice of reading would change, to read, as JSON and as rows: now on the left, then on the right."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from types import MappingProxyType

from avtalsvakt.answers.comparing_readings import Comparison, Difference
from avtalsvakt.words.status_words import status_word
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.reading_labels import READINGS, reading
from avtalsvakt_engine.verdicts import Verdict

Object = dict[str, object]
Titles = Mapping[tuple[str, str], str | None]
WIDTH, COLUMN = 96, 34

RESPECTS = MappingProxyType(
    {
        "only_now": ("finns bara nu", "finns bara nu"),
        "only_then": ("finns bara då", "finns bara då"),
        "status": ("får annan status", "får annan status"),
        "due": ("får annan sista dag", "får annan sista dag"),
        "required": ("kräver ett annat antal", "kräver ett annat antal"),
    }
)


def lines(one: Comparison, titles: Titles) -> Iterator[str]:
    """One comparison to read, agreement by agreement."""
    _, words = READINGS[one.code]
    now = " eller ".join(words.get(choice, choice) for choice in one.now)
    yield f"{reading(one.code, one.choice)} [{one.code}={one.choice}] i stället för {now}"
    if one.refused:
        yield from wrap(f"Det kan inte väljas: {one.refused.why}. {_sentence(one.refused.remedy)}", WIDTH,
                        initial_indent="  ", subsequent_indent="  ")  # fmt: skip
        return
    for agreement, found in groupby(one.differences, key=lambda this: this.agreement):
        yield ""
        yield f"  {agreement}"
        for this in found:
            yield from _difference(this, titles)
    if one.differences:
        yield ""
    yield f"  {summary(one)}"


def summary(one: Comparison) -> str:
    """How many duties differ in what; plainly where none does."""
    if not one.differences:
        return "Inget skiljer."
    parts = ", ".join(f"{number} {RESPECTS[name][number != 1]}" for name, number in one.counts.items() if number)
    return f"{counted(len(one.differences), 'skyldighet', 'skyldigheter')} skiljer: {parts}."


def _difference(this: Difference, titles: Titles) -> Iterator[str]:
    known = this.now or this.then
    title = titles.get((known.instrument, known.obligation)) if known else None
    yield f"    {this.duty}" + (f" · {title}" if title and len(title) + len(this.duty) < WIDTH - 8 else "")
    yield f"      {_side(this.now):<{COLUMN}} → {_side(this.then)}"


def _side(verdict: Verdict | None) -> str:
    if verdict is None:
        return "finns inte"
    done = f" {verdict.counted}/{verdict.required}" if verdict.required else ""
    return f"{status_word(verdict.status)}{done}" + (f", senast {verdict.due}" if verdict.due else "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def as_object(one: Comparison) -> Object:
    """One comparison as JSON."""
    refused = one.refused and {"why": one.refused.why, "remedy": one.refused.remedy}
    return {
        "reading": one.code,
        "choice": one.choice,
        "now": list(one.now),
        "refused": refused,
        "counts": dict(one.counts),
        "differences": [_fields(this) for this in one.differences],
    }


def _fields(this: Difference) -> Object:
    return {
        "agreement": this.agreement,
        "duty": this.duty,
        "differs": list(this.differs),
        "now": _state(this.now),
        "then": _state(this.then),
    }


def _state(verdict: Verdict | None) -> Object | None:
    if verdict is None:
        return None
    return {
        "status": verdict.status,
        "due": verdict.due and verdict.due.isoformat(),
        "required": verdict.required,
        "counted": verdict.counted,
    }


def rows(found: Sequence[Comparison]) -> list[Object]:
    """A row for each duty that differs; a choice that cannot be made, or changes nothing, has a row that says so."""
    out: list[Object] = []
    for one in found:
        head = {"reading": one.code, "choice": one.choice}
        if one.refused or not one.differences:
            out.append(head | _row(None) | {"note": one.refused.why if one.refused else "inget skiljer"})
        out += [head | _row(this) | {"note": None} for this in one.differences]
    return out


def _row(this: Difference | None) -> Object:
    sides = (("now", this.now), ("then", this.then)) if this else (("now", None), ("then", None))
    states = {
        f"{side}_{name}": (_state(verdict) or {}).get(name)
        for side, verdict in sides
        for name in ("status", "due", "required", "counted")
    }
    named = {"agreement": this.agreement, "duty": this.duty, "differs": list(this.differs)} if this else {}
    return {"agreement": None, "duty": None, "differs": []} | named | states
