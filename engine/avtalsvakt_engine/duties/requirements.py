"""Where an agreement and a text above it ask for the same act: which of them asks for most, in what, and who governs.

In come the instruments that bind one agreement, out come groups of clauses that the same facts show done, and for each
the demands in order of strictness. Source: semantics.md § Instruments in time; reading DUBBEL says which texts count.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.dates.deadlines import Marks, date_of
from avtalsvakt_engine.dates.periods import periods
from avtalsvakt_engine.duties.unfolding_context import wanted
from avtalsvakt_engine.readings_in_use import InUse, in_use
from avtalsvakt_engine.verdicts import Asked, Period, Requirement
from avtalsvakt_engine.verdicts import Clause as Place
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.language.instrument import BY_PARTIES, Clause, Instrument
from avtalsvakt_rules.language.when import BLOCK, When
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.rulebook import Rulebook

# How an act was done, not which act it was: what one text asks for here and another does not is more content.
QUALITIES = frozenset({"parties", "attendees", "chair", "elements", "form", "signed_by"})
# In what respects one demand can go further than another, the weightiest first.
RESPECTS = ("norm", "times", "spread", "due", "contents")
# Two years, a leap year and a common one, with a whole number of weeks.
SAMPLE = (date(2024, 1, 1), date(2025, 12, 28))
YEARS = 2

Named = tuple[str, str, str]  # whose duty it is, the instrument that asks, its clause


class Demand(Struct, frozen=True, dict=True):
    """A clause that asks for an act over and over. `number` is what it asks for, as written or as amended."""

    instrument: Instrument
    name: str
    clause: Clause
    readings: InUse
    number: int

    owner: str

    @property
    def times_a_year(self) -> Fraction:
        """How many acts in a year."""
        return self.number * self._occasions

    @cached_property
    def strictness(self) -> tuple[Fraction, ...]:
        """How far the demand goes in each of RESPECTS; more is stricter."""
        binding = self.clause.duty_norm == "shall" or self.readings.get("BOR") == "duty"
        contents = len(self.clause.including) + max(len(_qualities(one)) for one in self.clause.what)
        pace = (self.times_a_year, self._occasions, Fraction(self._days_before_end))
        return Fraction(int(binding)), *pace, Fraction(contents)

    def further(self, other: "Demand") -> tuple[str, ...]:
        """In what respects it goes further than another; the last day counts only where the periods are alike."""
        found = zip(RESPECTS, self.strictness, other.strictness, strict=True)
        alike = self._occasions == other._occasions
        return tuple(name for name, mine, theirs in found if mine > theirs and (name != "due" or alike))

    @cached_property
    def _occasions(self) -> Fraction:
        """How many of the clause's periods there are in a year, without those that it leaves out."""
        when = self.clause.when
        if when is None or when.form == "years":
            return Fraction(1, (when and when.years) or 1)
        if when.every:
            return Fraction(12, when.every)
        return Fraction(sum(wanted(one.start, when, self.readings) for one in _sample(when.period or "year")), YEARS)

    @property
    def _days_before_end(self) -> int:
        """How many days before the end of its period the last day is; negative where it is after."""
        when = self.clause.when
        if when is None or when.due is None or when.form != "period":
            return 0
        first = next(_blocks(when) if when.every else _sample(when.period or "year"))
        marks, readings = Marks(first.start, first.end, week=when.period == "week"), self.readings
        due = date_of(when.due, marks, sexman=readings.get("SEXMAN"), vardag=readings.working_days)
        return (first.end - due).days if due else 0


def _blocks(when: When) -> Iterator[Period]:
    return periods(BLOCK, *SAMPLE, anchor=when.starting, months=when.every)


def _sample(kind: str) -> Iterator[Period]:
    return periods(kind, *SAMPLE)


