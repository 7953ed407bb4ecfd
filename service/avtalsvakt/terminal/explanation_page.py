"""An explanation on the screen: the verdict first, then the reasons under headings in a narrow left column.

It fits one screen; what does not is counted on the last line, with the way to see it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from avtalsvakt.terminal import how_to_lines
from avtalsvakt.terminal.screen import STYLES, console
from avtalsvakt.terminal.styled_lines import Line, line
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.explanations import Explanation, Part

if TYPE_CHECKING:
    from avtalsvakt.answers.acts import HowTo

HEADINGS = 13  # columns
SCREEN = 25  # lines
LEAST = ("Regler", "Historik", "Källor", "Läsningar", "Kedja", "Avtal", "Ord", "Räknas", "Överträdelse")
"""What is left out first where there is no room; what is not named here never is, but cut short."""

HOW = "Gör så här"
WHAT = ("Saknas", "Möjligt")

Laid = list[tuple[str, list[Line]]]


def with_acts(explanation: Explanation, how: "HowTo | None") -> Explanation:
    """The explanation with the commands that meet the duty, after what is missing; unchanged where there are none."""
    if how is None or not how.acts:
        return explanation
    place = next((number for number, part in enumerate(explanation.parts, 1) if part.heading in WHAT), 0)
    parts = list(explanation.parts)
    parts.insert(place or len(parts), Part(HOW, how_to_lines.whole(how.acts)))
    return replace(explanation, parts=tuple(parts))


def show(explanation: Explanation, foot: str, *, whole: bool = False) -> None:
    """Write the explanation; `foot` says what it was judged on. All of it where `whole` is asked for."""
    out = console()
    laid = [(part.heading, _lines(part, out.width), part.more) for part in explanation.parts]
    everything = [(heading, lines) for heading, lines, _ in laid]
    first = [(heading, lines) for heading, lines, more in laid if not more]
    head = [
        line(explanation.title, "bold"),
        line(explanation.duty, "dim", whole=True),
        line(),
        line(explanation.summary, STYLES.get(explanation.status, "bold")),
        line(),
    ]
    taken = sum(len(list(one.fitted(out.width))) for one in head) + 2  # with the foot and the line about the rest
    shown = everything if whole else _fitting(first, SCREEN - taken)
    for text in (*head, *(one for _, lines in shown for one in lines), line(foot, "dim")):
        out.print(text)
    if left := _count(everything) - _count(shown):
        out.print(f"Med --all visas {counted(left, 'rad', 'rader')} till.", "dim")


def _fitting(laid: Laid, room: int) -> Laid:
    """As much as there is room for: the least important parts are left out, then the longest are cut short."""
    kept = list(laid)
    for name in LEAST:
        if _count(kept) <= room:
            break
        kept = [(heading, lines) for heading, lines in kept if heading != name]
    while _count(kept) > room and any(len(lines) > 1 for _, lines in kept):
        longest = max(range(len(kept)), key=lambda place: len(kept[place][1]))
        kept[longest] = (kept[longest][0], kept[longest][1][:-1])
    return kept


def _count(laid: Sequence[tuple[str, list[Line]]]) -> int:
    return sum(len(lines) for _, lines in laid)


def _lines(part: Part, width: int) -> list[Line]:
    """The lines of one part: the heading beside the first, the rest under it, long ones wrapped in their column."""
    from textwrap import wrap

    found = []
    for number, told in enumerate(part.lines):
        pieces = wrap(told, width - HEADINGS, subsequent_indent="  ", break_on_hyphens=False) or [""]
        for place, piece in enumerate(pieces):
            heading = part.heading if number == place == 0 else ""
            found.append(line(f"{heading:<{HEADINGS}}", "bold").and_then(piece))
    return found
