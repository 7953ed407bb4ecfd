"""The time of a report drawn as SVG, and told as text: the same marks on the same days.

In comes a Picture, out come texts. Every kind of mark has a shape of its own, so that nothing is told by colour alone,
and everything is written as attributes: the picture needs no style sheet and loads nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType

from avtalsvakt.answers import year_picture as y
from avtalsvakt.reporting.axis import Axis
from avtalsvakt.reporting.day_words import day_words, listed, only_year
from avtalsvakt.reporting.document import Picture
from avtalsvakt_calendars.phrases import clip

WIDTH, LEFT, RIGHT, TOP, ROW = 720, 264, 12, 26, 30
GREEN, RED, GREY, BLUE = "#12502d", "#8c1c13", "#4a4a4a", "#1c4e80"
TITLE, NOTE = 46, 50  # letters that fit beside a lane
FONT = 'font-family="Liberation Sans, Arial, Helvetica, sans-serif" font-size="10.5"'
CLEAR = 34  # units between two days that are written out

SHAPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        y.DONE: (f'<circle r="5" fill="{GREEN}"', "gjort i tid"),
        y.LATE: (f'<circle r="4.2" fill="#fff" stroke="{GREEN}" stroke-width="2"', "gjort för sent"),
        y.MISSED: (f'<path d="M0-6.5 6.5 5H-6.5Z" fill="{RED}"', "inte gjort i tid"),
        y.ADVICE: (f'<path d="M0-6 6 5H-6Z" fill="#fff" stroke="{RED}" stroke-width="1.8"', "rekommendation ej följd"),
        y.WAIVED: (f'<path d="M0-6 6 0 0 6-6 0Z" fill="{BLUE}"', "undantag medgivet"),
        y.OPEN: (f'<path d="M-4-4H4V4H-4Z" fill="#fff" stroke="{GREY}" stroke-width="1.8"', "sista dag, återstår"),
    }
)
"""How each mark is drawn, and what it means."""


def svg(picture: Picture) -> str:
    """The picture with the text that stands for it where it cannot be seen."""
    axis = Axis(picture.start, picture.end, LEFT, WIDTH - LEFT - RIGHT)
    height = TOP + ROW * len(picture.lanes) + 4
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    named = f'role="img" aria-label="{escape(picture.title)}. Samma uppgifter står som text under bilden."'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" {size} {named} {FONT}>']
    for place, label in axis.ticks():
        lines.append(f'<path d="M{place} {TOP - 8}V{height}" stroke="#d0d0d0"/>')
        lines.append(f'<text x="{place + 2}" y="12" fill="{GREY}">{label}</text>')
    for number, lane in enumerate(picture.lanes):
        lines += _lane(lane, axis, TOP + ROW * number, only_year(picture.start, picture.end))
    return "\n".join((*lines, "</svg>"))


def _lane(lane: y.Lane, axis: Axis, top: int, year: int | None) -> Iterator[str]:
    middle = top + 8
    yield f'<text x="0" y="{top + 9}" font-weight="bold" fill="#111">{escape(clip(lane.title, TITLE))}</text>'
    yield f'<text x="0" y="{top + 20.5}" fill="{GREY}">{escape(clip(note(lane, year), NOTE))}</text>'
    length = WIDTH - LEFT - RIGHT
    yield f'<rect x="{LEFT}" y="{middle - 4}" width="{length}" height="8" rx="2" fill="#f1f1f1" stroke="#d0d0d0"/>'
    written = -float(CLEAR)
    for mark in lane.marks:
        place = axis.place(mark.day)
        yield f'<g transform="translate({place} {middle})">{SHAPES[mark.kind][0]}/></g>'
        if mark.kind in (y.DONE, y.LATE) and mark.exact and place - written >= CLEAR:
            anchor = "end" if place > WIDTH - 30 else "middle"
            day = f"{mark.day.day}/{mark.day.month}"
            yield f'<text x="{place}" y="{top + 24.5}" text-anchor="{anchor}" fill="{GREY}">{day}</text>'
            written = place


def note(lane: y.Lane, year: int | None) -> str:
    """What is said under a lane's title: `1 av 2`, `klar 18 februari 2026`, `9 av 12 i tid`."""
    if len({one.verdict.due for one in lane.requirements}) > 1 and lane.met < lane.required:
        return f"{lane.met} av {lane.required} i tid"
    if lane.after:
        return f"klar {day_words(max(lane.after), year)}"
    if lane.met == lane.required:
        return "i tid"
    one = lane.requirements[0]
    if one.verdict.required > 1:
        return f"{one.verdict.counted} av {one.verdict.required}"
    told = {"waived": "undantag medgivet", "open": "återstår", "unjudged": "ej bedömd"}
    return told.get(one.outcome, "inget registrerat" if not one.done else "inte uppfyllt")


def key(picture: Picture) -> Iterator[tuple[str, str]]:
    """The marks that the picture has, each as a small picture with its meaning."""
    used = {mark.kind for lane in picture.lanes for mark in lane.marks}
    for kind in y.KINDS:
        if kind in used:
            shape, meaning = SHAPES[kind]
            drawn = f'<svg viewBox="-8 -8 16 16" width="13" height="13" aria-hidden="true">{shape}/></svg>'
            yield drawn, meaning


def told(picture: Picture) -> Iterator[str]:
    """The same as text, a line for each lane: `Styrgruppen träffas två gånger: gjort i tid 20 maj; …`."""
    year = only_year(picture.start, picture.end)
    for lane in picture.lanes:
        marks = "; ".join(_told(lane.marks, year))
        yield f"{lane.title}: {note(lane, year)}" + (f" ({marks})" if marks else "")


def _told(marks: Iterable[y.Mark], year: int | None) -> Iterator[str]:
    found = list(marks)
    for kind in y.KINDS:
        days = [day_words(one.day, year, "day" if one.exact else "month") for one in found if one.kind == kind]
        if days:
            yield f"{SHAPES[kind][1]} {listed(days)}"
