"""What an import will do, line by line, before anything is written; and doing it.

In come files and an open register, out comes a Plan. Raises Rejected for what makes the whole import impossible.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.recording.import_history import add
from avtalsvakt.recording.known_to import known_to, others_in
from avtalsvakt.recording.may_record import Find, check_may_record
from avtalsvakt.rights import Forbidden, Rights
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.columns import AS_WRITTEN, Columns
from avtalsvakt_engine.importing.fact_files import Batch, read_files
from avtalsvakt_engine.intake.fact_references import references
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Appended, Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import Vocabulary


class Plan(Struct, frozen=True):
    """Facts to add, facts that are there already, what is wrong, what is unusual; addresses by id.

    `chained`: they are those of one archive, in the order in which they once arrived.
    """

    new: tuple[Fact, ...]
    known: tuple[Fact, ...]
    batch: Batch
    problems: tuple[Problem, ...]
    chained: bool = False
    files: tuple[Path, ...] = ()


def plan(
    settings: Settings, register: Register, files: Sequence[Path], agreement: str | None, columns: Columns = AS_WRITTEN
) -> Plan:
    """Read the files and hold them against the register; what is wrong is told, not raised."""
    known = known_to(settings.rulebook(), settings.rights)
    others = others_in(register, settings.rights)
    batch = read_files(
        files, known, settings.now, others=others, by=settings.recorder,
        default_agreement=agreement, partial=True, columns=columns,
    )  # fmt: skip
    there, clashing = register.against(batch.facts, batch.where)
    taken = (*clashing, *_forbidden(settings.rights, batch, others.find))
    refused = {fact.id for fact in batch.facts if batch.where.get(fact.id, fact.id) in {one.where for one in taken}}
    kept = _without(batch.facts, refused, known.vocabulary)
    return Plan(
        tuple(fact for fact in kept if fact.id not in there),
        tuple(fact for fact in kept if fact.id in there),
        batch,
        (*batch.problems, *taken),
        chained=[file.suffix.lower() for file in files] == [".zip"],
        files=tuple(files),
    )


def _forbidden(rights: Rights, batch: Batch, find: Find) -> Iterator[Problem]:
    """What keeps lines out that somebody may not record, each at its line."""
    together = {one.id: one for one in batch.facts}
    for fact in together.values():
        try:
            check_may_record(rights, [fact], lambda id_: find(id_) or together.get(id_))
        except Forbidden as refused:
            [problem] = refused.problems
            yield replace(problem, where=batch.where.get(fact.id, fact.id))


def carry_out(
    planned: Plan, settings: Settings, register: Register, *, partial: bool = False, as_recorded: bool = False
) -> Appended:
    """Add what is planned, all of it; without `partial` only if nothing is wrong. Raises Rejected."""
    if planned.problems and not partial:
        raise Rejected(planned.problems)
    if as_recorded:
        _refuse_rewriting_history(register, planned)
    return add(
        settings, register, [*planned.new, *planned.known], planned.files, as_recorded=as_recorded,
        in_order=planned.chained, where=planned.batch.where, kept=planned.batch.kept if as_recorded else {},
    )  # fmt: skip


def _without(facts: Sequence[Fact], refused: set[str], vocabulary: Vocabulary) -> list[Fact]:
    """The facts but those refused, and those that name them."""
    gone = set(refused)
    growing = bool(gone)
    while growing:
        more = {fact.id for fact in facts if gone & {id_ for _, id_ in references(fact, vocabulary)}} - gone
        growing = bool(more)
        gone |= more
    return [fact for fact in facts if fact.id not in gone]


def _refuse_rewriting_history(register: Register, planned: Plan) -> None:
    """Raise Rejected where a run has already said what was known when, and the files hold something new."""
    with answered(register.path):
        run = Store(register.connection).last_run()
    if run is not None and planned.new:
        why = f"en körning {run.started[:10]} har redan sagt vad som var känt då"
        remedy = "läs in utan --as-recorded, eller flytta registret till en ny fil"
        raise Rejected([Problem("filens registreringstider kan inte behållas", "--as-recorded", why, remedy)])
