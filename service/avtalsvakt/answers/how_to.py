"""How a duty is met: the acts that are missing, filled in with what is known; the open steps of a chain together.

In come a verdict and what is known of its agreement, out comes a `HowTo`. A duty that cannot be met any more, and one
that is done, has no acts. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from avtalsvakt.answers.act_values import Filling
from avtalsvakt.answers.acts import Act, Filled, HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt_engine.evidence.fact_index import VERSIONED
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.explaining.explaining_asks import asked
from avtalsvakt_engine.explaining.explaining_links import chain
from avtalsvakt_engine.explaining.explaining_missing import too_late
from avtalsvakt_engine.explaining.explaining_parts import ENDING, lacking
from avtalsvakt_engine.explaining.explaining_summary import OPEN, whose
from avtalsvakt_engine.explaining.names import called, names_of
from avtalsvakt_engine.explaining.seen import Records, Seen
from avtalsvakt_engine.judging.actors import APPOINTED, bearer
from avtalsvakt_engine.verdicts import CLOSED, Verdict
from avtalsvakt_rules.interpreting.actors import ACTING
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Met, Pattern

YES = "ja"


def how_to(verdict: Verdict, known: AgreementFacts) -> HowTo:
    """The acts that meet a duty, and with it the open steps of its chain, the earliest first."""
    acts: list[Act] = []
    for one in _steps(verdict, known):
        acts += _acts(one, known, dict(enumerate(acts, start=1)))
    return HowTo(verdict.duty, tuple(acts))


def how_to_all(verdicts: Iterable[Verdict], known: Mapping[str, AgreementFacts]) -> Mapping[str, HowTo]:
    """How each of the duties is met, by key; without those that nothing can meet, or that have no rules any more."""
    found = (how_to(one, known[one.agreement]) for one in verdicts if one.agreement in known)
    return {one.duty: one for one in found if one.acts}


def _steps(verdict: Verdict, known: AgreementFacts) -> Iterator[Verdict]:
    """The open duties of the chain that a duty belongs to; itself alone where it belongs to none."""
    clause = known.clause(verdict)
    if clause is None or verdict.status not in OPEN:
        return
    names = chain(verdict.obligation, known.source(verdict))
    steps = [verdict if name == verdict.obligation else known.step(verdict, name) for name in names]
    yield from (one for one in steps if one is not None and one.status in OPEN)


def _acts(verdict: Verdict, known: AgreementFacts, earlier: Mapping[int, Act]) -> list[Act]:
    """The acts of one duty; `earlier` are those before it in the list, by number."""
    clause = known.clause(verdict)
    if clause is None or not clause.what or (verdict.modality == "prohibition" and not clause.attest):
        return []
    names = names_of(known.instrument, known.source(verdict))
    per = whose(verdict, clause, known.index.by_id)
    blank = Act(verdict.duty, called(verdict.obligation, clause) + (f", {per}" if per else ""), verdict.agreement, "")
    if clause.attest and CLOSED in verdict.flags:
        return []
    if clause.attest:
        return [_answer(blank, verdict, clause, known, per)]
    questions = [
        replace(blank, kind=known.index.by_id[one.fact].kind, verb="correct", target=one.fact,
                attributes={one.attribute: one.value} if one.value else {},
                missing=() if one.value else (one.attribute,))
        for one in asked(verdict, clause, known.index.by_id, names) if one.attribute
    ]  # fmt: skip
    seen = Seen(verdict, clause, names, known.index.by_id, Records(), known.as_of)
    over = clause.when is not None and clause.when.form == "always" and known.ended  # a state ends with its agreement
    if questions or over or too_late(seen, clause) or clause.what[0].kind == ITSELF:
        return questions
    case = None if clause.sensitive else per  # a number in the list, and not what the record is to say
    filling = Filling(known, verdict, clause, _day(verdict, clause, known), case, earlier)
    first = list(_version_first(blank, filling))
    made = dict(enumerate(first, start=len(earlier) + 1))
    return [*first, *_missing(blank, replace(filling, earlier={**earlier, **made}))]


def _version_first(blank: Act, filling: Filling) -> Iterator[Act]:
    """What comes before an act that is about a decided version: drawing it up, deciding, what makes that valid."""
    met = next((one for _, one in filling.clause.what[0].values if isinstance(one, Met)), None)
    clauses = filling.known.source(filling.verdict).clauses
    if met is None or met.clause not in clauses:
        return
    decided, made = filling.version(met), dict(filling.earlier)
    steps = [
        (name, one.what[0])
        for name, one in clauses.items()
        if name == met.clause or (one.when and one.when.follows == met.clause and "valid_if" in one.norm)
    ]
    if decided is None:
        events = clauses[met.clause].when
        steps[:0] = [(met.clause, events.events[0])] if events and events.events else []
    for name, pattern in steps:
        step = filling.known.step(decided, name) if decided else None
        if decided is not None and (step is None or step.status not in OPEN):
            continue
        own = filling if step is None else replace(filling, verdict=step, clause=clauses[name])
        title = called(name, clauses[name]) if pattern.kind != VERSIONED else blank.title
        act = _filled(
            replace(blank, title=title, kind=pattern.kind, day=filling.day), pattern, replace(own, earlier=made)
        )
        made[len(made) + 1] = act
        yield act


def _answer(blank: Act, verdict: Verdict, clause: Clause, known: AgreementFacts, per: str | None) -> Act:
    """A yes by the one who is asked; whether it is one only that function knows."""
    own = verdict.instrument == verdict.agreement
    named = verdict.obligation if own else f"{verdict.instrument}.{verdict.obligation}"
    period = verdict.period.label if verdict.period else verdict.trigger or ""
    attributes: dict[str, Filled] = {
        "clause": named,
        "by": (per if clause.per == "party" else None) or clause.attest or "",
    }
    attributes |= {"period": period} if period else {}
    attributes |= {clause.per_case: per} if per and clause.per_case else {}
    day = max(known.as_of, verdict.opens or known.as_of)
    return replace(blank, kind="attestation", day=day, attributes=attributes | {"statement": YES})


def _day(verdict: Verdict, clause: Clause, known: AgreementFacts) -> date | None:
    """The proposed day: that of a booked meeting in time, the only day there is, else the first that counts."""
    if clause.when and clause.when.exact:
        return verdict.due
    first = max(known.as_of, verdict.opens or known.as_of)
    last = verdict.due if verdict.due and verdict.due >= first else date.max
    bodies = {text for one in clause.what for name, value in one.values if name == "body"
              for text in getattr(value, "texts", ())}  # fmt: skip
    if any(one.kind == "meeting_held" for one in clause.what):
        booked = (one.day for one in known.meetings if one.body in bodies and first <= one.day <= last)
        return next(booked, first)
    return first


def _missing(blank: Act, filling: Filling) -> Iterator[Act]:
    """Each act that is missing: one for each part of a roster, one with all parts of a document, or so many alike."""
    verdict, clause = filling.verdict, filling.clause
    pattern = clause.what[0]
    act = _filled(replace(blank, kind=pattern.kind, day=filling.day), pattern, filling)
    parts = list(lacking(verdict, clause, filling.known.index.by_id))
    apart = pattern.kind in ENDING or any(len(part) > 1 for part in parts)
    chosen = [{name: text if isinstance(text, str) else text[0] for name, text in part.items()} for part in parts]
    if chosen and apart:
        yield from (_with(act, part) for part in chosen)
    elif chosen:
        merged: dict[str, Filled] = {}
        for name in dict.fromkeys(name for part in chosen for name in part):
            said = tuple(part[name] for part in chosen if name in part)
            merged[name] = said[0] if len(said) == 1 else said
        yield _with(act, merged)
    else:
        yield replace(act, times=max(1, verdict.required - verdict.counted))


def _with(act: Act, more: Mapping[str, Filled]) -> Act:
    attributes = {**act.attributes, **more}
    return replace(act, attributes=attributes, missing=tuple(one for one in act.missing if one not in attributes))


def _filled(act: Act, pattern: Pattern, filling: Filling) -> Act:
    """The act with what its pattern asks for, whose it is, what it is about, and the period if it comes late."""
    known, verdict = filling.known, filling.verdict
    said = dict(filling.attributes(pattern))
    agreement = said.pop("agreement", None)
    kind = known.vocabulary.kinds.get(act.kind)
    event = None if filling.event is not None and provision(filling.event) else filling.event
    for name in kind.requires if kind else ():
        if said.get(name) is None and event is not None and isinstance(value := event.attributes.get(name), str):
            said[name] = value
        said.setdefault(name, None)
    if tie := filling.occasion():
        said.setdefault(*tie)
    if filling.clause.per_case and (filling.per or filling.clause.sensitive):
        said.setdefault(filling.clause.per_case, filling.per)
    for name, value in _acting(act.kind, filling):
        if not set(said) & set(ACTING):
            said[name] = value
    label = verdict.period.label if verdict.period else ""
    if filling.event is None and _late(verdict, act.day) and label and not label.startswith("term-"):
        said.setdefault("concerns_period", label)
    return replace(
        act,
        agreement=agreement if isinstance(agreement, str) else act.agreement,
        attributes={name: value for name, value in said.items() if value is not None},
        missing=tuple(name for name, value in said.items() if value is None),
    )


def _acting(kind: str, filling: Filling) -> Iterator[tuple[str, str]]:
    """Who acts, where somebody in particular has to and such a record can say it."""
    known, clause = filling.known, filling.clause
    per = filling.per if clause.per == "party" else None
    who = bearer(clause, filling.event, per, known.actors(known.source(filling.verdict)), known.index)
    entry = known.vocabulary.kinds.get(kind)
    names = [name for name in ACTING if entry and name in entry.attributes and name not in entry.days]
    if who.names and names and (names[0] != APPOINTED or who.names[0] in known.instrument.parties):
        yield names[0], who.names[0]


def _late(verdict: Verdict, day: date | None) -> bool:
    return day is not None and verdict.period is not None and verdict.period.end < day
