"""What an act is asked for by, what counted towards it, and every record that was looked at and did not: lines.

In come a verdict, its clause and the facts that are seen, out come the lines under the headings of an explanation.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from avtalsvakt_engine.dates.periods import within
from avtalsvakt_engine.evidence.matching import Match, Parties, static, texts
from avtalsvakt_engine.evidence.secrecy import provision, told
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import condition_words, effect_words, evidence_words
from avtalsvakt_engine.explaining.explaining_attest import demand_line
from avtalsvakt_engine.explaining.explaining_parts import besides, told_instead
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.seen import Seen
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import NotCounted, Verdict
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Same

SHOWN = 6  # facts listed under one heading; the rest is counted
ALIKE = 2  # facts told in full that do not count for one and the same reason; the rest is named


def demand_lines(seen: Seen, clause: Clause, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What the clause asks for, and given what; of another clause how it stands for the same period or event."""
    text = demand_line(clause) if clause.attest else evidence_words(clause, seen.names)
    changed = seen.verdict.required not in (0, clause.at_least, len(clause.including))
    yield f"{text}; ändrat till {seen.verdict.required}" if changed else text
    for prefix, conditions in (("om", clause.given), ("utom om", clause.unless)):
        for condition in conditions:
            yield f"{prefix} {condition_words(condition, seen.names)}{_stands(seen.verdict, condition, verdicts)}"
    if effect := effect_words(clause, seen.names):
        yield f"verkan: {effect}"


def _stands(verdict: Verdict, condition: Condition, verdicts: Sequence[Verdict]) -> str:
    """What the duties that a condition is about have come to: one, or that of each who has to meet it."""
    name, own = condition.met or condition.missed, _suffix(verdict)
    others = [one for one in verdicts if one.obligation == name and one.instrument == verdict.instrument]
    same = [one for one in others if _suffix(one) == own] or [one for one in others if _of_each(_suffix(one), own)]
    if len(same) < 2:
        return f" ({labels.status(same[0].status)})" if same else ""
    told = (f"{_suffix(one).rpartition('.')[2]} {labels.status(one.status)}" for one in same)
    return f" ({', '.join(told)})"


def _suffix(verdict: Verdict) -> str:
    return verdict.duty.partition(f".{verdict.obligation}.")[2]


def _of_each(one: str, other: str) -> bool:
    """Whether the end of a key is another's with a name after it, either way: `2024.polisen` and `2024`."""
    return bool(one and other) and (one.startswith(f"{other}.") or other.startswith(f"{one}."))


def counted(seen: Seen) -> tuple[str, ...]:
    """The facts that counted; of a list that is not complete only those that show a part of it."""
    aside = _aside(seen)
    return tuple(seen.fact(one) for one in seen.verdict.facts if one not in aside)


def latest(lines: Sequence[str]) -> Iterator[str]:
    """The last few of many lines, and how many came before."""
    yield from lines[-SHOWN:] if len(lines) <= SHOWN else lines[-SHOWN + 1 :]
    if len(lines) > SHOWN:
        yield f"och {len(lines) - SHOWN + 1} tidigare"


def not_counted(seen: Seen) -> Iterator[str]:
    """Every record that was looked at and does not count, with its id and the reason; many of one reason together."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in seen.verdict.not_counted:
        by_reason[_reason(seen, one)].append(one.fact)
    for name in _aside(seen):
        by_reason["visar inget av det som krävs här"].append(name)
    for reason, fact in _elsewhere(seen):
        by_reason[reason].append(fact.id)
    for reason, names in by_reason.items():
        yield from (f"{seen.fact(one)}: {reason}" for one in names[:ALIKE])
        if rest := names[ALIKE:]:
            yield f"av samma skäl ({reason}): {', '.join(rest)}"
    yield from _retracted(seen)


def _aside(seen: Seen) -> tuple[str, ...]:
    if seen.clause is None or seen.verdict.status not in labels.UNMET:
        return ()
    return besides(seen.verdict, seen.clause, seen.facts)


def _reason(seen: Seen, one: NotCounted) -> str:
    fact, clause = seen.facts.get(one.fact), seen.clause
    if one.reason != "breach" or fact is None or clause is None or clause.what[0].kind != ITSELF:
        return labels.REASONS.get(one.reason, one.reason)
    if clause.including:
        return "allt som krävs finns inte med"
    return told_instead(fact, clause, seen.names) or labels.REASONS["breach"]


def _elsewhere(seen: Seen) -> Iterator[tuple[str, Fact]]:
    """Acts of the right kind in the duty's days that name another period as theirs."""
    verdict, period = seen.verdict, seen.verdict.period
    told = {*verdict.facts, *(one.fact for one in verdict.not_counted)}
    if period is None or seen.clause is None or seen.clause.attest:
        return
    for fact in seen.facts.values():
        if not period.start <= fact.date <= period.end or fact.id in told:
            continue
        named = fact.text("concerns_period") or fact.text("period") or fact.text("for_year")
        if named and not within(named, period.label) and _looks_right(seen.clause, fact):
            yield f"avser {'annan period' if provision(fact) else named}, inte {labels.period(period.label)}", fact


def _retracted(seen: Seen) -> Iterator[str]:
    """Records that would have been looked at, had they not been taken back."""
    for fact, record in seen.records.retracted.values():
        if seen.clause is not None and _looks_right(seen.clause, fact) and _of_this(seen, fact):
            reason = None if provision(fact) else record.text("reason")
            why = f", »{reason}«" if reason else ""
            yield f"{fact_words(fact, seen.names)}: återkallad genom {record.id}, känt {record.recorded_on}{why}"


def _looks_right(clause: Clause, fact: Fact) -> bool:
    patterns = [one for one in clause.what if one.kind == fact.kind]
    return any(static(one, fact, Parties(), {}) is not Match.NO for one in patterns)


def _of_this(seen: Seen, fact: Fact) -> bool:
    """Whether a record belongs to the duty's agreement, and to its period or its occasion."""
    verdict = seen.verdict
    if fact.agreement != verdict.agreement or seen.clause is None:
        return False
    if verdict.period is not None:
        return verdict.period.start <= fact.date <= verdict.period.end
    same = [name for one in seen.clause.what for name, value in one.values if isinstance(value, Same)]
    return not same or any(verdict.trigger in texts(fact.attributes.get(name)) for name in same)


def waiver_lines(seen: Seen) -> Iterator[str]:
    """The recorded exemptions that name the duty."""
    verdict = seen.verdict
    names = (verdict.obligation, f"{verdict.instrument}.{verdict.obligation}")
    label = verdict.period.label if verdict.period else None
    for fact in seen.facts.values():
        said = fact.text("obligation")
        here = said in names and fact.text("period") in (None, label, _suffix(verdict), verdict.trigger)
        if fact.kind == "waiver" and (said == verdict.duty or here):
            form = "".join(f", {one}" for one in told(fact, "form"))
            signed = " och ".join(map(seen.names.value, told(fact, "signed_by")))
            yield f"{fact.date} undantag medgivet{form}{f', undertecknat av {signed}' if signed else ''} ({fact.id})"
