"""Text as it may come on a terminal: what a terminal would carry out stands as a sign that is seen.

Titles in rule files, names of files and registers that others have written to may hold anything, and a terminal takes
control sequences from whatever is written to it. In comes text from anybody, out comes text that only shows.
"""

from collections.abc import Mapping
from types import MappingProxyType

_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What follows these is shown in another order than it stands in."""
_SILENT = "\a\b\v\f\r"
"""Left out: they would ring, or move the cursor."""
_KEPT = "\n\t"
_SHOWN: Mapping[int, str | None] = MappingProxyType(
    {code: "\N{REPLACEMENT CHARACTER}" for code in (*_CONTROLS, *_TURNING) if chr(code) not in _KEPT}
    | dict.fromkeys(map(ord, _SILENT))
)


def visible(text: str) -> str:
    """The text without what a terminal would carry out; lines and tabs are kept."""
    return text if text.isprintable() else text.translate(_SHOWN)
