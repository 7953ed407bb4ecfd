"""What a court has before it: the duties of each clause, whom their acts serve, what a function answered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tests.oracle.attesting import answers, last_said, says_no
from tests.oracle.bearing import bound, by_the_right_one
from tests.oracle.context import Context, Duty
from tests.oracle.duties import duties_of, following
from tests.oracle.evidence import Evidence, Found
from tests.oracle.life import OPEN, Life
from tests.oracle.occasions import refers
from tests.oracle.own_words import VOCABULARY
from tests.oracle.register import NO, YES, Act
from tests.oracle.serving import served
from tests.oracle.world import in_country

from avtalsvakt_rules.language.patterns import ITSELF, Same


class Docket(Evidence):
    """The duties of one agreement by one instrument, and what answers the questions that are asked."""

    def judged(self, name: str) -> list[tuple[Duty, Found, str]]:
        """The duties of a clause with their evidence and status."""
        raise NotImplementedError

    def _performed(self, name: str) -> list[Act]:
        """What was done, by those who had to do it."""
        clause = self.clauses[name]
        who = bound(clause, None, None, self.people)
        return [
            act for act in self.valid_acts(name, clause.what)
            if not act.asks and any(
                by_the_right_one(clause, one, act, who, self.people) == YES
                for one in clause.what if self.look(name, [one], act) == YES
            )
        ]  # fmt: skip

    def share_out(self, name: str, duties: Sequence[Duty]) -> None:
        """Where a clause binds at every occasion, and its acts need not refer to one, each act serves its own."""
        clause = self.clauses[name]
        assert clause.when
        referring = all(
            any(isinstance(value, Same) and refers(one.kind, attribute) for attribute, value in one.values)
            for one in clause.what
        )
        if (
            len(duties) < 2
            or clause.when.form != "event"
            or clause.attest
            or referring
            or clause.what[0].kind == ITSELF
        ):
            return
        acts = self.valid_acts(name, clause.what)
        self.served[name] = served(duties, acts, self.fit, _named_by)

    def _days_of(self, name: str) -> Life | None:
        """The text's days; some clauses go on after it, and a version of one may have days of its own."""
        clause, first = self.clauses[name], self.life.terms[0]
        listed = clause.readings.codes
        if "TILLSVIDARE" in listed and self.reading(name, "TILLSVIDARE") == "independent":
            return Life((replace(first, last=OPEN, meant=OPEN),))
        if "NYREGEL" in listed and self.reading(name, "NYREGEL") == "split" and clause.when and clause.when.period:
            begins, ends = clause.valid.from_ or date.min, clause.valid.to or OPEN
            terms = [
                replace(one, first=max(one.first, begins), last=min(one.last, ends), meant=min(one.meant, ends))
                for one in self.life.terms
                if one.first <= ends and one.last >= begins
            ]
            return Life(tuple(terms)) if terms else None
        if clause.when and clause.when.form in ("once", "always"):
            begins, ends = clause.valid.from_ or date.min, clause.valid.to or OPEN
            held = [
                replace(one, first=max(one.first, begins), last=min(one.last, ends), meant=min(one.meant, ends))
                for one in self.life.terms
                if one.first <= ends and one.last >= begins
            ]
            return Life(tuple(held)) if held else None
        return self.life

    def duties(self, name: str) -> Iterable[Duty]:
        clause, life = self.clauses[name], self._days_of(name)
        if life is None:
            return
        context = Context(
            name, clause, life, self.as_of, lambda code: self.reading(name, code),
            lambda patterns: [act for act in self.valid_acts(name, patterns) if not act.asks],
            lambda patterns: self.events_like(name, patterns), lambda: self._performed(name),
            lambda day: self.required(name, day), self.people, self.source.year_starts, self.appointed,
            in_country(self.source, "VARDAG", "B_postal"), self.source.continues is not None,
        )  # fmt: skip
        assert clause.when
        if clause.when.follows:
            found = [
                following(context, leader, evidence.in_time[0].day if evidence.in_time else None, frozenset(
                    record for act in (*evidence.in_time, *evidence.late, *evidence.without_effect)
                    for record in act.records | {act.id}
                ))
                for leader, evidence, _ in self.judged(clause.when.follows)
            ]  # fmt: skip
        else:
            found = list(duties_of(context))
        for duty in found:
            day = duty.period[2] if duty.period else duty.event.fact.date if duty.event else duty.opens
            if clause.when.form == "date" and duty.due:
                day = duty.due
            first, last = clause.valid.from_ or date.min, clause.valid.to or date.max
            if first <= day <= last:
                yield replace(duty, required=1, shape="question") if clause.attest else duty

    def answered(self, duty: Duty, duties: Sequence[Duty]) -> Found:
        """What the function said when it was asked: the last thing it said holds, from when it first said so."""
        acts = [
            act for act in self.valid_acts(duty.name, duty.clause.what)
            if act.day <= self.as_of and self.fit(duty, act) != NO and not self._means_their_own(duty, act)
        ]  # fmt: skip
        given = answers(duty, duties, [act for act in acts if self._may_answer(duty, act)])
        in_time = [act for act in given if duty.due is None or act.day <= duty.due]
        unclear = [
            act for act in given
            if self.fit(duty, act) != YES or self._rough(duty, act, "in time" if act in in_time else "late")
        ]  # fmt: skip
        said = last_said([act for act in given if act not in unclear])
        if said and says_no(said[0]):
            return Found(breach=True)
        timely, late = (tuple(act for act in said[:1] if (act in in_time) is wanted) for wanted in (True, False))
        return Found(timely, late, tuple(unclear))

    def _may_answer(self, duty: Duty, act: Act) -> bool:
        """Whether the function that was asked answers, or a deputy; without a name, whoever recorded the answer."""
        if duty.clause.per == "party":
            return True
        names, recorder = act.words("by"), act.fact.recorder
        if not names and recorder and self.people.is_known(recorder):
            names = (recorder,)
        return not names or any(self.people.stands_in(name, str(duty.clause.attest)) for name in names)

    def _means_their_own(self, duty: Duty, act: Act) -> bool:
        """Whether an answer in an agreement names its own clause and not the umbrella's of the same name."""
        other = self.source is not self.agreement and duty.name in self.agreement.clauses
        return other and act.fact.text("clause") == duty.name


def _named_by(act: Act) -> set[str]:
    """The ids that an act refers to: what it concerns, and what records of its kind refer to."""
    kind = VOCABULARY.kinds.get(act.fact.kind)
    return {word for name in ("concerns", *(kind.refers if kind else ())) for word in act.words(name)}
