"""One text that several sign: the agreement of each, made from what the file says for all and for each of them.

In comes what a file says, out comes what a file for each signatory alone would say. Nothing is checked here (that is
done in signatory_sources.py), so that lists can read names without waiting for it.
Source: docs/regelspraket.md, Avtalet.
"""

from collections.abc import Mapping
from typing import Any

KEY = "for_each"
ITS_OWN = (
    "title", "short_title", "document", "parties", "municipality", "replaces", "continues", "term", "extended",
)  # fmt: skip
"""Keys of the head that a signatory's own go before."""
ADDED = ("annexes", "functions", "readings", "accepted")
"""Keys of the head to which a signatory's own are added, name by name."""


def signed(tree: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """What the agreement of each signatory says, by the signatory's name; nothing where the text has no list."""
    found, base = tree.get(KEY), tree.get("instrument")
    entries = found.items() if isinstance(found, Mapping) and isinstance(base, str | int) else ()
    return {str(name): _of_one(tree, f"{base}-{name}", str(name), own or {}) for name, own in entries if _readable(own)}


def _readable(own: object) -> bool:
    return own is None or isinstance(own, Mapping)


def _of_one(tree: Mapping[str, Any], whole: str, name: str, own: Mapping[str, Any]) -> Mapping[str, Any]:
    shared = {key: value for key, value in tree.items() if key != KEY}
    label = str(own.get("municipality") or name[:1].upper() + name[1:].replace("-", " ").replace("_", " "))
    titles = {key: f"{shared[key]}, {label}" for key in ("title", "short_title") if shared.get(key)}
    added = {key: {**shared[key], **own[key]} for key in ADDED if _both(shared, own, key)}
    return {**shared, **titles, **own, **added, "instrument": whole}


def _both(shared: Mapping[str, Any], own: Mapping[str, Any], key: str) -> bool:
    return isinstance(shared.get(key), Mapping) and isinstance(own.get(key), Mapping)
