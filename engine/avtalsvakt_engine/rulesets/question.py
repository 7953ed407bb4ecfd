"""A legal question as data: which words it is asked in, which rows answer it, what the answers may be.

Rows are disjoint and complete: whatever the words, exactly one row concludes. A row may also derive an intermediate
word that later rows read, so that a precedence is written once instead of being repeated in every row that follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from msgspec import Struct

Words = tuple[str, ...]
Given = Mapping[str, str | tuple[str, ...]]


class Row(Struct, frozen=True):
    """One rule: where every word of `given` is met it concludes `conclude`.

    `given` maps a dimension (or an intermediate one) to the word, or the words any of which will do; a dimension that
    is left out may be anything. With `derives` the row settles that intermediate dimension instead of the question.
    `because` cites the sentence it implements.
    """

    name: str
    given: Given
    conclude: str
    because: str
    derives: str | None = None

    def alternatives(self) -> Iterator[dict[str, str]]:
        """Every way of meeting `given`, one word per dimension, in the order written."""
        choices = [(word,) if isinstance(word, str) else word for word in self.given.values()]
        for words in product(*choices):
            yield dict(zip(self.given, words, strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its finite alphabet.

    `dimensions` maps each dimension, in order, to its allowed words; `intermediate` does the same for what rows derive
    on the way. Raises ValueError when a row uses a name or a word that is not declared.
    """

    name: str
    dimensions: Mapping[str, Words]
    conclusions: Words
    rows: tuple[Row, ...]
    cites: str
    intermediate: Mapping[str, Words] = field(default_factory=dict)
    _names: Words = field(init=False, repr=False, compare=False)
    _combinations: frozenset[Words] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse rows that could never be read as they are written."""
        names = [row.name for row in self.rows]
        if len(set(names)) != len(names):
            raise ValueError(f"question {self.name}: two rows share a name")
        if set(self.dimensions) & set(self.intermediate):
            raise ValueError(f"question {self.name}: a dimension is both given and derived")
        for row in self.rows:
            self._check_row(row)
        object.__setattr__(self, "_names", tuple(self.dimensions))
        object.__setattr__(self, "_combinations", frozenset(self.alphabet()))

    def alphabet(self) -> Iterator[Words]:
        """Every combination of words, in the order of the dimensions."""
        return product(*self.dimensions.values())

    def words(self, **given: str) -> Words:
        """The words in the question's order. ValueError if a dimension is missing or unknown, or a word not allowed."""
        words = tuple(given.values())  # as they come: this is asked for every duty
        if tuple(given) != self._names:
            words = tuple(given.get(dimension, "") for dimension in self._names)
        if words not in self._combinations or len(given) != len(words):
            self._check_names(given)
            self.check(words)
        return words

    def _check_names(self, given: Mapping[str, str]) -> None:
        if given.keys() != self.dimensions.keys():
            expected = ", ".join(self.dimensions)
            raise ValueError(f"question {self.name} is asked with {expected}; got {', '.join(given) or 'nothing'}")

    def check(self, words: Words) -> None:
        """Raise ValueError unless `words` is one combination of the alphabet."""
        if words in self._combinations:
            return
        if len(words) != len(self.dimensions):
            raise ValueError(f"question {self.name} takes {len(self.dimensions)} words; got {len(words)}: {words!r}")
        for (dimension, allowed), word in zip(self.dimensions.items(), words, strict=True):
            if word not in allowed:
                raise ValueError(f"question {self.name}: {dimension} is one of {', '.join(allowed)}; got {word!r}")

    def row(self, name: str) -> Row | None:
        """The row of that name, or None."""
        return next((row for row in self.rows if row.name == name), None)

    def _check_row(self, row: Row) -> None:
        known = {**self.dimensions, **self.intermediate}
        for given in row.alternatives():
            for dimension, word in given.items():
                if word not in known.get(dimension, ()):
                    raise ValueError(f"row {self.name}.{row.name}: {dimension}={word!r} is not declared")
        answers = self.conclusions if row.derives is None else self.intermediate.get(row.derives, ())
        if row.conclude not in answers:
            raise ValueError(f"row {self.name}.{row.name}: {row.conclude!r} is not a declared answer")
