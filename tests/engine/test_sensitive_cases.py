"""Sensitive cases: what stands for them in keys, and the marks of the records that name them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import Register, corrected, told

from avtalsvakt_engine.explaining.explaining_summary import whose
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import content, read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.intake.sensitive_facts import with_mark
from avtalsvakt_rules.interpreting.sensitive_cases import MARK
from avtalsvakt_rules.problems import Rejected

CLAUSE: Tree = {
    "rond": {"norm": "shall", "per": "child", "sensitive": True, "what": {"followed": {"child": "same"}},
             "when": {"each": "quarter", "from": {"begun": {}}, "until": {"over": {}}}},
}  # fmt: skip
FACTS: Tree = {kind: ["child"] for kind in ("begun", "over", "followed")}
NOW = datetime(2024, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def register(decider: Decider) -> Register:
    return Register(decider, CLAUSE, "2024-01-01", facts=FACTS)


def begun(number: int, day: str, child: str, kind: str = "begun") -> Fact:
    one = told(kind, day, child=child, id=f"f{number}")
    return Fact(one.id, one.kind, one.agreement, one.date, one.recorded, number, one.precision, one.attributes)


def keys(register: Register, *facts: Fact) -> dict[str, str]:
    return {one.duty.removeprefix("lokalt.rond."): one.status for one in register.judged(facts, "2024-07-01").duties}


def test_the_number_is_that_of_the_first_record_in_the_order_of_recording(register: Register) -> None:
    """Not of the first day: what is recorded later about an earlier day takes no number away."""
    facts = [begun(3, "2024-03-01", "A"), begun(5, "2024-01-10", "B"), begun(7, "2024-02-01", "A")]
    found = keys(register, *facts)
    assert {key.partition(".")[0] for key in found} == {"nr-3", "nr-5"}
    assert set(found) <= set(keys(register, *facts, begun(8, "2024-01-02", "A")))


def test_what_is_corrected_keeps_its_number_and_a_case_that_was_none_goes(register: Register) -> None:
    wrong, right = begun(3, "2024-01-10", "A"), begun(4, "2024-01-10", "B")
    assert {key.partition(".")[0] for key in keys(register, wrong, right)} == {"nr-3", "nr-4"}
    amended = keys(register, wrong, right, corrected(wrong, "2024-02-01", child="C"))
    assert {key.partition(".")[0] for key in amended} == {"nr-3", "nr-4"}
    merged = keys(register, wrong, right, corrected(wrong, "2024-02-01", child="B"))
    assert {key.partition(".")[0] for key in merged} == {"nr-3"}


NAMES = st.permutations(["A", "B", "Anna Svensson", "anna-svensson", "2024-Q1"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["begun", "begun", "over", "followed"]), st.integers(0, 2), st.integers(1, 160)),
    max_size=7,
)


@given(STEPS, NAMES, NAMES)
@settings(max_examples=20, deadline=None)
def test_keys_and_verdicts_say_nothing_of_what_the_cases_are_called(
    register: Register, steps: list[tuple[str, int, int]], some: list[str], others: list[str]
) -> None:
    def judged(names: list[str]) -> dict[str, str]:
        facts = [
            begun(place, date.fromordinal(date(2024, 1, 1).toordinal() + day).isoformat(), names[case], kind)
            for place, (kind, case, day) in enumerate(steps, 1)
        ]
        return keys(register, *facts)

    assert judged(some) == judged(others)


def read(register: Register, **line: object) -> Fact:
    known = known_facts(register.book())
    return read_fact({"agreement": "lokalt", "date": "2024-02-01"} | line, known=known, now=NOW, where="rad").fact


def test_a_record_that_names_a_sensitive_case_is_marked_and_is_the_same_record(register: Register) -> None:
    plain = read(register, kind="begun", child="A")
    assert plain.attributes["secrecy"] == MARK
    assert "secrecy" not in content(plain)  # the id is that of the line as it was before the rule
    assert read(register, kind="begun", child="A", secrecy="OSL 26 kap. 1 §").attributes["secrecy"] == "OSL 26 kap. 1 §"
    assert "secrecy" not in read(register, kind="begun").attributes
    assert "secrecy" not in read(register, kind="decision_made", subject="A").attributes


def met(register: Register, target: Fact, **change: object) -> Fact:
    known = known_facts(register.book())
    line = {"kind": "record_corrected", "target": target.id, "set": change, "reason": "x"}
    one = read_fact(line, known=known, now=NOW, where="rad").fact
    kept, said = meet_targets([one], Others({target.id: target}.get), known, NOW, {one.id: "rad"})
    if said.problems:
        raise Rejected(said.problems)
    return kept[0]


def test_a_correction_by_which_a_record_names_a_case_marks_it(register: Register) -> None:
    bare = told("begun", "2024-02-01", id="b")
    assert met(register, bare, child="A").attributes["set"] == {"child": "A", "secrecy": MARK}
    assert met(register, bare, date="2024-02-02").attributes["set"] == {"date": "2024-02-02"}
    named = with_mark(told("begun", "2024-02-01", id="b", child="A"), known_facts(register.book()))
    assert met(register, named, child=None, secrecy=None).attributes["set"] == {"child": None, "secrecy": None}
    provided = told("begun", "2024-02-01", id="b", child="A", secrecy="OSL 26 kap. 1 §")
    assert met(register, provided, child="B").attributes["set"] == {"child": "B"}
    with pytest.raises(Rejected, match="sekretessen kan inte tas bort"):
        met(register, named, secrecy=None)


def test_what_was_recorded_for_an_agreement_that_is_continued_is_sensitive_too(decider: Decider) -> None:
    old = instrument("gammalt", {}, date(2020, 1, 1), date(2023, 12, 31))
    more = {"replaces": "gammalt", "continues": "gammalt"}
    book = Register(decider, CLAUSE, "2024-01-01", None, old, facts=FACTS, **more).book()
    assert known_facts(book).sensitive == {"lokalt": {"child"}, "gammalt": {"child"}}


OPEN: Tree = {"rond": {key: value for key, value in CLAUSE["rond"].items() if key != "sensitive"}}


def test_two_cases_that_keys_spell_alike_are_two_and_each_is_called_by_its_name(decider: Decider) -> None:
    """The first that was recorded keeps the key; what is recorded later about an earlier day takes it from nobody."""
    facts = [begun(1, "2024-02-10", "Åsa"), begun(2, "2024-01-10", "Asa"), begun(3, "2024-03-10", "–")]
    duties = Register(decider, OPEN, "2024-01-01", facts=FACTS).judged(facts, "2024-04-01").duties
    clause = Register(decider, OPEN, "2024-01-01", facts=FACTS).book().instruments["lokalt"].clauses["rond"]
    by_id = {one.id: one for one in facts}
    called = {one.duty.removeprefix("lokalt.rond."): whose(one, clause, by_id) for one in duties}
    assert {key: name for key, name in called.items() if "2024-Q1" in key} == {
        "asa.2024-Q1": "Åsa", "asa-nr-2.2024-Q1": "Asa", "nr-3.2024-Q1": "–",
    }  # fmt: skip


def test_a_record_that_begins_a_case_and_does_not_say_which_is_told(decider: Decider) -> None:
    known = known_facts(Register(decider, OPEN, "2024-01-01", facts=FACTS).book())
    line = {"agreement": "lokalt", "kind": "begun", "date": "2024-02-01"}
    [told_so] = read_fact(line, known=known, now=NOW, where="rad").warnings
    assert (told_so.what, told_so.where, told_so.why, told_so.remedy) == (
        "child är inte angivet", "rad (child)",
        "reglerna har en skyldighet för varje child, och den här hör då inte till någon", "ange child",
    )  # fmt: skip
    assert read_fact(line | {"child": "A"}, known=known, now=NOW, where="rad").warnings == ()
    assert read_fact(line | {"kind": "followed"}, known=known, now=NOW, where="rad").warnings == ()
