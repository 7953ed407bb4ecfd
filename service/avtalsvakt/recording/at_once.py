"""What follows from a fact, at once: judged in the transaction that records it, and the calendars after it.

In come an open register with facts that are being recorded and the agreements that they concern, out comes what they
changed. If judging fails the facts stay, what it wrote is let go of, and the next run does it.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt.rights import Rights
from avtalsvakt.settings import Settings
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.runs.run import rules_changed, run
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.database.register import Register

_WHAT = "händelsen är registrerad men inte bedömd"
_REMEDY = "kör 'avtalsvakt run', eller vänta till nattens körning"


class Judged(Struct, frozen=True):
    """What was changed by the facts; how many verdicts on other agreements, by the day or by earlier facts; or why not.

    `failure` says why nothing was judged.
    """

    changes: tuple[Difference, ...] = ()
    others: int = 0
    failure: Problem | None = None


def judge_at_once(
    register: "Register", rulebook: Rulebook, settings: Settings, agreements: Collection[str]
) -> Judged | None:
    """Judge as of today what is being recorded, inside its transaction; None before the first run.

    `agreements` are those that the facts concern. Raises nothing but an interruption.
    """
    last = Store(register.connection).last_run()
    if last is None:
        return None
    if last.known_at is not None or last.as_of > settings.today:
        why = f"den senaste körningen gäller {last.as_of}" + (f", känt {last.known_at}" if last.known_at else "")
        return Judged(failure=Problem(_WHAT, "registret", why, _REMEDY))
    if rules_changed(last, rulebook):
        why = "reglerna är andra än vid den senaste körningen, och då bedöms allt på nytt"
        return Judged(failure=Problem(_WHAT, "reglerna", why, _REMEDY))
    try:
        with register.attempt(), Decider() as decider:
            started = settings.now.isoformat(timespec="seconds")
            report = run(
                register, rulebook, decider, settings.today, None, started, tell=agreements, signer=settings.signer()
            )
    except Exception as error:  # noqa: BLE001 - what was recorded stays, and the reason is told beside it
        return Judged(failure=Problem(_WHAT, "bedömningen", _cause(error), _REMEDY))
    differences = sorted(report.differences, key=lambda one: one.duty)
    return Judged(tuple(differences), report.changed - len(differences))


def calendars_at_once(register: "Register", rulebook: Rulebook, settings: Settings) -> Problem | None:
    """Let the stored calendars follow what was judged; what goes wrong does not undo it, and is told."""
    from avtalsvakt.subscribing.calendar_refresh import refresh

    try:
        refresh(register, rulebook, settings.now)
    except Exception as error:  # noqa: BLE001 - told beside what was done
        what = "händelsen är registrerad, men kalendrarna har inte ändrats"
        return Problem(what, "kalendrarna", _cause(error), _REMEDY)
    return None


def as_told(late: Problem | None, rights: Rights) -> Problem | None:
    """What is told of something that did not follow: the cause may be about agreements that are not seen."""
    if late is None or rights.sees_all:
        return late
    return Problem("händelsen är registrerad, men allt har inte följt med", "registret", "det gick inte nu", _REMEDY)


def _cause(error: Exception) -> str:
    named = str(error) or type(error).__name__  # out of memory says nothing more
    return "; ".join(one.what for one in error.problems) if isinstance(error, Rejected) else named
