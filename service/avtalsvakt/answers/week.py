"""What a coordinator needs to see first: what is late and can be mended, what comes, who is asked, what is past.

In come what the last run concluded and what is known of its agreements, out comes one value, a `Week`. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.agenda import BookedMeeting, agenda
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.in_force import ENDED, IN_FORCE
from avtalsvakt.answers.overdue import overdue, overdue_since
from avtalsvakt.answers.stored_answers import Stored
from avtalsvakt_engine.storage.conclusions.store import Run
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

COMING = ("pending", "at_risk")
AT_LEAST = timedelta(days=10)
ENDING_SOON = 180
JUDGED_BY = time(6, 0)
"""At this hour the night's work is done, where nothing went wrong."""


class Standing(Struct, frozen=True):
    """One agreement in force: how it stands, with what the word rests on.

    `mark` is `late`, `soon`, `asked`, `waiting` or `done`. `ends` is its last day where that is within half a year.
    """

    agreement: str
    mark: str
    late: int
    coming: int
    asked: int
    ends: date | None


class Mend(Struct, frozen=True):
    """Something late that can be mended: since when, and how (None: nobody can tell)."""

    verdict: Verdict
    since: date
    how: HowTo | None


class Day(Struct, frozen=True):
    """A day with something on it: booked meetings with what to take up, agreements that end, duties by agreement."""

    day: date
    meetings: tuple[BookedMeeting, ...]
    endings: tuple[str, ...]
    duties: Mapping[str, tuple[Verdict, ...]]


class Asked(Struct, frozen=True):
    """How many questions a function has open in one agreement; `due` is the first last day."""

    agreement: str
    function: str
    number: int
    due: date | None


class Past(Struct, frozen=True):
    """An agreement that has ended, and how much it left behind."""

    state: InstrumentState
    late: int


class Week(Struct, frozen=True):
    """Everything on the start page, in the order in which it is read.

    `stale`: the night that should have judged has not. `until` is the last day of `days`. `no`: questions that were
    answered with no, and may be asked again. `stands`: late, and cannot be mended.
    """

    today: date
    run: Run
    stale: bool
    unjudged: int
    without_rules: tuple[str, ...]
    agreements: tuple[Standing, ...]
    mend: tuple[Mend, ...]
    no: tuple[Mend, ...]
    until: date
    days: tuple[Day, ...]
    asked: Mapping[str, tuple[Asked, ...]]
    stands: tuple[Verdict, ...]
    past: tuple[Past, ...]

    @property
    def late(self) -> int:
        """How much is late and can be mended."""
        return len(self.mend) + len(self.no)

    @property
    def meetings(self) -> int:
        """How many meetings are booked within the horizon."""
        return sum(len(one.meetings) for one in self.days)

    @property
    def to_do(self) -> int:
        """How many duties have their last day within the horizon."""
        return sum(len(found) for one in self.days for found in one.duties.values())

    @property
    def questions(self) -> int:
        """How many questions are open."""
        return sum(one.number for found in self.asked.values() for one in found)


def week_of(stored: Stored, known: Mapping[str, AgreementFacts], how: Mapping[str, HowTo], now: datetime) -> Week:
    """The week as of a moment; `how` by duty says how what is open is met."""
    today = now.date()
    living = {one.agreement for one in stored.states if one.state in IN_FORCE}
    sorted_out = overdue([one for one in stored.verdicts if one.status == "overdue"], stored.states)
    mend = [Mend(one, overdue_since(one), how.get(one.duty)) for one in sorted_out.curable]
    coming = [one for one in stored.verdicts if one.status in COMING and one.agreement in living]
    asked = [one for one in coming if asked_now(one, stored.run.as_of)]
    until = horizon(today)
    ended = sorted_out.ended_by_agreement
    return Week(
        today=today,
        run=stored.run,
        stale=is_stale(stored.run, now),
        unjudged=stored.unjudged,
        without_rules=stored.without_rules,
        agreements=tuple(_standings(stored.states, sorted_out.curable, coming, asked, today, until)),
        mend=tuple(one for one in mend if one.verdict.attest is None),
        no=tuple(one for one in mend if one.verdict.attest is not None),
        until=until,
        days=_days(coming, agenda(known, _open(stored.verdicts, living), how).meetings, stored.states, today, until),
        asked=_asked(asked),
        stands=sorted_out.standing,
        past=tuple(Past(one, ended.get(one.agreement, 0)) for one in stored.states if one.state in ENDED),
    )


