"""Chats through Apprise: a text is handed to a real listener on this machine, and what is missing is said."""

from pathlib import Path

import pytest
from tests.service.test_health import listener
from tests.service.test_mail_channel import letter

from avtalsvakt.notifying.channels import NotNow
from avtalsvakt.notifying.chat_channel import LONGEST, ChatChannel, chat_addresses
from avtalsvakt.notifying.post import Post
from avtalsvakt_rules.problems import Rejected


def test_a_text_reaches_the_chat_that_the_operators_file_names(tmp_path: Path) -> None:
    with listener() as (address, heard):
        file = tmp_path / "chattar"
        file.write_text(f"# hemligt\nteam = {address.replace('http', 'json', 1)}\n", encoding="utf-8")
        with Post({"AVTALSVAKT_CHAT_FILE": str(file)}) as post:
            assert post.of("chat:team").send(letter("chat:team")) == "mottaget"
    [(path, body)] = heard
    assert path == "/ping/hemlig-nyckel"
    assert '"title": "Vecka 48: \\u00e5 \\u00e4 \\u00f6"' in body and ".ensam punkt" in body


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ({}, "chat:team finns inte i filen som AVTALSVAKT_CHAT_FILE anger"),
        ({"team": "hemlig://%%"}, "adressen till chat:team går inte att förstå"),
    ],
)
def test_a_chat_that_cannot_be_reached_waits_and_its_address_is_in_no_message(
    addresses: dict[str, str], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NotNow) as later:
        ChatChannel(addresses).send(letter("chat:team"))
    assert str(later.value) == said
    assert "hemlig" not in caplog.text


def test_a_chat_that_refuses_is_tried_again_later() -> None:
    with listener(500) as (address, heard), pytest.raises(NotNow, match="chat:team tog inte emot meddelandet"):
        ChatChannel({"team": address.replace("http", "json", 1)}).send(letter("chat:team"))
    assert len(heard) == 1 and len(heard[0][1]) < LONGEST + 1_000


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert chat_addresses(None) == {}
    with pytest.raises(Rejected, match="AVTALSVAKT_CHAT_FILE: chattarna kan inte läsas"):
        chat_addresses(tmp_path / "ingen")
