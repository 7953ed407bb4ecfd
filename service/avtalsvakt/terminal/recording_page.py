"""What was recorded and what it will change, on the screen."""

from collections.abc import Iterator

from avtalsvakt.recording.command_line import Recorded
from avtalsvakt.terminal.screen import console
from avtalsvakt.words.own_names import OwnNames
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.verdicts import Verdict

SHOWN = 12


def show(done: Recorded, own: OwnNames) -> None:
    """Write the fact with its id, and the verdicts that it changed or that the next run will change."""
    out = console()
    word = "Skulle registreras" if done.rehearsed else "Registrerat"
    out.print(f"{word}: {fact_words(done.fact, own.of(done.fact.agreement))}")
    for line in _changes(done):
        out.print(line)
    if done.rehearsed:
        out.print("Provkörning: inget har skrivits.")


def _changes(done: Recorded) -> Iterator[str]:
    if done.judged and done.judged.failure:
        return  # told as a warning
    changes = [one for one in done.changes if _state(one.was) != _state(one.becomes)]
    if not changes:
        yield f"Det {'skulle inte ändra någon' if done.rehearsed else 'ändrar ingen'} bedömning."
    else:
        yield _heading(done)
    for one in changes[:SHOWN]:
        yield f"  {one.duty}: {difference_words(one)}"
    if len(changes) > SHOWN:
        yield f"  och {len(changes) - SHOWN} till"
    if done.judged and done.judged.others:
        number = counted(done.judged.others, "bedömning", "bedömningar")
        yield f"Samtidigt ändrades {number} i andra avtal, av dagen eller av tidigare händelser."


def _heading(done: Recorded) -> str:
    if done.rehearsed:
        return "Det skulle ändra:"
    return "Det ändrade:" if done.judged else "Vid nästa körning ändras:"


def difference_words(change: Difference) -> str:
    """The change in words: `närmar sig 1/2 → uppfylld 2/2`."""
    if change.becomes is None:
        return "faller bort"
    if change.was is None:
        return f"ny, {_state(change.becomes)}"
    return f"{_state(change.was)} → {_state(change.becomes)}"


def _state(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    done = f" {verdict.counted}/{verdict.required}" if verdict.required else ""
    return f"{labels.status(verdict.status)}{done}"
