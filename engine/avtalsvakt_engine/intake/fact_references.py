"""What a fact says that it is about must be there: another registration, an event or a period.

In come facts read together and a way to look up recorded ones, out comes what is wrong, with the nearest that could be
meant. The vocabulary says which attributes name other facts (`refers`). Source: semantics.md, section Corrections.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import ANSWERING, PERIOD_LABEL
from avtalsvakt_engine.intake.fact_dates import written_day
from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression
from avtalsvakt_rules.vocabulary import RECORDS, Vocabulary

Find = Callable[[str], Fact | None]

_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "meeting": ("meeting_held", "meeting_scheduled", "meeting_convened"),
        "decision": ("decision_made",),
        "notice": ("notice_sent", "demand_sent"),
    }
)
"""The kinds of facts that an attribute usually names; those of any kind where it is not here."""

_TERM = expression(r"term-\d+", re.ASCII)
_NEAR, _CUTOFF = 3, 0.6


def references(fact: Fact, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The attributes of a fact that name other facts, each with the id that it names."""
    kind = vocabulary.kinds.get(fact.kind)
    for name in kind.refers if kind else ():
        value = fact.attributes.get(name, ())
        yield from ((name, one) for one in ((value,) if isinstance(value, str) else value))


def unknown_period(fact: Fact, find: Find) -> str | None:
    """The period or event that an answer or an exemption names, where there can be none; else None.

    A question is named by the label of its period, by its term, or by the event it follows, and may add whom it asks.
    """
    named = fact.text("period") if fact.kind in ANSWERING else None
    if named is None or find(named) is not None:
        return None
    parts = named.split(".")
    known = (PERIOD_LABEL.fullmatch(one) or _TERM.fullmatch(one) or find(one) is not None for one in parts)
    return None if any(known) else named


def dangling(fact: Fact, name: str, id_: str, where: str, others: Iterable[Fact], vocabulary: Vocabulary) -> Problem:
    """What is wrong with a reference to what does not exist. `others`: the facts that could be meant."""
    if id_ == fact.id:
        why = "den gäller en annan registrering, som redan finns"
        return Problem(
            f"registreringen '{id_}' gäller sig själv", where, why, f"ange den andra registreringen i {name}"
        )
    label = vocabulary.labels.get(name, name)
    what = f"registreringen '{shown(id_)}' finns inte ({label})"
    if fact.kind in RECORDS:
        doing = "rättas" if fact.kind == "record_corrected" else "återkallas"
        what = f"registreringen '{shown(id_)}' som ska {doing} finns inte"
    why = "den är varken registrerad eller med i samma fil"
    return Problem(what, where, why, _advice(fact, name, id_, others, vocabulary))


def no_period(named: str, where: str) -> Problem:
    """What is wrong with an answer or an exemption for a period or an event that there cannot be."""
    why = "det är varken en period, en giltighetstid eller en registrering som finns"
    remedy = "skriv till exempel 2026, 2026-H1, 2026-03, term-1 eller händelsens beteckning"
    return Problem(f"perioden '{shown(named)}' finns inte", where, why, remedy)


def _advice(fact: Fact, name: str, id_: str, others: Iterable[Fact], vocabulary: Vocabulary) -> str:
    """The facts that could be meant: of the kind and the agreement, by spelling; else the latest of them."""
    kinds = _KINDS.get(name)
    possible = {
        one.id: one
        for one in others
        if one.id != fact.id and (one.kind in kinds if kinds else one.kind not in RECORDS or fact.kind in RECORDS)
    }
    own = {key: one for key, one in possible.items() if not fact.agreement or one.agreement == fact.agreement}
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(id_, own, _NEAR, _CUTOFF) or get_close_matches(id_, possible, _NEAR, _CUTOFF)
    if not near and kinds:
        near = sorted(own, key=lambda key: (own[key].date, key), reverse=True)[:_NEAR]
    if not near:
        return "kontrollera registreringens beteckning"
    return f"skriv {' eller '.join(_told(possible[one], vocabulary) for one in near)} om det var det som avsågs"


def _told(fact: Fact, vocabulary: Vocabulary) -> str:
    """A fact that could be meant: `ost-014 (möte hållet 2025-05-20)`."""
    kind = vocabulary.kinds.get(fact.kind)
    return f"{fact.id} ({kind.sv.split(' (')[0] if kind else fact.kind} {written_day(fact.date, fact.precision)})"
