"""Every text of the pages, by key. The table is `texts.yaml` beside this module, part of the program."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@lru_cache(maxsize=1)
def texts() -> Mapping[str, str]:
    """The whole table, read once."""
    content = files(__package__).joinpath("texts.yaml").read_text(encoding="utf-8")
    return MappingProxyType(dict(yaml.safe_load(content)))


def text(key: str) -> str:
    """The text with that key; KeyError for one that there is not."""
    return texts()[key]
