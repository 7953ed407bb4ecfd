"""A struct is changed by msgspec's `replace`: the one of dataclasses refuses it, and only when it is called."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATACLASSES = {"held", "parts", "readings_in_use", "rulebook", "signatory_sources", "visible_texts"}
"""Modules that change a dataclass: one of the few values that keep what they have worked out."""


def test_only_modules_that_change_dataclasses_use_their_replace() -> None:
    pattern = re.compile(r"from dataclasses import [^\n]*\breplace\b|dataclasses\.replace")
    found = {
        path.stem
        for room in ("rules", "engine", "calendars", "service")
        for path in (ROOT / room).rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert found == DATACLASSES
