"""Keeps the log short: whoever can make the server complain must not be able to fill the disk with complaints.

In come records, out come those of a kind that are among the first in a minute; the next one after that minute says how
many were left out. The kind is the logger and the message without its values.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

ENOUGH, WINDOW = 20, 60.0
"""Records of a kind in so many seconds."""
QUIETED = ("uvicorn.error", "avtalsvakt.web", "asyncio")


@dataclass(slots=True)
class _Kind:
    since: float
    told: int = 0
    left: int = 0


class Seldom(logging.Filter):
    """Lets a kind of record through ENOUGH times in a WINDOW."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` measures, in seconds."""
        super().__init__()
        self._now = now
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        now, key = self._now(), (record.name, str(record.msg)[:100])
        kind = self._kinds.get(key)
        if kind is None or now - kind.since >= WINDOW:
            left = kind.left if kind else 0
            self._kinds = {name: one for name, one in self._kinds.items() if now - one.since < WINDOW}
            kind = self._kinds[key] = _Kind(now)
            if left:
                record.msg = f"{record.msg} (och {left} likadana som inte skrevs)"
        kind.told += 1
        if kind.told > ENOUGH:
            kind.left += 1
            return False
        return True


def quiet_logs() -> None:
    """See to it that the web server's loggers repeat themselves seldom; done twice, it is done once."""
    for name in QUIETED:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Seldom) for one in logger.filters):
            logger.addFilter(Seldom())
