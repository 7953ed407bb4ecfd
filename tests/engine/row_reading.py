"""The rows read by hand, without any engine: what a person with a pencil would find for one combination of words."""

from avtalsvakt_engine.rulesets import Question, Row, Words


def read(question: Question, words: Words) -> tuple[list[Row], list[Row]]:
    """The rows that derive something on the way and the rows that conclude, each in the order they are written."""
    state = dict(zip(question.dimensions, words, strict=True))
    on_the_way: list[Row] = []
    while True:
        met = [row for row in question.rows if _met(row, state)]
        new = [row for row in met if row.derives and row not in on_the_way]
        if not new:
            return on_the_way, [row for row in met if row.derives is None]
        on_the_way = [row for row in question.rows if row in on_the_way or row in new]
        state.update((row.derives, row.conclude) for row in new if row.derives)


def _met(row: Row, state: dict[str, str]) -> bool:
    return all(
        state.get(dimension) in ((words,) if isinstance(words, str) else words)
        for dimension, words in row.given.items()
    )
