"""The API over a real socket: who may what, what others see, what is recorded, and that it is as it is described."""

import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.service.api_table import DOCUMENT, written
from tests.service.command_line import EXAMPLE, NOW, RULES, call, said
from tests.service.page_client import Browser, Page

from avtalsvakt import clock
from avtalsvakt.api.application import Api, api, beside
from avtalsvakt.api.specification import specification
from avtalsvakt.api.table import OPERATIONS
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.pages.rates import Rates
from avtalsvakt.recording.api_tokens import all_tokens, make_token, revoke_token
from avtalsvakt.settings import Settings
from avtalsvakt.web.server import WebServer
from avtalsvakt_engine.runs.verifying import verify_register

pytestmark = pytest.mark.usefixtures("alone")

TOKENS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...] | None]] = {
    "read": (("read",), ("lokal",)),
    "record": (("record",), ("lokal",)),
    "both": (("read", "record"), ("lokal",)),
    "other": (("read", "record"), ("stad",)),
    "all": (("read", "record"), None),
}
MEETING = {"kind": "meeting_held", "agreement": "lokal", "date": "2026-11-20", "body": "local_steering_group"}
DUTY = "lokal.moten.2026"


@dataclass
class Client:
    """Asks with one of the tokens."""

    browser: Browser
    settings: Settings
    api: Api
    secrets: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str | None, method: str, path: str, body: object = None, **headers: str) -> Page:
        given = {"Authorization": f"Bearer {self.secrets.get(who, who)}"} if who else {}
        sent = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return self.browser.ask(method, f"/api/v1{path}", sent, **given, **kind, **headers)

    def get(self, who: str | None, path: str, **headers: str) -> Page:
        return self.ask(who, "GET", path, **headers)

    def post(self, who: str | None, path: str, body: object, **headers: str) -> Page:
        return self.ask(who, "POST", path, body, **headers)


@pytest.fixture(scope="module")
def client(made_alone: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(Path(shutil.copy(made_alone[1], tmp_path_factory.mktemp("api") / "register.db"))) as client:
        yield client


@contextmanager
def served(db: Path) -> Iterator[Client]:
    """The real server with both the API and the pages, and a token of each kind."""
    own = Settings(NOW, db, (EXAMPLE,), "samordnare")
    secrets = {name: make_token(own, name, *wanted).secret for name, wanted in TOKENS.items()}
    application = api(db, lambda: NOW, (EXAMPLE,))
    application.reading = application.writing = application.failing = Rates(1e6, 1_000_000)
    pages = coordinators_pages(db, lambda: NOW, Site(Door("samordnare"), rules=(EXAMPLE,)))
    with WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=beside(application, pages)) as server:
        yield Client(Browser(server.address), own, application, secrets)


def told(page: Page) -> Any:
    return json.loads(page.body)


def problem(page: Page, status: int) -> tuple[str, str, str, str]:
    """The four parts of a refusal."""
    assert (page.status, page.headers["content-type"]) == (status, "application/problem+json")
    found = told(page)
    assert found["status"] == status
    assert found["problems"][0] == {name: found[name] for name in ("what", "where", "why", "remedy")}
    return found["what"], found["where"], found["why"], found["remedy"]


BODIES = {
    "Facts": {"facts": [MEETING]},
    "Correction": {"set": {"date": "2025-03-05"}, "reason": "fel dag"},
    "Retraction": {"reason": "blev inte av"},
}
GOOD = {"GET": 200, "POST": 200}


def expected(who: str | None, scope: str, path: str, body: str | None) -> int:
    """What one kind of token is answered."""
    if who is None:
        return 401
    if scope not in TOKENS[who][0]:
        return 403
    if who == "other":
        return 404 if "{" in path else 422 if body else 200
    return 200


