"""What a fact says of its form: in writing or not, signed by both parties or one.

Words for the rules, which judge them.
"""

from avtalsvakt_engine.evidence.matching import Match, Parties, both, texts
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.vocabulary import load


def written_form(fact: Fact) -> str:
    """`written`, `oral`, `missing` where nothing is recorded, or `unknown` where it is neither."""
    form = fact.text("form")
    if form is None:
        return "missing"
    return next((name for name, listed in load().forms.items() if form in listed), "unknown")


def signatures(fact: Fact, parties: Parties) -> str:
    """`both`, `one`, or `missing` where nothing is recorded."""
    found = texts(fact.attributes.get("signed_by"))
    return {Match.UNKNOWN: "missing", Match.YES: "both", Match.NO: "one"}[both(found, parties)]
