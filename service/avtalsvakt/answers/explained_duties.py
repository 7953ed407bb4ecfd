"""The duties of agreements judged now, each with its explanation on demand: what reports and hand-overs are made of.

In comes the material, out come the judged agreements, one after the other. Nothing is written.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.explaining import records_of
from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.explanations import Background, Explanation, explain
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load


class JudgedAgreement(Struct, frozen=True):
    """One agreement's verdicts with what explains them; `failure` says why it could not be judged."""

    agreement: str
    background: Background
    failure: str | None = None

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts on all its duties; none where it could not be judged."""
        return self.background.verdicts

    @property
    def rulebook(self) -> Rulebook:
        """The rules that it was judged by."""
        return self.background.rulebook

    def clause(self, verdict: Verdict) -> Clause | None:
        """The clause that a duty comes from."""
        return self.background.instrument(verdict.instrument).clauses.get(verdict.obligation)

    def explained(self, verdict: Verdict) -> Explanation:
        """Why the verdict is what it is."""
        return explain(verdict, self.background)


def judged_agreements(material: Material, agreements: Sequence[str]) -> Iterator[JudgedAgreement]:
    """Judge the agreements as of the material's day, in the order given."""
    seen = view(material.facts, material.known_at, load())
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in seen.facts:
        by_agreement[fact.agreement].append(fact)
    records = records_of(material.facts, seen)
    with Decider(table="first") as decider:
        world = World(material.rulebook, lambda name: by_agreement.get(name, []), decider, material.as_of)
        for agreement in agreements:
            try:
                verdicts = [one for *_, found, _ in judge_agreement(world, agreement) for one in found]
                failure = None
            except NotEvaluated as refused:
                verdicts, failure = [], refused.cause
            index = world.index(agreement)
            facts = {**index.by_id, **{twin: index.by_id[one] for twin, one in index.same_as.items()}}
            names = {agreement, *(one.instrument for one in verdicts)}
            timelines = {name: world.timelines.of(name) for name in sorted(names)} if failure is None else {}
            known = Background(material.rulebook, material.as_of, verdicts, facts, timelines, records)
            yield JudgedAgreement(agreement, known, failure)
