"""Why a verdict is what it is, in Swedish and in one screen: lines under headings, as values.

In come a verdict and its background (rules, visible facts, the agreement's other verdicts, its life), out comes an
Explanation. Pure, and cheap enough to make on demand. Source: semantics.md, section Explanations.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from avtalsvakt_engine import labels
from avtalsvakt_engine.clause_words import Names, condition_words, effect_words, evidence_words, names_of, part_words
from avtalsvakt_engine.explaining_attest import demand_line, missing_lines, progress
from avtalsvakt_engine.explaining_links import chain_lines, source_lines
from avtalsvakt_engine.explaining_time import life_lines, time_lines, until_line
from avtalsvakt_engine.fact_words import fact_words
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.matching import texts
from avtalsvakt_engine.reading_labels import reading
from avtalsvakt_engine.requirements import Doubled, doubled_with
from avtalsvakt_engine.rulesets.labels import RULE_LABELS
from avtalsvakt_engine.terms import Timeline
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.patterns import ITSELF
from avtalsvakt_rules.rulebook import Rulebook

SHOWN = 6  # facts listed under one heading; the rest is counted
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

    def whole(self) -> Explanation:
        """Every part that has something to say."""
        parts = [Part(heading, lines) for heading, found in self._parts() if (lines := tuple(found))]
        title = (self.clause.act if self.clause else None) or self.verdict.obligation
        if self.verdict.period:
            title = f"{title} · {self.verdict.period.label}"
        return Explanation(
            self.verdict.duty, title, self.verdict.status, summary(self.verdict, self.as_of), tuple(parts)
        )

    def _parts(self) -> Iterator[tuple[str, Iterable[str]]]:
        verdict, clause = self.verdict, self.clause
        yield "Klausul", self._clause_lines()
        if clause is not None:
            facts, timelines = self.background.facts, self.background.timelines
            yield "Tid", time_lines(verdict, clause, self.names, facts, timelines, self.as_of)
            yield "Krav", self._demand_lines(clause)
        yield "Räknas", self._counted()
        yield "Räknas inte", self._not_counted()
        if clause is not None and verdict.status in OPEN:
            yield "Saknas", self._missing(clause)
        yield "Att notera", map(labels.flag, verdict.flags)
        if clause is not None:
            yield "Kedja", chain_lines(verdict, clause, self.source, self.background.verdicts, self.background.facts)
            known = self.background
            yield "Källor", source_lines(verdict, known.verdicts, known.doubled, known.rulebook)
        yield "Läsningar", self._readings()
        yield "Avtal", life_lines(verdict, self.background.timelines)
        yield "Regler", self._rules()
        yield "Står sig", (until_line(verdict),)

    def _clause_lines(self) -> Iterator[str]:
        clause, address = self.clause, self.verdict.clause
        if clause is not None and clause.sv:
            yield clause.sv
        place = [self.source.title]
        if address.section:
            place.append(f"{'' if clause is not None and clause.at.annex else 'avsnitt '}{address.section}")
        if address.paragraph:
            place.append(f"{'rad' if clause is not None and clause.at.row else 'stycke'} {address.paragraph}")
        yield ", ".join(place)
        who = f", {self.names.value(self.verdict.bearer)}" if self.verdict.bearer else ""
        yield f"{labels.MODALITIES.get(self.verdict.modality, self.verdict.modality)}{who}"

    def _demand_lines(self, clause: Clause) -> Iterator[str]:
        text = demand_line(clause) if clause.attest else evidence_words(clause, self.names)
        changed = self.verdict.required not in (0, clause.at_least, len(clause.including))
        yield f"{text}; ändrat till {self.verdict.required}" if changed else text
        for prefix, conditions in (("om", clause.given), ("utom om", clause.unless)):
            yield from (f"{prefix} {condition_words(condition, self.names)}" for condition in conditions)
        if effect := effect_words(clause, self.names):
            yield f"verkan: {effect}"

    def _counted(self) -> Iterator[str]:
        yield from _few([self._fact(one) for one in self.verdict.facts])

    def _not_counted(self) -> Iterator[str]:
        found = [
            f"{self._fact(one.fact)}: {labels.REASONS.get(one.reason, one.reason)}" for one in self.verdict.not_counted
        ]
        yield from _few(found)

    def _fact(self, name: str) -> str:
        fact = self.background.facts.get(name)
        if fact is None:
            return name
        mended = self.background.corrected.get(name, ())
        return fact_words(fact, self.names) + (f", rättad genom {', '.join(mended)}" if mended else "")

    def _missing(self, clause: Clause) -> Iterator[str]:
        verdict = self.verdict
        if clause.attest:
            yield from missing_lines(verdict, clause, verdict.days_left(self.as_of))
            return
        if "asks_attribute" in verdict.flags:
            yield from self._asked(clause)
        elif clause.including:
            yield from self._parts_missing(clause)
        elif (left := verdict.required - verdict.counted) > 0:
            one = evidence_words(clause.model_copy(update={"at_least": 1}), self.names)
            yield f"{left} × {one}" if left > 1 else one
        yield from self._last_day()

    def _asked(self, clause: Clause) -> Iterator[str]:
        patterns = [pattern for pattern in clause.what if pattern.kind == ITSELF]
        asked = [name for pattern in patterns for name, _ in pattern.values]
        asked += [name for part in clause.including if patterns for name in part]
        what = ", ".join(map(self.names.attribute, dict.fromkeys(asked))) or "den uppgift som avgör"
        yield f"uppgift om {what}: rätta registreringen med 'avtalsvakt correct'"

    def _parts_missing(self, clause: Clause) -> Iterator[str]:
        shown = list(self.verdict.facts)
        if clause.what[0].kind == ITSELF and self.verdict.trigger:  # what its own record does say is not missing
            shown.append(self.verdict.trigger)
        facts = [fact for one in shown if (fact := self.background.facts.get(one))]
        for part in clause.including:
            if not any(_shows(fact, part) for fact in facts):
                yield part_words(part, self.names)

    def _last_day(self) -> Iterator[str]:
        verdict = self.verdict
        if verdict.due is None:
            return
        left = verdict.days_left(self.as_of) or 0
        if left >= 0:
            yield f"sista dag att göra det: {verdict.due} ({_days(left)} kvar)"
        elif not verdict.curable:
            yield "det går inte att göra i efterhand"
        elif verdict.status == "overdue":
            named = verdict.period is not None and ("SENT", "documents") in verdict.readings
            how = f"; handlingen ska då ange perioden {verdict.period.label}" if named and verdict.period else ""
            yield f"kan ännu göras i efterhand, som uppfyllt för sent{how}"

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
            yield " ".join(RULE_LABELS.get(rule, rule) for rule in self.verdict.rules)
        for name in dict.fromkeys((self.verdict.agreement, self.verdict.instrument)):
            timeline = self.background.timelines.get(name)
            if timeline is not None and timeline.fired:
                yield f"{name}: " + " ".join(RULE_LABELS.get(rule, rule) for rule in timeline.fired)


def summary(verdict: Verdict, as_of: date) -> str:
    """The status in one sentence: `Närmar sig: 1 av 2 gjort, 38 dagar kvar till 2026-12-31`."""
    details = ", ".join(_details(verdict, as_of))
    word = labels.status(verdict.status)
    return f"{word[:1].upper()}{word[1:]}" + (f": {details}" if details else "")


def _details(verdict: Verdict, as_of: date) -> Iterator[str]:
    if verdict.status in ("not_applicable", "not_evaluated"):
        why = verdict.reason or (verdict.rules[-1] if verdict.rules else None)
        if why:
            text = RULE_LABELS.get(why, why)
            yield f"{text[:1].lower()}{text[1:]}".rstrip(".")
        return
    if verdict.required:
        yield _progress(verdict)
    left = verdict.days_left(as_of)
    if left is None or verdict.status not in OPEN:
        return
    if left > 0:
        yield f"{_days(left)} kvar till {verdict.due}"
    elif left == 0:
        yield "sista dagen är i dag"
    else:
        yield f"{_days(-left)} sedan sista dagen {verdict.due}"


def _progress(verdict: Verdict) -> str:
    if verdict.attest:
        return progress(verdict)
    counted = f"{verdict.counted} av {verdict.required} gjort i tid"
    if verdict.status == "fulfilled_late":
        return f"{counted}, resten efteråt" if verdict.counted else "gjort efteråt"
    if verdict.counted:
        return counted
    return "inte gjort" if verdict.required == 1 else f"inget av {verdict.required} gjort"


def _days(number: int) -> str:
    return f"{number} dag" if number == 1 else f"{number} dagar"


def _few(lines: list[str]) -> Iterator[str]:
    yield from lines[-SHOWN:] if len(lines) <= SHOWN else lines[-SHOWN + 1 :]
    if len(lines) > SHOWN:
        yield f"och {len(lines) - SHOWN + 1} tidigare"


def _shows(fact: Fact, part: Mapping[str, str | list[str]]) -> bool:
    return all(
        set(texts(fact.attributes.get(name))) & ({wanted} if isinstance(wanted, str) else set(wanted))
        for name, wanted in part.items()
    )
