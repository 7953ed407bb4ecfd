"""Clauses that cannot both be right: a condition that never holds, a duty and a prohibition of the same act.

In comes one instrument, out come problems. Only what is certain is told: where a way out remains, nothing is said.
"""

from collections.abc import Iterator, Mapping

from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, OneOf, Pattern
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.soundness.window_bounds import kept_months, per_year

BINDING = ("shall", "should")


def check_conditions(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """Conditions that can never hold, so that the clause never applies, and exceptions that never release."""
    for name, clause in instrument.clauses.items():
        for key in ("given", "unless"):
            for condition in getattr(clause, key):
                yield from _unread(source, name, key, clause, condition)
                target = condition.met or condition.missed
                proven_apart = condition.met and clause.effect and clause.effect.extends  # the term itself asks for it
                if target not in instrument.clauses or proven_apart:
                    continue
                why = _never(clause, instrument.clauses, target, missed=condition.missed is not None)
                if why:
                    word = "missed" if condition.missed else "met"
                    open_right = clause.duty_norm == "may" and condition.met
                    effect = "undantaget gäller aldrig" if key == "unless" else "klausulen gäller aldrig"
                    effect = "villkoret prövas aldrig" if open_right else effect
                    where = source.where(("clauses", name, key))
                    yield Problem(f"klausul {name}: {effect}", where, why, f"rätta {word}: {target}")


def _unread(source: Source, name: str, key: str, clause: Clause, condition: Condition) -> Iterator[Problem]:
    """Conditions that nobody asks about: only an act can decide if something is deemed, or needed for validity."""
    other = condition.met or condition.missed
    if clause.duty_norm is None and clause.judged and (other or ("deemed" in clause.norm and condition.in_force)):
        word = "in_force" if condition.in_force else "met" if condition.met else "missed"
        why = f"{word} har ingen verkan i en klausul med norm {', '.join(clause.norm)}; där avgör bara en händelse"
        remedy = f"skriv {key} som en händelse, {{faktatyp: {{attribut: värde}}}}"
        yield Problem(f"klausul {name}: villkoret prövas aldrig", source.where(("clauses", name, key)), why, remedy)


def _never(clause: Clause, clauses: Mapping[str, Clause], target: str, *, missed: bool) -> str | None:
    """Why a condition on another clause can never hold."""
    other = clauses[target]
    if not other.judged or other.duty_norm is None:
        return f"{target} är ingen skyldighet som bedöms"
    if missed and other.duty_norm in ("may", "shall_not"):
        return f"{target} är {other.duty_norm} och kan inte missas"
    if missed and _undated(other):
        return f"{target} har ingen sista dag och blir aldrig försenad"
    if clause.duty_norm == "may" and not missed and _undated(other) and not (other.given or other.unless):
        return f"{target} har ingen sista dag, och en rätt står öppen tills det andra är försenat"
    mine, theirs = _occasion(clause, clauses), _occasion(other, clauses)
    if mine and theirs and not mine & theirs:
        return f"{target} har andra perioder eller händelser, så ingen av dess skyldigheter hör ihop med den här"
    return None


def _undated(clause: Clause) -> bool:
    when = clause.when
    if when is None or when.form == "always" or (clause.what and clause.what[0].kind == ITSELF):
        return False
    return clause.attest is None and (when.open or when.form == "once")


def _occasion(clause: Clause, clauses: Mapping[str, Clause]) -> frozenset[str]:
    """What ties the duties of a clause to those of others: the kind of period, or the kinds of events."""
    when, seen = clause.when, {id(clause)}
    while when and when.follows and when.follows in clauses and id(clauses[when.follows]) not in seen:
        clause = clauses[when.follows]
        seen.add(id(clause))
        when = clause.when
    if when is None or when.form == "follows":
        return frozenset()
    if when.form == "event":
        return frozenset(event.kind for event in when.events)
    if when.every:
        return frozenset({f"{when.every} months from {when.starting}"})
    if when.form == "period":
        return frozenset({"year" if when.period == "year_end" else when.period or ""})
    if when.form == "performance":
        return frozenset({"start", *(pattern.kind for pattern in clause.what)})
    return frozenset({"" if when.form in ("once", "always", "date") else when.form})


def check_contradictions(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """The same act both owed and forbidden, or owed more often than another clause allows."""
    judged = [(name, one) for name, one in instrument.clauses.items() if one.judged and one.attest is None]
    for name, clause in judged:
        if clause.duty_norm not in BINDING or "at_least" not in clause.model_fields_set | _implied(clause):
            continue
        for other_name, other in judged:
            if other_name == name or other.per != clause.per or not _all_fall_under(clause, other):
                continue
            where = source.where(("clauses", other_name, "what"))
            if other.duty_norm == "shall_not" and _no_way_out(clause, other, instrument.year_starts):
                why = f"{name} kräver samma sak under samma tid"
                yield Problem(f"klausul {other_name}: förbjuder vad {name} kräver", where, why, "rätta en av dem")
            elif other.at_most is not None and _too_many(clause, other):
                why = f"{name} kräver minst {clause.at_least}, {other_name} tillåter högst {other.at_most}"
                yield Problem(f"klausul {other_name}: tillåter färre än {name} kräver", where, why, "rätta talen")


def _implied(clause: Clause) -> set[str]:
    """One is required where nothing is said, unless only a ceiling is."""
    return set() if clause.at_most is not None else {"at_least"}


def _all_fall_under(clause: Clause, other: Clause) -> bool:
    """Whether every act that shows one done also falls under the other."""
    free = not other.given and not other.unless and not other.including and not clause.unless
    return free and all(any(_within(mine, theirs) for theirs in other.what) for mine in clause.what)


def _within(mine: Pattern, theirs: Pattern) -> bool:
    if mine.kind != theirs.kind or mine.kind == ITSELF:
        return False
    said = dict(mine.values)
    for name, value in theirs.values:
        own = said.get(name)
        if own == value:
            continue
        if not (isinstance(own, OneOf) and isinstance(value, OneOf) and set(own.texts) <= set(value.texts)):
            return False
    return True


def _no_way_out(clause: Clause, other: Clause, year_starts: str) -> bool:
    """Whether the prohibition is in force whenever the act could be done in time."""
    when, ban = clause.when, other.when
    if when is None or ban is None or not _unlimited(ban):
        return False
    if ban.form in ("term", "always", "once") or (ban.form == "period" and not ban.only and not ban.except_):
        return True
    if ban.form != "period" or when.form != "period" or when.due or when.opens:
        return False
    finer = per_year(when) >= per_year(ban)
    return finer and kept_months(when, year_starts) <= kept_months(ban, year_starts)


def _unlimited(when: When) -> bool:
    """Whether a window is its whole period, from the first to the last."""
    opens_later = when.opens is not None or (when.due is not None and when.due.text != "end")
    return when.from_ is None and when.until is None and not opens_later


def _too_many(clause: Clause, other: Clause) -> bool:
    when, cap = clause.when, other.when
    if when is None or cap is None or when.form != "period" or cap.form != "period" or other.at_most is None:
        return False
    if when.only or when.except_ or cap.only or cap.except_ or not (_unlimited(when) and _unlimited(cap)):
        return False
    share = per_year(when) / per_year(cap)
    return share >= 1 and clause.at_least * share > other.at_most
