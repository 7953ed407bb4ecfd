"""Text in styles, folded to a width: what lists and explanations are made of. Pure.

Signs that take two columns, or none, are counted as terminals show them. A style is words: `bold red`, `white on red`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

_CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"))  # they would move the cursor
_WORD = re.compile(r"\s*\S+\s*")
_PLAIN = "\u0300"  # below this sign each takes one column


class Line(Struct, frozen=True):
    """Parts of text, each with its style; one that is `whole`, as a key is, is never folded."""

    parts: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.parts)

    def and_then(self, text: str, style: str = "") -> "Line":
        """The line with more text."""
        return replace(self, parts=(*self.parts, *line(text, style).parts))

    def followed_by(self, other: "Line") -> "Line":
        """The line with another one after it."""
        return replace(self, parts=(*self.parts, *other.parts))

    def between(self, start: int, end: int | None = None) -> "Line":
        """The signs from one place to another, as in a text."""
        end, at, kept = len(self.plain) if end is None else end, 0, []
        for text, style in self.parts:
            if inside := text[max(0, start - at) : max(0, end - at)]:
                kept.append((inside, style))
            at += len(text)
        return replace(self, parts=tuple(kept))

    def fitted(self, width: int) -> Iterator["Line"]:
        """The line, or the lines, that it takes in so many columns."""
        start = 0
        for text in self.plain.split("\n"):
            one = self.between(start, start + len(text))
            start += len(text) + 1
            yield from [one] if self.whole else _folded(one, text, width)


def line(text: str = "", style: str = "", *, whole: bool = False) -> Line:
    """A line of one text."""
    text = text.translate(_CONTROLS).expandtabs(8)
    return Line(((text, style),) if text else (), whole)


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return len(text) if max(text, default="") < _PLAIN else sum(map(_columns_of, text))


@lru_cache(maxsize=1024)
def _columns_of(sign: str) -> int:
    from unicodedata import category, east_asian_width  # only where somebody wrote such a sign

    return 0 if category(sign) in ("Mn", "Me", "Cf") else 2 if east_asian_width(sign) in "WF" else 1


def _folded(one: Line, text: str, width: int) -> Iterator[Line]:
    places = [0, *_breaks(text, width), len(text)]
    for start, last in pairwise(places):
        end = last
        while text[start:end].endswith(" ") and columns(text[start:end]) > width:
            end -= 1  # spaces beyond the width are left out
        yield one.between(start, end)


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where a line goes on below: before words that do not fit, and inside those that fit nowhere."""
    used = 0
    for found in _WORD.finditer(text):
        word, start = found[0], found.start()
        needed = columns(word.rstrip())
        if used + needed <= width:
            used += columns(word)
            continue
        if used and start:
            yield start
        used = columns(word)
        if needed > width:
            pieces = list(_pieces(word, width))
            yield from (start + place for place in pieces)
            used = columns(word[pieces[-1] :])


def _pieces(word: str, width: int) -> Iterator[int]:
    """The places inside a word at which it has filled another line."""
    used = 0
    for place, sign in enumerate(word):
        size = columns(sign)
        if used + size > width:
            yield place
            used = 0
        used += size
