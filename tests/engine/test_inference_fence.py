"""What the fence lets through to the rule engine, and what it stops."""

import pytest

from avtalsvakt_engine.inference.fence import (
    MOST_CONDITIONS,
    Absent,
    FenceBroken,
    Present,
    Rule,
    definitions,
    fact,
    identity_hash,
)


def test_a_rule_in_the_engines_form():
    rule = Rule("r", (Present("case", {"colour": "red", "size": "big"}), Present("tick"), Absent("conclusion")))
    assert definitions([rule]) == {
        "r": {
            "all": [
                {"m_0": {"$and": [{"kind": "case"}, {"colour": "red"}, {"size": "big"}]}},
                {"m_1": {"kind": "tick"}},
                {"m_2$not": {"kind": "conclusion"}},
            ]
        }
    }


@pytest.mark.parametrize(
    "conditions",
    [
        (),
        (Absent("conclusion"),),
        (Absent("conclusion"), Present("tick")),
        (Present("case"), Absent("conclusion")),
        (Present("case"), Absent("conclusion"), Present("tick")),
        (Present("case"), Absent("derived"), Present("tick"), Absent("conclusion")),
        (Present("case"),) * (MOST_CONDITIONS + 1),
        (Present("invoice"),),
    ],
)
def test_conditions_the_engine_would_misread_are_refused(conditions: tuple[Present | Absent, ...]):
    with pytest.raises(FenceBroken):
        definitions([Rule("r", conditions)])


@pytest.mark.parametrize("word", ["", 5, 5.0, True, None, ["red"], {"a": "b"}, b"red", "r" * 4000, "å" * 2000])
def test_only_short_texts_are_compared(word: object):
    words = {"colour": word}
    with pytest.raises(FenceBroken):
        fact("one", "case", words)  # type: ignore[arg-type]
    with pytest.raises(FenceBroken):
        definitions([Rule("r", (Present("case", words),))])  # type: ignore[arg-type]


def test_a_long_text_within_bounds_passes():
    assert fact("one", "case", {"colour": "r" * 3999})["colour"] == "r" * 3999


@pytest.mark.parametrize("word", ['"', "\\", "a\nb", "\x00", "\u2028"])
def test_texts_that_would_need_escapes_are_refused(word: str):
    with pytest.raises(FenceBroken, match="escaped"):
        fact("one", "case", {"colour": word})


@pytest.mark.parametrize("name", ["", "$s", "a.b", "a b", "färg", "1st", "id", "sid", "kind"])
def test_names_the_engine_would_misread_are_refused(name: str):
    with pytest.raises(FenceBroken):
        fact("one", "case", {name: "red"})


@pytest.mark.parametrize("name", ["", "$state", "a$not", "a b", "é"])
def test_names_of_rules_and_facts_are_plain(name: str):
    with pytest.raises(FenceBroken):
        definitions([Rule(name, (Present("case"),))])
    with pytest.raises(FenceBroken):
        fact(name, "case", {})


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(FenceBroken, match="two rules"):
        definitions([Rule("r", (Present("case"),)), Rule("r", (Present("tick"),))])


def test_a_fact_always_has_an_id_a_session_and_a_kind():
    assert fact("one", "tick", {}) == {"id": "one", "sid": "session", "kind": "tick"}
    with pytest.raises(FenceBroken, match="not a kind"):
        fact("one", "invoice", {})


@pytest.mark.parametrize(("text", "expected"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_identity_is_the_published_hash(text: str, expected: int):
    assert identity_hash(text) == expected