@pytest.mark.parametrize("who", [None, "read", "record", "both", "other", "all"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_every_address_answers_every_token_as_it_may(client: Client, operation: Any, who: str | None) -> None:
    place = "lokal" if "agreements" in operation.path else "m25"
    path = operation.path.removeprefix("/v1").replace("{id}", place).replace("{key}", quote(DUTY))
    query = "?since=2020-01-01" if operation.path == "/v1/changes" else "?dry_run=true" if operation.body else ""
    body = BODIES[operation.body] if operation.body else None
    page = client.ask(who, operation.method, path + query, body)
    assert page.status == expected(who, operation.scope, operation.path, operation.body), page.body
    if who == "other" and page.status == 200:
        assert "lokal" not in page.body
        assert "m25" not in page.body
    if page.status == 200:
        schema = specification()["components"]
        jsonschema_rs.validate({"$ref": f"#/components/schemas/{operation.gives}", "components": schema}, told(page))


def test_changes_name_the_days_that_no_run_judged(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(run_db) as client:
        assert told(client.get("read", "/changes?since=2026-11-01"))["unjudged"] == []
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=41))
        assert call("--db", run_db, *RULES, "run").code == 0
        days = [{"from": "2026-11-23", "to": "2027-01-01"}]
        for part in ("", "&limit=1", "&agreement=stad"):
            assert told(client.get("read", f"/changes?since=2026-12-01{part}"))["unjudged"] == days
        assert told(client.get("read", "/changes?since=2027-01-03"))["unjudged"] == []


@pytest.mark.parametrize("path", ["/facts", "/nix", "/openapi.json", "", "/a%0Ab", "/duties/%0A"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "TRACE", "HEAD"])
def test_without_a_token_every_address_answers_alike(client: Client, method: str, path: str) -> None:
    page = client.ask(None, method, path)
    assert (page.status, page.headers["www-authenticate"]) == (401, "Bearer")
    if method != "HEAD":
        assert page.body == client.get(None, "/agreements").body


def test_a_token_that_holds_no_more_is_no_token(client: Client) -> None:
    revoked, over = make_token(client.settings, "åter", ("read",), None), make_token(
        client.settings, "över", ("read",), None, NOW.date()
    )  # fmt: skip
    assert client.get(revoked.secret, "/agreements").status == client.get(over.secret, "/agreements").status == 200
    assert next(one for one in all_tokens(client.settings) if one.id == over.token.id).last_used == NOW.date()
    revoke_token(client.settings, revoked.token.id)
    assert not over.token.holds(NOW.date() + timedelta(days=1))
    what, where, why, remedy = problem(client.get(revoked.secret, "/agreements"), 401)
    assert (what, where, why) == ("nyckeln godtas inte", "Authorization", "begäran har ingen nyckel som gäller")
    assert remedy == "skicka rubriken 'Authorization: Bearer NYCKEL'; nycklar görs med 'avtalsvakt access token add'"


def test_the_unknown_and_the_forbidden_look_the_same(client: Client) -> None:
    for path, name in product(("/agreements/{}", "/facts/{}", "/duties/{}"), ("lokal", "m25", DUTY)):
        hidden, unknown = client.get("other", path.format(name)), client.get("other", path.format("finns-ej"))
        assert problem(hidden, 404)[0].replace(name, "finns-ej") == problem(unknown, 404)[0]
        assert problem(hidden, 404)[1:] == problem(unknown, 404)[1:]
    hidden = client.post("other", "/facts", {"facts": [MEETING]})
    unknown = client.post("other", "/facts", {"facts": [MEETING | {"agreement": "finns-ej"}]})
    assert hidden.body.replace("'lokal'", "'finns-ej'") == unknown.body
    for query in ("agreement=lokal", "q=m25", "agreement=finns-ej"):
        assert told(client.get("other", f"/facts?{query}")) == {"facts": [], "next": None}
    assert problem(client.get("other", "/facts?cursor=m25"), 400) == problem(
        client.get("other", "/facts?cursor=finns-ej"), 400
    )


def test_a_fact_of_others_cannot_be_named(client: Client) -> None:
    def naming(name: str) -> Page:
        line = {"kind": "minutes_recorded", "agreement": "stad", "date": "2026-11-20", "meeting": name}
        return client.post("other", "/facts?dry_run=true", {"facts": [line]})

    hidden, unknown = naming("m25"), naming("m99")
    assert problem(hidden, 422)[1] == "facts[1] (meeting)"
    assert hidden.body.replace("m25", "m99") == unknown.body
    line = {"kind": "minutes_recorded", "agreement": "lokal", "date": "2026-11-20", "meeting": "m25"}
    assert client.post("both", "/facts?dry_run=true", {"facts": [line]}).status == 200


def test_lists_come_in_parts_that_make_up_the_whole(client: Client) -> None:
    for path, name in (("/duties?", "duties"), ("/facts?", "facts")):
        whole = told(client.get("both", f"{path}limit=500"))[name]
        parts: list[Any] = []
        cursor: str | None = ""
        while cursor is not None:
            more = told(client.get("both", f"{path}limit=4" + (f"&cursor={quote(cursor)}" if cursor else "")))
            parts, cursor = parts + more[name], more["next"]
        assert parts == whole
        assert len(whole) > 4


def test_filters_are_those_of_the_lists(client: Client) -> None:
    every = told(client.get("both", "/duties?limit=500"))["duties"]
    late = told(client.get("both", "/duties?status=overdue,at_risk&limit=500"))["duties"]
    assert late == [one for one in every if one["status"] in ("overdue", "at_risk")]
    soon = told(client.get("both", "/duties?due_from=2026-12-01&due_to=2026-12-31"))["duties"]
    assert soon == [one for one in every if one["due"] and "2026-12-01" <= one["due"] <= "2026-12-31"]
    assert late
    assert soon
    met = told(client.get("both", "/facts?kind=meeting_held&from=2026-01-01"))["facts"]
    assert {one["kind"] for one in met} == {"meeting_held"}


def test_a_duty_is_told_with_why(client: Client) -> None:
    why = told(client.get("both", f"/duties/{DUTY}"))["why"]
    assert why["summary"]
    assert all(part["heading"] and isinstance(part["lines"], list) for part in why["parts"])


def test_what_one_has_is_not_sent_again(client: Client) -> None:
    first = client.get("both", "/facts")
    again = client.get("both", "/facts", If_None_Match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, "", first.headers["etag"])
    assert client.get("both", "/facts", If_None_Match='"annan"').status == 200


def test_a_rehearsal_records_nothing_and_a_key_records_once(client: Client) -> None:
    before = told(client.get("both", "/facts?limit=500"))["facts"]
    rehearsed = client.post("both", "/facts?dry_run=true", {"facts": [MEETING]})
    assert (rehearsed.status, told(rehearsed)["dry_run"]) == (200, True)
    assert any(one["duty"] == DUTY for one in told(rehearsed)["changes"])
    assert told(client.get("both", "/facts?limit=500"))["facts"] == before
    two = {"facts": [MEETING | {"id": "a"}, {**MEETING, "date": "2026-11-21"}]}
    first, again = (client.post("both", "/facts", two, Idempotency_Key="protokoll-1") for _ in range(2))
    assert (first.status, again.status) == (201, 200)
    assert (told(first)["again"], told(first)["judged"], told(again)["again"]) == (False, True, True)
    assert told(again)["facts"] == told(first)["facts"]
    assert {one["recorder"] for one in told(first)["facts"]} == {"api-3"}
    for other in ({"facts": [MEETING]}, {"facts": [*two["facts"], MEETING]}, {"facts": [MEETING, MEETING]}):
        assert problem(client.post("both", "/facts", other, Idempotency_Key="protokoll-1"), 409) == (
            "begäran är en annan än förut", "Idempotency-Key", "nyckeln användes förut med ett annat innehåll",
            "skicka samma innehåll igen, eller välj en ny Idempotency-Key",
        )  # fmt: skip
    assert len(told(client.get("both", "/facts?limit=500"))["facts"]) == len(before) + 2


def test_facts_sent_together_name_each_other(client: Client) -> None:
    met = MEETING | {"id": "a"}
    minutes = {"kind": "minutes_recorded", "agreement": "lokal", "date": "2026-11-21", "meeting": "#a"}
    first, second = told(client.post("both", "/facts?dry_run=true", {"facts": [met, minutes]}))["facts"]
    assert second["meeting"] == first["id"]
    twice = client.post("both", "/facts", {"facts": [met, met]})
    assert problem(twice, 422)[0] == "två registreringar har samma id"
    nobody = client.post("both", "/facts?dry_run=true", {"facts": [minutes | {"meeting": "#b"}]})
    assert problem(nobody, 422)[1] == "facts[1] (meeting)"


def test_facts_are_corrected_and_taken_back(client: Client) -> None:
    made = told(client.post("both", "/facts", {"facts": [MEETING | {"date": "2026-10-02"}]}))["facts"][0]
    corrected = client.post(
        "both", f"/facts/{made['id']}/corrections", {"set": {"date": "2026-10-03"}, "reason": "fel dag"}
    )
    assert corrected.status == 201
    assert told(client.get("both", f"/facts/{made['id']}"))["date"] == "2026-10-03"
    moved = {"set": {"agreement": "stad"}, "reason": "fel avtal"}
    assert (
        problem(client.post("both", f"/facts/{made['id']}/corrections", moved), 422)[0] == "avtalet 'stad' finns inte"
    )
    gone = client.post("both", f"/facts/{made['id']}/retractions", {"reason": "blev inte av"})
    assert gone.status == 201
    assert client.get("both", f"/facts/{made['id']}").status == 404
    with client.settings.register(read_only=True) as register:
        assert verify_register(register).problems == ()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ({"recorded": "2020-01-01T00:00:00+01:00"}, "'recorded' kan inte anges"),
        ({"kind": "record_retracted"}, "händelsen registreras på annat sätt"),
        ({"id": 7}, "id är ingen text"),
    ],
)
def test_what_is_not_the_senders_to_say_is_refused(client: Client, line: dict[str, object], what: str) -> None:
    assert problem(client.post("both", "/facts", {"facts": [MEETING | line]}), 422)[0] == what


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", "null", '{"facts": []}', '{"facts": [{}], "mer": 1}', '{"facts": [{"kind": "\\ud800"}]}',
             '{"facts": [{"kind": NaN}]}', "[" * 100_000, '{"facts": [{"kind": ' + "9" * 5000 + "}]}"],
    ids=range(10),
)  # fmt: skip
def test_a_body_of_another_form_is_refused(client: Client, sent: str) -> None:
    headers = {"Authorization": f"Bearer {client.secrets['both']}", "Content-Type": "application/json"}
    problem(client.browser.ask("POST", "/api/v1/facts", sent.encode(), **headers), 400)
    huge = client.browser.ask("POST", "/api/v1/facts", b" " * 300_000, **headers)
    assert problem(huge, 413)[2] == "högst 256 kB tas emot"


