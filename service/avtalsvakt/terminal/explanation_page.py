"""An explanation on the screen: the verdict first, then the reasons under headings in a narrow left column."""

from avtalsvakt.terminal.screen import STYLES, console
from avtalsvakt_engine.explaining.explanations import Explanation, Part

HEADINGS = 13  # columns


def show(explanation: Explanation, foot: str) -> None:
    """Write the explanation; `foot` says what it was judged on."""
    from rich.text import Text

    out = console()
    out.print(Text(explanation.title, "bold"))
    out.print(Text(explanation.duty, "dim", overflow="fold"))
    out.print()
    out.print(Text(explanation.summary, STYLES.get(explanation.status, "bold")))
    out.print()
    for part in explanation.parts:
        for text in _lines(part, out.width):
            out.print(text)
    out.print(Text(foot, "dim"))


def _lines(part: Part, width: int) -> "list[object]":
    """The lines of one part: the heading beside the first, the rest under it, long ones wrapped in their column."""
    from textwrap import wrap

    from rich.text import Text

    found: list[object] = []
    for number, line in enumerate(part.lines):
        pieces = wrap(line, width - HEADINGS, subsequent_indent="  ", break_on_hyphens=False) or [""]
        for place, piece in enumerate(pieces):
            heading = part.heading if number == place == 0 else ""
            found.append(Text.assemble((f"{heading:<{HEADINGS}}", "bold"), piece))
    return found
