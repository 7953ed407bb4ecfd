"""The pages of reference say what the vocabulary and the rules say: `make reference` writes them anew."""

import re
from pathlib import Path

import pytest

from avtalsvakt.authoring.reference import FOLDER, pages, texts
from avtalsvakt.authoring.reference.uses import uses
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.rulebook import load_rulebook, parse_rulebook
from avtalsvakt_rules.vocabulary import LINE_FIELDS, load

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
BOOK, VOCABULARY = load_rulebook(), load()
PAGES = pages(BOOK)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_it_would_be_written_now(name: str) -> None:
    assert (DOCUMENTS / name).read_text(encoding="utf-8") == PAGES[name], "run 'make reference'"


def test_there_are_no_other_pages() -> None:
    assert {f"{FOLDER}/{path.name}" for path in (DOCUMENTS / FOLDER).iterdir()} == set(PAGES) - {"json.md"}


def headings(name: str) -> set[str]:
    return set(re.findall(r"^## (.+)$", PAGES[f"{FOLDER}/{name}"], re.MULTILINE))


def test_every_kind_attribute_and_reading_has_a_heading() -> None:
    assert set(VOCABULARY.kinds) <= headings("handelser.md")
    assert {name for kind in VOCABULARY.kinds.values() for name in kind.attributes} <= headings("attribut.md")
    assert set(load_readings()) <= headings("lasningar.md")


def test_every_body_and_status_has_a_row() -> None:
    assert all(f"| `{body}` |" in PAGES[f"{FOLDER}/organ.md"] for body in VOCABULARY.bodies)
    assert all(
        f"| `{status}` |" in PAGES[f"{FOLDER}/statusar.md"] for status in (*VOCABULARY.statuses, *VOCABULARY.modalities)
    )


def test_what_has_a_meaning_is_what_there_is() -> None:
    assert set(texts.STATUSES) == set(VOCABULARY.statuses)
    assert set(texts.NORMS) == set(VOCABULARY.modalities)
    assert set(texts.FIELDS) == set(LINE_FIELDS)
    assert set(texts.DAY_OF) <= set(VOCABULARY.kinds)


def test_every_computed_clause_stands_under_each_kind_that_shows_it() -> None:
    used = uses(BOOK)
    told = {(text, name) for one in used.values() for text, names in one.shows.items() for name in names}
    computed = {
        (text, name)
        for text, instrument in BOOK.instruments.items()
        for name, clause in instrument.clauses.items()
        if clause.computed and any(pattern.kind != "itself" for pattern in clause.what)
    }
    assert told == computed
    asked = [one for text in BOOK.instruments.values() for one in text.clauses.values() if one.attest is not None]
    assert used["attestation"].attested == len(asked)


NOTICE = """
instrument: prov
title: Prov
level: local
document: x.txt
term: {from: 2024-01-01}
clauses:
  kallelse: {at: {section: "1"}, norm: shall, what: {meeting_convened: {meeting_date: same}},
    when: {each: {meeting: {body: youth_forum}}, due: 14 days before event}}
"""


def test_a_meeting_that_gives_rise_to_a_duty_is_any_record_of_one() -> None:
    used = uses(parse_rulebook({"prov.yaml": NOTICE}))
    for kind in ("meeting_scheduled", "meeting_convened", "meeting_cancelled", "meeting_held"):
        assert used[kind].causes == {"prov": ["kallelse"]}, kind
    assert used["meeting_convened"].shows == {"prov": ["kallelse"]}
