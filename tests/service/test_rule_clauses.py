"""The register of clauses: complete, the same in every form, and a page that a browser and a reader can follow."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from tests.service.command_line import call, said

from avtalsvakt.authoring.clause_register import counts, entries
from avtalsvakt_engine.explaining import labels
from avtalsvakt_rules.rulebook import load_rulebook

BOOK = load_rulebook()
pytestmark = pytest.mark.usefixtures("morning")
BINDING = {"shall", "should", "may", "shall_not"}


def listed(*words: str) -> list[dict[str, object]]:
    found = call("rules", "clauses", *words, "--format", "json")
    assert found.code == 0
    rows: list[dict[str, object]] = json.loads(found.out)["clauses"]
    return rows


def test_every_statement_has_a_place_a_summary_in_both_languages_and_one_account() -> None:
    for entry in entries(BOOK):
        clause, name = entry.clause, f"{entry.instrument.instrument}.{entry.name}"
        assert clause.sv, name
        assert clause.en, name
        assert clause.who or not BINDING & set(clause.norm), f"{name} names no bearer"
        elsewhere = [bool(entry.obligations), bool(entry.asked_in), bool(clause.given_by)]
        accounts = [*elsewhere, clause.attest is not None, clause.note is not None]
        assert accounts.count(True) == 1, name


def test_what_judges_a_statement_is_a_computed_obligation() -> None:
    for entry in entries(BOOK, accounted=["computed", "part"]):
        assert entry.obligations
        for target in entry.obligations:
            instrument, _, name = target.partition(".")
            assert BOOK.instruments[instrument].clauses[name].computed


def test_what_is_asked_elsewhere_is_a_question_there() -> None:
    for entry in entries(BOOK, accounted=["asked"]):
        for target in entry.asked_in:
            instrument, _, name = target.partition(".")
            assert BOOK.instruments[instrument].clauses[name].attest


def test_each_reason_is_a_sentence_of_its_own() -> None:
    reasons = [entry.clause.note or "" for entry in entries(BOOK, accounted=["not_checkable"])]
    assert all(len(reason.split()) >= 4 for reason in reasons)


def test_json_and_csv_say_the_same() -> None:
    rows = listed("--instrument", "vaxholm-2023")
    found = call("rules", "clauses", "--instrument", "vaxholm-2023", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(found.out)))
    assert [line["clause"] for line in lines] == [row["clause"] for row in rows]
    assert [line["sv"] for line in lines] == [row["sv"] for row in rows]
    assert {line["class"] for line in lines} <= set(labels.CLASSES)


def test_a_class_and_an_instrument_narrow_the_list() -> None:
    rows = listed("--class", "attested", "--class", "not_checkable", "--instrument", "umbrella-2024")
    assert rows
    assert {row["class"] for row in rows} == {"attested", "not_checkable"}
    assert {row["instrument"] for row in rows} == {"umbrella-2024"}


def test_an_unknown_instrument_is_said_with_the_nearest() -> None:
    found = call("rules", "clauses", "--instrument", "vaxholm-2032")
    assert found.code == 2
    why, remedy = "det finns inga regler för det", "skriv vaxholm-2023 om det var det som avsågs"
    assert found.err == said("avtalet 'vaxholm-2032' finns inte", "--instrument", why, remedy)


def test_the_table_ends_in_numbers_that_add_up() -> None:
    found = call("rules", "clauses")
    last = [line.split() for line in found.out.splitlines() if line.startswith("tillsammans")]
    assert [int(line[-1]) for line in last] == [len(listed())] * 2
    assert sum(one.total for one in counts(list(entries(BOOK)))) == len(listed())


class Page(HTMLParser):
    """Collects ids, links to them, headings of tables, and whether every tag is closed."""

    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.seen.append(tag)
        self.ids += [fields["id"] or ""] if "id" in fields else []
        self.links += [(fields["href"] or "")[1:]] if "href" in fields else []
        if tag == "th":
            assert fields["scope"] in ("col", "row")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_with_headings_a_reader_can_follow() -> None:
    found = call("rules", "clauses", "--format", "html")
    page = Page()
    page.feed(found.out)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids)
    assert page.seen.count("caption") == page.seen.count("table")
    assert page.seen.count("script") == 0
    assert {f"{row['instrument']}.{row['clause']}" for row in listed()} <= set(page.ids)


def test_findings_name_places_and_clauses_that_exist() -> None:
    found = call("rules", "findings", "--format", "json")
    rows = json.loads(found.out)["findings"]
    assert rows
    for row in rows:
        assert row["at"]
        assert row["sv"]
        assert row["en"]
    text = call("rules", "findings").out
    assert text.splitlines()[-1] == f"{len(rows)} fynd."
