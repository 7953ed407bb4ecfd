"""Draws a letter as HTML that mail programs show: tables and inline style, nothing fetched.

In comes a letter, out comes a document; all that is filled in is escaped.
"""

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from avtalsvakt.notifying.letters import Letter

TONES = MappingProxyType(
    {
        "late": ("Försenat", "#a3120a", "#fdeeed"),
        "soon": ("Snart", "#7a4a00", "#fff6e5"),
        "asked": ("Fråga", "#1b4f8f", "#eef4fc"),
        "done": ("Klart", "#1d6b35", "#edf7f0"),
    }
)
"""By tone: the word, its colour (at least 4.5 to 1 on its ground) and the ground."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def as_html(letter: Letter) -> str:
    """The letter as one HTML document."""
    return _environment().get_template("letter.html").render(letter=letter, tones=TONES)
