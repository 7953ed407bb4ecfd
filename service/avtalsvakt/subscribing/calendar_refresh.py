"""Brings the stored calendars up to date with what the latest run concluded.

In come stored verdicts and states, planned meetings and words; out come events as bytes, in the database, with a stamp
only where something changed. Reading feeds afterwards needs neither rules nor facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from avtalsvakt.subscribing.calendar_wording import telling_apart, wording_of
from avtalsvakt_calendars.deadlines import DUE_STATUSES
from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.feed import RENDERING, write_event
from avtalsvakt_calendars.ledger import Entry, Stamped, stamp
from avtalsvakt_calendars.meetings import MEETING_KINDS
from avtalsvakt_calendars.reminders import Reminding, no_longer_watched, reminded
from avtalsvakt_calendars.wording import Wording
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.calendar_store import CalendarStore, Mark, StoredAgreement, StoredEvent
from avtalsvakt_engine.storage.fact_source import FactSource
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_engine.storage.verdict_text import state_to_text
from avtalsvakt_engine.verdicts import InstrumentState
from avtalsvakt_rules.rulebook import Rulebook

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LEDGERS = {False: "", True: "+details"}
"""Each agreement's ledger is kept under its id; that of the detailed texts under a name of its own."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to: agreements looked at, and how many events came, changed or went, by agreement."""

    looked_at: int
    changed: dict[str, int]


def refresh(register: Register, rulebook: Rulebook, now: datetime, *, page: str | None = None) -> Refreshed:
    """Follow the latest run, in one transaction; without a run, or a new one, nothing is done.

    In: the aware moment, and the address of a duty's page with `{duty}` in it if pages are served. Only agreements that
    something happened to, or whose day has come, are looked at; with other words, or on an earlier day, all of them.
    One whose rules are missing is left as it is.
    """
    with register.transaction():
        last = Store(register.connection).last_run()
        return _Refresh(register, rulebook, last, now, page).carry_out() if last else Refreshed(0, {})


