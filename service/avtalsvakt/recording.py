"""Facts from the command line: read and checked as any other, added to the register, and what they will change.

In come names and texts as they were typed, out come facts in the register. Raises Rejected; then nothing is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from avtalsvakt.assessing import Material, assess_all
from avtalsvakt.known_facts import known_facts
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import ReadFact, read_fact
from avtalsvakt_engine.intake.fact_targets import meet_targets
from avtalsvakt_engine.intake.file_lines import cell_value, field_names, plain
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook

WHERE = "kommandoraden"


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
    """A fact as it was added, what was unusual about it, and which verdicts it will change."""

    fact: Fact
    warnings: tuple[Problem, ...]
    changes: tuple[Change, ...]


def typed_values(words: Sequence[str], settings: Settings) -> dict[str, object]:
    """Fields and values as typed: `name=value`, `--name value` or `--name=value`. Raises Rejected.

    Names may be English or Swedish; a list is written with `|`, an object as JSON.
    """
    known = field_names(known_facts(settings.rulebook()).vocabulary)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, text in _pairs(words, problems):
        field = known.get(plain(name.replace("-", "_")), name.replace("-", "_"))
        if field in values:
            why = "det är oklart vilket värde som gäller"
            problems.append(Problem(f"{name} står två gånger", WHERE, why, "skriv listor med |, till exempel a|b"))
        value = cell_value(field, text, f"{WHERE} ({name})")
        if isinstance(value, Problem):
            problems.append(value)
        values[field] = value
    if problems:
        raise Rejected(problems)
    return values


def _pairs(words: Sequence[str], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    waiting = iter(words)
    for word in waiting:
        name, equals, text = word.lstrip("-").partition("=")
        if not equals and word.startswith("--"):
            text, equals = next(waiting, ""), "="
        if not equals or not name:
            why = "det saknar likhetstecken"
            problems.append(
                Problem(f"'{word}' går inte att tyda", WHERE, why, "skriv namn=värde, t.ex. body=chiefs_council")
            )
        else:
            yield name, text


def record(settings: Settings, values: Mapping[str, object]) -> Recorded:
    """Add one fact with these values. Raises Rejected."""
    rulebook = settings.rulebook()
    known, where = known_facts(rulebook), WHERE
    # The moment is part of the id: the same thing may well be recorded twice.
    line = {"recorded": settings.now.isoformat(), **values}
    read: ReadFact = read_fact(line, known=known, now=settings.now, where=where, by=settings.recorder)
    with settings.register() as register:
        met, said = meet_targets([read.fact], register.fact, known, settings.now, {read.fact.id: where})
        if said.problems:
            raise Rejected(said.problems)
        before = tuple(register.facts())
        [fact] = met
        added = register.append([fact], now=settings.now, where={fact.id: where}).added
        changes = _changes(settings, rulebook, register, before, added)
    return Recorded(added[0] if added else fact, (*read.warnings, *said.warnings), changes)


def _changes(
    settings: Settings, rulebook: Rulebook, register: Register, before: tuple[Fact, ...], added: Iterable[Fact]
) -> tuple[Change, ...]:
    """What the next run will conclude otherwise, judged as of today with and without what was added."""
    material = Material(rulebook, before, settings.today, None)
    touched = _touched(register, added) & set(rulebook.instruments)
    if not touched:
        return ()
    affected = sorted(touched | {one for one in rulebook.instruments if _under(rulebook, one, touched)})
    was = _by_duty(assess_all(material, agreements=affected))
    becomes = _by_duty(assess_all(replace(material, facts=tuple(register.facts())), agreements=affected))
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
