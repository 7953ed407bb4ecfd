"""The same act asked for by several texts, in Swedish: each source's demand, the strictest of them, and why."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt_engine.duties.requirements import Demand, Doubled, Named, demand, strictest_first, written_term
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.act_words import act_of
from avtalsvakt_engine.explaining.clause_words import when_words
from avtalsvakt_engine.explaining.how_often import times_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.verdicts import Asked, Period, Requirement, Verdict
from avtalsvakt_rules.rulebook import Rulebook

RIVALS = 3  # other verdicts that are named; the rest is counted

RESPECTS = MappingProxyType(
    {
        "norm": "en skyldighet, ingen rekommendation",
        "times": "oftare",
        "spread": "jämnare fördelat över året",
        "due": "tidigare sista dag",
        "contents": "mer ska finnas med",
    }
)
"""In what respect one text goes further than another."""

GOVERNS = MappingProxyType({"local": "det lokala avtalet", "superior": "det övergripande avtalet"})
"""Whose text counts alone, by the choice of DUBBEL."""


class Rivals(Struct, frozen=True):
    """One verdict among those on the same act by other texts at the same time; `texts` have no verdict at hand."""

    group: Doubled
    verdict: Verdict
    others: Sequence[Verdict]
    texts: Sequence[Named] = ()


def rivals(
    verdict: Verdict, verdicts: Sequence[Verdict], groups: Sequence[Doubled], rulebook: Rulebook
) -> Rivals | None:
    """The verdicts of other texts on the same act in a period that overlaps; None where there are none.

    `verdicts` may be those of one agreement only; what another body owes by the same act is then told by its text.
    """
    if verdict.period is None or not _counts(verdict):
        return None
    mine = [group for group in groups if _named(verdict) in group.clauses]
    named = {one for group in mine for one in group.clauses if one[1] != verdict.instrument}
    if not named:
        return None
    others = [
        one for one in verdicts
        if _named(one) in named and _counts(one) and one.period and _overlap(verdict.period, one.period)
    ]  # fmt: skip
    known = {one.agreement for one in verdicts}
    texts = [one for one in sorted(named) if one[0] not in known and _in_force(rulebook, one[1], verdict.period)]
    if not others and not texts:
        return None
    group = mine[0].among([_named(verdict), *map(_named, others)])
    return Rivals(group, verdict, others, texts)


def strictest(verdicts: Sequence[Verdict], groups: Sequence[Doubled], rulebook: Rulebook) -> Mapping[str, bool]:
    """For each duty whose act another text asks for at the same time: whether no text asks for more than its own."""
    named = {one for group in groups for one in group.clauses}
    doubled = [one for one in verdicts if _named(one) in named]
    out = {}
    for verdict in doubled:
        found = rivals(verdict, doubled, groups, rulebook)
        if found:
            mine, governs = _demand(verdict, rulebook), found.group.governs
            others = [_demand(one, rulebook) for one in found.others if governs(one.agreement, one.instrument)]
            own = governs(verdict.agreement, verdict.instrument)
            out[verdict.duty] = own and all(mine.strictness >= one.strictness for one in others)
    return out


def requirement_lines(found: Rivals, rulebook: Rulebook) -> Iterator[str]:
    """The other verdicts on the act, each by its own source, and which source asks for most."""
    shown = [found.verdict, *found.others[:RIVALS]]
    demands = {one.duty: _demand(one, rulebook) for one in shown}
    for one in sorted(shown[1:], key=lambda one: demands[one.duty].strictness, reverse=True):
        due = f", senast {one.due}" if one.due else ""
        number = demands[one.duty].number
        yield f"{one.instrument} kräver också minst {number}{due}: {labels.status(one.status)} ({one.duty})"
    if len(found.others) > RIVALS:
        yield f"och {len(found.others) - RIVALS} till"
    beside = [demand(rulebook, one) for one in found.texts]
    yield from (f"{source_words(one)}: {demand_words(one)}; bedöms för sig, hos {one.owner}" for one in beside)
    yield _conclusion(found, strictest_first((*demands.values(), *beside)))


def _conclusion(found: Rivals, ordered: Sequence[Demand]) -> str:
    here = found.verdict.instrument
    mine = next(one for one in ordered if one.instrument.instrument == here)
    rival = next(one for one in ordered if one.instrument.instrument != here)
    return texts_compared(mine, rival, found.group)


def texts_compared(mine: Demand, rival: Demand, group: Doubled) -> str:
    """Which of two texts asks for most, and in what; or which of them counts (reading DUBBEL)."""
    if not all(group.governs(one.owner, one.instrument.instrument) for one in (mine, rival)):
        return f"{source_words(rival)} kräver samma sak; enligt vald läsning gäller bara {GOVERNS[group.choice]}"
    if mine.strictness == rival.strictness:
        return f"{source_words(rival)} är lika strängt; vart och ett bedöms för sig"
    first, second = strictest_first((mine, rival))
    why = first.further(second)[0]
    asked, other = demand_words(mine, why), demand_words(rival, why)
    remark = "" if why == "times" else f" ({RESPECTS[why]})"
    if first is mine:
        return f"strängast är texten här: {asked}; {source_words(rival)} kräver {other}{remark}"
    return f"strängast är {source_words(rival)}: {other}; texten här kräver {asked}{remark}"


def source_words(one: Demand) -> str:
    """The text and the place in it."""
    return f"{one.instrument.instrument} ({place_in(one.instrument, one.clause.at)})"


def demand_words(one: Demand, why: str = "") -> str:
    """What a clause asks for, in the respect that matters if one is given."""
    if why == "times":
        return times_words(one.times_a_year)
    when = when_words(one.clause.model_copy(update={"per": None}), names_of(one.instrument))
    parts = f" med {len(one.clause.including)} delar" if why == "contents" and one.clause.including else ""
    return f"minst {one.number}{parts}, {when}"


def requirement_line(one: Requirement, rulebook: Rulebook) -> str:
    """An act that several texts ask for on one line: what shows it, the strictest text and the others."""
    first, others = one.sources[0], one.sources[1:]
    clause = rulebook.instruments[first.instrument].clauses[first.obligation]
    act = act_of(clause.what[0], names_of(rulebook.instruments[first.instrument])).happens
    rest = ", ".join(f"{other.instrument}: {_asked(other)}" for other in others)
    if one.because == "governs":
        return f"{act}: bara {first.instrument} gäller, {_asked(first)} (utan verkan: {rest})"
    if one.because == "equal":
        names = ", ".join(other.instrument for other in one.sources)
        return f"{act}: lika strängt i alla, {_asked(first)} ({names})"
    return f"{act}: strängast är {first.instrument}, {_asked(first)}, {RESPECTS[one.because]} ({rest})"


def _asked(one: Asked) -> str:
    return times_words(one.times_a_year)


def _demand(verdict: Verdict, rulebook: Rulebook) -> Demand:
    """The demand of a verdict's clause, with the number that was asked for in its period."""
    return demand(rulebook, _named(verdict), verdict.required or None)


def _named(verdict: Verdict) -> Named:
    return verdict.agreement, verdict.instrument, verdict.obligation


def _in_force(rulebook: Rulebook, name: str, period: Period) -> bool:
    """Whether an instrument is in force in some of a period, by what its own file says."""
    first, last = written_term(rulebook.instruments[name])
    return first <= period.end and period.start <= last


def _counts(verdict: Verdict) -> bool:
    """Whether a verdict has a demand to compare; one that another text governs alone has."""
    return verdict.status != "not_applicable" or verdict.reason == "other_text_governs"


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end
