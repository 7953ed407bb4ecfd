"""Swedish in a calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_calendars.phrases import clip, long_day, one_line, period_words, short_day


def test_days_are_written_out_in_text_and_short_in_summaries():
    assert long_day(date(2026, 8, 1)) == "1 augusti 2026"
    assert short_day(date(2026, 12, 31)) == "31 dec 2026"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2026", "2026"),
        ("2026-H1", "halvår 1 2026"),
        ("2026-Q4", "kvartal 4 2026"),
        ("2026-03", "mars 2026"),
        ("2026-VT", "vt 2026"),
        ("2026-HT", "ht 2026"),
        ("2023/2026", "2023–2026"),
        ("2026-13", "2026-13"),
        ("term-2", "avtalstid 2"),
    ],
)
def test_period_labels_become_words(label, words):
    assert period_words(label) == words


@given(st.text(max_size=100), st.integers(min_value=1, max_value=60))
def test_a_clipped_text_is_no_longer_than_asked_and_begins_as_the_text(text, length):
    clipped = clip(text, length)
    assert len(clipped) <= length
    assert clipped == text or text.startswith(clipped.removesuffix("…"))


def test_white_space_of_every_kind_becomes_one_space():
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"
