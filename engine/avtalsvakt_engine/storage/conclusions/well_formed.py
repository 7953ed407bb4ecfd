"""Whether the row of a verdict is one that the program could have written: lists that are lists, days that are days.

In comes a row as it stands, out comes yes or no. No verdict is made of it: a proof asks this of every row there is.
"""

from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from msgspec import MsgspecError
from msgspec.json import Decoder

from avtalsvakt_engine.storage.conclusions.verdict_rows import Row

_TEXTS, _PAIRS = Decoder(list[str]), Decoder(list[tuple[str, str]])


def as_written(row: Row) -> bool:
    """Whether what stands in the row, beside what it refers to by number, has the form that the program gives it."""
    (wording, status, required, counted, label, start, end, trigger, opens, due, facts, not_counted, part, curable,
     grounds, reason) = row.content  # fmt: skip
    numbers = (wording, required, counted, grounds)
    return (
        all(isinstance(one, int) for one in numbers)
        and isinstance(status, str)
        and all(one is None or isinstance(one, str) for one in (label, trigger, reason))
        and (part in (0, 1) and curable in (0, 1))
        and (_is_day(start) and _is_day(end) if label is not None else start is None and end is None)
        and all(one is None or _is_day(one) for one in (opens, due, row.until))
        and _is_day(row.since)
        and (facts is None or _are_texts(facts))
        and (not_counted is None or _are_pairs(not_counted))
    )


@lru_cache(maxsize=4096)
def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _are_texts(value: object) -> bool:
    """Whether it is a list of texts that is not empty, in compact JSON."""
    try:
        texts = _TEXTS.decode(value)  # type: ignore[arg-type]
    except (MsgspecError, TypeError):
        return False
    return bool(texts) and "[" + ",".join(map(quoted, texts)) + "]" == value


def _are_pairs(value: object) -> bool:
    """Whether it is a list of facts with reasons that is not empty, in compact JSON."""
    try:
        pairs = _PAIRS.decode(value)  # type: ignore[arg-type]
    except (MsgspecError, TypeError):
        return False
    return bool(pairs) and "[" + ",".join(f"[{quoted(fact)},{quoted(why)}]" for fact, why in pairs) + "]" == value
