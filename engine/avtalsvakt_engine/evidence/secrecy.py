"""Secrecy marks: which facts are marked, by which provision, and what is told of a marked fact instead of its words.

In come facts, out come provisions and facts. Pure. A marked fact is judged as any other. Its day, its kind, its id and
who recorded it are told; everything that it says is not. Source: issue 19, point 5.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.vocabulary import RECORDS, SECRECY, load

UNNAMED = "bestämmelsen är inte angiven"
TARGET = "target"


def provision(fact: Fact) -> str | None:
    """By which provision the fact is secret, in words; None where it bears no mark."""
    return _said(fact.attributes.get(SECRECY))


def instead(provision: str) -> str:
    """What is said in the place of a marked fact's words."""
    return f"uppgift med sekretess ({provision})"


def told(fact: Fact, name: str) -> tuple[str, ...]:
    """The texts of an attribute as they may be told to anybody."""
    found, mark = tuple(texts(fact.attributes.get(name))), provision(fact)
    return (instead(mark),) if found and mark else found


def masked(fact: Fact, provision: str) -> Fact:
    """The fact without what it says: the provision instead, and of a record about another fact which one that is."""
    kept = {name: value for name, value in fact.attributes.items() if name == TARGET}
    return replace(fact, attributes={**kept, SECRECY: provision})


def marked(fact: Fact, provision: str | None) -> Fact:
    """The fact with all that it says, and a mark that it was given later."""
    return fact if provision is None else replace(fact, attributes={**fact.attributes, SECRECY: provision})


def provisions(recorded: Iterable[Fact]) -> dict[str, str]:
    """By id the provisions of marked facts, as they stand, and of what was recorded about them.

    In: facts as recorded, in any order, with everything that was recorded about them. A fact that was taken back keeps
    every mark that it ever had: what it said is still secret.
    """
    every = {one.id: one for one in sorted(recorded, key=lambda one: one.arrival)}
    if not any(provision(one) or _set(one) for one in every.values()):
        return {}
    standing = {one.id: one for one in view(every.values(), None, load()).facts}
    found: dict[str, str] = {}
    for fact in every.values():
        root = _root(fact, every)
        mark = provision(standing[root]) if root in standing else provision(fact) or _set(fact)
        if mark is not None:
            found[root] = mark
    return found | {one.id: mark for one in every.values() if (mark := found.get(_root(one, every))) is not None}


def _root(record: Fact, every: Mapping[str, Fact]) -> str:
    """The fact that a record is about, through records about records; a fact's own id."""
    seen = {record.id}
    while record.kind in RECORDS and (target := record.text(TARGET)) and target not in seen:
        if target not in every:
            return target
        seen.add(target)
        record = every[target]
    return record.id


def _set(record: Fact) -> str | None:
    """The mark that a correction sets."""
    change = record.attributes.get("set")
    return _said(change.get(SECRECY)) if isinstance(change, Mapping) else None


def _said(value: object) -> str | None:
    """A mark in words, whatever form it was given in; one that says nothing that can be read is still a mark."""
    if value is None or value == "":
        return None
    listed = value if isinstance(value, list | tuple) else (value,)
    return "; ".join(one for one in listed if isinstance(one, str)) or UNNAMED
