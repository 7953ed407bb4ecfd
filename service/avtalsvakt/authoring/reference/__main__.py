"""Writes the pages of reference among the documents: `python -m avtalsvakt.authoring.reference docs`."""

import sys
from pathlib import Path

from avtalsvakt.authoring.reference import FOLDER, pages
from avtalsvakt_rules.rulebook import load_rulebook


def main(documents: Path) -> None:
    """Write every page, and take away those in the folder of reference that are no more."""
    (documents / FOLDER).mkdir(parents=True, exist_ok=True)
    made = pages(load_rulebook())
    for old in (documents / FOLDER).glob("*.md"):
        if f"{FOLDER}/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (documents / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
