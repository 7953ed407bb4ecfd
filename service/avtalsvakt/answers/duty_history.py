"""What runs have said of a duty, and the life of its violation, as parts of an explanation.

In comes what the register holds, out come parts. A day on which something became true is told with the day it became
known, where one day alone would not tell two changes apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from avtalsvakt.words.summary import unjudged_lines
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.explanations import Part
from avtalsvakt_engine.storage.runs.unjudged_days import all_unjudged

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.conclusions.store import Store

STEPS = 6  # of a duty's history
EVER = "0001-01-01"

Step = tuple[str, str, str]
"""A status, since when it was so, and the moment of the run that found it."""


def history_parts(store: "Store", duty: str) -> Iterator[Part]:
    """The violation, with what its state means; and the steps, where there is more than one."""
    violation = store.violation(duty)
    if violation is not None:
        life = labels.VIOLATION_STATES.get(violation.life, violation.life)
        told = f"{life}; inträffade {violation.raised_on}, känd {violation.known_on}"
        yield Part("Överträdelse", (told, *labels.terms([told])))
    runs = store.runs()
    moments: Mapping[int, str] = {run.id: run.started for run in runs}
    history = store.history(duty)[-STEPS:]
    steps = [(status, since, moments.get(run, "")) for run, status, since, _ in history]
    if len(steps) > 1:
        changing = {run for run, *_ in history[1:]}
        unjudged = [one for one in all_unjudged(runs) if one.run in changing]
        yield Part("Historik", (steps_words(steps), *unjudged_lines(unjudged)))


def steps_words(steps: Sequence[Step]) -> str:
    """`2026-01-01 försenad → 2026-03-02 uppfylld för sent`; of two on one day also when each became known."""
    days = Counter(since for _, since, _ in steps)
    known = Counter((since, moment[:10]) for _, since, moment in steps)
    return " → ".join(
        _step(status, since, moment, twice=days[since] > 1, same=known[since, moment[:10]] > 1)
        for status, since, moment in steps
    )


def _step(status: str, since: str, moment: str, *, twice: bool, same: bool) -> str:
    day = "" if since == EVER else f"{since} "
    when = moment[:16].replace("T", " kl. ") if same else moment[:10]
    return f"{day}{labels.status(status)}{f' (känt {when})' if twice and moment else ''}"
