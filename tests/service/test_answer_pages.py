"""The pages of answers in three widths: word for word, never wider than the window, and no key broken."""

from pathlib import Path

import pytest
from tests.service.answer_pages import PAGES, WIDTHS, golden, made, pages


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.service.command_line import NOW

    from avtalsvakt import clock

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        return made(tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_word_for_word_and_fits(width: int, register: Path) -> None:
    seen = dict(pages(register, width))
    assert list(seen) == list(PAGES)
    for name, text in seen.items():
        assert text == golden(name, width).read_text(encoding="utf-8"), name
        assert all(len(line) <= width for line in text.splitlines()), name


def test_a_key_stands_on_one_line_whatever_the_width(register: Path) -> None:
    key = "lokal.stad.lokala-moten.2026"
    for width in WIDTHS:
        seen = dict(pages(register, width))
        assert any(key in line for line in seen["upcoming"].splitlines())
        assert any(key in line for line in seen["what-if"].splitlines())