@pytest.mark.parametrize("pieces", [[b" " * 9_000_000], [b" " * 10_000] * 900])
def test_a_body_that_is_far_too_large_is_told_so_to_the_end(client: Client, pieces: list[bytes]) -> None:
    headers = {"Authorization": f"Bearer {client.secrets['both']}", "Content-Type": "application/json"}
    body = pieces[0] if len(pieces) == 1 else iter(pieces)
    assert problem(client.browser.ask("POST", "/api/v1/facts", body, **headers), 413)[2] == "högst 256 kB tas emot"


def test_one_who_leaves_amid_a_request_leaves_no_fault_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    host, _, port = client.browser.address.removeprefix("http://").partition(":")
    lines = ("POST /api/v1/facts HTTP/1.1", f"Host: {host}:{port}", f"Authorization: Bearer {client.secrets['both']}",
             "Content-Type: application/json", "Content-Length: 99", "", "{")  # fmt: skip
    with socket.create_connection((host, int(port)), timeout=60) as gone:
        gone.sendall("\r\n".join(lines).encode())
    assert client.get("both", "/runs/last").status == 200
    assert not [one for one in caplog.records if one.name == "avtalsvakt.web"]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/duties?limit=0", "limit"), ("/duties?limit=1&limit=2", "limit"), ("/duties?status=nix", "status"),
        ("/duties?nix=1", "frågan"), ("/changes", "since"), ("/changes?since=2026-02-30", "since"),
        ("/changes?since=2026-01-01&cursor=x", "cursor"), ("/facts?q=%00", "q"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_understood_is_refused(client: Client, path: str, where: str) -> None:
    assert problem(client.get("both", path), 400)[1] == where


def test_who_asks_too_often_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.api, "reading", Rates(0.001, 2))
    first, _, third = (client.get("read", "/runs/last") for _ in range(3))
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("2", "1")
    assert problem(third, 429)[0] == "det går inte så fort"
    assert int(third.headers["retry-after"]) > 0
    assert client.get("both", "/runs/last").status == 200


