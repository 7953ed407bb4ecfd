"""What was recorded and what it will change, on the screen."""

from collections.abc import Iterator

from avtalsvakt.recording.command_line import Change, Recorded
from avtalsvakt.terminal.screen import console
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.verdicts import Verdict

SHOWN = 12


def show(done: Recorded) -> None:
    """Write the fact with its id, and the verdicts that the next run will change."""
    out = console()
    word = "Skulle registreras" if done.rehearsed else "Registrerat"
    out.print(f"{word}: {fact_words(done.fact, names_of())}")
    for line in _changes(done):
        out.print(line)
    if done.rehearsed:
        out.print("Provkörning: inget har skrivits.")


def _changes(done: Recorded) -> Iterator[str]:
    changes = done.changes
    if not changes:
        yield f"Det {'skulle inte ändra någon' if done.rehearsed else 'ändrar ingen'} bedömning."
        return
    yield f"Vid nästa körning {'skulle ändras' if done.rehearsed else 'ändras'}:"
    for one in changes[:SHOWN]:
        yield f"  {one.duty}: {_said(one)}"
    if len(changes) > SHOWN:
        yield f"  och {len(changes) - SHOWN} till"


def _said(change: Change) -> str:
    """The change in words: `närmar sig 1/2 → uppfylld 2/2`."""
    if change.becomes is None:
        return "faller bort"
    if change.was is None:
        return f"ny, {_state(change.becomes)}"
    return f"{_state(change.was)} → {_state(change.becomes)}"


def _state(verdict: Verdict) -> str:
    done = f" {verdict.counted}/{verdict.required}" if verdict.required else ""
    return f"{labels.status(verdict.status)}{done}"
