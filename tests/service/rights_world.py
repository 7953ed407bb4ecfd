"""Two agreements under one, and people with roles in one of them: the real pages behind a sign-in on the loopback."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.service.command_line import EXAMPLE, NOW, call
from tests.service.page_client import Browser, Page, answering
from tests.service.rights_table import ELSEWHERE, NOBODY, OVER_ALL

from avtalsvakt.pages.addresses import Address
from avtalsvakt.pages.door import Door, SignIn
from avtalsvakt.pages.guard import Guard
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.pages.rates import Rates
from avtalsvakt.pages.seals import COOKIE, FIELD, Sealer
from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, READER, RECORDER, ROLES
from avtalsvakt.web.server import WebServer

QUESTION = """
  fraga:
    at: {section: "7"}
    sv: Tillräckligt med tid avsätts.
    norm: shall
    attest: lokalchef
functions: {lokalchef: {}}
"""
NEIGHBOUR = """
instrument: granne
title: Grannavtalet (påhittat)
level: local
document: granne.txt
parties: [grannkommunen, polisen]
municipality: Grannköping
under: stad
term: {from: 2024-01-01, to: 2027-12-31}
functions: {grannchef: {}}
facts: {granngrej: [body]}
clauses:
  traffar:
    at: {section: "1"}
    sv: Grannarna träffas en gång varje år.
    act: Kalla grannarna
    norm: shall
    body: local_working_group
    when: {each: year}
    what: {meeting_held: {body: local_working_group}}
  tid:
    at: {section: "2"}
    sv: Grannarna avsätter tid.
    norm: shall
    attest: grannchef
"""
FACTS = """id,kind,agreement,date,body,clause,statement,by
gmote1,meeting_held,granne,2026-03-11,local_working_group,,,
gmote2,meeting_scheduled,granne,2026-12-09,local_working_group,,,
gsvar3,attestation,granne,2026-05-05,,tid,ja,grannchef
lsvar1,attestation,lokal,2026-05-06,,fraga,ja,lokalchef
"""
LOCAL_ONLY = ("lokal.", "/avtal/lokal", "Lokalt avtal", "m25", "m26", "lsvar1", "lokalchef")
NEIGHBOUR_ONLY = ("granne", "Grann", "grann", "gmote1", "gmote2", "gsvar3")
ACCOUNTS = {
    NOBODY: "ingen-alls", READER: "lasare", RECORDER: "registrerare", ATTESTER: "intygare",
    ADMINISTRATOR: "adm", ELSEWHERE: "grannen", OVER_ALL: "drift",
}  # fmt: skip


def rules_in(folder: Path) -> Path:
    """The rule files."""
    folder.mkdir()
    shutil.copy(EXAMPLE / "stad.yaml", folder)
    local = (EXAMPLE / "lokal.yaml").read_text(encoding="utf-8")
    (folder / "lokal.yaml").write_text(local + QUESTION, encoding="utf-8")
    (folder / "granne.yaml").write_text(NEIGHBOUR, encoding="utf-8")
    return folder


def register_in(folder: Path, rules: Path) -> Path:
    """A judged register with the facts, and no roles."""
    db, more = folder / "register.db", folder / "mer.csv"
    more.write_text(FACTS, encoding="utf-8")
    for words in (("init",), ("import", EXAMPLE / "lokal.csv"), ("import", more), ("run",)):
        answer = call("--db", db, "--rules", rules, *words)
        assert answer.code == 0, answer
    return db


@dataclass
class People:
    """Asks the pages in the name of somebody; a form carries the seal that one of the pages would give it."""

    browser: Browser
    sealer: Sealer
    db: Path
    rules: Path
    cookie: str = "x" * 43
    accounts: dict[str, str] = field(default_factory=lambda: dict(ACCOUNTS))

    def get(self, who: str, path: str) -> Page:
        return self.browser.get(path, X_Remote_User=self.accounts.get(who, who))

    def post(self, who: str, path: str, form: dict[str, str]) -> Page:
        account = self.accounts.get(who, who)
        sent = {**form, FIELD: self.sealer.seal(self.cookie, account)}
        return self.browser.post(path, sent, X_Remote_User=account, Cookie=f"{COOKIE}={self.cookie}")

    def command(self, *words: object) -> str:
        answer = call("--db", self.db, "--rules", self.rules, *words)
        assert answer.code == 0, answer
        return answer.out

    def ask(self, who: str, one: Address, sample: "Sample") -> Page:
        path = filled(one, sample)
        return self.get(who, path) if one.method == "GET" else self.post(who, path, sample.forms.get(one.path, {}))


@contextmanager
def people(db: Path, rules: Path) -> Iterator[People]:
    """The pages of a register, behind a sign-in whose header is the caller's."""
    door = Door(None, SignIn("x-remote-user", frozenset({"127.0.0.1"})))
    pages: Guard = coordinators_pages(db, lambda: NOW, Site(door, rules=(rules,)))
    pages.reading = pages.writing = Rates(1e6, 1_000_000)
    with answering(WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=pages)) as server:
        yield People(Browser(server.address), pages.app.state.sealer, db, rules)  # type: ignore[attr-defined]


def give_roles(db: Path, rules: Path) -> None:
    """Each of the people their role in `lokal`; all of them in `granne` for one, administrator of all for another."""
    given = [(ACCOUNTS[role], role, "--agreement", "lokal") for role in ROLES]
    given += [(ACCOUNTS[ELSEWHERE], role, "--municipality", "Grannköping") for role in ROLES]
    for words in (*given, (ACCOUNTS[OVER_ALL], ADMINISTRATOR, "--all")):
        assert call("--db", db, "--rules", rules, "access", "add", *words).code == 0


@dataclass(frozen=True)
class Sample:
    """What stands for the names in the addresses, and forms that write nothing."""

    names: dict[str, str]
    forms: dict[str, dict[str, str]]


def sample(agreement: str, *, question: bool = False) -> Sample:
    """An agreement's own: `lokal`, `granne`, or one that there is not."""
    known = {
        "lokal": ("moten.2026", "m25", "m26p", "fraga", "lsvar1"),
        "granne": ("traffar.2026", "gmote1", "gmote2", "tid", "gsvar3"),
    }
    duty, fact, planned, asked, answer = known.get(agreement, ("moten.2026", "m99", "m98", "fraga", "s99"))
    function = "grannchef" if agreement == "granne" else "lokalchef"
    names = {
        "agreement": agreement, "kind": "meeting_held", "duty": f"{agreement}.{f'{asked}.2025' if question else duty}",
        "fact": planned, "outcome": "blev-av", "id": answer if question else fact,
        "ids": answer if question else fact, "token": "y" * 43, "funktion": function,
    }  # fmt: skip
    answers = {
        "1.kind": "attestation",
        "1.known": "clause by",
        "1.clause": asked,
        "1.by": function,
        "1.statement": "ja",
    }
    kind = answers if question else {"1.kind": "meeting_held", "1.body": "local_steering_group"}
    form = {
        "avtal": agreement,
        "rubrik": "R",
        "tillbaka": "/",
        "1.agreement": agreement,
        "1.date": "2026-11-20",
        **kind,
    }
    return Sample(names, {"/registrera": {**form, "steg": "visa"}, "/behorigheter": {"steg": "ge", "var": ""}})


def filled(one: Address, sample: Sample) -> str:
    """The address with names in it."""
    path = one.path.replace(":path", "")
    for name, value in sample.names.items():
        path = path.replace(f"{{{name}}}", quote(value))
    return f"{path}?funktion={quote(sample.names['funktion'])}" if path.startswith("/fragor/") else path
