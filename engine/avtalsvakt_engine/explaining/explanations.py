"""Why a verdict is what it is, in Swedish and in one screen: lines under headings, as values.

In come a verdict and its background (rules, visible facts, the agreement's other verdicts, its terms), out comes an
Explanation. Pure, and cheap enough to make on demand. Source: semantics.md, section Explanations.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from avtalsvakt_engine.duties.requirements import Doubled, doubled_with
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.explaining_evidence import (
    Seen,
    counted,
    demand_lines,
    missing,
    not_counted,
    waiver_lines,
)
from avtalsvakt_engine.explaining.explaining_links import chain_lines, source_lines
from avtalsvakt_engine.explaining.explaining_receipt import receipt_lines
from avtalsvakt_engine.explaining.explaining_summary import summary, title
from avtalsvakt_engine.explaining.explaining_time import term_lines, time_lines, until_line
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.rulesets.labels import rule_words
from avtalsvakt_engine.terms.timeline import Timeline
from avtalsvakt_engine.verdicts import ASKS, Verdict
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

DONE = ("fulfilled", "fulfilled_late", "waived")
OPEN = ("pending", "at_risk", "overdue", "recommendation_not_met")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say of one duty: its name, its status as code and in a sentence, and the reasons in order."""

    duty: str
    title: str
    status: str
    summary: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Background:
    """What an explanation draws on besides the verdict.

    `verdicts` are all of the agreement's, `facts` its visible facts by id, `timelines` those of the agreement and of
    the instruments over it, by id; `corrected` says which corrections were applied to a fact.
    """

    rulebook: Rulebook
    as_of: date
    verdicts: Sequence[Verdict]
    facts: Mapping[str, Fact]
    timelines: Mapping[str, Timeline]
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def instrument(self, name: str) -> Instrument:
        """The instrument with that id."""
        return self.rulebook.instruments[name]

    @cached_property
    def doubled(self) -> tuple[Doubled, ...]:
        """What several of the texts that the verdicts come from ask the agreement for."""
        agreement = next((one.agreement for one in self.verdicts), None)
        sources = map(self.instrument, sorted({one.instrument for one in self.verdicts}))
        return doubled_with(self.rulebook, self.instrument(agreement), sources) if agreement else ()


def explain(verdict: Verdict, background: Background) -> Explanation:
    """The explanation of a verdict."""
    return _Explaining(verdict, background).whole()


class _Explaining:
    """One explanation in the making."""

    def __init__(self, verdict: Verdict, background: Background) -> None:
        self.verdict, self.background, self.as_of = verdict, background, background.as_of
        self.agreement, self.source = (
            background.instrument(verdict.agreement),
            background.instrument(verdict.instrument),
        )
        self.clause: Clause | None = self.source.clauses.get(verdict.obligation)

    @cached_property
    def names(self) -> Names:
        """What ids are called here."""
        return names_of(self.agreement, self.source)

    @cached_property
    def seen(self) -> Seen:
        """What the lines about evidence are drawn from."""
        known = self.background
        return Seen(self.verdict, self.clause, self.names, known.facts, known.corrected, self.as_of)

    def whole(self) -> Explanation:
        """Every part that has something to say."""
        parts = [Part(heading, lines) for heading, found in self._parts() if (lines := tuple(found))]
        verdict, clause, facts = self.verdict, self.clause, self.background.facts
        return Explanation(
            verdict.duty,
            title(verdict, clause, facts),
            verdict.status,
            summary(verdict, self.as_of, clause, self.names, facts),
            tuple(parts),
        )

    def _parts(self) -> Iterator[tuple[str, Iterable[str]]]:
        verdict, clause = self.verdict, self.clause
        yield "Klausul", self._clause_lines()
        if clause is not None:
            facts, timelines = self.background.facts, self.background.timelines
            trigger, book = facts.get(verdict.trigger or ""), self.background.rulebook
            receipt = receipt_lines(trigger, facts, self.agreement, book, self.names)
            yield "Tid", chain(time_lines(verdict, clause, self.names, facts, timelines, self.as_of), receipt)
            yield "Krav", demand_lines(self.seen, clause, self.background.verdicts)
        yield "Räknas", counted(self.seen)
        yield "Räknas inte", not_counted(self.seen)
        if verdict.status == "waived":
            yield "Undantag", waiver_lines(self.seen)
        if clause is not None and verdict.status in OPEN:
            yield "Saknas", missing(self.seen, clause)
        settled = verdict.status in DONE  # what is missing no longer decides anything
        yield "Att notera", (labels.flag(one) for one in verdict.flags if not (settled and one.startswith(ASKS)))
        if clause is not None:
            yield "Kedja", chain_lines(verdict, clause, self.source, self.background.verdicts, self.background.facts)
            known = self.background
            yield "Källor", source_lines(verdict, known.verdicts, known.doubled, known.rulebook)
        yield "Läsningar", self._readings()
        yield "Avtal", term_lines(verdict, self.background.timelines, self._levels())
        yield "Regler", self._rules()
        yield "Står sig", (until_line(verdict),)

    def _clause_lines(self) -> Iterator[str]:
        clause = self.clause
        if clause is not None and clause.sv and clause.act:  # without an act the sentence is the title
            yield clause.sv
        yield ", ".join(filter(None, (self.source.title, place_in(self.source, clause.at) if clause else "")))
        who = f", {self.names.value(self.verdict.bearer)}" if self.verdict.bearer else ""
        yield f"{labels.MODALITIES.get(self.verdict.modality, self.verdict.modality)}{who}"

    def _readings(self) -> Iterator[str]:
        shown = [f"{reading(code, choice)}{self._chosen_by(code)} [{code}]" for code, choice in self.verdict.readings]
        if shown:
            yield " · ".join(shown)

    def _chosen_by(self, code: str) -> str:
        if code in self.background.rulebook.overrides:
            return " (vald för den här gången)"
        if self.clause is not None and self.clause.readings.codes.get(code):
            return " (klausulens val)"
        return " (avtalets val)" if code in self.source.readings else ""

    def _rules(self) -> Iterator[str]:
        if self.verdict.rules:
            yield " ".join(filter(None, map(self._rule, self.verdict.rules)))
        for name in dict.fromkeys((self.verdict.agreement, self.verdict.instrument)):
            timeline, level = self.background.timelines.get(name), self._levels()[name]
            if timeline is not None and timeline.fired and level != "municipality":
                yield f"{name}: {_said(timeline.fired, law=level == 'statute')}"

    def _rule(self, rule: str) -> str:
        """What a rule says of this duty: a state and an answer have no record of their own."""
        if rule in labels.BREACHES and self.verdict.attest:
            return "Svaret är nej."
        if rule in labels.BREACHES and self.clause and self.clause.when and self.clause.when.form == "always":
            return "Det som är registrerat visar inte allt som krävs."
        return rule_words(rule, law=self.source.level == "statute")

    def _levels(self) -> Mapping[str, str]:
        return {one.instrument: one.level for one in (self.agreement, self.source)}


def _said(rules: Iterable[str], *, law: bool) -> str:
    return " ".join(filter(None, (rule_words(rule, law=law) for rule in rules)))
