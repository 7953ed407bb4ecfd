"""The terms of an agreement, as the reference tells them: first and last days, extended and ended early."""

from dataclasses import dataclass
from datetime import date

from bench.reference_acts import Acts
from bench.reference_calendar import FAR, ONE, plus
from bench.reference_people import extends
from bench.workload_texts import UMBRELLA_START, Text


@dataclass(frozen=True)
class Term:
    """One term: its days and the last one that it was meant to have. `by`: the record that extended it."""

    start: date
    end: date
    meant: date
    by: str = ""


@dataclass(frozen=True)
class Life:
    """The terms in order."""

    terms: tuple[Term, ...]

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.terms[0].start

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.terms[-1].end

    def covers(self, day: date) -> bool:
        """Whether it is in force on a day. One term follows on another without a gap."""
        return self.first <= day <= self.last

    def term_end(self, day: date) -> date:
        """The last day of the term in which a day lies, else of all."""
        return next((one.end for one in self.terms if one.start <= day <= one.end), self.last)

    def under_umbrella(self) -> "Life":
        """The days on which the umbrella is in force too."""
        inside = [one for one in self.terms if one.end >= UMBRELLA_START]
        return Life(tuple(Term(max(one.start, UMBRELLA_START), one.end, one.meant) for one in inside))


def life_of(text: Text, acts: Acts) -> Life:
    """The terms by what is known."""
    end = text.end or FAR
    terms = [Term(text.start, end, end)]
    power = next((one.number for one in text.asked if one.form == "right"), 0)
    for act in acts.done("extension_agreed"):
        last = terms[-1]
        new = date.fromisoformat(act.said["new_end"]) if "new_end" in act.said else plus(last.end, 12 * power)
        if (
            last.end < FAR
            and last.end < new
            and act.day <= last.end
            and extends(act)
            and last.end + ONE >= UMBRELLA_START
        ):
            terms.append(Term(last.end + ONE, new, new, act.id))
    for act in acts.kinds.get("agreement_terminated", ()):
        last_day = date.fromisoformat(act.said["ends_on"])
        if last_day <= terms[-1].end:
            terms = [one for one in terms if one.start <= last_day]
            terms[-1] = Term(terms[-1].start, last_day, terms[-1].meant, terms[-1].by)
    return Life(tuple(terms))
