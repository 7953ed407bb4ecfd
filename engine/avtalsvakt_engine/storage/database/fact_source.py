"""Visible facts, agreement by agreement, and what arrived since a run: so that a night reads only what it needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.records_about import moves, records_about
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.facts.clock_turns import turned_facts
from avtalsvakt_engine.verdicts import Finding
from avtalsvakt_rules.vocabulary import RECORDS, load


class FactSource:
    """Reads a register as known at a day; facts, and what was recorded about them, are read when asked for."""

    def __init__(self, register: Register, known_at: date | None, until: int | None = None) -> None:
        """`until`: the arrival number of the last fact to see; all if None."""
        self.register = register
        self.known_at = known_at
        self.until = until
        self.vocabulary = load()
        self._findings: dict[str, list[Finding]] = {}

    @cached_property
    def moved_in(self) -> Mapping[str, set[str]]:
        """By agreement the facts that a correction says are about it."""
        found: dict[str, set[str]] = defaultdict(set)
        for record in self._arrived(moves(self.register)):
            change = record.attributes.get("set")
            if isinstance(change, dict) and change.get("agreement"):
                found[str(change["agreement"])].add(self._root(record))
        return found

    def about(self, ids: Iterable[str]) -> list[Fact]:
        """What was recorded about facts with these ids, and about that in turn, in order of arrival."""
        found, left = dict[str, Fact](), set(ids)
        while left:
            new = {one.id: one for one in self._arrived(records_about(self.register, left)) if one.id not in found}
            found |= new
            left = set(new)
        return sorted(found.values(), key=lambda one: one.arrival)

    def facts(self, agreement: str) -> list[Fact]:
        """The visible facts of an agreement; those that a correction moved to it included."""
        own = list(self.register.facts(agreement=agreement))
        strangers = self.moved_in.get(agreement, set()) - {fact.id for fact in own}
        moved = [fact for one in sorted(strangers) if (fact := self.register.fact(one)) is not None]
        plain = [fact for fact in self._arrived((*own, *moved)) if fact.kind not in RECORDS]
        seen = self._view(plain)
        self._findings[agreement] = [one for one in seen.findings if one.agreement in (agreement, None)]
        return [fact for fact in seen.facts if fact.agreement == agreement]

    def seen(self, facts: Iterable[Fact]) -> View:
        """Some facts as they stand, with what mended them or took them back."""
        return self._view([fact for fact in facts if fact.kind not in RECORDS])

    def recorded(self, agreements: Iterable[str]) -> tuple[Fact, ...]:
        """What bears on some agreements, as recorded: their facts, those moved to them, and what mends any of it."""
        out: dict[str, Fact] = {}
        for agreement in agreements:
            out.update((fact.id, fact) for fact in self.register.facts(agreement=agreement))
            found = (self.register.fact(one) for one in sorted(self.moved_in.get(agreement, set()) - out.keys()))
            out.update((fact.id, fact) for fact in found if fact is not None)
        out.update((record.id, record) for record in self.about(out))
        return tuple(sorted(self._arrived(out.values()), key=lambda fact: fact.arrival))

    def findings(self, agreement: str) -> list[Finding]:
        """What was found when the agreement's facts were read."""
        return self._findings.get(agreement, [])

    def arrived_since(self, head: int) -> dict[str, list[Fact]]:
        """What arrived after a run, by agreement.

        New facts, and facts that a record changed, as they were and as they are; and facts whose moment what is new
        shows to be wrong: a meeting that was recorded when it was held may then have been recorded before it.
        """
        out: dict[str, list[Fact]] = defaultdict(list)
        new = [*self.register.facts(since_arrival=head), *self._turned(head)]
        roots = {fact.id for fact in new if fact.kind not in RECORDS}
        roots |= {self._root(fact) for fact in new if fact.kind in RECORDS}
        for root in sorted(roots):
            fact = self.register.fact(root)
            if fact is None:
                continue
            before = [record for record in self.about([root]) if record.arrival <= head]
            for seen in (view([fact, *before], self.known_at, self.vocabulary), self._view([fact])):
                for one in seen.facts:
                    out[one.agreement].append(one)
            out[fact.agreement] += []  # touched even where it is seen no more
        return out

    def _turned(self, head: int) -> Iterator[Fact]:
        found = map(self.register.fact, sorted(turned_facts(self.register.connection, head)))
        return (fact for fact in found if fact is not None)

    def _arrived(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        return (fact for fact in facts if self.until is None or fact.arrival <= self.until)

    def _view(self, plain: Iterable[Fact]) -> View:
        facts = list(plain)
        records = self.about(fact.id for fact in facts)
        return view([*facts, *records], self.known_at, self.vocabulary)

    def _root(self, record: Fact) -> str:
        """The fact that a record is about, through records about records."""
        target, seen = record.text("target") or "", {record.id}
        while target not in seen and (found := self.register.fact(target)) is not None and found.kind in RECORDS:
            seen.add(target)
            target = found.text("target") or ""
        return target
