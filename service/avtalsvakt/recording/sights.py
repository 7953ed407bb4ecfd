"""Shows what is secret only once it is kept that it was shown: to whom, when, of which fact and where.

In come facts with their marks, out come facts as they may be told. What is shown to whoever has the register's file, by
commands, is not kept: they could read it without them.
"""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from avtalsvakt.answers.secrecy import as_told, may_read
from avtalsvakt.recording.attest_links import moment
from avtalsvakt.rights import NOTHING
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.access.sights import Sight, clear_sights, keep_sights, sights
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Rejected

log = logging.getLogger("avtalsvakt.web")

Way = Literal["page", "api"]
UNKEPT = "visas inte: det gick inte att anteckna vem som läste"
"""What is added to the provision where the words are kept back for that reason."""


def told_and_kept(
    settings: Settings, who: str, way: Way, facts: Iterable[Fact], marks: Mapping[str, str]
) -> list[Fact]:
    """The facts as they may be told to somebody; words that are secret only where it could be kept that they were."""
    every = list(facts)
    shown = {one.id: one for one in every if one.id in marks and may_read(settings.rights, one.agreement)}
    if not shown or _kept(settings, who, way, shown.values()):
        return as_told(every, marks, settings.rights)
    return as_told(every, {name: f"{mark}; {UNKEPT}" for name, mark in marks.items()}, NOTHING)


def _kept(settings: Settings, who: str, way: Way, shown: Iterable[Fact]) -> bool:
    """Whether it was kept who was shown the facts; why not is said in the log."""
    now = moment(settings.now)
    try:
        with settings.register() as register, register.transaction():
            keep_sights(register.connection, [Sight(now, who, way, one.agreement, one.id) for one in shown])
    except (Rejected, sqlite3.Error, OSError) as problem:
        log.warning("det gick inte att anteckna vem som läste uppgifter med sekretess: %s", problem)
        return False
    return True


def all_sights(settings: Settings, who: str | None, fact: str | None) -> list[Sight]:
    """What is kept, oldest first; of somebody, or of a fact. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        return sights(register.connection, who, fact)


def clear(settings: Settings, before: date) -> int:
    """Delete what was kept before a day; how many. Raises Rejected."""
    with settings.register() as register, register.transaction():
        return clear_sights(register.connection, before)
