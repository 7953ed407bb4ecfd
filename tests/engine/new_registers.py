"""New registers: copies of one that was made, since to make one takes longer than most of what tests do in it.

A test that stands for a version before, with fewer steps of migration, gets one with those.
"""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from avtalsvakt_engine.storage.database import migrations
from avtalsvakt_engine.storage.database.register import Register, open_register


def new_register(path: Path) -> Register:
    """The register in a file, new where there is none."""
    return open_register(path if path.exists() else empty_register(path))


def empty_register(path: Path) -> Path:
    """The file of a new register, as `avtalsvakt init` leaves it."""
    path.write_bytes(_empty(migrations.MIGRATIONS))
    return path


def in_memory() -> Register:
    """A new register that is in no file, for what has to do with none: nothing is flushed, locked or left behind."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_without_log(migrations.MIGRATIONS))
    return Register(connection, ":memory:")


@cache
def _empty(steps: tuple[migrations.Migration, ...]) -> bytes:
    assert steps == migrations.MIGRATIONS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        open_register(path, create=True).close()
        return path.read_bytes()


@cache
def _without_log(steps: tuple[migrations.Migration, ...]) -> bytes:
    """The same, but for the mark that it has a log beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        path.write_bytes(_empty(steps))
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        return path.read_bytes()
