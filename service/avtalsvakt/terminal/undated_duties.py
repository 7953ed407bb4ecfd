"""What is open without a last day, put together so that a list can be read: each obligation once, with how many.

Nothing of it can become late by itself. What is left open in agreements that are no longer in force is only counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import wrap

from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

WIDTH = 98
Titles = Mapping[tuple[str, str], str | None]


def lines(verdicts: Iterable[Verdict], states: Iterable[InstrumentState], as_of: date, titles: Titles) -> Iterator[str]:
    """Open items as text: by agreement in force and obligation, the oldest first; then those of ended agreements."""
    state = {one.agreement: one.state for one in states}
    alive: dict[str, dict[tuple[str, str], list[Verdict]]] = {}
    ended: dict[str, int] = {}
    for one in verdicts:
        if state.get(one.agreement) in IN_FORCE:
            alive.setdefault(one.agreement, {}).setdefault((one.instrument, one.obligation), []).append(one)
        else:
            ended[one.agreement] = ended.get(one.agreement, 0) + 1
    if alive or ended:
        yield "Utan sista dag:"
    for agreement, obligations in alive.items():
        yield f"  {agreement}"
        for found in sorted(obligations.values(), key=_oldest):
            yield from _wrapped(_line(found, as_of, titles))
    for agreement, number in ended.items():
        word = labels.STATES.get(state.get(agreement, ""), "inte i kraft")
        yield from _wrapped(f"{agreement} {word}: {counted(number, 'öppen post', 'öppna poster')} finns kvar", "  ")


def _oldest(found: list[Verdict]) -> tuple[date, str]:
    return min(one.opens or date.max for one in found), found[0].duty


def _line(found: list[Verdict], as_of: date, titles: Titles) -> str:
    first = found[0]
    title = titles.get((first.instrument, first.obligation)) or first.obligation
    opened = _oldest(found)[0]
    since = f", sedan {opened}" if len(found) == 1 and opened < as_of else ""
    many = f" ({len(found)} st, den äldsta sedan {opened})" if len(found) > 1 else ""
    key = first.duty if len(found) == 1 else first.duty.rsplit(".", 1)[0] + ".…"
    return f"{title}{many}{since}  [{key}]"


def _wrapped(text: str, indent: str = "    ") -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
