"""That a module can be read from top to bottom: it and its functions are short, and a sentence says what is in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("rules", "engine", "calendars", "service", "bench")
MODULE, BODY = 364, 36
"""Lines of a module, and of a function after its head (name, arguments, docstring)."""


def written() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def lines_after_head(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first, *others = function.body
    began = others[0] if others and ast.get_docstring(function) is not None else first
    return (function.end_lineno or began.lineno) - began.lineno + 1


def test_no_module_is_longer_than_is_read_in_one_go() -> None:
    lines = {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path, _ in written()}
    long = {path: count for path, count in lines.items() if count > MODULE}
    assert not long, f"take one idea out into a module of its own: {long}"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, module in written()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_after_head(node) > BODY
    ]
    assert not long, f"take a step out into a function of its own: {long}"


def test_every_module_and_room_says_what_it_is() -> None:
    silent = [str(path) for path, module in written() if not (ast.get_docstring(module) or "").strip()]
    assert not silent, f"begin with a sentence that says what is in it: {silent}"


@pytest.mark.parametrize(("text", "lines"), [("def a():\n    1\n    2\n", 2), ('def a():\n    """A."""\n    1\n', 1),
                                             ('def a(\n    b\n):\n    """A."""\n', 1)])  # fmt: skip
def test_lines_are_counted_after_the_head(text: str, lines: int) -> None:
    [function] = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef) and lines_after_head(function) == lines
