"""Recording step by step: every question can be answered by a number or left empty, and the line is right."""

from collections.abc import Sequence
from datetime import date

import pytest

from avtalsvakt.recording.guided_recording import Person, functions_of, guide
from avtalsvakt.recording.swedish_answers import confirmed
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.rulebook import load_rulebook

BOOK = load_rulebook()
VOCABULARY = known_facts(BOOK).vocabulary
TODAY = date(2026, 11, 22)


def guided(*answers: str, recorded: Sequence[Fact] = ()) -> tuple[dict[str, object], list[str]]:
    """The line, and everything the person saw."""
    waiting, seen = iter(answers), []

    def ask(text: str, offered: str) -> str:
        seen.append(text)
        return next(waiting, "") or offered

    return guide(BOOK, VOCABULARY, TODAY, Person(ask, seen.append), None, recorded), seen


FUNCTIONS = functions_of(BOOK, "ostermalm-2020")


def number(agreement: str) -> str:
    return str(list(BOOK.instruments).index(agreement) + 1)


def test_a_meeting_by_numbers() -> None:
    line, seen = guided(number("ostermalm-2020"), "mote hållet", "", "Lokal styrgrupp")
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


def test_a_day_may_be_written_as_swedes_do() -> None:
    line, _ = guided(number("ostermalm-2020"), "möte hållet", "17 nov", "lokal styrgrupp")
    assert line["date"] == "2026-11-17"


def test_a_list_is_shown_wherever_there_are_choices() -> None:
    meeting = Fact("mote-1", "meeting_held", "ostermalm-2020", date(2026, 3, 4), "2026-03-04T10:00:00+01:00")
    other = Fact("mote-2", "meeting_held", "vaxholm-2023", date(2026, 3, 4), "2026-03-04T10:00:00+01:00")
    _, seen = guided(number("ostermalm-2020"), "beslut fattat", "", recorded=[meeting, other])
    assert any("(mote-1)" in one for one in seen) and not any("(mote-2)" in one for one in seen)
    _, seen = guided(number("ostermalm-2020"), "handling upprättad eller uppdaterad", "", "åtgärdsplan")
    assert any(one.endswith(". lägesbild") for one in seen)
    assert {"kommunpolis", "stadsdelsdirektör"} <= set(FUNCTIONS)


def test_a_choice_that_is_open_takes_another_text_and_one_that_is_not_asks_again() -> None:
    line, _ = guided(number("ostermalm-2020"), "handling upprättad eller uppdaterad", "", "handlingsplan 2030")
    assert line["document"] == "handlingsplan 2030"


@pytest.mark.parametrize(
    ("answers", "expected"), [([""], True), (["J"], True), (["nej"], False), (["kanske", "n"], False), (["ja"], True)]
)
def test_yes_and_no_are_swedish_to_the_end(answers: list[str], expected: bool) -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return answers[len(asked) - 1]

    assert confirmed("Registrera det?", ask) is expected
    assert asked[0] == "Registrera det? [J/n]"
    assert asked[1:] == ["Svara ja eller nej. Registrera det? [J/n]"] * (len(answers) - 1)
