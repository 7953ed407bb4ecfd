"""What would change if something had happened: the same day judged with and without it. Nothing is stored.

In come the material and lines of facts, some of days to come, out comes what would differ. The day judged is the last
one that is supposed, or today: what time alone brings until then differs in neither.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from msgspec import Struct, structs
from msgspec.structs import replace

from avtalsvakt.answers.assessing import Material, assess_all
from avtalsvakt.answers.supposed_text import WHERE, last_day
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.fact_files import read_files
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.problems import Rejected

AHEAD = 50  # years: how far ahead a supposed day may lie
NOON = time(12)


class Supposed(Struct, frozen=True):
    """What was supposed, the day on which it was judged, and the verdicts that it would change, by duty."""

    as_of: date
    facts: tuple[Fact, ...]
    differences: tuple[Difference, ...]


def supposed_facts(
    material: Material, lines: Sequence[Mapping[str, object]], files: Sequence[Path], now: datetime
) -> tuple[Fact, ...]:
    """The facts of the lines and files, each recorded on its own day; plans are recorded now. Raises Rejected."""
    known, later = known_facts(material.rulebook), now.replace(year=now.year + AHEAD, day=min(now.day, 28))
    by_id = {fact.id: fact for fact in material.facts}
    others = Others(by_id.get, lambda: material.facts)
    found = list(read_files(files, known, later, others=others).facts) if files else []
    found += [read_fact(line, known=known, now=later, where=WHERE).fact for line in lines]
    met, said = meet_targets(found, others, known, later, {fact.id: WHERE for fact in found})
    if said.problems:
        raise Rejected(said.problems)
    head = max((fact.arrival for fact in material.facts), default=0)
    return tuple(
        structs.replace(one, recorded=_moment(one, known.vocabulary.kinds[one.kind].ahead, now), arrival=head + number)
        for number, one in enumerate(sorted(met, key=lambda fact: fact.date), start=1)
    )


def _moment(fact: Fact, ahead: bool, now: datetime) -> str:
    if ahead or fact.date <= now.date():
        return now.isoformat(timespec="seconds")
    return datetime.combine(fact.date, NOON, now.tzinfo).isoformat(timespec="seconds")


def suppose(material: Material, facts: Sequence[Fact], agreements: Sequence[str] | None = None) -> Supposed:
    """Judge the last supposed day with and without the facts; of some agreements, else those they concern."""
    day = last_day((fact.date for fact in facts), material.as_of)
    chosen = list(agreements) if agreements is not None else _concerned(material, facts)
    then = replace(material, as_of=day)
    was = _by_duty(assess_all(then, agreements=chosen))
    becomes = _by_duty(assess_all(replace(then, facts=(*material.facts, *facts)), agreements=chosen))
    differing = (
        Difference(was.get(duty), becomes.get(duty))
        for duty in sorted(was.keys() | becomes.keys())
        if _told(was.get(duty)) != _told(becomes.get(duty))
    )
    return Supposed(day, tuple(facts), tuple(differing))


def _concerned(material: Material, facts: Sequence[Fact]) -> list[str]:
    """The agreements of the facts, those under them, and the municipalities that share their facts."""
    touched, book = {fact.agreement for fact in facts}, material.rulebook
    return [
        name
        for name, one in book.instruments.items()
        if name in touched
        or any(over.instrument in touched for over in book.chain(one))
        or touched & set(book.covering(one))
    ]


def _by_duty(found: Assessment) -> dict[str, Verdict]:
    return {one.duty: one for one in found.duties}


def _told(verdict: Verdict | None) -> tuple[object, ...] | None:
    return None if verdict is None else (verdict.status, verdict.counted, verdict.required, verdict.due)
