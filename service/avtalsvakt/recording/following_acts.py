"""What may have been done at the same time: the acts that a fact just recorded calls for, one after the other.

In come the verdicts that recording it changed, out come lines that can be recorded, filled in with what is known: a
decision about the version, its annexing, the message about it. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language import Clause
from avtalsvakt_rules.patterns import ITSELF, OneOf, Pattern, Same
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import OCCASION, Kind, Vocabulary

OPEN = ("pending", "at_risk", "overdue")
Line = dict[str, object]


def following(
    fact: Fact, changes: Iterable[Difference], rulebook: Rulebook, vocabulary: Vocabulary
) -> Iterator[tuple[str, Line]]:
    """What each act is called, and its line without a day; each line once."""
    seen: list[Line] = []
    for verdict in (one.becomes for one in changes):
        if verdict is None or verdict.trigger != fact.id or verdict.status not in OPEN or verdict.attest:
            continue
        clause = rulebook.instruments[verdict.instrument].clauses[verdict.obligation]
        line = _line(fact, clause, verdict, vocabulary)
        if line is not None and line not in seen:
            seen.append(line)
            yield clause.duty_title or clause.act or verdict.obligation, line


def _line(fact: Fact, clause: Clause, verdict: Verdict, vocabulary: Vocabulary) -> Line | None:
    """The act that the clause asks for, about this fact; None where it asks for none that can be recorded."""
    pattern = clause.what[0] if clause.what else None
    kind = vocabulary.kinds.get(pattern.kind) if pattern and pattern.kind != ITSELF else None
    if pattern is None or kind is None or verdict.modality == "prohibition":
        return None
    line: Line = {"kind": kind.id, "agreement": verdict.agreement, **dict(_values(fact, pattern, kind))}
    if kind.allows(OCCASION):
        line[OCCASION] = fact.id
    return line


def _values(fact: Fact, pattern: Pattern, kind: Kind) -> Iterator[tuple[str, object]]:
    """What the pattern says, where it leaves no choice; and what the act has in common with the fact."""
    asked: Mapping[str, object] = dict(pattern.values)
    for name, value in asked.items():
        if isinstance(value, OneOf) and value.texts and kind.allows(name):
            yield name, value.texts[0]
        elif isinstance(value, Same) and name in kind.refers and name != OCCASION:
            yield name, fact.id
        elif isinstance(value, Same) and (shared := fact.text(value.attribute or name)):
            yield name, shared
    for name in ("document", "version"):
        if name not in asked and kind.allows(name) and (shared := fact.text(name)):
            yield name, shared
