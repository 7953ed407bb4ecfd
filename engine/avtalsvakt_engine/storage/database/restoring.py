"""A backup becomes the register again, and the register that was is kept beside it.

In come a backup and the register's path, out comes a Restored. The backup is checked in full first. A register that
can be read is replaced inside its own file, in one transaction that no writer can get in between: whoever has it open
goes on with what was restored. A file too damaged for that is moved aside, whole, with its log. Raises Rejected; then
the register is what it was.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from avtalsvakt_engine.storage.database.backups import Copy, check_backup
from avtalsvakt_engine.storage.database.migrations import version
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.facts.erasing import erase_again, erasures, overwrite
from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.machine import flush_folder
from avtalsvakt_rules.problems import Problem, Rejected

LOGS = ("-wal", "-shm", "-journal")
TIMEOUT = 30.0
"""Seconds to wait for a writer."""


class Restored(Struct, frozen=True):
    """What was restored, and where the register that was is kept (None: there was none).

    `erased_again`: texts that the backup still had and that were erased from the register after it was taken.
    """

    copy: Copy
    kept: Path | None
    damaged: bool = False
    erased_again: int = 0


def lost_by(backup: Path, target: Path) -> int:
    """How many facts the register has that the backup lacks. Raises Rejected where either cannot be read."""
    with open_register(target, read_only=True) as register, answered(str(backup)):
        connection = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
        with closing(connection):
            there = {id_ for (id_,) in connection.execute("SELECT id FROM facts")}
        return sum(1 for (id_,) in register.connection.execute("SELECT id FROM facts") if id_ not in there)


def restore(backup: Path, target: Path, now: datetime) -> Restored:
    """Put the backup in the register's place. Raises Rejected; then nothing has changed."""
    if not backup.is_file():
        raise Rejected([Problem("säkerhetskopian finns inte", str(backup), "det finns ingen fil där", "ange rätt fil")])
    copy = check_backup(backup, str(backup))
    if target.exists() and target.samefile(backup):
        raise Rejected([Problem("säkerhetskopian är registret", str(backup), "det är samma fil", "ange en annan fil")])
    kept = _free_name(target, now)
    if not target.exists():
        _into_place(backup, target)
        done = Restored(copy, None)
    elif _readable(target):
        gone = _erasures(target)
        _within(backup, target, kept)
        done = Restored(copy, kept, erased_again=_erase_again(target, gone))
    else:
        _move_aside(target, kept)
        _into_place(backup, target)
        done = Restored(copy, kept, damaged=True)
    open_register(target, create=True).close()  # an older backup is brought up to date
    return done


def _erasures(target: Path) -> list[tuple[str, str, str, str, str]]:
    """What has been erased from the register; of one too old to say so, nothing."""
    uri = f"{target.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=TIMEOUT)) as connection, suppress(sqlite3.OperationalError):
        return erasures(connection)
    return []


def _erase_again(target: Path, gone: list[tuple[str, str, str, str, str]]) -> int:
    """Take away what the backup still has and the register had not; an older backup is brought up to date first."""
    if not gone:
        return 0
    with open_register(target, create=True) as register:
        with register.transaction():
            again = erase_again(register.connection, gone)
        overwrite(register.connection)
    return again


def _free_name(target: Path, now: datetime) -> Path:
    """Where the register that was is kept: beside it, with the moment in its name."""
    stem = f"{target.name}.fore-{now:%Y%m%dT%H%M%S}"
    names = (target.with_name(stem if n == 1 else f"{stem}-{n}") for n in range(1, 1000))
    return next(name for name in names if not name.exists())


def _readable(target: Path) -> bool:
    """Whether the file is a register that can be read through. Raises Rejected for what is not ours, or newer."""
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=rw", uri=True, timeout=TIMEOUT)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            return found and version(connection, str(target)) > 0
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                with answered(str(target)):
                    raise
            return False


def _within(backup: Path, target: Path, kept: Path) -> None:
    """Keep the register as it is, then replace what is in it, holding the writers' place all the while."""
    uri = f"{target.absolute().as_uri()}?mode=rw"
    with answered(str(target)), closing(
        sqlite3.connect(uri, uri=True, timeout=TIMEOUT, isolation_level=None)
    ) as connection:  # fmt: skip
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("ATTACH ? AS restored", (f"{backup.absolute().as_uri()}?mode=ro",))
        connection.execute("BEGIN IMMEDIATE")
        try:
            _keep(target, kept)
            _replace_contents(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _keep(target: Path, kept: Path) -> None:
    """A copy of the register as it is: nobody can write while the caller holds the writers' place."""
    with whole(kept) as beside:
        reader = sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        with closing(reader), closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            reader.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")


def _replace_contents(connection: sqlite3.Connection) -> None:
    """Everything out, everything of the backup in, row by row in the same order."""
    own = "SELECT type, name FROM main.sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type = 'table'"
    for kind, name in connection.execute(own).fetchall():
        connection.execute(f"DROP {kind} IF EXISTS main.[{name}]")
    theirs = "SELECT type, name, sql FROM restored.sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type != 'table'"
    for kind, name, sql in connection.execute(theirs).fetchall():
        connection.execute(sql)  # without a schema's name it means main
        if kind == "table":
            connection.execute(f"INSERT INTO main.[{name}] SELECT * FROM restored.[{name}]")  # noqa: S608 - own names
    (mark,) = connection.execute("PRAGMA restored.application_id").fetchone()
    connection.execute(f"PRAGMA main.application_id = {mark}")


def _into_place(backup: Path, target: Path) -> None:
    """A copy of the backup where there is no register."""
    with whole(target) as beside:
        source = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        with answered(str(backup)), closing(source), closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")


def _move_aside(target: Path, kept: Path) -> None:
    """The damaged file and its logs under another name; the logs first, so that they never meet another file."""
    try:
        for log in LOGS:
            with suppress(FileNotFoundError):
                os.replace(f"{target}{log}", f"{kept}{log}")  # noqa: PTH105 - as in atomic_files
        os.replace(target, kept)  # noqa: PTH105
        flush_folder(target.parent)
    except OSError as error:
        why = f"operativsystemet svarar: {error.strerror or error}"
        remedy = "kontrollera mappens rättigheter"
        raise Rejected([Problem("det skadade registret kan inte flyttas undan", str(target), why, remedy)]) from error
