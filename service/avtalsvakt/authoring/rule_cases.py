"""Runs the cases beside the rules: judges each case's facts on each of its days and holds verdicts against the text.

Nothing is stored. A fact that does not say when it was recorded was recorded on its last day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

from msgspec import Struct

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.intake.fact_reading import Known, read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.sweeping import swept_seldom
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.case_files import MISSING, CaseFile, Expected, WrittenCase
from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.problems import Problem, Rejected, missing
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load

LATER = datetime(2999, 12, 31, 20, tzinfo=UTC)  # cases may tell of any day, so no day of theirs lies ahead


class Checked(Struct, frozen=True):
    """One expectation and what was found: `found` is None where there is no such duty."""

    instrument: str
    case: str
    why: str
    day: date
    duty: str
    expected: Expected
    found: Verdict | None
    where: str

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """What differs: the field, what was expected, what was found."""
        if self.found is None:
            same = self.expected.status == MISSING
            return () if same else (("status", self.expected.status, MISSING),)
        out = []
        for field in ("status", "due", "counted", "required"):
            wanted, got = getattr(self.expected, field), getattr(self.found, field)
            if wanted is not None and wanted != got:
                out.append((field, str(wanted), "inget datum" if got is None else str(got)))
        return tuple(out)


def run_cases(files: Iterable[CaseFile], rulebook: Rulebook, decider: Decider) -> Iterator[Checked]:
    """Every expectation of every case, in order. Raises Rejected for what cannot be read."""
    known = known_facts(rulebook)
    for file in files:
        if file.instrument not in rulebook.instruments:
            where = file.source.where(("instrument",))
            raise Rejected([missing("avtalet", file.instrument, set(rulebook.instruments), where)])
        for name, case in file.cases.items():
            facts = tuple(_facts(file, name, case, known))
            read = rulebook.with_readings(case.readings)
            yield from _case(file, name, case, facts, read, decider)


def _case(
    file: CaseFile, name: str, case: WrittenCase, facts: tuple[Fact, ...], rulebook: Rulebook, decider: Decider
) -> Iterator[Checked]:
    keys = {duty: _full(duty, file, rulebook) for expected in case.expect.values() for duty in expected}
    agreements = sorted({_agreement(key, rulebook) for key in keys.values()})
    clauses = {part for key in keys for part in key.split(".")}  # an obligation's name holds no dot
    world = _world(case, facts, rulebook, decider)
    for day, expected in case.expect.items():
        verdicts = _verdicts(world.on(day), agreements, clauses)
        for duty, wanted in expected.items():
            where = file.source.where(("cases", name, "expect", day.isoformat(), duty))
            key = keys[duty]
            yield Checked(file.instrument, name, case.why, day, key, wanted, verdicts.get(key), where)


def _world(case: WrittenCase, facts: Iterable[Fact], rulebook: Rulebook, decider: Decider) -> World:
    """The rules and the visible facts, the same on all of the case's days."""
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in view(facts, case.known_at, load()).facts:
        by_agreement[fact.agreement].append(fact)
    return World(rulebook, lambda name: by_agreement.get(name, []), decider, date.min)


@swept_seldom()
def _verdicts(world: World, agreements: Iterable[str], clauses: Collection[str]) -> dict[str, Verdict]:
    """The verdicts on the clauses on the world's day, by duty; none on what could not be judged at all."""
    out: dict[str, Verdict] = {}
    for agreement in agreements:
        with suppress(NotEvaluated):
            for *_, verdicts, _until in judge_agreement(world, agreement, clauses):
                out |= {one.duty: one for one in verdicts}
    return out


def _full(duty: str, file: CaseFile, rulebook: Rulebook) -> str:
    """The whole key of a duty: the file's own instrument goes without saying."""
    return duty if _agreement(duty, rulebook) else f"{file.instrument}.{duty}"


def _agreement(key: str, rulebook: Rulebook) -> str:
    first = key.partition(".")[0]
    return first if first in rulebook.instruments else ""


def _facts(file: CaseFile, name: str, case: WrittenCase, known: Known) -> list[Fact]:
    """The case's facts, each naming only facts that are there. Raises Rejected."""
    problems: list[Problem] = []
    facts: list[Fact] = []
    where: dict[str, str] = {}
    faulty: set[str] = set()
    for place, written in enumerate(case.facts):
        address = file.source.where(("cases", name, "facts", place))
        line = {"agreement": file.instrument} | written
        if "recorded" not in line and (day := _last(line.get("date"))):
            line["recorded"] = day
        try:
            fact = read_fact(line, known=known, now=LATER, where=address, arrival=place + 1).fact
        except Rejected as rejected:
            problems += rejected.problems
            faulty.add(str(line.get("id", "")))
            continue
        facts.append(fact)
        where.setdefault(fact.id, address)
    met, said = meet_targets(facts, Others(), known, LATER, where, faulty)
    if problems or said.problems:
        raise Rejected([*problems, *said.problems])
    return met


def _last(written: object) -> str | None:
    """The last day of the day, month or year that a fact states; None where it is none of them."""
    try:
        return limits(str(written))[1].isoformat()
    except ValueError:
        return None


def untried(files: Iterable[CaseFile], rulebook: Rulebook) -> dict[str, list[str]]:
    """Obligations that no case holds, by instrument, of the instruments that have case files."""
    out: dict[str, list[str]] = {}
    tried: dict[str, set[str]] = {}
    for file in files:
        names = tried.setdefault(file.instrument, set())
        for case in file.cases.values():
            for expected in case.expect.values():
                names |= {part for duty in expected for part in duty.split(".")}
    for instrument, names in tried.items():
        clauses = rulebook.written[instrument].clauses if instrument in rulebook.written else {}
        left = [name for name, clause in clauses.items() if _asks_for_a_case(clause) and name not in names]
        if left:
            out[instrument] = left
    return out


def _asks_for_a_case(clause: Clause) -> bool:
    """Whether a clause becomes duties by computing; what is attested is held by the cases of attestations."""
    return clause.accounted == "computed" and bool(clause.what) and clause.duty_norm is not None
