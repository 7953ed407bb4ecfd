"""The reasons of an explanation as a reader without a command line takes them. Pure."""

import re
from collections.abc import Iterable

from avtalsvakt_engine.explaining.explanations import Part

_CORRECT = re.compile(r"avtalsvakt correct (\S+).*")


def without_command(line: str) -> str:
    """The line with what a command would do in its place: `uppgift om källor: rätta ost-070`."""
    return _CORRECT.sub(r"rätta \1", line).strip()


def reason_lines(parts: Iterable[Part]) -> tuple[str, ...]:
    """The lines under their headings, without commands: `Saknas: att lägesbilden uppdateras`."""
    return tuple(
        f"{part.heading}: {text}." if not text.endswith((".", "?")) else f"{part.heading}: {text}"
        for part in parts
        for line in part.lines
        if (text := without_command(line))
    )
