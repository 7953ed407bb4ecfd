"""What a function was asked and what it answered, written from decision 9 without looking at the engine.

A question is asked once for each duty of an attest clause. Silence is no breach; what was last said holds.
"""

from collections.abc import Sequence
from datetime import date

from tests.oracle.calendar_days import ONE, plus_months
from tests.oracle.context import Duty
from tests.oracle.life import OPEN
from tests.oracle.naming import NAMES, named_days
from tests.oracle.register import Act

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12, "year_end": 12}
NOT_ASKED = ("part period below the threshold", "outside the term")


def first_asked(duty: Duty) -> date:
    """The day a question is first asked."""
    return duty.opens if duty.first == date.min else duty.first


def among(duties: Sequence[Duty], duty: Duty) -> list[Duty]:
    """The questions asked of the same one, in order; those that were never asked left out."""
    return [one for one in duties if one.one == duty.one and (one.against not in NOT_ASKED or one is duty)]


def answers(duty: Duty, duties: Sequence[Duty], acts: Sequence[Act]) -> list[Act]:
    """Those of the acts that answer a question, in order."""
    said = [act for act in acts if first_word(act) in ("ja", "nej")]
    return [act for act in said if _is_answer(duty, among(duties, duty), act)]


def _is_answer(duty: Duty, questions: Sequence[Duty], act: Act) -> bool:
    own_names = {duty.suffix, duty.occasion, duty.period[0] if duty.period else duty.suffix}
    said = next((text for name in NAMES if (text := act.fact.text(name))), None)
    if said in own_names and first_asked(duty) <= act.day:
        return True
    days = named_days(act.fact)
    if said is not None and days is None:
        return False
    if days and days[1] < act.fact.date:  # a period that is over is meant
        return bool(duty.whole and duty.whole[0] <= days[0] and days[1] <= duty.whole[1])
    if days and days[0] <= act.fact.date and duty.whole and (duty.whole[1] < days[0] or days[1] < duty.whole[0]):
        return False  # a period that has begun is meant, and it is another
    if duty.against in NOT_ASKED:
        return first_asked(duty) <= act.day
    asked = [one for one in questions if first_asked(one) <= act.day]
    return bool(asked) and asked[-1] is duty


def first_word(act: Act) -> str:
    """The first word of what was said, in small letters and without what ends a sentence."""
    words = (act.fact.text("statement") or "").split()
    return words[0].lower().strip(".,;:!–-") if words else ""


def says_no(act: Act) -> bool:
    """Whether the answer begins with no."""
    return first_word(act) == "nej"


def last_said(given: Sequence[Act]) -> list[Act]:
    """The answers at the end that say the same."""
    out: list[Act] = []
    for act in reversed(given):
        if out and says_no(out[0]) != says_no(act):
            break
        out.insert(0, act)
    return out


def given_up_after(duty: Duty, duties: Sequence[Duty], last_day: date) -> date:
    """The last day on which an unanswered question is asked: until the one after it is over too."""
    questions = among(duties, duty)
    later = questions[questions.index(duty) + 1 :]
    if not later:
        return _with_none_after(duty, last_day)
    if later[0].due:
        return later[0].due
    return first_asked(later[1]) - ONE if len(later) > 1 else _with_none_after(later[0], last_day)


def _with_none_after(duty: Duty, last_day: date) -> date:
    when = duty.clause.when
    assert when
    if when.form != "period" or duty.whole is None:
        return OPEN if last_day == OPEN else plus_months(last_day, 12)
    if when.period == "week":
        return (duty.due or duty.whole[1]) + 7 * ONE
    months = when.every or MONTHS[when.period or ""]
    return plus_months(duty.due, months) if when.due and duty.due else plus_months(duty.whole[1] + ONE, months) - ONE
