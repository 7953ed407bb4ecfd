"""Regular expressions that are made when one of them is first used.

Making one takes Python longer than reading the module that it stands in, and a command reads many modules whose
expressions it never asks. In come a pattern and flags, out comes what `re.compile` gives, made later.
"""

import re
from typing import Any, cast


class _Later:
    """Stands for an expression; what is asked of it is kept beside it, and then costs nothing more."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._said = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._said), name)
        setattr(self, name, found)
        return found


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression. A mistake in it raises re.error at its first use."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
