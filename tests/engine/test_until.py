"""How long a verdict lasts: `until` is the last day on which it stays true if nothing new is recorded.

The registers know everything at once (known_at is fixed) and many of their facts lie in the future, so that a verdict
that forgot to ask about one of them is found out.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from msgspec.structs import replace
from tests.oracle.calendar_days import plus_months
from tests.oracle.drawing import Draw, a_day, as_deep_as_asked, given_drawn, number
from tests.oracle.registers import any_register
from tests.oracle.strategies import Case, instrument, rulebook_of

from avtalsvakt_engine.assessing.assessment import World, assess, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import InstrumentState, Verdict
from avtalsvakt_rules.vocabulary import load

ONE = timedelta(days=1)
Thing = TypeVar("Thing")
FAR_AHEAD = date(2032, 1, 1)
Cells = dict[tuple[str, str, str], tuple[list[Verdict], date | None]]


def judged(case: Case, day: date, decider: Decider) -> tuple[Cells, dict[str, InstrumentState]]:
    """Every cell's verdicts and until, and every instrument's state, on a day."""
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in view(case.facts, case.known_at, load()).facts:
        by_agreement[fact.agreement].append(fact)
    world = World(case.rulebook, lambda name: by_agreement.get(name, []), decider, day)
    cells = {}
    for name in case.rulebook.instruments:
        for where, cell, verdicts, until in judge_agreement(world, name):
            cells[name, where.source.instrument, cell.name] = (verdicts, until)
    return cells, {name: world.state(name) for name in case.rulebook.instruments}


@dataclass
class Promises:
    """What should be unchanged on which day."""

    cells: dict[date, list[tuple[str, str, str]]] = field(default_factory=dict)
    verdicts: dict[date, list[Verdict]] = field(default_factory=dict)
    states: dict[date, list[str]] = field(default_factory=dict)

    def note(self, where: dict[date, list[Thing]], what: Thing, days: set[date]) -> None:
        for day in days:
            where.setdefault(day, []).append(what)

    @property
    def days(self) -> list[date]:
        return sorted({*self.cells, *self.verdicts, *self.states})


def later_days(day: date, until: date | None, share: float) -> set[date]:
    """The day after, the last day that is promised, and one between; far ahead where it lasts for good."""
    last = until or FAR_AHEAD
    return {one for one in (day + ONE, last, day + int((last - day).days * share) * ONE) if day < one <= last}


def a_share(draw: Draw) -> float:
    """From nothing to all."""
    return draw(number(0, 1000)) / 1000


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day, share=a_share)
def test_a_verdict_a_cell_and_a_state_last_as_long_as_they_say(
    case: Case, day: date, share: float, decider: Decider
) -> None:
    cells, states = judged(case, day, decider)
    promises = Promises()
    for key, (verdicts, until) in cells.items():
        assert until is None or until >= day
        promises.note(promises.cells, key, later_days(day, until, share))
        for verdict in verdicts:
            assert verdict.until is None or verdict.until >= day
            promises.note(promises.verdicts, verdict, later_days(day, verdict.until, share))
    for name, state in states.items():
        promises.note(promises.states, name, later_days(day, state.until, share))
    for later in promises.days:
        cells_later, states_later = judged(case, later, decider)
        by_duty = {verdict.duty: verdict for verdicts, _ in cells_later.values() for verdict in verdicts}
        for key in promises.cells.get(later, ()):
            assert cells_later.get(key) == cells[key], f"{key} from {day} to {later}"
        for verdict in promises.verdicts.get(later, ()):
            assert by_duty.get(verdict.duty) == verdict, f"from {day} to {later}"
        for name in promises.states.get(later, ()):
            assert states_later[name] == states[name], f"{name} from {day} to {later}"


def verdict_on(day: date, told: list[Fact], decider: Decider, **when: str) -> Verdict:
    clauses = {
        "moten": {
            "norm": "shall",
            "when": {"each": "quarter"} | when,
            "what": {"meeting_held": {"body": "klara_group"}},
        }
    }
    book, _ = rulebook_of(instrument("lokalt", clauses, date(2024, 1, 1), None))
    duties = assess(book, told, day, None, decider).duties
    return next(one for one in duties if one.duty == "lokalt.moten.2024-Q2")


def held(day: date) -> Fact:
    return Fact(f"m{day}", "meeting_held", "lokalt", day, day.isoformat(), 1, "day", {"body": "klara_group"})


def test_what_is_done_is_done_for_good(decider: Decider) -> None:
    assert verdict_on(date(2024, 7, 1), [held(date(2024, 5, 3))], decider).until is None
    assert verdict_on(date(2024, 7, 1), [], decider).until is None, "a missed meeting stays missed"


def test_what_is_open_lasts_to_the_day_before_the_next_word(decider: Decider) -> None:
    before_it_opens = verdict_on(date(2024, 2, 1), [], decider)
    assert (before_it_opens.status, before_it_opens.until) == ("pending", date(2024, 3, 31))
    waiting = verdict_on(date(2024, 4, 1), [], decider)
    assert (waiting.status, waiting.until) == ("pending", date(2024, 5, 30)), "at risk from 30 days before 30 June"
    near = verdict_on(date(2024, 5, 31), [], decider)
    assert (near.status, near.until) == ("at_risk", date(2024, 6, 30))


def test_a_known_fact_of_a_coming_day_ends_the_verdict_the_day_before(decider: Decider) -> None:
    coming = replace(held(date(2024, 5, 3)), recorded="2024-05-04")
    assert verdict_on(date(2024, 4, 10), [coming], decider).until == date(2024, 5, 2)


def test_a_verdict_of_long_ago_does_not_wait_for_facts_of_other_periods(decider: Decider) -> None:
    coming = [held(date(2024, 5, 3)), held(date(2024, 11, 1)), held(plus_months(date(2024, 5, 3), 12))]
    assert verdict_on(date(2024, 7, 15), coming, decider).until is None
