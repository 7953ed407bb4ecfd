"""An import that is judged at once, as a registration is: what came in, and what it changed.

In come files that were planned, or meetings out of a calendar that somebody has confirmed. Raises Rejected; then
nothing is written.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.recording.at_once import Judged, as_told, calendars_at_once, judge_at_once
from avtalsvakt.recording.file_import import carry_out, plan
from avtalsvakt.recording.import_history import add
from avtalsvakt.recording.meeting_proposals import find
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.columns import Columns
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.problems import Problem


class Imported(Struct, frozen=True):
    """The facts that are new, how many were there before, what was judged, and what is to be told of that."""

    added: tuple[Fact, ...]
    known: int
    judged: Judged | None
    late: Problem | None = None


def import_tables(
    settings: Settings, files: Sequence[Path], agreement: str | None, columns: Columns, *, partial: bool
) -> Imported:
    """Everything in the files, or with `partial` what can be read, judged as of today."""
    with settings.register() as register:
        with register.transaction():
            planned = plan(settings, register, files, agreement, columns)
            done = carry_out(planned, settings, register, partial=partial)
            judged = _judged(settings, register, done.added)
        return _told(settings, register, done.added, judged, known=len(done.already_known))


def import_meetings(
    settings: Settings, files: Sequence[Path], agreement: str | None, chosen: Sequence[str]
) -> Imported:
    """The proposals with these ids, judged as of today; ids that are no proposal any more are let go of."""
    with settings.register() as register:
        with register.transaction():
            found = find(settings, register, files, agreement)
            facts = [one.fact for one in found.proposals if one.doubt is None and one.fact.id in chosen]
            added = add(settings, register, facts, files).added if facts else ()
            judged = _judged(settings, register, added)
        return _told(settings, register, added, judged)


def _told(
    settings: Settings, register: Register, added: Sequence[Fact], judged: Judged | None, *, known: int = 0
) -> Imported:
    """What came of it, as far as the one who reads in sees it."""
    rights = settings.rights
    late = as_told(_calendars(settings, register, judged), rights)
    if judged is not None:
        judged = replace(judged, changes=tuple(one for one in judged.changes if rights.sees(one.agreement)))
    return Imported(tuple(added), known, judged, late)


def _judged(settings: Settings, register: Register, added: Sequence[Fact]) -> Judged | None:
    names = {one.agreement for one in added if one.agreement}
    return judge_at_once(register, settings.rulebook(), settings, names) if added else None


def _calendars(settings: Settings, register: Register, judged: Judged | None) -> Problem | None:
    if judged is None or judged.failure:
        return judged.failure if judged else None
    return calendars_at_once(register, settings.rulebook(), settings)
