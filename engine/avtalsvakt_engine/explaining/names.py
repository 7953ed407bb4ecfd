"""What ids are called in Swedish: kinds, attributes, bodies and clauses, with the forms they take in a sentence.

In come instruments, out come Names: pure values that the other modules draw words from.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import own_label
from avtalsvakt_rules.language.own_kinds import Held, OwnKind, joined
from avtalsvakt_rules.texts.word_forms import KindWords, Noun
from avtalsvakt_rules.vocabulary import Vocabulary, load

HELD, PLANNED = ("hålls", "har hållits"), ("planeras", "har planerats")
CALLED_OFF, SENT = ("ställs in", "har ställts in"), ("sänds ut", "har sänts ut")
"""What is said of an occasion of a file's own: forms that suit any noun."""


class Names(Struct, frozen=True):
    """What ids are called: kinds, attributes and bodies from the vocabulary, with an instrument's own bodies."""

    vocabulary: Vocabulary
    bodies: Mapping[str, str]
    titles: Mapping[str, str]

    def kind(self, name: str) -> str:
        """A kind of fact, without the examples in brackets."""
        if name in self.vocabulary.movable:
            return self.vocabulary.movable[name].sv
        known = self.vocabulary.kinds.get(name)
        return (known.sv if known else own_label(name)).split(" (")[0].replace("/", " eller ")

    def kind_words(self, name: str) -> KindWords:
        """The forms of a kind; one that an agreement has added is recorded, under its own name."""
        known = self.vocabulary.words.kinds.get(name) or self._of_an_occasion(name)
        label = f"»{self.kind(name)}«"
        return known or KindWords(Noun(label, label, label), "registreras", "har registrerats", "", "", {}, {})

    def _of_an_occasion(self, name: str) -> KindWords | None:
        """The forms of an occasion of a file's own, and of its records; of any other kind none."""
        for word, one in self.vocabulary.movable.items():
            said = {
                word: HELD, one.held: HELD, one.planned: PLANNED, one.called_off: CALLED_OFF, one.notice: SENT,
            }.get(name)  # fmt: skip
            if said is not None:
                label = f"»{one.sv}«" if name != one.notice else f"»{self.kind(name)}«"
                each = f"varje {label}" if said is HELD else ""
                return KindWords(Noun(label, label, label), *said, each, "", {}, {})
        return None

    def value(self, text: str) -> str:
        """A value: the label of a body, else the text itself."""
        return self.bodies.get(text, text)

    def noun(self, text: str, *, quoted: bool = False) -> Noun:
        """A value as a noun; without forms its label, in quotation marks if it is to stand for a thing by itself."""
        known = self.vocabulary.words.things.get(text)
        label = self.value(text).split(" (")[0]
        said = f"»{label}«" if quoted and text not in self.bodies else label
        return known or Noun(said, said, said)

    def attribute(self, name: str) -> str:
        """The label of a field."""
        return self.vocabulary.labels.get(name, name.replace("_", " "))

    def clause(self, name: str) -> str:
        """What a clause of the instrument is called, in quotation marks."""
        return f"»{self.titles.get(name, name)}«"


def names_of(*instruments: Instrument) -> Names:
    """The names that hold within these instruments; the last one's clauses."""
    own = joined(one.facts for one in instruments)
    vocabulary = _wider(tuple((kind, tuple(one.holds.items()), one.occasion) for kind, one in own.items()))
    bodies = dict(vocabulary.bodies)
    for instrument in instruments:
        bodies |= instrument.bodies
    clauses = instruments[-1].clauses if instruments else {}
    return Names(vocabulary, bodies, {name: called(name, clause) for name, clause in clauses.items()})


@lru_cache(maxsize=256)
def _wider(kinds: tuple[tuple[str, tuple[tuple[str, Held], ...], str], ...]) -> Vocabulary:
    """The vocabulary with own kinds; the same ones are asked for again with every duty."""
    return load().extended(kinds={kind: OwnKind(dict(holds), word) for kind, holds, word in kinds}) if kinds else load()


def called(name: str, clause: Clause) -> str:
    """What a clause is called: the act, else the sentence, else its name."""
    return clause.act or (clause.sv or name).rstrip(".")
