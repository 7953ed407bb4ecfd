"""Where a night judges: here, in processes of this machine, or in a cluster; opened for the night and closed after it.

In come settings, out comes what judges pieces. What workers come to is the same as what is judged here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from avtalsvakt.settings import Settings
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, HowJudged

if TYPE_CHECKING:
    from avtalsvakt_engine.spreading.mapper import Mapper

SAME = "Bedömningarna är desamma."


@contextmanager
def judging_place(settings: Settings) -> Iterator["Mapper"]:
    """What judges the pieces of one night. Workers are started when there is something to judge."""
    if settings.cluster:
        from avtalsvakt_engine.spreading.cluster import Cluster
        from avtalsvakt_engine.spreading.spread import Spread

        with Cluster(settings.cluster) as cluster:
            yield Spread(cluster)
    elif settings.workers:
        from avtalsvakt_engine.spreading.processes import Processes
        from avtalsvakt_engine.spreading.spread import Spread

        with Processes(settings.workers) as processes:
            yield Spread(processes)
    else:
        yield IN_PROCESS


def not_as_asked(told: HowJudged | None) -> Iterator[str]:
    """What was done otherwise than it was asked for, a sentence each without its full stop; nothing where all was."""
    if told is None:
        return
    if told.here:
        whole = told.here + told.elsewhere
        yield f"{told.here} av {whole} avtal bedömdes i den här processen i stället: {'; '.join(told.why)}"
    if told.lost:
        yield f"arbetare försvann {told.lost} {'gång' if told.lost == 1 else 'gånger'}, och deras avtal bedömdes igen"
