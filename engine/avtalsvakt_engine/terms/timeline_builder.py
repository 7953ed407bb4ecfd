"""Tells the timeline of one instrument on a day: its terms, extended, ended or replaced, as the facts tell it.

Python finds the dates and puts them into words; the rules conclude whether an extension takes effect, whether a right
that was used ends the term, and which state the instrument is in (questions `paper`, `extension`, `ending`,
`instrument_state`). Source: semantics.md, section Instruments in time.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.dates.rough_dates import first_day, last_day
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.matching import Parties
from avtalsvakt_engine.evidence.written_form import signatures, written_form
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_engine.terms.extension_conditions import ExtensionConditions, Proof
from avtalsvakt_engine.terms.other_instruments import OtherInstruments
from avtalsvakt_engine.terms.timeline import Ended, Span, Timeline, Use
from avtalsvakt_rules.interpreting.actors import actors_of
from avtalsvakt_rules.language.conditions import Effect
from avtalsvakt_rules.language.instrument import AGREED, Clause, Instrument

DAY = timedelta(days=1)


class TimelineBuilder:
    """One timeline in the making, step by step in the order the law asks."""

    def __init__(self, others: OtherInstruments, instrument: Instrument) -> None:
        """Nothing is told yet."""
        self.others = others
        self.instrument = instrument
        self.index = others.index_of(instrument.instrument)
        self.asof = AsOf(others.day)
        self.parties = Parties(instrument.parties, actors=actors_of(instrument))
        self.flags: list[str] = []
        self.fired: list[str] = []
        self.spans: list[Span] = []
        self.terminated = self.superseded = False

    def build(self) -> Timeline:
        """The whole timeline. Raises NotEvaluated where the rule engine fails."""
        self.spans = self._base_terms()
        for extension in self.instrument.extended:
            if last_day(extension.to) > self.spans[-1].end:  # a recorded term may be open, or reach further already
                self._add(last_day(extension.to), "extension", None)
        uses = tuple(self.others.used_rights(self.instrument, self.asof))
        self._lengthen([use for use in uses if use.extends])
        self._terminate()
        self._end_by_right(use for use in uses if not use.extends)
        self._supersede()
        self._lapse_with_superior()
        until, state = self.asof.until, self._state()
        return Timeline(
            self.instrument.instrument,
            tuple(self.spans),
            state,
            tuple(self.flags),
            tuple(self.fired),
            until,
            self.asof.until,
        )

    def _reading(self, code: str) -> str:
        power = self._power()
        return self.others.rulebook.reading(self.instrument, code, power[1] if power else None)

    def _base_terms(self) -> list[Span]:
        term = self.instrument.term
        end = last_day(term.to) if term.to else FAR
        terms: list[tuple[date, date, str | None]] = [(first_day(term.from_), end, None)]
        for fact in self.index.of_kind("agreement_term"):
            start = fact.text("start")
            first = first_day(start) if start else fact.date
            to = fact.text("end")
            last = last_day(to) if to else FAR
            if self.instrument.presumed or first <= terms[0][0]:
                terms = [(first, last, fact.id)]
            else:
                terms = [one for one in terms if one[0] != first] + [(first, last, fact.id)]
        terms.sort(key=lambda one: one[0])
        return [Span(a, b, b, number, "term", fact) for number, (a, b, fact) in enumerate(terms, start=1)]

    def _add(self, end: date, basis: str, fact: str | None, planned: date | None = None) -> None:
        last = self.spans[-1]
        self.spans.append(Span(last.end + DAY, end, planned or end, last.number + 1, basis, fact))

    def _lengthen(self, uses: list[Use]) -> None:
        """Lengthen the term by what was agreed and by the rights that were used, in the order in which they came."""
        for fact in self.index.of_kind(AGREED):
            if not self.index.planned(fact) and self.asof.reached(day_of(fact)):
                while uses and uses[0].day < day_of(fact):
                    self._extend_by_right(uses.pop(0))
                self._extend(fact)
        for use in uses:
            self._extend_by_right(use)

    def _extend_by_right(self, use: Use) -> None:
        """A right that could be used lengthens the term by what its clause says, or by less where that is allowed."""
        clause, fact, last = self.instrument.clauses[use.clause], self.index.get(use.fact), self.spans[-1]
        if clause.effect and clause.effect.renews and not last.open:
            self._add(renewed_until(last.end, clause.effect.renews), "renewal", None)
        if fact is None or clause.effect is None or clause.effect.renews:
            return
        if last.open:
            self.flags.append("extension_of_open_term")
            return
        power = (use.clause, clause, clause.effect)
        new_end = self._new_end(fact, last, power)
        if new_end is None or new_end <= last.end or self._length(last, new_end, power) != "clause":
            self.flags.append(f"extension_without_effect:{fact.id}")
            return
        words = {"moment": "in_time", "superior": "unneeded", "length": "clause", "conditions": "met"}
        self.decide("extension", paper="valid", **words)
        self._add(new_end, "extension", fact.id)

    def _extend(self, fact: Fact) -> None:
        last = self.spans[-1]
        if last.open:
            self.flags.append("extension_of_open_term")
            return
        power = self._power()
        new_end = self._new_end(fact, last, power)
        if new_end is None or new_end <= last.end:
            return
        conclusion = self._conclude(fact, last, new_end, power)
        if conclusion == "no_effect":
            self.flags.append(f"extension_without_effect:{fact.id}")
            return
        if conclusion.endswith("unproven"):
            self.flags.append(f"extension_unproven:{fact.id}")
        if conclusion.startswith("amendment"):
            self.flags.append(f"extension_as_amendment:{fact.id}")
        # A term that ends with an event has no planned end to count back from, even when the event has come.
        planned = FAR if isinstance(fact.attributes.get("new_end"), Mapping) else new_end
        self._add(new_end, "extension" if conclusion.startswith("takes") else "amendment", fact.id, planned)
        self._warn_superior(power, new_end)

    def _conclude(self, fact: Fact, last: Span, new_end: date, power: tuple[str, Clause, Effect] | None) -> str:
        paper = self.decide(
            "paper", form=written_form(fact), signed=signatures(fact, self.parties), blank=self._reading("BLANKFORM")
        )
        retro = self._reading("EFTERUT") == "retro" and paper == "valid"
        return self.decide(
            "extension",
            moment="in_time" if day_of(fact) <= last.end or retro else "expired",
            superior=self._superior(fact, last, new_end, power),
            length=self._length(last, new_end, power),
            conditions=self._conditions(fact, last, power),
            paper=paper,
        )

    def decide(self, question: str, **words: str) -> str:
        """Ask the rules, and remember which fired."""
        conclusion = self.others.decider.decide(question, QUESTIONS[question].words(**words))
        self.fired += [rule for rule in conclusion.fired if rule not in self.fired]
        return conclusion.value

    def _power(self) -> tuple[str, Clause, Effect] | None:
        """The clause that lets the parties extend: one about their agreeing on it, else any that lengthens the term."""
        found = [(name, one, one.effect) for name, one in self.instrument.clauses.items() if one.effect]
        found = [one for one in found if one[2].extends]
        return next((one for one in found if not one[1].extends_its_term), found[0] if found else None)

    def _new_end(self, fact: Fact, last: Span, power: tuple[str, Clause, Effect] | None) -> date | None:
        stated = fact.attributes.get("new_end")
        if isinstance(stated, str):
            return last_day(stated)
        if stated is not None:
            return self._event_end(fact)
        return self._clause_end(last, power) if power else None

    def _event_end(self, fact: Fact) -> date:
        """An end that is an event: the day before the successor is in force, open until a successor is known to be."""
        started = [start for start in self._successor_starts() if start > day_of(fact)]
        return started[0] - DAY if started and self.asof.reached(started[0]) else FAR

    def _successor_starts(self) -> list[date]:
        """First days of the instruments that replace this one, as far as a fact or a text fixes them."""
        out = []
        current = self.others.rulebook.successor(self.instrument)
        while current is not None:
            stated = self.others.index_of(current.instrument).of_kind("agreement_term")
            if stated or not current.presumed:
                out.append(self.others.of(current.instrument).first)
            current = self.others.rulebook.successor(current)
        return sorted(out)

    def _clause_end(self, last: Span, power: tuple[str, Clause, Effect]) -> date:
        end, clause = add_months(last.end, 12 * (power[2].extends or 0)), power[1]
        read = self.others.rulebook.reading
        asked = "NYAR4" in clause.readings.codes  # a term of whole years raises no question
        return end - DAY if asked and read(self.instrument, "NYAR4", clause) == "minus1" else end

    def _length(self, last: Span, new_end: date, power: tuple[str, Clause, Effect] | None) -> str:
        if power is None:
            return "no_clause"
        expected = self._clause_end(last, power)
        shorter_too = power[2].at_most or self._reading("FORLANG") == "option"
        fits = new_end == expected or (shorter_too and new_end < expected)
        return "clause" if fits else "other"

    def _superior(self, fact: Fact, last: Span, new_end: date, power: tuple[str, Clause, Effect] | None) -> str:
        needed = [one.in_force for one in power[1].given if one.in_force] if power else []
        if not needed:
            return "unneeded"
        days: Iterable[date] = {
            "agreed": [day_of(fact)],
            "start": [last.end + DAY],
            "whole": [last.end + DAY, new_end],
        }[self._reading("EXTKOND")]
        return "in_force" if all(self._covers(needed[0], day) for day in days) else "not_in_force"

    def _covers(self, needed: str, day: date) -> bool:
        if needed == "superior":
            return self.others.superior_covers(self.instrument, day)
        return self.others.of(needed).covers(day)

    def _warn_superior(self, power: tuple[str, Clause, Effect] | None, new_end: date) -> None:
        needed = [one.in_force for one in power[1].given if one.in_force] if power else []
        if needed and not self._covers(needed[0], new_end):
            self.flags.append("superior_ends_within_extension")

    def _conditions(self, fact: Fact, last: Span, power: tuple[str, Clause, Effect] | None) -> str:
        if power is None:
            return "met"
        conditions = ExtensionConditions(self.instrument, self.index, self.asof, self.parties, self._reading)
        proofs = [conditions.prove(one, fact, last.start, last.end) for one in power[1].given if not one.in_force]
        if Proof.FAILED in proofs:
            return "failed"
        if Proof.UNPROVEN not in proofs:
            return "met"
        # Read strictly, what nobody recorded is not there; then it is no better than a condition that failed.
        return "failed" if self._reading("BLANKFORM") == "strict" else "unproven"

    def _terminate(self) -> None:
        for fact in self.index.of_kind("agreement_terminated"):
            stated = fact.text("ends_on")
            day = last_day(stated) if stated else fact.last
            if day <= self.spans[-1].end:  # a term that has run out cannot be ended once more
                self._end(day)
                self.terminated = True

    def _end_by_right(self, uses: Iterable[Use]) -> None:
        """End the term where a right to it was used in its window, on its conditions and in its form."""
        for use in uses:
            later = [span for span in self.spans if span.fact and self._agreed_after(span, use.day)]
            conclusion = self.decide(
                "ending",
                end="unknown" if use.end is None else "before" if use.end < self.spans[-1].end else "not_before",
                extended="afterwards" if later else "no",
            )
            if conclusion == "no_effect" or use.end is None:
                self.flags.append(f"right_changes_nothing:{use.fact}")
                continue
            self.flags.append(f"right_ends_it:{use.fact}")
            self._end(use.end)
            self.spans[-1] = replace(self.spans[-1], ended=Ended(use.clause, use.fact))
            self.terminated = True

    def _agreed_after(self, span: Span, day: date) -> bool:
        """Whether the parties agreed on a term after a day."""
        fact = self.index.get(span.fact or "")
        return span.basis in ("extension", "amendment") and fact is not None and day_of(fact) > day

    def _supersede(self) -> None:
        successor = self.others.rulebook.successor(self.instrument)
        if successor is None or (
            successor.presumed and not self.others.index_of(successor.instrument).of_kind("agreement_term")
        ):
            return
        start = self.others.of(successor.instrument).first
        self._renew_no_more(start)
        goes_on = self.spans[-1].open or any(one.renews_its_term for one in self.instrument.clauses.values())
        if goes_on and self.spans[-1].start < start <= self.spans[-1].end:
            self._end(start - DAY)
            self.superseded, self.terminated = True, False  # what came first ended it

    def _renew_no_more(self, start: date) -> None:
        """An instrument that is replaced is not renewed from the day on which the other begins."""
        while self.spans[-1].basis == "renewal" and self.spans[-1].start >= start:
            self.spans.pop()

    def _lapse_with_superior(self) -> None:
        """Read so (KONDREV=term), the agreement lapses with the last day on which a superior one is in force."""
        clauses = [one for one in self.instrument.clauses.values() if "KONDREV" in one.readings.codes]
        read = self.others.rulebook.reading
        if not any(read(self.instrument, "KONDREV", one) == "term" for one in clauses):
            return
        superiors = [self.others.of(one.instrument) for one in self.others.superior(self.instrument)]
        self.asof.absorb_until(min((one.until for one in superiors if one.until), default=None))
        last = self.spans[0].start - DAY
        for start, end in sorted((span.start, span.end) for one in superiors for span in one.spans):
            if start.toordinal() <= last.toordinal() + 1:
                last = max(last, end)
        if self.spans[0].start <= last < self.spans[-1].end:
            self._end(last)
            self.terminated = self.superseded = False  # what came first ended it
            self.flags.append("lapsed_with_superior")

    def _end(self, day: date) -> None:
        kept = [span for span in self.spans if span.start <= day]
        self.spans = kept or self.spans[:1]
        self.spans[-1] = replace(self.spans[-1], end=min(self.spans[-1].end, max(day, self.spans[-1].start)))

    def _state(self) -> str:
        end = self.spans[-1].end
        ended = end != FAR and self.asof.passed(end)
        gap = any(
            self.asof.passed(a.end) and not self.asof.reached(b.start)
            for a, b in zip(self.spans, self.spans[1:], strict=False)
        )
        return self.decide(
            "instrument_state",
            start="reached" if self.asof.reached(self.spans[0].start) else "ahead",
            end="passed" if ended or gap else "open" if end == FAR else "ahead",
            extended="yes" if self._extended() else "no",
            terminated="yes" if self.terminated and ended else "no",  # until its end has come it is in force
            superseded="yes" if self.superseded and ended else "no",
            presumed="yes" if self.instrument.presumed and self.spans[0].fact is None else "no",
        )

    def _extended(self) -> bool:
        """Whether it is in a term that it was given later; one that is renewed by itself is so from the first time."""
        renewed = any(span.basis == "renewal" for span in self.spans)
        later = [span for span in (self.spans if renewed else self.spans[-1:]) if span.basis != "term"]
        return any(self.asof.reached(span.start) for span in later)


def renewed_until(end: date, months: int) -> date:
    """The last day of the term that follows a last day: so many whole months, from the day after it."""
    return add_months(end + DAY, months) - DAY
