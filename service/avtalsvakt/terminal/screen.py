"""Text on a terminal, or in a file or pipe: colours only where a person sees them, never wider than the window."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from types import MappingProxyType

from avtalsvakt.answers.attestations import Listed, Questions, counted_as
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.terminal.styled_lines import Line, line
from avtalsvakt.words.status_words import TO_ATTEST, status_word
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.verdicts import Verdict

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "not_evaluated": "bold white on red",
        "overdue": "bold red",
        "at_risk": "bold yellow",
        "recommendation_not_met": "magenta",
        "pending": "cyan",
        TO_ATTEST: "cyan",
        "fulfilled_late": "yellow",
        "fulfilled": "green",
        "waived": "blue",
        "not_applicable": "dim",
    }
)
OPEN = ("not_evaluated", "overdue", "at_risk", "pending", "recommendation_not_met")
DENIED = ("overdue", "recommendation_not_met")  # of a question: the function answered that it is not so


def console() -> Paper:
    """Where to write."""
    return Paper()


_retold: ContextVar[Callable[[str], str]] = ContextVar("retold", default=str)


@contextmanager
def retelling(how: Callable[[str], str]) -> Iterator[None]:
    """Let what is written meanwhile be told in another form."""
    token = _retold.set(how)
    try:
        yield
    finally:
        _retold.reset(token)


def write(text: str) -> None:
    """Write machine-readable text to stdout as UTF-8, byte for byte, in the form that was asked for."""
    text = _retold.get()(text)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(text)
    sys.stdout.flush()


def print_folded(lines: Iterable[str]) -> None:
    """Write lines of text, folded at words so that they fit the window; a key is never broken."""
    from avtalsvakt.terminal.how_to_lines import folded

    out = console()
    for one in lines:
        for text in folded(one, out.width):
            out.print(text, soft_wrap=True)


def entry(verdict: Verdict, as_of: date, title: str | None) -> Iterable[Line]:
    """One duty on two lines: its day, how long is left, its status, how much is done, what it is; and its key."""
    due = verdict.due.isoformat() if verdict.due else "utan datum"
    done = f"{verdict.counted}/{verdict.required}" if verdict.required and not verdict.attest else ""
    denied = _denied(verdict)
    first = line(f"{due:<11}{_left(verdict, as_of):>10}  ")
    code = counted_as(verdict, as_of)
    first = first.and_then(f"{labels.NO if denied else _word(verdict, code):<11} ", STYLES.get(code, ""))
    asked = "Intyga: " if verdict.attest and not denied else ""
    first = first.and_then(f"{done:<5}{asked}{title or verdict.obligation}")
    return first, line(f"{'':<11}{verdict.duty}", "dim", whole=True)


def questions_entry(asked: Questions, as_of: date) -> Iterable[Line]:
    """Questions put together on one line; on a second one, if they can be answered now, how to see them."""
    one = asked.verdicts[0]
    due = asked.due.isoformat() if asked.due else "utan datum"
    first = line(f"{due:<11}{_left(one, as_of):>10}  ")
    code = counted_as(one, as_of)
    first = first.and_then(f"{status_word(code):<11} ", STYLES.get(code, "")).and_then(f"{'':<5}{asked.words}")
    more = [line(f"{'':<11}{asked.command}", "dim")] if code == TO_ATTEST else []
    return first, *more


def listed(one: Listed, as_of: date, titles: Mapping[tuple[str, str], str | None]) -> Iterable[Line]:
    """A line of a list: one duty, or questions put together; `titles` by instrument and obligation."""
    if isinstance(one, Questions):
        return questions_entry(one, as_of)
    return entry(one, as_of, titles.get((one.instrument, one.obligation)))


def explained(verdicts: Iterable[Verdict]) -> Iterable[Line]:
    """A line for each word in a list of these duties that not everybody knows."""
    used = {labels.NO if _denied(one) else _word(one, one.status) for one in verdicts}
    return [line(text, "dim") for text in labels.terms(sorted(used))]


def _denied(verdict: Verdict) -> bool:
    return verdict.attest is not None and verdict.status in DENIED


def _word(verdict: Verdict, code: str) -> str:
    """The status, of what a record itself shows to be wrong that something is."""
    return labels.BREACH if code == "overdue" and labels.broken(verdict) else status_word(code)


def _left(verdict: Verdict, as_of: date) -> str:
    """How long is left, or how late it is, where that still matters; what is only waited for is never late."""
    left = verdict.days_left(as_of)
    late = verdict.status in labels.BROKEN and verdict.attest is None and not labels.broken(verdict)
    if left is None or verdict.status not in OPEN or (left < 0 and not late):
        return ""
    return "i dag" if left == 0 else f"{left} d kvar" if left > 0 else f"{-left} d sen"
