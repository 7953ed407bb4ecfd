"""Who sees and does what: every address tried by everybody, what is not seen found nowhere, roles given and revoked."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.service.command_line import NOW
from tests.service.rights_table import (
    ANSWERS,
    DOCUMENT,
    ELSEWHERE,
    EVENTS,
    NO,
    NOBODY,
    NOT_THERE,
    OVER_ALL,
    OWN,
    PEOPLE,
    YES,
    allowed,
    written,
)  # fmt: skip
from tests.service.rights_world import (
    LOCAL_ONLY,
    NEIGHBOUR_ONLY,
    People,
    filled,
    give_roles,
    people,
    register_in,
    rules_in,
    sample,
)  # fmt: skip

from avtalsvakt.pages.addresses import ADDRESSES, Address
from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, READER, RECORDER
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register

OK = (200, 303, 422)
NAMES = [f"{one.method} {one.path}" for one in ADDRESSES]


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    """The rules of the world alone, at a fixed moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setattr("avtalsvakt.clock.now", lambda: NOW)
        patch.setenv("AVTALSVAKT_BY", "it")
        yield patch


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, patched: pytest.MonkeyPatch) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("roller")
    rules = rules_in(folder / "regler")
    return register_in(folder, rules), rules


@pytest.fixture(scope="module")
def given(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register with everybody's roles."""
    db = Path(shutil.copy(made[0], tmp_path_factory.mktemp("alla") / "register.db"))
    give_roles(db, made[1])
    return db


@pytest.fixture(scope="module")
def world(given: Path, made: tuple[Path, Path]) -> Iterator[People]:
    """The pages of it; what is tried here writes nothing."""
    with people(Path(shutil.copy(given, given.with_name("tillsammans.db"))), made[1]) as found:
        yield found


@pytest.fixture
def own(given: Path, made: tuple[Path, Path], tmp_path: Path) -> Iterator[People]:
    """The same with a register of one's own, to write in."""
    db = Path(shutil.copy(given, tmp_path / "register.db"))
    with people(db, made[1]) as found:
        yield found


def test_the_table_in_the_documentation_is_the_programs_own() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert written(text) == text


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("one", ADDRESSES, ids=NAMES)
def test_everybody_is_answered_as_the_table_says(world: People, one: Address, who: str) -> None:
    told = allowed(one, who)
    page = world.ask(who, one, sample("lokal"))
    if told in (YES, OWN, EVENTS):
        expected = (404,) if "{token}" in one.path else OK  # no such link, for anybody
    else:
        expected = {NO: (403,), NOT_THERE: (404,), ANSWERS: (403,)}[told]
    assert page.status in expected, page.words
    if one.by_kind:
        answer = world.ask(who, one, sample("lokal", question=True))
        assert answer.status in (OK if told == ANSWERS else (403,) if told in (NO, EVENTS) else (404,)), answer.words


@pytest.mark.parametrize("one", ADDRESSES, ids=NAMES)
def test_what_is_not_seen_and_what_is_not_there_are_answered_alike(world: People, one: Address) -> None:
    if "{" not in one.path and one.path != "/registrera":
        return
    hidden, unknown = sample("granne"), sample("granna")
    for who in (READER, RECORDER, ATTESTER, ADMINISTRATOR):
        pages = [world.ask(who, one, chosen) for chosen in (hidden, unknown)]
        bodies = [page.body for page in pages]
        for chosen, number in ((hidden, 0), (unknown, 1)):
            for name in ("duty", "fact", "id", "ids", "funktion", "agreement"):
                bodies[number] = bodies[number].replace(chosen.names[name], f"<{name}>")
        assert pages[0].status == pages[1].status
        assert bodies[0] == bodies[1], filled(one, hidden)


READABLE = [one for one in ADDRESSES if one.method == "GET" and not one.open]
QUERIES = (
    "/registreringar?sok=grannchef", "/registreringar?avtal=granne", "/registreringar?sok=lokal",
    "/rapport?fran=2026-01-01&till=2026-12-31", "/klausuler?text=lokal", "/klausuler?text=stad",
    "/skyldighet/lokal.moten.2026?dag=2026-12-01", "/sparat/m25,gmote1,gmote2,gsvar3",
)  # fmt: skip


def test_nothing_of_another_agreement_stands_on_any_page(world: People) -> None:
    paths = [*(filled(one, sample("lokal")) for one in READABLE), *QUERIES]
    asked = ("grannchef", "granne")  # what was typed stands in its field
    for who in (READER, RECORDER, ATTESTER, ADMINISTRATOR):
        for path in paths:
            body = world.get(who, path).body
            for word in asked:
                body = body.replace(f'value="{word}"', "") if word in path else body
            found = [one for one in NEIGHBOUR_ONLY if one in body and not (one in asked and one in path)]
            assert not found, (who, path, found)
            assert "/avtal/stad" not in body, path


def test_the_other_way_round_nothing_stands_of_the_first(world: People) -> None:
    paths = [filled(one, sample("granne")) for one in READABLE]
    for path in (*paths, "/rapport?fran=2026-01-01&till=2026-12-31", "/registreringar", "/sparat/m25,gmote1"):
        page = world.get(ELSEWHERE, path)
        found = [one for one in LOCAL_ONLY if one in page.body and one not in path]
        assert not found, (path, found)


def linked(body: str) -> set[str]:
    """The addresses of our own that a page leads to."""
    found = {unescape(one).partition("#")[0] for one in re.findall(r'href="(/[^"]*)"', body)}
    return {one for one in found if one and not one.startswith("/stil/")}


@pytest.mark.parametrize("who", [READER, RECORDER, ATTESTER, ADMINISTRATOR])
def test_every_link_leads_somewhere_one_may_go(world: People, who: str) -> None:
    todo, seen = ["/"], {"/"}
    while todo and len(seen) < 90:
        path = todo.pop(0)
        page = world.get(who, path)
        assert page.status == 200, (path, page.words)
        new = sorted(linked(page.body) - seen)
        seen |= set(new)
        todo += new
    assert len(seen) > 30


def test_whoever_sees_all_sees_both(world: People) -> None:
    body = world.get(OVER_ALL, "/avtal").body
    assert "/avtal/lokal" in body and "/avtal/granne" in body and "/avtal/stad" in body
    assert "gmote1" in world.get(OVER_ALL, "/registreringar").body


def test_a_calendar_file_of_another_agreements_duty_is_not_given(world: People) -> None:
    assert world.get(READER, "/skyldighet/lokal.moten.2026/kalender.ics").body.startswith("BEGIN:VCALENDAR")
    assert world.get(READER, "/skyldighet/granne.traffar.2026/kalender.ics").status == 404


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ({"1.kind": "meeting_held", "1.agreement": "granne"}, 403),  # the form is lokal's, its line another's
        ({"1.kind": "record_retracted", "1.known": "target", "1.target": "gmote1", "1.reason": "x"}, 422),
        ({"1.kind": "meeting_held", "1.verb": "correct", "1.aim": "gmote1", "1.reason": "x", "1.known": "body",
          "1.body": "local_steering_group"}, 422),
        ({"1.kind": "record_retracted", "1.known": "target", "1.target": "lsvar1", "1.reason": "x"}, 403),
        ({"1.kind": "attestation", "1.known": "clause by", "1.clause": "fraga", "1.by": "lokalchef",
          "1.statement": "nej"}, 403),
        ({"1.kind": "granngrej"}, 422),
    ],
)  # fmt: skip
def test_a_form_that_was_tampered_with_reaches_nothing_further(own: People, line: dict[str, str], status: int) -> None:
    form = {**sample("lokal").forms["/registrera"], **line, "steg": "spara"}
    page = own.post(RECORDER, "/registrera", form)
    assert page.status == status, page.words
    assert not [one for one in ("Grann", "grannchef", "gmote2", "gsvar3") if one in page.body]
    with open_register(own.db, read_only=True) as register:
        assert len(list(register.facts())) == 13


