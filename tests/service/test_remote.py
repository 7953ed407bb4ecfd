"""The everyday commands spoken to a server: the real server on a socket, the real commands, a token in between."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, NOW, Answer, call, said

from avtalsvakt import clock
from avtalsvakt.api.application import api, beside
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.recording.api_tokens import make_token
from avtalsvakt.settings import Settings
from avtalsvakt.web.server import WebServer

pytestmark = pytest.mark.usefixtures("alone")

DUTY = "lokal.moten.2026"
Asked = Callable[..., Answer]


@pytest.fixture(scope="module")
def served(made_alone: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server, and a token that reads and records in one of its agreements."""
    db = Path(shutil.copy(made_alone[1], tmp_path_factory.mktemp("remote") / "register.db"))
    token = make_token(Settings(NOW, db, (EXAMPLE,), "samordnare"), "prov", ("read", "record"), ("lokal",)).secret
    pages = coordinators_pages(db, lambda: NOW, Site(Door("samordnare"), rules=(EXAMPLE,)))
    both = beside(api(db, lambda: NOW, (EXAMPLE,)), pages)
    with WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=both) as server:
        yield server.address, token


@pytest.fixture
def ask(served: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("AVTALSVAKT_TOKEN", served[1])
    return lambda *words: call("--server", served[0], *words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("status",), "(lokal): gäller, 2024-01-01"),
        (("upcoming",), f"[{DUTY}]"),
        (("overdue",), "Enligt serverns körning"),
        (("why", DUTY), "Räknas"),
        (("facts", "list"), "möte hållet"),
        (("facts", "list", "--kind", "meeting_held"), "registreringar."),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_a_server_is_asked_as_a_register_is(words: tuple[str, ...], told: str, ask: Asked) -> None:
    answer = ask(*words)
    assert (answer.code, answer.err) == (0, "") and told in answer.out
    as_json = ask(*words, "--format", "json")
    assert isinstance(json.loads(as_json.out), dict)


def test_what_is_recorded_is_judged_corrected_and_taken_back_on_the_server(ask: Asked) -> None:
    line = ("meeting_held", "--agreement", "lokal", "--date", "2026-11-20", "body=local_steering_group")
    tried = ask("record", *line, "--dry-run")
    assert tried.out.startswith("Skulle registreras:") and f"{DUTY}: närmar sig → uppfylld" in tried.out
    done = json.loads(ask("record", *line, "--format", "json").out)
    [fact] = done["facts"]
    assert done["judged"] and fact["recorder"] == "api-1"
    mended = ask("correct", fact["id"], "date=2026-11-19", "--reason", "fel dag")
    assert (mended.code, mended.err) == (0, "")
    assert "2026-11-19" in ask("facts", "list", "--search", fact["id"]).out
    assert f"{DUTY}: uppfylld → närmar sig" in ask("retract", fact["id"], "--reason", "blev inte av").out
    assert ask("facts", "list", "--search", fact["id"]).out == "0 registreringar.\n"


def test_what_the_server_refuses_is_told_in_its_words(ask: Asked) -> None:
    refused = ask("why", "stad.moten.2026")
    assert refused.code == 2 and "finns inte" in refused.err
    wrong = ask("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-20", "body=nagot_annat")
    assert wrong.code == 2 and "nagot_annat" in wrong.err


@pytest.mark.parametrize("name", ["run", "verify", "import", "erase"])
def test_what_needs_the_file_of_the_register_is_refused(name: str, ask: Asked) -> None:
    can = "status, overdue, upcoming, why, facts, record, correct, retract"
    assert ask(name).err == said(
        f"kommandot {name} kan inte använda en server",
        "--server",
        "det behöver registrets fil",
        f"mot en server finns {can}",
    )


@pytest.mark.parametrize("option", ["--db", "--rules"])
def test_a_file_beside_a_server_is_refused(option: str, served: tuple[str, str]) -> None:
    assert call("--server", served[0], option, "x", "status").err == said(
        f"{option} har ingen verkan mot en server", option, "en server har ett eget register och egna regler",
        "utelämna den",
    )  # fmt: skip


def test_without_a_token_nothing_is_sent(ask: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AVTALSVAKT_TOKEN")
    assert ask("status").err == said(
        "det finns ingen nyckel till servern", "AVTALSVAKT_TOKEN", "servern svarar bara den som har en nyckel",
        "lägg nyckeln i miljövariabeln AVTALSVAKT_TOKEN, eller i en fil som AVTALSVAKT_TOKEN_FILE anger",
    )  # fmt: skip
    monkeypatch.setenv("AVTALSVAKT_TOKEN_FILE", str(tmp_path / "finns-inte"))
    assert "nyckeln kan inte läsas" in ask("status").err


def test_a_token_that_does_not_hold_is_refused_without_being_told(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTALSVAKT_TOKEN", "hemligheten")
    answer = ask("status")
    assert answer.code == 2 and "hemligheten" not in answer.err and answer.err.startswith("Fel: ")


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("http://avtalsvakt.example", "adressen är inte krypterad"),
        ("avtalsvakt.example", "är ingen adress till en server"),
        ("https://namn:ord@avtalsvakt.example", "är ingen adress till en server"),
        ("http://127.0.0.1:9", "servern kan inte nås"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str, what: str, ask: Asked) -> None:
    answer = call("--server", address, "status")
    assert answer.code == 2 and what in answer.err
