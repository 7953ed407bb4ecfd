"""Lines on the screen are folded and painted as rich, which draws the tables, does it."""

import io
from collections.abc import Mapping
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from avtalsvakt.terminal import paper
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.terminal.screen import STYLES
from avtalsvakt.terminal.status_page import LIGHTS
from avtalsvakt.terminal.styled_lines import Line, columns, line

WIDTH = 60
XTERM: Mapping[str, str] = {"TERM": "xterm"}
WORDS = st.lists(st.text("aö…–.-界", min_size=1, max_size=70) | st.sampled_from(["  ", "\n", "ord"]), max_size=40).map(
    " ".join
)
STYLE = st.sampled_from(sorted({"", "bold", "dim", "bold red", *STYLES.values(), *LIGHTS.values()}))


def by_rich(parts: list[tuple[str, str]], whole: bool = False, environment: Mapping[str, str] = XTERM) -> str:
    """What rich writes."""
    out = io.StringIO()
    console = Console(
        file=out, width=WIDTH, highlight=False, markup=False, emoji=False, force_terminal=True, _environ=environment
    )
    text = Text()
    for said, style in parts:
        text.append(said, style)
    console.print(text, crop=False, soft_wrap=whole)
    return out.getvalue()


def ours(parts: list[tuple[str, str]], whole: bool = False, environment: Mapping[str, str] = XTERM) -> str:
    """What is written here."""
    made = line(whole=whole)
    for said, style in parts:
        made = made.and_then(said, style)
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        for name in ("TERM", "NO_COLOR", "TTY_COMPATIBLE"):
            patch.delenv(name, raising=False)
        for name, value in {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), **environment}.items():
            patch.setenv(name, value)
        Paper().print(made)
    return out.getvalue()


@given(parts=st.lists(st.tuples(WORDS, STYLE), min_size=1, max_size=4), whole=st.booleans())
def test_rich_writes_the_same_sign_for_sign(parts: list[tuple[str, str]], whole: bool) -> None:
    assert ours(parts, whole) == by_rich(parts, whole)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "xterm-256color"}], ids=str)
def test_and_shows_as_much_of_it_on_any_terminal(environment: dict[str, str]) -> None:
    for style in sorted({*STYLES.values(), *LIGHTS.values()}):
        parts = [("försenad", style), (" sedan i går", "")]
        assert ours(parts, environment=environment) == by_rich(parts, environment=environment)


def test_a_pipe_has_no_styles_and_its_own_width(capsys: pytest.CaptureFixture[str]) -> None:
    out = Paper()
    out.print("försenad " * 20, "bold red")
    assert out.width == paper.PIPED
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "width"),
    [
        ({"FORCE_COLOR": "1", "COLUMNS": "80"}, 80),
        ({"FORCE_COLOR": "1", "COLUMNS": "20"}, 60),
        ({"FORCE_COLOR": "1", "COLUMNS": "400"}, 120),
        ({"FORCE_COLOR": "", "COLUMNS": "80"}, 100),
        ({"TTY_COMPATIBLE": "1", "COLUMNS": "80"}, 80),
        ({"TTY_COMPATIBLE": "0", "FORCE_COLOR": "1", "COLUMNS": "80"}, 100),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, 80),
    ],
    ids=str,
)
def test_it_is_as_wide_as_the_window_within_reason(
    environment: dict[str, str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Paper().width == width


def test_a_line_is_cut_as_a_text_is() -> None:
    made = line("ett ", "bold").and_then("två ").and_then("tre", "dim")
    for start in range(12):
        for end in (None, *range(12)):
            assert made.between(start, end).plain == made.plain[start:end]
    assert made.between(2, 6) == Line((("t ", "bold"), ("tv", "")))


def test_signs_take_the_columns_that_terminals_give_them() -> None:
    assert [columns(text) for text in ("", "åäö", "界", "e\u0301", "a\u200bb")] == [0, 3, 2, 1, 2]
