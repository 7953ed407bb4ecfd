"""What may be asked of `avtalsvakt import` together: files of one sort, and flags that have an effect on them.

In come files and flags, out comes nothing, or Rejected: what is accepted has an effect.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from avtalsvakt_rules.problems import Problem, Rejected

CALENDARS = (".ics", ".ical", ".ifb", ".vcs")
_FLAGS = {"as_recorded": "as-recorded", "mapped": "map", "ignored": "ignore"}
_ALLOWED = {
    "en kalender": {"--confirm", "--only", "--partial"},
    "en tabell": {"--partial", "--as-recorded", "--map", "--ignore", "--sheet"},
    "en lista": {"--list"},
    "en import som återkallas": {"--undo", "--reason"},
}


def refuse_mixed(files: Sequence[Path], flags: Mapping[str, Any]) -> None:
    """Raise Rejected for files of different sorts, for none, and for flags that have no effect on what is given."""
    given = {f"--{_FLAGS.get(name, name)}" for name, value in flags.items() if value not in (None, False, ())}
    of = _sort(files, given)
    if {"--confirm", "--only"} <= given:
        why = "den ena registrerar alla förslag, den andra några"
        raise Rejected([Problem("--confirm och --only säger emot varandra", "--only", why, "ange en av dem")])
    for lost in sorted(given - _ALLOWED[of]):
        raise Rejected([Problem(f"{lost} har ingen verkan här", lost, f"flaggan gäller inte {of}", "utelämna den")])


def _sort(files: Sequence[Path], given: set[str]) -> str:
    """What the command is asked about. Raises Rejected where that is not clear."""
    asked = given & {"--list", "--undo"}
    if asked and files:
        why = "en import listas eller återkallas för sig"
        raise Rejected([Problem(f"det står både en fil och {min(asked)}", str(files[0]), why, "gör en sak i taget")])
    if asked:
        return "en lista" if "--list" in asked else "en import som återkallas"
    if not files:
        remedy = "ange en fil, --list eller --undo NUMMER"
        raise Rejected([Problem("det står inte vad som ska läsas in", "FIL", "kommandot läser filer", remedy)])
    calendars = [file for file in files if file.suffix.lower() in CALENDARS]
    if calendars and len(calendars) < len(files):
        why = "möten ur en kalender ska bekräftas, och andra filer läses in direkt"
        raise Rejected([Problem("filerna är av olika slag", str(calendars[0]), why, "läs in kalendern för sig")])
    return "en kalender" if calendars else "en tabell"
