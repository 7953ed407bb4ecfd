"""What a verdict counts: acts, or parts where the text lists them; and whether a miss can still be made up for.

Source: semantics.md, Counting; Steps, states, occurrences (rosters and other lists show the parts they cover).
"""

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.judging.gathered import Gathered
from avtalsvakt_engine.judging.listed_parts import parts_covered


def required(duty: Duty) -> int:
    """The number asked for: of parts, where one act or several together cover a list of them; else of acts.

    Nothing where something is forbidden, or only may not be done too often.
    """
    if duty.forbids or duty.ceiling_only:
        return 0
    return len(duty.clause.including) if _in_parts(duty) else duty.required


def counted(duty: Duty, found: Gathered) -> int:
    """How many of the parts, or of the acts, were there in time."""
    return parts_covered(duty, [*found.in_time, *found.partly]) if _in_parts(duty) else len(found.in_time)


def _in_parts(duty: Duty) -> bool:
    """Whether parts are counted and not acts. Where several acts are asked for, the acts are what people count."""
    return bool(duty.clause.including) and duty.required == 1


def curable(duty: Duty, occasions: bool, asof: AsOf, sent: str) -> bool:
    """Whether a later act can still make up for a miss; remembers the day on which none can any more.

    A meeting that was not held, or held in breach, stays so; the reading SENT (`sent`) can let anything cure, or
    nothing. What must come before its event, or within a term, is late only until that day.
    """
    if duty.window == "attest":
        return True
    if duty.window in ("itself", "exact") or sent == "never":
        return False
    if duty.window == "count" and occasions and sent != "always":
        return False
    if duty.window != "own" or duty.due is None:
        return True
    if duty.late_until <= duty.due:
        return False
    later = asof.fork()  # that the time for it is over does not make the verdict itself a newer one
    over = later.passed(duty.late_until)
    asof.absorb_until(later.until)
    return not over
