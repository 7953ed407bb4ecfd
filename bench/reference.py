"""The yardstick: a plain program that judges the workload, with nothing from the engine.

It reads what the invented agreements ask for as its own small table (`workload_pool`), sorts what was done by day,
finds what belongs to a duty by bisection and decides by a few ifs. `judge` gives (duty, status, due, required, counted)
for every duty; a row of the program's that differs is a fault of the one or the other: docs/semantics.md says whose.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bench.reference_acts import Acts, Row, acts_of
from bench.reference_calendar import Today
from bench.reference_case import Case, Judged
from bench.reference_occasions import alternating, before, minutes, notice, steps
from bench.reference_periods import annual, attested, closing, counted
from bench.reference_terms import life_of
from bench.reference_windows import by_day, by_term, every_few_years, once, right, since_last, state
from bench.workload_pool import STAGES, Asked, superior
from bench.workload_texts import UMBRELLA, Text

Rule = Callable[[Case, Asked], Iterator[Judged]]
FORMS: Mapping[str, Rule] = {
    "count": counted, "afterwards": counted, "annual": annual, "closing": closing, "attest": attested,
    "alternating": alternating, "after": minutes, "next": minutes, "before": before, "notice": notice,
    "years": every_few_years, "term": by_term, "right": right, "once": once, "by": by_day, "state": state,
    "rolling": since_last,
}  # fmt: skip
MEETINGS = ("meeting_held", "meeting_scheduled", "meeting_convened", "meeting_cancelled")


@dataclass(frozen=True)
class Part:
    """What is judged together: one obligation, or the steps of a version. `kinds`: the records it looks at."""

    name: str
    asked: tuple[Asked, ...]
    umbrella: bool
    kinds: frozenset[str]


def parts_of(text: Text) -> tuple[Part, ...]:
    """An agreement's parts, and the umbrella's."""
    chain = tuple(one for one in text.asked if one.name in STAGES)
    own = [Part(one.name, (one,), umbrella=False, kinds=_kinds(one)) for one in text.asked if one.name not in STAGES]
    steps_too = Part("beslutas", chain, umbrella=False, kinds=frozenset(
        {"document_revised", "waiver", *(one.kind for one in chain)}))  # fmt: skip
    above = [Part(f"{UMBRELLA}.{one.name}", (one,), umbrella=True, kinds=_kinds(one)) for one in superior()]
    return (*own, steps_too, *above)


def _kinds(one: Asked) -> frozenset[str]:
    """The kinds of records that can change an obligation's duties."""
    about = {"before": ("agreement_revised",), "notice": MEETINGS, "next": MEETINGS}.get(one.form, ())
    return frozenset({one.kind, "waiver", *about, *(("meeting_held",) if one.about else ())})


def judge(agreement: str, text: Text, rows: Iterable[Row], today: date) -> list[Judged]:
    """Every duty of an agreement on a day."""
    court = Court(agreement, text, acts_of(rows, today))
    return [row for part in parts_of(text) for row in court.judge(part)[0]]


class Court:
    """An agreement under its own text and under the umbrella's, on one day."""

    def __init__(self, agreement: str, text: Text, acts: Acts) -> None:
        """The terms are told first."""
        life, waivers = life_of(text, acts), acts.kinds.get("waiver", ())
        above = f"{agreement}.{UMBRELLA}"
        self.day = acts.today
        self.cases = {
            False: Case(agreement, agreement, acts, life, Today(self.day), waivers),
            True: Case(agreement, above, acts, life.under_umbrella(), Today(self.day), waivers),
        }

    def judge(self, part: Part) -> tuple[list[Judged], date]:
        """The duties of one part, and the last day on which they stay as they are if nothing is recorded."""
        case = self.cases[part.umbrella]
        case.today = Today(self.day)
        one = part.asked[0]
        found = list(steps(case, part.asked) if part.name == "beslutas" else FORMS[one.form](case, one))
        return found, case.today.until
