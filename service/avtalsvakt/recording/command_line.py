"""Facts from the command line: read and checked as any other, added to the register, and what they change.

In come names and texts as they were typed, out come facts in the register. Raises Rejected; then nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from avtalsvakt.answers.assessing import Material, assess_all
from avtalsvakt.recording.at_once import Judged, calendars_at_once, judge_at_once
from avtalsvakt.recording.typed_values import WHERE
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import ReadFact, read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.store import Store
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as it was added, what was unusual about it, and which verdicts it changed or will change.

    `rehearsed`: nothing was written; it is what would have been. `judged` is what was judged and stored with it; None
    where that is left to the next run: in a rehearsal, and before the first run.
    """

    fact: Fact
    warnings: tuple[Problem, ...]
    changes: tuple[Difference, ...]
    rehearsed: bool = False
    judged: Judged | None = None


def record(settings: Settings, values: Mapping[str, object], *, dry_run: bool = False) -> Recorded:
    """Add one fact with these values and judge what it changes; with `dry_run` only tell. Raises Rejected."""
    rulebook = settings.rulebook()
    known, where = known_facts(rulebook), WHERE
    # The moment is part of the id: the same thing may well be recorded twice.
    line = {"recorded": settings.now.isoformat(), **values}
    read: ReadFact = read_fact(line, known=known, now=settings.now, where=where, by=settings.recorder)
    with settings.register(read_only=dry_run) as register:
        others = Others(register.fact, register.facts)
        met, said = meet_targets([read.fact], others, known, settings.now, {read.fact.id: where})
        if said.problems:
            raise Rejected(said.problems)
        [fact] = met
        done = _rehearsed(settings, rulebook, register, fact) if dry_run else _added(settings, rulebook, register, fact)
    return replace(done, warnings=(*read.warnings, *said.warnings, *done.warnings))


def _rehearsed(settings: Settings, rulebook: Rulebook, register: Register, fact: Fact) -> Recorded:
    before = tuple(register.facts())
    added = register.rehearse([fact], now=settings.now, where={fact.id: WHERE}).added
    changes = _foreseen(settings, rulebook, register, before, added)
    return Recorded(added[0] if added else fact, (), changes, rehearsed=True)


def _added(settings: Settings, rulebook: Rulebook, register: Register, fact: Fact) -> Recorded:
    """The fact added, and what it changes judged and stored with it, or foreseen before the first run."""
    with register.transaction():
        before = tuple(register.facts()) if Store(register.connection).last_run() is None else ()
        added = register.append([fact], now=settings.now, where={fact.id: WHERE}).added
        affected = _affected(register, rulebook, added)
        judged = judge_at_once(register, rulebook, settings, affected) if added else None
    stored = added[0] if added else fact
    if judged is None:
        return Recorded(stored, (), _foreseen(settings, rulebook, register, before, added))
    late = [judged.failure] if judged.failure else [calendars_at_once(register, rulebook, settings)]
    return Recorded(stored, tuple(one for one in late if one), judged.changes, judged=judged)


def _foreseen(
    settings: Settings, rulebook: Rulebook, register: Register, before: tuple[Fact, ...], added: tuple[Fact, ...]
) -> tuple[Difference, ...]:
    """What the next run will conclude otherwise, judged as of today with and without what was added."""
    material = Material(rulebook, before, settings.today, None)
    affected = _affected(register, rulebook, added)
    if not affected:
        return ()
    was = _by_duty(assess_all(material, agreements=affected))
    becomes = _by_duty(assess_all(replace(material, facts=(*before, *added)), agreements=affected))
    return tuple(
        Difference(was.get(duty), becomes.get(duty))
        for duty in sorted(was.keys() | becomes.keys())
        if _state(was.get(duty)) != _state(becomes.get(duty))
    )


def _affected(register: Register, rulebook: Rulebook, added: Iterable[Fact]) -> list[str]:
    """The agreements that facts concern, and those under them."""
    touched = _touched(register, added) & set(rulebook.instruments)
    return sorted(touched | {one for one in rulebook.instruments if touched and _under(rulebook, one, touched)})


def _touched(register: Register, added: Iterable[Fact]) -> set[str]:
    """The agreements of the facts, of what they correct, and of what they move it to."""
    found = set()
    for fact in added:
        found.add(fact.agreement)
        target = register.fact(str(fact.attributes.get("target", "")))
        change = fact.attributes.get("set")
        found |= {target.agreement} if target else set()
        found |= {str(change["agreement"])} if isinstance(change, Mapping) and change.get("agreement") else set()
    return found


def _under(rulebook: Rulebook, name: str, touched: set[str]) -> bool:
    return any(one.instrument in touched for one in rulebook.chain(rulebook.instruments[name]))


def _by_duty(found: Assessment) -> dict[str, Verdict]:
    return {one.duty: one for one in found.duties}


def _state(verdict: Verdict | None) -> tuple[object, ...] | None:
    return None if verdict is None else (verdict.status, verdict.counted, verdict.due)
