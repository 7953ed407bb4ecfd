"""README and the guides: what they show is what one sees, and every command in them exists."""

import re
import shlex
from pathlib import Path

import click
import pytest
from tests.service.readme import README, ROOT, filled

from avtalsvakt import cli

GUIDES = [README, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "fixtures").glob("*.md"))]
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?avtalsvakt (.+)$", re.MULTILINE)


def test_the_transcripts_are_what_one_sees() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "python -m tests.service.readme writes them anew"


def shown() -> list[tuple[str, str]]:
    """Every command in a block of code, with the guide it stands in."""
    found = []
    for guide in GUIDES:
        for block in re.findall(r"```\w*\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
            found += [(guide.name, line) for line in COMMAND.findall(block)]
    return found


@pytest.mark.parametrize(("guide", "line"), shown())
def test_every_command_shown_can_be_given(guide: str, line: str) -> None:
    words = shlex.split(line.split(" # ", maxsplit=1)[0])
    command: click.Command = cli.avtalsvakt
    context = command.make_context("avtalsvakt", words)
    while isinstance(command, click.Group):
        left = [*getattr(context, "_protected_args", ()), *context.args]
        name, inner, left = command.resolve_command(context, left)
        assert inner is not None
        command = inner
        if isinstance(command, click.Group):
            context = command.make_context(name, left, parent=context)
        else:
            command.make_parser(context).parse_args(left)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", guide.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "webcal://", "mailto:")):
            assert (guide.parent / target).exists(), target
