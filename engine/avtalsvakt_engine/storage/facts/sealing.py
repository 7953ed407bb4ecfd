"""What a fact's hashes are taken over: everything it says, what can be erased as salted digests only.

Who recorded it, and what was written about it in free words, are kept beside the fact (`fact_texts`), each with a salt
of its own; a fact holds a digest of each instead. A text and its salt can be erased later (erasing.py): what is left
tells nothing, and every hash still follows. In come facts, out come rows, lines and hashes.

By the second rule a fact's line is the canonical JSON (keys sorted, no spaces, no escapes, UTF-8) of

    [arrival, 2, {agreement, date, id, kind, recorded, attributes that rules reckon with}, {field: digest}]

where a digest is the SHA-256 in hexadecimal of the salt, a line feed and the text's canonical JSON. Its `leaf` is that
of the line in the tree of facts (hash_tree.py), its `hash` the SHA-256 of the hash before it, a line feed and the line.
By the first rule, which facts from before have kept, the hash is taken over [arrival, recorder, everything] instead.
"""

import hashlib
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.storage.integrity.hash_tree import leaf
from avtalsvakt_rules.vocabulary import SECRECY

BEGINNING = "0" * 64
"""What stands for the hash before the first fact's."""
FIRST, SECOND = 1, 2
"""The rules for what a fact's hash is taken over."""
RECORDER = "recorder"
_SALT = 16

RECKONED = frozenset(
    {
        # what other facts it is about
        *("target", "concerns", "decision", "meeting", "notice", "clause", "obligation", "annex", "version", "changes"),
        # the days and periods that it tells of
        *("cancelled_on", "dates", "end", "ends_on", "from", "ground_known_on", "handed_over", "meeting_date"),
        *("new_end", "planned_for", "rescheduled_to", "start", "to", "concerns_period", "for_year", "period", "year"),
        # whose act it is, and codes
        *("body", "from_body", "to_body", "site", "channel", "form", "outcome", "in_writing", "joint_assessment"),
        *("police_present", "separate", "sources_disclosed", "time"),
        # what keeps the rest from being told must not be erased before it
        SECRECY,
        # no attribute may be taken for who recorded it
        RECORDER,
    }
)
"""Attributes that stand in the fact itself; any other may be in somebody's own words."""


class Gone(Struct, frozen=True):
    """A text that was erased: its digest, and the erasure's number, moment and decision."""

    digest: str
    number: int
    moment: str
    decision: str


class Kept(Struct, frozen=True):
    """How a fact was sealed where it comes from, so that it gets the same hashes here: rule, salts, what is gone."""

    rule: int
    salts: Mapping[str, str]
    erased: Mapping[str, Gone] = field(default_factory=dict)


class Sealed(Struct, frozen=True):
    """A fact's parts as they are stored: attributes and digests in the fact, texts with their salts beside it."""

    attributes: Mapping[str, Value]
    digests: Mapping[str, str]
    texts: Mapping[str, Value]
    salts: Mapping[str, str]
    rule: int
    hash: str
    leaf: bytes


def seal_fact(fact: Fact, before: str, kept: Kept | None = None) -> Sealed:
    """A fact that has its arrival number, sealed after the hash before it: anew, or as it was sealed elsewhere."""
    texts = erasable(fact)
    salts = {name: kept.salts[name] for name in texts if name in kept.salts} if kept else {}
    import secrets  # only where a fact is added: it brings random numbers of all kinds

    salts |= {name: secrets.token_hex(_SALT) for name in texts if name not in salts}
    gone = {name: one.digest for name, one in kept.erased.items() if name not in texts} if kept else {}
    digests = gone | {name: digest(salts[name], value) for name, value in texts.items()}
    bare = replace(fact, attributes={name: value for name, value in fact.attributes.items() if name in RECKONED})
    line = line_of(bare, digests)
    rule = kept.rule if kept else SECOND
    text = first_line(fact) if rule == FIRST else line
    return Sealed(bare.attributes, digests, texts, salts, rule, chained(before, text), leaf(line.encode()))


def erasable(fact: Fact) -> dict[str, Value]:
    """What of a fact may be erased, by field."""
    found: dict[str, Value] = {RECORDER: fact.recorder} if fact.recorder is not None else {}
    return found | {name: value for name, value in fact.attributes.items() if name not in RECKONED}


def digest(salt: str, value: Value) -> str:
    """What stands in the fact for a text."""
    return hashlib.sha256(f"{salt}\n{canonical(value)}".encode()).hexdigest()


def line_of(bare: Fact, digests: Mapping[str, str]) -> str:
    """What a fact's leaf, and by the second rule its hash, is taken over: the fact without texts, and their digests."""
    from avtalsvakt_engine.intake.fact_reading import to_line  # only where a fact is sealed or held against its seal

    return canonical([bare.arrival, SECOND, to_line(bare), digests])


def first_line(fact: Fact) -> str:
    """What a fact's hash is taken over by the first rule."""
    from avtalsvakt_engine.intake.fact_reading import to_line

    return canonical([fact.arrival, fact.recorder, to_line(fact)])


def chained(before: str, line: str) -> str:
    """The hash over a line after the hash before it."""
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()
