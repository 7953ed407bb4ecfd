"""What pages have read and worked out from a register, kept until the register changes: read once, not per page.

The register's file, and the log beside it that SQLite writes first, say by their size and time whether anybody has
written: then everything is let go of. What is kept is immutable values, shared between requests. Whoever may not see
everything is given the same register narrowed to what they see, in the one place where a page gets it (held).
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from avtalsvakt.answers.agreement_facts import AgreementFacts, stored_facts
from avtalsvakt.answers.assessing import Material, gather_material
from avtalsvakt.answers.stored_answers import Cut, Stored, read_stored
from avtalsvakt.answers.visible_texts import texts_seen
from avtalsvakt.rights import EVERYTHING, Rights
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import PageNames, names_in
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook

Worked = TypeVar("Worked")
Stamp = tuple[object, ...]
REGISTERS, PAGES = 4, 400
"""Registers at once (tests have many), and values worked out from one."""


@dataclass
class Held:
    """One register as it stood at `stamp`, by one rulebook; `whole` is the same with what is not seen in this one."""

    stamp: Stamp
    settings: Settings
    rulebook: Rulebook
    stored: Stored
    names: PageNames
    whole: "Held | None" = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _worked: OrderedDict[object, object] = field(default_factory=OrderedDict)

    @cached_property
    def by_agreement(self) -> Mapping[str, list[Verdict]]:
        """The stored verdicts of each agreement."""
        found: dict[str, list[Verdict]] = defaultdict(list)
        for one in self.stored.verdicts:
            found[one.agreement].append(one)
        return found

    def known(self) -> Mapping[str, AgreementFacts]:
        """What is known of each agreement. Raises Rejected."""
        settings, stored = self.settings, self.stored
        if self.whole is not None:
            return {name: one for name, one in self.whole.known().items() if settings.rights.sees(name)}
        return self.kept(
            "known", lambda: stored_facts(settings, self.rulebook, stored.verdicts, settings.today, complete=True)
        )

    def material(self) -> Material:
        """Rules and facts to judge on, of all agreements: one is judged by the texts over it too. Raises Rejected."""
        if self.whole is not None:
            return self.whole.material()
        return self.kept("material", lambda: gather_material(self.settings))

    def kept(self, key: object, work: Callable[[], Worked]) -> Worked:
        """What has been worked out under a key, else what `work` makes of it, kept for the next."""
        with self._lock:
            if key not in self._worked:
                self._worked[key] = work()
                while len(self._worked) > PAGES:
                    self._worked.popitem(last=False)
            return self._worked[key]  # type: ignore[return-value] # a key has one kind of value


_held: OrderedDict[Path, Held] = OrderedDict()
_lock = threading.Lock()


def held(settings: Settings) -> Held:
    """The register as it stands now, as far as its rights let somebody see it. Raises Rejected.

    It is read again only where it has changed.
    """
    found = _read(replace(settings, rights=EVERYTHING))
    rights = settings.rights
    return found if rights.sees_all else found.kept(("seen by", rights), lambda: _narrowed(found, rights))


def _narrowed(whole: Held, rights: Rights) -> Held:
    """The register without what somebody does not see. What an agreement inherits belongs to it."""
    settings, stored = replace(whole.settings, rights=rights), whole.stored
    own = replace(
        stored,
        verdicts=[one for one in stored.verdicts if rights.sees(one.agreement)],
        states=[one for one in stored.states if rights.sees(one.agreement)],
        findings=[one for one in stored.findings if rights.sees(one.agreement)],
        violations=[one for one in stored.violations if rights.sees(one.agreement)],
    )
    own = replace(own, unjudged=sum(one.status == "not_evaluated" for one in own.verdicts))
    seen = texts_seen(whole.rulebook, rights)
    titles = {name: title for name, title in whole.names.agreements.items() if name in seen}
    return Held(whole.stamp, settings, whole.rulebook, own, replace(whole.names, agreements=titles), whole)


def _read(settings: Settings) -> Held:
    """The whole register. Raises Rejected."""
    rulebook, stamp = settings.rules_in_use().rulebook, stamp_of(settings)
    with _lock:
        found = _held.get(settings.db)
        if found is None or found.stamp != stamp or found.rulebook is not rulebook:
            _held.pop(settings.db, None)
            found = Held(stamp, settings, rulebook, read_stored(settings, Cut()), names_in(rulebook))
            _held[settings.db] = found
            while len(_held) > REGISTERS:
                _held.popitem(last=False)
        return found


def stamp_of(settings: Settings) -> Stamp:
    """The day, the rules given, and how the register's files look; taken before anything is read."""
    files = (settings.db, settings.db.with_name(f"{settings.db.name}-wal"))
    return (settings.today, settings.rules, *(_look_of(one) for one in files))


def _look_of(path: Path) -> tuple[int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
