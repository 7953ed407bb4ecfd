"""The register of clauses: every normative statement, how it binds whom, and what accounts for it. Pure values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import when_words
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_rules.language.accounts import Part
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

Row = dict[str, object]


class Entry(Struct, frozen=True):
    """One statement of one instrument under the readings in force."""

    instrument: Instrument
    name: str
    clause: Clause
    names: Names
    readings: tuple[tuple[str, str], ...]

    @property
    def accounted(self) -> str:
        """computed, part, attested, asked, given or not_checkable."""
        return self.clause.accounted

    @property
    def obligations(self) -> tuple[str, ...]:
        """The obligations whose duties judge the statement: its own, or those that it is a part of."""
        if self.accounted == "computed":
            return (self._full(self.name),)
        return tuple(dict.fromkeys(self._full(part.clause) for part in self.clause.part_of))

    @property
    def elements(self) -> tuple[str, ...]:
        """What the statement is of those obligations, where it is not the whole."""
        return tuple(element for part in self.clause.part_of for element in part.elements)

    @property
    def asked_in(self) -> tuple[str, ...]:
        """The clauses in which the statement is asked about."""
        return tuple(map(self._full, self.clause.asked_in))

    def _full(self, name: str) -> str:
        return f"{self.instrument.instrument}.{name}" if name in self.instrument.clauses else name

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
        "short_title": entry.instrument.called,
        "clause": entry.name,
        "document": entry.instrument.document,
        "section": at.section,
        "annex": at.annex,
        "part": at.part,
        "paragraph": at.paragraph,
        "row": at.row,
        "sentence": at.sentence,
        "item": at.item,
        "statement": at.statement,
        "sv": clause.sv,
        "en": clause.en,
        "title": clause.duty_title if clause.judged else None,
        "act": clause.act,
        "question": clause.asked_as,
        "modality": clause.modality,
        "bearer": clause.who,
        "counterparty": clause.to,
        "class": entry.accounted,
        "obligations": list(entry.obligations),
        "elements": list(entry.elements),
        "asked_in": list(entry.asked_in),
        "given_by": list(clause.given_by),
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
    if clause.given_by:
        return f"följer av {', '.join(labels.FILE_KEYS[key] for key in clause.given_by)}"
    if clause.asked_in:
        return f"frågas om i {', '.join(_called(one, entry.instrument) for one in clause.asked_in)}"
    if clause.part_of:
        return f"är en del av {', '.join(_part(one, entry) for one in clause.part_of)}"
    return f"beräknas, {when_words(clause, entry.names)}"


def _part(part: Part, entry: Entry) -> str:
    called = _called(part.clause, entry.instrument)
    named = [labels.ELEMENTS.get(one) or entry.names.value(one) for one in part.elements]
    return f"{called} ({', '.join(named)})" if named else called


def _called(name: str, instrument: Instrument) -> str:
    """What a clause is called: by its act, where it is one of the same text."""
    clause = instrument.clauses.get(name)
    return f"»{clause.act}«" if clause and clause.act else name


class Counts(Struct, frozen=True):
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
