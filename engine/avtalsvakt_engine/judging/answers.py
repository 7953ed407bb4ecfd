"""The answers to a question that a function was asked: whose count, and what they say.

Source: semantics.md, Who, towards whom, about what; docs/decisions/0009-attestations.md.
"""

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.attesting import belongs, closes, says, weighed
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.matching import FITS, Fit, Match, texts
from avtalsvakt_engine.evidence.selection import Item, Selection
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.actors import WRONG_ACTOR
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.gathered import Gathered, occasion_of
from avtalsvakt_rules.interpreting.actors import Actors


def answered(case: Case, duty: Duty, selection: Selection, asof: AsOf) -> Gathered:
    """What was answered: yes in time or late, no, or nothing that decides."""
    out = Gathered()
    answers: list[Item] = []
    for item in selection.between_or_naming(duty.start, duty.late_until):
        if not case.means(duty.name, item.fact) or not belongs(item.fact, item.day, duty):
            continue
        if not asof.reached(item.day):
            break
        fit = min(case.fitting(duty.clause, item, occasion_of(duty)), _asked(case.actors, duty, item.fact))
        _sort(duty, item, fit, answers, out)
    out.in_time, out.late, refused, out.breach = weighed(answers, duty.due)
    out.refused += refused
    if out.breach:
        out.unclear = []
        out.closed = any(closes(item.fact) for item, reason in out.refused if reason == "denied")
    out.unnamed = any(not texts(item.fact.attributes.get("by")) for item in out.in_time)
    return out


def _sort(duty: Duty, item: Item, fit: Fit, answers: list[Item], out: Gathered) -> None:
    if fit.match is Match.NO:
        out.refused += [(item, fit.why)] if fit.why else []
    elif says(item.fact) is None:
        out.refused.append((item, "no_answer"))
    elif fit.match is Match.UNKNOWN:
        out.unclear.append((item, fit.why))
    elif item.fact.precision != "day" and (item.fact.date < duty.start or _may_be_late(item, duty)):
        out.unclear.append((item, "day_missing"))
    else:
        answers.append(item)


def _may_be_late(item: Item, duty: Duty) -> bool:
    """Whether an answer known to the month or year may lie on either side of the last day."""
    return duty.due is not None and item.fact.date <= duty.due < item.day


def _asked(actors: Actors, duty: Duty, fact: Fact) -> Fit:
    """Whether the function that was asked answers, or its deputy; without a name, whoever recorded the answer."""
    asked = duty.clause.attest or ""
    if duty.clause.per == "party":  # then each party is asked, and answers through whom it likes
        return FITS
    names = texts(fact.attributes.get("by"))
    if not names and fact.recorder and actors.known(fact.recorder):
        names = (fact.recorder,)
    allowed = (asked, *actors.deputies.get(asked, ()))
    return FITS if not names or any(actors.acts_for(name, one) for name in names for one in allowed) else WRONG_ACTOR
