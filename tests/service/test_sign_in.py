"""Signing in: accounts and invitations, sign-ins that end, what is typed kept, and a provider on the loopback."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from argon2 import PasswordHasher
from tests.service.command_line import EXAMPLE, NOW, RULES, call, said
from tests.service.page_client import Browser, Page, answering

from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.pages.rates import Rates
from avtalsvakt.pages.signing import Provider, provider
from avtalsvakt.recording import passwords
from avtalsvakt.web.server import WebServer
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected

pytestmark = pytest.mark.usefixtures("alone")

GOOD = "tre gröna hästar"


@dataclass
class Clock:
    """A clock that the test sets."""

    now: datetime = NOW


@dataclass
class Here:
    """The pages of a register behind a sign-in of their own."""

    db: Path
    clock: Clock
    address: str
    site: Site

    def browser(self) -> Browser:
        return Browser(self.address)

    def command(self, *words: object) -> str:
        answer = call("--db", self.db, *RULES, *words)
        assert answer.code == 0, answer
        return answer.out


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real hashing, with less work in each."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", quick)


@contextmanager
def served(db: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    clock = Clock()
    monkeypatch.setattr("avtalsvakt.clock.now", lambda: clock.now)
    pages = coordinators_pages(db, lambda: clock.now, site)
    pages.writing = Rates(1000, 1000)
    with answering(WebServer(db, lambda: clock.now, "127.0.0.1", 0, pages=pages)) as server:
        yield Here(db, clock, server.address, site)


@pytest.fixture
def here(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    with served(run_db, Site(Door(None, way="account"), rules=(EXAMPLE,)), monkeypatch) as found:
        yield found


def invited(here: Here, name: str = "samordnare") -> str:
    """The path of a new invitation."""
    found = re.search(r"http://127\.0\.0\.1:8080(/inbjudan/\S+)", here.command("access", "account", "invite", name))
    assert found
    return found[1]


def opened(here: Here, name: str = "samordnare") -> Browser:
    """A browser on which a new account has chosen its password."""
    one = here.browser()
    path = invited(here, name)
    assert one.post(path, {**one.get(path).form, "losenord": GOOD}).status == 303
    return one


def seal_on(one: Browser) -> str:
    """The seal of the sign-out that every page has."""
    found = re.search(r'action="/logga-ut"><input type="hidden" name="forsegling" value="(\w+)"', one.get("/om").body)
    assert found
    return found[1]


def sign_in(one: Browser, name: str = "samordnare", password: str = GOOD, path: str = "/logga-in") -> Page:
    return one.post("/logga-in", {**one.get(path).form, "namn": name, "losenord": password})


def test_an_invitation_opens_an_account_once_and_signs_in(here: Here) -> None:
    path = invited(here)
    one = here.browser()
    assert "Det är för kontot samordnare" in one.get(path).words
    for bad, why in (("kort", "det ska ha 12–200 tecken"), ("samordnare-2026", "det är för lätt att gissa"),
                     ("aaaaaaaaaaaab", "det är för lätt att gissa")):  # fmt: skip
        page = one.post(path, {**one.get(path).form, "losenord": bad})
        assert page.status == 422 and why in page.words and bad not in page.body
    before = one.cookie
    assert one.post(path, {**one.get(path).form, "losenord": GOOD}).headers["location"] == "/"
    assert one.cookie != before
    assert "Du är samordnare" in one.get("/").words
    page = here.browser().get(path)
    assert page.status == 404 and "Inbjudan gäller inte" in page.words
    assert page.body == here.browser().get("/inbjudan/" + "x" * 43).body
    assert (GOOD not in here.db.read_bytes().decode("latin-1")) and verified(here)


def verified(here: Here) -> bool:
    with open_register(here.db, read_only=True) as register:
        return verify_register(register).problems == ()


def test_an_invitation_that_is_old_or_followed_by_another_is_of_no_use(here: Here) -> None:
    first = invited(here)
    second = invited(here)
    assert here.browser().get(first).status == 404
    here.clock.now += timedelta(days=7, seconds=1)
    assert here.browser().get(second).status == 404


def test_nobody_signed_in_sees_a_page_and_everybody_is_shown_the_way(here: Here) -> None:
    for path in ("/", "/avtal/lokal", "/avtal/finns-inte", "/registrering/m25"):
        page = here.browser().get(path)
        assert page.status == 200 and "Logga in" in page.words and "Östermalm" not in page.body
        assert page.form["till"] == path
    assert here.browser().get("/om").status == 200
    assert here.browser().get("/logga-in/openid").status in (200, 404)


def test_one_signs_in_gets_a_fresh_secret_and_is_led_on(here: Here) -> None:
    opened(here)
    one = here.browser()
    one.get("/logga-in")
    before = one.cookie
    page = sign_in(one, path="/skyldighet/lokal.moten.2026?dag=x")
    assert (page.status, page.headers["location"]) == (303, "/skyldighet/lokal.moten.2026?dag=x")
    assert one.cookie != before
    assert re.fullmatch(r"avtalsvakt=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", page.headers["set-cookie"])
    assert one.get("/skyldighet/lokal.moten.2026").status == 200
    old = Browser(here.address, before)
    assert "Logga in" in old.get("/avtal").words


@pytest.mark.parametrize("to", ["//ont.example/", "https://ont.example", "/\\ont.example"])
def test_a_sign_in_leads_to_no_other_site(here: Here, to: str) -> None:
    opened(here)
    one = here.browser()
    page = one.post("/logga-in", {**one.get("/logga-in").form, "namn": "samordnare", "losenord": GOOD, "till": to})
    assert page.headers["location"] == "/"


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(here: Here) -> None:
    opened(here)
    here.command("access", "account", "invite", "oppnas-inte")
    pages = [sign_in(here.browser(), name, "fel lösenord här") for name in ("samordnare", "okand-roll", "oppnas-inte")]
    bodies = {re.sub(r'value="[^"]*"', "", page.body) for page in pages}
    assert [page.status for page in pages] == [403] * 3 and len(bodies) == 1
    assert "Namnet eller lösenordet är fel" in pages[0].words


def test_tries_are_few_for_a_name_whoever_makes_them(here: Here) -> None:
    opened(here)
    tries = [sign_in(here.browser(), "Samordnare" if one % 2 else "samordnare", "fel").status for one in range(11)]
    assert tries == [403] * 10 + [429]
    page = sign_in(here.browser())
    assert page.status == 429 and page.headers["retry-after"] == "30"


def test_a_sign_in_without_the_browsers_seal_is_refused(here: Here) -> None:
    opened(here)
    form = {"namn": "samordnare", "losenord": GOOD, "till": "/"}
    assert here.browser().post("/logga-in", form).status == 403
    assert sign_in(here.browser()).status == 303


@pytest.mark.parametrize(
    ("away", "times", "still"),
    [(timedelta(minutes=59), 1, True), (timedelta(minutes=61), 1, False), (timedelta(minutes=50), 14, True),
     (timedelta(minutes=50), 15, False)],
)  # fmt: skip
def test_a_sign_in_ends_when_it_is_not_used_and_after_half_a_day(
    here: Here, away: timedelta, times: int, still: bool
) -> None:
    one = opened(here)
    for _ in range(times):
        here.clock.now += away
        page = one.get("/om")
    assert ("Du är samordnare" in page.words) is still


def test_it_ends_when_one_signs_out_and_when_an_administrator_says_so(here: Here) -> None:
    one, other = opened(here), here.browser()
    sign_in(other)
    assert here.command("access", "sessions", "list", "--format", "csv").count("samordnare") == 2
    assert one.post("/logga-ut", {"forsegling": seal_on(one)}).status == 303
    assert "Logga in" in one.get("/avtal").words and "Du är samordnare" in other.get("/avtal").words
    assert here.command("access", "sessions", "end", "--of", "samordnare") == "1 inloggning är avslutad.\n"
    assert "Logga in" in other.get("/avtal").words
    assert here.command("access", "sessions", "list") == "Ingen är inloggad.\n"
    assert verified(here)


def test_a_closed_account_is_out_and_stays_out(here: Here) -> None:
    one = opened(here)
    assert here.command("access", "account", "close", "samordnare") == "Kontot samordnare är stängt.\n"
    assert "Logga in" in one.get("/avtal").words
    assert sign_in(here.browser()).status == 403


def test_a_new_password_ends_what_the_old_one_began(here: Here) -> None:
    one = opened(here)
    opened(here)
    assert "Logga in" in one.get("/avtal").words


def test_what_was_typed_is_there_after_a_sign_in(here: Here) -> None:
    one = opened(here)
    form = {**one.get("/registrera/lokal/meeting_held").form, "1.date": "20 nov", "1.body": "local_steering_group"}
    here.command("access", "sessions", "end", "1")
    page = one.post("/registrera", {**form, "steg": "spara"})
    assert page.status == 403 and "Inget är sparat, och det du skrev finns kvar här" in page.words
    assert page.form["1.date"] == "20 nov"
    assert sign_in(one).status == 303
    again = one.post("/registrera", page.form)
    assert again.status == 403 and again.form["1.date"] == "20 nov"  # the form, with a seal of this sign-in
    check = one.post("/registrera", {**again.form, "steg": "visa"})
    saved = one.post("/registrera", {**check.form, "steg": "spara"})
    assert saved.status == 303
    with open_register(here.db, read_only=True) as register:
        assert [one.recorder for one in register.facts()][-1] == "samordnare"


def test_roles_are_for_the_name_that_signs_in(here: Here) -> None:
    one = opened(here)
    here.command("access", "add", "samordnare", "reader", "--agreement", "lokal")
    assert one.get("/avtal/lokal").status == 200
    assert one.get("/avtal/stad").status == 404


@pytest.mark.parametrize(
    ("words", "what", "where", "why", "remedy"),
    [
        (("--accounts", "--sign-in-header", "X-A", "--sign-in-from", "127.0.0.1"), "flera sätt att logga in är angivna",
         "--accounts", "samma namn skulle kunna vara olika personer",
         "välj en av --sign-in-header, --accounts och --openid"),
        (("--openid", "https://op.example"), "inloggningen är bara till hälften angiven", "--openid",
         "utgivaren, klienten och filen med hemligheten behövs alla",
         "ange --openid, --openid-client och --openid-secret"),
        (("--accounts", "--listen", "0.0.0.0:0"), "inloggningen kan inte visas utifrån", "--base-url",
         "utan https kan vem som helst på vägen ta över en inloggning",
         "ställ en proxy med TLS framför, och ange --base-url https://…"),
        (("--accounts", "--base-url", "http://kommun.example"), "inloggningen kan inte visas utifrån", "--base-url",
         "utan https kan vem som helst på vägen ta över en inloggning",
         "ställ en proxy med TLS framför, och ange --base-url https://…"),
    ],
)  # fmt: skip
def test_serve_refuses_what_cannot_be_trusted(
    run_db: Path, words: tuple[str, ...], what: str, where: str, why: str, remedy: str
) -> None:
    answer = call("--db", run_db, "serve", *words)
    assert (answer.code, answer.err) == (2, said(what, where, why, remedy))


def test_a_provider_is_asked_over_https_alone(tmp_path: Path) -> None:
    (tmp_path / "h").write_text("hemlig\n", encoding="utf-8")
    found = provider("https://op.example/", "vakt", tmp_path / "h")
    assert found == Provider("https://op.example", "vakt", "hemlig") and "hemlig" not in repr(found)
    for issuer in ("http://op.example", "http://localhost.ont.example:80", "ftp://x"):
        with pytest.raises(Rejected, match="kan inte användas"):
            provider(issuer, "vakt", tmp_path / "h")
    with pytest.raises(Rejected, match="hemligheten kan inte läsas"):
        provider("https://op.example", "vakt", tmp_path / "saknas")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider on the loopback: discovery, keys, codes and signed tokens over HTTP."""
    from oidc_provider_mock import User, run_server_in_thread

    users = [User(sub="eva", claims={"preferred_username": "eva@kommun.example"}), User(sub="namnlos")]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def at_provider(run_db: Path, issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    site = Site(Door(None, way="openid"), rules=(EXAMPLE,), provider=Provider(issuer, "vakt", "hemlig"))
    with served(run_db, site, monkeypatch) as found:
        yield found


def at(address: str, method: str = "GET", form: dict[str, str] | None = None) -> tuple[int, str]:
    """Ask the provider as a browser does; the status, and where it leads."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    body = urlencode(form).encode() if form else None
    connection.request(
        method, f"{parts.path}?{parts.query}", body, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers.get("Location", "")


def through(here: Here, one: Browser, sub: str) -> str:
    """The way to the provider and the consent there; the address that it leads back to."""
    page = one.get("/avtal/lokal")
    link = re.search(r'href="(/logga-in/openid[^"]*)"', page.body)
    assert link
    asked = one.get(link[1])
    assert asked.status == 302
    there = asked.headers["location"]
    assert there.startswith(here.site.provider.issuer if here.site.provider else "-")
    assert all(f"{part}=" in there for part in ("state", "nonce", "code_challenge")) and "S256" in there
    assert at(there)[0] == 200
    status, back = at(there, "POST", {"sub": sub})
    assert status in (302, 303)
    return back.removeprefix(here.address)


def test_one_signs_in_at_a_provider_step_by_step(at_provider: Here) -> None:
    at_provider.command("access", "add", "eva@kommun.example", "recorder", "--agreement", "lokal", "--as", "samordnare")
    one = at_provider.browser()
    back = through(at_provider, one, "eva")
    before = one.cookie
    done = one.get(back)
    assert (done.status, done.headers["location"]) == (303, "/avtal/lokal")
    assert one.cookie != before
    page = one.get("/avtal/lokal")
    assert page.status == 200 and "Du är eva@kommun.example" in page.words
    assert one.get("/avtal/stad").status == 404
    assert "eva@kommun.example" in at_provider.command("access", "sessions", "list")
    assert one.get(back).status == 403  # a code, and what was asked, are for one time


def test_an_answer_from_elsewhere_signs_nobody_in(at_provider: Here) -> None:
    one, other = at_provider.browser(), at_provider.browser()
    back = through(at_provider, one, "eva")
    through(at_provider, other, "eva")
    for browser, path in ((other, back), (at_provider.browser(), back), (one, "/logga-in/openid/svar?code=x&state=y"),
                          (one, "/logga-in/openid/svar?error=access_denied")):  # fmt: skip
        page = browser.get(path)
        assert page.status == 403 and "Du är inte inloggad" in page.words
    assert at_provider.command("access", "sessions", "list") == "Ingen är inloggad.\n"


def test_one_without_the_claim_is_nobody(at_provider: Here) -> None:
    one = at_provider.browser()
    assert one.get(through(at_provider, one, "namnlos")).status == 403


def test_a_provider_that_does_not_answer_is_said(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(Door(None, way="openid"), rules=(EXAMPLE,), provider=Provider("http://localhost:9", "vakt", "hemlig"))
    with served(run_db, site, monkeypatch) as here:
        page = here.browser().get("/logga-in/openid")
        assert page.status == 503 and "Du är inte inloggad" in page.words
