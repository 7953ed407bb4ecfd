"""Whether durable-rules decides on this machine, or the table that it has made (for whoever asks how things stand).

Out comes a status; a worker is started and stopped, which takes some tenths of a second. Raises nothing.
"""

from msgspec import Struct

from avtalsvakt_engine.inference.process import COMMAND, Worker, WorkerFailed
from avtalsvakt_engine.inference.table import concluded
from avtalsvakt_engine.rulesets import QUESTIONS, digest

PATIENCE = 30.0
"""Seconds that a worker may take to start."""


class EngineStatus(Struct, frozen=True):
    """`loads`: durable-rules decides here. Else `why` it does not, and whether the table answers in its place."""

    loads: bool
    why: str = ""
    table: bool = False


def engine_status() -> EngineStatus:
    """How legal questions are answered on this machine."""
    whole = len(concluded()) == sum(1 for question in QUESTIONS.values() for _ in question.alphabet())
    try:
        worker = Worker(COMMAND, PATIENCE, PATIENCE)
    except WorkerFailed as failure:
        return EngineStatus(loads=False, why=failure.detail or failure.cause, table=whole)
    worker.stop()
    if worker.greeting == {"rulesets": digest()}:
        return EngineStatus(loads=True, table=whole)
    return EngineStatus(loads=False, why=str(worker.greeting.get("unloadable", worker.greeting)), table=whole)
