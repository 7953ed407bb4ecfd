"""Facts that somebody records, one or several that belong together, and what they change.

In come names and texts as they were typed, out come facts in the register. Raises Rejected; then nothing is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.assessing import Material, assess_all
from avtalsvakt.recording.at_once import Judged, as_told, calendars_at_once, judge_at_once
from avtalsvakt.recording.known_to import known_to, others_in
from avtalsvakt.recording.may_record import check_may_record
from avtalsvakt.recording.typed_values import WHERE
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.intake.fact_reading import ReadFact, read_fact
from avtalsvakt_engine.intake.fact_targets import meet_targets
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook


class Together(Struct, frozen=True):
    """Facts as they were added, what was unusual about them, and which verdicts they changed or will change.

    `rehearsed`: nothing was written; it is what would have been. `judged` is what was judged and stored with them; None
    where that is left to the next run: in a rehearsal, and before the first run.
    """

    facts: tuple[Fact, ...]
    warnings: tuple[Problem, ...]
    changes: tuple[Difference, ...]
    rehearsed: bool = False
    judged: Judged | None = None


class Recorded(Struct, frozen=True):
    """The same of a single fact."""

    fact: Fact
    warnings: tuple[Problem, ...]
    changes: tuple[Difference, ...]
    rehearsed: bool = False
    judged: Judged | None = None


def record(settings: Settings, values: Mapping[str, object], *, dry_run: bool = False) -> Recorded:
    """Add one fact with these values and judge what it changes; with `dry_run` only tell. Raises Rejected."""
    done = record_together(settings, {WHERE: values}, dry_run=dry_run)
    return Recorded(done.facts[0], done.warnings, done.changes, done.rehearsed, done.judged)


def record_together(
    settings: Settings,
    lines: Mapping[str, Mapping[str, object]],
    *,
    dry_run: bool = False,
    sees: Callable[[Fact], bool] | None = None,
) -> Together:
    """Add the facts of some lines, all or none, and judge what they change; with `dry_run` only tell. Raises Rejected.

    Each line stands under its address for messages. A line may name another by the id that both state.
    Recorded facts that the recorder may not see (`sees`, else by the rights of the settings) are as if they were not
    there, and what changes in agreements that are not seen is not told.
    """
    rulebook, rights = settings.rulebook(), settings.rights
    known = known_to(rulebook, rights)
    read = _read(settings, lines, known)
    where = {one.fact.id: address for address, one in read.items()}
    with settings.register(read_only=dry_run) as register:
        others = others_in(register, rights, sees)
        met, said = meet_targets([one.fact for one in read.values()], others, known, settings.now, where)
        if said.problems:
            raise Rejected(said.problems)
        check_may_record(rights, met, others.find)
        doing = _rehearsed if dry_run else _added
        done = doing(settings, rulebook, register, met, where)
    warnings = (problem for one in read.values() for problem in one.warnings)
    changes = tuple(one for one in done.changes if rights.sees(one.agreement))
    return replace(done, warnings=(*warnings, *said.warnings, *done.warnings), changes=changes)


def _read(settings: Settings, lines: Mapping[str, Mapping[str, object]], known: Known) -> dict[str, ReadFact]:
    """The lines as facts, by their addresses. Raises Rejected with what is wrong in any of them."""
    read: dict[str, ReadFact] = {}
    problems: list[Problem] = []
    for address, values in lines.items():
        # The moment is part of the id: the same thing may well be recorded twice.
        line = {"recorded": settings.now.isoformat(), **values}
        try:
            read[address] = read_fact(line, known=known, now=settings.now, where=address, by=settings.recorder)
        except Rejected as refused:
            problems += refused.problems
    if problems:
        raise Rejected(problems)
    return read


def _rehearsed(
    settings: Settings, rulebook: Rulebook, register: Register, facts: Sequence[Fact], where: Mapping[str, str]
) -> Together:
    before = tuple(register.facts())
    added = register.rehearse(facts, now=settings.now, where=where).added
    changes = _foreseen(settings, rulebook, register, before, added)
    return Together(added or tuple(facts), (), changes, rehearsed=True)


def _added(
    settings: Settings, rulebook: Rulebook, register: Register, facts: Sequence[Fact], where: Mapping[str, str]
) -> Together:
    """The facts added, and what they change judged and stored with them, or foreseen before the first run."""
    with register.transaction():
        before = tuple(register.facts()) if Store(register.connection).last_run() is None else ()
        added = register.append(facts, now=settings.now, where=where).added
        affected = _affected(register, rulebook, added)
        judged = judge_at_once(register, rulebook, settings, affected) if added else None
    stored = added or tuple(facts)
    if judged is None:
        return Together(stored, (), _foreseen(settings, rulebook, register, before, added))
    late = [judged.failure] if judged.failure else [calendars_at_once(register, rulebook, settings)]
    told = (as_told(one, settings.rights) for one in late)
    return Together(stored, tuple(one for one in told if one), judged.changes, judged=judged)


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
