"""The fence around the rule engine: what may be said to it at all, enforced where rules and facts are built.

The engine is sound for equality on short texts and for little else. Everything it is given passes through here; what
falls outside raises FenceBroken before the engine sees it. Nothing here imports the engine.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

CASE = "case"
DERIVED = "derived"
CONCLUSION = "conclusion"
TICK = "tick"
KINDS = (CASE, DERIVED, CONCLUSION, TICK)
SESSION = "session"
LONGEST_TEXT = 4000  # bytes; longer ones overrun buffers in the engine
MOST_CONDITIONS = 16

_TAKEN = frozenset({"id", "sid", "kind"})


class FenceBroken(ValueError):  # noqa: N818 - the name says what happened
    """Something outside the fence was about to be handed to the engine: an error in the program, not in the input."""


class Present(Struct, frozen=True):
    """A condition: a fact of this kind with these words is there."""

    kind: str
    words: Mapping[str, str] = field(default_factory=dict)


class Absent(Struct, frozen=True):
    """A condition: no such fact was derived. Only sound after the tick, which goes in last."""

    kind: str
    words: Mapping[str, str] = field(default_factory=dict)


class Rule(Struct, frozen=True):
    """A rule of the engine: all `conditions`, in order. Several may carry one legal rule's words as alternatives."""

    name: str
    conditions: tuple[Present | Absent, ...]


def definitions(rules: Iterable[Rule]) -> dict[str, dict[str, object]]:
    """The engine's own form of the rules, without actions. Raises FenceBroken if any of them lies outside the fence."""
    result: dict[str, dict[str, object]] = {}
    for rule in rules:
        _check_name(rule.name)
        if rule.name in result:
            raise FenceBroken(f"two rules are called {rule.name}")
        _check_order(rule)
        result[rule.name] = {"all": [_condition(place, each) for place, each in enumerate(rule.conditions)]}
    return result


def fact(identity: str, kind: str, words: Mapping[str, str]) -> dict[str, str]:
    """A fact in the engine's own form, with an explicit id. Raises FenceBroken on anything but short plain texts."""
    _check_name(identity)
    _check_kind(kind)
    _check_words(words)
    return {"id": identity, "sid": SESSION, "kind": kind, **words}


def identity_hash(identity: str) -> int:
    """What the engine takes a fact's id for: 32-bit FNV-1a, of plain ASCII, where all processors compute the same."""
    result = 0x811C9DC5
    for byte in identity.encode("ascii"):
        result = ((result ^ byte) * 0x01000193) & 0xFFFFFFFF
    return result


def _condition(place: int, condition: Present | Absent) -> dict[str, object]:
    _check_kind(condition.kind)
    _check_words(condition.words)
    tests: list[dict[str, str]] = [{"kind": condition.kind}]
    tests.extend({name: word} for name, word in condition.words.items())
    test: object = {"$and": tests} if len(tests) > 1 else tests[0]
    suffix = "$not" if isinstance(condition, Absent) else ""
    return {f"m_{place}{suffix}": test}


def _check_order(rule: Rule) -> None:
    """A rule starts with what is there, and asks what is absent only once the tick has come."""
    if not rule.conditions or not isinstance(rule.conditions[0], Present):
        raise FenceBroken(f"rule {rule.name} must start with something that is present")
    if len(rule.conditions) > MOST_CONDITIONS:
        raise FenceBroken(f"rule {rule.name} has more than {MOST_CONDITIONS} conditions")
    ticked = False
    for condition in rule.conditions:
        if isinstance(condition, Absent) and not ticked:
            raise FenceBroken(f"rule {rule.name} asks what is absent before the tick")
        ticked = ticked or condition.kind == TICK


def _check_kind(kind: object) -> None:
    if kind not in KINDS:
        raise FenceBroken(f"{kind!r} is not a kind of fact; use one of {', '.join(KINDS)}")


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name.isascii() or not name.isidentifier() or len(name) > LONGEST_TEXT:
        raise FenceBroken(f"{name!r} is not a plain name")


def _check_words(words: Mapping[str, str]) -> None:
    for name, word in words.items():
        _check_name(name)
        if name in _TAKEN:
            raise FenceBroken(f"{name} is a name the engine uses itself")
        _check_word(name, word)


def _check_word(name: str, word: object) -> None:
    # A str only: the engine lets 5 match "5" and True match "true", and None matches by accident.
    if type(word) is not str or not word:
        raise FenceBroken(f"{name} must be a text that is not empty; got {word!r}")
    if len(word.encode()) >= LONGEST_TEXT:
        raise FenceBroken(f"{name} is longer than {LONGEST_TEXT} bytes")
    # The engine's JSON reader keeps escapes as written, so a text that needs them would not equal itself.
    if not word.isprintable() or '"' in word or "\\" in word:
        raise FenceBroken(f"{name} has a character that must be escaped; got {word!r}")
