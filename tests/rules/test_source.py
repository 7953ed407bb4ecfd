"""Strict YAML: one reading of every file, the line of every value, and no file that is not reasonable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_rules.parsing.source import DEEPEST, Tree, parse_source
from avtalsvakt_rules.problems import Rejected

READ: dict[str, Tree] = {
    "a: 1\nb: on\nc: 2026-01-01\n": {"a": "1", "b": "on", "c": "2026-01-01"},
    "a:\nb: ''\nc: ~\nd: !!null ''\ne: null\n": {"a": None, "b": "", "c": "~", "d": None, "e": "null"},
    "a: ! ''\nb: !\nc: ! x\nd: !!str ''\n": {"a": None, "b": "", "c": "x", "d": ""},
    "- a\n- [b, {c: d}]\n": ["a", ["b", {"c": "d"}]],
    "---\n": None,
    "text": "text",
    "a: &x 1\nb: *x\nc: [*x, *x]\n": {"a": "1", "b": "1", "c": ["1", "1"]},
    "&k a: 1\nb: *k\n": {"a": "1", "b": "a"},
    "'<': 1\n": {"<": "1"},
}
REFUSED = {
    "": "filen är tom",
    "# bara en kommentar\n": "filen är tom",
    "a: &x {c: 1}\nb: *x\n": "x.yaml:1: alias (*) används",
    "&a [*a]\n": "x.yaml:1: alias (*) används",
    "a: 1\nb: *x\n": "x.yaml:2: filen är inte giltig YAML. * används",
    "a: &x 1\nb: &x 2\n": "x.yaml:2: filen är inte giltig YAML. YAML-läsaren sade: second occurrence",
    "a: *x\nb: [1, 2\n": "x.yaml:3: filen är inte giltig YAML. ett komma eller en klammer saknas",
    "a: 1\n---\nb: 2\n": "x.yaml:2: filen är inte giltig YAML. YAML-läsaren sade: but found another document",
    "a: 1\nb: 2\na: {c: 1, c: 2}\n": "x.yaml:3: nyckeln 'a' står redan på rad 1",
    "a: 1\n? [b]\n: {c: 1, c: 2}\n": "x.yaml:2: nyckeln är inte en enkel text",
    "a: 1\n<<: {b: 2}\n": "x.yaml:2: nyckeln är inte en enkel text",
    "&k a: 1\n*k : 2\n": "x.yaml:2: nyckeln 'a' står redan på rad 1",
}


@pytest.mark.parametrize("text", READ)
def test_it_means_what_it_says(text: str) -> None:
    assert parse_source(text, "x.yaml").tree == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_can_be_read_in_two_ways_is_said_once_with_its_line(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse_source(text, "x.yaml")
    [problem] = caught.value.problems
    assert REFUSED[text] in str(problem)


def test_every_value_remembers_its_line() -> None:
    source = parse_source("a: 1\nb:\n  - c\n  - d:\n      e\nf: &x g\nh: [*x,\n  i]\n", "x.yaml")
    assert dict(source.lines) == {
        (): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "d"): 4, ("f",): 6,
        ("h",): 7, ("h", 0): 6, ("h", 1): 8,
    }  # fmt: skip


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_a_file_is_as_deep_as_anybody_writes(opened: str, closed: str) -> None:
    parse_source(opened * DEEPEST + "1" + closed * DEEPEST, "x.yaml")
    with pytest.raises(Rejected, match="fler än 40 nivåer under varandra"):
        parse_source(opened * (DEEPEST + 1) + "1" + closed * (DEEPEST + 1), "x.yaml")


PLAIN = st.text(st.characters(exclude_categories=["C", "Z"])) | st.integers()
TREES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", min_size=1), inner), max_leaves=12
)


def as_text(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: as_text(value) for key, value in tree.items()}
    return [as_text(one) for one in tree] if isinstance(tree, list) else str(tree)


@given(tree=TREES)
def test_json_is_read_as_what_it_is(tree: object) -> None:
    assert parse_source(json.dumps(tree, ensure_ascii=False), "x.yaml").tree == as_text(tree)
