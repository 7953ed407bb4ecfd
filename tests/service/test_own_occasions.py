"""A file's own occasions and typed attributes wherever something is recorded, listed or told."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from tests.service.command_line import NOW, call, said
from tests.service.page_client import Browser

from avtalsvakt import clock
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.web.server import WebServer

pytestmark = pytest.mark.usefixtures("alone")

OWN = """instrument: forhandling-2026
title: Förhandlingar
level: local
document: f.txt
parties: [kommunen, facket]
term: {from: 2026-01-01}
facts:
  förhandling: {occasion: true, antal: number, enig: yes_no, utfall: [enighet, oenighet], klart: day}
  underlag_sänt: {förhandling: reference}
clauses:
  kallelse:
    at: {section: "1"}
    sv: Kommunen kallar senast fjorton dagar före förhandlingen.
    act: Kalla till förhandlingen
    norm: shall
    when: {each: {förhandling: {}}, opens: 30 days before event, due: 14 days before event}
    what: {förhandling_convened: {förhandling_date: same}}
  underlag:
    at: {section: "2"}
    sv: Underlag sänds en vecka före förhandlingen.
    act: Sänd underlag
    norm: shall
    when: {each: {förhandling: {}}, due: 7 days before event}
    what: {underlag_sänt: {förhandling: same}}
  verkstall:
    at: {section: "3"}
    sv: Det som parterna är eniga om är verkställt den dag som sägs.
    norm: shall
    when: {each: {förhandling_held: {enig: ja}}, due: event.klart}
    what: {decision_made: {concerns: same}}
"""
PLAN = "kind;agreement;date;id\nplan för förhandling;forhandling-2026;2026-12-16;f1\n"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "f.yaml").write_text(OWN, encoding="utf-8")
    (folder / "f.csv").write_text(PLAN, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setattr(clock, "now", lambda: NOW)
        patch.setenv("AVTALSVAKT_BY", "samordnare")
        words = ("--db", str(folder / "register.db"), "--rules", str(folder / "f.yaml"))
        line = ("--agreement", "forhandling-2026")
        for more in (
            ("init",),
            ("import", str(folder / "f.csv")),
            ("record", "Förhandling hölls", *line, "--date", "2026-11-02", "antal=4", "enig=true", "klart=2026-12-01"),
            ("record", "förhandling_cancelled", *line, "--date", "2026-11-20", "planned_for=2026-12-16",
             "rescheduled_to=2026-12-18"),
            ("run",),
        ):  # fmt: skip
            answer = call(*words, *more)
            assert answer.code == 0, answer
        yield words


def test_duties_before_it_are_among_what_is_coming_on_the_day_to_which_it_was_moved(given: tuple[str, ...]) -> None:
    out = call(*given, "upcoming", "--days", "60").out
    assert "2026-12-04  12 d kvar" in out and "forhandling-2026.kallelse.f1" in out
    assert "2026-12-11  19 d kvar" in out and "record underlag_sänt --agreement forhandling-2026" in out
    assert "förhandling=f1" in out and "förhandling_date=2026-12-18" in out
    assert "2026-12-01   9 d kvar" in out  # what the record itself says


def test_what_is_late_and_what_would_be(given: tuple[str, ...]) -> None:
    late = call(*given, "forecast", "--until", "2026-12-05").out
    assert "forhandling-2026.kallelse.f1" in late
    supposed = ("what-if", "--agreement", "forhandling-2026", "--suppose", "förhandling hölls 2026-11-21")
    assert "förhandling hölls" in call(*given, *supposed).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("förhandling_held", "antal=många"),
         said("antal är inget tal", "kommandoraden (antal)", "'många' kan inte jämföras med andra tal",
              "skriv till exempel 12 eller 0,5")),
        (("förhandling_held", "antal=1e9999999"),
         said("antal är inget tal", "kommandoraden (antal)", "'1e9999999' kan inte jämföras med andra tal",
              "skriv till exempel 12 eller 0,5")),
        (("underlag_sänt", "förhandling=f9"),
         said("registreringen 'f9' finns inte (förhandling)", "kommandoraden (förhandling)",
              "den är varken registrerad eller med i samma fil", "menade du f1?")),
        (("förhandling_cancelled",),
         said("planned_for saknas", "kommandoraden (planned_for)",
              "förhandling_cancelled (förhandling ställdes in) säger inget utan planned_for", "ange planned_for")),
        (("förhandling",),
         said("faktatypen 'förhandling' finns inte", "kommandoraden (kind)", "inget heter så", "?")),
    ],
)  # fmt: skip
def test_a_value_that_an_attribute_cannot_hold_is_refused(
    words: tuple[str, ...], told: str, given: tuple[str, ...]
) -> None:
    kind, *values = words
    answer = call(
        *given, "record", kind, "--agreement", "forhandling-2026", "--date", "2026-11-21", *values, "--dry-run"
    )
    assert answer.code == 2
    shown = told.split("  Åtgärd", maxsplit=1)[0] if told.endswith("?\n") else told
    assert answer.err.startswith(shown)


def test_an_unusual_value_is_kept_with_a_word(given: tuple[str, ...]) -> None:
    words = ("record", "förhandling_held", "--agreement", "forhandling-2026", "--date", "2026-11-21", "utfall=enig")
    answer = call(*given, *words, "--dry-run")
    assert answer.code == 0 and "värdet 'enig' är ovanligt" in answer.err and "enighet" in answer.err


def test_the_template_has_its_columns_and_lists(given: tuple[str, ...], tmp_path: Path) -> None:
    assert call(*given, "facts", "template", tmp_path / "mall.xlsx", "--agreement", "forhandling-2026").code == 0
    book = load_workbook(tmp_path / "mall.xlsx")
    headings = [cell.value for cell in book.worksheets[0][2]]
    assert {"antal", "enig", "utfall", "klart", "dag för förhandling", "planerad till"} <= set(headings)
    assert {"val_enig", "val_utfall", "val_kind"} <= set(book.defined_names)


def test_the_pages_have_a_form_with_fields_of_its_types(given: tuple[str, ...]) -> None:
    db, rules = Path(given[1]), Path(given[3])
    pages = coordinators_pages(db, lambda: NOW, Site(Door("samordnare"), rules=(rules,)))
    with WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=pages) as server:
        browser = Browser(server.address)
        kinds = browser.get("/registrera").body
        form = browser.get(quote("/registrera/forhandling-2026/förhandling_held")).body
        duty = browser.get("/skyldighet/forhandling-2026.underlag.f1").words
    assert "Förhandling hölls" in form and "plan för förhandling" in kinds.lower()
    for choice in ("enighet", "oenighet", 'value="ja"', 'value="nej"'):
        assert choice in form
    assert "plan för förhandling" in duty and "tillfället den 18 december 2026" in duty


def test_its_deadlines_stand_in_calendars(given: tuple[str, ...]) -> None:
    shown = call(*given, "calendar", "show", "allt").out
    assert "2026-12-04  Att göra" in shown and "2026-12-11  Att göra" in shown
