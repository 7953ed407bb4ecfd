"""Facts meet the facts that they name: corrections and retractions their targets, notes their meetings.

In come facts read together and a way to look up recorded ones; out come the same facts, with the target's agreement
filled in where a line named none, or what is wrong: a reference to nothing, a value that the target's kind cannot hold.
Source: semantics.md, section Corrections.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.intake.fact_checks import (
    Known,
    Notes,
    check_allowed,
    check_attributes,
    check_closing,
    check_required,
)
from avtalsvakt_engine.intake.fact_references import Find, dangling, no_period, references, unknown_period
from avtalsvakt_engine.intake.sensitive_facts import all_marked, check_mark_kept
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import LINE_FIELDS, RECORDS, load


class Others(Struct, frozen=True):
    """The facts that may be named besides those read together: one by id, and all of them where some could be meant."""

    find: Find = lambda _: None
    every: Callable[[], Iterable[Fact]] = tuple


def meet_targets(
    facts: Iterable[Fact],
    others: Others,
    known: Known,
    now: datetime,
    where: Mapping[str, str],
    faulty: Collection[str] = (),
) -> tuple[list[Fact], Notes]:
    """The facts that may be kept, with agreements filled in, and what there is to say.

    `where` gives addresses by fact id. Ids in `faulty` are of lines that were refused already: what names them cannot
    be kept either, and that is all there is to say of it.
    """
    meeting = _Meeting({fact.id: fact for fact in facts}, others, known, now, where, Notes(""))
    gone = set(faulty)
    kept: list[Fact] = list(meeting.together.values())
    for fact in list(kept):
        if not meeting.stands(fact, gone):
            gone.add(fact.id)
    while lost := [fact for fact in kept if fact.id in gone or meeting.names(fact, gone)]:
        for fact in lost:
            if fact.id not in gone:
                meeting.said.left_out.append(_left_out(fact, where))
        gone |= {fact.id for fact in lost}
        kept = [fact for fact in kept if fact.id not in gone]
    placed = [fact if fact.agreement else replace(fact, agreement=meeting.agreement(fact)) for fact in kept]
    return all_marked(placed, known, meeting.find), meeting.said


class _Meeting(Struct, frozen=True, dict=True):
    """What facts that were read together are held against."""

    together: Mapping[str, Fact]
    others: Others
    known: Known
    now: datetime
    where: Mapping[str, str]
    said: Notes

    @cached_property
    def possible(self) -> tuple[Fact, ...]:
        """Every fact that could be meant; looked up once something is wrong."""
        return (*self.together.values(), *self.others.every())

    def find(self, id_: str) -> Fact | None:
        """The fact with the id, read together or recorded."""
        return self.together.get(id_) or self.others.find(id_)

    def names(self, fact: Fact, gone: Collection[str]) -> bool:
        """Whether a fact names one that is gone and that is not recorded either."""
        named = {id_ for _, id_ in references(fact, self.known.vocabulary)} & set(gone) if gone else ()
        return any(self.others.find(id_) is None for id_ in named)

    def stands(self, fact: Fact, faulty: Collection[str]) -> bool:
        """Whether everything that the fact names is there; notes what is not."""
        notes = Notes(self.where.get(fact.id, fact.id), {}, self.said.problems, self.said.warnings)
        before = len(notes.problems)
        self._refer(fact, notes, faulty, None)
        if fact.kind in RECORDS and len(notes.problems) == before:
            target = self.find(str(fact.attributes["target"]))
            if target is not None:
                self._correct(fact, target, notes, faulty)
        return len(notes.problems) == before

    def _refer(self, fact: Fact, notes: Notes, faulty: Collection[str], within: Collection[str] | None) -> None:
        """Note references to nothing; `within`: only in these attributes, which are being corrected."""
        for name, id_ in references(fact, self.known.vocabulary):
            if id_ in faulty or (within is not None and name not in within):
                continue
            if id_ == fact.id or self.find(id_) is None:
                place = notes.at(name if within is None else "set")
                notes.problems.append(dangling(fact, name, id_, place, self.possible, self.known.vocabulary))
        if within is not None and "period" not in within:
            return
        if (named := unknown_period(fact, self.find)) and named not in faulty:
            notes.problems.append(no_period(named, notes.at("period" if within is None else "set")))

    def _correct(self, fact: Fact, target: Fact, notes: Notes, faulty: Collection[str]) -> None:
        """Note what the target's kind cannot hold of what it is corrected to."""
        if fact.kind != "record_corrected":
            return
        if target.kind in RECORDS:
            why = "en rättelse eller återkallelse kan bara återkallas"
            remedy = f"återkalla {target.id} och gör en ny"
            notes.unusual("target", f"rättelsen av {target.id} får ingen verkan", why, remedy)
            return
        kind = self.known.vocabulary.kinds.get(target.kind)
        changes = cast("Mapping[str, Value | None]", fact.attributes["set"])
        if kind is None or not isinstance(changes, Mapping):
            return
        values = {name: value for name, value in changes.items() if name not in LINE_FIELDS}
        agreement = str(changes.get("agreement") or target.agreement)
        stated = {name: value for name, value in values.items() if value is not None}
        check_attributes(kind, agreement, stated, self.known, self.now, notes)
        for name in values.keys() - stated.keys():
            check_allowed(kind, name, notes)
        becomes = {**target.attributes, **values}
        check_required(kind, becomes, notes)
        check_closing(becomes, notes)
        check_mark_kept(becomes, agreement, self.known, notes)
        self._refer(replace(target, agreement=agreement, attributes=stated), notes, faulty, stated.keys())

    def agreement(self, record: Fact) -> str:
        """The agreement of what a record is about; a target that is itself a record has it from its own target."""
        return next((one.agreement for one in self._targets(record) if one.agreement), "")

    def _targets(self, record: Fact) -> Iterator[Fact]:
        seen = {record.id}
        current: Fact | None = self.find(str(record.attributes["target"]))
        while current is not None and current.id not in seen:
            yield current
            seen.add(current.id)
            current = self.find(str(current.attributes.get("target", "")))


def missing_target(fact: Fact, where: str) -> Problem:
    """What is wrong with a correction or retraction of something that does not exist."""
    return dangling(fact, "target", str(fact.attributes["target"]), where, (), load())


def _left_out(fact: Fact, where: Mapping[str, str]) -> Problem:
    """That a fact cannot be kept because one that it names is not."""
    why = "den hänvisar till en registrering på en rad som inte går att läsa in"
    remedy = "rätta den raden och läs in båda"
    return Problem(f"registreringen '{fact.id}' läses inte in", where.get(fact.id, fact.id), why, remedy)
