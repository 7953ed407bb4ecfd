"""Writes the pages of reference into a folder: `python -m avtalsvakt.authoring.reference FOLDER`."""

import sys
from pathlib import Path

from avtalsvakt.authoring.reference import pages
from avtalsvakt_rules.rulebook import load_rulebook


def main(folder: Path) -> None:
    """Write every page, and take away pages that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(load_rulebook())
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
