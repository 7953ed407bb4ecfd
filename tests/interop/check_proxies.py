"""The recipes for nginx and Caddy, as they are: a secret address is in no log, also when the program does not answer.

Needs nginx and caddy; where one is missing, its part is left out and said so.
"""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.service.test_serve import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SECRET = "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLL"


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    inside = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace("8080", str(behind))
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log info; events {{}}\n"
        f"http {{ access_log {folder}/access.log; {temporary} server {{ listen 127.0.0.1:{port};\n{inside}\n}} }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8").replace("8080", str(behind))
    text = text.replace("kommun.example {", f"http://127.0.0.1:{port} {{\n\tlog")
    text = text.replace("{\n\tlog default", "{\n\tadmin off\n\tlog default", 1)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def started(words: list[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "said.log").open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, env={**os.environ, "HOME": str(folder)})
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.1)
                else:
                    break
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.mark.parametrize("recipe", [nginx, caddy], ids=["nginx", "caddy"])
def test_a_secret_address_is_in_no_log_though_the_program_does_not_answer(
    recipe: Callable[[Path, int, int], list[str]], tmp_path: Path
) -> None:
    port, behind = free_port(), free_port()
    words = recipe(tmp_path, port, behind)
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not on this machine")
    with started(words, tmp_path, port), pytest.raises(urllib.error.HTTPError, match="502"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/avtalsvakt/kalender/{SECRET}.ics")
    logs = "".join(path.read_text(errors="replace") for path in tmp_path.glob("*.log"))
    assert SECRET not in logs
