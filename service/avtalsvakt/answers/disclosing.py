"""An extract of what is recorded of an agreement, as it is given out to somebody who has asked for it.

In come facts as they were recorded, two days and what is to be masked, out comes each registration with its fields in
words. What is masked says so and by which provision; it is masked also where a correction repeats it. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.evidence.secrecy import provisions
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_engine.intake.fact_dates import written_day
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import ANYWHERE, RECORDS, Vocabulary

RECORDER = "recorder"
MASKED = "[maskat]"
WHOLE = "hela registreringen"
"""What a registration with a secrecy mark is called among what is masked."""
OPTION = "--mask"


class Mask(Struct, frozen=True):
    """A field that is not given out, and the provision by which it is not."""

    field: str
    provision: str


class Given(Struct, frozen=True):
    """A registration as it is given out: its own fields as (what it is called, what it says), and what was masked.

    `secrecy` is the provision by which none of it is given out but its day and its kind.
    """

    id: str
    day: str
    kind: str
    recorded: str
    recorder: str
    fields: tuple[tuple[str, str], ...]
    masked: tuple[str, ...]
    secrecy: str | None = None


class Extract(Struct, frozen=True):
    """All that is given out of an agreement between two days, both included."""

    agreement: str
    start: date
    end: date
    masks: tuple[Mask, ...]
    given: tuple[Given, ...]

    @property
    def masked(self) -> Mapping[str, int]:
        """How many registrations each field was masked in."""
        return {one.field: sum(one.field in given.masked for given in self.given) for one in self.masks}

    @property
    def secrets(self) -> Mapping[str, int]:
        """By provision, how many registrations were masked whole."""
        return Counter(one.secrecy for one in self.given if one.secrecy is not None)


def read_masks(texts: Iterable[str], vocabulary: Vocabulary) -> tuple[Mask, ...]:
    """The masks that options say as FIELD=PROVISION. Raises Rejected."""
    known = {RECORDER, *ANYWHERE, *(name for kind in vocabulary.kinds.values() for name in kind.attributes)}
    problems: list[Problem] = []
    found: dict[str, Mask] = {}
    for text in texts:
        field, _, provision = (part.strip() for part in text.partition("="))
        if field not in known:
            why = "ingen registrering har det"
            problems.append(Problem(f"fältet '{field}' finns inte", OPTION, why, closest(field, known)))
        elif not provision:
            why = "den som begär ut en handling har rätt att få veta varför något är maskat"
            remedy = f'skriv --mask "{field}=OSL 21 kap. 1 §"'
            problems.append(Problem(f"det står inte med stöd av vad {field} maskas", OPTION, why, remedy))
        else:
            found[field] = Mask(field, provision)
    if problems:
        raise Rejected(problems)
    return tuple(found.values())


def extract(
    facts: Sequence[Fact], agreement: str, days: tuple[date, date], masks: tuple[Mask, ...], vocabulary: Vocabulary,
    names: Names,
) -> Extract:  # fmt: skip
    """The registrations of an agreement that are about the days, with what was recorded about them later.

    Those with a secrecy mark are masked whole, and so is what was recorded about them.
    """
    start, end = days
    own = [fact for fact in facts if fact.agreement == agreement]
    about = {fact.id for fact in own if fact.kind not in RECORDS and fact.date <= end and start <= fact.last}
    for fact in own:
        if fact.kind in RECORDS and fact.text("target") in about:
            about.add(fact.id)
    hidden, marks = {one.field for one in masks}, provisions(facts)
    given = tuple(
        _secret(fact, marks[fact.id], names) if fact.id in marks else _given(fact, hidden, vocabulary, names)
        for fact in own if fact.id in about
    )  # fmt: skip
    return Extract(agreement, start, end, masks, given)


def _secret(fact: Fact, provision: str, names: Names) -> Given:
    """A marked registration: that there is one, of which kind and day."""
    day, recorded = written_day(fact.date, fact.precision), fact.recorded[:16].replace("T", " ")
    fields = ((WHOLE, f"{MASKED} ({provision})"),)
    return Given(fact.id, day, names.kind(fact.kind), recorded, MASKED, fields, (), provision)


def _given(fact: Fact, hidden: set[str], vocabulary: Vocabulary, names: Names) -> Given:
    said = dict(_said(fact, names))
    masked = {name for name in said if name.rpartition(".")[2] in hidden}
    fields = tuple(
        (vocabulary.labels.get(part := name.rpartition(".")[2], part), MASKED if name in masked else text)
        for name, text in said.items()
    )
    who = fact.recorder or "okänd"
    masked_fields = {name.rpartition(".")[2] for name in masked} | ({RECORDER} & hidden)
    return Given(
        fact.id, written_day(fact.date, fact.precision), names.kind(fact.kind), fact.recorded[:16].replace("T", " "),
        MASKED if RECORDER in hidden else who, fields, tuple(sorted(masked_fields)),
    )  # fmt: skip


def _said(fact: Fact, names: Names) -> Iterator[tuple[str, str]]:
    """Every field with what it says; those that a correction sets by `set.` and the name."""
    for name, value in fact.attributes.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{part}", _words(one, names)) for part, one in value.items())
        else:
            yield name, _words(value, names)


def _words(value: object, names: Names) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(names.value(str(one)) for one in value)
    return names.value(str(value)) if value is not None else "borttaget"
