"""What a token may see: the agreements that it is for, and nothing of others. Everything is drawn through here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt.answers.secrecy import as_told
from avtalsvakt.answers.visible_facts import visible
from avtalsvakt.api.asking import Ask
from avtalsvakt.pages.held import Held, held
from avtalsvakt.recording.api_tokens import RECORD
from avtalsvakt.recording.sights import told_and_kept
from avtalsvakt.rights import NOTHING
from avtalsvakt.settings import Settings
from avtalsvakt_engine.evidence.secrecy import provisions
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.access.api_tokens import ApiToken
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import InstrumentState, Verdict
from avtalsvakt_rules.vocabulary import load


class _Owned(Protocol):
    @property
    def agreement(self) -> str: ...


One = TypeVar("One", bound=_Owned)


class Recorded(Struct, frozen=True):
    """All facts as they were recorded, and those that stand after corrections, in order of arrival."""

    every: tuple[Fact, ...]
    standing: tuple[Fact, ...]
    marks: Mapping[str, str] = field(default_factory=dict)

    def visible(self, token: ApiToken) -> dict[str, Fact]:
        """What the token may name, by id: facts as they stand, and others as they were recorded."""
        return visible(self.every, self.standing, token.allows)


def own(token: ApiToken, every: Iterable[One]) -> list[One]:
    """Those of the token's agreements."""
    return [one for one in every if token.allows(one.agreement)]


def seen(ask: Ask) -> Held:
    """The register as it stands. Raises Rejected."""
    return held(replace(ask.settings, recorder=None))


def verdicts(ask: Ask) -> list[Verdict]:
    """The stored verdicts of the token's agreements, by key. Raises Rejected."""
    return sorted(own(ask.token, seen(ask).stored.verdicts), key=lambda one: one.duty)


def states(ask: Ask) -> list[InstrumentState]:
    """The states of the token's agreements. Raises Rejected."""
    return own(ask.token, seen(ask).stored.states)


def recorded(ask: Ask) -> Recorded:
    """The facts; no run is needed. Raises Rejected.

    What is marked as secret is told only to a token that may record, as on pages to recorders.
    """
    found = _read(ask.settings)
    if RECORD in ask.token.scopes:
        return found
    every, standing = (as_told(facts, found.marks, NOTHING) for facts in (found.every, found.standing))
    return Recorded(tuple(every), tuple(standing))


def kept(ask: Ask, found: Recorded, facts: Sequence[Fact]) -> list[Fact]:
    """Some of what is recorded, to be told: of what is secret it is kept that the token was told it."""
    return told_and_kept(ask.settings, f"api-{ask.token.id}", "api", facts, found.marks)


def _read(settings: Settings) -> Recorded:
    with settings.register(read_only=True) as register, answered(register.path):
        every = tuple(register.facts())
    standing = view(every, None, load()).facts
    return Recorded(every, tuple(sorted(standing, key=lambda one: one.arrival)), provisions(every))
