"""One short session with durable-rules per case: in go the words of one combination, out comes the conclusion.

Only the worker process runs this: the engine is C and may crash. Each session has a host of its own, one wide fact with
every dimension, and the tick last; it is taken down state first, ruleset after, or it leaks.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import durable_rules_engine
from durable.engine import Host
from msgspec import Struct

from avtalsvakt_engine.inference.fence import (
    CASE,
    CONCLUSION,
    DERIVED,
    KINDS,
    SESSION,
    TICK,
    Absent,
    Present,
    Rule,
    definitions,
    fact,
    identity_hash,
)
from avtalsvakt_engine.rulesets import Question, Row, Words

_UNDECIDED = "nothing_concluded"
_SINK = "sink_"


class SessionFailed(Exception):  # noqa: N818 - the name says what happened
    """The session gave no single conclusion. The text says why, in Swedish; `__cause__` is what lies behind."""


class _StillHost(Host):  # type: ignore[misc]
    """A host without the timer threads, which would run actions in the background and never stop."""

    def _run(self) -> None:
        return


class Prepared(Struct, frozen=True):
    """A question in the engine's own form, checked by the fence once: each rule's name, definition and legal row."""

    question: Question
    rules: tuple[tuple[str, dict[str, object], Row | None], ...]


def prepare(question: Question) -> Prepared:
    """Put a question into the engine's form. Raises FenceBroken if any of its rows would leave the fence."""
    written = list(_rules(question))
    form = definitions(rule for rule, _ in written)
    return Prepared(question, tuple((rule.name, form[rule.name], row) for rule, row in written))


def conclude(prepared: Prepared, words: Words) -> tuple[str, tuple[str, ...]]:
    """What the rules conclude from one combination, and the names of the rules that fired, the deciding one last.

    Raises SessionFailed unless exactly one rule concluded, none failed and every fact was accounted for.
    """
    return _Session(prepared).run(words)


def _rules(question: Question) -> Iterator[tuple[Rule, Row | None]]:
    """The engine's rules for a question, each with the row it stands for; None for the two that only keep watch.

    A row becomes one rule for each way of meeting it. The sinks account for every fact (one that no rule takes is an
    error in the engine); the last rule says that the tick came and nothing had been concluded.
    """
    for kind in KINDS:
        yield Rule(_SINK + kind, (Present(kind),)), None
    for row in question.rows:
        for number, given in enumerate(row.alternatives()):
            yield Rule(f"{row.name}_{number}", tuple(_conditions(question, given))), row
    yield Rule(_UNDECIDED, (Present(CASE), Present(TICK), Absent(CONCLUSION))), None


def _conditions(question: Question, given: dict[str, str]) -> Iterator[Present]:
    """The wide fact's words in one condition, and one more for each word that another row derives."""
    wide = {name: word for name, word in given.items() if name in question.dimensions}
    if wide:
        yield Present(CASE, wide)
    for name, word in given.items():
        if name in question.intermediate:
            yield Present(DERIVED, {name: word})


class _Session:
    """The life of one session: build, put the facts, take down, read the record."""

    def __init__(self, prepared: Prepared) -> None:
        self._question = prepared.question
        self._asserted: dict[int, str] = {}
        self._accounted: set[str] = set()
        self._fired: list[Row] = []
        self._undecided = False
        self._errors: list[Exception] = []
        self._host = _StillHost({self._question.name: self._with_actions(prepared)})

    def run(self, words: Words) -> tuple[str, tuple[str, ...]]:
        """Put the case and then the tick; everything that follows has happened when the engine returns."""
        name = self._question.name
        handle = self._host.get_ruleset(name)._handle
        put = partial(self._host.assert_fact, name)
        try:
            self._put(put, CASE, CASE, dict(zip(self._question.dimensions, words, strict=True)))
            self._put(put, TICK, TICK, {})
        except Exception as error:  # noqa: BLE001 - the engine's own exceptions share no class of their own
            self._errors.append(error)
        finally:
            with suppress(Exception):  # no state to delete if the engine refused the first fact
                self._host.delete_state(name, SESSION)
            durable_rules_engine.delete_ruleset(handle)
        return self._outcome()

    def _with_actions(self, prepared: Prepared) -> dict[str, dict[str, object]]:
        """The rules with this session's actions, in new dictionaries: the engine takes the actions out of them."""
        return {name: {**form, "run": self._action(name, row)} for name, form, row in prepared.rules}

    def _action(self, name: str, row: Row | None) -> Callable[[Any], None]:
        """What the rule does, with what it raises collected: the engine would hide it in its state."""
        if row is not None:
            act: Callable[[Any], None] = partial(self._fire, row)
        else:
            act = self._note_undecided if name == _UNDECIDED else self._account

        def run(closure: Any) -> None:  # exactly one parameter: with two the engine waits for a callback for ever
            try:
                act(closure)
            except Exception as error:  # noqa: BLE001 - nothing may get lost in the engine
                self._errors.append(error)

        return run

    def _fire(self, row: Row, closure: Any) -> None:
        self._fired.append(row)
        kind, words = (DERIVED, {row.derives: row.conclude}) if row.derives else (CONCLUSION, {"value": row.conclude})
        self._put(closure.assert_fact, f"{kind}_{row.name}", kind, words)

    def _account(self, closure: Any) -> None:
        self._accounted.add(closure.m_0.id)

    def _note_undecided(self, _closure: Any) -> None:
        self._undecided = True

    def _put(self, put: Callable[[dict[str, str]], object], identity: str, kind: str, words: dict[str, str]) -> None:
        """Assert one fact. Two ids with one hash are one fact to the engine, so that is an error before it is there."""
        message = fact(identity, kind, words)
        if identity_hash(identity) in self._asserted:
            raise SessionFailed(f"två fakta i regelmotorn har samma identitet ({identity})")
        self._asserted[identity_hash(identity)] = identity
        put(message)

    def _outcome(self) -> tuple[str, tuple[str, ...]]:
        if self._errors:
            raise SessionFailed("en regel avbröts av ett fel i regelmotorn") from self._errors[0]
        if self._accounted != set(self._asserted.values()):
            raise SessionFailed("regelmotorn tappade ett faktum")
        concluded = [row for row in self._fired if row.derives is None]
        if len(concluded) > 1:
            raise SessionFailed(f"flera regler gav var sin slutsats ({', '.join(row.name for row in concluded)})")
        if self._undecided == bool(concluded):  # two witnesses: the engine's own negation, and what fired
            raise SessionFailed("regelmotorn motsade sig själv om en slutsats fanns")
        if not concluded:
            raise SessionFailed("ingen regel gav någon slutsats")
        return concluded[0].conclude, (*self._on_the_way(), concluded[0].name)

    def _on_the_way(self) -> Iterator[str]:
        """Rules that derived something, in the order they are written: the engine's own order is not promised."""
        fired = {row.name for row in self._fired}
        return (row.name for row in self._question.rows if row.derives and row.name in fired)
