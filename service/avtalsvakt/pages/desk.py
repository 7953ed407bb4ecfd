"""What a page is drawn from: one person's settings at one moment, the rules, and what the register holds.

What was read is kept until the register changes (held), so that what another program has written is seen.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt.answers.agreement_facts import AgreementFacts, agreement_facts
from avtalsvakt.answers.stored_answers import Stored
from avtalsvakt.pages.held import Held, held
from avtalsvakt.pages.who_may import WhoMay
from avtalsvakt.rights import EVERYTHING, Forbidden
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import PageNames
from avtalsvakt_engine.intake.recorders import read_recorder
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook


class Desk(Struct, frozen=True):
    """Where the register and the rules are; `clock` gives this moment; `who_may` knows what each may."""

    database: Path
    rules: tuple[Path, ...]
    clock: Callable[[], datetime]
    who_may: WhoMay = field(default_factory=WhoMay)

    def settings(self, asker: str | None) -> Settings:
        """What one request of somebody's is to work with; None where a page needs no sign-in."""
        from avtalsvakt_engine.intake.fact_dates import in_stockholm

        return Settings(in_stockholm(self.clock()), self.database, self.rules, asker)

    def seen_by(self, asker: str | None) -> Settings:
        """The same with what the one who asks may see and do, and what they record as. Raises Rejected."""
        plain = self.settings(asker)
        rights = self.who_may.rights(plain)
        if rights is EVERYTHING and isinstance(unfit := read_recorder(asker, "sidorna"), Problem):
            raise Forbidden([unfit])
        return replace(plain, rights=rights, recorder=rights.recorder or asker)


class Look(Struct, frozen=True):
    """The last run with the rules: what most pages are drawn from; of one agreement, or of all."""

    settings: Settings
    held: Held
    stored: Stored

    @property
    def rulebook(self) -> Rulebook:
        """The rules in use."""
        return self.held.rulebook

    @property
    def names(self) -> PageNames:
        """What agreements and duties are called."""
        return self.held.names

    def verdict(self, duty: str) -> Verdict:
        """The stored verdict of a duty. Raises Rejected where there is none."""
        found = next((one for one in self.stored.verdicts if one.duty == duty), None)
        if found is None:
            raise Rejected([not_there("skyldigheten", duty)])
        return found

    def title(self, verdict: Verdict) -> str:
        """What a page calls a duty."""
        return str(self.names.duty(verdict)["title"])

    def has(self, agreement: str) -> bool:
        """Whether there is an agreement of that name to see."""
        return agreement in self.rulebook.instruments and self.settings.rights.sees(agreement)

    @property
    def only(self) -> tuple[str, ...] | None:
        """The agreements with rules to which everything is to be kept; None where all are seen."""
        return None if self.settings.rights.sees_all else tuple(filter(self.has, self.rulebook.instruments))

    def known(self) -> Mapping[str, AgreementFacts]:
        """What is known of all agreements. Raises Rejected."""
        return self.held.known()

    def agreement(self, name: str) -> AgreementFacts:
        """What is known of one agreement, also of one that asks for nothing. Raises Rejected."""
        if not self.has(name):
            raise Rejected([not_there("avtalet", name)])
        found = self.held.known_of(name)
        return found or agreement_facts(self.rulebook, (), (), name, self.settings.today)


def look(settings: Settings, agreement: str | None = None) -> Look:
    """What the last run concluded, of one agreement or of all. Raises Rejected."""
    found = held(settings)
    if agreement is None:
        return Look(settings, found, found.stored)
    if agreement not in {one.agreement for one in found.stored.states}:
        raise Rejected([not_there("avtalet", agreement)])
    return Look(settings, found, replace(found.stored, verdicts=found.by_agreement.get(agreement, [])))


def not_there(what: str, name: str) -> Problem:
    """That there is nothing of that name, which a page answers with 404."""
    why = "ingen sådan finns i den senaste bedömningen"
    return Problem(f"{what} '{name[:80]}' finns inte", NOWHERE, why, "gå till Min vecka och leta därifrån")


NOWHERE = "adressen"
"""Where a problem stands that is about the address itself."""
