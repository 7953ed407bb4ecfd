"""Single sessions with the rule engine itself: it agrees with the rows, and says when it cannot conclude."""

import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.row_reading import read

from avtalsvakt_engine.inference.session import SessionFailed, conclude, prepare
from avtalsvakt_engine.rulesets import Question, Row, Words

# durable-rules asks the time in a way that Python 3.12 and later advise against.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")

RED_OR_BLUE = {"colour": ("red", "blue")}


def test_nothing_concluded_is_a_failure():
    question = Question("q", RED_OR_BLUE, ("yes",), (Row("reds", {"colour": "red"}, "yes", "-"),), "-")
    assert conclude(prepare(question), ("red",)) == ("yes", ("reds",))
    with pytest.raises(SessionFailed, match="ingen regel gav någon slutsats"):
        conclude(prepare(question), ("blue",))


def test_two_conclusions_are_a_failure_even_if_they_agree():
    rows = (Row("reds", {"colour": "red"}, "yes", "-"), Row("all", {"colour": ("red", "blue")}, "yes", "-"))
    question = Question("q", RED_OR_BLUE, ("yes",), rows, "-")
    assert conclude(prepare(question), ("blue",)) == ("yes", ("all",))
    with pytest.raises(SessionFailed, match="flera regler gav var sin slutsats"):
        conclude(prepare(question), ("red",))


def test_what_is_derived_leads_on_and_is_told_in_the_order_written():
    rows = (
        Row("warm", {"colour": "red"}, "high", "-", derives="heat"),
        Row("cold", {"colour": "blue"}, "low", "-", derives="heat"),
        Row("melts", {"heat": "high"}, "water", "-", derives="state"),
        Row("stays", {"heat": "low"}, "ice", "-", derives="state"),
        Row("wet", {"state": "water", "colour": "red"}, "yes", "-"),
        Row("dry", {"state": "ice"}, "no", "-"),
    )
    middle = {"heat": ("high", "low"), "state": ("water", "ice")}
    question = Question("q", RED_OR_BLUE, ("yes", "no"), rows, "-", intermediate=middle)
    assert conclude(prepare(question), ("red",)) == ("yes", ("warm", "melts", "wet"))
    assert conclude(prepare(question), ("blue",)) == ("no", ("cold", "stays", "dry"))


def test_two_facts_the_engine_could_not_tell_apart_are_a_failure():
    # The ids conclusion_pmqb and conclusion_tbnhlee have the same 32-bit hash.
    rows = tuple(Row(name, {"colour": "red"}, "yes", "-") for name in ("pmqb", "tbnhlee"))
    question = Question("q", RED_OR_BLUE, ("yes",), rows, "-")
    with pytest.raises(SessionFailed, match="avbröts av ett fel") as failure:
        conclude(prepare(question), ("red",))
    assert "samma identitet" in str(failure.value.__cause__)


@pytest.mark.parametrize(
    ("missing", "cause"),
    [
        ("sink_case", "tappade ett faktum"),
        ("sink_derived", "avbröts av ett fel"),
        ("sink_conclusion", "tappade ett faktum"),
        ("sink_tick", "tappade ett faktum"),
    ],
)
def test_a_fact_that_is_not_accounted_for_is_a_failure(missing: str, cause: str):
    rows = (Row("reds", {"colour": "red"}, "yes", "-"), Row("warm", {"colour": "red"}, "high", "-", derives="heat"))
    whole = prepare(Question("q", RED_OR_BLUE, ("yes",), rows, "-", intermediate={"heat": ("high",)}))
    assert conclude(whole, ("red",)) == ("yes", ("warm", "reds"))
    with pytest.raises(SessionFailed, match=cause):
        conclude(replace(whole, rules=tuple(rule for rule in whole.rules if rule[0] != missing)), ("red",))


def test_an_engine_that_does_not_notice_that_nothing_was_concluded_is_a_failure():
    question = Question("q", RED_OR_BLUE, ("yes",), (Row("reds", {"colour": "red"}, "yes", "-"),), "-")
    whole = prepare(question)
    blind = replace(whole, rules=tuple(rule for rule in whole.rules if rule[0] != "nothing_concluded"))
    assert conclude(blind, ("red",)) == ("yes", ("reds",))
    with pytest.raises(SessionFailed, match="motsade sig själv"):
        conclude(blind, ("blue",))


def test_no_thread_is_left_running():
    question = Question("q", RED_OR_BLUE, ("yes",), (Row("all", {"colour": ("red", "blue")}, "yes", "-"),), "-")
    before = threading.active_count()
    conclude(prepare(question), ("red",))
    assert threading.active_count() == before


DIMENSIONS = {"colour": ("red", "blue", "green"), "size": ("big", "small"), "heat": ("hot", "mild", "cold")}
MIDDLE = {"mood": ("glad", "sad")}


MOODS = st.dictionaries(st.sampled_from(DIMENSIONS["colour"]), st.sampled_from(MIDDLE["mood"]))
CHOICES = {
    name: st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)
    for name, words in {**DIMENSIONS, **MIDDLE}.items()
}
ROWS = st.lists(st.fixed_dictionaries({}, optional=CHOICES).filter(bool), max_size=6)
CONCLUDED = st.sampled_from(("yes", "no"))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A random question, sound or not: rows may overlap or leave gaps; what is derived is derived once."""
    moods = draw(MOODS)
    rows = [Row(f"mood_{colour}", {"colour": colour}, mood, "-", derives="mood") for colour, mood in moods.items()]
    for number, words in enumerate(draw(ROWS)):
        rows.append(Row(f"row_{number}", words, draw(CONCLUDED), "-"))
    return Question("q", DIMENSIONS, ("yes", "no"), tuple(rows), "-", intermediate=MIDDLE)


@settings(max_examples=150, deadline=None)
@given(questions(), st.tuples(*map(st.sampled_from, DIMENSIONS.values())))
def test_the_engine_reads_any_rows_as_they_are_written(question: Question, words: Words):
    on_the_way, concluding = read(question, words)
    if len(concluding) == 1:
        expected = concluding[0].conclude, tuple(row.name for row in (*on_the_way, *concluding))
        assert conclude(prepare(question), words) == expected
    else:
        with pytest.raises(SessionFailed, match="flera regler" if concluding else "ingen regel"):
            conclude(prepare(question), words)


MEMORY = """
import resource
from itertools import islice
from avtalsvakt_engine.inference.session import conclude, prepare
from avtalsvakt_engine.rulesets import QUESTIONS
for most in (1, None):  # one of each question, so that all is loaded; then all there are
    for question in QUESTIONS.values():
        prepared = prepare(question)
        for words in islice(question.alphabet(), most):
            conclude(prepared, words)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_number_of_sessions():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run([sys.executable, "-c", MEMORY], env=environment, capture_output=True, text=True, check=True)
    first, last = map(int, run.stdout.split())
    assert last - first < 4_000, "kilobytes; a session that leaked would cost about 200 each"
