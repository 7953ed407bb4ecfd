"""Readers in JavaScript and C, and those from Python's package index, read every event of every feed alike."""

import pytest
from tests.calendars.readers import READERS, by_icalendar
from tests.interop.feeds import feeds
from tests.interop.outside import OUTSIDE, ordered

FEEDS = feeds()
ALL = READERS | OUTSIDE
MISREAD = {("backslash", "ics"), ("backslash", "node-ical")}
"""They take escapes away one kind after the other, so that a backslash before an n becomes a line break."""


@pytest.mark.parametrize("reader", ALL)
@pytest.mark.parametrize("feed", FEEDS)
def test_every_reader_agrees(feed: str, reader: str, request: pytest.FixtureRequest) -> None:
    if (feed, reader) in MISREAD:
        request.applymarker(pytest.mark.xfail(reason="the reader's own mistake", strict=True))
    assert ordered(ALL[reader](FEEDS[feed])) == ordered(by_icalendar(FEEDS[feed]))
