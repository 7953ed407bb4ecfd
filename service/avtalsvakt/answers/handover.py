"""What somebody who takes over an agreement has to know: what is open and why, what comes next, who is asked what.

In comes the material, out comes a Handover for one agreement. Nothing is written.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.explained_duties import JudgedAgreement, judged_agreements
from avtalsvakt.answers.order import by_day
from avtalsvakt.words.page_names import PageNames, names_in
from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.explaining.explanations import Part
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.terms.timeline import Timeline
from avtalsvakt_engine.verdicts import Verdict

LATE = ("overdue", "recommendation_not_met", "not_evaluated")
WAITING = ("pending", "at_risk")
NEXT = ("Saknas", "Möjligt", "Består", "För sent", "Att notera")
"""The parts of an explanation that say why a matter is open and what can be done."""

AHEAD = timedelta(days=365)
PLANNED = "meeting_scheduled"


class Matter(Struct, frozen=True):
    """A duty that is open: its title, how it stands in one sentence, and what is missing or stands in the way."""

    verdict: Verdict
    title: str
    summary: str
    reasons: tuple[Part, ...]


class AskedFunction(Struct, frozen=True):
    """What one function is asked now: the questions as they read, with their last days."""

    function: str
    questions: tuple[Matter, ...]


class Handover(Struct, frozen=True):
    """One agreement on one day: open matters (the late ones first), what comes within a year, meetings, questions.

    `undated` are the open matters that no day ends. `recorders` are the roles that have recorded.
    """

    agreement: str
    short_title: str
    title: str
    as_of: date
    end: date | None
    late: tuple[Matter, ...]
    coming: tuple[Matter, ...]
    undated: tuple[Matter, ...]
    meetings: tuple[Fact, ...]
    asked: tuple[AskedFunction, ...]
    recorders: tuple[str, ...]
    failure: str | None = None


def make_handover(material: Material, agreement: str) -> Handover:
    """The hand-over of one agreement of the rulebook."""
    names = names_in(material.rulebook)
    (judged,) = judged_agreements(material, [agreement])
    acts = [one for one in by_day(judged.verdicts) if one.attest is None]
    waiting = [one for one in acts if one.status in WAITING]
    facts = judged.background.facts.values()
    return Handover(
        agreement,
        names.agreement(agreement),
        material.rulebook.instruments[agreement].title,
        material.as_of,
        _end(judged.background.timelines.get(agreement)),
        _matters(judged, [one for one in acts if one.status in LATE], names),
        _matters(judged, [one for one in waiting if one.due and one.due <= material.as_of + AHEAD], names),
        _matters(judged, [one for one in waiting if not one.due and _opened(one, material.as_of)], names),
        _planned_meetings(judged, material.as_of),
        _asked(judged, material.as_of, names),
        tuple(sorted({one.recorder for one in facts if one.recorder and one.agreement == agreement})),
        judged.failure,
    )


def _end(timeline: Timeline | None) -> date | None:
    """The last day of the agreement's term, where it has one."""
    return timeline.last if timeline is not None and timeline.spans and timeline.last < FAR else None


def _opened(verdict: Verdict, as_of: date) -> bool:
    return verdict.opens is None or verdict.opens <= as_of


def _matters(judged: JudgedAgreement, verdicts: Sequence[Verdict], names: PageNames) -> tuple[Matter, ...]:
    return tuple(_matter(judged, one, names) for one in verdicts)


def _matter(judged: JudgedAgreement, verdict: Verdict, names: PageNames) -> Matter:
    explained, said = judged.explained(verdict), names.duty(verdict)
    title = said["question"] if verdict.attest and said["question"] else said["title"]
    reasons = tuple(one for one in explained.parts if one.heading in NEXT and not one.more)
    return Matter(verdict, str(title), explained.summary, reasons)


def _planned_meetings(judged: JudgedAgreement, as_of: date) -> tuple[Fact, ...]:
    """Meetings that are planned for the day or later, neither held, cancelled nor moved, and not secret."""
    facts = {one.id: one for one in judged.background.facts.values()}.values()
    over = {one.text("meeting") for one in facts if one.kind != PLANNED}
    held = {(one.date, one.text("body")) for one in facts if one.kind == "meeting_held"}
    found = (
        one for one in facts if one.kind == PLANNED and one.date >= as_of and one.id not in over and not provision(one)
    )
    still = (one for one in found if (one.date, one.text("body")) not in held)
    return tuple(sorted(still, key=lambda one: (one.date, one.id)))


def _asked(judged: JudgedAgreement, as_of: date, names: PageNames) -> tuple[AskedFunction, ...]:
    by_function: dict[str, list[Matter]] = {}
    for one in by_day(judged.verdicts):
        if asked_now(one, as_of):
            by_function.setdefault(one.attest or "", []).append(_matter(judged, one, names))
    return tuple(AskedFunction(name, tuple(found)) for name, found in sorted(by_function.items()))
