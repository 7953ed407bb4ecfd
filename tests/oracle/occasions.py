"""Whether an act is about an occasion: what it refers to, what both name alike, who had to act; semantics.md § 5."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.oracle.bearing import bound, by_the_right_one
from tests.oracle.naming import NAMES, days_of
from tests.oracle.own_words import VOCABULARY
from tests.oracle.people import People
from tests.oracle.register import NO, UNKNOWN, YES, Act

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause, Instrument

PERIODS = (*NAMES, "for_year")
PLACES = ("site", "area", "group")
MEETINGS = {"meeting": "meeting_held", "inspection": "inspection_done", "hearing": "hearing_held"}


@dataclass(frozen=True)
class Occasion:
    """What an act may be about: an event and all its records, a site or a party, the coming period, its own period."""

    event: Act | None = None
    records: frozenset[str] = field(default_factory=frozenset)
    one: str | None = None
    coming: str | None = None
    label: str | None = None


def refers(kind: str, attribute: str) -> bool:
    """Whether an attribute of a kind holds the ids of other records."""
    known = VOCABULARY.kinds.get(kind)
    return bool(known and attribute in known.refers) or (kind.startswith("annex_") and attribute == "version")


def _is_itself(act: Act, event: Act) -> bool:
    """Whether an act is what gave rise to the duty; what is only planned is one of its records and not the event."""
    return act.id == event.id and event.fact.kind not in MEETINGS


def version_annexed(acts: Sequence[Act], act: Act) -> frozenset[str]:
    """The version that was annexed: the one that is named, else the latest of the document by that day."""
    document, named = act.fact.text("annex"), act.words("version")
    versions = [
        one for one in acts
        if one.fact.kind == "document_revised" and one.fact.text("document") == document
        and (named[0] in (*one.words("version"), one.id) if named else one.day <= act.own)
    ]  # fmt: skip
    return frozenset({versions[-1].id}) if versions else frozenset()


class Occasions:
    """Holds the acts of one agreement against occasions."""

    people: People
    agreement: Instrument

    @property
    def acts(self) -> list[Act]:
        """The agreement's acts, by day."""
        raise NotImplementedError

    def look(self, name: str, patterns: Sequence[p.Pattern], act: Act) -> int:
        """Whether an act looks like one of the patterns."""
        raise NotImplementedError

    def referred_to(self, act: Act, attribute: str) -> list[Act]:
        """The acts that an attribute leads to."""
        raise NotImplementedError

    def suits(self, name: str, clause: Clause, act: Act, occasion: Occasion) -> int:
        """Whether an act is what a clause asks for at an occasion, by the one who had to do it."""
        if occasion.event and (self._of_another(act, occasion.event) or _is_itself(act, occasion.event)):
            return NO
        site = YES
        if clause.per not in (None, "party") and occasion.one is not None:  # whether or not the pattern says so
            site = {None: UNKNOWN, occasion.one: YES}.get(act.fact.text(clause.per or ""), NO)
        about = [occasion.event, *self._behind(occasion.event)] if occasion.event else None
        party = occasion.one if clause.per == "party" else None
        who = bound(clause, about, party, self.people)
        best = NO
        for one in clause.what:
            if one.kind != act.fact.kind:
                continue
            asks = UNKNOWN if act.asks else YES
            answer = min(self.look(name, [one], act), asks, site, self.same_as(one, act, occasion))
            if clause.per == "party" or not clause.attest:  # who may answer is asked elsewhere
                answer = min(answer, by_the_right_one(clause, one, act, who, self.people))
            best = max(best, answer)
        return best

    def _behind(self, event: Act) -> list[Act]:
        """What an occasion's record refers to: of a receipt the demand."""
        kind = VOCABULARY.kinds.get(event.fact.kind)
        return [one for name in (kind.refers if kind else ()) for one in self.referred_to(event, name)]

    def same_as(self, pattern: p.Pattern, act: Act, occasion: Occasion) -> int:
        """Whether an act is about an occasion by what a pattern says has to be the same, or of the coming period."""
        answers = [YES]
        for name, value in pattern.values:
            if isinstance(value, p.Same):
                answers.append(self._same(name, value.attribute, act, occasion))
            elif isinstance(value, p.Next):
                answers.append(YES if occasion.coming and act.fact.text(name) == occasion.coming else NO)
        return min(answers)

    def _same(self, name: str, theirs: str | None, act: Act, occasion: Occasion) -> int:
        event, words = occasion.event, set(act.words(name))
        if refers(act.fact.kind, name):
            ids = version_annexed(self.acts, act) if act.fact.kind.startswith("annex_") else words
            return YES if occasion.records & ids else NO
        if event is None and name in PERIODS and occasion.label is not None:
            return YES if not words or occasion.label in words else NO
        if event and occasion.one not in words and not self._can_say(event, theirs or name):
            return self._names_it(words, event, occasion.records)
        if occasion.one is not None and theirs is None:
            wanted = {occasion.one}
        elif event:
            wanted = set(event.words(theirs or name))
        else:
            return NO
        if name == "annex":
            wanted = {self.agreement.annexes.get(one, one) for one in wanted}
        return UNKNOWN if not words or not wanted else YES if words & wanted else NO

    def _can_say(self, event: Act, name: str) -> bool:
        """Whether a record of the event's kind can bear an attribute; of a text's own kinds nobody knows."""
        kind = VOCABULARY.kinds.get(MEETINGS.get(event.fact.kind, event.fact.kind))
        anywhere = ("body", "site", "document", "concerns_period", "concerns")
        return kind is None or name in (*kind.attributes, *anywhere) or name in event.fact.attributes

    def _names_it(self, words: set[str], event: Act, records: frozenset[str]) -> int:
        """Whether a word names the event itself: by one of its records, or by a day on which it was or should be."""
        days = {event.day, *event.fact.was}
        if words & records or words & {day.isoformat() for day in days}:
            return YES
        around = [found for word in words if len(word) < 10 and (found := days_of(word))]
        rough = any(first <= day <= last for first, last in around for day in days)
        return UNKNOWN if not words or rough else NO

    def _of_another(self, act: Act, event: Act) -> bool:
        """Whether act and occasion name different days of a meeting, or different places, areas or groups."""
        called = act.fact.kind.removesuffix("_convened")
        if act.fact.kind in ("meeting_convened", "hearing_convened") and MEETINGS[called] in (
            event.fact.kind,
            MEETINGS.get(event.fact.kind),
        ):
            said = act.fact.text(f"{called}_date")
            day = date.fromisoformat(said) if said and len(said) == 10 else None
            if day and not {day, self._moved_to(act, day)} & {event.fact.date, *event.fact.was}:
                return True
        for name in PLACES:
            mine, theirs = set(act.words(name)), set(event.words(name))
            if mine and theirs and not mine & theirs:
                return True
        return False

    def _moved_to(self, notice: Act, day: date) -> date:
        """Where a meeting was moved, and from there, and so on; nowhere if it comes round."""
        been, called_off = {day}, notice.fact.kind.replace("convened", "cancelled")
        while True:
            moves = [
                act.fact.text("rescheduled_to") for act in self.acts
                if act.fact.kind == called_off and act.fact.text("planned_for") == day.isoformat()
                and all(act.fact.text(name) in (None, notice.fact.text(name)) for name in ("body", "site"))
            ]  # fmt: skip
            to = date.fromisoformat(moves[-1]) if moves and moves[-1] else None
            if to is None or to in been:
                return day
            been.add(to)
            day = to
