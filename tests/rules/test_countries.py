"""Another country's working days: which codes are read, and when they do nothing."""

import pytest

from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.soundness.clauses import check_soundness

FILE = """instrument: prov-2026
title: Prov
document: prov.txt
parties: [kommunen, polisen]
calendar: {code}
term: {{from: 2026-01-01, to: 2028-12-31}}
clauses:
  svar: {{at: {{section: "2"}}, norm: shall, when: {{each: {{notice_sent: {{}}}}, due: {due}}},
         what: {{rectification_done: {{}}}}{more}}}
"""


def told(code: str, due: str = "3 working days after event", more: str = "") -> list[str]:
    source = parse_source(FILE.format(code=code, due=due, more=more), "prov.yaml")
    try:
        return [str(one) for one in check_soundness([(source, read_instrument(source))])]
    except Rejected as rejected:
        return [str(one) for one in rejected.problems]


@pytest.mark.parametrize("code", ["NO", "DK", "FI", "US"])
def test_a_country_with_public_holidays_can_be_named(code: str) -> None:
    assert told(code) == []


@pytest.mark.parametrize("code", ["Norge", "XX", "NOR", "no"])
def test_what_is_no_country_is_refused(code: str) -> None:
    [one] = told(code)
    assert one == (
        f"prov.yaml:5: fel värde i 'calendar'. {code} är inget land som programmet har helgdagar för. "
        "Åtgärd: skriv landets kod med två stora bokstäver, t.ex. NO, DK eller FI."
    )


def test_sweden_need_not_be_named() -> None:
    [one] = told("SE")
    assert one == (
        "prov.yaml:5: fel värde i 'calendar'. SE har ingen verkan. "
        "Åtgärd: ta bort den; utan nyckeln gäller svenska helgdagar."
    )


@pytest.mark.parametrize("due", ["3 days after event or next working day", "3 working days after event"])
def test_a_clause_that_counts_or_moves_to_working_days_follows_it(due: str) -> None:
    assert told("NO", due) == []


def test_where_nothing_is_counted_in_working_days_it_has_no_effect() -> None:
    [one] = told("NO", "3 days after event")
    assert one == (
        "prov.yaml:5: 'calendar' har ingen verkan här. ingen klausul räknar i vardagar eller flyttar en dag till en "
        "vardag. Åtgärd: ta bort den."
    )
    assert told("NO", "3 days after event", ", readings: [{14D: roll, because: så}]") == []