def test_who_may_records_and_the_fact_is_by_the_role(own: People) -> None:
    own.command("access", "add", "eva@kommun.example", "recorder", "--agreement", "lokal", "--as", "samordnare")
    form = {**sample("lokal").forms["/registrera"], "steg": "spara"}
    saved = own.post("Eva@Kommun.Example", "/registrera", form)
    assert saved.status == 303
    assert "/avtal/granne" not in own.get(RECORDER, saved.headers["location"]).body
    with open_register(own.db, read_only=True) as register:
        [fact] = [one for one in register.facts() if one.id.startswith("w")]
        assert (fact.agreement, fact.recorder) == ("lokal", "samordnare")


SHEET = "id;kind;agreement;date;body\nblad-1;meeting_held;{};2026-11-20;local_steering_group\n"


@pytest.mark.parametrize(
    ("agreement", "told"),
    [("granne", "Avtalet &#39;granne&#39; finns inte"), ("stad", "Avtalet &#39;stad&#39; finns inte")],
)
def test_a_sheet_cannot_reach_another_agreement(world: People, agreement: str, told: str) -> None:
    account = world.accounts[RECORDER]
    world.browser.cookie = f"avtalsvakt={world.cookie}"
    world.browser.extra = {"X-Remote-User": account}
    try:
        seal = {"forsegling": world.sealer.seal(world.cookie, account)}
        page = world.browser.send("/inlasning", seal, "blad.csv", SHEET.format(agreement).encode())
    finally:
        world.browser.cookie, world.browser.extra = "", {}
    assert page.status == 200
    assert told in page.body and "Grann" not in page.body


