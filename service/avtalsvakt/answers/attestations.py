"""Questions that functions are asked, put together: a list has one line for each agreement, function and day.

An agreement may ask fifty things of the same function on the last day of the year. What was denied stands by itself,
since each no is a breach of its own.
"""

from collections.abc import Iterable
from datetime import date
from shlex import quote

from msgspec import Struct

from avtalsvakt.words.status_words import TO_ATTEST
from avtalsvakt_engine.verdicts import Verdict

WORDS = {
    "pending": "Intyga {} punkter",
    "fulfilled": "{} punkter intygade",
    "fulfilled_late": "{} punkter intygade i efterhand",
    "waived": "{} punkter undantagna",
    "not_applicable": "{} punkter som inte är aktuella",
}
"""What is said of so many questions, by the status they share; other statuses are not put together."""


class Questions(Struct, frozen=True):
    """Questions of one agreement to one function with the same last day and status."""

    agreement: str
    function: str
    status: str
    due: date | None
    verdicts: tuple[Verdict, ...]

    @property
    def words(self) -> str:
        """`Intyga 14 punkter (stadsdelsdirektör)`."""
        return f"{WORDS[self.status].format(len(self.verdicts))} ({self.function})"

    @property
    def command(self) -> str:
        """What shows them one by one."""
        return attest_command(self.agreement, self.function)


Listed = Verdict | Questions


def attest_command(agreement: str, function: str) -> str:
    """The command that lists what a function is asked."""
    return f"avtalsvakt attest {agreement} --function {quote(function) if ' ' in function else function}"


def together(verdicts: Iterable[Verdict]) -> list[Listed]:
    """The verdicts in their order, questions put together where the first of them stands."""
    found: dict[object, list[Verdict]] = {}
    for one in verdicts:
        grouped = one.attest is not None and one.status in WORDS
        key = (one.agreement, one.attest, one.status, one.due) if grouped else one.duty
        found.setdefault(key, []).append(one)
    return [_listed(group) for group in found.values()]


def _listed(group: list[Verdict]) -> Listed:
    first = group[0]
    if first.attest is None or len(group) == 1:  # one question is told as it reads
        return first
    return Questions(first.agreement, first.attest, first.status, first.due, tuple(group))


def asked_now(verdict: Verdict, as_of: date) -> bool:
    """Whether a question can be answered and has not been."""
    return (
        verdict.attest is not None and verdict.status == "pending" and (verdict.opens is None or verdict.opens <= as_of)
    )


def counted_as(verdict: Verdict, as_of: date) -> str:
    """The status that a duty is counted under, questions that can be answered now apart from what else is waiting."""
    return TO_ATTEST if asked_now(verdict, as_of) else verdict.status
