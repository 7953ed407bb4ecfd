"""The register of clauses: every normative statement, how it binds whom, and what accounts for it. Pure values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import Names, names_of, when_words
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_rules.language import KEYS_JUDGED, Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of one instrument under the readings in force."""

    instrument: Instrument
    name: str
    clause: Clause
    names: Names
    readings: tuple[tuple[str, str], ...]

    @property
    def accounted(self) -> str:
        """computed, attested or not_checkable."""
        return self.clause.accounted

    @property
    def obligations(self) -> tuple[str, ...]:
        """The obligations that compute the statement, or the keys of the file that the engine itself uses."""
        if self.accounted != "computed":
            return ()
        own = self.instrument.instrument
        named = self.clause.computed_by or (self.name,)
        return tuple(
            one if one in KEYS_JUDGED or one not in self.instrument.clauses else f"{own}.{one}" for one in named
        )

    @property
    def asked(self) -> str | None:
        """How often the function is asked, where the statement is attested."""
        return when_words(self.clause, self.names) if self.accounted == "attested" else None


def entries(rulebook: Rulebook, instruments: Iterable[str] = (), accounted: Iterable[str] = ()) -> Iterator[Entry]:
    """Every statement in the order of the texts; only of some instruments or classes where given."""
    wanted, classes = set(instruments), set(accounted)
    for one in sorted(rulebook.instruments.values(), key=lambda one: (one.level != "superior", one.instrument)):
        if wanted and one.instrument not in wanted:
            continue
        names = names_of(one)
        for name, clause in one.clauses.items():
            if not classes or clause.accounted in classes:
                yield Entry(one, name, clause, names, in_use(rulebook, one, clause).shown)


def row(entry: Entry) -> Row:
    """The statement as fields, for JSON and CSV."""
    at, clause = entry.clause.at, entry.clause
    return {
        "instrument": entry.instrument.instrument,
        "clause": entry.name,
        "document": entry.instrument.document,
        "section": at.section,
        "annex": at.annex,
        "part": at.part,
        "paragraph": at.paragraph,
        "row": at.row,
        "sentence": at.sentence,
        "item": at.item,
        "sv": clause.sv,
        "en": clause.en,
        "modality": clause.modality,
        "bearer": clause.who,
        "counterparty": clause.to,
        "class": entry.accounted,
        "obligations": list(entry.obligations),
        "attested_by": clause.attest,
        "asked": entry.asked,
        "reason": clause.note,
        "readings": dict(entry.readings),
    }


def stands(entry: Entry) -> str:
    """Where the statement stands, in words."""
    return place_in(entry.instrument, entry.clause.at)


def modality_word(clause: Clause) -> str:
    """How the statement binds, in one or two words."""
    return "definition" if clause.norm[0] == "defines" else labels.MODALITIES[clause.modality]


def between(entry: Entry) -> str:
    """Who is bound and towards whom: `parterna → varandra`."""
    who, to = entry.clause.who, entry.clause.to
    return " → ".join(entry.names.value(one) for one in (who, to) if one)


def account_words(entry: Entry) -> str:
    """What accounts for the statement, in one sentence without a stop."""
    clause = entry.clause
    if clause.attest is not None:
        return f"intygas av {entry.names.value(clause.attest)}, {entry.asked}"
    if clause.note is not None:
        return f"kan inte prövas: {clause.note.strip().rstrip('.')}"
    if not clause.computed_by:
        return f"beräknas, {when_words(clause, entry.names)}"
    return f"prövas genom {', '.join(_target(one, entry.instrument) for one in clause.computed_by)}"


def _target(name: str, instrument: Instrument) -> str:
    """What a key of the file or a clause is called: the clause by its act, where it is one of the same text."""
    clause = instrument.clauses.get(name)
    return labels.FILE_KEYS.get(name) or (f"»{clause.act}«" if clause and clause.act else name)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements one instrument has of each class and modality."""

    instrument: str
    classes: Counter[str]
    modalities: Counter[str]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.classes.values())


def counts(found: Sequence[Entry]) -> list[Counts]:
    """The numbers by instrument, in the order of the entries."""
    out: dict[str, Counts] = {}
    for entry in found:
        name = entry.instrument.instrument
        one = out.setdefault(name, Counts(name, Counter(), Counter()))
        one.classes[entry.accounted] += 1
        one.modalities[entry.clause.modality] += 1
    return list(out.values())
