"""A problem is a value: what is wrong, where, why, and what to do about it.

Findings can be collected and listed together; `Rejected` carries them when the work cannot go on.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

SHOWN = 50
"""Problems that are told one by one; the rest are counted."""


class Problem(Struct, frozen=True):
    """One thing that is wrong, said in Swedish to the person who can mend it."""

    what: str
    where: str
    why: str
    remedy: str

    def __str__(self) -> str:
        """One line for a terminal or a log."""
        stop = "" if self.remedy.endswith(("?", "…")) else "."
        return f"{self.where}: {self.what}. {self.why}. Åtgärd: {self.remedy}{stop}"


class Rejected(Exception):  # noqa: N818 - the name says what happened to the input
    """The input was refused whole; nothing was kept. `problems` says why, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, so that all can be mended in one go."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, few(self.problems))))


def few(problems: Sequence[Problem], name: str = "fel", *, at_least: bool = False) -> list[Problem]:
    """The problems (or warnings: `name`) that are told, and as one more how many are left.

    `at_least`: there were more, which nobody counted.
    """
    left = len(problems) - SHOWN
    if left <= 1:  # a list that was cut already has one line more
        return list(problems)
    count = f"minst {left}" if at_least else str(left)
    where = problems[SHOWN].where
    rest = Problem(f"{count} {name} till", where, f"de {SHOWN} första visas", "rätta dem och försök igen")
    return [*problems[:SHOWN], rest]


class Misread(ValueError):  # noqa: N818 - the name says what happened to the value
    """A value that cannot be read: why, and what to write. Raised while a model is made.

    compiling/validation_errors.py tells it. `below` leads from the value to what is wrong in it.
    """

    def __init__(self, why: str, remedy: str, below: tuple[str | int, ...] = ()) -> None:
        """Keep them, the words each without a full stop."""
        self.why, self.remedy, self.below = why, remedy, below
        super().__init__(why)


def missing(what: str, name: str, known: set[str], where: str) -> Problem:
    """A name that is not known, with the nearest that is."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, sorted(known), 1)
    remedy = (
        f"menade du '{near[0]}'?" if near else f"kända är {', '.join(sorted(known)[:12])}" if known else "lägg till det"
    )
    return Problem(f"{what} '{name}' finns inte", where, "namnet är okänt", remedy.rstrip("."))
