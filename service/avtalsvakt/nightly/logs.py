"""The log of the service: a line for each thing that happens, as text or as JSON, in Swedish time.

Only this module knows structlog. In come a text and fields, out goes a line on stdout. As text, problems go to stderr
in four lines, as everywhere else; as JSON everything is one line, with a problem's four parts as fields.
"""

import json
import logging
import sys
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog

from avtalsvakt import clock
from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.terminal import failures
from avtalsvakt_rules.problems import Problem

TEXT, JSON = "text", "json"
FORMS = (TEXT, JSON)

Event = MutableMapping[str, Any]


def configure(form: str = TEXT) -> None:
    """Write from now on as text or as JSON."""
    structlog.configure(
        processors=[_timed, _as_json if form == JSON else _as_text],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stdout),
        cache_logger_on_first_use=False,
    )


def say(text: str, **fields: object) -> None:
    """A line in the log, with the moment. A log that cannot be written stops nothing: the disk may be full."""
    with suppress(OSError):
        _logger().info(text, **fields)


def tell(problems: Iterable[Problem], heading: str = "Fel") -> None:
    """Problems: as text on stderr, as JSON a line each."""
    found = list(problems)
    with suppress(OSError):
        if not _is_json():
            failures.tell(found, heading=heading)
            return
        for one in found:
            _logger().warning(one.what, where=one.where, why=one.why, remedy=one.remedy)


class JsonFormatter(logging.Formatter):
    """What the standard library's loggers say (the web server's), as a line of the same JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, STOCKHOLM).isoformat(timespec="seconds")
        return _line({"time": moment, "level": record.levelname.lower(), "event": record.getMessage()})


def _logger() -> Any:
    if not structlog.is_configured():
        configure()
    return structlog.get_logger()


def _is_json() -> bool:
    return structlog.is_configured() and structlog.get_config()["processors"][-1] is _as_json


def _timed(_logger: object, name: str, event: Event) -> Event:
    return {"time": clock.now(), "level": name, **event}


def _as_json(_logger: object, _name: str, event: Event) -> str:
    return _line({**event, "time": event["time"].isoformat(timespec="seconds")})


def _as_text(_logger: object, _name: str, event: Event) -> str:
    return f"{event['time']:%Y-%m-%d %H:%M:%S} {event['event']}"


def _line(told: Event) -> str:
    return json.dumps(told, ensure_ascii=False, default=str)
