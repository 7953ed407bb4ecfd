"""What the guides for authors show is what one sees: `python -m tests.service.guide` writes them anew.

A guide holds files (`<!-- fil: … -->` before a block) and transcripts (blocks that begin with `$ avtalsvakt`). A line
`…` in a transcript stands for any lines; a line that ends in `…` for any that begin so. `<!-- fel: file word slip -->`
makes a slip in a file for the transcript that follows.
"""

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from tests.service.command_line import NOW, call

from avtalsvakt import clock

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = DOCS / "eget-avtal.md"
GUIDES = (GUIDE, DOCS / "monster.md")
BLOCK = re.compile(r"(?:<!-- (?P<mark>fil|fel): (?P<words>[^>]+) -->\n)?```\w*\n(?P<body>.*?)```", re.DOTALL)


def replayed(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each transcript of the guide with what one sees when its files and commands are followed in order."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        for name in ("COLUMNS", "FORCE_COLOR", "AVTALSVAKT_DB"):
            patch.delenv(name, raising=False)
        for block in BLOCK.finditer(text):
            if block["mark"] == "fil":
                path = Path(block["words"].strip())
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block["body"], encoding="utf-8")
            elif block["body"].startswith("$ avtalsvakt "):
                yield block, _seen(block)


def _seen(block: re.Match[str]) -> str:
    command = block["body"].splitlines()[0]
    path, word, slip = block["words"].split() if block["mark"] == "fel" else (os.devnull, "", "")
    right = Path(path).read_text(encoding="utf-8")
    if slip:
        Path(path).write_text(right.replace(word, slip, 1), encoding="utf-8")
    found = call(*shlex.split(command)[2:])
    if slip:
        Path(path).write_text(right, encoding="utf-8")
    return f"{command}\n{found.out}{found.err}"


def agrees(shown: str, seen: str) -> bool:
    """Whether a transcript, with its `…`, is what one sees."""
    return re.fullmatch("".join(map(_pattern, shown.splitlines())), seen) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*"
    return rf"{re.escape(line[:-1])}.*\n" if line.endswith("…") else rf"{re.escape(line)}\n"


def renewed(text: str) -> str:
    """The guide with every transcript as it should be; those that leave lines out stay where they agree."""
    for block, seen in list(replayed(text)):
        if not agrees(block["body"], seen):
            text = text.replace(block[0], block[0].replace(block["body"], seen), 1)
    return text


if __name__ == "__main__":
    for guide in GUIDES:
        guide.write_text(renewed(guide.read_text(encoding="utf-8")), encoding="utf-8")
