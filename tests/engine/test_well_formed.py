"""A row of verdicts is held to the form that the program gives it, whatever its hashes say."""

from typing import Any

import pytest
from msgspec.structs import replace

from avtalsvakt_engine.storage.conclusions.verdict_rows import Row
from avtalsvakt_engine.storage.conclusions.well_formed import as_written

FIELDS = (
    "wording", "status", "required", "counted", "period", "period_start", "period_end", "trigger", "opens", "due",
    "facts", "not_counted", "part_period", "curable", "grounds", "reason",
)  # fmt: skip
SAID = (
    1, "fulfilled", 2, 1, "2024-H1", "2024-01-01", "2024-06-30", "m1", None, "2024-06-30",
    '["m1","å\\"2"]', '[["m3","för sent"]]', 0, 1, 7, None,
)  # fmt: skip
ROW = Row(9, (1, 2, "2024-H1"), "lokal.moten.2024-H1", SAID, "2024-07-01", None)
EMPTY = {"period": None, "period_start": None, "period_end": None, "facts": None, "not_counted": None, "due": None}


def changed(**said: Any) -> Row:
    """The row with other content."""
    return replace(ROW, content=tuple(said.get(name, value) for name, value in zip(FIELDS, SAID, strict=True)))


@pytest.mark.parametrize("row", [ROW, changed(**EMPTY), replace(ROW, until="2024-12-31")])
def test_what_the_program_writes_is_as_written(row: Row) -> None:
    assert as_written(row)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in ("facts", "not_counted") for value in ("", "[]", "{}", '"m1"', "null", "[", 1)),
        *(("facts", text) for text in ('["m1", "m2"]', "[1]", '["m1",null]', '["\\u00e5"]', '{"m1":1}', '["m1"] ')),
        *(("not_counted", text) for text in ('["m1"]', '[["m1"]]', '[["m1","x","y"]]', '[["m1",1]]', '[["m1", "x"]]')),
        *((name, value) for name in ("opens", "due", "period_start") for value in ("", "20240630", "2024-06-31", 7)),
        *((name, None) for name in ("period", "period_end", "wording", "required", "grounds", "status")),
        *((name, value) for name in ("part_period", "curable") for value in (2, None, "1")),
        ("counted", "1"),
        ("trigger", 1),
        ("reason", b"x"),
    ],
)
def test_a_row_that_the_program_could_not_have_written_is_told_from_others(name: str, value: object) -> None:
    assert not as_written(changed(**{name: value}))


@pytest.mark.parametrize("days", [("", None), ("2024-7-1", None), ("2024-07-01", "i morgon")])
def test_a_verdict_is_true_since_a_day_and_until_a_day(days: tuple[str, str | None]) -> None:
    assert not as_written(replace(ROW, since=days[0], until=days[1]))
