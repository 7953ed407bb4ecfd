"""Labels and the sentences made of them: whole, in the forms that sentences need, and as a person has read them."""

import re
from pathlib import Path

import pytest
from tests.engine.words import CODES, GOLDEN, golden

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.act_words import act_of, either, listed, own_record
from avtalsvakt_engine.explaining.clause_words import evidence_words, more_words, when_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import MOVABLE
from avtalsvakt_rules.language.patterns import read_pattern
from avtalsvakt_rules.vocabulary import load

ROOT = Path(__file__).resolve().parents[2]
AT = {"section": "1"}
NAMES = names_of()


@pytest.mark.parametrize("name", sorted(golden()))
def test_labels_and_sentences_are_those_that_a_person_has_read(name: str) -> None:
    assert golden()[name] == (GOLDEN / name).read_text(encoding="utf-8"), "python -m tests.engine.words writes it anew"


def test_every_kind_and_body_has_the_forms_of_a_sentence() -> None:
    vocabulary = load()
    assert set(vocabulary.words.kinds) == {*vocabulary.kinds, *MOVABLE}
    assert set(vocabulary.bodies) <= set(vocabulary.words.things)
    documents = {*vocabulary.values["document"], *vocabulary.values["evaluation_done.object"]}
    assert documents <= set(vocabulary.words.things)


def test_words_are_said_of_attributes_that_there_are() -> None:
    words = load().words
    assert set(words.attributes) <= set(load().labels) and set(words.contents) <= set(load().labels)
    for name, kind in load().kinds.items():
        used = {*words.kinds[name].near, *words.kinds[name].after, *filter(None, [words.kinds[name].of])}
        assert all(kind.allows(one) or one == "agreement" for one in used), (name, used)


def test_every_table_of_codes_is_in_the_golden_list() -> None:
    tables = [name for name, value in vars(labels).items() if name.isupper() and hasattr(value, "items")]
    assert {id(getattr(labels, name)) for name in tables} <= {id(table) for table in CODES.values()}


def test_no_sentence_is_a_pattern() -> None:
    text = golden()["sentences.txt"]
    assert not re.search(r"\b(vid varje handling|× |organ:|handling:|utfall:|ämne:|föremål:)", text)
    assert not re.search(r"\{\w+\}|  \w+_\w+|None", text)


