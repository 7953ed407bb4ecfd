"""Evidence that is not an act within a window: an occasion's own record, and a state that must hold.

Source: semantics.md, Steps, states, occurrences.
"""

from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.matching import STRANGE, Match, look
from avtalsvakt_engine.evidence.selection import Item, Selection
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.gathered import Gathered, occasion_of
from avtalsvakt_engine.judging.listed_parts import covers
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_rules.language.patterns import Alternating, Pattern


def of_itself(case: Case, duty: Duty) -> Gathered:
    """The occasion's own record is the evidence: right, breached, or silent on what decides."""
    event = duty.event
    if event is None:
        return Gathered()
    item = Item(event, day_of(event))
    values = duty.clause.what[0].values
    if any(isinstance(value, Alternating) for _, value in values):
        return _alternation(case, duty, item, next(name for name, value in values if isinstance(value, Alternating)))
    wanted, parties = Pattern(event.kind, values), case.parties
    index, asked = case.index, [name for name, _ in values]
    answer = look(wanted, event, parties, index.annexes, asked=asked, understood=index.understood)
    partly = [item] if answer.match is Match.YES else []
    answer = min(answer, covers(duty, [item], index.understood))
    if answer.match is Match.YES:
        return Gathered(in_time=[item])
    if answer.match is Match.UNKNOWN:
        return Gathered(unclear=[(item, answer.why)], partly=partly)
    return Gathered(breach=True, refused=[(item, "breach")], partly=partly)


def _alternation(case: Case, duty: Duty, item: Item, attribute: str) -> Gathered:
    """Whether the attribute changed since the last occasion (reading ALT: or the second to last)."""
    when, continued = duty.clause.when, case.source.continues is not None
    earlier = [
        one.fact for one in case.select(duty.name, when.events if when else ()).items
        if one.day < item.day and (case.scope.covers(one.day) or (continued and one.day < case.scope.first))
    ]  # fmt: skip
    now = _chair(case, item.fact.text(attribute))
    before, expected_change = _expected(case, earlier, attribute, case.readings(duty.name).get("ALT"))
    previous = "none" if not earlier else "unknown" if before is None else "known"
    chair = (
        "unknown"
        if now is None
        else "first"
        if previous == "none"
        else "changed"
        if previous == "unknown" or (now != before) is expected_change
        else "same"
    )
    conclusion = case.decider.decide("alternation", QUESTIONS["alternation"].words(previous=previous, chair=chair))
    if conclusion.value == "enough":
        return Gathered(in_time=[item], fired=conclusion.fired)
    if conclusion.value == "unclear":
        return Gathered(unclear=[(item, "attribute_missing")], fired=conclusion.fired)
    return Gathered(breach=True, refused=[(item, "breach")], fired=conclusion.fired)


def _chair(case: Case, text: str | None) -> str | None:
    """Who led: the party that a name acts for, else the name; None if it is blank, or known but for its capitals."""
    if text is None or case.actors.known(text):
        return text and (case.actors.party_of(text) or text)
    return None if case.actors.known(text.casefold()) else text


def _expected(case: Case, earlier: list[Fact], attribute: str, reading: str) -> tuple[str | None, bool]:
    """The last value, and whether it should change now: always, or under ALT=second at every second occasion."""
    values = [_chair(case, fact.text(attribute)) for fact in earlier]
    if not values:
        return None, True
    return values[-1], reading == "each" or len(values) % 2 == 0


def of_state(case: Case, duty: Duty, selection: Selection, asof: AsOf) -> Gathered:
    """A state that must hold: what is recorded must cover every required part on the day judged."""
    out, recorded = Gathered(), False
    for item in selection.items:
        if not _concerns(case, duty, item) or not asof.reached(item.day):
            continue
        fit = case.fitting(duty.clause, item, occasion_of(duty))
        if fit.match is Match.NO:
            out.refused += [(item, fit.why)] if fit.why else []
            continue
        recorded = True
        if not duty.forbids and _ended(item, duty, asof):
            continue
        if fit.match is Match.YES:
            out.in_time.append(item)
        else:
            out.unclear.append((item, fit.why))
    out.parts = covers(duty, out.in_time, case.index.understood)
    asks = out.unclear or out.parts.why == STRANGE.why
    enough = len(out.in_time) >= duty.required and out.parts.match is Match.YES
    out.breach = recorded and not asks and not (out.in_time and enough) and not duty.ceiling_only
    return out


def _concerns(case: Case, duty: Duty, item: Item) -> bool:
    """Whether what is recorded is of the days in which the state has to hold, or nothing forbidden may be done."""
    if item.day > duty.late_until:
        return False
    if not duty.forbids:
        return True
    if item.day >= duty.start:
        return case.scope.covers(item.day)
    last = _last_day(item)
    return last is not None and last >= duty.start


def _ended(item: Item, duty: Duty, asof: AsOf) -> bool:
    """Whether what lasts was over while the state still had to hold; what it was on its last day, it stays."""
    last = _last_day(item)
    return last is not None and last < min(duty.late_until, FAR) and asof.passed(last)


def _last_day(item: Item) -> date | None:
    """The last day of what lasts; None for what is done on a day."""
    if item.fact.kind not in ("role_assigned", "resource_allocated"):
        return None
    to = item.fact.text("to")
    return date.fromisoformat(to) if to else FAR
