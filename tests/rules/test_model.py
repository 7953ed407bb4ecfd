"""Models of the rule language: frozen, strict when read, and made without pydantic."""

import pickle
import subprocess
import sys
from functools import cached_property
from typing import Annotated

import pytest
from pydantic import ValidationError

from avtalsvakt_rules.language.instrument import Clause, Validity
from avtalsvakt_rules.model import After, Before, Between, Model, field


def _even(number: int) -> int:
    if number % 2:
        raise ValueError("udda")
    return number


class Inner(Model):
    """Has a field with another key."""

    from_: str = field(alias="from")


class Outer(Model):
    """Has everything a model can have."""

    name: str
    many: Annotated[int, Between(0, 10), After(_even)] = 4
    words: Annotated[tuple[str, ...], Before(str.split)] = ()
    inner: Inner | None = None
    kept: dict[str, int] = field(default_factory=dict)

    @classmethod
    def prepared(cls, raw: object) -> object:
        """A text alone is the name."""
        return {"name": raw} if isinstance(raw, str) else raw

    def checked(self) -> "Outer":
        """No name is empty."""
        if not self.name:
            raise ValueError("tomt")
        return self

    @cached_property
    def long(self) -> str:
        """Worked out once."""
        return self.name * 2


def test_a_tree_becomes_a_value_that_knows_what_was_written() -> None:
    one = Outer.model_validate({"name": "a", "words": "b c", "inner": {"from": "d"}})
    assert (one.name, one.many, one.words, one.kept) == ("a", 4, ("b", "c"), {})
    assert one.inner is not None and one.inner.from_ == "d"
    assert one.model_fields_set == {"name", "words", "inner"}
    assert Outer.model_validate("a") == Outer(name="a")
    assert Outer.model_validate(one) is one


@pytest.mark.parametrize(
    ("tree", "where", "kind"),
    [
        ({}, ("name",), "missing"),
        ({"name": "a", "more": 1}, ("more",), "extra_forbidden"),
        ({"name": "a", "many": 12}, ("many",), "less_than_equal"),
        ({"name": "a", "many": 3}, ("many",), "value_error"),
        ({"name": "a", "inner": {"from_": "d"}}, ("inner", "from"), "missing"),
        ({"name": ""}, (), "value_error"),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(tree: object, where: tuple[str, ...], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(tree)
    assert next((one["loc"], one["type"]) for one in caught.value.errors()) == (where, kind)


def test_a_value_does_not_change_and_a_copy_forgets_what_was_worked_out() -> None:
    one = Outer(name="a")
    assert one.long == "aa"
    with pytest.raises(AttributeError):
        one.name = "b"  # type: ignore[misc]
    other = one.model_copy(update={"name": "b"})
    assert (one.long, other.long, other.many) == ("aa", "bb", 4)
    assert other.model_fields_set == {"name"} and other != one
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(Validity()) == hash(Validity())


def test_a_value_is_made_of_its_own_fields_only() -> None:
    with pytest.raises(TypeError, match="Outer has no field more"):
        Outer(name="a", more=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Outer needs name"):
        Outer()  # type: ignore[call-arg]


def test_what_is_not_written_is_kept_once_and_cannot_be_changed() -> None:
    one = Outer(name="a")
    assert vars(one) == {"name": "a"} and one.kept is Outer(name="b").kept == {}
    with pytest.raises(TypeError):
        one.kept["x"] = 1
    assert Clause.model_fields["accepted"].unwritten() == {}


def test_what_is_written_as_it_would_be_anyway_is_equal_and_known_to_be_written() -> None:
    said, unsaid = Outer(name="a", many=4), Outer(name="a")
    assert said == unsaid and hash(Validity(to=None)) == hash(Validity())
    assert (said.written("many"), unsaid.written("many")) == (True, False)
    assert said.model_dump_json() == unsaid.model_dump_json()


def test_the_language_is_there_without_pydantic_and_yaml() -> None:
    said = "import sys, avtalsvakt_rules.rulebook; print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"
