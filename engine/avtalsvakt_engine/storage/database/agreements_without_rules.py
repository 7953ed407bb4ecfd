"""Agreements that the register knows and the rulebook does not: what runs concluded of them stays as it was.

In come a register and the names of the instruments that have rules, out come the names of those that have none.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import Illegible, answered
from avtalsvakt_engine.verdicts import Finding

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.database.register import Register

RULES_MISSING = "rules_missing"
_TEXT = "reglerna för avtalet saknas; bedömningar, överträdelser och kalender är kvar som de var"


def without_rules(register: "Register", known: Collection[str]) -> tuple[str, ...]:
    """Agreements that runs have judged, or that facts wait for, and that have no rules. None that was withdrawn.

    Raises Rejected where the register cannot be read.
    """
    store = Store(register.connection)
    with answered(register.path):
        judged = store.judged_agreements()
        waiting = {name for name in register.agreements() if name not in known and not store.has_history(name)}
        found = (judged | waiting) - set(known)
        if not all(isinstance(name, str) for name in found):
            raise Illegible("agreement")  # what a scratch left there is no text any more
    return tuple(sorted(found))


def note_lacking(store: Store, lacking: Sequence[str]) -> None:
    """Put it among the findings, so that lists that ask for no rules can tell; in place of what was noted before."""
    store.drop_findings(RULES_MISSING)
    store.add_findings(Finding(RULES_MISSING, agreement, None, _TEXT) for agreement in lacking)


def noted_as_lacking(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The agreements that the latest run had no rules for."""
    return tuple(one.agreement for one in findings if one.code == RULES_MISSING and one.agreement)
