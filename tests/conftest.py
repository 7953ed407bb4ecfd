"""What all tests share: how many cases a run has checked, told at its end: a faster run is seen to check no less.

A test counts once. One that runs a file of cases says how many expectations it held (`record_property("expectations",
…)`), and one whose input is drawn counts every draw.
"""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

COUNTED = ("expectations", "draws")
MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000  # bytes; a run leaves less than half of it behind at any time


def pytest_configure() -> None:
    """Let the tests' own folders lie in memory where there is room, since a disk is flushed thousands of times."""
    if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Leave what was read so far (program, tests, rulebooks) out of the search for garbage: it all stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count the inputs that hypothesis draws for a test, where it draws any."""
    drawn = getattr(getattr(item, "obj", None), "hypothesis", None)
    if drawn is None:
        yield
        return
    draws: Counter[str] = Counter()
    real = drawn.inner_test
    drawn.inner_test = _counting(real, draws)
    try:
        yield
    finally:
        drawn.inner_test = real
        item.user_properties.append(("draws", draws["draws"]))


def _counting(real: Callable[..., Any], draws: Counter[str]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        draws["draws"] += 1
        return real(*arguments, **named)

    return call


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last line but one: the cases that were checked."""
    passed = terminalreporter.stats.get("passed", [])
    found: Counter[str] = Counter()
    for report in passed:
        found.update({name: number for name, number in report.user_properties if name in COUNTED})
    told = (f"{len(passed)} tests", f"{found['expectations']} expectations in case files", f"{found['draws']} draws")
    terminalreporter.write_line(f"Checked cases: {', '.join(told)}.")
