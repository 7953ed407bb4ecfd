"""Facts that cannot be added to a register, whoever sends them: recorded by nobody, or under a name that is taken.

In come facts, out come problems in Swedish, or Rejected.
"""

from collections.abc import Iterable, Mapping

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.problems import Problem, Rejected


def refuse_anonymous(facts: Iterable[Fact]) -> None:
    """Raise Rejected unless every fact says which role or account recorded it."""
    from avtalsvakt_engine.intake.recorders import anonymous

    problems = [problem for who in {fact.recorder for fact in facts} if (problem := anonymous(who)) is not None]
    if problems:
        raise Rejected(sorted(problems, key=str))


def name_taken(fact: Fact, where: Mapping[str, str]) -> Problem:
    """What is wrong with a fact whose id is another's. `where`: addresses for messages."""
    why = "en annan registrering har redan beteckningen och säger något annat"
    remedy = "ge den en egen beteckning, eller skriv den som en rättelse (record_corrected)"
    return Problem(f"beteckningen '{fact.id}' är upptagen", where.get(fact.id, fact.id), why, remedy)
