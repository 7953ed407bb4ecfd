"""Characters that nobody sees and that make two equal words different: told with their names and their lines.

In comes a source, out come problems. Running text (`sv`, `title`, `note` …) may have them: nothing is compared with it.
"""

import unicodedata
from collections.abc import Iterator

from avtalsvakt_rules.parsing.source import Path_, Source, Tree
from avtalsvakt_rules.problems import Problem

RUNNING = frozenset({"sv", "en", "act", "title", "note", "because", "why", "document"})
"""Keys under which people write for people."""
NAMES = {
    "\u00a0": "hårt blanksteg", "\u202f": "smalt hårt blanksteg", "\u00ad": "mjukt bindestreck",
    "\u200b": "nollbreddstecken", "\u200c": "nollbreddstecken", "\u200d": "nollbreddstecken",
    "\u2060": "nollbreddstecken", "\ufeff": "nollbreddstecken (byteordningsmärke)", "\u2011": "hårt bindestreck",
    "\u200e": "osynligt riktningstecken", "\u200f": "osynligt riktningstecken", "\t": "tabbtecken",
}  # fmt: skip


def invisible_in(text: str) -> str | None:
    """What the first invisible character of a text is called; None where it has none."""
    for one in text:
        if one in NAMES:
            return NAMES[one]
        kind = unicodedata.category(one)
        if kind == "Mn":
            return f"löst tecken ovanpå en bokstav ({unicodedata.name(one, 'okänt')})"
        if kind in ("Cf", "Cc", "Zl", "Zp") or (kind == "Zs" and one != " "):
            return f"osynligt tecken ({unicodedata.name(one, f'U+{ord(one):04X}')})"
    return None


def check_invisible(source: Source) -> Iterator[Problem]:
    """Every key and value of a file, running text apart, that has an invisible character."""
    for path, text in _texts(source.tree, ()):
        if (name := invisible_in(text)) is not None:
            shown = "".join(one if one.isprintable() and one not in NAMES else "·" for one in text)[:40]
            why = "det syns inte men skiljer ordet från ett som ser likadant ut"
            yield Problem(f"'{shown}' innehåller ett {name}", source.where(path), why, "skriv om ordet för hand")


def _texts(tree: Tree, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield (*path, key), key
            if key not in RUNNING:
                yield from _texts(value, (*path, key))
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from _texts(value, (*path, place))
    elif tree is not None:
        yield path, tree
