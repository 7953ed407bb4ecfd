"""Why a verdict is what it is, in Swedish and in one screen: lines under headings, as values.

In come a verdict and its background (rules, visible facts, the agreement's other verdicts, its terms), out comes an
Explanation. Pure, and cheap enough to make on demand. Source: semantics.md, section Explanations.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from msgspec import Struct, field

from avtalsvakt_engine.duties.requirements import Doubled, doubled_with
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.explaining_evidence import counted, demand_lines, latest, not_counted, waiver_lines
from avtalsvakt_engine.explaining.explaining_links import chain_lines, inherited_lines, source_lines
from avtalsvakt_engine.explaining.explaining_missing import remaining
from avtalsvakt_engine.explaining.explaining_receipt import presumed_lines, receipt_lines
from avtalsvakt_engine.explaining.explaining_summary import OPEN, summary, title
from avtalsvakt_engine.explaining.explaining_terms import matters, term_lines
from avtalsvakt_engine.explaining.explaining_time import time_lines, until_lines, working_day_lines
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_engine.explaining.seen import Records, Seen
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.rulesets.labels import rule_words
from avtalsvakt_engine.terms.timeline import Timeline
from avtalsvakt_engine.verdicts import ASKS, Verdict
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

DONE = ("fulfilled", "fulfilled_late", "waived")


class Part(Struct, frozen=True):
    """Lines under one heading; `more` are those that one has to ask for."""

    heading: str
    lines: tuple[str, ...]
    more: bool = False


class Explanation(Struct, frozen=True):
    """What there is to say of one duty: its name, its status as code and in a sentence, and the reasons in order."""

    duty: str
    title: str
    status: str
    summary: str
    parts: tuple[Part, ...]


class Background(Struct, frozen=True, dict=True):
    """What an explanation draws on besides the verdict.

    `verdicts` are all of the agreement's, `facts` its visible facts by id, `timelines` those of the agreement and of
    the instruments over it, by id; `records` are what was recorded about other records.
    """

    rulebook: Rulebook
    as_of: date
    verdicts: Sequence[Verdict]
    facts: Mapping[str, Fact]
    timelines: Mapping[str, Timeline]
    records: Records = field(default_factory=Records)

    def instrument(self, name: str) -> Instrument:
        """The instrument with that id."""
        return self.rulebook.instruments[name]

    @cached_property
    def doubled(self) -> tuple[Doubled, ...]:
        """What several of the texts that the verdicts come from ask the agreement for."""
        agreement = next((one.agreement for one in self.verdicts), None)
        sources = map(self.instrument, sorted({one.instrument for one in self.verdicts}))
        return doubled_with(self.rulebook, self.instrument(agreement), sources) if agreement else ()

    def names(self, agreement: str, source: str) -> Names:
        """What ids are called where an instrument binds the agreement."""
        key = agreement, source
        if key not in self._names:
            self._names[key] = names_of(self.instrument(agreement), self.instrument(source))
        return self._names[key]

    @cached_property
    def _names(self) -> dict[tuple[str, str], Names]:
        return {}


def explain(verdict: Verdict, background: Background) -> Explanation:
    """The explanation of a verdict."""
    return _Explaining(verdict, background).whole()


NOBODY = "ingen angiven"
"""What a clause says where the text names no bearer."""


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
        return self.background.names(self.verdict.agreement, self.verdict.instrument)

    @cached_property
    def seen(self) -> Seen:
        """What the lines about evidence are drawn from."""
        known = self.background
        return Seen(self.verdict, self.clause, self.names, known.facts, known.records, self.as_of)

    def whole(self) -> Explanation:
        """Every part that has something to say; last, the words in it that have to be explained."""
        told = summary(self.verdict, self.as_of, self.clause, self.names, self.background.facts)
        parts = [
            Part(heading, lines, more)
            for found, more in ((self._parts(), False), (self._further(), True))
            for heading, said in found
            if (lines := tuple(said))
        ]
        if words := labels.terms([told]):
            parts.append(Part("Ord", words))
        name = title(self.verdict, self.clause, self.background.facts)
        return Explanation(self.verdict.duty, name, self.verdict.status, told, tuple(parts))

    def _parts(self) -> Iterator[tuple[str, Iterable[str]]]:
        """What answers what happened, why, and what to do."""
        verdict, clause, known = self.verdict, self.clause, self.background
        yield "Klausul", self._clause_lines()
        if clause is not None:
            yield "Tid", self._time_lines(clause)
            yield "Krav", demand_lines(self.seen, clause, known.verdicts)
        yield "Räknas", self._counted()
        yield "Räknas inte", not_counted(self.seen)
        if verdict.status == "waived":
            yield "Undantag", waiver_lines(self.seen)
        if clause is not None and verdict.status in OPEN:
            yield remaining(self.seen, clause, known.verdicts)
        # What has to be asked is told as missing; of what is done it no longer decides anything.
        told = verdict.status in (*DONE, *OPEN)
        yield "Att notera", (labels.flag(one) for one in verdict.flags if not (told and one.startswith(ASKS)))
        if clause is not None:
            yield "Kedja", chain_lines(verdict, self.source, known.verdicts, known.facts)
            yield "Källor", source_lines(verdict, known.verdicts, known.doubled, known.rulebook)
        if self._term_matters:
            yield "Avtal", self._term_lines()
        yield "Läsningar", self._readings(chosen=True)

    def _further(self) -> Iterator[tuple[str, Iterable[str]]]:
        """What an auditor asks for besides: defaults that were followed, terms as they are written, every rule."""
        yield "Källor", inherited_lines(self.verdict, self.background.rulebook)
        yield "Läsningar", self._readings(chosen=False)
        if not self._term_matters:
            yield "Avtal", self._term_lines()
        yield "Regler", self._rules()
        yield "Står sig", until_lines(self.verdict)

    def _time_lines(self, clause: Clause) -> Iterable[str]:
        known = self.background
        trigger = known.facts.get(self.verdict.trigger or "")
        receipt = receipt_lines(trigger, known.facts, self.agreement, known.rulebook, self.names)
        lines = time_lines(self.verdict, clause, self.names, known.facts, known.timelines, self.as_of, receipt)
        return chain(lines, working_day_lines(clause, self.source.calendar))

    def _counted(self) -> Iterator[str]:
        """What counted, and how what was presumed came about."""
        known = self.background
        yield from latest(counted(self.seen))
        presumed = [one for one in self.verdict.facts if one != self.verdict.trigger]
        yield from presumed_lines(presumed, known.facts, self.agreement, known.rulebook, self.names)

    @cached_property
    def _term_matters(self) -> bool:
        return matters(self.verdict, self.background.timelines, self._levels())

    def _term_lines(self) -> Iterator[str]:
        known = self.background
        written = {one.instrument: one for one in (self.agreement, self.source)}
        return term_lines(self.verdict, known.timelines, written, known.facts)

    def _clause_lines(self) -> Iterator[str]:
        clause = self.clause
        if clause is not None and clause.sv and clause.act:  # without an act the sentence is the title
            yield clause.sv
        yield ", ".join(filter(None, (self.source.title, place_in(self.source, clause.at) if clause else "")))
        norm = labels.NORMS.get(self.verdict.modality, self.verdict.modality)
        bearer = self.verdict.bearer
        who = (
            "texten säger inte vem som ansvarar" if bearer == NOBODY else f"ansvarig: {self.names.value(bearer or '')}"
        )
        yield f"{norm}; {who}" if bearer else norm

    def _readings(self, *, chosen: bool) -> Iterator[str]:
        """How unclear words were read: where somebody chose it, or else where the program's own choice was followed."""
        told = [(code, reading(code, choice), self._chosen_by(code)) for code, choice in self.verdict.readings]
        shown = [f"{words}{why} [{code}]" for code, words, why in told if bool(why) is chosen]
        if shown:
            yield ("" if chosen else "enligt förval: ") + " · ".join(shown)

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
