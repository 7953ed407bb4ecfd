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
    context = cli.avtalsvakt.make_context("avtalsvakt", [*words], resilient_parsing=False)
    command: click.Command = cli.avtalsvakt
    left = [*context._protected_args, *context.args] if hasattr(context, "_protected_args") else context.args
    while isinstance(command, click.Group):
        name, command, left = command.resolve_command(context, left)
        assert command is not None
        if not isinstance(command, click.Group):
            command.make_parser(context).parse_args(list(left))
            return
        context = command.make_context(name, list(left), parent=context)
        left = [*context._protected_args, *context.args] if hasattr(context, "_protected_args") else context.args


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", guide.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "webcal://", "mailto:")):
            assert (guide.parent / target).exists(), target