def to_mend(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """What is open and can still be done: what the week needs to know how."""
    return [one for one in verdicts if one.status in (*COMING, "overdue") and one.curable]


def _open(verdicts: Iterable[Verdict], living: Collection[str]) -> list[Verdict]:
    """What agreements in force have open, late or not: what a meeting may take up."""
    return [one for one in verdicts if one.agreement in living and one.status in (*COMING, "overdue")]


def horizon(today: date) -> date:
    """The last day of the month, or of the next one where this is almost over."""
    soon = today + AT_LEAST
    return (soon.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def is_stale(run: Run, now: datetime) -> bool:
    """Whether the last run is of an earlier night than it should be."""
    nights = (now.date() - run.as_of).days
    return nights > 1 or (nights == 1 and now.time() >= JUDGED_BY)


def _standings(
    states: Iterable[InstrumentState],
    late: Sequence[Verdict],
    coming: Sequence[Verdict],
    asked: Sequence[Verdict],
    today: date,
    until: date,
) -> Iterable[Standing]:
    """The agreements in force that ask for something, the worst first."""
    counts = Counter(one.agreement for one in late)
    soon = Counter(one.agreement for one in coming if _within(one, today, until))
    near = {one.agreement for one in coming if one.status == "at_risk"}
    open_ = {one.agreement for one in coming}
    questions = Counter(one.agreement for one in asked)
    found = []
    for state in states:
        name = state.agreement
        if state.state not in IN_FORCE or not (name in open_ or counts[name]):
            continue
        mark = (
            "late" if counts[name] else "soon" if name in near else "waiting" if soon[name]
            else "asked" if questions[name] else "done"
        )  # fmt: skip
        ends = state.end if state.end and (state.end - until).days <= ENDING_SOON else None
        found.append(Standing(name, mark, counts[name], soon[name], questions[name], ends))
    order = ("late", "soon", "waiting", "asked", "done")
    return sorted(found, key=lambda one: (order.index(one.mark), -one.late, -one.coming, one.agreement))


def _within(verdict: Verdict, today: date, until: date) -> bool:
    """Whether something is to be done, and not only answered, within the horizon."""
    return verdict.attest is None and verdict.due is not None and today <= verdict.due <= until


def _days(
    coming: Sequence[Verdict],
    booked: Iterable[BookedMeeting],
    states: Iterable[InstrumentState],
    today: date,
    until: date,
) -> tuple[Day, ...]:
    """The days up to the horizon on which something is to be done, met or ended."""
    meetings: dict[date, list[BookedMeeting]] = {}
    for one in booked:
        if today <= one.meeting.day <= until:
            meetings.setdefault(one.meeting.day, []).append(one)
    duties: dict[date, dict[str, list[Verdict]]] = {}
    for verdict in coming:
        if verdict.due is not None and _within(verdict, today, until):
            duties.setdefault(verdict.due, {}).setdefault(verdict.agreement, []).append(verdict)
    endings: dict[date, list[str]] = {}
    for state in states:
        if state.state in IN_FORCE and state.end is not None and today <= state.end <= until:
            endings.setdefault(state.end, []).append(state.agreement)
    days = sorted(meetings.keys() | duties.keys() | endings.keys())
    return tuple(
        Day(
            day,
            tuple(meetings.get(day, ())),
            tuple(endings.get(day, ())),
            {name: tuple(found) for name, found in sorted(duties.get(day, {}).items())},
        )
        for day in days
    )


def _asked(asked: Iterable[Verdict]) -> Mapping[str, tuple[Asked, ...]]:
    """Open questions by agreement, the function that is asked most first."""
    groups: dict[str, dict[str, list[Verdict]]] = {}
    for one in asked:
        groups.setdefault(one.agreement, {}).setdefault(one.attest or "", []).append(one)
    return {
        name: tuple(
            Asked(name, function, len(found), min((one.due for one in found if one.due), default=None))
            for function, found in sorted(functions.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        )
        for name, functions in sorted(groups.items(), key=lambda pair: -sum(map(len, pair[1].values())))
    }
