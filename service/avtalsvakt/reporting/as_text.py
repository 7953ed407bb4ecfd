"""A document as plain text, for a terminal, a pipe or a mail. In comes a document, out come lines."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch
from textwrap import wrap

from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.picture import told

WIDTH = 98
Line = tuple[str, str]
"""What its first line begins with, and the text."""


def lines(document: d.Document, width: int = WIDTH) -> Iterator[str]:
    """The whole document, folded at words to the width."""
    head = (("", text) for text in (document.title, document.lead, document.about) if text)
    for first, text in (*head, *(line for one in document.blocks for line in block(one))):
        yield from _wrapped(text, first, width)


@singledispatch
def block(one: object) -> Iterable[Line]:
    """The lines of one block, not yet folded."""
    raise TypeError(f"no such block: {one!r}")


@block.register
def _(one: d.Heading) -> Iterable[Line]:
    return (("", ""), ("", one.text.upper() if one.level == 2 else one.text))


@block.register
def _(one: d.Paragraph) -> Iterable[Line]:
    return (("", one.text),)


@block.register
def _(one: d.Numbers) -> Iterable[Line]:
    return (("", ", ".join(f"{number} {said.text}" for number, said in one.counts)),)


@block.register
def _(one: d.Table) -> Iterable[Line]:
    """Each row by itself: no column is ever cut or broken to fit."""
    for row in one.rows:
        texts = [_plain(cell) for cell in row]
        head = next((place for place, cell in enumerate(row) if isinstance(cell, str)), 0)
        rest = [f"{title.lower()}: {text}" for place, (title, text) in enumerate(zip(one.columns, texts, strict=True))
                if text and place != head]  # fmt: skip
        yield "- ", texts[head]
        yield "    ", "; ".join(rest)


@block.register
def _(one: d.Picture) -> Iterable[Line]:
    return (("- ", line) for line in told(one))


@block.register
def _(one: d.Matters) -> Iterable[Line]:
    for title, stands, more in one.entries:
        yield "- ", title
        yield from (("    ", line) for line in (stands, *more))


def _plain(cell: d.Cell) -> str:
    if isinstance(cell, d.Said):
        return cell.text
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")


def _wrapped(text: str, first: str, width: int) -> list[str]:
    """The text folded; an empty one that begins with nothing is an empty line."""
    folded = wrap(
        text, width, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return folded if folded or first else [""]
