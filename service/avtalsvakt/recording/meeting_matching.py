"""Which body's meeting an occasion in a calendar is, and of which agreement: by names, never by guessing.

In come occasions and rules, out come proposals: facts that a person may confirm. An occasion that fits bodies of
several agreements is proposed for none, unless the agreement's own name (a place, say) stands beside the body's. Pure.
"""

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from avtalsvakt_calendars.feed_reading import Occasion
from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Vocabulary

_ENDING = r"(?:s|a|en|ens|et|ets|n|ns|na|nas)?"
_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A meeting that may be recorded, as a line; or why it is not proposed, with the agreements it may belong to."""

    occasion: Occasion
    line: Mapping[str, object]
    doubt: str | None = None


def propose(
    occasions: Iterable[Occasion], rulebook: Rulebook, vocabulary: Vocabulary, agreements: Sequence[str], now: datetime
) -> Iterator[Proposal]:
    """A proposal for each occasion that names a body of these agreements. `now`: Stockholm's time without a zone."""
    instruments = [rulebook.instruments[name] for name in agreements]
    bodies = {one.instrument: _bodies(one, vocabulary) for one in instruments}
    own_names = _own_names(instruments)
    for occasion in occasions:
        text = _plain(f"{occasion.summary} {occasion.location}")
        fitting = [
            (name, body) for name, labels in bodies.items() if (body := _body(text, labels)) is not None
        ]  # fmt: skip
        named = [pair for pair in fitting if any(_stands(word, text) for word in own_names[pair[0]])]
        chosen = named or fitting
        if not chosen:
            continue
        doubt = None
        if len(chosen) > 1:
            doubt = "passar på " + ", ".join(name for name, _ in chosen) + "; ange --agreement"
        elif occasion.cancelled:
            doubt = "inställt"
        yield Proposal(occasion, _line(occasion, *chosen[0], now), doubt)


def _line(occasion: Occasion, agreement: str, body: str, now: datetime) -> dict[str, object]:
    kind = "meeting_held" if occasion.end <= now else "meeting_scheduled"
    seed = f"{occasion.uid}\n{occasion.start.isoformat()}\n{kind}\n{agreement}\n{body}"
    line: dict[str, object] = {
        "id": f"kal-{b32encode(hashlib.sha256(seed.encode()).digest())[:12].decode().lower()}",
        "kind": kind,
        "agreement": agreement,
        "date": occasion.start.date().isoformat(),
        "body": body,
    }
    return line if occasion.whole_day else {**line, "time": occasion.start.strftime("%H:%M")}


def _bodies(instrument: Instrument, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The bodies that an agreement speaks of, each with the names it may have in a calendar."""
    written = instrument.model_dump_json()
    known = {body: label for body, label in vocabulary.bodies.items() if f'"{body}"' in written}
    return {body: _names(label) for body, label in {**known, **instrument.bodies}.items()}


def _names(label: str) -> list[str]:
    """The names in a label: alternatives stand on either side of a slash, explanations in brackets."""
    parts = re.sub(r"\(.*?\)", "", label).split("/")
    return [_plain(part).strip() for part in parts if len(part.strip()) >= _SHORTEST_NAME]


def _body(text: str, bodies: Mapping[str, list[str]]) -> str | None:
    """The body whose name stands in the text; the longest name, if one contains another."""
    found = [(len(name), body) for body, names in bodies.items() for name in names if _stands(name, text)]
    return max(found)[1] if found else None


def _stands(name: str, text: str) -> bool:
    """Whether the name stands in the text as words of its own, whatever their endings."""
    words = r"\s+".join(re.escape(word) + _ENDING for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w)", text) is not None


def _own_names(instruments: Sequence[Instrument]) -> dict[str, list[str]]:
    """The words of each agreement's title that no other title has: as a rule its place."""
    words = {one.instrument: set(re.findall(r"\w{5,}", _plain(one.title))) for one in instruments}
    counts = Counter(word for found in words.values() for word in found)
    return {name: sorted(word for word in found if counts[word] == 1) for name, found in words.items()}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
