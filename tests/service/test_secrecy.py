"""Secrecy marks: what a marked fact says stands nowhere but where its recorders and administrators look for it."""

import json
from collections.abc import Iterator

import pytest
from tests.service.command_line import NOW, call, said
from tests.service.page_client import Browser
from tests.service.rights_world import People, filled, give_roles, people, register_in, rules_in, sample

from avtalsvakt.api.application import api, beside
from avtalsvakt.pages.addresses import ADDRESSES
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.recording.api_tokens import make_token
from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, READER, RECORDER
from avtalsvakt.settings import Settings
from avtalsvakt.web.server import WebServer
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

PROVISION = "OSL 21 kap. 7 §"
INSTEAD = f"uppgift med sekretess ({PROVISION})"
SECRET, OPEN = "Dolda ordet", "Öppna ordet"
FACTS = f"""id,kind,agreement,date,body,attendees,place,note,chair,secrecy,clause,statement,by
h1,meeting_held,lokal,2026-05-05,local_steering_group,{SECRET} 1,,{SECRET} 3,{SECRET} 4,{PROVISION},,,
h2,meeting_scheduled,lokal,2026-12-10,local_steering_group,,{SECRET} 5,{SECRET} 6,,{PROVISION},,,
h3,meeting_held,lokal,2026-06-05,local_steering_group,{SECRET} 7,,{SECRET} 8,,,,,
h4,meeting_held,lokal,2026-07-05,local_steering_group,{SECRET} 9,,{SECRET} 10,,,,,
h5,meeting_held,lokal,2026-08-05,local_steering_group,{OPEN} 11,,,{OPEN} 12,{PROVISION},,,
h6,attestation,lokal,2026-09-05,,,,{SECRET} 12,,{PROVISION},fraga,ja,lokalchef
"""
CASES = f"""id,kind,agreement,date,barn
s1,placering_inledd,lokal,2026-02-05,{SECRET} 16
s2,placering_inledd,lokal,2026-01-05,{SECRET} 17
s3,placering_uppföljd,lokal,2026-02-15,{SECRET} 17
"""
UNDER_SECRECY = "uppgift med sekretess (ärendet är känsligt enligt avtalet)"
SENSITIVE = """
  uppfoljning:
    at: {section: "8"}
    sv: Varje placering följs upp en gång i kvartalet.
    norm: shall
    per: barn
    sensitive: true
    when: {each: quarter, from: {placering_inledd: {}}}
    what: {placering_uppföljd: {barn: same}}
"""
LATER = (
    ("correct", "h3", f"secrecy={PROVISION}", f"attendees={SECRET} 13", "--reason", f"{SECRET} 14"),
    ("correct", "h4", f"secrecy={PROVISION}", "--reason", "glömdes"),
    ("retract", "h4", "--reason", f"{SECRET} 15"),
    ("correct", "h5", "secrecy=", "--reason", "sekretessen har upphört"),
)
KEPT_FROM = (READER, ATTESTER)
TOLD = (RECORDER, ADMINISTRATOR)
RECIPIENT = ("notify", "recipients", "add", "samordnare", "samordnare@example.org")
READABLE = [one for one in ADDRESSES if one.method == "GET" and not one.open]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The pages of a register with marked facts, and everybody with their roles."""
    folder = tmp_path_factory.mktemp("sekretess")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setattr("avtalsvakt.clock.now", lambda: NOW)
        patch.setenv("AVTALSVAKT_BY", "it")
        rules = rules_in(folder / "regler")
        local = (rules / "lokal.yaml").read_text(encoding="utf-8").replace("\n  fraga:", f"{SENSITIVE}\n  fraga:")
        own = "facts: {placering_inledd: [barn], placering_uppföljd: [barn]}\n"
        (rules / "lokal.yaml").write_text(local + own, encoding="utf-8")
        db, more = register_in(folder, rules), folder / "sekretess.csv"
        more.write_text(FACTS, encoding="utf-8")
        (folder / "arenden.csv").write_text(CASES, encoding="utf-8")
        for words in (("import", more), ("import", folder / "arenden.csv"), *LATER, ("run",)):
            answer = call("--db", db, "--rules", rules, *words)
            assert answer.code == 0, answer
        give_roles(db, rules)
        with people(db, rules) as found:
            yield found


def paths() -> list[str]:
    """Every page there is, about marked facts as about others."""
    found = [filled(one, sample("lokal", question=asks)) for one in READABLE for asks in (False, True)]
    own = [f"/registrering/{one}" for one in ("h1", "h2", "h3", "h4", "h6")]
    return [*dict.fromkeys(found), *own, *(f"{one}/ratta" for one in own), *(f"{one}/aterkalla" for one in own),
            "/sparat/h1,h3,h4,h6", "/registreringar?avtal=lokal", "/mote/h2/blev-av",
            "/rapport?fran=2026-01-01&till=2026-12-31"]  # fmt: skip


def test_no_page_tells_a_reader_or_an_attester_what_is_secret(world: People) -> None:
    for who in KEPT_FROM:
        for path in paths():
            assert SECRET not in world.get(who, path).body, (who, path)
        assert INSTEAD in world.get(who, "/registreringar").body
        found = world.get(who, "/registreringar?sok=Dolda").body  # neither by searching
        assert "/registrering/h" not in found, who
    assert "/registrering/h1" in world.get(RECORDER, "/registreringar?sok=Dolda").body


@pytest.mark.parametrize("who", TOLD)
@pytest.mark.parametrize(("fact", "number"), [("h1", 1), ("h2", 5), ("h3", 13), ("h4", 9), ("h6", 12)])
def test_recorders_and_administrators_are_told_with_the_provision(
    world: People, who: str, fact: str, number: int
) -> None:
    page = world.get(who, f"/registrering/{fact}")
    assert f"{SECRET} {number}" in page.body and (PROVISION in page.body or fact == "h4")
    assert PROVISION in world.get(who, "/registreringar").body


def test_a_fact_whose_mark_is_taken_away_is_told_to_everybody(world: People) -> None:
    assert f"{OPEN} 11" in world.get(READER, "/registrering/h5").body


def test_an_attester_cannot_open_a_marked_answer_to_correct_it(world: People) -> None:
    page = world.get(ATTESTER, "/registrering/h6/ratta")
    assert page.status == 403
    assert "uppgiften har sekretess och kan inte rättas här" in page.words.lower()
    assert "registrerare i avtalet" in page.words


COMMANDS = (
    ("why", "lokal.moten.2026", "--all"),
    ("why", "lokal.moten.2026", "--all", "--known-at", "2026-11-22"),
    ("why", "lokal.fraga.2026", "--all"),
    ("why", "lokal.uppfoljning.nr-{number}.2026-Q1", "--all"),
    ("history", "lokal.moten.2026"),
    ("report", "--from", "2026-01-01", "--to", "2026-12-31"),
    ("handover", "--agreement", "lokal"),
    ("agenda", "local_steering_group"),
    ("upcoming",),
    ("overdue",),
    ("status",),
    ("attest", "lokal"),
    ("changes", "--since", "2026-01-01"),
    ("notify", "preview", "--digests"),
)


def test_what_is_written_for_others_holds_nothing_of_it(world: People) -> None:
    assert call("--db", world.db, *RECIPIENT).code == 0
    case = str(number(world, "s2"))
    said = {words: world.command(*(word.replace("{number}", case) for word in words)) for words in COMMANDS}
    assert [words for words, out in said.items() if SECRET in out or not out] == []
    assert INSTEAD in said[COMMANDS[0]] and f"ordförande {OPEN} 12" in said[COMMANDS[0]]
    with open_register(world.db, read_only=True) as register:
        events = [one for (one,) in register.connection.execute("SELECT event FROM calendar_events") if one]
    written = b"".join(events).replace(b"\r\n ", b"")
    assert b"DTSTART;VALUE=DATE:20261209" in written  # the neighbours' meeting, of the day before
    assert SECRET.encode() not in written and b"DTSTART;VALUE=DATE:20261210" not in written
    assert "2026-12-10" not in said["handover", "--agreement", "lokal"]  # the planned meeting


def test_who_has_the_register_is_told_with_the_mark(world: People) -> None:
    assert f"{SECRET} 4, sekretess: {PROVISION}" in world.command("facts", "list", "--kind", "meeting_held")
    shown = world.command("facts", "show", "h1")
    assert f"{SECRET} 1" in shown and "sekretess" in shown and PROVISION in shown
    assert "(h1)" in world.command("facts", "search", "Dolda", "1")


def test_marked_registrations_are_given_out_masked_whole(world: People) -> None:
    asked = ("disclose", "--agreement", "lokal", "--from", "2026-05-01", "--to", "2026-12-31", "--decision", "KS 1")
    out = world.command(*asked)
    assert SECRET not in out and f"{OPEN} 11" in out
    assert f"hela registreringen: [maskat] ({PROVISION})" in out
    assert out.count("[maskat] (") == 8  # h1, h2, h3 with its correction, h4 with two, h6
    assert "registreringar: 8" in out.lower()
    assert f"hela registreringen: {PROVISION}" in world.command("disclosures", "--format", "csv")


def test_a_mark_changes_no_verdict_and_cannot_be_erased(world: People) -> None:
    with open_register(world.db, read_only=True) as register:
        assert verify_register(register).problems == ()
    assert "gjort i tid, 4 gånger" in world.command("why", "lokal.moten.2026")  # h1, h3 and h5 count with m26
    answer = call("--db", world.db, "erase", "h1", "--field", "secrecy", "--decision", "KS 2", "--yes")
    assert answer.code == 2 and "secrecy" in answer.err


def test_a_marked_meeting_is_not_among_what_is_coming(world: People) -> None:
    assert "/mote/h2/" not in world.get(RECORDER, "/").body
    assert world.get(RECORDER, "/mote/h2/blev-av").status == 404


def sights(world: People, *words: str) -> list[tuple[str, str, str]]:
    """Who saw which fact where, by `access seen`."""
    found = json.loads(world.command("access", "seen", *words, "--format", "json"))["sights"]
    return [(one["who"], one["fact"], one["where"]) for one in found]


def test_each_sight_is_kept_and_none_of_who_saw_only_the_mark(world: People) -> None:
    world.command("access", "seen", "--clear-before", "2026-11-23")
    assert world.command("access", "seen").startswith("Ingen har sett uppgifter med sekretess")
    for who in (READER, ATTESTER, RECORDER, ADMINISTRATOR):
        for path in ("/registrering/h1", "/registrering/h5", "/registrering/m26"):
            assert world.get(who, path).status == 200
    assert sights(world) == [("registrerare", "h1", "sidorna"), ("adm", "h1", "sidorna")]
    world.get(RECORDER, "/registreringar?sok=Dolda")
    assert sights(world, "--of", "adm") == [("adm", "h1", "sidorna")]
    assert {fact for _, fact, _ in sights(world, "--of", "registrerare")} >= {"h1", "h2", "h3", "h4", "h6"}
    assert [who for who, _, _ in sights(world, "--fact", "h2")] == ["registrerare"]
    with open_register(world.db, read_only=True) as register:
        assert verify_register(register).problems == ()


def test_what_is_kept_is_cleared_for_all_or_not_at_all(world: People) -> None:
    world.get(RECORDER, "/registrering/h1")
    answer = call("--db", world.db, "access", "seen", "--of", "adm", "--clear-before", "2026-11-22")
    assert (answer.code, answer.err) == (
        2, said("bara en del kan inte tas bort", "--clear-before", "det som antecknats tas bort för alla, till en dag",
                "ta bort --of och --fact"),
    )  # fmt: skip
    kept = len(sights(world))
    assert world.command("access", "seen", "--clear-before", "2026-11-22").startswith("Borttaget: 0.")
    assert len(sights(world)) == kept > 0
    assert world.command("access", "seen", "--clear-before", "2026-11-23").startswith(f"Borttaget: {kept}.")
    assert sights(world) == []


def test_what_cannot_be_kept_is_not_shown_and_says_so(world: People) -> None:
    with open_register(world.db) as register:
        trigger = "CREATE TRIGGER full BEFORE INSERT ON sights BEGIN SELECT RAISE(ABORT, 'full'); END"
        register.connection.execute(trigger)
        try:
            page, form = (world.get(RECORDER, f"/registrering/h1{more}") for more in ("", "/ratta"))
        finally:
            register.connection.execute("DROP TRIGGER full")
    assert page.status == 200 and SECRET not in page.body and SECRET not in form.body
    assert f"{PROVISION}; visas inte: det gick inte att anteckna vem som läste" in page.words
    assert (
        form.status == 503 and "Sidan kan inte visas" in form.words
    )  # a form with half of it would be sent as a correction


def test_programs_are_told_where_their_token_may_record(world: People) -> None:
    settings, paths = Settings(NOW, world.db, (world.rules,), "it"), ("/facts", "/facts/h3", "/duties/lokal.moten.2026")
    application = api(world.db, lambda: NOW, (world.rules,))
    pages = coordinators_pages(world.db, lambda: NOW, Site(Door("it"), rules=(world.rules,)))
    with WebServer(world.db, lambda: NOW, "127.0.0.1", 0, pages=beside(application, pages)) as server:
        for scopes, told in ((("read",), False), (("read", "record"), True)):
            secret = make_token(settings, "-".join(scopes), scopes, ("lokal",)).secret
            ask = {"Authorization": f"Bearer {secret}"}
            whole = "".join(
                Browser(server.address).ask("GET", f"/api/v1{path}", None, **ask).body for path in paths[:2]
            )
            why = Browser(server.address).ask("GET", f"/api/v1{paths[2]}", None, **ask).body
            found = json.loads(Browser(server.address).ask("GET", "/api/v1/facts?q=Dolda", None, **ask).body)["facts"]
            assert (SECRET in whole, bool(found)) == (told, told)
            assert PROVISION in whole and SECRET not in why and INSTEAD in why
    seen = {(who, where) for who, _, where in sights(world) if where == "API"}
    assert len(seen) == 1 and sights(world, "--of", seen.pop()[0])  # the token that was told


def number(world: People, fact: str) -> int:
    with open_register(world.db, read_only=True) as register:
        found = register.fact(fact)
    assert found is not None
    return found.arrival


def test_a_sensitive_case_is_a_number_in_every_list_and_its_records_are_secret(world: People) -> None:
    first, second = (number(world, fact) for fact in ("s1", "s2"))
    late = world.command("overdue")
    assert f"lokal.uppfoljning.nr-{first}.2026-Q1" in late and f"lokal.uppfoljning.nr-{second}.2026-Q1" not in late
    assert "barn=…" in late  # whoever records says which
    page = world.get(READER, f"/skyldighet/lokal.uppfoljning.nr-{second}.2026-Q1")
    assert page.status == 200 and SECRET not in page.body and UNDER_SECRECY in page.body and "s2 anger" in page.words
    assert f"{SECRET} 17" in world.get(RECORDER, "/registrering/s2").body


def test_the_mark_of_a_sensitive_case_cannot_be_taken_away_while_it_is_named(world: People) -> None:
    answer = call("--db", world.db, "--rules", world.rules, "correct", "s1", "secrecy=", "--reason", "x")
    assert (answer.code, answer.err) == (
        2, said("sekretessen kan inte tas bort", "kommandoraden (set)",
                "registreringen anger barn, som är känsligt enligt avtalet",
                "låt märket stå, eller ta bort barn i samma rättelse"),
    )  # fmt: skip
