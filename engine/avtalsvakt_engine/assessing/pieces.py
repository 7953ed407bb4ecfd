"""One agreement to judge, and what judging it comes to: values that say nothing of where it is done.

In come a world and a piece of a run's work, out comes what is to be kept of it. A pure function.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import NotEvaluated
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.cell_judging import judge_cell
from avtalsvakt_engine.judging.cells import Cell, cells_of
from avtalsvakt_engine.judging.standing import Standing
from avtalsvakt_engine.judging.touching import Touching
from avtalsvakt_engine.terms.timeline import fingerprint
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict
from avtalsvakt_rules.rulebook import Rulebook


class Waiting(Struct, frozen=True):
    """A cell in which something may have changed: by facts that arrived, or by the day.

    `until` are the verdicts that have not run out, by duty, with their last days; `read` gives one of them. They were
    true on `day`, that of the run before.
    """

    arrived: tuple[Fact, ...]
    until: Mapping[str, date | None]
    read: Callable[[str], Verdict]
    day: date


class Piece(Struct, frozen=True):
    """An agreement to judge: the cells of it by name, or (None) all that it has."""

    agreement: str
    cells: Mapping[str, Waiting] | None = None


class JudgedCell(Struct, frozen=True):
    """What a cell came to, how long that stays so, and the duties whose earlier verdicts stand (`kept`)."""

    name: str
    verdicts: tuple[Verdict, ...]
    until: date | None
    kept: tuple[str, ...] = ()


class Judged(Struct, frozen=True):
    """What an agreement came to: its state and terms, what was found, the cells judged, the names of all it has."""

    agreement: str
    state: InstrumentState
    terms: str
    findings: tuple[Finding, ...]
    cells: tuple[JudgedCell, ...]
    existing: tuple[str, ...]


class Unjudged(Struct, frozen=True):
    """An agreement whose terms could not be judged, and the cause in Swedish."""

    agreement: str
    cause: str


class Judge(Struct, frozen=True):
    """Judges pieces in the process where its world is."""

    world: World

    def __call__(self, piece: Piece) -> Judged | Unjudged:
        """What a piece comes to."""
        return judge_piece(self.world, piece)


def judge_piece(world: World, piece: Piece) -> Judged | Unjudged:
    """What a piece comes to under the rules and facts of a world."""
    agreement = piece.agreement
    try:
        state = world.state(agreement)
        cases = list(world.cases(agreement))
    except NotEvaluated as failure:
        return Unjudged(agreement, failure.cause)
    found = [(case, cell, _name(case.source.instrument, cell)) for case in cases for cell in _cells(case)]
    return Judged(
        agreement,
        state,
        fingerprint(world.timelines.of(agreement)),
        tuple(world.findings(agreement)),
        tuple(_judged(*one, piece.cells) for one in found if piece.cells is None or one[2] in piece.cells),
        tuple(name for _, _, name in found),
    )


def possible_cells(rulebook: Rulebook, agreement: str) -> Iterator[tuple[str, Cell]]:
    """Every cell that an agreement can have, by name."""
    instrument = rulebook.instruments[agreement]
    for source in (instrument, *rulebook.chain(instrument)):
        for cell in cells_of(source, local=source is not instrument):
            yield _name(source.instrument, cell), cell


def _name(source: str, cell: Cell) -> str:
    """The name of a cell: the instrument whose clauses it holds, and its first clause."""
    return f"{source}/{cell.name}"


def _cells(case: Case) -> tuple[Cell, ...]:
    return cells_of(case.source, local=case.source is not case.agreement)


def _judged(case: Case, cell: Cell, name: str, waiting: Mapping[str, Waiting] | None) -> JudgedCell:
    one = None if waiting is None else waiting[name]
    standing = None if one is None else Standing(one.until, one.read, Touching(case, cell, one.arrived), one.day)
    verdicts, until = judge_cell(case, cell, standing)
    return JudgedCell(name, tuple(verdicts), until, tuple(standing.kept) if standing else ())
