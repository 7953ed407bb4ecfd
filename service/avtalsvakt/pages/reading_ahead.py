"""Reads what the first page shows before anybody asks: when serving begins, after a night, and at midnight."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from avtalsvakt.pages.desk import Desk, look
from avtalsvakt.pages.start_page import week
from avtalsvakt_rules.problems import Rejected

EVERY = 10.0
"""Seconds between looks at the register's file: where nothing has been written, that is all there is to it."""

log = logging.getLogger("avtalsvakt.web")


@contextmanager
def reading_ahead(database: Path, rules: tuple[Path, ...], clock: Callable[[], datetime]) -> Iterator[None]:
    """Read ahead in a thread of its own while the block runs."""
    stop = threading.Event()
    desk = Desk(database, rules, clock)
    thread = threading.Thread(target=_read_until, args=(stop, desk), name="förläsning", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)


def _read_until(stop: threading.Event, desk: Desk) -> None:
    while not stop.is_set():
        try:
            week(look(desk.settings(None)))
        except Rejected:  # there has been no run yet, or the register cannot be read: the page says so when asked for
            pass
        except Exception:
            log.exception("första sidan kunde inte läsas i förväg")
        stop.wait(EVERY)
