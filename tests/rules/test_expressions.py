"""Regular expressions that are made when they are first used give what made ones give."""

import re

import pytest

from avtalsvakt_rules.texts.expressions import expression


def test_one_answers_as_one_that_is_made_at_once() -> None:
    later, at_once = expression(r"(\d{4})-(\d\d)", re.ASCII), re.compile(r"(\d{4})-(\d\d)", re.ASCII)
    for _ in range(2):
        found = later.fullmatch("2026-03")
        assert found is not None
        assert found.groups() == ("2026", "03")
        assert later.fullmatch("2026") is None
    assert later.sub("x", "i 2026-03, ej ٢٠٢٦-٠٣") == at_once.sub("x", "i 2026-03, ej ٢٠٢٦-٠٣") == "i x, ej ٢٠٢٦-٠٣"
    assert (later.pattern, later.flags) == (at_once.pattern, at_once.flags)


def test_a_mistake_in_one_is_told_when_it_is_used() -> None:
    with pytest.raises(re.error, match="unterminated"):
        expression("(").search("")
