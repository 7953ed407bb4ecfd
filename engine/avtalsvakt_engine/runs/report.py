"""What a run came to, for the one who reads about it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from avtalsvakt_engine.verdicts import Verdict

SHOWN = 200
"""How many changed duties a report names; the rest is counted."""


@dataclass(slots=True)
class RunReport:
    """What a run came to. Lists name at most SHOWN duties; `moves` counts every change by (was, is)."""

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
    touched: set[str] = field(default_factory=set)
    differed: list[str] = field(default_factory=list)
    without_rules: tuple[str, ...] = ()
    first: bool = False
    by_rules: "RunReport | None" = None

    @property
    def unchanged(self) -> bool:
        """Whether nothing differs from the last run, apart from what its rules changed."""
        return self.changed == 0 and not self.touched
