"""The legal questions as data: complete, without contradiction, labelled, and saying what the semantics say."""

import os
import re
import subprocess
import sys
from importlib.resources import files

import pytest
import yaml
from tests.engine.row_reading import read

from avtalsvakt_engine.rulesets import QUESTIONS, RULE_LABELS, Question, Row, digest

EACH = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@EACH
def test_every_combination_has_exactly_one_conclusion(question: Question):
    for words in question.alphabet():
        on_the_way, concluding = read(question, words)
        assert len(concluding) == 1, (words, [row.name for row in concluding])
        derived = [row.derives for row in on_the_way]
        assert len(set(derived)) == len(derived), (words, [row.name for row in on_the_way])


@EACH
def test_every_row_and_every_word_is_of_use(question: Question):
    readings = [read(question, words) for words in question.alphabet()]
    fired = {row.name for rows in readings for row in (*rows[0], *rows[1])}
    assert fired == {row.name for row in question.rows}
    assert {row.conclude for _, concluding in readings for row in concluding} == set(question.conclusions)
    derived = {(row.derives, row.conclude) for on_the_way, _ in readings for row in on_the_way}
    assert derived == {(name, word) for name, words in question.intermediate.items() for word in words}


def test_every_rule_has_a_name_of_its_own_and_a_swedish_sentence():
    names = [row.name for question in QUESTIONS.values() for row in question.rows]
    assert len(set(names)) == len(names)
    assert set(RULE_LABELS) == set(names)
    for name, label in RULE_LABELS.items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert label[0].isupper() and label.endswith(".") and len(label) <= 90, label


def test_every_row_says_what_it_implements():
    for question in QUESTIONS.values():
        assert question.cites
        for row in question.rows:
            sources = r"(semantics\.md §|vocabulary\.yaml|readings\.yaml|regelspraket\.md|decision) ?\w+"
            assert re.match(sources, row.because)


def test_readings_that_rows_cite_exist():
    known = yaml.safe_load((files("avtalsvakt_rules") / "readings.yaml").read_text("utf-8"))["readings"]
    cited = {
        code
        for question in QUESTIONS.values()
        for text in (question.cites, *(row.because for row in question.rows))
        for part in re.findall(r"readings\.yaml ([^:;]+)", text)
        for code in re.findall(r"[A-Z]+[0-9]?(?:[A-Z]|\b)+", part)
    }
    assert cited and cited <= set(known), cited - set(known)


def test_statuses_are_those_of_the_vocabulary():
    known = set(yaml.safe_load((files("avtalsvakt_rules") / "vocabulary.yaml").read_text("utf-8"))["statuses"])
    assert set(QUESTIONS["status"].conclusions) == known - {"not_evaluated"}
    assert set(QUESTIONS["violation"].dimensions["status"]) == known | {"withdrawn"}


