"""The coordinators' pages through the real server: what they show, and what recording on them writes."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.service.command_line import NOW, RULES, call
from tests.service.page_client import Browser, Page, browser

from avtalsvakt import clock
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

DUTY = "lokal.moten.2026"
SEALED = re.compile(r"name=\"forsegling\" value=\"[0-9a-f]{64}\"")


@pytest.fixture
def here(run_db: Path) -> Iterator[Browser]:
    with browser(run_db) as one:
        yield one


def recorded(db: Path) -> list[Fact]:
    with open_register(db, read_only=True) as register:
        return list(register.facts())


def status_of(db: Path, duty: str) -> tuple[str, int]:
    with open_register(db, read_only=True) as register:
        one = next(one for one in Store(register.connection).verdicts() if one.duty == duty)
        return one.status, one.counted


PAGES = (
    ("/", "Söndag 22 november 2026"),
    ("/avtal", "Avtal som gäller"),
    ("/avtal/lokal", "Lokal"),
    (f"/skyldighet/{DUTY}", "Gör så här"),
    (f"/skyldighet/{DUTY}/gor", "Visa vad som ändras"),
    ("/registrera", "Planerade möten"),
    ("/registrera/lokal/meeting_held", "Möte hållet"),
    ("/mote/m26p/blev-av", "Mötet blev av"),
    ("/mote/m26p/flyttat", "Mötet har flyttats"),
    ("/mote/m26p/installt", "Mötet är inställt"),
    ("/registreringar", "Senast registrerat"),
    ("/registreringar?avtal=lokal&sok=styrgrupp", "Senast registrerat"),
    ("/registrering/m26", "möte hållet, lokal styrgrupp"),
    ("/registrering/m26/ratta", "Rätta"),
    ("/registrering/m26/aterkalla", "Ångra"),
    ("/tillganglighet", "WCAG 2.1"),
    ("/om", "Om bedömningen"),
)


@pytest.mark.parametrize(("path", "said"), PAGES)
def test_every_page_is_shown(here: Browser, path: str, said: str) -> None:
    page = here.get(path)
    assert page.status == 200 and said in page.words
    assert page.body.count("<h1>") == 1 and '<html lang="sv">' in page.body
    assert not re.search(r"<script|\son\w+=|\sstyle=|https?://", page.body)


@pytest.mark.parametrize(
    "path",
    ["/finns-inte", "/avtal/okant", "/skyldighet/okand", "/registrering/okand", "/mote/okant/blev-av",
     "/mote/m26p/okant",
     "/registrera/lokal/okand", "/registrera/lokal/record_corrected", "/sparat/okand", "/fragor/lokal?funktion=okand"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_four_parts(here: Browser, path: str) -> None:
    page = here.get(path)
    assert page.status == 404
    assert all(f"<dt>{part}</dt>" in page.body for part in ("Var", "Varför", "Åtgärd"))


def test_a_calendar_that_is_not_there_is_told_as_before(here: Browser) -> None:
    assert (here.get("/kalender/okand.ics").body, here.get("/kalender/x").body) == ("Adressen finns inte.\n",) * 2


def test_monday_says_what_is_late_what_comes_and_how_fresh_it_is(here: Browser) -> None:
    words = here.get("/").words
    assert "Bedömt i dag kl. 8.00, per 22 november 2026. Allt kunde bedömas." in words
    assert "Lokal styrgrupp, Lokalt avtal (påhittat) Blev av" in words.replace("  ", " ") or "Lokal styrgrupp" in words
    assert "alarm" not in here.get("/").body


@pytest.mark.parametrize(
    ("later", "alarm"),
    [(timedelta(hours=21), False), (timedelta(hours=22), True), (timedelta(days=2), True)],
)
def test_a_night_that_failed_is_told_aloud(run_db: Path, later: timedelta, alarm: bool) -> None:
    with browser(run_db, now=NOW + later) as one:
        page = one.get("/")
    assert ("Inget är bedömt sedan söndag 22 november 2026." in page.words) is alarm
    assert ('role="alert"' in page.body) is alarm


def test_a_register_without_a_run_says_what_to_do(db: Path) -> None:
    with browser(db) as one:
        page = one.get("/")
    assert page.status == 503
    assert "Ingen körning är gjord" in page.words and "Kör 'avtalsvakt run' först" in page.words


def test_why_is_told_with_days_in_full(here: Browser) -> None:
    words = here.get(f"/skyldighet/{DUTY}").words
    assert "1 av 2 gjort" in words and "31 december 2026" in words and "2026-12-31" not in words
    assert "14 april 2026 möte hållet" in words


def test_days_that_no_run_judged_are_told_in_the_history_or_that_they_cannot_be(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty, untold = "/skyldighet/lokal.plan.2026-H2", "Vissa dagar bedömdes inte"
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=41))
    assert call("--db", run_db, *RULES, "run").code == 0
    with browser(run_db) as here:
        words = here.get(duty).words
        assert "Närmar sig från 1 december 2026" in words and untold not in words
        monkeypatch.setattr("avtalsvakt_engine.rulesets.digest", lambda: "ett annat program")
        assert untold in here.get(duty).words


def test_what_would_change_is_shown_and_not_stored(here: Browser, run_db: Path) -> None:
    before = recorded(run_db)
    words = here.get(f"/skyldighet/{DUTY}?dag=2026-12-10").words
    assert "Så skulle det se ut 10 december 2026" in words and "Uppfylld (2 av 2)" in words
    assert recorded(run_db) == before
    assert "Månaden ska vara 01–12" in here.get(f"/skyldighet/{DUTY}?dag=2026-13-01").words.replace(
        "månaden", "Månaden"
    )


def test_one_duty_can_be_kept_as_a_calendar_file(here: Browser) -> None:
    page = here.get(f"/skyldighet/{DUTY}/kalender.ics")
    assert page.status == 200 and page.body.startswith("BEGIN:VCALENDAR")
    assert page.headers["content-disposition"] == 'attachment; filename="skyldighet.ics"'


def held(here: Browser, day: str) -> tuple[Page, dict[str, str]]:
    """The planned meeting's form, sent to be looked at."""
    form = {**here.get("/mote/m26p/blev-av").form, "1.date": day}
    return here.post("/registrera", {**form, "steg": "visa"}), form


