"""Without what only Linux and its kin have, the program still records, judges, publishes, verifies and copies.

Such a machine is made of this one, by taking the modules and calls away before the program is read: as near as one can
come to Windows without having it. Six processes, so not among the tests of `make test` (`make deep` runs it).
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("rules", "engine", "calendars", "service")

BARE = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "geteuid", "getuid", "fchmod", "chown", "pread", "pwrite", "O_NOFOLLOW", "killpg", "setsid"):
    delattr(os, name)
for name in ("setitimer", "pthread_sigmask", "alarm"):
    delattr(signal, name)
from avtalsvakt.cli import main
main()
"""


def bare(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(ROOT / one) for one in SOURCES),
        "AVTALSVAKT_DB": str(folder / "r.db"),
        "AVTALSVAKT_CACHE": str(folder / "cache"),
        "AVTALSVAKT_BY": "samordnare",
    }
    return subprocess.run([sys.executable, "-c", BARE, *words], capture_output=True, text=True, env=environment,
                          check=False)  # fmt: skip


def test_without_them_it_judges_by_the_table_and_says_so(tmp_path: Path) -> None:
    assert bare(tmp_path, "init").returncode == 0
    fixture = str(ROOT / "fixtures" / "alvsjo.csv")
    imported = bare(tmp_path, "import", fixture)
    assert (imported.returncode, imported.stderr) == (0, "")
    night = bare(tmp_path, "run", "--publish", str(tmp_path / "kalendrar"))
    assert (night.returncode, night.stderr) == (0, "")
    assert "Regelmotorn durable-rules startar inte på den här datorn." in night.stdout
    assert "systemet kan inte vänta på en process med en bestämd tid" in " ".join(night.stdout.split())
    assert "EJ BEDÖMT" not in night.stdout
    assert bare(tmp_path, "verify").returncode == 0
    assert bare(tmp_path, "backup", str(tmp_path / "kopia.db")).returncode == 0
    assert "systemet kan inte vänta" in " ".join(bare(tmp_path, "health").stdout.split())
