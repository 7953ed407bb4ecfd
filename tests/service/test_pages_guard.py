"""What stands before the pages: who is let in, how much and how often may be sent, what every answer carries."""

import re
import socket
from pathlib import Path

import pytest
from tests.service.command_line import call, said
from tests.service.page_client import Browser, browser

from avtalsvakt.commands.serve import reached_from_outside
from avtalsvakt.pages import drawing
from avtalsvakt.pages.day_words import distance, spoken
from avtalsvakt.pages.door import Asking, Door, SignIn, sign_in
from avtalsvakt.pages.drawing import HERE
from avtalsvakt.pages.guard import LARGEST
from avtalsvakt.pages.rates import Rates
from avtalsvakt.pages.seals import Sealer, key_of, session_of
from avtalsvakt.pages.texts import texts
from avtalsvakt_rules.problems import Problem, Rejected

pytestmark = pytest.mark.usefixtures("alone")

LOCAL = {"host": "127.0.0.1:8080"}
PROXY = SignIn("x-remote-user", frozenset({"10.0.0.5"}))


@pytest.mark.parametrize(
    ("asking", "let_in"),
    [
        (Asking("127.0.0.1", LOCAL), True),
        (Asking("127.0.0.1", {"host": "localhost"}), True),
        (Asking("::1", {"host": "[::1]:8080"}), True),
        (Asking("192.168.1.7", LOCAL), False),
        (Asking("", LOCAL), False),
        (Asking("127.0.0.1", {"host": "avtal.example"}), False),
        (Asking("127.0.0.1", {"host": "127.0.0.1.ont.example"}), False),
        (Asking("127.0.0.1", {}), False),
        (Asking("127.0.0.1", {**LOCAL, "x-forwarded-for": "192.168.1.7"}), False),
        (Asking("127.0.0.1", {**LOCAL, "forwarded": "for=192.168.1.7"}), False),
        (Asking("127.0.0.1", {**LOCAL, "via": "1.1 proxy"}), False),
        (Asking("127.0.0.1", LOCAL, "1.0"), False),
    ],
)
def test_without_a_sign_in_only_somebody_at_the_machine_is_let_in(asking: Asking, let_in: bool) -> None:
    assert (Door("samordnare").asker(asking) == "samordnare") is let_in
    assert isinstance(Door("samordnare", outside=True).asker(asking), Problem)


@pytest.mark.parametrize(
    ("asking", "who"),
    [
        (Asking("10.0.0.5", {"x-remote-user": "polisen\\ab123"}), "polisen\\ab123"),
        (Asking("10.0.0.5", {"x-remote-user": "samordnare"}, "1.0"), "samordnare"),
        (Asking("10.0.0.5", {}), None),
        (Asking("10.0.0.5", {"x-remote-user": " "}), None),
        (Asking("10.0.0.5", {"x-remote-user": "roll@kommun.example"}), "roll@kommun.example"),
        (Asking("10.0.0.5", {"x-remote-user": "Ã¥klagare"}), "åklagare"),
        (Asking("10.0.0.5", {"x-remote-user": "x" * 201}), None),
        (Asking("10.0.0.6", {"x-remote-user": "samordnare"}), None),
        (Asking("127.0.0.1", {**LOCAL, "x-remote-user": "samordnare"}), None),
    ],
)
def test_with_a_sign_in_only_its_address_and_whom_it_names_are_let_in(asking: Asking, who: str | None) -> None:
    found = Door("annan", PROXY).asker(asking)
    assert found == who if who else isinstance(found, Problem)


@pytest.mark.parametrize(
    ("header", "proxies", "what"),
    [
        ("X-Remote-User", (), "inloggningen är bara till hälften angiven"),
        (None, ("10.0.0.5",), "inloggningen är bara till hälften angiven"),
        ("X-Remote-User", ("proxy",), "'proxy' är ingen adress"),
        ("X Remote", ("10.0.0.5",), "rubriken 'X Remote' kan inte användas"),
        ("X-Forwarded-For", ("10.0.0.5",), "rubriken 'X-Forwarded-For' kan inte användas"),
    ],
)
def test_half_a_sign_in_is_refused_at_the_start(header: str | None, proxies: tuple[str, ...], what: str) -> None:
    with pytest.raises(Rejected) as refused:
        sign_in(header, proxies)
    assert refused.value.problems[0].what == what


def test_what_is_in_force_is_said_at_the_start() -> None:
    assert Door("a").said.startswith("sidorna visas bara på den här datorn")
    assert Door("a", outside=True).said.startswith("sidorna är stängda")
    assert "10.0.0.5" in Door("a", PROXY).said


@pytest.fixture
def here(run_db: Path) -> Browser:  # type: ignore[misc]
    with browser(run_db) as one:
        yield one


def test_every_answer_has_the_headers(here: Browser) -> None:
    for path in ("/", "/finns-inte", "/registrera/lokal/meeting_held"):
        headers = here.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY" and headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin" and headers["cache-control"] == "no-store"


