"""What is open without a last day: each obligation once, the oldest first, and ended agreements only counted."""

from datetime import date

from msgspec.structs import replace

from avtalsvakt.terminal.undated_duties import lines
from avtalsvakt_engine.verdicts import Clause, InstrumentState, Verdict

DAY = date(2026, 11, 22)
TITLES = {("avtal", "anteckningar"): "Skicka anteckningarna", ("avtal", "beslut"): "Besluta om planen"}
STATES = [
    InstrumentState("avtal", "in_force", date(2020, 1, 1), None, None),
    InstrumentState("gammalt", "lapsed", date(2015, 1, 1), date(2018, 5, 31), None),
]


def opened(obligation: str, event: str, day: str, agreement: str = "avtal") -> Verdict:
    key = f"{agreement}.{obligation}.{event}"
    found = Verdict(key, agreement, agreement, obligation, Clause("d", "1"), "obligation", None, None, None, event,
                    None, None, "pending", 1, 0)  # fmt: skip
    return replace(found, opens=date.fromisoformat(day))


def test_an_obligation_is_told_once_with_how_many_and_the_oldest_first() -> None:
    found = [
        opened("anteckningar", "m1", "2026-03-02"),
        opened("beslut", "d1", "2025-05-05"),
        opened("anteckningar", "m2", "2026-01-12"),
    ]
    assert list(lines(found, STATES, DAY, TITLES)) == [
        "Utan sista dag:",
        "  avtal",
        "    Besluta om planen, sedan 2025-05-05  [avtal.beslut.d1]",
        "    Skicka anteckningarna (2 st, den äldsta sedan 2026-01-12)  [avtal.anteckningar.…]",
    ]


def test_what_an_ended_agreement_left_open_is_only_counted() -> None:
    found = [opened("beslut", f"d{number}", "2017-01-01", "gammalt") for number in range(3)]
    expected = ["Utan sista dag:", "  gammalt har löpt ut: 3 öppna poster finns kvar"]
    assert list(lines(found, STATES, DAY, TITLES)) == expected


def test_nothing_open_is_not_mentioned() -> None:
    assert list(lines([], STATES, DAY, TITLES)) == []
