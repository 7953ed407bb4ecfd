"""What letters are made of: what the last run concluded, how what is open is met, what runs have changed of late.

In come settings, out comes one value. Reads the register; raises Rejected where it cannot be read or has no run.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts, stored_facts
from avtalsvakt.answers.how_to import how_to_all
from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.answers.stored_answers import Cut, Stored, read_stored
from avtalsvakt.notifying.links import Links
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import PageNames, names_in
from avtalsvakt_engine.storage.conclusions.changes import DatedChange, changes_since
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.outgoing.recipients import Recipient
from avtalsvakt_engine.storage.proof.seals import last_seal
from avtalsvakt_engine.verdicts import Verdict

BACK = timedelta(days=45)
"""How far back changes are read: a monthly digest goes no further."""
OPEN = ("pending", "at_risk", "overdue")


class Material(Struct, frozen=True, dict=True):
    """The last run with all that letters say of it. `changes` leave out the first run, which judged everything anew.

    `seal` is the last run's seal, which can be held against the register later.
    """

    now: datetime
    stored: Stored
    known: Mapping[str, AgreementFacts]
    how: Mapping[str, HowTo]
    names: PageNames
    changes: tuple[DatedChange, ...]
    links: Links
    seal: str

    @property
    def today(self) -> date:
        """The day on which the letters are written."""
        return self.now.date()

    @cached_property
    def by_duty(self) -> Mapping[str, Verdict]:
        """The stored verdicts by their keys."""
        return {one.duty: one for one in self.stored.verdicts}

    @cached_property
    def living(self) -> frozenset[str]:
        """The agreements in force."""
        return frozenset(one.agreement for one in self.stored.states if one.state in IN_FORCE)

    def open_to(self, recipient: Recipient) -> list[Verdict]:
        """What is open in agreements in force, can be done, and concerns a recipient."""
        return [
            one
            for one in self.stored.verdicts
            if to_be_done(one) and one.agreement in self.living and recipient.concerns(one)
        ]

    def of(self, recipient: Recipient) -> Stored:
        """What the last run concluded, as far as it concerns a recipient."""
        return replace(self.stored, verdicts=[one for one in self.stored.verdicts if recipient.concerns(one)])

    def title(self, verdict: Verdict) -> str:
        """What a letter calls a duty: its title and agreement."""
        return f"{self.names.duty(verdict)['title']} ({self.names.agreement(verdict.agreement)})"


def to_be_done(verdict: Verdict) -> bool:
    """Whether somebody can still do something about a duty."""
    return verdict.status in OPEN and (verdict.status != "overdue" or verdict.curable)


def gather(settings: Settings, links: Links) -> Material:
    """Read everything once, for all recipients."""
    rulebook = settings.rules_in_use().rulebook
    stored = read_stored(settings, Cut())
    living = {one.agreement for one in stored.states if one.state in IN_FORCE}
    open_ = [one for one in stored.verdicts if to_be_done(one) and one.agreement in living]
    known = stored_facts(settings, rulebook, open_, settings.today)
    with settings.register(read_only=True) as register, answered(register.path):
        first = min((run.id for run in Store(register.connection).runs()), default=0)
        recent = changes_since(register.connection, settings.today - BACK)
        sealed = last_seal(register.connection)
    changes = tuple(one for one in recent if one.run != first)
    names = names_in(rulebook)
    return Material(settings.now, stored, known, how_to_all(open_, known), names, changes, links, sealed)
