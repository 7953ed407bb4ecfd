"""A document as plain text, for a terminal, a pipe or a mail. In comes a document, out come lines."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch
from textwrap import wrap

from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.picture import told

WIDTH = 98


def lines(document: d.Document) -> Iterator[str]:
    """The whole document."""
    yield document.title
    yield from _wrapped(document.lead)
    yield from _wrapped(document.about)
    for one in document.blocks:
        yield from block(one)


@singledispatch
def block(one: object) -> Iterable[str]:
    """The lines of one block."""
    raise TypeError(f"no such block: {one!r}")


@block.register
def _(one: d.Heading) -> Iterable[str]:
    return ("", one.text.upper() if one.level == 2 else one.text)


@block.register
def _(one: d.Paragraph) -> Iterable[str]:
    return _wrapped(one.text)


@block.register
def _(one: d.Numbers) -> Iterable[str]:
    return _wrapped(", ".join(f"{number} {said.text}" for number, said in one.counts))


@block.register
def _(one: d.Table) -> Iterable[str]:
    """Each row by itself: no column is ever cut or broken to fit."""
    for row in one.rows:
        texts = [_plain(cell) for cell in row]
        head = next((place for place, cell in enumerate(row) if isinstance(cell, str)), 0)
        rest = [f"{title.lower()}: {text}" for place, (title, text) in enumerate(zip(one.columns, texts, strict=True))
                if text and place != head]  # fmt: skip
        yield from _wrapped(texts[head], "- ")
        yield from _wrapped("; ".join(rest), "    ")


@block.register
def _(one: d.Picture) -> Iterable[str]:
    for line in told(one):
        yield from _wrapped(line, "- ")


@block.register
def _(one: d.Matters) -> Iterable[str]:
    for title, stands, more in one.entries:
        yield from _wrapped(title, "- ")
        for line in (stands, *more):
            yield from _wrapped(line, "    ")


def _plain(cell: d.Cell) -> str:
    if isinstance(cell, d.Said):
        return cell.text
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")


def _wrapped(text: str, first: str = "") -> list[str]:
    return wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
