"""Where a register may be: folder and file made, what is no file refused, what cannot be written to told from others.

In comes a path; Rejected, in Swedish, comes out where there can be no register.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from avtalsvakt_rules.keeping import private_files
from avtalsvakt_rules.problems import Problem, Rejected


def unchanging(file: Path) -> str:
    """What lets SQLite read where not even the log's own files can be made: a read-only file system or folder.

    Not where there is a log: somebody may have the register open, and what is in the log would be missed.
    """
    fixed = os.statvfs(file).f_flag & os.ST_RDONLY or not os.access(file.parent, os.W_OK, effective_ids=True)
    return "&immutable=1" if fixed and not _log_of(file) else ""


@contextmanager
def legible_here(file: Path) -> Iterator[None]:
    """Raise Rejected where a register cannot be read because its log can be neither used nor made where it lies."""
    try:
        yield
    except sqlite3.OperationalError as error:
        log = _log_of(file)
        if log is None or not (error.sqlite_errorname or "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
        why = f"platsen är skrivskyddad, och det senaste i registret står i loggen {log.name}, som då inte kan läsas"
        remedy = "läs en säkerhetskopia, eller kopiera registret och loggen till en mapp där kontot får skriva"
        raise Rejected([Problem("registret kan inte läsas där det ligger", str(file), why, remedy)]) from error


def _log_of(file: Path) -> Path | None:
    """The register's log, where there is something in it."""
    log = file.with_name(f"{file.name}-wal")
    return log if log.exists() and log.stat().st_size else None


def make_place(file: Path) -> None:
    """Make the folder that the register is to be in, and an empty file that only this account may open."""
    try:
        private_files.make_folder(file.parent)
    except OSError as error:
        why = f"mappen {file.parent} kan inte skapas"
        remedy = "kontrollera sökvägen och rättigheterna, eller välj en annan fil med --db"
        raise Rejected([Problem("registret kan inte skapas", str(file), why, remedy)]) from error
    if not file.exists():
        with suppress(OSError):  # another program makes it too, or SQLite will say what is wrong
            private_files.make_file(file)


def refuse_what_is_no_file(file: Path, create: bool) -> None:
    """Raise Rejected for a folder, and for nothing at all unless it is to be made."""
    if file.is_dir():
        remedy = "ange en fil, till exempel avtalsvakt.db i mappen"
        raise Rejected([Problem("registret är ingen fil", str(file), "sökvägen är en mapp", remedy)])
    if not create and not file.exists():
        remedy = "skapa det med 'avtalsvakt init', eller ange rätt fil med --db"
        raise Rejected([Problem("registret finns inte", str(file), "det finns ingen fil där", remedy)])
