"""What coordinators do on pages beside recording: reports, hand-overs, subscriptions, imports, texts, the sandbox."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE
from tests.service.page_client import Browser, browser

from avtalsvakt.pages import trial_process
from avtalsvakt.pages.waiting import ROOM, Waiting, WaitingFile
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

SHEET = "id;kind;agreement;date;body\nblad-1;meeting_held;lokal;2026-11-20;local_steering_group\n"


@pytest.fixture
def here(run_db: Path) -> Iterator[Browser]:
    with browser(run_db) as one:
        yield one


def recorded(db: Path) -> list[Fact]:
    with open_register(db, read_only=True) as register:
        assert verify_register(register).problems == ()
        return list(register.facts())


def test_a_report_is_for_any_time_on_screen_and_as_a_sheet(here: Browser) -> None:
    asked = "/rapport?fran=1+jan+2026&till=30/6+2026&avtal=lokal"
    page = here.get(asked)
    assert "Perioden 1 januari–30 juni 2026" in page.words and 'class="paper"' in page.body
    sheet = here.get(f"{asked}&form=xlsx", Accept="*/*")
    assert sheet.headers["content-disposition"] == 'attachment; filename="rapport-2026-01-01-2026-06-30.xlsx"'


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fran=x&till=2026-01-01", "Datumet x kan inte läsas"),
        ("fran=2026-02-01&till=2026-01-01", "Perioden är bakvänd"),
        ("fran=1990-01-01&till=2026-01-01", "Perioden är för lång"),
        ("fran=2026-01&till=2026-12-31", "2026-01 är ingen hel dag"),
        ("fran=2026-01-01&till=2026-12-31&avtal=okant", "Avtalet &#39;okant&#39; finns inte"),
    ],
)
def test_a_report_that_cannot_be_made_says_why_at_its_field(here: Browser, query: str, told: str) -> None:
    page = here.get(f"/rapport?{query}")
    assert page.status == 422 and told in page.body


def test_a_hand_over_is_a_page(here: Browser) -> None:
    page = here.get("/avtal/lokal/overlamning")
    assert page.status == 200 and "Vilka som har registrerat" in page.words


def test_a_subscription_is_shown_once_followed_and_revoked(here: Browser) -> None:
    form = {**here.get("/avtal/lokal/prenumerationer").form, "kalender": "avtal:lokal", "steg": "gor"}
    assert here.post("/avtal/lokal/prenumerationer", {**form, "for": "a@b"}).status == 422
    made = here.post("/avtal/lokal/prenumerationer", {**form, "for": "säkerhetssamordnare"})
    found = re.search(r"<code>http://[^/]+(/kalender/[\w-]{43}\.ics)</code>", made.body)
    assert found and here.get(found[1]).body.startswith("BEGIN:VCALENDAR")
    listed = here.get("/avtal/lokal/prenumerationer")
    assert found[1] not in listed.body and "Säkerhetssamordnare" in listed.words
    assert here.post("/avtal/lokal/prenumerationer", {**form, "nummer": "1", "steg": "aterkalla"}).status == 303
    assert here.get(found[1]).status == 404
    assert "Återkallad 22 november 2026." in here.get("/avtal/lokal/prenumerationer").words


def test_a_sheet_is_shown_line_by_line_and_read_in_and_judged_when_somebody_says_so(
    here: Browser, run_db: Path
) -> None:
    before = len(recorded(run_db))
    form = here.get("/inlasning").form
    check = here.send("/inlasning", {**form, "steg": "visa"}, "möten.csv", SHEET.encode())
    assert "en ny registrering" in check.words and "möten.csv:2" in check.words
    assert len(recorded(run_db)) == before
    done = here.post("/inlasning", {**check.form, "steg": "spara"})
    assert "Uppfylld" in done.words and recorded(run_db)[-1].id == "blad-1"
    gone = here.post("/inlasning", {**check.form, "steg": "spara"})
    assert gone.status == 422 and "Filen finns inte kvar" in gone.words


def test_rows_that_are_wrong_are_told_and_may_be_left(here: Browser, run_db: Path) -> None:
    form = here.get("/inlasning").form
    sheet = SHEET + "blad-2;meeting_held;lokal;31 februari;local_steering_group\n"
    check = here.send("/inlasning", {**form, "steg": "visa"}, "blad.csv", sheet.encode())
    assert "ett fel" in check.words and "blad.csv:3" in check.words
    assert here.post("/inlasning", {**check.form, "steg": "spara"}).status == 422
    assert here.post("/inlasning", {**check.form, "steg": "spara", "delvis": "ja"}).status == 200
    assert [one.id for one in recorded(run_db)][-1] == "blad-1"


def test_columns_with_headings_of_ones_own_are_asked_about_and_read_as_was_said(here: Browser, run_db: Path) -> None:
    own = SHEET.replace("date", "När det var", 1).replace("\n", ";Kaffe\n", 1).replace("group\n", "group;ja\n")
    form = here.get("/inlasning").form
    check = here.send("/inlasning", {**form, "steg": "visa"}, "blad.csv", own.encode())
    assert "Kolumnen »När det var«" in check.words and "Kolumnen »Kaffe«" in check.words
    assert "fel" not in check.words and "--map" not in check.words and 'value="spara"' not in check.body
    said = {"kolumn.1": "date", "kolumn.2": "-", "steg": "visa"}
    again = here.post("/inlasning", {**check.form, **said})
    assert "en ny registrering" in again.words and "Lästes inte: kolumnen Kaffe" in again.words
    assert {again.form[name] for name in ("kolumn.1", "kolumn.2")} == {"date", "-"}
    assert here.post("/inlasning", {**again.form, "steg": "spara"}).status == 200
    assert [one.id for one in recorded(run_db)][-1] == "blad-1"


def test_meetings_of_a_calendar_are_proposed_and_recorded_one_by_one(here: Browser, run_db: Path) -> None:
    event = ("BEGIN:VEVENT\r\nUID:{0}@x\r\nDTSTAMP:20261101T080000Z\r\nDTSTART:202612{0}T090000\r\n"
             "DTEND:202612{0}T100000\r\nSUMMARY:Lokal styrgrupp\r\nEND:VEVENT\r\n")  # fmt: skip
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event.format(14)}{event.format(15)}END:VCALENDAR\r\n"
    form = {**here.get("/inlasning").form, "avtal": "lokal"}
    check = here.send("/inlasning", {**form, "steg": "visa"}, "möten.ics", calendar.encode())
    ids = re.findall(r'name="forslag" value="([^"]+)"', check.body)
    assert len(ids) == 2 and "Möten att registrera" in check.words
    done = here.post("/inlasning", {**check.form, "forslag": ids[1], "steg": "spara"})
    assert done.status == 200 and [one.id for one in recorded(run_db)][-1] == ids[1]
    assert ids[0] not in {one.id for one in recorded(run_db)}


@pytest.mark.parametrize("name", ["bild.png", "arkiv.zip", "../../x.exe", "utan"])
def test_files_of_other_kinds_are_refused(here: Browser, name: str) -> None:
    form = here.get("/inlasning").form
    page = here.send("/inlasning", {**form, "steg": "visa"}, name, b"x")
    assert page.status == 422 and "är av ett annat slag" in page.words


def test_a_file_waits_for_its_sender_alone_and_few_wait() -> None:
    waiting, file = Waiting(), WaitingFile("a", "x.csv", b"x")
    key = waiting.put(file)
    assert waiting.get(key, "a") is file and waiting.get(key, "b") is None
    for _ in range(ROOM):
        waiting.put(file)
    assert waiting.get(key, "a") is None


@pytest.mark.usefixtures("among_all")
def test_clauses_are_read_with_their_readings_and_what_accounts_for_them(here: Browser) -> None:
    assert "/klausuler?text=lokal" in here.get("/klausuler").body
    words = here.get("/klausuler?text=lokal").words
    assert "Styrgruppen träffas två gånger om året eller mer" in words and "Beräknas, varje år" in words
    assert "fall hör till" not in words and here.get("/klausuler?text=okand").status == 404
    assert here.get("/klausuler?text=vaxholm-2023").words.count("fall") > 5
    assert "Vad är ett halvår?" in here.get("/lasningar").words


def test_a_rule_file_is_tried_and_nothing_goes_live(here: Browser, run_db: Path) -> None:
    rules = (EXAMPLE / "stad.yaml").read_text(encoding="utf-8")
    rules = rules.replace("instrument: stad", "instrument: provstad").replace("(påhittat)", "på prov")
    form = here.get("/regler/prova").form
    page = here.send("/regler/prova", {**form, "regler": rules}, "", b"")
    assert page.status == 200 and page.words.count("Inga fel.") == 3
    assert "lokala-moten" in page.words and "2026-11-22" not in page.words
    assert "provstad" not in here.get("/klausuler").body
    wrong = here.send("/regler/prova", {**form, "regler": rules.replace("level:", "nivå:")}, "", b"")
    assert "Något behöver rättas." in wrong.words and "regler.yaml:" in wrong.words and "/tmp" not in wrong.words
    assert here.send("/regler/prova", {**form, "regler": ""}, "", b"").status == 422


def test_a_trial_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_process, "SECONDS", 0.05)
    [said] = trial_process.try_rules("instrument: x\n", "x", ())
    assert (said.good, said.words) == (False, "")
