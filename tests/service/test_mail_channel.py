"""Mail leaves over TLS and a sign-in, to a real server on this machine; what it answers is told, and no secret is."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import stamina
from tests.service.mail_world import SECRET, USER, Mailbox, certificate, mail_server, plain

from avtalsvakt.notifying.channels import Letterbox, NoAnswer, NotNow, Refused
from avtalsvakt.notifying.mail_channel import MailChannel
from avtalsvakt.notifying.mail_settings import mail_server as settings_of
from avtalsvakt_engine.storage.outgoing.outbox import Message
from avtalsvakt_rules.problems import Rejected

DAY = date(2026, 11, 23)
TO = "avtal@kommun.example"


def letter(to: str = TO, number: int = 1) -> Letterbox:
    message = Message(1, "digest", f"nyckel{number}", "2026-11-23T03:20:00Z", DAY, 1, DAY, subject="Vecka 48: å ä ö",
                      plain="Hej\n.ensam punkt\nå ä ö\n", html="<p>Hej å ä ö</p>")  # fmt: skip
    return Letterbox(message, to)


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    """What is tried again is tried without waiting."""
    stamina.set_testing(testing=True, attempts=3, cap=True)
    yield
    stamina.set_testing(testing=False)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("tls"))


def environ(
    port: int, pair: tuple[Path, Path], folder: Path, tls: str = "starttls", password: str = SECRET
) -> dict[str, str]:
    (folder / "losenord").write_text(f"{password}\n", encoding="utf-8")
    return plain(port) | {
        "AVTALSVAKT_SMTP_TLS": tls,
        "AVTALSVAKT_SMTP_USER": USER,
        "AVTALSVAKT_SMTP_PASSWORD_FILE": str(folder / "losenord"),
        "AVTALSVAKT_SMTP_CA": str(pair[0]),
    }


def channel(settings: dict[str, str]) -> MailChannel:
    server = settings_of(settings)
    assert server is not None
    return MailChannel(server)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_is_taken_over_tls_after_a_sign_in_as_text_and_html(
    tls: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    box = Mailbox()
    with mail_server(box, pair, implicit=tls == "tls") as port:
        sender = channel(environ(port, pair, tmp_path, tls))
        assert sender.send(letter()).startswith("250 ")
        assert sender.send(letter(number=2)).startswith("250 ")
        sender.close()
    assert box.signed_in == 1, "one connection for both"
    mail = box.taken[0]
    assert box.ids() == ["<nyckel1@kommun.example>", "<nyckel2@kommun.example>"]
    assert (mail["From"], mail["To"]) == ("Avtalsvakt <avtalsvakt@kommun.example>", TO)
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Vecka 48: å ä ö", "auto-generated")
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and text.get_content().replace("\r\n", "\n") == "Hej\n.ensam punkt\nå ä ö\n"
    assert html is not None and html.get_content().strip() == "<p>Hej å ä ö</p>"


def test_a_recipient_that_is_refused_is_refused_alone(pair: tuple[Path, Path], tmp_path: Path) -> None:
    box = Mailbox(answers={"borta@kommun.example": "550 5.1.1 finns inte", "full@kommun.example": "452 4.2.2 full"})
    with mail_server(box, pair) as port:
        sender = channel(environ(port, pair, tmp_path))
        with pytest.raises(Refused, match=r"^550 5\.1\.1 finns inte$"):
            sender.send(letter("borta@kommun.example"))
        with pytest.raises(NotNow, match=r"^452 4\.2\.2 full$") as later:
            sender.send(letter("full@kommun.example"))
        assert not later.value.everything
        assert sender.send(letter()).startswith("250 ")
        sender.close()
    assert [one["To"] for one in box.taken] == [TO]


def test_a_wrong_password_is_told_once_and_is_in_no_message_or_log(
    pair: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="avtalsvakt")
    box = Mailbox()
    with mail_server(box, pair) as port:
        sender = channel(environ(port, pair, tmp_path, password="hemligt-och-fel"))
        with pytest.raises(NotNow, match=r"^inloggningen godtogs inte \(535\)$") as refused:
            sender.send(letter())
    assert refused.value.everything
    told = f"{refused.value}{sender.server!r}{caplog.text}{capsys.readouterr()}"
    assert "hemligt-och-fel" not in told


def test_a_server_that_nobody_vouches_for_gets_no_password(pair: tuple[Path, Path], tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box, pair) as port:
        settings = environ(port, pair, tmp_path)
        del settings["AVTALSVAKT_SMTP_CA"]
        with pytest.raises(NotNow, match=r"e-postservern kunde inte nås: .*certificate verify failed"):
            channel(settings).send(letter())
    assert (box.signed_in, box.taken) == (0, [])


def test_a_server_that_is_down_is_tried_a_few_times_and_then_everything_waits(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(Mailbox()) as port:
        pass
    sender = channel(plain(port))
    tried: list[int] = []
    real = sender._connect

    def counting() -> smtplib.SMTP:
        tried.append(1)
        return real()

    monkeypatch.setattr(sender, "_connect", counting)
    with pytest.raises(NotNow, match=r"^e-postservern kunde inte nås: ") as down:
        sender.send(letter())
    assert down.value.everything and len(tried) == 3


def test_a_line_that_breaks_after_the_mail_was_handed_over_is_no_answer() -> None:
    class Breaking(Mailbox):
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            await super().handle_DATA(server, session, envelope)
            server.transport.abort()  # type: ignore[attr-defined]
            return "250 OK"

    box = Breaking()
    with mail_server(box) as port, pytest.raises(NoAnswer, match=r"^förbindelsen bröts när brevet var överlämnat"):
        channel(plain(port)).send(letter())
    assert len(box.taken) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"AVTALSVAKT_SMTP": "smtp.kommun.example", "AVTALSVAKT_SMTP_TLS": "none"},
         ("AVTALSVAKT_SMTP_TLS: e-post utan kryptering. brev och lösenord skulle gå okrypterade över nätet. "
         "Åtgärd: använd starttls eller tls.")),
        ({"AVTALSVAKT_MAIL_FROM": ""},
         ("AVTALSVAKT_MAIL_FROM: avsändaren saknas. utan avsändare tar ingen server emot breven. "
         "Åtgärd: skriv en adress, t.ex. avtalsvakt@kommun.example.")),
        ({"AVTALSVAKT_SMTP_TLS": "ssl"},
         ("AVTALSVAKT_SMTP_TLS: krypteringen 'ssl' finns inte. programmet känner inte till den. "
         "Åtgärd: skriv starttls, tls, none.")),
        ({"AVTALSVAKT_SMTP": "x:y"},
         ("AVTALSVAKT_SMTP: e-postservern går inte att förstå. där ska stå värd, eller värd och port. "
         "Åtgärd: skriv t.ex. smtp.kommun.example:587.")),
        *(({"AVTALSVAKT_SMTP": f"x:{port}"},
           ("AVTALSVAKT_SMTP: e-postservern går inte att förstå. där ska stå värd, eller värd och port. "
            "Åtgärd: skriv t.ex. smtp.kommun.example:587.")) for port in ("²", "9" * 5000, "65536")),
        ({"AVTALSVAKT_SMTP_TLS": "tls", "AVTALSVAKT_SMTP_USER": "a"},
         ("AVTALSVAKT_SMTP_PASSWORD: lösenordet till e-postservern saknas. AVTALSVAKT_SMTP_USER är satt. "
         "Åtgärd: ange AVTALSVAKT_SMTP_PASSWORD_FILE, AVTALSVAKT_SMTP_PASSWORD eller LoadCredential.")),
        ({"AVTALSVAKT_SMTP_TLS": "tls", "AVTALSVAKT_SMTP_USER": "a", "AVTALSVAKT_SMTP_PASSWORD_FILE": "ingen-fil"},
         ("AVTALSVAKT_SMTP_PASSWORD_FILE: hemligheten kan inte läsas. filen kan inte läsas: "
         "No such file or directory. Åtgärd: kontrollera rättigheterna.")),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(Rejected) as refused:
        settings_of(plain(25) | change)
    assert [str(one) for one in refused.value.problems] == [said]


def test_without_a_server_there_is_none_and_systemd_may_bring_the_password(tmp_path: Path) -> None:
    assert settings_of({}) is None
    (tmp_path / "smtp-password").write_text("a b\n", encoding="utf-8")
    asked = plain(25) | {
        "AVTALSVAKT_SMTP_TLS": "tls",
        "AVTALSVAKT_SMTP_USER": "a",
        "CREDENTIALS_DIRECTORY": str(tmp_path),
    }
    found = settings_of(asked)
    assert found is not None and found.password == "a b" and "a b" not in repr(found)