def test_what_cannot_be_answered_says_neither_where_files_lie_nor_what_others_are_called(
    db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = make_token(Settings(NOW, db, (EXAMPLE,), "samordnare"), "k", ("read",), None).secret
    with WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=api(db, lambda: NOW, (EXAMPLE,))) as server:
        page = Browser(server.address).get("/api/v1/duties", Authorization=f"Bearer {secret}")
    assert problem(page, 503)[::3] == ("svaret kan inte ges just nu", "försök igen om en stund")
    assert str(db) not in page.body
    assert "ingen körning är gjord" in caplog.text


def test_a_method_that_is_not_there_is_told_from_an_address_that_is_not(client: Client) -> None:
    page = client.ask("both", "DELETE", "/facts")
    assert problem(page, 405)[0] == "metoden DELETE används inte här"
    assert page.headers["allow"] == "GET, HEAD, POST"
    assert problem(client.get("both", "/nix"), 404)[0] == "adressen finns inte"
    assert client.get("both", "/../").status in (404, 401)
    assert client.browser.get("/om").status == 200


NEAR = [
    "",
    "0",
    "1",
    "500",
    "501",
    "true",
    "2026-02-30",
    "2026-03-04",
    "9999-12-31",
    "0001-01-01",
    "overdue",
    "m25",
]
VALUES = st.sampled_from(NEAR) | st.text(max_size=12)
"""Texts for a value of the query: right, nearly right, and anything."""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["kind", "agreement", "date", "body", "id", "meeting", "target", "set", "reason", "date_precision"]
)
LINES = st.dictionaries(FIELDS, JSON, max_size=4).map(lambda more: MEETING | more)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_sent_the_answer_is_as_described(client: Client, data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(OPERATIONS))
    path = operation.path
    for name in operation.names:
        path = path.replace(f"{{{name}}}", quote(data.draw(st.text(min_size=1, max_size=9) | st.just("m25")), safe=""))
    chosen = (
        data.draw(st.lists(st.sampled_from(operation.params), unique_by=lambda one: one.name))
        if operation.params
        else []
    )
    query = "&".join(f"{one.name}={quote(data.draw(VALUES), safe='')}" for one in chosen)
    facts = st.fixed_dictionaries({"facts": st.lists(LINES, max_size=2)})
    about = st.fixed_dictionaries({"set": st.dictionaries(FIELDS, JSON, max_size=2), "reason": st.text(max_size=5)})
    body = data.draw({"Facts": facts, "Correction": about}.get(str(operation.body), JSON)) if operation.body else None
    page = client.ask("all", operation.method, f"{path.removeprefix('/v1')}?{query}", body)
    method = operation.method.lower()
    described = specification()["paths"][operation.path][method]["responses"]  # type: ignore[index]
    assert page.status not in (500, 503), page.body
    content = described[str(page.status)]["content"][page.headers["content-type"]]
    jsonschema_rs.validate({**content["schema"], "components": specification()["components"]}, told(page))


