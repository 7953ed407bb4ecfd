"""Where a letter leads: to the pages, where the program is reached from outside; else nowhere, and a command is shown.

`Links` is what letters ask. Whoever makes addresses of another kind for questions (one that needs no sign-in, say)
gives them as `questions`.
"""

from collections.abc import Callable
from urllib.parse import quote

from msgspec import Struct

from avtalsvakt_engine.verdicts import Verdict


class Links(Struct, frozen=True):
    """The addresses in letters.

    `base` is where the pages are, without a slash at its end; `questions` gives the address where a function answers
    what an agreement asks it, or None.
    """

    base: str | None = None
    questions: Callable[[str, str], str | None] = lambda _agreement, _function: None

    def duty(self, verdict: Verdict) -> str | None:
        """The page of a duty."""
        return f"{self.base}/skyldighet/{quote(verdict.duty)}" if self.base else None

    def asked(self, agreement: str, function: str) -> str | None:
        """Where a function answers."""
        own = self.questions(agreement, function)
        if own or not self.base:
            return own
        return f"{self.base}/fragor/{quote(agreement)}?funktion={quote(function)}"
