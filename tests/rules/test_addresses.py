"""Addresses: each is one clause's, and paragraphs, sentences, items and statements are counted without a gap."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from avtalsvakt_engine.explaining.places import place_words
from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import load_rulebook

WRITTEN = {name: one for name, one in load_rulebook().written.items() if one.clauses}
Place = tuple[str | None, ...]

GAPS: dict[tuple[str, str, str], str] = {
    ("alvsjo", "Bakgrund", "paragraph"): "the file tells of another agreement, out of a reply on a proposal",
    ("alvsjo-remiss-2019", "Sammanfattning 1", "sentence"): "sentences 2 to 4 are told again, at length, in Ärendet",
    **{
        (
            "norrmalm-2016",
            f"bilaga 3, {section}",
            "paragraph",
        ): "a picture that demands nothing; alike paragraphs are one"
        for section in ("2", "6.2", "6.3.3", "6.4", "6.5")
    },
    (
        "norrmalm-2016",
        "bilaga 3, 3 1",
        "sentence",
    ): "the first sentence is a number of inhabitants, told with the others",
}
"""Where the count has a hole, and why: what is not in the file there is told somewhere else or demands nothing."""


def place(at: Address, *names: str) -> Place:
    return tuple(getattr(at, name) for name in names)


def counted(one: Instrument) -> Iterator[tuple[str, str, set[str]]]:
    """What is numbered within what: the place, what is counted, the numbers that stand there."""
    inside: dict[tuple[str, str], set[str]] = defaultdict(set)
    for clause in one.clauses.values():
        at = clause.at
        within = at.section_text
        whole = " ".join(filter(None, (within, at.paragraph_text)))
        outer = {"paragraph": within, "sentence": whole, "item": whole}
        outer["statement"] = " ".join(filter(None, (whole, at.sentence, at.item)))
        for name, text in outer.items():
            if (number := getattr(at, name)) is not None and number.isdigit():
                inside[text, name].add(number)
    yield from ((text, name, numbers) for (text, name), numbers in inside.items())


@pytest.mark.parametrize("name", WRITTEN)
def test_an_address_is_one_clause(name: str) -> None:
    seen: dict[Place, str] = {}
    for obligation, clause in WRITTEN[name].clauses.items():
        key = place(clause.at, *Address.model_fields)
        assert key not in seen, f"{obligation} och {seen.get(key)} står på samma plats"
        seen[key] = obligation


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_counted_is_counted_from_one_without_a_gap(name: str) -> None:
    for text, what, numbers in counted(WRITTEN[name]):
        if (name, text, what) not in GAPS:
            assert sorted(map(int, numbers)) == list(range(1, len(numbers) + 1)), f"{text}: {what}"


def test_every_gap_that_is_excused_is_one() -> None:
    for name, text, what in GAPS:
        found = {(place, kind): numbers for place, kind, numbers in counted(WRITTEN[name])}
        numbers = sorted(map(int, found[text, what]))
        assert numbers != list(range(1, len(numbers) + 1))


def holds(whole: Place, there: Place) -> bool:
    """Whether a place is, or lies in, another: every word that the wider one has is the same, or a section of it."""
    return all(mine is None or mine == theirs or str(theirs).startswith(f"{mine}.")
               for mine, theirs in zip(whole, there, strict=True))  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_findings_point_to_places_that_some_clause_stands_at(name: str) -> None:
    one = WRITTEN[name]
    known = {place(clause.at, "annex", "section", "part", "paragraph", "row") for clause in one.clauses.values()}
    own = {there[0] for there in known}  # an annex that is a text of its own has a file of its own
    for finding, told in one.findings.items():
        for at in told.at:
            whole = place(at, "annex", "section", "part", "paragraph", "row")
            found = at.annex not in own or any(holds(whole, there) for there in known)
            assert found, f"{finding}: {place_words(at)}"


def test_a_statement_is_cited_as_a_part_of_its_sentence() -> None:
    at = Address(section="4", paragraph="1", sentence="2", statement="3")
    assert place_words(at) == "avsnitt 4, stycke 1, mening 2, led 3"