def test_the_specification_is_served_as_it_is_made(client: Client) -> None:
    assert told(client.get("record", "/openapi.json")) == json.loads(json.dumps(specification()))
    for name, schema in specification()["components"]["schemas"].items():  # type: ignore[index]
        jsonschema_rs.meta.validate(schema)
        assert name


def test_the_document_lists_every_address() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert written(text) == text


def test_the_examples_in_the_document_do_what_they_say(client: Client) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    tried = 0
    for example in text.split("```")[1::2]:
        head, _, body = example.strip().partition("\n\n")
        first, *rest = head.splitlines()
        if not first.startswith(("GET", "POST")):
            continue
        method, path = first.split()
        headers = dict(line.split(": ", 1) for line in rest) | {"Authorization": f"Bearer {client.secrets['both']}"}
        page = client.browser.ask(method, path, body.encode() or None, **headers)
        assert page.status in (200, 201), (first, page.body)
        tried += 1
    assert tried == 4


def test_tokens_are_made_listed_and_revoked_by_commands(run_db: Path) -> None:
    words = ("--db", run_db, *RULES, "access", "token")
    made = call(*words, "add", "ärendesystemet", "--scope", "read", "--agreement", "lokal")
    assert made.code == 0
    assert made.out.startswith("Nyckel 1 till ärendesystemet: read, lokal, till och med 2027-11-22.")
    secret = made.out.split("\n\n")[1].strip()
    assert secret.encode() not in run_db.read_bytes()
    listed = call(*words, "list", "--format", "json")
    assert "ärendesystemet" in listed.out
    assert secret not in listed.out
    assert call(*words, "revoke", 1).out == "Nyckel 1 till ärendesystemet är återkallad.\n"
    assert call(*words, "revoke", 1).err == said(
        "nyckel 1 kan inte återkallas", "NUMMER", "den är redan återkallad", "se 'avtalsvakt access token list'"
    )
    assert call(*words, "add", "x", "--scope", "read", "--all", "--agreement", "lokal").err == said(
        "det är oklart vilka avtal nyckeln gäller", "--agreement", "en nyckel gäller antingen vissa avtal eller alla",
        "ange --agreement AVTAL eller --all, inte båda",
    )  # fmt: skip
    late = call(*words, "add", "x", "--scope", "read", "--all", "--until", date(2031, 1, 1).isoformat())
    assert late.err.startswith("Fel: nyckeln kan inte gälla till 2031-01-01\n")