class Doubled(Struct, frozen=True):
    """Clauses of several instruments that the same facts show done, for one agreement; how they are read together."""

    agreement: str
    clauses: tuple[Named, ...]
    choice: str = "both"

    @property
    def name(self) -> str:
        """The agreement's own first clause among them names the requirement."""
        mine = next((name for _, source, name in self.clauses if source == self.agreement), self.clauses[0][2])
        return f"{self.agreement}.{mine}"

    def among(self, clauses: Sequence[Named]) -> "Doubled":
        """The group where only these of its clauses apply: a choice between two texts needs both."""
        sides = {source == self.agreement for owner, source, _ in clauses if owner == self.agreement}
        return self if len(sides) > 1 else replace(self, choice="both")

    def governs(self, owner: str, source: str) -> bool:
        """Whether a text counts: an agreement's by the reading DUBBEL, a statute's (a municipality's duty) always."""
        agreed = owner == self.agreement and self.choice != "both"
        return not agreed or (self.choice == "local") is (source == self.agreement)


def doubled(rulebook: Rulebook, agreement: Instrument, sources: Iterable[Instrument]) -> tuple[Doubled, ...]:
    """The groups of an agreement's clauses, those of the sources over it and of statutes that ask for the same act."""
    over = [(agreement.instrument, one) for one in sources if one.instrument != agreement.instrument]
    found = [
        (owner, one, name, clause)
        for owner, one in ((agreement.instrument, agreement), *over, *_statutes(rulebook, agreement))
        for name, clause in one.clauses.items()
        if recurs(clause) and clause.downward is (one.instrument != agreement.instrument)
    ]
    if len({one.instrument for _, one, *_ in found}) < 2:
        return ()
    groups: list[list[int]] = []
    for place, entry in enumerate(found):
        near = [group for group in groups if any(_rivals(entry, found[other]) for other in group)]
        groups = [*(group for group in groups if group not in near), sorted(sum(near, [place]))]
    several = [[found[one] for one in group] for group in groups]
    return tuple(
        Doubled(
            agreement.instrument,
            tuple((owner, one.instrument, name) for owner, one, name, _ in group),
            _choice(rulebook, [(one, clause) for owner, one, _, clause in group if owner == agreement.instrument]),
        )
        for group in several
        if len({one.instrument for _, one, *_ in group}) > 1
    )


def doubled_with(rulebook: Rulebook, agreement: Instrument, sources: Iterable[Instrument]) -> tuple[Doubled, ...]:
    """The same groups seen from either side: a municipality's are those of the agreements that hold for all of it."""
    if agreement.level != "municipality":
        return doubled(rulebook, agreement, sources)
    over = [rulebook.instruments[name] for name in rulebook.covering(agreement)]
    groups = (group for one in over for group in doubled(rulebook, one, rulebook.chain(one)))
    return tuple(group for group in groups if any(owner == agreement.instrument for owner, *_ in group.clauses))


def _statutes(rulebook: Rulebook, agreement: Instrument) -> list[tuple[str, Instrument]]:
    """The statutes that bind the municipality for the whole of which an agreement holds, with that municipality."""
    own = rulebook.municipalities.get(agreement.municipality or "")
    if own is None or agreement.level not in BY_PARTIES:
        return []
    return [(own.instrument, statute) for statute in rulebook.chain(own)]


def overlapping(one: Instrument, other: Instrument) -> bool:
    """Whether two instruments, by what their files say, are in force on the same day some time."""
    (first, last), (begins, ends) = written_term(one), written_term(other)
    return first <= ends and begins <= last


def written_term(instrument: Instrument) -> tuple[date, date]:
    """First and last day by what the file says, with the extensions that it reports; facts may say otherwise."""
    ends = [instrument.term.to, *(one.to for one in instrument.extended)]
    last = max((limits(end)[1] for end in ends if end), default=date.max)
    return limits(instrument.term.from_)[0], last if instrument.term.to else date.max


def recurs(clause: Clause) -> bool:
    """Whether a clause asks for something over and over, at a pace that can be held against another's."""
    floor = clause.at_most is None or clause.written("at_least")
    pace = clause.when is not None and clause.when.form in ("period", "years")
    return clause.computed and clause.duty_norm in ("shall", "should") and pace and floor