class _Refresh:
    """One refresh in progress."""

    def __init__(self, register: Register, rulebook: Rulebook, last: Run, now: datetime, page: str | None) -> None:
        self.rulebook, self.last, self.now, self.page = rulebook, last, now, page
        self.store, self.calendars = Store(register.connection), CalendarStore(register.connection)
        self.moment = now.astimezone(UTC).strftime(MOMENT)
        self.source = FactSource(register, last.known_at)
        self.mark = self.calendars.mark()
        self.known = self.calendars.agreements()
        self.lacking = self.store.judged_agreements() - set(rulebook.instruments)
        self.states = {state.agreement: state for state in self.store.states()}
        form = f"{RENDERING}."
        self.words = form + sha256(f"{rulebook.digest} {page}".encode()).hexdigest()[:16]
        self.reworded = self.mark is None or self.mark.words != self.words
        self.rewrite = self.mark is None or not self.mark.words.startswith(form)

    def carry_out(self) -> Refreshed:
        if self.mark and self.mark.run == self.last.id and not self.reworded:
            return Refreshed(0, {})
        agreements = self._to_look_at()
        wording = wording_of(self.rulebook, agreements, self.page)
        changed = {one: number for one in sorted(agreements) if (number := self._agreement(one, wording))}
        if self.reworded:
            self.calendars.put_labels({**(self.calendars.labels() if self.lacking else {}), **wording.labels})
        revision = (self.mark.revision if self.mark else 0) + bool(changed or self.reworded)
        first = self.mark.first if self.mark else self.moment
        self.calendars.set_mark(Mark(self.last.id, self.last.head, self.last.as_of, self.words, revision, first))
        return Refreshed(len(agreements), changed)

    def _to_look_at(self) -> set[str]:
        """The agreements whose reminders may have changed; those whose rules were taken away included, once."""
        everyone = {*self.states, *self.known} - self.lacking
        if self.mark is None or self.reworded or self.mark.as_of > self.last.as_of:
            return everyone
        today = self.last.as_of.isoformat()
        due = {one.agreement for one in self.known.values() if one.until < today}
        moved = {one for one, state in self.states.items() if one not in self.known or self._moved(state)}
        gone = self.known.keys() - self.states.keys()
        touched = self.calendars.agreements_changed_since(self.mark.run) | moved | gone
        # A planned meeting changes no verdict, and yet it belongs in the calendar.
        return (due | touched | set(self.source.arrived_since(self.mark.head))) & everyone

    def _moved(self, state: InstrumentState) -> bool:
        """Whether the agreement's own terms differ from when it was last looked at."""
        return self.known[state.agreement].state != state_to_text(state)

    def _agreement(self, agreement: str, wording: Wording) -> int:
        """Store one agreement's events; how many came, changed or went."""
        state = self.states.get(agreement)
        plain, detailed = self._reminders(agreement, state, wording)
        self._remember(agreement, state, wording, plain.until)
        return sum(
            self._store(agreement, one.reminders, detailed=told) for told, one in ((False, plain), (True, detailed))
        )

    def _remember(self, agreement: str, state: InstrumentState | None, wording: Wording, until: date) -> None:
        """What feeds are cut by and called; an agreement whose rules are gone keeps what it was called."""
        instrument = self.rulebook.instruments.get(agreement)
        known = self.known.get(agreement)
        if instrument:
            stored = StoredAgreement(agreement, instrument.title, self.rulebook.municipality(instrument), "")
        else:
            stored = known or StoredAgreement(agreement, wording.title(agreement), None, "")
        stored = replace(stored, state=state_to_text(state) if state else "", until=until.isoformat())
        if stored != known:
            self.calendars.put_agreements([stored])

    def _reminders(
        self, agreement: str, state: InstrumentState | None, wording: Wording
    ) -> tuple[Reminding, Reminding]:
        """The agreement's reminders, without and with what was missing."""
        as_of: date = self.last.as_of
        if state is None:
            known = self.known[agreement]
            left = no_longer_watched(agreement, replace(wording, titles={agreement: known.title}), as_of)
            gone = Reminding((left,), date.max)
            return gone, gone
        verdicts = self.store.verdicts(agreement, sorted(DUE_STATUSES))
        facts: list[Fact] = self.source.facts(agreement)
        told = telling_apart(wording, verdicts, {fact.id: fact for fact in facts})
        planned = [fact for fact in facts if fact.kind in MEETING_KINDS]
        plain = reminded(verdicts, state, planned, told, as_of)
        return plain, reminded(verdicts, state, planned, told, as_of, details=True)

    def _store(self, agreement: str, reminders: Sequence[Reminder], *, detailed: bool) -> int:
        """Stamp, write what differs, and remember both; how many events differ."""
        ledger = f"{agreement}{LEDGERS[detailed]}"
        before = {row[0]: Entry(*row) for row in self.store.calendar_entries(ledger)}
        stamped, after = stamp(reminders, before, self.now)
        differing = {uid for uid, entry in after.items() if before.get(uid) != entry}
        if not differing and not self.rewrite:
            return 0
        self.store.save_calendar_entries(ledger, [_row(after[uid]) for uid in sorted(differing)])
        stored = {one.key: one for one in self.calendars.events(detailed=detailed, agreements=[agreement])}
        events = [_event(item, agreement) for item in stamped if self.rewrite or item.reminder.uid in differing]
        there = {(one.reminder.uid, one.reminder.body, one.reminder.bearer) for one in stamped}
        gone = [self._gone(one, after) for key, one in stored.items() if key not in there and one.event is not None]
        self.calendars.put_events([*events, *gone], detailed=detailed)
        return len(differing)

    def _gone(self, event: StoredEvent, after: dict[str, Entry]) -> StoredEvent:
        """The trace of an event that is here no more."""
        entry = after.get(event.uid)
        # Without an entry of its own: the event is there, but in other hands.
        moment = self.moment if entry is None or entry.present else entry.stamp
        return replace(event, event=None, alarm=None, stamp=moment)


def _event(item: Stamped, agreement: str) -> StoredEvent:
    """The event as it is stored."""
    reminder, written = item.reminder, write_event(item)
    return StoredEvent(
        agreement=agreement,
        uid=reminder.uid,
        body=reminder.body,
        bearer=reminder.bearer,
        kind=reminder.kind,
        day=reminder.day,
        duty=reminder.duty,
        summary=reminder.summary,
        stamp=item.stamp.strftime(MOMENT),
        sequence=item.sequence,
        event=written.event,
        alarm=written.alarm,
    )


def _row(entry: Entry) -> tuple[str, str, str, str, int, bool]:
    return entry.uid, entry.content_hash, entry.placing, entry.stamp, entry.sequence, entry.present
