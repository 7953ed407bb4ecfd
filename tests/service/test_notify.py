"""Mail to roles: who is told what and when, once; what is kept of it, and what is erased."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.service.command_line import NOW, call, said
from tests.service.mail_world import Mailbox, mail_server, plain
from tests.service.test_command_line import environment
from tests.service.test_storing import on

from avtalsvakt import clock
from avtalsvakt.notifying.drawing import as_html
from avtalsvakt.notifying.letters import WIDTH, Item, Letter, Part, as_text
from avtalsvakt.notifying.milestones import AFTER, BEFORE, reached
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.outgoing.outbox import Outbox

pytestmark = pytest.mark.usefixtures("alone")

PLAN = "Åtgärdsplanen förnyas varje halvår, halvår 2 2026 (Lokalt avtal (påhittat))"
PROGRAM = """
from datetime import datetime
from avtalsvakt import cli, clock
clock.now = lambda: datetime(2026, 11, 23, 5, tzinfo=clock.STOCKHOLM)
cli.main()
"""


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server that the environment names."""
    found = Mailbox()
    with mail_server(found) as port:
        for name, value in plain(port).items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture(scope="module")
def bases(made_alone: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A register after a run, and one with a coordinator and the operator on the Monday after: made once and copied."""
    folder = tmp_path_factory.mktemp("brev")
    judged, monday = (Path(shutil.copy(made_alone[1], folder / name)) for name in ("judged.db", "monday.db"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setenv("AVTALSVAKT_BY", "samordnare")
        patch.setattr(clock, "now", lambda: NOW)
        at = ("--db", monday, "notify", "recipients", "add")
        assert call(*at, "samordnare", "avtal@kommun.example").code == 0
        more = ("--operator", "--no-notices", "--rhythm", "aldrig")
        assert call(*at, "drift", "drift@kommun.example", *more).code == 0
        on("2026-11-23T04:15", patch)
        assert call("--db", monday, "run").code == 0
    return judged, monday


@pytest.fixture
def judged(bases: tuple[Path, Path], morning: datetime, tmp_path: Path) -> Path:
    """A register after a run."""
    return Path(shutil.copy(bases[0], tmp_path / "register.db"))


@pytest.fixture
def told(bases: tuple[Path, Path], morning: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A register with a coordinator and the operator, on Monday, after the night."""
    on("2026-11-23T04:15", monkeypatch)
    return Path(shutil.copy(bases[1], tmp_path / "register.db"))


def test_a_digest_comes_on_monday_and_not_again(told: Path, box: Mailbox) -> None:
    answer = call("--db", told, "notify", "send")
    assert (answer.code, answer.out, answer.err) == (0, "Brev: 1 sända.\n", "")
    [mail] = box.taken
    assert (mail["To"], mail["Subject"]) == ("avtal@kommun.example", "Avtalsvakt vecka 48: 4 att göra")
    text = mail.get_body(("plain",))
    assert text is not None
    content = text.get_content().replace("\r\n", "\n")
    assert "ATT GÖRA TILL OCH MED 31 DECEMBER 2026\n" in content
    assert "  Gör så här: förnya åtgärdsplanen.\n  avtalsvakt record document_revised --agreement lokal" in content
    assert "Möte tisdag 8 december 2026" in content
    assert all(len(line) <= WIDTH or line.lstrip().startswith("avtalsvakt ") for line in content.splitlines())
    for _ in range(2):
        assert call("--db", told, "notify", "send").out == "Brev: 0 sända.\n"
    assert len(box.taken) == 1


def test_a_digest_ends_with_the_seal_that_the_register_can_be_held_against(
    told: Path, bases: tuple[Path, Path], box: Mailbox, tmp_path: Path
) -> None:
    older = Path(shutil.copy(bases[0], tmp_path / "older.db"))
    assert call("--db", told, "notify", "send").code == 0
    text = box.taken[0].get_body(("plain",))
    assert text is not None
    lines = text.get_content().replace("\r\n", "\n").splitlines()
    place = lines.index("Sigillet efter körning 2 (2026-11-23):")
    seal = lines[place + 1]
    assert re.fullmatch(r"[0-9a-f]{64}", seal)
    assert call("--db", told, "verify", "--head", seal).code == 0
    refused = call("--db", older, "verify", "--head", seal)  # a backup from before, in its place
    assert refused.code != 0
    assert f"kontrollsumman {seal[:16]}… finns inte i kedjan" in refused.err


def test_nothing_new_no_mail(told: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("--db", told, "notify", "send").code == 0
    on("2026-11-30T04:15", monkeypatch)
    assert call("--db", told, "run").code == 0
    assert call("--db", told, "notify", "send").code == 0
    assert [mail["Subject"] for mail in box.taken][1:] == [], "the week after has nothing that was not told"


def test_notices_come_at_30_7_and_1_days_on_the_day_and_after_it(
    told: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str]] = []
    for day in ("12-01", "12-24", "12-25", "12-30", "12-31", "01-01", "01-06", "01-07"):
        before = len(box.taken)
        on(f"{2026 if day[0] == '1' else 2027}-{day}T04:15", monkeypatch)
        assert call("--db", told, "run").code == 0
        assert call("--db", told, "notify", "send").code == 0
        heard += [(day, mail["Subject"]) for mail in box.taken[before:] if "vecka" not in mail["Subject"]]
    assert heard == [
        ("12-01", "4 påminnelser: sista dag om 30 dagar"),
        ("12-24", "4 påminnelser: sista dag om 7 dagar"),
        ("12-30", "4 påminnelser: sista dag i morgon"),
        ("12-31", "4 påminnelser: sista dag i dag"),
        ("01-01", f"Försenat: {PLAN}"),
        ("01-07", f"Försenat: {PLAN}"),
    ]


def test_a_plan_that_is_late_and_then_renewed_is_told_as_late_and_as_mended(
    told: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("--db", told, "notify", "send").code == 0
    on("2027-01-04T04:15", monkeypatch)
    assert call("--db", told, "run").code == 0
    assert call("--db", told, "notify", "send").code == 0
    digest = next(mail for mail in box.taken if "vecka 1:" in mail["Subject"])
    body = digest.get_body(("plain",))
    assert body is not None and "NYTT FÖRSENAT" in body.get_content()
    at = ("--db", told, "record", "document_revised", "--agreement", "lokal", "--date", "2027-01-05")
    on("2027-01-05T09:00", monkeypatch)
    assert call(*at, "document=åtgärdsplan", "concerns_period=2026-H2").code == 0
    on("2027-01-11T04:15", monkeypatch)
    assert call("--db", told, "run").code == 0
    assert call("--db", told, "notify", "send").code == 0
    body = next(mail for mail in box.taken if "vecka 2:" in mail["Subject"]).get_body(("plain",))
    assert body is not None and "RÄTTAT SEDAN SIST" in body.get_content()


def test_a_refusal_is_kept_with_the_recipient_and_shown(told: Path, box: Mailbox) -> None:
    box.answers = {"avtal@kommun.example": "550 5.1.1 okänd mottagare"}
    answer = call("--db", told, "notify", "send")
    assert (answer.code, answer.out) == (1, "Brev: 0 sända, 1 avvisade; 550 5.1.1 okänd mottagare.\n")
    assert "550 5.1.1" in call("--db", told, "notify", "recipients", "list").out
    assert "avvisat" in call("--db", told, "notify", "log").out
    assert "titta på  breven: 1 kom inte fram" in call("--db", told, "health").out


def test_a_server_that_is_down_lets_it_wait_until_it_is_too_late(
    told: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.answers = {"avtal@kommun.example": "451 4.3.0 senare"}
    assert call("--db", told, "notify", "send").out == "Brev: 0 sända, 1 väntar; 451 4.3.0 senare.\n"
    on("2026-11-25T04:15", monkeypatch)
    health = call("--db", told, "health")
    assert health.code == 1 and "1 brev har väntat mer än ett dygn: 451 4.3.0 senare" in health.out
    on("2026-12-01T04:15", monkeypatch)
    answer = call("--db", told, "notify", "send")
    assert answer.out == "Brev: 0 sända, 1 sänds inte; dagen då det var värt att sända har gått.\n"
    assert box.taken == []


def _dying(real: Callable[..., None]) -> Callable[..., None]:
    """What notes messages, but for that one was sent: there the mailer is stopped."""

    def note(outbox: Outbox, message: object, state: str, *rest: object) -> None:
        if state == "sent":
            raise KeyboardInterrupt
        real(outbox, message, state, *rest)

    return note


def test_a_mailer_killed_between_sending_and_noting_leads_to_one_more_with_the_same_message_id(told: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        words = [sys.executable, "-c", PROGRAM, "--db", str(told), "notify", "send"]
        process = subprocess.Popen(words, env=environment() | plain(port), stdout=subprocess.DEVNULL)
        box.kill = process.pid
        assert process.wait(60) == -9
    with open_register(told) as register:
        assert Outbox(register.connection).counts() == {"sending": 1}
    assert len(box.taken) == 1
    with mail_server(box) as port, pytest.MonkeyPatch.context() as patch:
        for name, value in plain(port).items():
            patch.setenv(name, value)
        with pytest.MonkeyPatch.context() as dying:
            dying.setattr(Outbox, "note", _dying(Outbox.note))
            assert call("--db", told, "notify", "send").code == 130
        assert call("--db", told, "notify", "send").out.startswith(
            "Brev: 0 sända, 1 sänds inte; det kan ha kommit fram"
        )
    assert len(box.taken) == 2 and len(set(box.ids())) == 1
    assert "osäkert" in call("--db", told, "notify", "log").out


def test_a_role_that_is_erased_leaves_nothing_in_the_file(told: Path, box: Mailbox) -> None:
    assert call("--db", told, "notify", "send").code == 0
    assert b"avtal@kommun.example" in everything(told)
    answer = call("--db", told, "notify", "recipients", "remove", 1)
    assert answer.out == "Mottagare 1, samordnare, är borttagen, med alla brev till den.\n"
    call("--db", told, "verify")
    left = everything(told)
    assert b"avtal@kommun.example" not in left and b"Avtalsvakt vecka 48" not in left
    assert call("--db", told, "verify").code == 0


def everything(db: Path) -> bytes:
    """All bytes of the register, with what its log holds."""
    with open_register(db) as register:
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(path.read_bytes() for path in db.parent.glob("register.db*"))


def test_texts_go_after_their_time_and_what_was_told_stays(
    told: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("--db", told, "notify", "send").code == 0
    for days, kept in ((89, True), (91, False)):
        on(f"{date(2026, 11, 23) + timedelta(days=days)}T04:15", monkeypatch)
        assert call("--db", told, "notify", "send").code == 0
        with open_register(told) as register:
            first = Outbox(register.connection).latest()[-1]
            assert (first.plain is not None, first.subject is not None, first.state) == (kept, kept, "sent")
            assert "digest|2026-11-23" in Outbox(register.connection).told(1)


def test_a_preview_sends_and_notes_nothing(told: Path, box: Mailbox, tmp_path: Path) -> None:
    first = call("--db", told, "notify", "preview")
    assert first.out.startswith("Till: samordnare <avtal@kommun.example>\nÄmne: Avtalsvakt vecka 48: 4 att göra\n\n")
    assert call("--db", told, "notify", "preview").out == first.out
    answer = call(
        "--db", told, "notify", "preview", "--html", tmp_path / "brev", "--base-url", "https://kommun.example/a"
    )
    assert answer.out == f"Skrev {tmp_path / 'brev' / '01-digest.html'}\n"
    html = (tmp_path / "brev" / "01-digest.html").read_text(encoding="utf-8")
    assert 'href="https://kommun.example/a/skyldighet/lokal.plan.2026-H2"' in html
    assert "http://" not in html and "<script" not in html and "src=" not in html
    assert box.taken == []
    assert call("--db", told, "notify", "log").out == "Inget brev är skrivet.\n"


def test_without_a_mail_server_letters_wait_and_that_is_said(told: Path) -> None:
    answer = call("--db", told, "notify", "send")
    assert answer.out == "Brev: 0 sända, 1 väntar; ingen e-postserver är angiven; sätt AVTALSVAKT_SMTP.\n"
    assert answer.code == 1


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("samordnare", "inte en adress"), (
            "adressen 'inte en adress' går inte att använda", "ADRESS", "det är ingen e-postadress och inget chat:NAMN",
            "skriv en brevlådas adress, t.ex. avtal@kommun.example")),
        (("a@b.se", "avtal@kommun.example"), (
            "rollen 'a@b.se' går inte att använda", "ROLL",
            "där ska stå en roll eller en enhet, högst hundra tecken, och ingen adress", "skriv t.ex. samordnare")),
        (("chef", "chef@kommun.example", "--escalate-to", "7"), (
            "det går inte att lämna vidare", "--escalate-to", "den ena säger inget utan den andra",
            "ange både --escalate-to NUMMER och --after DAGAR")),
        (("chef", "chef@kommun.example", "--escalate-to", "7", "--after", "5"), (
            "mottagare 7 finns inte", "--escalate-to", "ingen mottagare har numret",
            "lägg till den andra rollen först; se 'avtalsvakt notify recipients list'")),
        (("chef", "chef@kommun.example", "--agreement", "finns-inte"), (
            "avtalet 'finns-inte' finns inte", "--agreement", "ingen skyldighet i den senaste körningen har det",
            "välj bland lokal, stad")),
    ],
)  # fmt: skip
def test_a_recipient_that_cannot_be_used_is_refused(
    words: tuple[str, ...], problem: tuple[str, str, str, str], judged: Path
) -> None:
    answer = call("--db", judged, "notify", "recipients", "add", *words)
    assert answer.code == 2 and said(*problem) in answer.err
    assert call("--db", judged, "notify", "recipients", "list").out == "Ingen får brev.\n"


def test_an_address_that_reads_as_a_persons_is_remarked_upon(judged: Path) -> None:
    answer = call("--db", judged, "notify", "recipients", "add", "chef", "kim.exempelsson@kommun.example")
    assert answer.code == 0
    assert answer.err == (
        "Obs: kim.exempelsson@kommun.example: adressen ser ut som en persons "
        "(brevlådan följer personen och inte rollen); använd en funktionsbrevlåda\n"
    )


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-40, 3_000))
def test_the_milestone_is_the_last_one_passed_and_they_get_ever_more_seldom(due: date, after: int) -> None:
    found = reached(due, due + timedelta(days=after))
    if after < -30:
        assert found is None
        return
    assert found is not None
    assert found.day <= due + timedelta(days=after) and found.late == (after > 0)
    assert (-found.days if found.late else found.days) in (BEFORE if after <= 0 else (*AFTER, 480, 960, 1920))
    distance = (due + timedelta(days=after) - found.day).days
    assert distance < max(29, after if after < 7 else after * 3 // 4)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(max_size=60))
def test_whatever_a_duty_is_called_it_is_text_in_the_letter(title: str, line: str) -> None:
    letter = Letter(title, line, (Part(title, (Item(title, "late", (line,), command=line or None),)),), (title,))
    html = as_html(letter)
    assert html.count("<table") == 3 and html.count("<p ") == html.count("</p>")
    assert as_text(letter).endswith("\n")