def _rivals(one: tuple[str, Instrument, str, Clause], other: tuple[str, Instrument, str, Clause]) -> bool:
    """Whether two clauses of different instruments ask for the same act, of the same party or at the same places."""
    (_, mine, _, clause), (_, theirs, _, rival) = one, other
    alike = {one.per for one in (clause, rival) if not one.downward} <= {None} or clause.per == rival.per
    return (
        mine.instrument != theirs.instrument
        and alike
        and any(_same_act(a, b, mine, theirs) for a in clause.what for b in rival.what)
    )


def _same_act(one: p.Pattern, other: p.Pattern, mine: Instrument, theirs: Instrument) -> bool:
    """Whether one fact may show both: the same kind, the same attributes asked for, and values that meet."""
    if one.kind != other.kind:
        return False
    asked, wanted_there = _act(one, mine), _act(other, theirs)
    return asked.keys() == wanted_there.keys() and all(_meet(asked[name], wanted_there[name]) for name in asked)


def _act(pattern: p.Pattern, instrument: Instrument) -> dict[str, object]:
    """What says which act it is: texts as sets, an annex by its name, anything else as it stands."""
    out: dict[str, object] = {}
    for name, value in pattern.values:
        if name in _qualities(pattern):
            continue
        texts = value.texts if isinstance(value, p.OneOf) else None
        named = map(instrument.annex_name, texts) if texts and name == "annex" else texts
        out[name] = value if named is None else frozenset(named)
    return out


def _qualities(pattern: p.Pattern) -> set[str]:
    how = p.Met | p.Compare | p.Length
    return {name for name, value in pattern.values if name in QUALITIES or isinstance(value, how)}


def _meet(one: object, other: object) -> bool:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return not one.isdisjoint(other)
    return one == other


def _choice(rulebook: Rulebook, group: Sequence[tuple[Instrument, Clause]]) -> str:
    """The choice of DUBBEL: this run's, else the first text's that makes one, the agreement's before those over it."""
    if "DUBBEL" in rulebook.overrides:
        return rulebook.overrides["DUBBEL"]
    for instrument, clause in group:
        if own := clause.readings.codes.get("DUBBEL") or instrument.readings.get("DUBBEL"):
            return own.choice
    return load_readings()["DUBBEL"].default


def demand(rulebook: Rulebook, named: Named, number: int | None = None) -> Demand:
    """What a clause asks for."""
    owner, source, name = named
    instrument = rulebook.instruments[source]
    clause = instrument.clauses[name]
    number = clause.at_least if number is None else number
    return Demand(instrument, name, clause, in_use(rulebook, instrument, clause), number, owner)


def strictest_first(demands: Iterable[Demand]) -> list[Demand]:
    """The demands, the strictest first; of equals in the order given."""
    return sorted(demands, key=lambda one: one.strictness, reverse=True)


def requirement(
    rulebook: Rulebook, group: Doubled, clauses: Iterable[Named], number: Callable[[Named], int]
) -> Requirement:
    """What a group comes to where these of its clauses apply: the strictest that governs, and why, and every source."""
    clauses = list(clauses)
    group = group.among(clauses)
    ordered = strictest_first(demand(rulebook, one, number(one)) for one in clauses)
    ordered.sort(key=lambda one: not group.governs(one.owner, one.instrument.instrument))
    first = ordered[0]
    others = [one for one in ordered[1:] if group.governs(one.owner, one.instrument.instrument)]
    because = next(iter((*first.further(others[0]), "equal")), "equal") if others else "governs"
    asked = tuple(_asked(one, first, group) for one in ordered)
    return Requirement(group.name, group.agreement, group.choice, because, asked)


def _asked(one: Demand, first: Demand, group: Doubled) -> Asked:
    at = one.clause.at
    return Asked(
        one.owner,
        one.instrument.instrument,
        one.name,
        Place(one.instrument.document, at.section_text, at.paragraph_text),
        one.clause.modality,
        one.number,
        one.times_a_year,
        group.governs(one.owner, one.instrument.instrument),
        one.further(first),
    )
