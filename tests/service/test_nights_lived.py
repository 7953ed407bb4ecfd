"""Weeks of nights with all that may go wrong: each is done once, each mail comes once, and the journal has every try.

`make year` lives through one.
"""

import os
import random
from collections import Counter
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path

from tests.service.night_world import KilledError, World, world

from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.outgoing.outbox import Outbox
from avtalsvakt_engine.storage.runs.night_log import NightLog

START = date(2026, 10, 12)  # a Monday; the clocks go back on the 25th
ADDED = START - timedelta(days=60)
DAYS = int(os.environ.get("AVTALSVAKT_NIGHTS", "20"))
WRONG = ("outage", "lock", "full", "set back", "set back far", "repeated", "killed", "down", "refused")


def live(one: World, day: date, wrong: str | None) -> None:
    """Live through one day; `wrong` is what goes wrong on it."""
    one.at(day)
    if wrong == "outage":
        return
    one.nights.append(day)
    if wrong == "lock":
        with one.locked():
            assert not one.night()
    elif wrong == "full":
        with one.full_disk():
            assert not one.night()
    elif wrong == "killed":
        with one.mailer_dies(), suppress(KilledError):
            one.night()
    elif wrong == "refused":
        one.box.answers = {"avtal@kommun.example": "451 4.3.0 senare"}
        one.night()
        one.box.answers = {}
    if wrong is not None:
        one.at(day, time(4, 16))
    assert one.night(), (day, wrong)
    if wrong in ("set back", "set back far"):
        one.at(day, time(4, 13) if wrong == "set back" else time(1, 0))
        assert one.night()
        one.at(day)
        assert one.night()
    if wrong == "repeated":
        for _ in range(3):
            one.night()


def milestones(due: date, nights: list[date]) -> set[int]:
    """The days before (+) and after (-) a last day that somebody is told of while nothing is done."""
    marks = [-30, -7, -1, 0, 1, 7, 14, 30, 60, 120, 240, 480, 960]
    told = set()
    for night in nights:
        reached = [mark for mark in marks if due + timedelta(days=mark) <= night and (mark > 0) == (night > due)]
        if reached and night >= due.replace(day=1) and (due + timedelta(days=max(reached))) >= ADDED:
            told.add(-max(reached))
    return told


def last_days(until: date) -> list[date]:
    """The last day of each month that has begun."""
    first, found = date(2025, 1, 1), []
    while first <= until:
        following = (first + timedelta(days=31)).replace(day=1)
        found.append(following - timedelta(days=1))
        first = following
    return found


def test_nights_are_done_once_each_and_mails_come_once_each(tmp_path: Path) -> None:
    chance = random.Random(18)
    plan = [None, None, *WRONG, *(chance.choice([*WRONG, *[None] * 8]) for _ in range(DAYS - 10))]
    with world(tmp_path, START) as one:
        for number, wrong in enumerate(plan):
            live(one, START + timedelta(days=number), wrong)
        with open_register(one.db) as register:
            connection = register.connection
            runs = [day for (day,) in connection.execute("SELECT as_of FROM runs ORDER BY id")]
            tries = NightLog(connection).counts()
            messages = Outbox(connection).latest(100_000)
            told = [cause.split("|") for (cause,) in connection.execute("SELECT cause FROM told")]
            assert verify_register(register).problems == ()
    again = 2 * plan.count("set back far")  # what a clock that was ahead had judged is judged anew, to the same end
    failed = plan.count("lock") + plan.count("full")
    assert list(dict.fromkeys(runs)) == [day.isoformat() for day in one.nights], "each night that the machine was on"
    assert len(runs) == len(one.nights) + again, "and once"
    assert tries == {"done": len(runs), "failed": failed}, "every try is in the journal"

    operator = [mail for mail in one.box.taken if mail["To"] == "drift@kommun.example"]
    assert len(operator) == failed and len({mail["Message-ID"] for mail in operator}) == failed
    mails = Counter(str(mail["Message-ID"]) for mail in one.box.taken if mail not in operator)
    assert {f"<{found.message_id}@kommun.example>" for found in messages} == set(mails), "nothing is lost"
    assert {found.state for found in messages} == {"sent"}
    assert set(mails.values()) <= {1, 2}
    assert sum(mails.values()) - len(mails) == one.killed, "none comes twice but where the mailer was killed"

    months = last_days(one.nights[-1])
    expected = {(str(due), f"{days:+}") for due in months for days in milestones(due, one.nights)}
    notices = (cause for cause in told if cause[0] == "notice")
    assert {(due, days) for *_, due, days in notices} == expected
    second = [due for kind, *_, due in told if kind == "escalation"]
    assert sorted(second) == [str(due) for due in months if ADDED <= due + timedelta(days=10) <= one.nights[-1]]
