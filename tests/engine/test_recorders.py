"""Who recorded: a role or an account, and nobody anonymous."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.meetings import meeting
from tests.engine.new_registers import new_register

from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_rules.problems import Problem, Rejected

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "samordnare",
        "kommunpolis",
        "Säkerhetssamordnare",
        "svc-avtal",
        "polisen\\ab123",
        "STAD/aa1234",
        "lpo.globen",
        "a1",
    ],
)
def test_a_role_or_an_account(name: str) -> None:
    assert read_recorder(name) == name


def test_a_decomposed_letter_is_the_same_role() -> None:
    assert read_recorder("sa\u0308kerhet") == "säkerhet"


@pytest.mark.parametrize(
    ("stated", "what"),
    [
        (None, "det framgår inte vem som registrerar"),
        ("  ", "det framgår inte vem som registrerar"),
        ("Anonym", "'Anonym' är ingen roll"),
        ("okänd", "'okänd' är ingen roll"),
        ("kollegan på kontoret", "'kollegan på kontoret' är varken en roll eller ett konto"),
        ("förnamn.efternamn@example.org", "'förnamn.efternamn@example.org' är varken en roll eller ett konto"),
        ("x" * 65, f"'{'x' * 64}…' är varken en roll eller ett konto"),
        ("roll\u202e", "'roll\u202e' är varken en roll eller ett konto"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)' är varken en roll eller ett konto"),
        ("-roll", "'-roll' är varken en roll eller ett konto"),
        ("12345", "'12345' är varken en roll eller ett konto"),
        ("?", "'?' är varken en roll eller ett konto"),
    ],
)
def test_free_text_and_nobody_are_refused(stated: str | None, what: str) -> None:
    read = read_recorder(stated)
    assert isinstance(read, Problem)
    assert read.what == what


@pytest.mark.parametrize("recorder", [None, "", "någon på kontoret"])
def test_the_register_refuses_anonymous_records(tmp_path: Path, recorder: str | None) -> None:
    named = meeting(1, date(2025, 2, 3))
    with new_register(tmp_path / "r.db") as register:
        with pytest.raises(Rejected):
            register.append([named, replace(named, id="m2", recorder=recorder)], now=NOW)
        assert register.count() == 0
