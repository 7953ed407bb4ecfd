"""Tries the clauses of an agreement on invented courses of events, and lets the engine say what follows from each.

Nothing is stored, and nothing is expected: an author reads the verdicts and compares them with the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt.authoring.invented_courses import Course, courses
from avtalsvakt.authoring.invented_facts import CannotInvent, Line
from avtalsvakt.authoring.invented_setting import Stage
from avtalsvakt.authoring.rule_cases import LATER
from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.problems import Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.facts import Fact
    from avtalsvakt_engine.inference.deciding import Decider
    from avtalsvakt_engine.verdicts import Verdict
    from avtalsvakt_rules.language.instrument import Instrument
    from avtalsvakt_rules.rulebook import Rulebook

OPEN = "9999"
MONTHS = 61
"""So far ahead duties are looked for: a duty that comes every fifth year too."""


class Seen(Struct, frozen=True):
    """What the engine says on a day: the verdict on the duty (None: there is none), and the agreement's last day."""

    day: date
    verdict: "Verdict | None"
    ends: date | None


class Tried(Struct, frozen=True):
    """A clause with its courses and what the engine says of each."""

    clause: str
    courses: tuple[tuple[Course, tuple[Seen, ...]], ...]


def tried(
    rulebook: "Rulebook", instrument: "Instrument", decider: "Decider", names: Sequence[str] = ()
) -> Iterator[Tried]:
    """Each clause that is judged, in the order of the file; only those named where some are."""
    trial = _Trial(rulebook, instrument, decider)
    for name in instrument.clauses:
        if (not names or name in names) and (found := tuple(trial.clause(name))):
            yield Tried(name, found)


class _Trial:
    """Judges courses in one agreement, and remembers what it has judged."""

    def __init__(self, rulebook: "Rulebook", instrument: "Instrument", decider: "Decider") -> None:
        self.rulebook, self.instrument, self.decider = rulebook, instrument, decider
        self.known = known_facts(rulebook)
        self.agreement = instrument
        self.below = max(_below(rulebook, instrument), key=lambda one: one.term.to or OPEN, default=None)
        self._judged: dict[str, Mapping[str, Verdict]] = {}

    def clause(self, name: str) -> Iterator[tuple[Course, tuple[Seen, ...]]]:
        """The courses of a clause, each seen on its days; of one that binds those below, in the first of them."""
        downward = self.instrument.clauses[name].downward
        if downward and self.below is None:
            yield Course("in_time", cannot="klausulen binder avtal under det här, och det finns inget"), ()
            return
        self.agreement = (self.below if downward else None) or self.instrument
        for course in courses(Stage(self.instrument, self.agreement, self.known.vocabulary, self.duties), name):
            try:
                yield course, tuple(self._seen(course, day, name) for day in course.days)
            except CannotInvent as reason:
                yield Course(course.shows, cannot=str(reason)), ()

    def duties(self, lines: Sequence[Line], day: date, name: str) -> Mapping[str, "Verdict"]:
        """The duties of a clause on a day, by key; every course of a clause begins alike, and that is judged once."""
        asked = repr((self.agreement.instrument, name, day, lines))
        if asked not in self._judged:
            found = assess(self.rulebook, self._facts(lines), day, None, self.decider,
                           agreements=[self.agreement.instrument], clauses={name}, horizon=MONTHS)  # fmt: skip
            self._judged[asked] = {one.duty: one for one in found.duties if one.obligation == name}
        return self._judged[asked]

    def _seen(self, course: Course, day: date, name: str) -> Seen:
        found = assess(self.rulebook, self._facts(course.lines), day, None, self.decider,
                       agreements=[self.agreement.instrument], clauses={name}, horizon=MONTHS)  # fmt: skip
        [state] = [one for one in found.instruments if one.agreement == self.agreement.instrument]
        return Seen(day, next((one for one in found.duties if one.duty == course.duty), None), state.end)

    def _facts(self, lines: Sequence[Line]) -> list["Fact"]:
        """The records of a course, read as any other. Raises CannotInvent for a line that no register would take."""
        try:
            return [self._fact(line, place) for place, line in enumerate(lines)]
        except Rejected as rejected:
            raise CannotInvent(
                f"den påhittade registreringen går inte att läsa: {rejected.problems[0].what}"
            ) from rejected

    def _fact(self, line: Line, place: int) -> "Fact":
        whole = {"agreement": self.agreement.instrument, "recorded": line["date"], **line}
        return read_fact(whole, known=self.known, now=LATER, where=str(line["id"]), arrival=place + 1).fact


def _below(rulebook: "Rulebook", instrument: "Instrument") -> Iterator["Instrument"]:
    """The agreements (of a statute, the municipalities) that the text binds each by itself."""
    yield from (one for one in rulebook.instruments.values() if instrument in rulebook.chain(one) and not one.presumed)
