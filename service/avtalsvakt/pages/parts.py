"""One agreement's part of a register: its verdicts and what was worked out from them, kept until it changes.

What is recorded about one agreement leaves the others as they are, so that the answer after it costs that agreement and
not all of them.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import Struct

from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.related_agreements import bearing_on
from avtalsvakt_rules.rulebook import Rulebook

Worked = TypeVar("Worked")


@dataclass
class Shelf:
    """Values worked out by key, at most so many: those made first are let go of."""

    most: int
    values: OrderedDict[object, object] = field(default_factory=OrderedDict)

    def kept(self, key: object, work: Callable[[], Worked]) -> Worked:
        """What has been worked out under a key, else what `work` makes of it, kept for the next."""
        if key not in self.values:
            self.values[key] = work()
            while len(self.values) > self.most:
                self.values.popitem(last=False)
        return self.values[key]  # type: ignore[return-value] # a key has one kind of value


@dataclass(frozen=True)
class Part:
    """One agreement. `mark` is another once any of its verdicts is."""

    mark: tuple[int, int, int]
    verdicts: Sequence[Verdict]
    shelf: Shelf = field(default_factory=lambda: Shelf(60))


class Parts(Struct, frozen=True):
    """All agreements that have verdicts, by name. `head` is the last fact's number, `erased` how much was erased."""

    head: int
    erased: int
    by_agreement: Mapping[str, Part]


def read_parts(register: Register, rulebook: Rulebook, before: Parts | None) -> Parts:
    """The agreements as they stand now; those that are as they were before are the same values.

    `before` was read by the same rules on the same day; None to read everything.
    """
    head, erased, marks = register.head().arrival, register.erased(), Store(register.connection).marks()
    if before is not None and (head < before.head or erased != before.erased):
        before = None  # another register in the place of the old one, or texts that are gone from facts
    heard = set(FactSource(register, None).arrived_since(before.head)) if before and head > before.head else set()
    store, found = Store(register.connection), dict[str, Part]()
    for name, mark in marks.items():
        old = before.by_agreement.get(name) if before else None
        if old is None or old.mark != mark:
            old = Part(mark, store.verdicts(name))
        elif heard & bearing_on(rulebook, name):
            old = Part(mark, old.verdicts)
        found[name] = old
    return Parts(head, erased, found)
