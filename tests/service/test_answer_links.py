"""Links that functions answer by: made, used without a sign-in, revoked, over; what they write and what they do not."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.service.command_line import NOW, call, said
from tests.service.page_client import Browser, Page, browser
from tests.service.test_attest import RULES
from tests.service.test_pages_drawn import TEXTS, holds

from avtalsvakt.pages.door import Door
from avtalsvakt.pages.rates import Rates
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.attest_links import AttestLinks, LinkAnswer, Use
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

FUNCTION = "stadsdelsdirektör"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A register of an agreement that only asks, judged, with its rules; made once and copied."""
    folder = tmp_path_factory.mktemp("länkar")
    rules, db = folder / "avtal.yaml", folder / "register.db"
    rules.write_text(RULES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt.clock.now", lambda: NOW)
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setenv("AVTALSVAKT_BY", "samordnare")
        for words in (("init",), ("--rules", rules, "run")):
            assert call("--db", db, *words).code == 0
    return db, rules


@pytest.fixture
def db(judged: tuple[Path, Path], tmp_path: Path, morning: datetime) -> Path:
    path = tmp_path / "register.db"
    path.write_bytes(judged[0].read_bytes())
    return path


@pytest.fixture
def here(db: Path, judged: tuple[Path, Path]) -> Iterator[Browser]:
    with browser(db, rules=(judged[1],)) as one:
        yield one


def made(here: Browser, **more: str) -> str:
    """The path of a new link."""
    form = {**here.get("/avtal/intygsavtal/lankar").form, "funktion": FUNCTION, "till": "", "steg": "gor", **more}
    found = re.search(r"<code>(http://[^<]+)</code>", here.post("/avtal/intygsavtal/lankar", form).body)
    assert found
    return found[1].removeprefix(here.address)


def answers(page: Page, **given: str) -> dict[str, str]:
    return {**page.form, **given}


def recorded(db: Path) -> list[Fact]:
    with open_register(db, read_only=True) as register:
        assert verify_register(register).problems == ()
        return list(register.facts())


def kept(db: Path) -> tuple[list[Use], list[LinkAnswer]]:
    with open_register(db, read_only=True) as register:
        store = AttestLinks(register.connection)
        return store.uses(1), store.answers(1)


def test_answers_are_stored_and_judged_at_once_and_nothing_else_is(here: Browser, db: Path) -> None:
    path = made(here)
    page = Browser(here.address).get(path)
    assert "Stämmer det att målen går att mäta, också i efterhand?" in page.words and "Gäller 2026." in page.words
    assert "samordnare" not in page.words and "set-cookie" not in page.headers
    sent = answers(page, s1="ja", s2="vet inte", k2="ny på posten", s3="nej")
    assert here.post(path, sent).status == 303
    facts = recorded(db)
    assert [(one.kind, one.text("statement"), one.text("by"), one.recorder) for one in facts] == [
        ("attestation", "ja", FUNCTION, "länk-1"), ("attestation", "nej", FUNCTION, "länk-1"),
    ]  # fmt: skip
    uses, given = kept(db)
    assert [(one.what, one.number) for one in uses] == [("svar", 1), ("öppnad", 2)]
    assert [(one.answer, one.comment, one.fact is None) for one in given] == [
        ("ja", "", False), ("vet inte", "ny på posten", True), ("nej", "", False),
    ]  # fmt: skip
    words = here.get("/avtal/intygsavtal/lankar").words
    assert "Kan inte svara : ny på posten" in words and "öppnad, två gånger" in words
    done = call("--db", db, "attest", "link", "clear", 1)
    assert (
        done.out == "1 kommentar är borttagen ur svaren genom länk 1.\n"
        and b"ny p\xc3\xa5 posten" not in db.read_bytes()
    )
    assert [one.comment for one in kept(db)[1]] == ["", "", ""] and recorded(db) == facts


def test_a_form_sent_twice_counts_once_and_an_answer_can_be_changed(here: Browser, db: Path) -> None:
    path = made(here)
    page = here.get(path)
    for _ in range(2):
        assert here.post(path, answers(page, s1="ja")).status == 303
    assert len(recorded(db)) == 1
    again = here.get(path)
    assert again.form["s1"] == "ja"
    assert here.post(path, answers(again, s1="nej")).status == 303
    assert here.post(path, answers(here.get(path), s1="vet inte")).status == 303
    assert [(one.kind, one.text("statement")) for one in recorded(db)] == [
        ("attestation", "ja"), ("attestation", "nej"), ("record_retracted", None),
    ]  # fmt: skip


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(here: Browser, db: Path) -> None:
    path = made(here)
    page = here.get(path)
    empty = here.post(path, page.form)
    assert empty.status == 422 and "Inget är besvarat" in empty.words
    alone = here.post(path, answers(page, k1="bara en kommentar", s2="ja"))
    assert alone.status == 422 and "Svaret saknas" in alone.words
    assert (alone.form["k1"], alone.form["s2"]) == ("bara en kommentar", "ja")
    long = here.post(path, answers(page, s1="nej", k1="x" * 501))
    assert long.status == 422 and "Kommentaren är för lång" in long.words
    assert recorded(db) == []


def test_one_link_is_for_one_function_and_one_round(here: Browser) -> None:
    path = made(here)
    page = here.get(path)
    assert page.body.count("<fieldset") == 4 and "mandat" not in page.words
    assert here.post(path, answers(page, s9="ja")).status == 422


def test_a_revoked_link_a_link_that_is_over_and_no_link_are_told_apart(
    here: Browser, db: Path, judged: tuple[Path, Path]
) -> None:
    path = made(here, till="30 nov 2026")
    with browser(db, now=NOW + timedelta(days=8), rules=(judged[1],)) as later:
        assert later.get(path).status == 200
    with browser(db, now=NOW + timedelta(days=9), rules=(judged[1],)) as later:
        page = later.get(path)
        assert page.status == 404 and "Den gällde till och med 2026-11-30" in page.words
    listed = here.get("/avtal/intygsavtal/lankar")
    assert here.post("/avtal/intygsavtal/lankar", {**_sealed(listed), "nummer": "1", "steg": "aterkalla"}).status == 303
    for asked in (here.get(path), here.post(path, {"s1": "ja"})):
        assert asked.status == 404 and "Den har återkallats" in asked.words
    assert here.get(path[:-3] + "xyz").status == 404
    assert [(one.what, one.number) for one in kept(db)[0] if one.what == "nekad" and one.day == date(2026, 11, 22)] == [
        ("nekad", 2)
    ]
    assert recorded(db) == []


def _sealed(page: Page) -> dict[str, str]:
    found = re.search(r'name="forsegling" value="([0-9a-f]{64})"', page.body)
    assert found
    return {"forsegling": found[1]}


def test_the_page_needs_no_sign_in_where_the_others_are_closed(
    here: Browser, db: Path, judged: tuple[Path, Path]
) -> None:
    path = made(here)
    with browser(db, door=Door(None, outside=True), base="https://kommun.example", rules=(judged[1],)) as closed:
        assert closed.get("/").status == 403
        page = closed.get(path)
        assert page.status == 200 and closed.get("/tillganglighet").status == 200
        assert closed.post(path, answers(page, s1="ja"), Origin="https://kommun.example").status == 303
        assert closed.post(path, answers(page, s1="ja"), Origin="https://ont.example").status == 403
    assert len(recorded(db)) == 1


def test_the_command_makes_lists_and_revokes(db: Path, judged: tuple[Path, Path]) -> None:
    def asked(*words: object) -> str:
        answer = call("--db", db, "--rules", judged[1], "attest", "link", *words)
        assert answer.code == 0, answer.err
        return answer.out

    out = asked("make", "intygsavtal", "--function", FUNCTION, "--base-url", "https://kommun.example/vakt")
    assert out.startswith("Länk 1 till stadsdelsdirektör: 4 frågor, till och med 2026-12-31.\n")
    token = re.search(r"https://kommun\.example/vakt/svar/([\w-]{43})\n", out)
    assert token and token[1].encode() not in db.read_bytes()
    assert "intygsavtal" in asked("list") and token[1] not in asked("list", "--format", "json")
    assert asked("revoke", 1) == "Länk 1 till stadsdelsdirektör är återkallad.\n"
    again = call("--db", db, "attest", "link", "revoke", 1)
    assert (again.code, again.err) == (
        2,
        said("länk 1 kan inte återkallas", "1", "den är redan återkallad", "se 'avtalsvakt attest link list'"),
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--function", "kommunpolis"), "har inget att svara på"),
        (("--function", FUNCTION, "--until", "2026-11-21"), "länken kan inte gälla till 2026-11-21"),
        (("--function", FUNCTION, "--until", "2027-12-28"), "länken kan inte gälla till 2027-12-28"),
    ],
)
def test_a_link_without_questions_or_with_a_strange_last_day_is_refused(
    db: Path, judged: tuple[Path, Path], words: tuple[str, ...], told: str
) -> None:
    answer = call("--db", db, "--rules", judged[1], "attest", "link", "make", "intygsavtal", *words)
    assert answer.code == 2 and told in answer.err


@pytest.fixture(scope="module")
def drawn(judged: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    """The pages, and a link on them."""
    db = tmp_path_factory.mktemp("draget") / "register.db"
    db.write_bytes(judged[0].read_bytes())
    with ExitStack() as held:
        patch = held.enter_context(pytest.MonkeyPatch.context())
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        here = held.enter_context(browser(db, rules=(judged[1],), writing=Rates(1e6, 1_000_000)))
        yield here, made(here)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_form_of_a_link_is_filled_in_it_is_taken_or_refused(
    drawn: tuple[Browser, str], data: st.DataObject
) -> None:
    here, link = drawn
    form = {name: text.encode() for name, text in here.get(link).form.items()}
    names = sorted({*form, "steg", "forsegling"})
    changed = data.draw(st.dictionaries(st.sampled_from(names), TEXTS, max_size=4))
    body = "&".join(f"{quote(name)}={quote_from_bytes(text, safe='')}" for name, text in (form | changed).items())
    holds(here.ask("POST", link, body.encode(), Content_Type="application/x-www-form-urlencoded"))
