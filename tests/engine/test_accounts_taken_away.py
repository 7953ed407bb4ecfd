"""What accounts for a statement decides something: taken away, a verdict or a state is another.

A duty of its own is proven by its cases (tests/service/test_rule_cases.py): without it they would find none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.checks.accounts import accounting_clause
from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, OneOf, Pattern
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook

BOOK = load_rulebook()
DAYS = (date(2017, 12, 1), date(2026, 11, 22))
LOCAL = {"umbrella-2015": "norrmalm-2016", "umbrella-2024": "ostermalm-2020"}
Named = tuple[str, str, str]


def elements() -> Iterator[Named]:
    """(instrument, clause, element) of everything that a statement is said to be a listed part of."""
    found = set()
    for instrument in BOOK.instruments.values():
        for clause in instrument.clauses.values():
            for part in clause.part_of:
                target = accounting_clause(part.clause, instrument, BOOK.instruments)
                assert target is not None
                owner = instrument if target is instrument.clauses.get(part.clause) else None
                name = part.clause if owner else part.clause.partition(".")[2]
                owner = owner or BOOK.instruments[part.clause.partition(".")[0]]
                found |= {(owner.instrument, name, one) for one in part.elements if _listed(target, one)}
    yield from sorted(found)


def _listed(clause: Clause, element: str) -> bool:
    return any(element in _texts(value) for part in clause.including for value in part.values())


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@pytest.mark.parametrize(
    ("instrument", "name", "element"), [pytest.param(*one, id=".".join(one)) for one in elements()]
)
def test_without_an_element_of_its_list_the_duty_is_judged_otherwise(
    instrument: str, name: str, element: str, decider: Decider
) -> None:
    clause = BOOK.instruments[instrument].clauses[name]
    left = tuple(one for one in clause.including if not any(element in _texts(value) for value in one.values()))
    facts = tuple(_evidence(instrument, clause, left))
    without = clause.model_copy(update={"including": left})
    other = _with(instrument, name, without)
    assert _verdicts(BOOK, facts, instrument, name, decider) != _verdicts(other, facts, instrument, name, decider)


def _evidence(instrument: str, clause: Clause, parts: tuple[dict[str, str | list[str]], ...]) -> Iterator[Fact]:
    """Records that show everything but what is left out: the occasion's own, or one for each part."""
    pattern, bearer = clause.what[0], _bearer(instrument, clause)
    event = clause.when.events[0] if clause.when and clause.when.events else None
    if pattern.kind == ITSELF:
        assert event is not None
        told: dict[str, list[str]] = {name: [text] for name, text in (*_said(event), *_said(pattern))}
        for part in parts:
            for name, value in part.items():
                told.setdefault(name, []).append(_texts(value)[0])
        yield _fact("f1", event.kind, instrument, bearer, {name: tuple(texts) for name, texts in told.items()})
        return
    if event is not None:
        yield _fact("f0", event.kind, instrument, bearer, dict(_said(event)))
    for number, part in enumerate(parts, start=1):
        said = dict(_said(pattern)) | {name: _texts(value)[0] for name, value in part.items()}
        yield _fact(f"f{number}", pattern.kind, instrument, bearer, said)


def _said(pattern: Pattern) -> list[tuple[str, str]]:
    return [(name, value.texts[0]) for name, value in pattern.values if isinstance(value, OneOf)]


def _bearer(instrument: str, clause: Clause) -> str:
    """Whose register it is told in: the text's own, a local agreement's under it, or a municipality's."""
    if clause.per == "municipality":
        return "kommun-vaxholm"
    return LOCAL[instrument] if clause.per == "local_agreement" else instrument


def _fact(id_: str, kind: str, instrument: str, bearer: str, attributes: Mapping[str, str | tuple[str, ...]]) -> Fact:
    one, by = BOOK.instruments[instrument], bearer
    day = max(limits(BOOK.instruments[by].term.from_)[0], limits(one.term.from_)[0]) + timedelta(days=100)
    told = {name: text[0] if isinstance(text, tuple) and len(text) == 1 else text for name, text in attributes.items()}
    return Fact(id_, kind, by, day, day.isoformat(), int(id_[1:]) + 1, "day", MappingProxyType(told))


def _verdicts(
    book: Rulebook, facts: tuple[Fact, ...], instrument: str, name: str, decider: Decider
) -> list[tuple[str, str, int]]:
    day = max((one.date for one in facts), default=DAYS[0]) + timedelta(days=30)
    bearer = _bearer(instrument, book.instruments[instrument].clauses[name])
    found = assess(book, facts, day, None, decider, agreements=[bearer], clauses={name})
    return [
        (one.duty, one.status, one.counted)
        for one in found.duties
        if (one.instrument, one.obligation) == (instrument, name)
    ]


def _with(instrument: str, name: str, clause: Clause) -> Rulebook:
    one = BOOK.instruments[instrument]
    return _with_instrument(one.model_copy(update={"clauses": {**one.clauses, name: clause}}))


def _with_instrument(changed: Instrument) -> Rulebook:
    return replace(BOOK, written=MappingProxyType({**BOOK.written, changed.instrument: changed}))


def heads() -> Iterator[tuple[str, str]]:
    """(instrument, key) of everything that a statement is said to be given by."""
    found = {
        (one.instrument, key) for one in BOOK.instruments.values() for c in one.clauses.values() for key in c.given_by
    }
    yield from sorted(found)


def _otherwise(one: Instrument, key: str) -> Instrument:
    if key == "term":
        later = (limits(one.term.from_)[0] + timedelta(days=400)).isoformat()
        return one.model_copy(update={"term": one.term.model_copy(update={"from_": later})})
    return one.model_copy(update={key: () if key == "extended" else None})


@pytest.mark.parametrize(("instrument", "key"), [pytest.param(*one, id=".".join(one)) for one in heads()])
def test_with_another_head_a_state_or_a_verdict_is_another(instrument: str, key: str, decider: Decider) -> None:
    other = _with_instrument(_otherwise(BOOK.instruments[instrument], key))
    concerned = [one.instrument for one in BOOK.instruments.values() if _concerns(instrument, one)]
    assert [_seen(BOOK, one, decider) for one in concerned] != [_seen(other, one, decider) for one in concerned]


def _concerns(changed: str, other: Instrument) -> bool:
    """Whether an instrument is the one that changed, or has it above itself."""
    return changed in (other.instrument, *(one.instrument for one in BOOK.chain(other)))


_BEFORE: dict[str, list[object]] = {}


def _seen(book: Rulebook, agreement: str, decider: Decider) -> list[object]:
    """State and verdicts of an agreement on each day; of the rules as they are, worked out once."""
    if book is BOOK and agreement in _BEFORE:
        return _BEFORE[agreement]
    told = [assess(book, (), day, None, decider, agreements=[agreement]) for day in DAYS]
    found: list[object] = [(one.instruments, [(v.duty, v.status, v.due) for v in one.duties]) for one in told]
    if book is BOOK:
        _BEFORE[agreement] = found
    return found
