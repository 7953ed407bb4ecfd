"""Where a register may be: the folder made, what is no file refused, a read-only file system told from others.

In comes a path; Rejected, in Swedish, comes out where there can be no register.
"""

import os
from pathlib import Path

from avtalsvakt_rules.problems import Problem, Rejected


def unchanging(file: Path) -> str:
    """What lets SQLite read where not even the log's own files can be made: on a read-only file system."""
    there = os.statvfs(file).f_flag & os.ST_RDONLY and not file.with_name(f"{file.name}-wal").exists()
    return "&immutable=1" if there else ""


def make_folder(file: Path) -> None:
    """Make the folder that the register is to be in."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"mappen {file.parent} kan inte skapas"
        remedy = "kontrollera sökvägen och rättigheterna, eller välj en annan fil med --db"
        raise Rejected([Problem("registret kan inte skapas", str(file), why, remedy)]) from error


def refuse_what_is_no_file(file: Path, create: bool) -> None:
    """Raise Rejected for a folder, and for nothing at all unless it is to be made."""
    if file.is_dir():
        remedy = "ange en fil, till exempel avtalsvakt.db i mappen"
        raise Rejected([Problem("registret är ingen fil", str(file), "sökvägen är en mapp", remedy)])
    if not create and not file.exists():
        remedy = "skapa det med 'avtalsvakt init', eller ange rätt fil med --db"
        raise Rejected([Problem("registret finns inte", str(file), "det finns ingen fil där", remedy)])
