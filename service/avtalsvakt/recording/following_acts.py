"""What may have been done at the same time: the acts that the duties wait for which a fact just recorded gave rise to.

In come the fact, the verdicts that recording it changed, and what is known of their agreements; out come how those
duties are met, and lines that can be recorded, filled in with the ids of the steps before them. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping

from avtalsvakt.answers.acts import Act, FromStep, HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.how_to import how_to
from avtalsvakt_engine.explaining.explaining_summary import OPEN
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict

Line = dict[str, object]


def waiting(fact: Fact, verdicts: Iterable[Verdict | None]) -> list[Verdict]:
    """The open duties that the fact gave rise to, without questions to functions."""
    return [one for one in verdicts if one and one.trigger == fact.id and one.status in OPEN and not one.attest]


def following(verdicts: Iterable[Verdict], known: Mapping[str, AgreementFacts]) -> Iterator[HowTo]:
    """How each of the duties is met; the steps of one chain once."""
    told: set[str] = set()
    for one in verdicts:
        if one.agreement in known and one.duty not in told:
            how = how_to(one, known[one.agreement])
            told.update(how.duties)
            if how.acts:
                yield how


def line_of(act: Act, made: Mapping[int, str]) -> Line | None:
    """The line that records an act, without a day; None for a correction, and where what it is about was not made.

    `made`: the ids of the acts of the same list that have been recorded, by number.
    """
    values = {name: made.get(one.number) if isinstance(one, FromStep) else one for name, one in act.attributes.items()}
    if act.verb != "record" or None in values.values():
        return None
    lists = {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}
    return {"kind": act.kind, "agreement": act.agreement, **lists}
