"""YAML as plain values, without the places that messages need (parsing/source.py keeps those)."""

from typing import Any

from avtalsvakt_rules.keeping.result_cache import HERE, remembered


def plain(text: str) -> Any:
    """The value of a text. Raises yaml.YAMLError."""
    import yaml  # takes time that a command can spare whose files were read before

    # The C parser is seven times faster; the pure one gives the same where it was not built.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def own(name: str) -> Any:
    """The value of a file that comes with the rule language. Not to be changed."""
    text = (HERE / name).read_text(encoding="utf-8")
    return remembered(name.partition(".")[0], [text], lambda: plain(text))
