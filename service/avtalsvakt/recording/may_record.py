"""Whether somebody may record what they are about to: answers need an attester, everything else a recorder.

In come rights and facts, out comes nothing, or Forbidden. What is not seen has been taken for unknown before.
"""

from collections.abc import Callable, Iterable, Mapping

from avtalsvakt.rights import ATTESTER, RECORDER, Forbidden, Rights, forbid
from avtalsvakt.words.role_words import ROLE_WORDS
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import ATTESTATION
from avtalsvakt_rules.vocabulary import RECORDS

Find = Callable[[str], Fact | None]


def role_for(kind: str) -> str:
    """The role that a kind of fact needs."""
    return ATTESTER if kind == ATTESTATION else RECORDER


def lacking(rights: Rights, agreement: str, kind: str) -> Forbidden | None:
    """Why a kind of fact may not be recorded in an agreement, if so."""
    role = role_for(kind)
    if rights.may(role, agreement):
        return None
    what = "lämna svar" if role == ATTESTER else "registrera händelser"
    return forbid(f"du får inte {what} i avtalet {agreement}", f"{ROLE_WORDS[role]} i avtalet")


def check_may(rights: Rights, agreement: str, kind: str) -> None:
    """Raise Forbidden where a kind of fact may not be recorded in an agreement."""
    if refused := lacking(rights, agreement, kind):
        raise refused


def check_may_record(rights: Rights, facts: Iterable[Fact], find: Find) -> None:
    """Raise Forbidden for the first fact that may not be recorded; `find` gives recorded facts."""
    if rights.may_everywhere(RECORDER) and rights.may_everywhere(ATTESTER):
        return
    together = {one.id: one for one in facts}
    for fact in together.values():
        for agreement, kind in _concerned(fact, lambda id_: together.get(id_) or find(id_)):
            check_may(rights, agreement, kind)


def _concerned(fact: Fact, find: Find) -> Iterable[tuple[str, str]]:
    """The agreements that a fact concerns, each with the kind: of a record those of what it is about in the end."""
    kind, about, seen = fact.kind, fact, {fact.id}
    while about.kind in RECORDS:
        target = find(str(about.attributes.get("target", "")))
        if target is None or target.id in seen:
            break
        about, kind = target, target.kind
        seen.add(target.id)
    yield about.agreement, kind
    if fact.agreement != about.agreement:
        yield fact.agreement, kind
    change = fact.attributes.get("set")
    if isinstance(change, Mapping) and change.get("agreement"):
        yield str(change["agreement"]), kind
