"""A verdict in one sentence, and the name of its duty.

In come a verdict, its clause and the facts that are seen, out come short texts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import part_words
from avtalsvakt_engine.explaining.explaining_attest import denied, progress, who_denied
from avtalsvakt_engine.explaining.explaining_parts import lacking, told_instead
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.interpreting.sensitive_cases import keys_of, number_in
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Pattern

OPEN = ("pending", "at_risk", "overdue", "recommendation_not_met")
YEARS = 2  # from so many on, what has passed is said in years
NOTHING: Mapping[str, Fact] = MappingProxyType({})


def title(verdict: Verdict, clause: Clause | None, facts: Mapping[str, Fact]) -> str:
    """What the duty is called: the act, else the sentence; for which party or site; and its period or day."""
    name = (clause.act or clause.sv if clause else None) or verdict.obligation
    whom = "".join(f", {one}" for one in (whose(verdict, clause, facts),) if one)
    event = facts.get(verdict.trigger or "")
    when = labels.period(verdict.period.label) if verdict.period else event.date.isoformat() if event else ""
    return f"{name.rstrip('.')}{whom}" + (f" · {when}" if when else "")


def whose(verdict: Verdict, clause: Clause | None, facts: Mapping[str, Fact]) -> str | None:
    """The party or site that the duty is about, where each has one of its own."""
    if clause is None:
        return None
    if clause.per == "party":
        return verdict.bearer
    if clause.per_case is None:
        return None
    suffix = verdict.duty.partition(f".{verdict.obligation}.")[2]
    if clause.sensitive:
        return number_in(suffix)
    begins = clause.when.from_ if clause.when else None
    kind = begins.kind if isinstance(begins, Pattern) else ""
    begun = ((case, one.arrival) for one in facts.values() if one.kind == kind and (case := one.text(clause.per_case)))
    keys = keys_of(begun, sensitive=False)
    return next((case for case, key in sorted(keys.items()) if f".{suffix}.".startswith(f".{key}.")), None)


def summary(
    verdict: Verdict, as_of: date, clause: Clause | None, names: Names, facts: Mapping[str, Fact] = NOTHING
) -> str:
    """The status in one sentence: `Närmar sig: 1 av 2 gjort, 38 dagar kvar till 2026-12-31`."""
    if denied(verdict) and verdict.status in labels.BROKEN:
        return f"Svaret är nej: {who_denied(verdict, facts)}"
    details = ", ".join(_details(verdict, as_of, clause, names, facts))
    word = labels.status(verdict.status)
    if verdict.status == "overdue" and labels.broken(verdict):
        word = labels.BREACH
    return f"{word[:1].upper()}{word[1:]}" + (f": {details}" if details else "")


def _details(
    verdict: Verdict, as_of: date, clause: Clause | None, names: Names, facts: Mapping[str, Fact]
) -> Iterator[str]:
    if verdict.status in ("not_applicable", "not_evaluated"):
        yield from _why(verdict)
    elif verdict.status == "waived":
        yield "parterna har medgett undantag"
    elif labels.broken(verdict):
        yield from _breach(verdict, clause, names, facts)
    elif verdict.status == "pending" and verdict.opens is not None and verdict.opens > as_of:
        yield f"{'frågan ställs' if verdict.attest else 'räknas'} från {verdict.opens}"
        yield f"sista dag {verdict.due}" if verdict.due else "utan sista dag"
    else:
        if verdict.required:
            yield _progress(verdict, clause)
        if verdict.status == "fulfilled_late":
            yield from _how_late(verdict, facts)
        if not (verdict.status not in labels.BROKEN and clause is not None and _itself(clause)):
            yield from _left(verdict, as_of)
        if verdict.status == "pending" and clause is not None and clause.when is not None and clause.when.open:
            yield "texten anger ingen sista dag"


def _why(verdict: Verdict) -> Iterator[str]:
    why = verdict.reason or (verdict.rules[-1] if verdict.rules else None)
    if why:
        from avtalsvakt_engine.rulesets.labels import rule_words  # the rows of all rulesets

        text = rule_words(why)
        yield f"{text[:1].lower()}{text[1:]}".rstrip(".")


def _breach(verdict: Verdict, clause: Clause | None, names: Names, facts: Mapping[str, Fact]) -> Iterator[str]:
    """What is wrong, of what the record shows."""
    if set(verdict.rules) & {"forbidden_act_done", "forbidden_act_excused"}:
        yield "det som inte fick göras har gjorts"
    elif clause is not None and clause.including:
        missing = [part_words(part, names) for part in lacking(verdict, clause, facts)]
        yield f"{verdict.counted} av {verdict.required} finns"
        if missing:
            yield f"{' och '.join(missing)} saknas" if len(missing) < 3 else f"{len(missing)} saknas"
    elif clause is not None and clause.at_most is not None:
        yield f"{verdict.counted} gånger, högst {clause.at_most} får det vara"
    elif clause is not None and _itself(clause):
        event = facts.get(verdict.trigger or "")
        yield (told_instead(event, clause, names) if event else "") or "det som hände uppfyllde inte kravet"
    elif verdict.required > 1:
        yield f"{verdict.counted} av {verdict.required} finns"
    else:
        yield "det som krävs finns inte"


def _how_late(verdict: Verdict, facts: Mapping[str, Fact]) -> Iterator[str]:
    """The day on which it was done at last, and how long after the last day that was."""
    done = [facts[one].date for one in verdict.facts if one in facts]
    late = [day for day in done if verdict.due is not None and day > verdict.due]
    if late and verdict.due is not None:
        yield f"{max(late)}, {days((max(late) - verdict.due).days)} efter sista dagen {verdict.due}"


def _left(verdict: Verdict, as_of: date) -> Iterator[str]:
    left = verdict.days_left(as_of)
    if left is None or verdict.status not in OPEN:
        return
    if left > 0:
        yield f"{days(left)} kvar till {verdict.due}"
    elif left == 0:
        yield "sista dagen är i dag"
    elif verdict.status not in labels.BROKEN:
        yield f"sista dagen var {verdict.due}"
    elif not verdict.attest:
        years = -left // 365
        passed = f"{years} år" if years >= YEARS else days(-left)
        yield f"{passed} sedan sista dagen {verdict.due}"


def _progress(verdict: Verdict, clause: Clause | None) -> str:
    if verdict.attest:
        return progress(verdict)
    if verdict.modality == "power":
        return "rätten är använd" if verdict.counted else "rätten är inte använd"
    if verdict.asks and verdict.status in labels.UNMET:
        return f"{_so_far(verdict)}går inte att avgöra förrän registreringen har kompletterats"
    if clause is not None and (_stands(clause) or _itself(clause)):
        return _present(verdict)
    return _done(verdict)


def _so_far(verdict: Verdict) -> str:
    return f"{verdict.counted} av {verdict.required} finns; resten " if verdict.counted else ""


def _done(verdict: Verdict) -> str:
    """How much was done in time: `1 av 2 gjort i tid`; more than was asked for is told as such."""
    counted = f"{verdict.counted} av {verdict.required} gjort i tid"
    if verdict.status == "fulfilled" and verdict.required > 1:
        more = f"; {verdict.required} krävdes" if verdict.counted > verdict.required else ""
        return f"gjort i tid, {verdict.counted} gånger{more}"
    if verdict.status == "fulfilled_late":
        return f"{counted}, resten efteråt" if verdict.counted else "gjort efteråt"
    if verdict.counted:
        more = f", {verdict.counted} gånger" if verdict.counted > 1 else ""
        return f"gjort i tid{more}" if verdict.required == 1 else counted
    return "inte gjort" if verdict.required == 1 else f"inget av {verdict.required} gjort"


def _stands(clause: Clause) -> bool:
    return clause.when is not None and clause.when.form == "always"


def _itself(clause: Clause) -> bool:
    return bool(clause.what) and clause.what[0].kind == ITSELF


def _present(verdict: Verdict) -> str:
    """How much there is of a state or of the contents of one record."""
    if verdict.required == 1:
        return "det som krävs finns" if verdict.counted else "inget är registrerat"
    return f"{verdict.counted} av {verdict.required} finns" if verdict.counted else f"inget av {verdict.required} finns"


def days(number: int) -> str:
    """So many days: `1 dag`, `2 dagar`."""
    return f"{number} dag" if number == 1 else f"{number} dagar"
