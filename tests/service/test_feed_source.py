"""What the server's calendars are read through is let go of, however soon the server stops."""

import asyncio
from pathlib import Path

import pytest
from tests.engine.new_registers import empty_register

from avtalsvakt.web.feed_source import FeedSource


def held_open(path: Path) -> int:
    """How many times this process has the file open."""
    return sum(one.resolve() == path for one in Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("asked", [True, False])
def test_stopped_while_the_first_calendar_is_being_made_it_leaves_no_register_open(asked: bool, tmp_path: Path) -> None:
    path = empty_register(tmp_path.resolve() / "r.db")

    async def life() -> None:
        source = FeedSource(path)
        assert held_open(path) == 1
        first = asyncio.ensure_future(source._in_thread(lambda: held_open(path))) if asked else None
        await asyncio.sleep(0)
        await source.close()
        assert first is None or await first == 2

    asyncio.run(life())
    assert held_open(path) == 0
