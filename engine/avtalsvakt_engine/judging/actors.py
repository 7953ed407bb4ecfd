"""Did the one act who had to, towards the one it had to? Compares who a record names with the bearer of a duty.

Where a sentence binds each party towards the other, the occasion's own record says which party that is. Source:
semantics.md, Who, towards whom, about what.
"""

from collections.abc import Iterator

from msgspec import Struct

from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.evidence.matching import FITS, Fit, Match, texts
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.interpreting.actors import ACTING, EACH, EVERYONE, JOINTLY, NOBODY, OTHER, RECEIVING, Actors
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import Pattern

WRONG_ACTOR, WRONG_RECEIVER = Fit(Match.NO, "wrong_actor"), Fit(Match.NO, "wrong_receiver")
WHO = Fit(Match.UNKNOWN, "actor_missing")
WHOSE = Fit(Match.UNKNOWN, "actor_unknown")
APPOINTED = "organisation"  # whose person was appointed: only of a party's duty does it say who acted


class Bearer(Struct, frozen=True, gc=False):
    """Who must act for one duty: any of `names` (none: nobody in particular), towards any of `towards`.

    `alone` where only who acted can say whose duty it is; `unsaid` where the occasion's record does not tell it.
    """

    names: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()
    alone: bool = False
    unsaid: bool = False


def bearer(clause: Clause, event: Fact | None, per: str | None, actors: Actors, index: FactIndex) -> Bearer:
    """The bearer of a clause's duty with that occasion; `per` is the party where the clause is one for each."""
    if clause.per == "party" and per is not None:
        return Bearer((per,), _others(per, actors), alone=True)
    if clause.who in (EACH, OTHER) and event is not None and _tells(event, index):
        return _bound_by(event, clause, actors, index)
    if clause.who in (None, NOBODY):
        return Bearer()
    towards = (clause.to,) if clause.to in actors.joint else ()
    return Bearer(() if clause.who in (JOINTLY, EACH, OTHER) else (clause.who or "",), towards)


def _bound_by(event: Fact, clause: Clause, actors: Actors, index: FactIndex) -> Bearer:
    """The party, or the other one, that an occasion's record names as acting, itself or through what it refers to."""
    named = [text for fact in _with_references(event, index) for text in _names(ACTING, fact, index)]
    parties = tuple(party for text in named if (party := actors.party_of(text)))
    if not parties:  # an act of them all, or of their body, leaves it open which of them has to follow it
        return Bearer() if named and all(map(actors.known, named)) else Bearer(alone=True, unsaid=True)
    one, other = parties[:1], _others(parties[0], actors)
    return Bearer(one, other, alone=True) if clause.who == EACH else Bearer(other, one, alone=True)


class Comparison(Struct, frozen=True, gc=False):
    """What of a record to compare with a bearer: the same for all records that look like one pattern of a clause.

    `acting` are the attributes that may say who acted, none where the pattern has compared it itself (`said`).
    """

    bearer: Bearer
    acting: tuple[str, ...]
    receiving: tuple[str, ...]
    said: bool


def comparison(one: Bearer, clause: Clause, pattern: Pattern, actors: Actors) -> Comparison:
    """How records that look like a pattern of a clause are held against a bearer."""
    said = clause.parts | pattern.names
    named = tuple(name for name in ACTING if name not in said and (name != APPOINTED or _appoints(one, clause, actors)))
    receivers = tuple(name for name in RECEIVING if name not in said) if one.towards else ()
    return Comparison(one, named, receivers, not said.isdisjoint(ACTING))


def acted(compared: Comparison, fact: Fact, actors: Actors, index: FactIndex) -> Fit:
    """Whether the actor of a record that looks like a pattern, and the one it acted towards, are those of the duty."""
    one, answer = compared.bearer, FITS
    if not compared.said:
        answer = _actor(one, _names(compared.acting, fact, index), fact, actors, index)
    if not one.towards:
        return answer
    return min(answer, _receiver(one, _names(compared.receiving, fact, index), actors))


def unrecorded(one: Bearer, fact: Fact, index: FactIndex) -> bool:
    """Whether a record could say who acted and does not, where somebody in particular had to."""
    return (
        bool(one.names)
        and not one.alone
        and _could_say(fact, index)
        and not any(texts(fact.attributes.get(name)) for name in ACTING)
    )


def _actor(one: Bearer, names: list[str], fact: Fact, actors: Actors, index: FactIndex) -> Fit:
    if not names:
        return WHO if one.alone and _could_say(fact, index) else FITS
    if one.unsaid:
        return WHOSE
    if any(_may(name, one, actors) for name in names):
        return FITS
    return WRONG_ACTOR if all(actors.known(name) for name in names) else WHOSE


def _may(name: str, one: Bearer, actors: Actors) -> bool:
    """Whether what `name` did is the bearer's: of the parties jointly any party's, or a body's of them all."""
    own = actors.labels.get(name, name)
    if not one.names:
        return own in EVERYONE or own in actors.joint or any(actors.same(own, party) for party in actors.parties)
    if own in EVERYONE:
        return not one.alone
    return any(actors.same(own, wanted) for wanted in one.names)


def _receiver(one: Bearer, names: list[str], actors: Actors) -> Fit:
    """A receiver counts against the act only where it is known to be another than the one it was for."""
    if not one.towards or not names or any(_reaches(name, one, actors) for name in names):
        return FITS
    return WRONG_RECEIVER


def _reaches(name: str, one: Bearer, actors: Actors) -> bool:
    if any(actors.same(name, wanted) for wanted in one.towards):
        return True
    bodies = all(wanted in actors.joint for wanted in one.towards)
    known = actors.labels.get(name, name) in actors.joint if bodies else actors.party_of(name) is not None
    return not known


def _others(party: str, actors: Actors) -> tuple[str, ...]:
    return tuple(one for one in actors.parties if one != party)


def _appoints(one: Bearer, clause: Clause, actors: Actors) -> bool:
    """Whether whose person was appointed says who acted: of a party's own people, not of the members of a body."""
    of_a_body = bool(clause.including) or clause.body in one.names
    return not of_a_body and any(actors.party_of(name) for name in one.names)


def _tells(event: Fact, index: FactIndex) -> bool:
    """Whether the record of such an occasion can name a party at all."""
    return any(_could_say(fact, index) for fact in _with_references(event, index))


def _with_references(event: Fact, index: FactIndex) -> Iterator[Fact]:
    """A fact and those it refers to: a receipt, then the demand that was received."""
    yield event
    kind = index.vocabulary.kinds.get(event.kind)
    for name in kind.refers if kind else ():
        for target in index.targets(event, name):
            found = index.get(target)
            if found is not None and found is not event:
                yield found


def _could_say(fact: Fact, index: FactIndex) -> bool:
    kind = index.vocabulary.kinds.get(fact.kind)
    return kind is not None and any(name in kind.attributes and name not in kind.days for name in ACTING)


def _names(attributes: tuple[str, ...], fact: Fact, index: FactIndex) -> list[str]:
    said, kind = fact.attributes, index.vocabulary.kinds.get(fact.kind)
    return [
        text
        for name in attributes
        if name in said and (kind is None or name not in kind.days)
        for text in texts(said[name])
    ]
