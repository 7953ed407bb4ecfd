"""What a duty went through on days that no run judged, after an outage: worked out when somebody asks.

In come a run, the run before it and what the later one knew, out come the days between on which the verdict turned. A
run keeps what is so on its own day; each verdict also knows since when it has been true, but not what was before that.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.walking import Walk
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.conclusions.store import Run
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook


class Passed(Struct, frozen=True):
    """A verdict that was true from a day (date.min: always) to a later one, neither of which a run may have judged."""

    true_on: date
    verdict: Verdict


def passed_between(
    register: Register, rulebook: Rulebook, run: Run, before: Run, verdict: tuple[str, str], decider: Decider
) -> Iterator[Passed]:
    """What a duty (of an agreement) was from the day of one run until the day of the next, by what the next one knew.

    Raises NotEvaluated where the agreement's terms cannot be judged.
    """
    duty, agreement = verdict
    source = FactSource(register, None, until=run.head)
    walk = Walk(World(rulebook, source.facts, decider, before.as_of), agreement)
    if (first := walk.verdicts.get(duty)) is not None:
        yield Passed(first.since, first)
    while (day := walk.next_day) is not None and day < run.as_of:
        for change in walk.go(day):
            if change.now is not None and change.now.duty == duty:
                yield Passed(day, change.now)
