"""Calls the program in this process as a shell would: words in, exit code and both streams out."""

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from avtalsvakt import cli, clock
from avtalsvakt.terminal.failures import guarded

HERE = Path(__file__).parent
EXAMPLE = HERE / "example"
RULES = ("--rules", str(EXAMPLE))
FACTS = EXAMPLE / "lokal.csv"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=clock.STOCKHOLM)


@dataclass(frozen=True)
class Answer:
    """What a call came to."""

    code: int
    out: str
    err: str


def call(*words: object) -> Answer:
    """Call the program with these words."""
    arguments: Sequence[str] = [str(word) for word in words]
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = guarded(lambda: cli.avtalsvakt.main(list(arguments), prog_name="avtalsvakt", standalone_mode=False))
    return Answer(code, out.getvalue(), err.getvalue())


def said(what: str, where: str, why: str, remedy: str) -> str:
    """What the program writes about one problem."""
    return f"Fel: {what}\n  Var:    {where}\n  Varför: {why}\n  Åtgärd: {remedy}\n"
