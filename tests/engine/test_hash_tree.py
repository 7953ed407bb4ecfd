"""The tree of hashes is RFC 9162's: known roots, and proofs that hold for every place and size and for no other."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_engine.storage.integrity.hash_tree import (
    Growing,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf,
    root,
)

ENTRIES = [bytes.fromhex(one) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_that_implementations_of_the_standard_are_tried_with(size: int) -> None:
    assert root([leaf(one) for one in ENTRIES[:size]]).hex() == ROOTS[size]


def test_the_root_over_nothing() -> None:
    assert root([]) == hashlib.sha256().digest()


def definition(leaves: list[bytes]) -> bytes:
    """The definition, word for word: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return leaves[0]
    half = max(2**n for n in range(20) if 2**n < len(leaves))
    return hashlib.sha256(b"\x01" + definition(leaves[:half]) + definition(leaves[half:])).digest()


def some(size: int) -> list[bytes]:
    return [leaf(str(n).encode()) for n in range(size)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100])
def test_a_growing_tree_is_the_defined_one_and_goes_on_from_its_peaks(size: int) -> None:
    leaves = some(size)
    assert root(leaves) == definition(leaves)
    for cut in range(size):
        tree = Growing()
        for one in leaves[:cut]:
            tree.add(one)
        again = Growing(tree.size, tree.peaks)
        for one in leaves[cut:]:
            again.add(one)
        assert again.root() == definition(leaves)


@pytest.mark.parametrize(("size", "peaks"), [(1, []), (2, [b"x" * 32] * 2), (1, [b"short"])])
def test_peaks_that_do_not_fit_are_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Growing(size, peaks)


@given(size=st.integers(1, 70), data=st.data())
def test_every_leaf_is_proven_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    leaves = some(size)
    place = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(leaves, place), root(leaves)
    assert included(leaves[place], place, size, proof, top)
    assert len(proof) <= size.bit_length()
    assert not included(leaf(b"another"), place, size, proof, top)
    assert not included(leaves[place], place, size, [*proof, top], top)
    assert not included(leaves[place], size, size, proof, top)
    other = data.draw(st.integers(0, size - 1))
    assert included(leaves[place], other, size, proof, top) == (other == place)
    for cut in range(len(proof)):
        assert not included(leaves[place], place, size, proof[:cut] + proof[cut + 1 :], top)


@given(size=st.integers(1, 70), data=st.data())
def test_what_grew_is_proven_to_continue_and_what_was_rewritten_is_not(size: int, data: st.DataObject) -> None:
    leaves = some(size)
    earlier = data.draw(st.integers(1, size))
    proof, before, after = consistency_proof(leaves, earlier), root(leaves[:earlier]), root(leaves)
    assert consistent(earlier, before, size, after, proof)
    assert not consistent(earlier, before, size, after, [*proof, after])
    place = data.draw(st.integers(0, earlier - 1))
    rewritten = [*leaves[:place], leaf(b"another"), *leaves[place + 1 :]]
    assert not consistent(earlier, before, size, root(rewritten), consistency_proof(rewritten, earlier))
    if earlier > 1:
        assert not consistent(earlier - 1, before, size, after, proof)


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_no_proof_of_a_place_that_is_not_there(place: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(some(3), place)


@pytest.mark.parametrize("earlier", [0, 4])
def test_there_is_no_proof_that_a_larger_tree_became_a_smaller(earlier: int) -> None:
    with pytest.raises(ValueError, match="no tree"):
        consistency_proof(some(3), earlier)
    assert not consistent(earlier, root(some(1)), 3, root(some(3)), [])
