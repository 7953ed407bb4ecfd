"""What a database answers, said in Swedish to the person who can mend it.

In come SQLite's errors, out comes Rejected with what, where, why and remedy.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from avtalsvakt_rules.problems import Problem, Rejected

_DAMAGED = ("registret är skadat", "filen är ingen hel SQLite-databas", "återställ den från en säkerhetskopia")
_UNWRITABLE = ("registret kan inte ändras", "filen eller mappen är skrivskyddad", "ge skrivrättighet eller välj --db")
_ANSWERS = {
    "SQLITE_BUSY": (
        "registret är upptaget",
        "ett annat program skriver i det",
        "försök igen om en stund, eller avsluta det andra programmet",
    ),
    "SQLITE_LOCKED": (
        "registret är upptaget",
        "en annan del av programmet använder det",
        "försök igen om en stund",
    ),
    "SQLITE_CANTOPEN": (
        "registret kan inte öppnas",
        "filen eller mappen går inte att nå",
        "kontrollera sökvägen och rättigheterna, eller välj --db",
    ),
    "SQLITE_PERM": ("registret kan inte öppnas", "rättighet saknas", "kontrollera rättigheterna, eller välj --db"),
    "SQLITE_AUTH": ("registret kan inte öppnas", "rättighet saknas", "kontrollera rättigheterna, eller välj --db"),
    "SQLITE_READONLY": _UNWRITABLE,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": ("det finns inte plats", "disken är full", "frigör plats och försök igen; inget har ändrats"),
    "SQLITE_IOERR": (
        "registret kan inte läsas eller skrivas",
        "disken svarar med fel",
        "kontrollera disken; inget har ändrats",
    ),
    "SQLITE_CONSTRAINT": (
        "registret tog inte emot ändringen",
        "det som är registrerat ändras eller tas aldrig bort",
        "registrera en rättelse eller återkallelse i stället",
    ),
}


P = ParamSpec("P")
T = TypeVar("T")


class Illegible(sqlite3.DatabaseError, ValueError):  # noqa: N818 - it says what the text is
    """SQLite read what is stored, but it is not what the program wrote."""


def legible(read: Callable[P, T]) -> Callable[P, T]:
    """A function that reads stored text, raising Illegible where that is not what was written."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise Illegible(str(error)) from error

    return reading


@contextmanager
def answered(path: str) -> Iterator[None]:
    """Raise Rejected for any error of the database in the block."""
    try:
        yield
    except sqlite3.Error as error:
        raise Rejected([_problem(error, path)]) from error


def _problem(error: sqlite3.Error, path: str) -> Problem:
    """The error as a problem; SQLite's own words only where there are no better."""
    if isinstance(error, Illegible):
        what, _, remedy = _DAMAGED
        return Problem(what, path, "det som står i det är inte det som skrevs", remedy)
    name = getattr(error, "sqlite_errorname", "") or ""
    # Extended names begin with the plain one: SQLITE_IOERR_WRITE, SQLITE_READONLY_DIRECTORY.
    for plain, (what, why, remedy) in _ANSWERS.items():
        if name.startswith(plain):
            return Problem(what, path, why, remedy)
    why = f"databasen svarar: {error}"
    return Problem("registret kan inte användas", path, why, "kontrollera att filen är ett avtalsregister")