def test_the_only_cookie_comes_with_a_form(here: Browser) -> None:
    assert "set-cookie" not in here.get("/").headers
    cookie = here.get("/registrera/lokal/meeting_held").headers["set-cookie"]
    assert re.fullmatch(r"avtalsvakt=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", cookie)
    assert "set-cookie" not in here.get("/registrera/lokal/meeting_held").headers


def test_the_cookie_is_for_https_alone_where_the_address_is(run_db: Path) -> None:
    door = Door(None, SignIn("x-remote-user", frozenset({"127.0.0.1"})))
    with browser(run_db, door=door, base="https://kommun.example") as one:
        assert one.get("/").status == 403
        one.extra["X-Remote-User"] = "samordnare"
        assert "Du är samordnare" in one.get("/").words
        form = one.get("/registrera/lokal/meeting_held")
        assert form.headers["set-cookie"].endswith("; Secure")
        sent = {**form.form, "1.body": "local_steering_group", "steg": "visa"}
        assert one.post("/registrera", sent, Origin="https://kommun.example").status == 200
        one.extra["X-Remote-User"] = "annan"
        assert one.post("/registrera", sent, Origin="https://kommun.example").status == 403


def test_another_host_is_refused_in_four_parts(here: Browser) -> None:
    page = here.get("/", Host="ont.example")
    assert page.status == 403 and "Östermalm" not in page.body
    assert all(f"<dt>{part}</dt>" in page.body for part in ("Var", "Varför", "Åtgärd"))


def test_what_is_too_large_is_refused_whether_or_not_it_says_so(here: Browser) -> None:
    form = {"rubrik": "x" * (LARGEST + 1)}
    page = here.post("/registrera", form)
    assert page.status == 413 and "för stort" in page.words
    page = here.ask("POST", "/registrera", Content_Length="-1")  # no body: what is unread when it closes resets it
    assert page.status in (400, 413)


def test_what_is_too_large_is_refused_when_it_comes_in_pieces_that_tell_no_size(here: Browser) -> None:
    pieces = (b"x" * 10_000 for _ in range(LARGEST // 10_000 + 1))
    page = here.ask("POST", "/registrera", pieces, Content_Type="application/x-www-form-urlencoded")
    assert page.status == 413 and "för stort" in page.words


FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
FILES = b'--kant\r\nContent-Disposition: form-data; name="fil"; filename="a"\r\n\r\nx\r\n' * 5 + b"--kant--\r\n"
FIELD = b'--kant\r\nContent-Disposition: form-data; name="forsegling"\r\n\r\n\\ud800\r\n--kant--\r\n'
FIELDS = b"&".join(b"f%d=1" % one for one in range(2001))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--kant\r\n"),
        ("multipart/form-data; boundary=kant", b"n\xc3\xa5got annat"),
        ("multipart/form-data; boundary=kant", FILES),
        ("application/x-www-form-urlencoded", FIELDS),
        ("multipart/form-data; boundary=kant; charset=undefined", FIELD),  # Python's own, which reads nothing
        ("multipart/form-data; boundary=kant; charset=punycode", FIELD),  # takes seconds for a long text
        ("multipart/form-data; boundary=kant; charset=unicode_escape", FIELD),  # half a pair, which is no letter
    ],
)
def test_a_form_that_cannot_be_read_is_refused_as_that(here: Browser, kind: str, body: bytes) -> None:
    page = here.ask("POST", "/registrera", body, Content_Type=kind)
    assert (page.status, "Formuläret gick inte att läsa" in page.words) == (400, True), page.words


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8", '; charset="utf-8"'])
def test_a_form_in_the_encoding_of_the_pages_is_read(here: Browser, charset: str) -> None:
    page = here.ask("POST", "/inlasning", FIELD, Content_Type=f"multipart/form-data; boundary=kant{charset}")
    assert (
        page.status == 403 and "Formuläret gick inte att läsa" not in page.words
    )  # read: it is the seal that is wrong


@pytest.mark.parametrize("origin", ["http://[", "http://]", "http://[::1", "null", "//", ""])
def test_a_form_from_what_is_no_address_is_refused_as_foreign(here: Browser, origin: str) -> None:
    page = here.post("/registrera", {}, Origin=origin)
    assert page.status == 403 and "från en annan webbplats" in page.words


def test_one_who_leaves_amid_a_form_leaves_no_fault_in_the_log(here: Browser, caplog: pytest.LogCaptureFixture) -> None:
    host, _, port = here.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as gone:
        gone.sendall(f"POST /registrera HTTP/1.1\r\nHost: {host}:{port}\r\n{FORM}Content-Length: 9\r\n\r\na=".encode())
    assert here.get("/om").status == 200  # asked later, so answered when the first is done with
    assert not [one for one in caplog.records if one.name == "avtalsvakt.web"]


