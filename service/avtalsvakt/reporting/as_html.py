"""A document as HTML that stands alone: its own style sheet inside, nothing loaded, and it prints on A4.

In comes a document, out comes text. `content` is the part that a page of another face can take in.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import singledispatch
from html import escape
from importlib.resources import files
from types import MappingProxyType

from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.picture import key, svg, told

_TICK = '<path d="M-3.2.2-1 2.6 3.4-2.4" fill="none" stroke='
GREEN, RED, GREY = "#12502d", "#8c1c13", "#4a4a4a"
MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        d.GOOD: (GREEN, f'<circle r="7"/>{_TICK}"#fff"/>'),
        d.LATE: (GREEN, f'<circle r="6.2" fill="#fff" stroke="{GREEN}"/>{_TICK}"{GREEN}"/>'),
        d.BAD: (RED, '<path d="M-7-7H7V7H-7Z"/><path d="M-3-3 3 3M3-3-3 3" stroke="#fff"/>'),
        d.WAIT: (GREY, f'<circle r="6.2" fill="#fff" stroke="{GREY}"/><path d="M0-4V.5" stroke="{GREY}"/>'),
        d.QUIET: (GREY, '<path d="M0-7 7 0 0 7-7 0Z"/>'),
    }
)
"""The mark of each tone; its shape tells it apart without colour, and the word beside it says the same."""


def page(document: d.Document) -> str:
    """The whole page."""
    style = files("avtalsvakt.reporting").joinpath("report.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)} – Avtalsvakt</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{content(document)}\n</main>\n</body>\n</html>\n"
    )


def content(document: d.Document) -> str:
    """What stands in the page, from its heading on."""
    head = (
        f"<h1>{escape(document.title)}</h1>",
        f'<p class="lead">{escape(document.lead)}</p>',
        f'<p class="about">{escape(document.about)}</p>',
    )
    return "\n".join((*head, *(block(one) for one in document.blocks)))


@singledispatch
def block(one: object) -> str:
    """One block as HTML."""
    raise TypeError(f"no such block: {one!r}")


@block.register
def _(one: d.Heading) -> str:
    return f"<h{one.level}>{escape(one.text)}</h{one.level}>"


@block.register
def _(one: d.Paragraph) -> str:
    return f"<p>{escape(one.text)}</p>"


@block.register
def _(one: d.Numbers) -> str:
    items = "".join(f"<li><b>{number}</b>{_said(said)}</li>" for number, said in one.counts)
    return f'<ul class="numbers">{items}</ul>'


@block.register
def _(one: d.Table) -> str:
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in one.columns)
    rows = "\n".join(f"<tr>{''.join(_cells(row, one.columns))}</tr>" for row in one.rows)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


@block.register
def _(one: d.Picture) -> str:
    marks = "".join(f"<li>{drawn}{escape(meaning)}</li>" for drawn, meaning in key(one))
    lines = "".join(f"<li>{escape(line)}</li>" for line in told(one))
    return (
        f'<figure>\n{svg(one)}\n<ul class="key">{marks}</ul>\n</figure>\n'
        f'<details class="twin" open><summary>Bilden som text</summary><ul>{lines}</ul></details>'
    )


@block.register
def _(one: d.Matters) -> str:
    told_ = (
        f"<dt>{escape(title)}</dt>" + "".join(f"<dd>{escape(line)}</dd>" for line in (stands, *lines))
        for title, stands, lines in one.entries
    )
    return "<dl>\n" + "\n".join(told_) + "\n</dl>"


def _cells(row: tuple[d.Cell, ...], columns: tuple[str, ...]) -> Iterator[str]:
    """The first text of a row is its heading; the others say what they are, for where there is no room for columns."""
    headed = False
    for cell, title in zip(row, columns, strict=True):
        about = f' data-head="{escape(title)}"' if cell else ""
        if isinstance(cell, str) and not headed:
            headed = True
            yield f'<th scope="row">{escape(cell)}</th>'
        elif isinstance(cell, date):
            yield f'<td class="day"{about}>{cell.isoformat()}</td>'
        else:
            yield f"<td{about}>{_said(cell) if isinstance(cell, d.Said) else escape(str(cell or ''))}</td>"


def _said(said: d.Said) -> str:
    colour, shape = MARKS[said.tone]
    mark = (
        '<svg viewBox="-8 -8 16 16" width="13" height="13" aria-hidden="true" '
        f'fill="{colour}" stroke-width="1.8">{shape}</svg>'
    )
    return f'<span class="said {said.tone}">{mark}{escape(said.text)}</span>'
