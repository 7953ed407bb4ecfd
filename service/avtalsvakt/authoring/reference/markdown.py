"""Small pieces of Markdown that the pages of reference are made of. Text in, text out."""

from collections.abc import Iterable, Mapping, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what stands between cells is written so that it is read as text."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """A word of the language or an identifier."""
    return f"`{text}`"


def listed(names: Iterable[str]) -> str:
    """Words of the language with commas between."""
    return ", ".join(map(code, names))


def by_text(found: Mapping[str, Sequence[str]]) -> str:
    """Clauses under the text they stand in, a line for each."""
    return "\n".join(f"- {code(text)}: {listed(clauses)}" for text, clauses in found.items() if clauses)


def linked(name: str, page: str) -> str:
    """A word of the language with a link to its heading on a page."""
    return f"[{code(name)}]({page}#{name.lower()})"
