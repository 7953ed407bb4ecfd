"""Where lines are written: as wide as the window within reason, in colours only where a person sees them.

A window is one if the stream is a terminal, unless the environment says otherwise: FORCE_COLOR and TTY_COMPATIBLE for
or against, TERM=dumb for a terminal that knows no styles, NO_COLOR for one where only bold and dim are wanted, COLUMNS
for its width. Tables and what moves are drawn by rich, which takes longer to load than most commands take.
"""

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

from avtalsvakt.terminal.styled_lines import Line, line

NARROW, PIPED, WIDEST, USUAL = 60, 100, 120, 80
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES: Mapping[str, str] = MappingProxyType(
    {"bold": "1", "dim": "2"}
    | {name: str(30 + place) for place, name in enumerate(_COLOURS)}
    | {f"on {name}": str(40 + place) for place, name in enumerate(_COLOURS)}
)


class Paper:
    """Standard output, line by line. What nobody reads any more raises BrokenPipeError."""

    def __init__(self) -> None:
        """As the environment and the stream are now."""
        window = _is_window()
        self.width = max(NARROW, min(_width() if window else PIPED, WIDEST))
        self._styled = window and not _is_dumb() and sys.platform != "win32"
        self._coloured = not os.environ.get("NO_COLOR")

    def print(self, what: Line | str = "", style: str = "", *, soft_wrap: bool = False) -> None:
        """Write a line, or a text in a style, folded to the width; with `soft_wrap` as it is."""
        given = what if isinstance(what, Line) else line(what, style)
        for one in (Line(given.parts, whole=True) if soft_wrap else given).fitted(self.width):
            sys.stdout.write("".join(self._painted(*part) for part in one.parts) + "\n")
        sys.stdout.flush()

    def _painted(self, text: str, style: str) -> str:
        codes = self._codes(style) if self._styled else ""
        return f"\x1b[{codes}m{text}\x1b[0m" if codes else text

    def _codes(self, style: str) -> str:
        words = style.replace("on ", "on_").split()
        known = [word.replace("on_", "on ") for word in words]
        return ";".join(_CODES[word] for word in known if self._coloured or word in ("bold", "dim"))


def _is_window() -> bool:
    compatible, forced = os.environ.get("TTY_COMPATIBLE"), os.environ.get("FORCE_COLOR")
    if compatible in ("0", "1"):
        return compatible == "1"
    return forced != "" if forced is not None else sys.stdout.isatty()


def _is_dumb() -> bool:
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def _width() -> int:
    """The window's width; where it tells none, as usual."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal():
        return int(said)
    if _is_dumb():
        return USUAL
    for stream in range(3):
        try:
            return os.get_terminal_size(stream).columns or USUAL
        except (ValueError, OSError):  # no terminal
            continue
    return USUAL
