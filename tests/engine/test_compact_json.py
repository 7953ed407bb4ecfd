"""JSON as it is sealed is what Python's own library writes, to the last sign."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_engine.compact_json import canonical, compact

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner), max_leaves=12
)


def standard(value: object, *, by_key: bool) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=by_key, separators=(",", ":"))


@given(value=VALUES)
def test_whatever_is_sealed_is_written_as_the_standard_library_does(value: object) -> None:
    assert compact(value) == standard(value, by_key=False)
    assert canonical(value) == standard(value, by_key=True)


def test_every_sign_is_written_as_the_standard_library_does() -> None:
    signs = "".join(chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000)
    assert compact(signs) == canonical(signs) == standard(signs, by_key=False)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, [2**64], {"a": -(10**30)}])
def test_what_no_register_holds_is_written_so_too(value: object) -> None:
    assert (compact(value), canonical(value)) == (standard(value, by_key=False), standard(value, by_key=True))


def test_what_is_no_json_is_refused() -> None:
    for write in (compact, canonical):
        with pytest.raises(TypeError, match="not JSON serializable"):
            write({"day": [object()]})
