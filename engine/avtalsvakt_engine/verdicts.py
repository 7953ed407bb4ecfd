"""What the engine says: verdicts on duties, states of instruments, findings. Plain immutable values."""

from datetime import date
from fractions import Fraction

from msgspec import Struct

ASKS = "asks_"
"""How the flags begin that say that something has to be asked."""

CLOSED = "question_closed"
"""The flag of a question whose no is stood by: it stays on record and is asked no more."""


class Clause(Struct, frozen=True, gc=False):
    """The address of a clause: source document, section, paragraph (stycke)."""

    document: str
    section: str
    paragraph: str | None = None


class Period(Struct, frozen=True, gc=False):
    """What remains of a period after clipping to term and scheme; both days are included."""

    label: str
    start: date
    end: date


class NotCounted(Struct, frozen=True, gc=False):
    """A fact that looks like evidence and does not count, with the reason as a code (explaining/labels.py says it)."""

    fact: str
    reason: str


class Verdict(Struct, frozen=True, gc=False):
    """The status of one duty on a day.

    `duty` is the stable key. `due` is the last day, inclusive, or None. `until` is the last day on which the verdict
    stays true if nothing new is recorded; None means for good. `since` is the day it became true. `curable` is false
    where what was missed cannot be made up for (a meeting). `reason` is set for not_evaluated and not_applicable.
    `attest` is the function that is asked, where the duty is a question and not an act.
    """

    duty: str
    agreement: str
    instrument: str
    obligation: str
    clause: Clause
    modality: str
    bearer: str | None
    body: str | None
    period: Period | None
    trigger: str | None
    opens: date | None
    due: date | None
    status: str
    required: int
    counted: int
    facts: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    part_period: bool = False
    until: date | None = None
    since: date = date.min
    curable: bool = True
    readings: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str | None = None
    attest: str | None = None

    @property
    def asks(self) -> bool:
        """Whether something has to be asked before the duty can be judged."""
        return any(flag.startswith(ASKS) for flag in self.flags)

    def days_left(self, as_of: date) -> int | None:
        """Days from `as_of` to the due date (negative when it has passed); None without a date. Never stored."""
        return None if self.due is None else (self.due - as_of).days


class InstrumentState(Struct, frozen=True):
    """The state of one agreement on a day.

    In force from/to (None: open or unknown), under which umbrella, what to notice.
    """

    agreement: str
    state: str
    start: date | None
    end: date | None
    umbrella: str | None
    flags: tuple[str, ...] = ()
    until: date | None = None


class Finding(Struct, frozen=True):
    """Something a person should look at: a contradiction, a broken reference, a gap."""

    code: str
    agreement: str | None
    fact: str | None
    text: str


class Asked(Struct, frozen=True):
    """What one text asks for of an act that another text asks for too. `agreement` owes the duty.

    `further` says in what respects it goes further than the strictest (requirements.RESPECTS); a text that does not
    govern is there to be seen (reading DUBBEL).
    """

    agreement: str
    instrument: str
    obligation: str
    clause: Clause
    modality: str
    number: int
    times_a_year: Fraction
    governs: bool
    further: tuple[str, ...] = ()


class Requirement(Struct, frozen=True):
    """An act that several texts ask an agreement for: every source, the strictest that governs first.

    `because` is the respect in which it is the strictest, or `equal`, or `governs` where it alone does.
    """

    requirement: str
    agreement: str
    choice: str
    because: str
    sources: tuple[Asked, ...]


class Assessment(Struct, frozen=True):
    """Everything concluded from (rulebook, facts, as_of, known_at)."""

    as_of: date
    known_at: date | None
    rulebook: str
    duties: tuple[Verdict, ...]
    instruments: tuple[InstrumentState, ...]
    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...] = ()
