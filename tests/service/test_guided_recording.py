"""Recording step by step: every question can be answered by a number or left empty, and the line is right."""

from datetime import date

from avtalsvakt.recording.guided_recording import Person, guide
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.rulebook import load_rulebook

BOOK = load_rulebook()
VOCABULARY = known_facts(BOOK).vocabulary
TODAY = date(2026, 11, 22)


def guided(*answers: str) -> tuple[dict[str, object], list[str]]:
    """The line, and everything the person saw."""
    waiting, seen = iter(answers), []

    def ask(text: str, offered: str) -> str:
        seen.append(text)
        return next(waiting, "") or offered

    return guide(BOOK, VOCABULARY, TODAY, Person(ask, seen.append)), seen


def number(agreement: str) -> str:
    return str(list(BOOK.instruments).index(agreement) + 1)


def test_a_meeting_by_numbers() -> None:
    line, seen = guided(number("ostermalm-2020"), "möte hållet", "", "lokal styrgrupp")
    assert line == {
        "kind": "meeting_held",
        "agreement": "ostermalm-2020",
        "date": "2026-11-22",
        "body": "local_steering_group",
    }
    assert "Vilket avtal gäller det?" in seen and "Vad har hänt?" in seen


def test_what_is_needed_is_asked_again() -> None:
    line, seen = guided(number("ostermalm-2020"), "99", "möte hållet", "2026-03-04", "", "1")
    assert line["date"] == "2026-03-04"
    assert line["body"]
    assert sum(one.startswith("Skriv ett nummer") for one in seen) == 2
