"""Writes the table of addresses in docs/api.md from the program's own: `python -m tests.service.api_table`."""

from pathlib import Path

from avtalsvakt.api.table import OPERATIONS

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
HEAD, END = "| Adress | Rätt | Vad |\n|---|---|---|\n", "<!-- Slut på tabellen. -->"


def written(text: str) -> str:
    """The text with the table as the program has it."""
    before, _, rest = text.partition(HEAD)
    rows = [f"| `{one.method} /api{one.path}` | `{one.scope}` | {one.means} |\n" for one in OPERATIONS]
    rows.append("| `GET /api/v1/openapi.json` | vilken som helst | Den här listan, för maskiner. |\n")
    return before + HEAD + "".join(rows) + END + rest.partition(END)[2]


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
