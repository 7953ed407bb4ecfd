"""Whatever is asked of the pages, and whatever their forms are sent back with, none answers with a fault."""

import re
import shutil
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.service.page_client import Browser, Page, browser

from avtalsvakt.pages.addresses import ADDRESSES
from avtalsvakt.pages.rates import Rates

pytestmark = pytest.mark.usefixtures("alone")

THERE = {
    "agreement": "lokal", "kind": "meeting_held", "duty": "lokal.moten.2026", "id": "m25", "fact": "m25",
    "outcome": "held", "ids": "m25", "token": "x",
}  # fmt: skip
"""What stands in the register, for each name in an address."""
SEAL = "forsegling"
ODD = (
    b"", b" ", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r\n", b"x" * 5000, b"0", b"-1", b"9" * 400, b"1e999", b"NaN",
    b"2026-02-30", b"0001-01-01", b"9999-12-31", b"10000-01-01", b"2026-W05", b"2026-13", b"2026-11-22", b"25:00",
    "\uff12\uff10\uff12\uff16-11-22".encode(), "²".encode(), "\u202e\u2028".encode(), b"../../etc/passwd",
    b"<script>", b"{{7*7}}",
    b"%s%n", b"' OR 1=1", b'"', b"NEAR(", b"[", b"lokal", b"stad", b"m25", b"meeting_held", b"samordnare", b"visa",
    b"spara", b"a,b", b"@", b"alla",
    "steg:²".encode(), b"steg:" + b"9" * 5000, b"steg:1", b"steg:7", b"steg:", b"senare",
)  # fmt: skip
"""What readers of days, numbers, names and searches stumble over, and what some of them know."""
TEXTS = st.sampled_from(ODD) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass"))
GET_FORM = re.compile(r'<form method="get".*?</form>', re.DOTALL)
NAMED = re.compile(r' name="([^"]+)"')
POST_FORM = re.compile(r'<form method="post"[^>]* action="([^"]+)"')


def filled(pattern: str, values: Mapping[str, bytes]) -> str:
    """An address of a pattern."""
    return re.sub(r"{(\w+)(?::path)?}", lambda found: quote_from_bytes(values[found[1]], safe=""), pattern)


NAMES = {one.path: re.findall(r"{(\w+)", one.path) for one in ADDRESSES}
PAGES = [one.path for one in ADDRESSES if one.method == "GET"]


@pytest.fixture(scope="module")
def here(made_alone: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    db = Path(shutil.copy(made_alone[1], tmp_path_factory.mktemp("drawn") / "register.db"))
    with browser(db, writing=Rates(1e6, 1_000_000)) as one:
        yield one


@pytest.fixture(scope="module")
def shown(here: Browser) -> list[Page]:
    """Every page that can be asked for, about what is in the register where it is about something."""
    return [here.get(filled(path, {name: THERE[name].encode() for name in NAMES[path]})) for path in PAGES]


@pytest.fixture(scope="module")
def fields(shown: list[Page]) -> dict[str, list[str]]:
    """What can be asked for on each page, and on some other, by name."""
    found = [{one for form in GET_FORM.findall(page.body) for one in NAMED.findall(form)} for page in shown]
    every = sorted(set().union(*found))
    assert len(every) > 5
    return {path: sorted(own) or every for path, own in zip(PAGES, found, strict=True)}


@pytest.fixture(scope="module")
def forms(shown: list[Page]) -> list[tuple[str, dict[str, str]]]:
    """Every form that writes: where it is sent, and as it stands."""
    found = [(unescape(to[1]), page.form) for page in shown if (to := POST_FORM.search(page.body))]
    assert len({to for to, _ in found}) > 3 and all(SEAL in form for _, form in found)
    return found


def holds(page: Page) -> None:
    """An answer is a page, a refusal in four parts, or a form again with what is wrong in it."""
    assert page.status < 500, page.words
    told = all(f"<dt>{part}</dt>" in page.body for part in ("Var", "Varför", "Åtgärd"))
    assert page.status < 400 or told or "<form " in page.body, (page.status, page.words)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_for_is_shown_or_refused(
    here: Browser, fields: dict[str, list[str]], data: st.DataObject
) -> None:
    pattern = data.draw(st.sampled_from(PAGES))
    values = {name: data.draw(st.just(THERE[name].encode()) | TEXTS) for name in NAMES[pattern]}
    asked = data.draw(st.lists(st.tuples(st.sampled_from(fields[pattern]), TEXTS), max_size=3))
    query = "&".join(f"{name}={quote_from_bytes(text, safe='')}" for name, text in asked)
    holds(here.get(f"{filled(pattern, values)}?{query}"))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_a_form_is_filled_in_it_is_taken_or_refused(
    here: Browser, forms: list[tuple[str, dict[str, str]]], data: st.DataObject
) -> None:
    to, form = data.draw(st.sampled_from(forms))
    sent = {name: text.encode() for name, text in form.items()}
    changed = data.draw(st.dictionaries(st.sampled_from(sorted({*form, "steg", "spara", "1.note"})), TEXTS, max_size=4))
    left_out = data.draw(st.lists(st.sampled_from(sorted(form)), max_size=1))
    fields = {name: text for name, text in (sent | changed).items() if name not in left_out}
    body = "&".join(f"{quote(name)}={quote_from_bytes(text, safe='')}" for name, text in fields.items())
    holds(here.ask("POST", to, body.encode(), Content_Type="application/x-www-form-urlencoded"))


@pytest.mark.parametrize("text", ["steg:²", "steg:" + "9" * 5000, "steg:7", "steg:", "steg:-1"])
def test_a_field_that_means_a_step_that_there_is_not_is_refused(here: Browser, text: str) -> None:
    form = here.get("/registrera/lokal/meeting_held").form
    for name in form:
        if name.startswith("1.") or name == "steg":
            page = here.post("/registrera", {**form, "steg": "visa", name: text})
            holds(page)
            assert page.status < 500, name
