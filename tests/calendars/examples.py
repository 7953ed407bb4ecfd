"""One small agreement with everything a calendar can hold, and the feeds that follow from it.

`python -m tests.calendars.examples` writes the files in golden/ anew; a person then reads the difference.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing import as_icalendar, ledger
from avtalsvakt_calendars.reminding.reminders import remind
from avtalsvakt_calendars.reminding.wording import Wording, Words
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.verdicts import Clause, InstrumentState, Period, Verdict

GOLDEN = Path(__file__).parent / "golden"
AGREEMENT = "vaxholm-2023"
TODAY = date(2026, 9, 15)
NIGHT = datetime(2026, 9, 15, 2, 15, tzinfo=UTC)
YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))

WORDING = Wording(
    obligations={
        (AGREEMENT, "styrgrupp"): Words(
            "Styrgruppen ska mötas minst två gånger per år.",
            act="Håll styrgruppsmöte",
            prepare="Kalla styrgruppen",
            evidence="meeting_held",
        ),
        (AGREEMENT, "samrad"): Words(
            "Parterna ska samråda senast sex månader före avtalets slut.",
            evidence="consultation_held",
            topic="fortsättning",
        ),
        (AGREEMENT, "lagesbild"): Words("Lägesbilden bör uppdateras varje år.", evidence="document_revised", lead=20),
        (AGREEMENT, "forlangning"): Words("Avtalet kan förlängas.", evidence="extension_agreed"),
    },
    labels={"vaxholm_steering_group": "Styrgruppen Vaxholm", "coordinators": "Samordnarna"},
    titles={AGREEMENT: "Samverkansöverenskommelse, Vaxholm", "umbrella-2024": "Stadsövergripande överenskommelse"},
    page="https://avtal.example.se/skyldighet/{duty}",
    names={AGREEMENT: "Vaxholm"},
)


def verdict(obligation: str = "styrgrupp", status: str = "pending", **changes: object) -> Verdict:
    """A verdict on a duty of the year 2026, due on its last day, with what a test wants to be otherwise."""
    fields: dict[str, object] = {
        "duty": f"{AGREEMENT}.{obligation}.2026",
        "agreement": AGREEMENT,
        "instrument": AGREEMENT,
        "obligation": obligation,
        "clause": Clause("004", "5", "2"),
        "modality": "obligation",
        "bearer": "vaxholm_steering_group",
        "body": "vaxholm_steering_group",
        "period": YEAR,
        "trigger": None,
        "opens": YEAR.start,
        "due": YEAR.end,
        "status": status,
        "required": 1,
        "counted": 0,
    }
    return Verdict(**(fields | changes))  # type: ignore[arg-type]


def state(end: date | None = None, name: str = "in_force") -> InstrumentState:
    """The agreement's state, in force from 2023."""
    return InstrumentState(AGREEMENT, name, date(2023, 1, 1), end, None)


def fact(kind: str, day: date, ident: str, arrival: int, recorded: date | None = None, **attributes: Value) -> Fact:
    """A fact about a meeting of the steering group, recorded on its own day unless said otherwise."""
    told: Mapping[str, Value] = {"body": "vaxholm_steering_group"} | attributes
    return Fact(ident, kind, AGREEMENT, day, f"{recorded or day}T09:00:00+02:00", arrival, attributes=told)


VERDICTS = (
    verdict(required=2, counted=1),
    verdict("samrad", "overdue", period=None, due=date(2026, 6, 30), body=None),
    verdict("lagesbild", "at_risk", modality="recommendation", bearer="coordinators", body=None, due=date(2026, 10, 1)),
    verdict("styrgrupp", "fulfilled", duty=f"{AGREEMENT}.styrgrupp.2025", required=2, counted=2),
)
MEETINGS = (
    fact("meeting_scheduled", date(2026, 11, 5), "m1", 1, date(2026, 8, 1), time="13:00-15:00"),
    fact("meeting_scheduled", date(2026, 12, 3), "m2", 2, date(2026, 8, 1)),
    fact("meeting_scheduled", date(2026, 10, 8), "m3", 3, date(2026, 8, 1), time="09.30"),
    fact("meeting_cancelled", date(2026, 9, 10), "m4", 4, planned_for="2026-10-08", rescheduled_to="2026-10-22"),
)


def stamped(reminders: tuple[Reminder, ...]) -> tuple[ledger.Stamped, ...]:
    """The reminders as published for the first time on the night of the examples."""
    return ledger.stamp(reminders, {}, NIGHT)[0]


def golden_feeds() -> dict[str, bytes]:
    """The feeds that golden/ holds, by file name."""
    deadlines = remind(VERDICTS, state(date(2027, 2, 28)), (), WORDING, TODAY)
    detailed = remind(VERDICTS, state(), (), WORDING, TODAY, details=True)
    meetings = remind((), state(), MEETINGS, WORDING, TODAY)
    passed = fact("meeting_scheduled", date(2026, 9, 1), "m9", 9, date(2026, 8, 1))
    unclear = verdict("samrad", period=None, due=date(2026, 9, 10), body=None, flags=("asks_attribute",))
    questions = remind((unclear,), state(), (passed,), WORDING, TODAY)
    empty = remind((verdict(due=None, period=None),), state(), (), WORDING, TODAY)
    return {
        "deadlines.ics": as_icalendar.render("Vaxholm: sista dagar", stamped(deadlines)),
        "details-without-alarms.ics": as_icalendar.render("Vaxholm, med detaljer", stamped(detailed), alarm=False),
        "meetings.ics": as_icalendar.render("Vaxholm: möten", stamped(meetings)),
        "questions.ics": as_icalendar.render("Vaxholm: att bekräfta", stamped(questions)),
        "nothing.ics": as_icalendar.render("Vaxholm", stamped(empty)),
    }


if __name__ == "__main__":
    for name, content in golden_feeds().items():
        as_icalendar.write_if_changed(GOLDEN / name, content)
