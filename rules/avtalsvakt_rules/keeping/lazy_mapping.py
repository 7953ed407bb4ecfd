"""A mapping that was kept on disk and is made when it is first asked: most commands need few texts of a whole rulebook.

In come bytes, which are those that were packed (result_cache sees to that); out comes what is equal to the mapping.
"""

from collections.abc import Iterator, Mapping
from pickle import HIGHEST_PROTOCOL, dumps
from typing import Any

from avtalsvakt_rules.keeping.result_cache import values_in


class LazyMapping(Mapping[str, Any]):
    """Read-only. Threads that ask at once get the same values."""

    def __init__(self, raw: bytes) -> None:
        """Nothing is made yet."""
        self._packed = raw
        self._made: dict[str, Mapping[str, Any]] = {}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "LazyMapping":
        """The mapping, packed."""
        return cls(dumps(dict(values), HIGHEST_PROTOCOL))

    def __getitem__(self, key: str) -> Any:
        return self._all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __repr__(self) -> str:
        return repr(self._all)

    def __reduce__(self) -> tuple[type["LazyMapping"], tuple[bytes]]:
        """As bytes again."""
        return LazyMapping, (self._packed,)

    @property
    def _all(self) -> Mapping[str, Any]:
        found = self._made.get("all")
        return found if found is not None else self._made.setdefault("all", values_in(self._packed))
