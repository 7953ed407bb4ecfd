"""A mapping that is made when it is asked is the one that was packed, and holds nothing but values of the language."""

import json
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from avtalsvakt_rules.keeping.lazy_mapping import LazyMapping
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.model import Model

VALUES = {"b": (1, "två"), "a": frozenset("x"), "c": Day("3 days", count=3, unit="day")}


class Holder(Model):
    """A model with a mapping in it."""

    kept: object


def test_it_is_the_mapping_that_was_packed() -> None:
    packed = LazyMapping.of(VALUES)
    assert packed == VALUES and packed == VALUES and list(packed) == list(VALUES) and len(packed) == 3
    assert packed["b"] == (1, "två") and packed.get("d") is None and "a" in packed
    assert repr(packed) == repr(VALUES)
    assert pickle.loads(pickle.dumps(packed)) == VALUES


def test_a_model_with_one_in_it_is_told_as_with_the_mapping() -> None:
    told = {"a": "1", "b": "2"}
    assert Holder(kept=LazyMapping.of(told)).model_dump_json() == Holder(kept=told).model_dump_json()
    assert json.loads(Holder(kept=LazyMapping.of(told)).model_dump_json()) == {"kept": told}
    assert Holder(kept=LazyMapping.of(told)) == Holder(kept=told)


def test_its_values_are_made_once_whoever_asks() -> None:
    packed = LazyMapping.of({"day": VALUES["c"]})
    with ThreadPoolExecutor(8) as pool:
        assert len({id(found) for found in pool.map(lambda _: packed["day"], range(64))}) == 1


def test_no_function_is_called_that_somebody_packed() -> None:
    raw = pickle.dumps({"a": os.getpid})
    with pytest.raises(pickle.UnpicklingError, match="no value of the rule language"):
        len(LazyMapping(raw))
