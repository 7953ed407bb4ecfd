"""What a fact says of its form: in writing or not, signed by both parties or one.

Words for the rules, which judge them.
"""

from avtalsvakt_engine.evidence.matching import Match, Parties, both, texts
from avtalsvakt_engine.facts import Fact

ORAL = frozenset({"muntlig", "muntligt", "muntligen"})


def written_form(fact: Fact) -> str:
    """`written`, `oral`, or `missing` where nothing is recorded."""
    form = fact.text("form")
    return "missing" if form is None else "oral" if form in ORAL else "written"


def signatures(fact: Fact, parties: Parties) -> str:
    """`both`, `one`, or `missing` where nothing is recorded."""
    found = texts(fact.attributes.get("signed_by"))
    return {Match.UNKNOWN: "missing", Match.YES: "both", Match.NO: "one"}[both(found, parties)]
