"""Facts from the command line: read and checked as any other, added to the register, and what they will change.

In come names and texts as they were typed, out come facts in the register. Raises Rejected; then nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from avtalsvakt.answers.assessing import Material, assess_all
from avtalsvakt.recording.typed_values import WHERE
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import ReadFact, read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that a new fact will change, before and after; None before it existed, or after it is gone."""

    was: Verdict | None
    becomes: Verdict | None

    @property
    def duty(self) -> str:
        """The duty's key."""
        one = self.becomes or self.was
        return one.duty if one else ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as it was added, what was unusual about it, and which verdicts it will change.

    `rehearsed`: nothing was written; it is what would have been.
    """

    fact: Fact
    warnings: tuple[Problem, ...]
    changes: tuple[Change, ...]
    rehearsed: bool = False


def record(settings: Settings, values: Mapping[str, object], *, dry_run: bool = False) -> Recorded:
    """Add one fact with these values; with `dry_run` do everything but that. Raises Rejected."""
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
        before = tuple(register.facts())
        [fact] = met
        add = register.rehearse if dry_run else register.append
        added = add([fact], now=settings.now, where={fact.id: where}).added
        changes = _changes(settings, rulebook, register, before, added)
    return Recorded(added[0] if added else fact, (*read.warnings, *said.warnings), changes, dry_run)


def _changes(
    settings: Settings, rulebook: Rulebook, register: Register, before: tuple[Fact, ...], added: tuple[Fact, ...]
) -> tuple[Change, ...]:
    """What the next run will conclude otherwise, judged as of today with and without what was added."""
    material = Material(rulebook, before, settings.today, None)
    touched = _touched(register, added) & set(rulebook.instruments)
    if not touched:
        return ()
    affected = sorted(touched | {one for one in rulebook.instruments if _under(rulebook, one, touched)})
    was = _by_duty(assess_all(material, agreements=affected))
    becomes = _by_duty(assess_all(replace(material, facts=(*before, *added)), agreements=affected))
    return tuple(
        Change(was.get(duty), becomes.get(duty))
        for duty in sorted(was.keys() | becomes.keys())
        if _state(was.get(duty)) != _state(becomes.get(duty))
    )


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
