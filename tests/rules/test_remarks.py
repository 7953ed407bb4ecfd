"""What is worth a look in a rule file: a word nearly like another. A file can answer it, and only what was said."""

import pytest

from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import Source, parse_source
from avtalsvakt_rules.rulebook import builtin_files, second_look
from avtalsvakt_rules.soundness.remarks import check_accepted, remarks

HEAD = """instrument: prov-2026
title: Prov
level: local
document: prov.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01, to: 2028-12-31}
"""
SLIP = """clauses:
  brev:
    at: {section: "2"}
    norm: shall
    who: låntagaren
    when: once
    what: {document_revised: {document: lägesbid}}
"""
ROLES = """clauses:
  led:
    at: {section: "2"}
    norm: shall
    who: låntagaren
    when: always
    what: {role_assigned: {body: youth_forum}}
    including: [{role: materialförvaltare}, {role: nyckelansvarig}]
"""


def read(text: str) -> list[tuple[Source, Instrument]]:
    source = parse_source(HEAD + text, "prov.yaml")
    return [(source, read_instrument(source))]


def test_a_role_that_the_rule_asks_for_is_a_usual_one() -> None:
    assert remarks(read(ROLES)) == []


def test_a_value_that_is_nearly_a_usual_one_is_worth_a_look() -> None:
    [one] = remarks(read(SLIP))
    assert str(one) == (
        "prov.yaml:13: klausul brev: 'lägesbid' är nästan men inte riktigt ett brukligt värde på document. "
        "den som registrerar måste skriva precis likadant. Åtgärd: menade du 'lägesbild'? "
        "Ska det stå så: skriv accepted: {lägesbid: skälet} i klausulen."
    )


def test_a_counterpart_that_is_written_as_a_body_and_is_none_is_worth_a_look() -> None:
    who = "who: långivaren, to: klara_grupp"
    clause = f'clauses: {{brev: {{at: {{section: "2"}}, norm: shall, {who}, when: once, what: {{notice_sent: {{}}}}}}}}'
    [one] = remarks(read(clause))
    assert one.what == "klausul brev: 'klara_grupp' är inget känt organ"
    assert one.remedy.startswith("menade du 'klara_group'?")


@pytest.mark.parametrize("place", ["clause", "file"])
def test_a_remark_that_is_answered_is_not_made(place: str) -> None:
    answer = "accepted: {lägesbid: så heter handlingen i bilagan}\n"
    text = SLIP + f"    {answer}" if place == "clause" else answer + SLIP
    assert remarks(read(text)) == [] and check_accepted(read(text)) == []


@pytest.mark.parametrize(
    ("answer", "what", "remedy"),
    [
        ("{lägesbild: skäl}", "accepted: 'lägesbild' besvarar ingen anmärkning", "stryk lägesbild under accepted"),
        ('{lägesbid: " "}', "accepted: 'lägesbid' saknar skäl", "skriv lägesbid: och varför det ska stå så"),
    ],
)
@pytest.mark.parametrize("place", ["clause", "file"])
def test_an_answer_to_nothing_or_without_a_reason_is_refused(answer: str, what: str, remedy: str, place: str) -> None:
    text = SLIP + f"    accepted: {answer}\n" if place == "clause" else f"accepted: {answer}\n{SLIP}"
    [one] = check_accepted(read(text))
    assert (one.what, one.remedy) == (what, remedy)


def test_a_remark_answered_in_its_clause_needs_no_answer_for_the_file() -> None:
    text = "accepted: {lägesbid: så heter den}\n" + SLIP + "    accepted: {lägesbid: så heter den}\n"
    assert [one.where for one in check_accepted(read(text))] == ["prov.yaml:7"]


def test_nothing_is_said_of_the_agreements_that_come_with_the_program() -> None:
    assert builtin_files()
    assert second_look() == ([], [])


def test_a_renewal_that_hangs_on_a_right_that_was_missed_is_worth_a_look() -> None:
    right = (
        'upp: {at: {section: "2"}, norm: may, who: låntagaren, when: {each: term}, what: {withdrawal_requested: {}}}'
    )
    hangs = "when: {each: term}, what: {extension_agreed: {}}, unless: {missed: upp}, effect: {extends: 1 year}"
    [one] = remarks(read(f'clauses:\n  {right}\n  langre: {{at: {{section: "3"}}, norm: deemed, {hangs}}}\n'))
    assert str(one) == (
        "prov.yaml:9: klausul langre: 'missed' läses här som att upp har använts. en rätt kan inte missas, och avtalet "
        "förlängs om ingen har använt den. Åtgärd: skriv unless: {met: upp}. "
        "Ska det stå så: skriv accepted: {missed: skälet} i klausulen."
    )
