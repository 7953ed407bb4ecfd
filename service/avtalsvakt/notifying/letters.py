"""A letter as a value: a subject, parts with headings, items in them. Written as text here, as HTML by drawing.py.

In come values in Swedish, out comes what a mail program shows. Pure.
"""

from collections.abc import Iterator
from textwrap import fill

from msgspec import Struct

WIDTH = 72
"""Columns of the text, as mail programs have always shown it whole."""


class Item(Struct, frozen=True):
    """One thing that is told. `tone` is `late`, `soon`, `asked` or `done`; a `command` stands in for a link."""

    title: str
    tone: str
    lines: tuple[str, ...] = ()
    link: str | None = None
    command: str | None = None
    link_text: str = "Visa och registrera"


class Part(Struct, frozen=True):
    """Items under a heading; `more` says how many are left out."""

    heading: str
    items: tuple[Item, ...]
    lead: str = ""
    more: str = ""


class Letter(Struct, frozen=True):
    """A whole letter. `opening` says in a sentence what it is about, `foot` why it comes and how it is stopped."""

    subject: str
    opening: str
    parts: tuple[Part, ...]
    foot: tuple[str, ...]


def as_text(letter: Letter) -> str:
    """The letter as plain text."""
    blocks = [_folded(letter.opening)]
    for part in letter.parts:
        blocks.append(f"{part.heading.upper()}" + (f"\n{_folded(part.lead)}" if part.lead else ""))
        blocks += ["\n".join(_item(one)) for one in part.items]
        blocks += [part.more] if part.more else []
    blocks.append("-- \n" + "\n".join(map(_folded, letter.foot)))
    return "\n\n".join(blocks) + "\n"


def _item(item: Item) -> Iterator[str]:
    yield _folded(f"* {item.title}", "  ")
    yield from (_folded(f"  {line}", "  ") for line in item.lines)
    if item.link:
        yield f"  {item.link_text}: {item.link}"
    elif item.command:
        yield f"  {item.command}"


def _folded(text: str, further: str = "") -> str:
    """The text in lines of at most WIDTH; an address or a key is never broken."""
    return fill(text, WIDTH, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)
