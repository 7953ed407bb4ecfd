"""A tree of hashes over a list that only grows, and short proofs about it: RFC 9162, section 2.1, with SHA-256.

In come leaves (hashes of what is in the list, by `leaf`), out come roots, and proofs as lists of hashes; all of 32
bytes. Whoever has a root and a proof needs neither the list nor this program; the module needs nothing but Python.
"""

import hashlib
from collections.abc import Iterable, Sequence

SIZE = 32
"""Bytes in a hash."""
EMPTY = hashlib.sha256().digest()
"""The root over nothing."""


def leaf(data: bytes) -> bytes:
    """The hash of one entry: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 of 0x01 and both."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """The root of a list that grows, without the list: the roots of its whole subtrees, the largest first."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Go on from what an earlier one had come to (`size`, `peaks`). Raises ValueError where they do not fit."""
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count() or any(len(one) != SIZE for one in self.peaks):
            raise ValueError(f"{len(self.peaks)} peaks of {size} leaves")

    def add(self, one: bytes) -> None:
        """Take in the next leaf."""
        size = self.size
        self.size = size + 1
        while size & 1:
            one = node(self.peaks.pop(), one)
            size >>= 1
        self.peaks.append(one)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        found = self.peaks[-1] if self.peaks else EMPTY
        for peak in reversed(self.peaks[:-1]):
            found = node(peak, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over the leaves."""
    tree = Growing()
    for one in leaves:
        tree.add(one)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """What shows that the leaf at a place (from 0) is in the tree. Raises ValueError where there is no such place."""
    if not 0 <= place < len(leaves):
        raise ValueError(f"no leaf {place} of {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if place < half:
        return [*inclusion_proof(leaves[:half], place), root(leaves[half:])]
    return [*inclusion_proof(leaves[half:], place - half), root(leaves[:half])]


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """What shows that the tree over the first `earlier` leaves (at least 1) became the tree over all. ValueError."""
    if not 0 < earlier <= len(leaves):
        raise ValueError(f"no tree over {earlier} of {len(leaves)} leaves")
    return _consistency(leaves, earlier, whole=True)


def included(one: bytes, place: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof shows that the leaf is at the place in the tree of that size and root."""
    if not 0 <= place < size:
        return False
    found, position, last = one, place, size - 1
    for step in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node(step, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node(found, step)
        position, last = position >> 1, last >> 1
    return last == 0 and found == expected


def consistent(earlier: int, before: bytes, size: int, after: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `earlier` leaves and root `before` became that of `size` and `after`."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and before == after
    steps = [before, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not steps:
        return False
    position, last = earlier - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node(step, old), node(step, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node(new, step)
        position, last = position >> 1, last >> 1
    return last == 0 and (old, new) == (before, after)


def _half(size: int) -> int:
    """The largest power of two below the size: how many leaves the left subtree has."""
    return 1 << ((size - 1).bit_length() - 1)


def _consistency(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of the RFC; `whole`: the earlier tree's root is known to whoever checks."""
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    half = _half(len(leaves))
    if earlier <= half:
        return [*_consistency(leaves[:half], earlier, whole=whole), root(leaves[half:])]
    return [*_consistency(leaves[half:], earlier - half, whole=False), root(leaves[:half])]
