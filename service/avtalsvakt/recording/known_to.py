"""What somebody who records may refer to: agreements and recorded facts that they see, and nothing of others."""

from collections.abc import Callable

from msgspec.structs import replace

from avtalsvakt.answers.visible_facts import seen_among, seen_in
from avtalsvakt.answers.visible_texts import texts_seen
from avtalsvakt.rights import Rights
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.intake.fact_targets import Others
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.language.own_kinds import joined
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load


def known_to(rulebook: Rulebook, rights: Rights) -> Known:
    """The names that a line may use; an agreement that is not seen is none, nor is a kind that only such texts add."""
    known = known_facts(rulebook)
    if rights.sees_all:
        return known
    kinds = joined(rulebook.instruments[name].facts for name in sorted(texts_seen(rulebook, rights)))
    vocabulary = load().extended(kinds, asked=rulebook.texts_asked_for)
    return replace(known, vocabulary=vocabulary, agreements=frozenset(filter(rights.sees, known.agreements)))


def others_in(register: Register, rights: Rights, sees: Callable[[Fact], bool] | None = None) -> Others:
    """The recorded facts that a line may name: those seen by the rights, or as `sees` says."""
    one_seen = sees or seen_in(register, rights)
    return Others(
        lambda id_: found if (found := register.fact(id_)) and one_seen(found) else None,
        lambda: filter(sees, register.facts()) if sees else seen_among(register, register.facts(), rights),
    )
