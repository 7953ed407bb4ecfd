"""What an act is asked for by, what counted towards it, what did not and what is missing: lines of Swedish.

In come a verdict, its clause and the facts that are seen, out come the lines under the headings of an explanation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import condition_words, effect_words, evidence_words, part_words
from avtalsvakt_engine.explaining.explaining_asks import asked_lines
from avtalsvakt_engine.explaining.explaining_attest import demand_line, missing_lines
from avtalsvakt_engine.explaining.explaining_parts import Wanted, besides, ended, lacking, told_instead
from avtalsvakt_engine.explaining.explaining_summary import days
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import NotCounted, Verdict
from avtalsvakt_rules.conditions import Condition
from avtalsvakt_rules.language import Clause
from avtalsvakt_rules.patterns import ITSELF

SHOWN = 6  # facts listed under one heading; the rest is counted
ROLE = "role_assigned"


@dataclass(frozen=True)
class Seen:
    """What the lines are drawn from. `corrected` says which corrections were applied to a fact."""

    verdict: Verdict
    clause: Clause | None
    names: Names
    facts: Mapping[str, Fact]
    corrected: Mapping[str, tuple[str, ...]]
    as_of: date

    def fact(self, name: str) -> str:
        """A fact in words, with what mended it."""
        fact = self.facts.get(name)
        if fact is None:
            return name
        mended = self.corrected.get(name, ())
        return fact_words(fact, self.names) + (f", rättad genom {', '.join(mended)}" if mended else "")


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
    name = condition.met or condition.missed
    suffix = verdict.duty.partition(f".{verdict.obligation}.")[2]
    for one in verdicts:
        same = one.obligation == name and one.instrument == verdict.instrument
        if same and one.duty.partition(f".{name}.")[2] == suffix:
            return f" ({labels.status(one.status)})"
    return ""


def counted(seen: Seen) -> Iterator[str]:
    """The facts that counted; of a list that is not complete only those that show a part of it."""
    aside = _aside(seen)
    yield from _few([seen.fact(one) for one in seen.verdict.facts if one not in aside])


def not_counted(seen: Seen) -> Iterator[str]:
    """What looks like evidence and is none, with the reason."""
    found = [f"{seen.fact(one.fact)}: {_reason(seen, one)}" for one in seen.verdict.not_counted]
    found += [f"{seen.fact(one)}: visar inget av det som krävs här" for one in _aside(seen)]
    yield from _few(found)


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


def missing(seen: Seen, clause: Clause) -> Iterator[str]:
    """What is missing and until when it can be made good."""
    verdict = seen.verdict
    if clause.attest:
        yield from missing_lines(verdict, clause, verdict.days_left(seen.as_of))
        return
    if asked := list(asked_lines(verdict, clause, seen.facts, seen.names)):
        yield from dict.fromkeys(asked)
    elif clause.including:
        yield from (_part(seen, clause, part) for part in lacking(verdict, clause, seen.facts))
    elif clause.what[0].kind == ITSELF and labels.broken(verdict):
        pass  # what its record says instead is told beside it
    elif (left := verdict.required - verdict.counted) > 0:
        one = evidence_words(clause.model_copy(update={"at_least": 1}), seen.names)
        yield (f"{left} × {one}" if left > 1 else one) + _since(ended(clause, seen.facts.values(), seen.as_of))
    yield from _last_day(seen)


def _part(seen: Seen, clause: Clause, part: Wanted) -> str:
    """The part with what it is missing in, or since when nobody shows it."""
    words = part_words(part, seen.names)
    event = seen.facts.get(seen.verdict.trigger or "")
    if clause.what[0].kind == ITSELF and event is not None:
        said = [text for name in ("document", "version") for text in texts(event.attributes.get(name))]
        told = map(seen.names.value, said)
        return f"{words}, i {' '.join(told) or seen.names.kind(event.kind)} från {event.date} ({event.id})"
    return words + _since(ended(clause, seen.facts.values(), seen.as_of, part))


def _since(last: Fact | None) -> str:
    if last is None:
        return ""
    day = date.fromisoformat(last.text("to") or "") + timedelta(1)
    what = "uppdraget" if last.kind == ROLE else "resursen"
    return f": saknas sedan {day}; {what} i {last.id} slutade dagen före"


def _last_day(seen: Seen) -> Iterator[str]:
    verdict = seen.verdict
    if verdict.due is None:
        return
    left = verdict.days_left(seen.as_of) or 0
    if left >= 0:
        what = "använda rätten" if verdict.modality == "power" else "göra det"
        yield f"sista dag att {what}: {verdict.due} ({days(left)} kvar)"
    elif not verdict.curable:
        yield "det går inte att göra i efterhand"
    elif verdict.status == "overdue" and not labels.broken(verdict):
        named = verdict.period is not None and ("SENT", "documents") in verdict.readings
        how = f"; handlingen ska då ange perioden {verdict.period.label}" if named and verdict.period else ""
        yield f"kan ännu göras i efterhand, som uppfyllt för sent{how}"


def waiver_lines(seen: Seen) -> Iterator[str]:
    """The recorded exemptions that name the duty."""
    verdict = seen.verdict
    suffix = verdict.duty.partition(f".{verdict.obligation}.")[2]
    names = (verdict.obligation, f"{verdict.instrument}.{verdict.obligation}")
    label = verdict.period.label if verdict.period else None
    for fact in seen.facts.values():
        said = fact.text("obligation")
        here = said in names and fact.text("period") in (None, label, suffix, verdict.trigger)
        if fact.kind == "waiver" and (said == verdict.duty or here):
            form = "".join(f", {one}" for one in texts(fact.attributes.get("form")))
            signed = " och ".join(map(seen.names.value, texts(fact.attributes.get("signed_by"))))
            yield f"{fact.date} undantag medgivet{form}{f', undertecknat av {signed}' if signed else ''} ({fact.id})"


def _few(lines: list[str]) -> Iterator[str]:
    yield from lines[-SHOWN:] if len(lines) <= SHOWN else lines[-SHOWN + 1 :]
    if len(lines) > SHOWN:
        yield f"och {len(lines) - SHOWN + 1} tidigare"