def test_links_and_subscriptions_are_revoked_only_where_they_are_made(own: People) -> None:
    made = own.post(ELSEWHERE, "/avtal/granne/lankar", {"funktion": "grannchef", "till": "", "steg": "gor"})
    assert made.status == 200 and "/svar/" in made.body
    page = own.post(ATTESTER, "/avtal/lokal/lankar", {"steg": "aterkalla", "nummer": "1"})
    other = own.post(ATTESTER, "/avtal/lokal/lankar", {"steg": "aterkalla", "nummer": "9"})
    assert (page.status, page.body.replace("nk 1 ", "nk N ")) == (422, other.body.replace("nk 9 ", "nk N "))
    new = {"for": "grannar", "kalender": "avtal:granne", "steg": "gor"}
    assert own.post(ELSEWHERE, "/avtal/granne/prenumerationer", new).status == 200
    page = own.post(ADMINISTRATOR, "/avtal/lokal/prenumerationer", {"steg": "aterkalla", "nummer": "1"})
    assert page.status == 422 and "ingen prenumeration har numret" in page.body
    for key in ("avtal:granne", "allt", "organ:local_working_group", "organ:local_working_group@granne"):
        page = own.post(ADMINISTRATOR, "/avtal/lokal/prenumerationer", {**new, "kalender": key})
        assert page.status == 422 and "webcal:" not in page.body, key
    assert own.post(ELSEWHERE, "/avtal/granne/lankar", {"steg": "aterkalla", "nummer": "1"}).status == 303


def test_an_administrator_gives_and_revokes_where_they_are_one_and_it_is_noted(own: People) -> None:
    asked = {"steg": "ge", "vem": "ny", "roll": "reader", "var": "avtal:lokal", "som": ""}
    assert own.get("ny", "/avtal/lokal").status == 403
    assert own.post(ADMINISTRATOR, "/behorigheter", asked).status == 303
    assert own.get("ny", "/avtal/lokal").status == 200
    page = own.get(ADMINISTRATOR, "/behorigheter")
    assert "ny Läsare i avtalet Lokalt avtal" in page.words and "grannen" not in page.words
    number = own.command("access", "list", "--format", "csv").strip().splitlines()[-1].partition(",")[0]
    assert own.post(ELSEWHERE, "/behorigheter", {"steg": "aterkalla", "nummer": number}).status == 422
    assert own.post(READER, "/behorigheter", {"steg": "aterkalla", "nummer": number}).status == 403
    assert own.post(ADMINISTRATOR, "/behorigheter", {"steg": "aterkalla", "nummer": number}).status == 303
    assert own.get("ny", "/avtal/lokal").status == 403
    log = own.command("access", "log", "--format", "csv").strip().splitlines()
    assert [line.split(",")[1:5] for line in log[-2:]] == [
        ["adm", "given", number, "ny"], ["adm", "återkallad", number, "ny"],
    ]  # fmt: skip
    with open_register(own.db, read_only=True) as register:
        assert verify_register(register).problems == ()


@pytest.mark.parametrize(
    ("place", "status", "told"),
    [
        ("avtal:granne", 422, "Avtalet &#39;granne&#39; finns inte"),
        ("avtal:granna", 422, "Avtalet &#39;granna&#39; finns inte"),
        ("kommun:Grannköping", 422, "Kommunen &#39;Grannköping&#39; finns inte"),
        ("allt", 403, "Du får inte ge roller i alla avtal"),
        ("", 422, "Det framgår inte var rollen ska gälla"),
    ],
)
def test_an_administrator_gives_nothing_elsewhere(world: People, place: str, status: int, told: str) -> None:
    form = {"steg": "ge", "vem": "ny", "roll": "reader", "var": place, "som": ""}
    page = world.post(ADMINISTRATOR, "/behorigheter", form)
    assert page.status == status and told in page.body
    assert "Grannavtalet" not in page.body


def test_as_long_as_no_role_is_given_everybody_sees_everything_and_then_nobody_more(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    db = Path(shutil.copy(made[0], tmp_path / "register.db"))
    with people(db, made[1]) as found:
        assert "Inga roller är givna" in found.get("vem-som-helst", "/behorigheter").words
        assert (
            found.post("vem-som-helst", "/behorigheter", {"steg": "ge", "vem": "jag", "roll": "reader"}).status == 422
        )
        assert "/avtal/granne" in found.get("vem-som-helst", "/avtal").body
        assert found.get("roll@kommun.example", "/avtal").status == 403  # no role or account to record by
        told = found.command("access", "add", "vem-som-helst", "reader", "--agreement", "lokal")
        assert told == (
            "Roll 1: vem-som-helst är läsare i avtalet lokal, och registrerar som vem-som-helst.\n"
            "Det är den första rollen: från nu ser ingen ett avtal utan att ha en roll i det.\n"
        )
        assert "/avtal/granne" not in found.get("vem-som-helst", "/avtal").body
        assert found.get("annan", "/avtal").status == found.get("annan", "/finns").status - 1 == 403
        found.command("access", "revoke", "1")
        page = found.get("vem-som-helst", "/avtal")
        assert page.status == 403 and "Du har ingen roll i registret" in page.words
        assert found.command("access", "list") == "Ingen har någon roll, så ingen ser något.\n"


def test_a_refusal_says_what_where_why_and_what_to_do(world: People) -> None:
    words = world.get(READER, "/avtal/lokal/lankar").words
    assert "Du får inte göra det här" in words and "dina roller" in words
    assert "Det kräver rollen intygare i avtalet, som du inte har" in words
    assert "Be den som är administratör om rollen; vem som har vilken roll står på sidan Behörigheter" in words
    assert world.get(NOBODY, "/om").status == 200