@pytest.mark.parametrize(
    ("question", "words", "conclusion", "because"),
    [
        ("applicability", "reached whole holds none none", "applies", "duty_applies"),
        ("applicability", "ahead outside fails released dormant", "not_applicable", "before_start"),
        ("applicability", "reached outside fails released dormant", "not_applicable", "outside_term"),
        ("applicability", "reached lapsed fails released dormant", "not_applicable", "lapsed"),
        ("applicability", "reached called_off fails released dormant", "not_applicable", "occasion_called_off"),
        ("applicability", "reached sliver fails released dormant", "not_applicable", "part_period_below_threshold"),
        ("applicability", "reached part fails released dormant", "not_applicable", "condition_not_met"),
        ("applicability", "reached part holds released dormant", "not_applicable", "released"),
        ("applicability", "reached part holds none dormant", "not_applicable", "need_dormant"),
        ("applicability", "reached part holds none recorded", "applies", "duty_applies"),
        ("status", "shall passed short none", "overdue", "due_day_passed"),
        ("status", "should passed short none", "recommendation_not_met", "recommended_day_passed"),
        ("status", "shall near short none", "at_risk", "due_soon"),
        ("status", "shall unopened short none", "pending", "not_yet_open"),
        ("status", "shall passed late valid", "fulfilled_late", "done_late"),
        ("status", "shall passed short valid", "waived", "waived_in_form"),
        ("status", "shall passed unclear none", "pending", "decisive_detail_missing"),
        ("status", "shall undated breach none", "overdue", "breach_on_record"),
        ("status", "may passed short none", "not_applicable", "right_lapsed_unused"),
        ("status", "may passed short valid", "not_applicable", "right_lapsed_unused"),
        ("status", "shall_not passed short none", "fulfilled", "prohibition_kept"),
        ("status", "shall_not open breach none", "overdue", "forbidden_act_done"),
        ("paper", "written both strict", "valid", "signed_by_both"),
        ("paper", "missing missing flag", "unproven", "form_unrecorded"),
        ("paper", "missing missing strict", "void", "form_unproven"),
        ("paper", "written missing strict", "void", "signatures_unproven"),
        ("paper", "unknown both strict", "unproven", "form_not_understood"),
        ("paper", "unknown missing flag", "unproven", "form_not_understood_unsigned"),
        ("paper", "unknown missing strict", "void", "form_not_understood_unproven"),
        ("paper", "oral both flag", "void", "agreed_orally"),
        ("extension", "expired in_force clause met valid", "no_effect", "extended_after_expiry"),
        ("extension", "in_time not_in_force clause met valid", "no_effect", "superior_not_in_force"),
        ("extension", "in_time unneeded clause met void", "no_effect", "extension_without_form"),
        ("extension", "in_time in_force clause met valid", "takes_effect", "option_used"),
        ("extension", "in_time in_force clause unproven valid", "takes_effect_unproven", "option_conditions_unproven"),
        ("extension", "in_time in_force clause failed valid", "amendment", "failed_condition_amends"),
        ("extension", "in_time unneeded other met unproven", "amendment_unproven", "other_length_amends_unproven"),
        ("waiver", "oral both written flag", "invalid", "waiver_not_in_writing"),
        ("waiver", "oral both informal flag", "valid", "waived_by_both"),
        ("order", "before", "in_order", "steps_in_order"),
        ("alternation", "known same", "breach", "chair_repeated"),
        ("alternation", "none unknown", "unclear", "chair_unrecorded"),
        ("lateness", "count occasion this later_year documents", "too_late", "missed_meeting_stays_missed"),
        ("lateness", "count other this later_year documents", "late", "document_names_period"),
        ("lateness", "annual other none later_year documents", "too_late", "belongs_to_its_own_year"),
        ("lateness", "own occasion none later_year documents", "late", "first_later_act"),
        ("lateness", "own other other same_year always", "too_late", "names_another_period"),
        ("presumption", "earlier fixed", "presumed", "presumed_day_fixed"),
        ("instrument_state", "unknown open no no no yes", "presumed", "presumed_in_force"),
        ("instrument_state", "reached passed yes no no no", "lapsed", "term_passed"),
        ("instrument_state", "reached passed no yes no no", "terminated", "instrument_terminated"),
        ("violation", "shall none overdue yes", "raised", "violation_raised"),
        ("violation", "shall annulled overdue no", "standing", "violation_stands"),
        ("violation", "shall standing fulfilled no", "annulled", "violation_annulled"),
        ("violation", "shall excused not_evaluated yes", "excused", "unjudged_keeps_excused"),
        ("violation", "shall none waived yes", "none", "waived_before_breach"),
        ("violation", "should none overdue yes", "none", "never_a_violation"),
        ("violation", "should raised recommendation_not_met yes", "annulled", "no_longer_an_obligation"),
    ],
)
def test_what_the_rows_say(question: str, words: str, conclusion: str, because: str):
    _, (row,) = read(QUESTIONS[question], tuple(words.split()))
    assert (row.conclude, row.name) == (conclusion, because)


def test_words_puts_them_in_order_and_refuses_what_does_not_exist():
    status = QUESTIONS["status"]
    assert status.words(waiver="none", evidence="short", phase="near", norm="shall") == (
        "shall",
        "near",
        "short",
        "none",
    )
    with pytest.raises(ValueError, match="status is asked with norm, phase, evidence, waiver; got norm"):
        status.words(norm="shall")
    with pytest.raises(ValueError, match="norm is one of shall, should, may, shall_not; got 'must'"):
        status.words(norm="must", phase="near", evidence="short", waiver="none")
    with pytest.raises(ValueError, match="takes 4 words; got 1"):
        status.check(("shall",))


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ((Row("a", {"colour": "blue"}, "yes", "-"),), "colour='blue' is not declared"),
        ((Row("a", {"shade": "red"}, "yes", "-"),), "shade='red' is not declared"),
        ((Row("a", {"colour": ("red", "blue")}, "yes", "-"),), "colour='blue' is not declared"),
        ((Row("a", {"colour": "red"}, "maybe", "-"),), "'maybe' is not a declared answer"),
        ((Row("a", {"colour": "red"}, "yes", "-", derives="shade"),), "'yes' is not a declared answer"),
        ((Row("a", {}, "yes", "-"), Row("a", {}, "no", "-")), "two rows share a name"),
    ],
)
def test_rows_that_cannot_be_read_are_refused(rows: tuple[Row, ...], complaint: str):
    with pytest.raises(ValueError, match=complaint):
        Question("q", {"colour": ("red",)}, ("yes", "no"), rows, "-")


def test_the_digest_is_the_same_in_every_process():
    script = "from avtalsvakt_engine.rulesets import digest; print(digest())"
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == digest()