def test_a_fault_is_told_in_four_parts_and_not_as_it_is(here: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> str:
        raise ZeroDivisionError("hemligt")

    monkeypatch.setitem(drawing.environment().globals, "many", broken)
    page = here.get("/")
    assert page.status == 500 and "hemligt" not in page.body
    assert "Programmet har ett fel, som står i loggen" in page.words


def test_only_so_many_may_be_sent_in_a_row(run_db: Path) -> None:
    with browser(run_db, writing=Rates(per_second=0.001, burst=3)) as here:
        pages = [here.post("/registrera", {}) for _ in range(4)]
        assert [page.status for page in pages] == [404, 404, 404, 429]
        assert pages[3].headers["retry-after"] == "5" and "Det går inte så fort" in pages[3].words
        assert here.get("/om").status == 200


def test_a_bucket_fills_up_again() -> None:
    rates = Rates(per_second=2, burst=3, remembered=2)
    assert [rates.wait("a", 10.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert rates.wait("b", 10.0) == 0
    assert rates.wait("a", 10.5) == 0 and rates.wait("a", 10.5) > 0
    assert rates.wait("c", 10.5) == 0 and rates.wait("b", 10.5) == 0  # b was forgotten for c


def test_a_seal_holds_for_one_browser_and_one_person() -> None:
    sealer, other = Sealer(), Sealer()
    seal = sealer.seal("s", "samordnare")
    assert sealer.holds("s", "samordnare", seal)
    for session, user, given in (("t", "samordnare", seal), ("s", "annan", seal), (None, "samordnare", seal),
                                 ("s", "samordnare", "å"), ("s", "samordnare", "")):  # fmt: skip
        assert not sealer.holds(session, user, given)
    assert not other.holds("s", "samordnare", seal)


@pytest.mark.parametrize("cookie", [None, "", "x", "å" * 43, "a b" + "x" * 40])
def test_a_cookie_that_is_none_of_ours_is_let_go_of(cookie: str | None) -> None:
    assert session_of(cookie) is None


def test_a_form_has_a_name_of_its_own() -> None:
    assert key_of("w0123456789ab") == "w0123456789ab"
    assert key_of("../x") != key_of("../x") and re.fullmatch(r"w[0-9a-f]{12}", key_of("m26"))


TEMPLATES = sorted((HERE / "templates").glob("*.html"))
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_comes_from_the_table(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    bare = re.sub(r"<!doctype[^>]*>", "", _CODE.sub("", source))
    told = re.sub(r'<[^>]*>|[a-z-]+="[^"]*"|/[a-z]+', "", bare)
    assert not re.search(r"[A-Za-zÅÄÖåäö]{2,}", told), told.split()
    assert not re.search(r'(?:aria-label|title|alt|placeholder)="[^"{]', bare)
    named = re.findall(r"\b(?:t|many)\('([a-z_.]+)'(?! ?[+~])", source)
    assert [name for name in named if name not in texts() and not name.endswith(".")] == []


def test_every_text_of_the_table_is_used() -> None:
    code = "".join(one.read_text(encoding="utf-8") for one in (*TEMPLATES, *HERE.glob("*.py")))
    prefixes = set(re.findall(r"(?:t|many)\('([a-z_.]+\.)' ?[+~]", code))
    unused = [name for name in texts() if f"'{name}'" not in code and f'"{name}"' not in code
              and not any(name.startswith(one) for one in prefixes)]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "i dag"), (1, "i morgon"), (-1, "i går"), (2, "om 2 dagar"), (62, "om 62 dagar"), (63, "om 2 månader"),
     (-62, "för 62 dagar sedan"), (-330, "för 11 månader sedan"), (-730, "för 2 år sedan"), (1100, "om 3 år")],
)  # fmt: skip
def test_how_far_a_day_is_away(days: int, words: str) -> None:
    from datetime import date, timedelta

    today = date(2026, 11, 29)
    assert distance(today + timedelta(days=days), today) == words


def test_days_in_a_text_are_said_in_full_and_names_are_left_alone() -> None:
    assert spoken("senast 2026-12-31 (ost-2026-12-31)") == "senast 31 december 2026 (ost-2026-12-31)"
    assert spoken("2026-13-31 och 2026") == "2026-13-31 och 2026"


def test_serve_refuses_half_a_sign_in(run_db: Path) -> None:
    answer = call("--db", run_db, "serve", "--sign-in-header", "X-Remote-User")
    assert (answer.code, answer.err) == (
        2,
        said(
            "inloggningen är bara till hälften angiven",
            "--sign-in-header",
            "utan adress kan vem som helst skriva rubriken; utan rubrik syns inte vem som är inloggad",
            "ange båda, t.ex. --sign-in-header X-Remote-User --sign-in-from 127.0.0.1",
        ),
    )


@pytest.mark.parametrize(
    ("base", "outside"),
    [
        (None, False),
        ("http://localhost:8080", False),
        ("http://127.0.0.1:8080/vakt", False),
        ("https://kommun.example", True),
    ],
)
def test_an_address_from_outside_closes_the_pages(base: str | None, outside: bool) -> None:
    assert reached_from_outside(base) is outside