def test_a_meeting_is_recorded_in_three_steps_and_nothing_is_written_before_the_last(
    here: Browser, run_db: Path
) -> None:
    before = recorded(run_db)
    check, _ = held(here, "2026-11-20")
    assert check.status == 200
    assert "20 november 2026: möte hållet, lokal styrgrupp" in check.words
    assert "Uppfylld (2 av 2). Förut: närmar sig (1 av 2)" in check.words
    assert recorded(run_db) == before and status_of(run_db, DUTY) == ("at_risk", 1)

    saved = here.post("/registrera", {**check.form, "steg": "spara"})
    assert saved.status == 303
    page = here.get(saved.headers["location"])
    assert "Sparat" in page.words and "Uppfylld. Förut: närmar sig" in page.words
    [fact] = recorded(run_db)[len(before) :]
    assert (fact.kind, str(fact.date), fact.recorder) == ("meeting_held", "2026-11-20", "samordnare")
    assert status_of(run_db, DUTY) == ("fulfilled", 2)


def test_a_form_sent_twice_is_recorded_once(here: Browser, run_db: Path) -> None:
    before = len(recorded(run_db))
    check, _ = held(here, "2026-11-20")
    answers = [here.post("/registrera", {**check.form, "steg": "spara"}) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(recorded(run_db)) == before + 1


def test_what_was_typed_is_kept_where_something_is_wrong_and_when_it_is_to_be_changed(here: Browser) -> None:
    wrong, _ = held(here, "2026-13-20")
    assert wrong.status == 422
    assert "Inget är sparat än" in wrong.words and 'href="#f-1.date"' in wrong.body
    assert wrong.form["1.date"] == "2026-13-20"
    assert re.search(r'id="f-1.date"[^>]*aria-invalid="true"[^>]*aria-describedby="h-1.date w-1.date"', wrong.body)
    check, form = held(here, "2026-11-20")
    again = here.post("/registrera", {**check.form, "steg": "andra"})
    assert {name: again.form[name] for name in form if name != "forsegling"} == {
        name: value for name, value in form.items() if name != "forsegling"
    }


def test_a_form_without_its_seal_writes_nothing_and_keeps_what_was_typed(here: Browser, run_db: Path) -> None:
    before = recorded(run_db)
    check, _ = held(here, "2026-11-20")
    for seal in ("", "0" * 64):
        page = here.post("/registrera", {**check.form, "forsegling": seal, "steg": "spara"})
        assert page.status == 403 and page.form["1.date"] == "2026-11-20"
    here.cookie = ""
    page = here.post("/registrera", {**check.form, "steg": "spara"})
    assert page.status == 403 and page.form["1.date"] == "2026-11-20"
    assert recorded(run_db) == before
    saved = here.post("/registrera", {**page.form, "steg": "spara"})
    assert saved.status == 303 and len(recorded(run_db)) == len(before) + 1


def test_a_form_from_another_site_is_refused(here: Browser, run_db: Path) -> None:
    before = recorded(run_db)
    check, _ = held(here, "2026-11-20")
    form = {**check.form, "steg": "spara"}
    for headers in ({"Origin": "https://annan.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        page = here.post("/registrera", form, **headers)
        assert page.status == 403 and "från en annan webbplats" in page.words
    assert recorded(run_db) == before
    own = {"Origin": here.address, "Sec_Fetch_Site": "same-origin"}
    assert here.post("/registrera", form, **own).status == 303


def test_a_meeting_that_was_moved_and_one_that_was_called_off(here: Browser, run_db: Path) -> None:
    form = here.get("/mote/m26p/flyttat").form
    assert form["1.planned_for"] == "2026-12-08"
    unfilled = here.post("/registrera", {**form, "steg": "visa"})
    assert unfilled.status == 422 and "Uppgiften saknas" in unfilled.words
    check = here.post("/registrera", {**form, "1.rescheduled_to": "2026-12-15", "steg": "visa"})
    assert here.post("/registrera", {**check.form, "steg": "spara"}).status == 303
    last = recorded(run_db)[-1]
    assert (last.kind, last.text("planned_for"), last.text("rescheduled_to")) == (
        "meeting_cancelled", "2026-12-08", "2026-12-15",
    )  # fmt: skip
    assert "15 december 2026" in here.get("/registrera").words


def test_a_correction_holds_what_was_changed_and_why(here: Browser, run_db: Path) -> None:
    form = here.get("/registrering/m26/ratta").form
    unsaid = here.post("/registrera", {**form, "1.date": "2026-04-15", "steg": "visa"})
    assert unsaid.status == 422 and "w-1.reason" in unsaid.body
    same = here.post("/registrera", {**form, "1.reason": "inget", "steg": "visa"})
    assert same.status == 422 and "Inget är ändrat" in same.words
    check = here.post("/registrera", {**form, "1.date": "2026-04-15", "1.reason": "fel dag", "steg": "visa"})
    assert here.post("/registrera", {**check.form, "steg": "spara"}).status == 303
    last = recorded(run_db)[-1]
    assert (last.kind, last.attributes) == (
        "record_corrected", {"target": "m26", "set": {"date": "2026-04-15"}, "reason": "fel dag"},
    )  # fmt: skip
    page = here.get("/registrering/m26")
    assert "2026-04-15" in page.words and "fel dag" in page.words and "Så stod det från början" in page.words


def test_a_retraction_says_why_and_is_shown(here: Browser, run_db: Path) -> None:
    form = here.get("/registrering/m26/aterkalla").form
    assert here.post("/registrera", {**form, "steg": "visa"}).status == 422
    check = here.post("/registrera", {**form, "1.reason": "dubbelt", "steg": "visa"})
    assert "närmar sig" in check.words.casefold()
    assert here.post("/registrera", {**check.form, "steg": "spara"}).status == 303
    last = recorded(run_db)[-1]
    assert (last.kind, last.attributes) == ("record_retracted", {"target": "m26", "reason": "dubbelt"})
    assert "Återkallad: räknas inte." in here.get("/registreringar").words
    assert here.get("/registrering/m26/ratta").status == 404


def test_two_at_once_lose_nothing(here: Browser, run_db: Path) -> None:
    other = Browser(here.address)
    first, second = held(here, "2026-11-20")[0], held(other, "2026-11-19")[0]
    before = len(recorded(run_db))
    assert [
        one.post("/registrera", {**page.form, "steg": "spara"}).status for one, page in ((here, first), (other, second))
    ] == [303, 303]
    assert len(recorded(run_db)) == before + 2


def test_a_night_between_the_form_and_its_sending_loses_nothing(run_db: Path) -> None:
    with browser(run_db) as one:
        check, _ = held(one, "20 nov")
    with browser(run_db, now=NOW + timedelta(days=1)) as later:
        assert call("--db", run_db, *RULES, "run", "--as-of", "2026-11-23").code == 0
        again = later.post("/registrera", {**check.form, "steg": "spara"})
        assert again.status == 403 and again.form["1.date"] == "20 nov"
        check = later.post("/registrera", {**again.form, "steg": "visa"})
        assert later.post("/registrera", {**check.form, "steg": "spara"}).status == 303
    assert recorded(run_db)[-1].date.isoformat() == "2026-11-20"
    assert status_of(run_db, DUTY) == ("fulfilled", 2)


def test_values_are_escaped_everywhere(here: Browser) -> None:
    form = here.get("/registrera/lokal/meeting_held").form
    page = here.post("/registrera", {**form, "1.chair": '"><script>alert(1)</script>', "1.date": "x", "steg": "visa"})
    assert "<script" not in page.body and page.form["1.chair"] == '"><script>alert(1)</script>'
    page = here.post("/registrera", {**form, "tillbaka": "//ont.example", "rubrik": "<b>x", "1.date": "x"})
    assert "ont.example" not in page.body and "<b>x" not in page.body


def test_the_pages_have_their_folder_behind_a_proxy(run_db: Path) -> None:
    with browser(run_db, base="http://localhost:1/vakt", prefix="/vakt") as one:
        for path in ("/vakt/", "/"):
            page = one.get(path)
            assert page.status == 200 and 'href="/vakt/avtal/lokal"' in page.body
        style = re.search(r'href="(/vakt/stil/\w+\.css)"', page.body)
        assert style and one.get(style[1]).headers["content-type"] == "text/css; charset=utf-8"


def test_the_moment_is_that_of_the_clock(run_db: Path) -> None:
    with browser(run_db, now=datetime.fromisoformat("2026-11-22T23:30:00+00:00")) as one:
        assert "Måndag 23 november 2026" in one.get("/").words
