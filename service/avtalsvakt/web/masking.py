"""Keeps secret addresses out of logs: whoever reads a log must not be able to read calendars."""

import logging
import re
from datetime import datetime
from time import struct_time
from typing import Any

from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.subscribing.feed_addresses import FOLDER

# All that follows the folder; and anything as long as a secret, for the folder's name can be written otherwise too.
_SECRET = re.compile(rf"(?<=/{FOLDER}/)[^\s\"']+|[A-Za-z0-9_%-]{{43,}}(?:\.ics)?", re.IGNORECASE)
# What somebody typed into a search may be what a secrecy mark keeps out of everything else.
_ASKED = re.compile(r"(?<=[\w/.*-])\?[^\s\"']+")
MASK = "***.ics"
LOGGERS = ("uvicorn.access", "uvicorn.error", "avtalsvakt.web", "asyncio")
_PLAIN = logging.Formatter()


def masked(text: str) -> str:
    """The text without its secrets, whatever form they are written in, and without what was searched for."""
    return _ASKED.sub("?***", _SECRET.sub(MASK, text))


class MaskSecrets(logging.Filter):
    """Masks what is logged, in the message, in its arguments and in the trace of an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record; never drop it."""
        record.msg = _plain(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_plain, record.args))
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(_PLAIN.formatException(record.exc_info))  # formatters take it as it is
        return True


class StockholmFormatter(logging.Formatter):
    """Tells the time of a record as Stockholm's, whatever the machine is set to."""

    def converter(self, timestamp: float | None) -> struct_time:
        """The moment in Stockholm."""
        return datetime.fromtimestamp(timestamp or 0, STOCKHOLM).timetuple()


def log_requests(form: logging.Formatter | None = None) -> None:
    """Write a line for each request on stderr, with its secret masked; `form` says how, else as text."""
    handler = logging.StreamHandler()
    handler.setFormatter(form or StockholmFormatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logger = logging.getLogger("uvicorn.access")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _plain(value: Any) -> Any:
    """The value, masked if it is a text, or something that would be written as one."""
    if isinstance(value, str):
        return masked(value)
    return value if value is None or isinstance(value, int | float) else masked(str(value))


def mask_logs() -> None:
    """See to it that no logger of the web server writes a secret; done twice, it is done once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, MaskSecrets) for one in logger.filters):
            logger.addFilter(MaskSecrets())
