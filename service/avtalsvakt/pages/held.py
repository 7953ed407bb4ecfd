"""What pages have read and worked out from a register, kept until the register changes: read once, not per page.

The register's file, and the log beside it that SQLite writes first, say by their size and time whether anybody has
written: then what was changed is read again, agreement by agreement (parts). What is kept is immutable values, shared
between requests. Whoever may not see everything is given the agreements that they see, in the one place where a page
gets the register (held).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from avtalsvakt.answers.agreement_facts import AgreementFacts, stored_facts
from avtalsvakt.answers.assessing import Material, gather_material
from avtalsvakt.answers.stored_answers import Cut, Stored, last_run, stored_with
from avtalsvakt.answers.visible_texts import texts_seen
from avtalsvakt.pages.parts import Part, Parts, Shelf, read_parts
from avtalsvakt.rights import EVERYTHING, Rights
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import PageNames, names_in
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook

Worked = TypeVar("Worked")
Stamp = tuple[object, ...]
REGISTERS, PAGES = 4, 400
"""Registers at once (tests have many), and values worked out from the whole of one."""


@dataclass
class Held:
    """One register as it stood at `stamp`, by one rulebook; `whole` is the same with what is not seen in this one."""

    stamp: Stamp
    settings: Settings
    rulebook: Rulebook
    stored: Stored
    names: PageNames
    parts: Parts
    whole: "Held | None" = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _shelf: Shelf = field(default_factory=lambda: Shelf(PAGES))

    @cached_property
    def by_agreement(self) -> Mapping[str, list[Verdict]]:
        """The stored verdicts of each agreement."""
        return {name: list(one.verdicts) for name, one in self.parts.by_agreement.items()}

    def known(self) -> Mapping[str, AgreementFacts]:
        """What is known of each agreement. Raises Rejected."""
        return self.kept("known", lambda: self._known(self.parts.by_agreement))

    def known_of(self, agreement: str) -> AgreementFacts | None:
        """What is known of one agreement; None where nothing is stored of it. Raises Rejected."""
        with self._lock:
            part = self.parts.by_agreement.get(agreement)
            return self._known({agreement: part}).get(agreement) if part else None

    def _known(self, parts: Mapping[str, Part]) -> Mapping[str, AgreementFacts]:
        """What is known of some agreements; facts are read of those that are new or have changed."""
        new = [one for part in parts.values() if "known" not in part.shelf.values for one in part.verdicts]
        read = stored_facts(self.settings, self.rulebook, new, self.settings.today, complete=True) if new else {}
        every = {name: part.shelf.kept("known", partial(read.get, name)) for name, part in parts.items()}
        return {name: one for name, one in every.items() if one is not None}

    def material(self) -> Material:
        """Rules and facts to judge on, of all agreements: one is judged by the texts over it too. Raises Rejected."""
        if self.whole is not None:
            return self.whole.material()
        return self.kept("material", lambda: gather_material(self.settings))

    def material_of(self, agreement: str) -> Material:
        """Rules, and the facts that bear on one agreement. Raises Rejected."""
        return self.kept_of(agreement, "material", lambda: gather_material(self.settings, about=[agreement]))

    def kept(self, key: object, work: Callable[[], Worked]) -> Worked:
        """What has been worked out from all of the register under a key, else what `work` makes of it."""
        with self._lock:
            return self._shelf.kept(key, work)

    def kept_of(self, agreement: str, key: object, work: Callable[[], Worked]) -> Worked:
        """The same from one agreement alone: it is kept while that one stays as it is."""
        with self._lock:
            part = self.parts.by_agreement.get(agreement)
            return part.shelf.kept(key, work) if part else self._shelf.kept((agreement, key), work)


_held: OrderedDict[Path, Held] = OrderedDict()
_lock = threading.Lock()


def held(settings: Settings) -> Held:
    """The register as it stands now, as far as it is seen; what has changed is read again. Raises Rejected."""
    found, rights = _whole(structs.replace(settings, rights=EVERYTHING)), settings.rights
    return found if rights.sees_all else found.kept(("seen by", rights.given), lambda: _narrowed(found, rights))


def _narrowed(whole: Held, rights: Rights) -> Held:
    """The register without what somebody does not see. What an agreement inherits belongs to it."""
    stored, texts = whole.stored, texts_seen(whole.rulebook, rights)
    own = structs.replace(
        stored,
        verdicts=[one for one in stored.verdicts if rights.sees(one.agreement)],
        states=[one for one in stored.states if rights.sees(one.agreement)],
        findings=[one for one in stored.findings if rights.sees(one.agreement)],
        violations=[one for one in stored.violations if rights.sees(one.agreement)],
    )
    own = structs.replace(own, unjudged=sum(one.status == "not_evaluated" for one in own.verdicts))
    titles = {name: title for name, title in whole.names.agreements.items() if name in texts}
    parts = {name: part for name, part in whole.parts.by_agreement.items() if rights.sees(name)}
    return replace(
        whole,
        settings=structs.replace(whole.settings, rights=rights),
        stored=own,
        names=structs.replace(whole.names, agreements=titles),
        parts=structs.replace(whole.parts, by_agreement=parts),
        whole=whole,
        _shelf=Shelf(PAGES),
    )


def _whole(settings: Settings) -> Held:
    """All of the register. Raises Rejected."""
    with _lock:  # also for the rules: two that read them at once would each hold the other's for new ones
        rulebook, stamp = settings.rules_in_use().rulebook, stamp_of(settings)
        found = _held.get(settings.db)
        if found is None or found.stamp != stamp or found.rulebook is not rulebook:
            before = _held.pop(settings.db, None)
            found = _held[settings.db] = _read(settings, rulebook, stamp, before)
            while len(_held) > REGISTERS:
                _held.popitem(last=False)
        return found


def _read(settings: Settings, rulebook: Rulebook, stamp: Stamp, before: Held | None) -> Held:
    """The register now; what is the same as before is taken over, with the lock on it."""
    if before is not None and (before.rulebook is not rulebook or _setting(before.stamp) != _setting(stamp)):
        before = None
    with settings.register(read_only=True) as register, answered(register.path):
        store = Store(register.connection)
        run = last_run(store, register.path)
        parts = read_parts(register, rulebook, before.parts if before else None)
        verdicts = [one for part in parts.by_agreement.values() for one in part.verdicts]
        stored = stored_with(verdicts, store, run, Cut())
    names, lock = (before.names, before._lock) if before else (names_in(rulebook), threading.RLock())
    return Held(stamp, settings, rulebook, stored, names, parts, None, lock)


def stamp_of(settings: Settings) -> Stamp:
    """The day, the rules given, and how the register's files look; taken before anything is read."""
    log = _look_of(settings.db.with_name(f"{settings.db.name}-wal"))
    # An empty log comes and goes with whoever reads; nobody has written.
    return (settings.today, settings.rules, _look_of(settings.db), log if log and log[2] else None)


def _setting(stamp: Stamp) -> Stamp:
    """The part of a stamp that is another on another day, by other rules, and where another file was put in place."""
    today, rules, file, _ = stamp
    return today, rules, file[:1] if isinstance(file, tuple) else None


def _look_of(path: Path) -> tuple[int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
