"""One agreement from day to day while nothing more is recorded: what becomes otherwise, and on what day.

A verdict knows until when it stands, so the walk goes from one such day to the next and judges the duties whose day has
come and no others (docs/decisions/0007-a-verdict-knows-how-long-it-lasts.md). In come a world and an agreement, out
come verdicts as they were and as they are. Nothing is stored.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.pieces import Judged, JudgedCell, Piece, Waiting, judge_piece
from avtalsvakt_engine.inference.deciding import NotEvaluated
from avtalsvakt_engine.terms.timeline import fingerprint
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.related_agreements import bound_by

DAY = timedelta(days=1)


class Change(Struct, frozen=True):
    """A verdict that is not as it was before; None where the duty was not there, or is there no more."""

    was: Verdict | None
    now: Verdict | None


class Walk:
    """An agreement on a day, and on later ones."""

    def __init__(self, world: World, agreement: str) -> None:
        """Judge all of it on the day of the world. Raises NotEvaluated where its terms cannot be judged."""
        self._world, self._agreement = world, agreement
        self._cells: dict[str, dict[str, Verdict]] = {}
        self._until: dict[str, date | None] = {}
        self._terms = self._terms_on(world)
        self._judge(world, None)

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Every verdict as it is on the day, by duty."""
        return {duty: one for cell in self._cells.values() for duty, one in cell.items()}

    @property
    def next_day(self) -> date | None:
        """The next day on which something may be otherwise; None if none will come."""
        days = [until for until in self._until.values() if until is not None]
        return min(days) + DAY if days else None

    def go(self, day: date) -> list[Change]:
        """Go to the next day, or to one before it, and say what is otherwise. Raises NotEvaluated as above."""
        before, world = self.verdicts, self._world.on(day)
        terms = self._terms_on(world)
        due = {name for name, until in self._until.items() if until is not None and until < day}
        self._judge(world, {name: self._waiting(name, day) for name in due} if terms == self._terms else None)
        self._world, self._terms = world, terms
        after = self.verdicts
        return [
            Change(before.get(duty), after.get(duty))
            for duty in dict.fromkeys((*after, *before))
            if before.get(duty) is not after.get(duty)
        ]

    def _waiting(self, name: str, day: date) -> Waiting:
        cell = self._cells[name]
        stands = {duty: one.until for duty, one in cell.items() if one.until is None or one.until >= day}
        return Waiting((), stands, cell.__getitem__, self._world.as_of)

    def _judge(self, world: World, cells: Mapping[str, Waiting] | None) -> None:
        found = judge_piece(world, Piece(self._agreement, cells))
        if not isinstance(found, Judged):
            raise NotEvaluated("", (), found.cause)
        for name in (self._cells if cells is None else cells).keys() - set(found.existing):
            self._cells[name], self._until[name] = {}, None
        for cell in found.cells:
            self._keep(cell)

    def _keep(self, cell: JudgedCell) -> None:
        before = self._cells.get(cell.name, {})
        judged = {one.duty: one for one in cell.verdicts}
        self._cells[cell.name] = {duty: before[duty] for duty in cell.kept} | judged
        self._until[cell.name] = cell.until

    def _terms_on(self, world: World) -> tuple[str, ...]:
        """The terms of the agreement and of those that decide how it binds: where they change, all is judged again."""
        names = sorted({self._agreement, *bound_by(world.rulebook, self._agreement)})
        return tuple(fingerprint(world.timelines.of(name)) for name in names)
