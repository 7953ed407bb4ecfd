"""Words for obligations, and what stands in where there are none."""

import pytest
from tests.calendars.examples import verdict

from avtalsvakt_calendars.reminding.wording import HABITS, Wording, Words
from avtalsvakt_rules import vocabulary


def test_words_of_its_own_come_first():
    words = Words("Regeln.", act="Håll rådsmöte", prepare="Kalla rådet", evidence="meeting_held")
    assert words.acting("råd") == "Håll rådsmöte"
    assert words.preparing("råd") == "Kalla rådet"


def test_the_kind_of_fact_gives_the_act_and_a_meeting_is_called_by_who_meets():
    words = Words("Regeln.", evidence="meeting_held")
    assert words.acting("styrgrupp") == "Håll styrgrupp" and words.preparing("styrgrupp") == "Kalla styrgrupp"
    assert words.acting(None) == "Håll möte" and words.preparing(None) == "Kalla till möte"
    assert Words("Regeln.", evidence="document_revised", topic="plan").acting("x") == "Uppdatera underlaget (plan)"


def test_without_a_known_kind_the_rule_itself_is_the_act():
    words = Words("Fördela arbetet.", evidence="something_new")
    assert words.acting(None) == "Fördela arbetet."
    assert words.preparing(None) == "Förbered: fördela arbetet."


def test_an_empty_wording_works():
    wording = Wording()
    assert wording.words(verdict()).acting(None) == "Fullgör skyldigheten"
    assert wording.label("coordinators") == "coordinators"
    assert wording.title("vaxholm-2023") == "vaxholm-2023"
    assert wording.link("a.b.2026") is None


def test_a_link_holds_the_duty_whatever_its_key():
    assert Wording(page="https://a.se/x/{duty}").link("a.b.2023/2026 å") == "https://a.se/x/a.b.2023%2F2026%20%C3%A5"


@pytest.mark.parametrize("kind", HABITS)
def test_every_habit_is_about_a_kind_of_fact_that_exists(kind):
    assert kind in vocabulary.load().kinds
    assert HABITS[kind].lead > 0
