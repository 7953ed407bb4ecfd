"""What README shows is what one sees: `python -m tests.service.readme` writes its transcripts anew."""

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt import clock

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=clock.STOCKHOLM)
DUTY = "ostermalm-2020.styrgrupp-moten.2025"


def transcripts() -> Iterator[tuple[str, str]]:
    """Each transcript by name, as a person would see it on the morning of the example."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(clock, "now", lambda: MORNING)
        patch.setenv("AVTALSVAKT_DB", str(Path(folder) / "avtalsvakt.db"))
        patch.delenv("COLUMNS", raising=False)
        call("init")
        call("import", "--by", "exempel", *sorted((ROOT / "fixtures").glob("*.csv")))
        yield "run", f"$ make run\n…\n{call('run', '--publish', Path(folder) / 'calendars').out}"
        yield "why", f"$ .venv/bin/avtalsvakt why {DUTY}\n{call('why', DUTY).out}"


def filled(text: str) -> str:
    """The text of README with its transcripts as they should be."""
    for name, transcript in transcripts():
        marked = re.compile(rf"(<!-- början: {name} -->\n).*?(<!-- slut: {name} -->)", re.DOTALL)
        [found] = marked.finditer(text)
        text = f"{text[: found.start()]}{found[1]}```\n{transcript}```\n{found[2]}{text[found.end() :]}"
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
