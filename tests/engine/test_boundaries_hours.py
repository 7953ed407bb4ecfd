"""Boundary moments of what is due so many hours after an event: to the minute, over the turn of the clock, unknown."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, on, told
from tests.oracle.verdicts import verdicts_of, world_of

from avtalsvakt_engine.explaining.explaining_asks import asked_lines
from avtalsvakt_engine.explaining.explaining_time import time_lines
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict

PLAIN, TURN_FORWARD, TURN_BACK = "2024-05-13", "2024-03-29", "2024-10-25"
"""A Monday, and the Fridays before the nights on which the clock goes forward and back."""


def incident(hours: str = "72 hours", norm: str = "shall") -> Tree:
    when = {"each": {"demand_sent": {}}, "due": f"{hours} after event"}
    return {"anmald": {"norm": norm, "when": when, "what": {"notice_sent": {}}}}


def at(kind: str, day: str, clock: str | None) -> Fact:
    return told(kind, day, id={"demand_sent": "h", "notice_sent": "a"}[kind], **({"time": clock} if clock else {}))


def judged(decider: Decider, facts: list[Fact], day: str = "2025-01-01", **more: str) -> Verdict:
    """The duty of the incident; the oracle says the same."""
    agreement = Register(decider, incident(**more), "2024-01-01")
    found = agreement.duty("anmald.h", facts, day)
    other = verdicts_of(world_of(agreement.book(), facts, on(day), None))["lokalt.anmald.h"]
    assert (found.status, found.due, found.counted) == (other.status, other.due, other.counted)
    return found


@pytest.mark.parametrize(
    ("begun", "clock", "hours", "day", "done", "status"),
    [
        pytest.param(PLAIN, "14:30", "72 hours", "2024-05-16", "14:30", "fulfilled", id="the last minute"),
        pytest.param(PLAIN, "14:30", "72 hours", "2024-05-16", "14:31", "fulfilled_late", id="the minute after"),
        pytest.param(PLAIN, "14:30", "72 hours", "2024-05-15", None, "fulfilled", id="some time the day before"),
        pytest.param(PLAIN, "14:30", "72 hours", "2024-05-17", None, "fulfilled_late", id="some time the day after"),
        pytest.param(PLAIN, "14:30", "72 hours", "2024-05-16", None, "pending", id="some time that day"),
        pytest.param(PLAIN, None, "72 hours", "2024-05-15", "23:59", "fulfilled", id="before any possible moment"),
        pytest.param(PLAIN, None, "72 hours", "2024-05-16", "00:00", "fulfilled", id="the first possible moment"),
        pytest.param(PLAIN, None, "72 hours", "2024-05-16", "00:01", "pending", id="after the first possible one"),
        pytest.param(PLAIN, None, "72 hours", "2024-05-16", "23:59", "pending", id="the last possible one"),
        pytest.param(PLAIN, None, "72 hours", "2024-05-17", "00:00", "fulfilled_late", id="after any possible one"),
        pytest.param(
            PLAIN, "13:00-15:00", "24 hours", "2024-05-14", "13:00", "fulfilled", id="of a meeting, its first"
        ),
        pytest.param(PLAIN, "13:00-15:00", "24 hours", "2024-05-14", "14:00", "pending", id="of a meeting, within it"),
        pytest.param(PLAIN, "13:00-15:00", "24 hours", "2024-05-14", "15:01", "fulfilled_late", id="and after it"),
        pytest.param(PLAIN, "23:30", "1 hour", "2024-05-14", "00:30", "fulfilled", id="over midnight"),
        pytest.param(TURN_FORWARD, "12:00", "72 hours", "2024-04-01", "13:00", "fulfilled", id="clock forward"),
        pytest.param(TURN_FORWARD, "12:00", "72 hours", "2024-04-01", "13:01", "fulfilled_late", id="and after"),
        pytest.param(
            TURN_FORWARD, "23:30", "72 hours", "2024-04-02", "00:30", "fulfilled", id="forward into a new day"
        ),
        pytest.param(TURN_BACK, "12:00", "72 hours", "2024-10-28", "11:00", "fulfilled", id="clock back"),
        pytest.param(TURN_BACK, "12:00", "72 hours", "2024-10-28", "11:01", "fulfilled_late", id="and after that"),
        pytest.param(TURN_BACK, "00:30", "72 hours", "2024-10-27", "23:30", "fulfilled", id="back into the day before"),
        pytest.param(
            "2024-10-26", "02:30", "24 hours", "2024-10-27", "02:30", "pending", id="an hour that comes twice"
        ),
    ],
)
def test_hours_are_counted_to_the_minute(
    begun: str, clock: str | None, hours: str, day: str, done: str | None, status: str, decider: Decider
) -> None:
    found = judged(decider, [at("demand_sent", begun, clock), at("notice_sent", day, done)], hours=hours)
    assert found.status == status
    assert ("asks_time" in found.flags) is (status == "pending")


@pytest.mark.parametrize(
    ("begun", "clock", "due"),
    [
        pytest.param(PLAIN, "14:30", "2024-05-16", id="a moment"),
        pytest.param(PLAIN, None, "2024-05-16", id="some time that day"),
        pytest.param(TURN_FORWARD, "23:30", "2024-04-02", id="the clock goes forward"),
        pytest.param(TURN_FORWARD, None, "2024-04-02", id="the clock goes forward, some time"),
        pytest.param(TURN_BACK, "00:30", "2024-10-27", id="the clock goes back"),
    ],
)
def test_the_last_day_is_that_of_the_last_moment_and_it_is_overdue_the_day_after(
    begun: str, clock: str | None, due: str, decider: Decider
) -> None:
    facts = [at("demand_sent", begun, clock)]
    found = judged(decider, facts, due)
    assert (found.due, found.status) == (on(due), "at_risk")
    assert judged(decider, facts, f"{due[:-1]}{int(due[-1]) + 1}").status == "overdue"


def test_a_right_that_is_used_after_its_hours_is_not_used(decider: Decider) -> None:
    begun = at("demand_sent", PLAIN, "14:30")
    assert judged(decider, [begun, at("notice_sent", "2024-05-16", "14:30")], norm="may").status == "fulfilled"
    late = judged(decider, [begun, at("notice_sent", "2024-05-16", "14:31")], norm="may")
    assert (late.status, [one.reason for one in late.not_counted]) == ("not_applicable", ["too_late"])


@pytest.mark.parametrize(
    ("clock", "done", "asks"),
    [
        pytest.param("14:30", None, ["när på dagen det skedde: avtalsvakt correct a time=…"], id="the act"),
        pytest.param(None, "09:00", ["när på dagen händelsen var: avtalsvakt correct h time=…"], id="the event"),
        pytest.param("13:00-15:00", "14:00", ["vilken minut det skedde: avtalsvakt correct a time=…"], id="neither"),
    ],
)
def test_the_time_that_decides_is_asked_for(
    clock: str | None, done: str | None, asks: list[str], decider: Decider
) -> None:
    facts = [at("demand_sent", PLAIN, clock), at("notice_sent", "2024-05-16", done)]
    found = judged(decider, facts)
    clause = Register(decider, incident(), "2024-01-01").book().instruments["lokalt"].clauses["anmald"]
    assert list(asked_lines(found, clause, {one.id: one for one in facts}, names_of())) == asks


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        pytest.param("14:30", "räknat från h kl. 14:30: sista stund 2024-05-16 kl. 14.30", id="known"),
        pytest.param(
            "13:00-15:00",
            "räknat från h kl. 13:00-15:00: sista stund någon gång från 2024-05-16 kl. 13.00 till 2024-05-16 kl. 15.00",
            id="within hours",
        ),
        pytest.param(
            None,
            "h säger inte när på dagen det var, så sista stund är någon gång från 2024-05-16 kl. 00.00 "
            "till 2024-05-16 kl. 23.59",
            id="unknown",
        ),
    ],
)
def test_the_last_moment_is_told(clock: str | None, said: str, decider: Decider) -> None:
    event = at("demand_sent", PLAIN, clock)
    found = judged(decider, [event], "2024-05-14")
    clause = Register(decider, incident(), "2024-01-01").book().instruments["lokalt"].clauses["anmald"]
    lines = list(time_lines(found, clause, names_of(), {"h": event}, {}, on("2024-05-14")))
    assert lines[-2:] == ["sista dag 2024-05-16: 72 timmar efter 2024-05-13", said]
