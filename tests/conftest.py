"""What all tests share: how many cases a run has checked, told at its end: a faster run is seen to check no less.

A test counts once. One that runs a file of cases says how many expectations it held (`record_property("expectations",
…)`), and one whose input is drawn counts every draw.
"""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

COUNTED = ("expectations", "draws")
MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000  # bytes; a run leaves less than half of it behind at any time

PROFILES = {"moderate": 150, "wide": 600, "deep": 3000}
"""How many inputs a test draws at most. Those of `moderate` are the same every time: what a change has to pass must not
hang on chance. The others are new each time, to find what nobody has thought of (`make draws`)."""
for name, most in PROFILES.items():
    settings.register_profile(
        name, deadline=None, max_examples=most, derandomize=name == "moderate", report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "moderate")
settings.load_profile(PROFILE)
if PROFILE == "moderate":
    # Numbers and texts out of the program's own modules are drawn too, of those that the process has read so far: with
    # them a test draws something else after another test, or in another process.
    vars(providers)["_get_local_constants"] = lambda: providers._local_constants


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests' own folders lie in memory where there is room, since a disk is flushed thousands of times.

    What is read of rule files is kept in a folder of the run, the same for all its processes: what the account keeps is
    neither used, changed nor pushed out.
    """
    if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if "PYTEST_XDIST_WORKER" not in os.environ:
        kept = tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"), prefix="avtalsvakt-")
        os.environ["AVTALSVAKT_CACHE"] = kept.name
        config.add_cleanup(kept.cleanup)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a test that waits for a server, a clock or a kill leaves one idle."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while the tests are read, of which nothing is any."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Leave what was read so far (program, tests, rulebooks) out of the search for garbage: it all stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 10)


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
