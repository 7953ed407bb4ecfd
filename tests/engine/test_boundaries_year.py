"""A year of an instrument's own, and days that cannot be counted from."""

from datetime import date

import pytest

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import read_rulebook

TEXT = """
instrument: skola
title: Skola (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
year_starts: {starts}
term: {{from: 2024-02-01, to: 2026-06-30}}
clauses:
  moten: {{at: {{section: "1"}}, norm: shall, when: {when}, what: {{meeting_held: {{body: youth_forum}}}}}}
  plan: {{at: {{section: "1"}}, norm: shall, when: once, what: {{document_revised: {{document: lägesbild}}}}}}
"""


def test_a_year_that_starts_in_july_is_counted_from_july(tmp_path) -> None:
    file = tmp_path / "skola.yaml"
    file.write_text(TEXT.format(starts="07-01", when="{each: year}"), encoding="utf-8")
    with Decider() as decider:
        found = assess(read_rulebook([file]), [], date(2025, 1, 1), None, decider)
    years = {one.period.label: (one.due, one.status) for one in found.duties if one.period}
    assert years == {
        "2023-07-01--2024-06-30": (None, "not_applicable"),  # 151 of 366 days: less than half
        "2024-07-01--2025-06-30": (date(2025, 6, 30), "pending"),
        "2025-07-01--2026-06-30": (date(2026, 6, 30), "pending"),
    }


@pytest.mark.parametrize("starts", ["02-29", "13-01", "juli"])
def test_a_year_starts_on_a_day_that_every_year_has(starts: str, tmp_path) -> None:
    file = tmp_path / "skola.yaml"
    file.write_text(TEXT.format(starts=starts, when="{each: year}"), encoding="utf-8")
    with pytest.raises(Rejected, match="year_starts"):
        read_rulebook([file])


def test_a_day_is_not_counted_from_another_clause(tmp_path) -> None:
    file = tmp_path / "skola.yaml"
    file.write_text(TEXT.format(starts="01-01", when="{each: year, due: 14 days after plan}"), encoding="utf-8")
    with pytest.raises(Rejected, match="skriv follows: plan och räkna från event"):
        read_rulebook([file])
