"""One meeting. By itself, since processes that only record should not have to read the whole engine first."""

from datetime import UTC, date, datetime

from avtalsvakt_engine.facts import Fact


def meeting(number: int, day: date, recorder: str = "samordnare") -> Fact:
    """One meeting of the steering group."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat()
    attributes = {"body": "local_steering_group", "chair": f"ordförande {number}"}
    return Fact(f"m{number}", "meeting_held", "lokal", day, moment, 0, "day", attributes, recorder)