@pytest.mark.parametrize(
    ("pattern", "happens", "has_happened"),
    [
        (
            {"meeting_held": {"body": "local_steering_group"}},
            "ett möte i den lokala styrgruppen hålls",
            "ett möte i den lokala styrgruppen har hållits",
        ),
        (
            {"document_revised": {"document": "lägesbild"}},
            "en lägesbild upprättas eller uppdateras",
            "lägesbilden har upprättats eller uppdaterats",
        ),
        (
            {"document_revised": {"document": ["lägesbild", "åtgärdsplan"]}},
            "en lägesbild eller en åtgärdsplan upprättas eller uppdateras",
            "lägesbilden eller åtgärdsplanen har upprättats eller uppdaterats",
        ),
        (
            {"notice_received": {"notice": {"demand_sent": {"channel": ["bud", "e-post"]}}}},
            "en skriftlig anmodan med bud eller med e-post tas emot",
            "en skriftlig anmodan med bud eller med e-post har tagits emot",
        ),
        ({"need_assessed": {"what": "revidering", "outcome": "behov"}}, "ett behov av en revidering bedöms finnas",
         "ett behov av en revidering har bedömts finnas"),
        ({"walk_done": {"route": "norra"}}, "»walk done« registreras (route: norra)",
         "»walk done« har registrerats (route: norra)"),
        ({"decision_made": {"body": "own_group"}}, "ett beslut fattas av own_group",
         "ett beslut har fattats av own_group"),
        ({"inspection_done": {"police_present": "ja"}}, "en tillsyn genomförs med polisen närvarande",
         "en tillsyn har genomförts med polisen närvarande"),
    ],
)  # fmt: skip
def test_a_pattern_is_said_as_a_clause(pattern: object, happens: str, has_happened: str) -> None:
    act = act_of(read_pattern(pattern), NAMES)
    assert (act.happens, act.has_happened) == (happens, has_happened)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"each": {"meeting_held": {}}, "due": "7 days after event"}, "efter varje möte, senast 7 dagar efter mötet"),
        ({"each": {"meeting": {}}, "due": "2 weeks before event"}, "inför varje möte, senast 2 veckor före mötet"),
        ({"each": {"meeting_held": {}}, "due": "event"}, "vid varje möte, senast samma dag"),
        ({"each": {"document_revised": {"document": "lägesbild"}}, "due": "1 month after event"},
         "varje gång lägesbilden har upprättats eller uppdaterats, senast 1 månad efter det"),
        ({"each": "year", "due": "01-31"}, "varje år, senast den 31 januari"),
    ],
)  # fmt: skip
def test_an_occasion_is_said_with_the_side_on_which_it_is_asked_for(when: object, words: str) -> None:
    clause = Clause.model_validate({"at": AT, "norm": "shall", "when": when, "what": {"information_given": {}}})
    assert when_words(clause, NAMES) == words


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"at_least": 2}, "minst 2 möten i den lokala styrgruppen hålls"),
        ({"at_most": 4}, "högst 4 möten i den lokala styrgruppen hålls"),
        ({"at_least": 1, "at_most": 4}, "minst 1 och högst 4 möten i den lokala styrgruppen hålls"),
        ({}, "ett möte i den lokala styrgruppen hålls"),
    ],
)
def test_how_many_are_asked_for_is_said_in_the_right_number(keys: dict[str, int], words: str) -> None:
    what = {"meeting_held": {"body": "local_steering_group"}}
    clause = Clause.model_validate({"at": AT, "norm": "shall", "when": {"each": "year"}, "what": what, **keys})
    assert evidence_words(clause, NAMES) == words


def test_what_is_left_is_said_as_more_of_the_same() -> None:
    what = {"meeting_held": {"body": "local_steering_group"}}
    tree = {"at": AT, "norm": "shall", "when": {"each": "year"}, "what": what, "at_least": 3}
    clause = Clause.model_validate(tree)
    assert more_words(clause, NAMES, 3, 0) == "3 möten i den lokala styrgruppen hålls"
    assert more_words(clause, NAMES, 1, 2) == "ytterligare ett möte i den lokala styrgruppen hålls"
    assert more_words(clause, NAMES, 2, 1) == "ytterligare 2 möten i den lokala styrgruppen hålls"


def test_an_occasions_own_record_is_said_of_the_occasion() -> None:
    event = read_pattern({"meeting_held": {"body": "chiefs_council"}})
    wanted = read_pattern({"itself": {"chair": "alternating"}})
    assert own_record(event, wanted, NAMES) == "mötet hålls med en annan ordförande än förra gången"
    assert own_record(event, read_pattern("itself"), NAMES, "tar upp mål") == "mötet tar upp mål"


def test_series_are_said_as_people_say_them_and_nothing_twice() -> None:
    assert either(["a", "b", "c"]) == "a, b eller c" and listed(["a", "b"]) == "a och b"
    assert either(["a", "a"]) == "a"


def test_a_word_is_explained_where_it_is_used_and_nowhere_else() -> None:
    assert labels.terms(["16 läkta, 21 kan läkas, 41 består"]) == tuple(
        f"{word} = {labels.TERMS[word]}" for word in ("kan läkas", "består")
    )
    assert labels.terms(["försenad"]) == ()
    assert labels.terms(["Brist: 1 av 2 finns"])[0].startswith("brist = ")
    assert labels.terms(["svar: nej"])[0].startswith("svar: nej = ")
