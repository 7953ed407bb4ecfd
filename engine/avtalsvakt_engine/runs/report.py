"""What a run came to, for the one who reads about it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.verdicts import Verdict

SHOWN = 200
"""How many changed duties a report names; the rest is counted."""


class Difference(Struct, frozen=True):
    """The verdict on a duty before and after a run or a fact; None before it existed, or after it is gone."""

    was: Verdict | None
    becomes: Verdict | None

    @property
    def duty(self) -> str:
        """The duty's key."""
        return self._either.duty

    @property
    def agreement(self) -> str:
        """Whose duty it is."""
        return self._either.agreement

    @property
    def _either(self) -> Verdict:
        one = self.becomes or self.was
        if one is None:
            raise ValueError("a difference has a verdict before or after")
        return one


@dataclass(slots=True)
class RunReport:
    """What a run came to. Lists name at most SHOWN duties; `moves` counts every change by (was, is).

    `differences` holds every change, of the agreements that the run was asked to tell of.
    """

    id: int
    as_of: date
    known_at: date | None
    full: bool
    judged: int = 0
    changed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    became: dict[str, list[Verdict]] = field(default_factory=dict)
    violations: Counter[str] = field(default_factory=Counter)
    not_evaluated: list[Verdict] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    differed: list[str] = field(default_factory=list)
    without_rules: tuple[str, ...] = ()
    first: bool = False
    by_rules: "RunReport | None" = None

    @property
    def unchanged(self) -> bool:
        """Whether nothing differs from the last run, apart from what its rules changed."""
        return self.changed == 0 and not self.touched
