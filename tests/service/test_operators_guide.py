"""What the operators' guide says is what the program does: its commands are run, its promises of mail are kept."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, RULES, call

from avtalsvakt.installing.unit import Installation, unit
from avtalsvakt.notifying import mail_settings
from avtalsvakt.notifying.chat_channel import FILE

ROOT = Path(__file__).resolve().parents[2]
DRIFT = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
ELSEWHERE = {"serve": "tests/service/test_serve.py starts it and stops it"}
"""Commands that go on until they are stopped, and what runs them."""
COMMANDS = [
    shlex.split(line)
    for block in re.findall(r"```\w*\n(.*?)```", DRIFT, re.DOTALL)
    for line in re.findall(r"^avtalsvakt (.+)$", block, re.MULTILINE)
] + [shlex.split(line) for line in re.findall(r"`avtalsvakt ([^`]+)`", DRIFT)]
STANDS_FOR = {"FIL": "kopia.db", "NUMMER": "1", "SKYLDIGHET": "lokal.plan.2026-H2", "AVTAL": "ensam"}
PROMISES = (
    "kalender/README.md",
    "kalender/apple.md",
    "kalender/google.md",
    "kalender/outlook.md",
    "kalender/nextcloud.md",
)


@pytest.mark.usefixtures("alone")
def test_every_command_of_the_guide_can_be_run(run_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "MAPP")
    alone = EXAMPLE.joinpath("stad.yaml").read_text(encoding="utf-8").replace("instrument: stad", "instrument: ensam")
    Path("ensam.yaml").write_text(alone, encoding="utf-8")
    assert call("--db", run_db, "--rules", "MAPP", "--rules", "ensam.yaml", "run").code in (0, 1)
    assert call("--db", run_db, *RULES, "run").code in (0, 1)  # 'ensam' has no rules any more
    for words in COMMANDS:
        if words[0] in ELSEWHERE:
            continue
        if words[:2] == ["settings", "--forget-rules"]:
            assert call("--db", run_db, "--rules", "MAPP", "run").code in (0, 1)
        answer = call("--db", run_db, *(STANDS_FOR.get(word, word) for word in words))
        allowed = (0, 1) if words[0] in ("run", "health") or words[:2] == ["notify", "send"] else (0,)
        assert answer.code in allowed, (words, answer)
        if words[:2] == ["settings", "--forget-rules"]:
            assert call("--db", run_db, *RULES, "run").code in (0, 1)
    assert {words[0] for words in COMMANDS} > set(ELSEWHERE) and len(COMMANDS) > 20


def test_every_setting_of_mail_is_in_the_guide() -> None:
    own = mail_settings
    for name in (own.SERVER, own.TLS, own.USER, own.PASSWORD, f"{own.PASSWORD}_FILE", own.SENDER, own.CA, FILE):
        assert f"`{name}`" in DRIFT, name


@pytest.mark.parametrize("guide", PROMISES)
def test_a_guide_that_promises_mail_promises_what_the_program_does(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    assert "e-post" in text
    assert "(../drift.md#brev)" in (ROOT / "docs" / PROMISES[0]).read_text(encoding="utf-8")
    assert "## Brev\n" in DRIFT and "avtalsvakt notify recipients add" in DRIFT


def test_without_being_told_to_nothing_is_written(tmp_path: Path) -> None:
    answer = call("service", "install", "--system", "--root", tmp_path / "rot")
    assert answer.code == 0 and list(tmp_path.iterdir()) == []
    assert answer.out.endswith(
        "Inget är skrivet. Med --write skrivs filerna; kör sedan:\n  systemd-sysusers\n  systemctl daemon-reload\n"
        "  systemctl enable --now avtalsvakt.service\n  systemctl status avtalsvakt.service\n"
    )
    assert call("service", "install").code == 2


@pytest.mark.parametrize("where", ["--system", "--user"])
def test_the_unit_says_when_it_is_up_makes_the_register_first_and_keeps_settings(where: str, tmp_path: Path) -> None:
    for settings in ("#AVTALSVAKT_PING", "AVTALSVAKT_PING=https://a.example/b\n"):
        answer = call("service", "install", where, "--write", "--root", tmp_path)
        assert answer.code == 0, answer.err
        [file] = tmp_path.rglob("miljo")
        assert settings in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o777 == 0o600
        file.write_text("AVTALSVAKT_PING=https://a.example/b\n", encoding="utf-8")
    [written] = tmp_path.rglob("avtalsvakt.service")
    text = written.read_text(encoding="utf-8")
    assert "Type=notify\n" in text and re.search(r"ExecStartPre=\S+/bin/avtalsvakt init\nExecStart=\S+ serve ", text)
    assert ("User=avtalsvakt\n" in text) is (where == "--system")


def test_a_program_in_a_home_can_be_read_there_and_no_other_home_is_in_reach() -> None:
    assert "ProtectHome=yes" in unit(Installation(Path("/usr/local/lib/avtalsvakt/.venv/bin/avtalsvakt"), system=True))
    assert "ProtectHome=read-only" in unit(Installation(Path("/home") / "a/.venv/bin/avtalsvakt", system=True))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="the machine has no systemd")
def test_systemd_finds_little_that_the_service_could_do_to_the_machine(tmp_path: Path) -> None:
    assert call("service", "install", "--system", "--write", "--root", tmp_path).code == 0
    [written] = tmp_path.rglob("avtalsvakt.service")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(written)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    [exposure] = re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure) <= 3.0
    assert f"ger\n{exposure.replace('.', ',')}" in DRIFT.replace(" ger\n", "ger\n").replace("ger 1", "ger\n1")


def test_the_recipes_for_proxies_are_those_of_the_guides() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "kalender" / "drift.md").read_text(encoding="utf-8")
    for line in ("access_log off;", "error_log /dev/null;"):
        assert line in nginx and line in guide
