"""What a run may replace: the last run's results only by those of a day whose turn has come.

In come the last run and the days, out comes why the results are not to be stored, or None. Verdicts, violations and
every subscriber's calendar follow the last run that was stored: one for an earlier day would take back what has
happened since, one for a day to come would tell of what has not. Which of two clocks was wrong no program can know.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.database.register import Register
    from avtalsvakt_rules.rulebook import Rulebook

_WHAT = "inget har sparats eller publicerats"
_REMEDY = "vill du ändå ersätta det som är sparat: kör igen med --store-anyway"
_CLOCK = "går datorns klocka rätt nu: kör 'avtalsvakt run --store-anyway' en gång; går den fel: ställ den"


def why_not_stored(last: Run | None, as_of: date, known_at: date | None, today: date) -> Problem | None:
    """Why a run for a day, with the knowledge of a day, is not stored; None where it is."""
    where = f"körningen per {as_of}"
    if as_of > today:
        return Problem(_WHAT, where, f"dagen har inte kommit: i dag är det {today}", _REMEDY)
    if last is None:
        return None
    if as_of < last.as_of:
        why = f"den senaste sparade körningen är per {last.as_of}, och en tidigare dag skulle ta tillbaka den"
        return Problem(_WHAT, where, why, _CLOCK if as_of == today else _REMEDY)
    if known_at is not None and known_at < (last.known_at or today):
        why = f"den senaste sparade körningen visste mer än vad som var känt {known_at}"
        return Problem(_WHAT, where, why, _REMEDY)
    return None


def check_withdrawn(withdraw: Collection[str], rulebook: "Rulebook", register: "Register") -> None:
    """Raise Rejected for agreements that still have rules, or that no run has judged."""
    judged = Store(register.connection).judged_agreements() if withdraw else set()
    problems = []
    for name in withdraw:
        if name in rulebook.instruments:
            why = "det har regler, och bedöms därför"
            remedy = "ta först bort dess regelfil, eller glöm mappen med 'avtalsvakt settings --forget-rules MAPP'"
            problems.append(Problem(f"avtalet '{name}' kan inte avslutas", "--withdraw", why, remedy))
        elif name not in judged:
            why = "ingen körning har bedömt det"
            problems.append(Problem(f"avtalet '{name}' finns inte", "--withdraw", why, "se 'avtalsvakt status'"))
    if problems:
        raise Rejected(problems)
