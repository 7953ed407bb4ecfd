"""What each name that signs in may, read from the register and kept until it changes. Without a register: nothing."""

import threading
from dataclasses import dataclass, field

from avtalsvakt.pages.held import Stamp, stamp_of
from avtalsvakt.recording.access_roles import all_roles, rights_of
from avtalsvakt.rights import Rights
from avtalsvakt.settings import Settings
from avtalsvakt_rules.rulebook import Rulebook

REMEMBERED = 1000
"""Names at a time."""


@dataclass(slots=True)
class WhoMay:
    """Answers for one register; shared between requests."""

    _stamp: tuple[Stamp, Rulebook] | None = None
    _rights: dict[str | None, Rights] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rights(self, settings: Settings) -> Rights:
        """What the recorder of these settings, by the name that signed in, may. Raises Rejected."""
        rulebook = settings.rules_in_use().rulebook
        stamp = (stamp_of(settings), rulebook)
        with self._lock:
            if self._stamp is None or self._stamp[0] != stamp[0] or self._stamp[1] is not rulebook:
                self._rights = {}
                self._stamp = stamp
            found = self._rights.get(settings.recorder)
            if found is None:
                if len(self._rights) >= REMEMBERED:
                    self._rights = {}
                found = rights_of(all_roles(settings), settings.recorder, rulebook)
                self._rights[settings.recorder] = found
            return found
