"""An explanation on the screen: the verdict first, then the reasons under headings in a narrow left column.

It fits one screen; what does not is counted on the last line, with the way to see it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from avtalsvakt.terminal import how_to_lines
from avtalsvakt.terminal.screen import STYLES, console
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.explanations import Explanation, Part

if TYPE_CHECKING:
    from rich.text import Text

    from avtalsvakt.answers.acts import HowTo

HEADINGS = 13  # columns
SCREEN = 25  # lines
LEAST = ("Regler", "Historik", "Källor", "Läsningar", "Kedja", "Avtal", "Ord", "Räknas", "Överträdelse")
"""What is left out first where there is no room; what is not named here never is, but cut short."""

HOW = "Gör så här"
WHAT = ("Saknas", "Möjligt")

Laid = list[tuple[str, list["Text"]]]


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
    from rich.text import Text

    out = console()
    laid = [(part.heading, _lines(part, out.width), part.more) for part in explanation.parts]
    everything = [(heading, lines) for heading, lines, _ in laid]
    first = [(heading, lines) for heading, lines, more in laid if not more]
    head = [
        Text(explanation.title, "bold"),
        Text(explanation.duty, "dim", no_wrap=True, overflow="ignore"),
        Text(),
        Text(explanation.summary, STYLES.get(explanation.status, "bold")),
        Text(),
    ]
    taken = sum(len(one.wrap(out, out.width)) for one in head) + 2  # with the foot and the line about the rest
    shown = everything if whole else _fitting(first, SCREEN - taken)
    for text in (*head, *(line for _, lines in shown for line in lines), Text(foot, "dim")):
        out.print(text)
    if left := _count(everything) - _count(shown):
        out.print(Text(f"Med --all visas {counted(left, 'rad', 'rader')} till.", "dim"))


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


def _count(laid: Sequence[tuple[str, list["Text"]]]) -> int:
    return sum(len(lines) for _, lines in laid)


def _lines(part: Part, width: int) -> list["Text"]:
    """The lines of one part: the heading beside the first, the rest under it, long ones wrapped in their column."""
    from textwrap import wrap

    from rich.text import Text

    found = []
    for number, line in enumerate(part.lines):
        pieces = wrap(line, width - HEADINGS, subsequent_indent="  ", break_on_hyphens=False) or [""]
        for place, piece in enumerate(pieces):
            heading = part.heading if number == place == 0 else ""
            found.append(Text.assemble((f"{heading:<{HEADINGS}}", "bold"), piece))
    return found
