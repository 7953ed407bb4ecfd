"""One agreement as a person reads it: how it stands, who does what, its life, what to look at, how it is read.

In come what the last run concluded and the rules, out comes one value. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.order import by_day, worst_first
from avtalsvakt.answers.stored_answers import Stored
from avtalsvakt_engine.explaining.labels import BROKEN
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

AHEAD = timedelta(days=366)
OPEN = ("not_evaluated", "overdue", "recommendation_not_met", "at_risk", "pending")
ENDED_WELL = ("fulfilled", "fulfilled_late", "waived")


@dataclass(frozen=True, slots=True)
class Group:
    """Whose duties they are: a body, else who bears them (None: nobody is named).

    `now` can be done and matters within a year, or follows on what has happened within one, the worst first; `later`
    has no last day, or a later one; `stands` was missed and cannot be made up for.
    """

    body: str | None
    bearer: str | None
    now: tuple[Verdict, ...]
    later: tuple[Verdict, ...]
    stands: tuple[Verdict, ...]
    done: tuple[Verdict, ...]


class AgreementOverview(Struct, frozen=True):
    """An agreement: its state, the texts over it, what is late, what is to be done by whom, questions, findings."""

    instrument: Instrument
    state: InstrumentState
    over: tuple[Instrument, ...]
    late: tuple[Verdict, ...]
    coming: tuple[Verdict, ...]
    asked: tuple[Verdict, ...]
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]

    @property
    def curable(self) -> int:
        """How many of those late can be mended."""
        return sum(one.curable for one in self.late)


def agreement_overview(stored: Stored, rulebook: Rulebook, agreement: str) -> AgreementOverview:
    """The agreement with that id, which has rules and a stored state."""
    instrument = rulebook.instruments[agreement]
    own = [one for one in stored.verdicts if one.agreement == agreement]
    acts = [one for one in own if one.attest is None]
    return AgreementOverview(
        instrument,
        next(one for one in stored.states if one.agreement == agreement),
        tuple(rulebook.chain(instrument)),
        tuple(worst_first(one for one in own if one.status == "overdue")),
        tuple(by_day(one for one in acts if one.status in ("pending", "at_risk") and one.due)),
        tuple(one for one in own if asked_now(one, stored.run.as_of)),
        tuple(_groups(acts, stored.run.as_of)),
        tuple(one for one in stored.findings if one.agreement == agreement),
    )


def _groups(verdicts: Iterable[Verdict], as_of: date) -> Sequence[Group]:
    """By body, else by bearer; those with something late first, then those with the most to do."""
    found: dict[tuple[str | None, str | None], list[Verdict]] = {}
    for one in verdicts:
        found.setdefault((one.body, None if one.body else one.bearer), []).append(one)
    groups = [_group(body, bearer, members, as_of) for (body, bearer), members in found.items()]
    told = [one for one in groups if one.now or one.later or one.stands or one.done]
    return sorted(told, key=lambda one: (not _late(one), -len(one.now), str(one.body or one.bearer)))


def _group(body: str | None, bearer: str | None, members: Sequence[Verdict], as_of: date) -> Group:
    opened = worst_first(one for one in members if one.status in OPEN)
    stands = [one for one in opened if one.status in BROKEN and not one.curable]
    left = [one for one in opened if one not in stands]
    now = [one for one in left if one.status != "pending" or _soon(one, as_of)]
    done = sorted((one for one in members if one.status in ENDED_WELL), key=lambda one: one.since, reverse=True)
    later = by_day(one for one in left if one not in now)
    return Group(body, bearer, tuple(now), tuple(later), tuple(stands), tuple(done))


def _late(group: Group) -> bool:
    return any(one.status == "overdue" for one in group.now)


def _soon(verdict: Verdict, as_of: date) -> bool:
    """Whether something waits to be done: its last day is near, or what it follows on happened not long ago."""
    if verdict.due is not None:
        return verdict.due <= as_of + AHEAD
    return verdict.trigger is not None and verdict.opens is not None and verdict.opens >= as_of - AHEAD
