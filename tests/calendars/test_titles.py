"""Titles that work when they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_calendars.reminding.titles import LONGEST, body_in_short, heading, prepared


def test_a_title_is_the_act_its_number_and_the_agreement():
    assert heading("Håll styrgrupp", "Östermalm", "2/2") == "Håll styrgrupp 2/2 · Östermalm"
    assert heading("Håll platssamverkan", "Norrmalm", about="Torget") == "Håll platssamverkan Torget · Norrmalm"


def test_a_long_act_is_cut_and_number_and_agreement_stay():
    title = heading("Sammanställ handlingsplanens resultat", "Staden och polisregionen", "1/2")
    assert title == "Sammanställ handlingsplan… 1/2 · Staden…"
    assert heading("Följ upp", "Vaxholms kommun, enligt lag") == "Följ upp · Vaxholms kommun"


@pytest.mark.parametrize(
    ("label", "name", "short"),
    [
        ("lokal styrgrupp", "Östermalm", "styrgrupp"),
        ("Styrgruppen Vaxholm", "Vaxholm", "styrgrupp"),
        ("Norrmalms trygghets- och säkerhetsråd", "Norrmalm", "trygghets- och säkerhetsråd"),
        ("Chefsamrådet / chefsrådet", "Norrmalm", "chefsamråd"),
        ("platssamverkan (per plats)", "Norrmalm", "platssamverkan"),
        ("beredningsgruppen på central nivå", "Staden", "beredningsgrupp på central nivå"),
        ("samverkansforum fält, fritid", "Norrmalm", "samverkansforum fält"),
        ("youth_forum", "Norrmalm", "youth_forum"),
        ("lokal", "Östermalm", "lokal"),
    ],
)
def test_a_body_is_named_in_short(label, name, short):
    assert body_in_short(label, name) == short


def test_what_is_prepared_is_named_by_what_is_made_where_the_verb_says_only_that():
    assert prepared("Uppdatera lägesbilden") == "Förbered lägesbilden"
    assert prepared("Foga bilagan till texten") == "Förbered: foga bilagan till texten"


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["", "1/2", "12/12"]), st.none() | st.text())
def test_a_title_is_one_line_of_forty_characters_whatever_the_words(act, name, number, about):
    title = heading(act, name, number, about)
    assert len(title) <= LONGEST and "\n" not in title
