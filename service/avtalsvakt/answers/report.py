"""What was required in a time, and what came of it: done, late, waived, missed, and why. Values for any face to draw.

In come judged agreements and two days, out comes a Report. A duty belongs to the time in which its last day lies; one
without a last day to the time in which something was done about it. What did not apply, and rights that nobody used,
were not required and are left out. Source: semantics.md, section Explanations.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.explained_duties import JudgedAgreement, judged_agreements
from avtalsvakt.words.page_names import PageNames, names_in
from avtalsvakt_engine.explaining.explanations import Part
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.patterns import ITSELF

IN_TIME, LATE, MISSED, ADVICE, WAIVED, OPEN, UNJUDGED = (
    *("in_time", "late", "missed", "advice", "waived", "open", "unjudged"),
)
OUTCOMES = MappingProxyType(
    {
        "fulfilled": IN_TIME, "fulfilled_late": LATE, "overdue": MISSED, "recommendation_not_met": ADVICE,
        "waived": WAIVED, "pending": OPEN, "at_risk": OPEN, "not_evaluated": UNJUDGED,
    }
)  # fmt: skip
"""What came of a duty, by its status; other statuses say that nothing was required."""

DENIED = "denied"
"""Why an answer does not count that is a no (labels.REASONS)."""

REASONS = ("Räknas inte", "Undantag", "Saknas", "Består", "För sent", "Att notera")
"""The parts of an explanation that say why, in a report."""


class Requirement(Struct, frozen=True):
    """One duty of the time: its title, what came of it, the facts that count, one sentence, and the reasons."""

    verdict: Verdict
    title: str
    source: str
    outcome: str
    done: tuple[Fact, ...]
    summary: str
    reasons: tuple[Part, ...]

    @property
    def question(self) -> bool:
        """Whether a function was asked, and nothing else shows it."""
        return self.verdict.attest is not None

    @property
    def late_days(self) -> tuple[date, ...]:
        """The days after the last one on which it was done."""
        due = self.verdict.due
        return tuple(one.date for one in self.done if due is not None and one.date > due)


class AgreementReport(Struct, frozen=True):
    """What one agreement required in the time. `shared`: sets of obligations of several texts that ask for one act."""

    agreement: str
    short_title: str
    title: str
    requirements: tuple[Requirement, ...]
    shared: tuple[frozenset[tuple[str, str]], ...] = ()
    failure: str | None = None

    @property
    def acts(self) -> tuple[Requirement, ...]:
        """What had to be done."""
        return tuple(one for one in self.requirements if not one.question)

    @property
    def questions(self) -> tuple[Requirement, ...]:
        """What functions were asked."""
        return tuple(one for one in self.requirements if one.question)


class Report(Struct, frozen=True):
    """The time, both days included; the agreements; the day judged and the knowledge it rests on."""

    start: date
    end: date
    as_of: date
    known_at: date | None
    body: str | None
    agreements: tuple[AgreementReport, ...]

    def counts(self) -> dict[str, int]:
        """How many duties came out how, in the order of OUTCOMES; outcomes that none had are left out."""
        every = [one.outcome for part in self.agreements for one in part.requirements]
        return {name: every.count(name) for name in dict.fromkeys(OUTCOMES.values()) if name in every}


def make_report(
    material: Material, start: date, end: date, agreements: Sequence[str] = (), body: str | None = None
) -> Report:
    """The report on the agreements (all where none is named), on one body's duties where one is named."""
    names = names_in(material.rulebook)
    wanted = agreements or list(material.rulebook.instruments)
    judged = judged_agreements(material, list(dict.fromkeys(wanted)))
    parts = [agreement_report(one, names, start, end, body) for one in judged]
    shown = tuple(one for one in parts if agreements or one.requirements or one.failure)
    return Report(start, end, material.as_of, material.known_at, body, shown)


def belongs(verdict: Verdict, done: Iterable[Fact], trigger: Fact | None, start: date, end: date) -> bool:
    """Whether a duty was one of the time's."""
    if verdict.status not in OUTCOMES or (verdict.modality == "power" and not verdict.counted):
        return False
    days = [verdict.due] if verdict.due else [one.date for one in done]
    if not days and trigger is not None and OUTCOMES[verdict.status] != OPEN:
        days = [trigger.date]
    return any(start <= day <= end for day in days)


def agreement_report(
    judged: JudgedAgreement, names: PageNames, start: date, end: date, body: str | None
) -> AgreementReport:
    """The same on one agreement that has been judged."""
    instrument = judged.rulebook.instruments[judged.agreement]
    found = []
    for verdict in judged.verdicts:
        done = facts_done(judged, verdict)
        trigger = judged.background.facts.get(verdict.trigger or "")
        if body in (None, verdict.body) and belongs(verdict, done, trigger, start, end):
            own = done if verdict.due else tuple(one for one in done if start <= one.date <= end)
            found.append(_requirement(judged, verdict, own, names))
    found.sort(key=lambda one: (one.verdict.due or date.max, one.title))
    shared = tuple(
        frozenset((text, name) for _, text, name in group.clauses)
        for group in (judged.background.doubled if found else ())
    )
    return AgreementReport(
        judged.agreement, names.agreement(judged.agreement), instrument.title, tuple(found), shared, judged.failure
    )


def facts_done(judged: JudgedAgreement, verdict: Verdict) -> tuple[Fact, ...]:
    """The facts that count for a duty, by day; not the event that it follows, unless that is what is looked at.

    Of a question that was answered with no, the answer.
    """
    clause = judged.clause(verdict)
    itself = clause is not None and any(one.kind == ITSELF for one in clause.what)
    denied = (one.fact for one in verdict.not_counted if verdict.attest and one.reason == DENIED)
    named = (*verdict.facts, *denied, *((verdict.trigger or "",) if itself else ()))
    ids = [one for one in dict.fromkeys(named) if itself or one != verdict.trigger]
    found = [judged.background.facts[one] for one in ids if one in judged.background.facts]
    return tuple(sorted(found, key=lambda one: (one.date, one.id)))


def _requirement(judged: JudgedAgreement, verdict: Verdict, done: tuple[Fact, ...], names: PageNames) -> Requirement:
    explained = judged.explained(verdict)
    said = names.duty(verdict)
    title = said["question"] if verdict.attest and said["question"] else said["title"]
    source = "" if verdict.instrument == verdict.agreement else names.agreement(verdict.instrument)
    reasons = tuple(one for one in explained.parts if one.heading in REASONS and not one.more)
    outcome = OUTCOMES[verdict.status]
    return Requirement(verdict, str(title), source, outcome, done, explained.summary, reasons)
