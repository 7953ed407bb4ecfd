"""What a rule asks for is usual everywhere: nothing calls it odd, and nothing advises what the rule will not accept."""

from datetime import UTC, datetime

import pytest

from avtalsvakt.recording.guided_recording import Person, guide
from avtalsvakt.recording.vocabulary_in_use import vocabulary_in_use
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
OWN = """instrument: lan-2026
title: Lån
level: local
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01}
clauses:
  kvittens: {at: {section: "1"}, norm: shall, when: {each: year}, what: {document_revised: {document: kvittens}}}
  ansvarig:
    at: {section: "2"}
    norm: shall
    when: always
    what: {role_assigned: {body: youth_forum}}
    including: [{role: materialförvaltare}, {role: nyckelansvarig}]
  utfall: {at: {section: "3"}, norm: shall, when: once, what: {evaluation_done: {object: lånet}}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("own") / "lan.yaml"
    path.write_text(OWN, encoding="utf-8")
    return load_rulebook([path])


def told(book: Rulebook, agreement: str, **values: str) -> list[str]:
    line = {"agreement": agreement, "date": "2026-03-01", **values}
    return [str(one) for one in read_fact(line, known=known_facts(book), now=NOW, where="rad 1").warnings]


@pytest.mark.parametrize("agreement", ["lan-2026", "ostermalm-2020"])
@pytest.mark.parametrize(
    "values",
    [
        {"kind": "role_assigned", "body": "youth_forum", "role": "materialförvaltare"},
        {"kind": "document_revised", "document": "kvittens"},
        {"kind": "evaluation_done", "object": "lånet"},
    ],
    ids=lambda values: values["kind"],
)
def test_a_record_of_what_a_rule_asks_for_is_never_odd(values: dict[str, str], agreement: str, book: Rulebook) -> None:
    assert told(book, agreement, **values) == []


def test_advice_holds_only_what_the_rules_of_the_agreement_accept(book: Rulebook) -> None:
    [own] = told(book, "lan-2026", kind="role_assigned", body="youth_forum", role="kassör")
    assert own.endswith("Åtgärd: välj bland materialförvaltare, nyckelansvarig.")
    [near] = told(book, "lan-2026", kind="document_revised", document="kvittenser")
    assert near.endswith("Åtgärd: skriv kvittens om det var det som avsågs.")


def test_the_advice_in_the_agreements_that_come_with_the_program_is_the_usual_one(book: Rulebook) -> None:
    [one] = told(book, "ostermalm-2020", kind="document_revised", document="lägesbilder")
    assert one.endswith("Åtgärd: skriv lägesbild om det var det som avsågs.")


def test_the_template_offers_what_the_rules_ask_for(book: Rulebook) -> None:
    names = vocabulary_in_use(book, book.instruments["lan-2026"], known_facts(book).vocabulary)
    assert names.documents == ("kvittens",)
    assert names.values["role_assigned", "role"] == ("materialförvaltare", "nyckelansvarig")
    assert names.values["evaluation_done", "object"] == ("lånet",)


def test_what_is_asked_for_from_above_is_offered_too(book: Rulebook) -> None:
    vocabulary = known_facts(book).vocabulary
    above = vocabulary_in_use(book, book.instruments["ostermalm-2020"], vocabulary)
    assert "åtgärdsplan" in above.documents and "orsaksanalys" in above.documents


def test_guided_recording_offers_what_the_rules_ask_for(book: Rulebook) -> None:
    answers = iter((str(list(book.instruments).index("lan-2026") + 1), "roll eller funktion utsedd", ""))
    seen: list[str] = []

    def ask(text: str, offered: str) -> str:
        return next(answers, "") or offered

    guide(book, known_facts(book).vocabulary, NOW.date(), Person(ask, seen.append))
    assert any(line.strip().endswith(". materialförvaltare") for line in seen)
    assert any(line.strip().endswith(". nyckelansvarig") for line in seen)
    assert not [line for line in seen if "lokalpolisområdeschef" in line]
