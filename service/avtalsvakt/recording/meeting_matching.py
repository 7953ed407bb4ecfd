"""Which body's meeting an occasion in a calendar is, and of which agreement: by names, never by guessing.

In come words and rules, out come bodies. Words that fit bodies of several agreements fit none, unless the agreement's
own name (a place, say) stands beside the body's. Pure.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.texts.normal_form import composed
from avtalsvakt_rules.vocabulary import Vocabulary

_ENDING = r"(?:s|a|en|ens|et|ets|n|ns|na|nas)?"
_SHORTEST_NAME = 5


class Bodies(Struct, frozen=True):
    """The bodies of some agreements with the names that they may have in a calendar, and the agreements' own words."""

    named: Mapping[str, Mapping[str, Sequence[str]]]
    own_names: Mapping[str, Sequence[str]]

    def fitting(self, words: str) -> list[tuple[str, str]]:
        """The agreement and body that words name; several if it is not clear which."""
        text = _plain(words)
        fitting = [(name, body) for name, labels in self.named.items() if (body := _body(text, labels)) is not None]
        if len(fitting) < 2:
            return fitting
        return [pair for pair in fitting if any(_stands(word, text) for word in self.own_names[pair[0]])] or fitting

    def spoken_of(self, words: str) -> bool:
        """Whether words name any body."""
        return bool(self.fitting(words))


def bodies_of(rulebook: Rulebook, vocabulary: Vocabulary, agreements: Sequence[str]) -> Bodies:
    """What to look for in a calendar for these agreements."""
    instruments = [rulebook.instruments[name] for name in agreements]
    return Bodies({one.instrument: _bodies(one, vocabulary) for one in instruments}, _own_names(instruments))


def _bodies(instrument: Instrument, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The bodies that an agreement speaks of, each with the names it may have in a calendar."""
    written = instrument.model_dump_json()
    known = {body: label for body, label in vocabulary.bodies.items() if f'"{body}"' in written}
    return {body: _names(label) for body, label in {**known, **instrument.bodies}.items()}


def _names(label: str) -> list[str]:
    """The names in a label: alternatives stand on either side of a slash, explanations in brackets."""
    parts = re.sub(r"\(.*?\)", "", label).split("/")
    return [_plain(part).strip() for part in parts if len(part.strip()) >= _SHORTEST_NAME]


def _body(text: str, bodies: Mapping[str, Sequence[str]]) -> str | None:
    """The body whose name stands in the text; the longest name, if one contains another."""
    found = [(len(name), body) for body, names in bodies.items() for name in names if _stands(name, text)]
    return max(found)[1] if found else None


def _stands(name: str, text: str) -> bool:
    """Whether the name stands in the text as words of its own, whatever their endings."""
    return _pattern(name).search(text) is not None


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) + _ENDING for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _own_names(instruments: Sequence[Instrument]) -> dict[str, list[str]]:
    """The words of each agreement's title that no other title has: as a rule its place."""
    words = {one.instrument: set(re.findall(r"\w{5,}", _plain(one.title))) for one in instruments}
    counts = Counter(word for found in words.values() for word in found)
    return {name: sorted(word for word in found if counts[word] == 1) for name, found in words.items()}


def _plain(text: str) -> str:
    return composed(text).casefold()
