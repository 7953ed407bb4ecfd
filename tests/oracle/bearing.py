"""Did the one act who had to, towards the one it had to? Written from semantics.md, Who, towards whom.

A wrong actor never counts. Where none is recorded the act counts, unless the sentence binds each party towards the
other: then who acted decides, and is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.oracle.own_words import VOCABULARY
from tests.oracle.people import EVERYBODY, People
from tests.oracle.register import NO, UNKNOWN, YES, Act

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause

ACTORS = ("by", "from", "party", "organisation", "sent_by")
RECEIVERS = ("to", "to_role")


@dataclass(frozen=True)
class Bound:
    """Whom a duty binds, if anybody in particular, and towards whom.

    `each` where the sentence binds each party towards the other: nobody else can do it, and who did it must be known.
    `whose` is false where the occasion does not say which party that is.
    """

    names: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()
    each: bool = False
    whose: bool = True


def bound(clause: Clause, about: Sequence[Act] | None, party: str | None, people: People) -> Bound:
    """Whom a clause binds at an occasion. `about`: its record and those it refers to; `party`: whose duty it is."""
    if party is not None:
        return Bound((party,), tuple(one for one in people.parties if one != party), each=True)
    if clause.who in ("vardera parten", "motparten") and about and any(_can_name(act) for act in about):
        return _by_occasion(clause, about, people)
    if clause.who in (None, "ingen angiven"):
        return Bound()
    towards = (clause.to,) if clause.to and people.is_shared(clause.to) else ()
    together = clause.who in ("parterna", "vardera parten", "motparten")
    return Bound(() if together else (str(clause.who),), towards)


def _by_occasion(clause: Clause, about: Sequence[Act], people: People) -> Bound:
    named = [name for act in about for name in _said(act, ACTORS)]
    parties = [party for name in named if (party := people.party(name))]
    if parties:
        others = tuple(one for one in people.parties if one != parties[0])
        one, other = (parties[0],), others
        return Bound(one, other, each=True) if clause.who == "vardera parten" else Bound(other, one, each=True)
    joint = named and all(people.is_known(name) for name in named)
    return Bound() if joint else Bound(each=True, whose=False)


def by_the_right_one(clause: Clause, pattern: p.Pattern, act: Act, who: Bound, people: People) -> int:
    """Whether an act that looks like a pattern is of the one who had to do it, towards the one it was to be for.

    What the sentence itself says of who acts is what decides, where it says so.
    """
    asked = {name for name, _ in pattern.values} | {name for part in clause.including for name in part}
    receiver = _receiver(act, who, people, asked)
    if asked & set(ACTORS):
        return receiver
    own_people = not clause.including and any(people.party(name) for name in who.names)
    actors = [name for name in ACTORS if name != "organisation" or own_people]
    return min(_actor(act, who, people, _said(act, actors)), receiver)


def _actor(act: Act, who: Bound, people: People, names: Sequence[str]) -> int:
    if not names:
        return UNKNOWN if who.each and _can_name(act) else YES
    if not who.whose:
        return UNKNOWN
    if any(_right(name, who, people) for name in names):
        return YES
    return NO if all(people.is_known(name) for name in names) else UNKNOWN


def _right(name: str, who: Bound, people: People) -> bool:
    """Whether what a name did is done by whom a duty binds; of the parties together by any of them, or their body."""
    if people.called_by(name) in EVERYBODY:
        return not (who.names and who.each)
    if who.names:
        return any(people.may_be(name, one) for one in who.names)
    return people.is_shared(name) or any(people.may_be(name, one) for one in people.parties)


def _receiver(act: Act, who: Bound, people: People, asked: set[str]) -> int:
    """Only a receiver that is known to be another one counts against an act."""
    names = _said(act, [name for name in RECEIVERS if name not in asked])
    if not who.towards or not names:
        return YES
    bodies = all(people.is_shared(one) for one in who.towards)
    for name in names:
        if any(people.may_be(name, one) for one in who.towards):
            return YES
        if not (people.is_shared(name) if bodies else people.party(name)):
            return YES
    return NO


def _said(act: Act, attributes: Sequence[str]) -> list[str]:
    """The names in these attributes; not in those where records of the kind have a day."""
    kind = VOCABULARY.kinds.get(act.fact.kind)
    return [word for name in attributes if not (kind and name in kind.days) for word in act.words(name)]


def _can_name(act: Act) -> bool:
    """Whether a record of this kind can say who acted."""
    kind = VOCABULARY.kinds.get(act.fact.kind)
    return bool(kind and any(name in kind.attributes and name not in kind.days for name in ACTORS))
