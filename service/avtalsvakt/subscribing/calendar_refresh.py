"""Brings the stored calendars up to date with what the latest run concluded.

In come stored verdicts and states, planned meetings and words; out come events as bytes, in the database, with a stamp
only where something changed. Reading feeds afterwards needs neither rules nor facts.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.subscribing.calendar_replaced import replaced, stays_until
from avtalsvakt.subscribing.calendar_site import duty_page
from avtalsvakt.subscribing.calendar_steps import steps_of
from avtalsvakt.subscribing.calendar_wording import telling_apart, wording_of
from avtalsvakt_calendars.publishing.as_icalendar import RENDERING, write_event
from avtalsvakt_calendars.publishing.ledger import Entry, Stamped, stamp
from avtalsvakt_calendars.reminding.meetings import MEETING_KINDS
from avtalsvakt_calendars.reminding.reminders import ASKED_DAYS, Reminding, no_longer_watched, reminded
from avtalsvakt_calendars.reminding.wording import Wording
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.conclusions.verdict_text import state_to_text
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore, Mark, StoredAgreement, StoredEvent
from avtalsvakt_engine.verdicts import InstrumentState, Verdict
from avtalsvakt_rules.rulebook import Rulebook

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LEDGERS = {False: "", True: "+details"}
"""Each agreement's ledger is kept under its id; that of the detailed texts under a name of its own."""


class Refreshed(Struct, frozen=True):
    """What a refresh came to: agreements looked at, and how many events came, changed or went, by agreement."""

    looked_at: int
    changed: dict[str, int]


def refresh(register: Register, rulebook: Rulebook, now: datetime) -> Refreshed:
    """Follow the latest run, in one transaction; without a run, or a new one, nothing is done.

    In: the aware moment. Only agreements that something happened to, or whose day has come, are looked at; with other
    words, or on an earlier day, all of them. One whose rules are missing is left as it is.
    """
    with register.transaction():
        last = Store(register.connection).last_run()
        return _Refresh(register, rulebook, last, now).carry_out() if last else Refreshed(0, {})


class _Stored(Struct, frozen=True):
    """How many of an agreement's events differ, and until when they stay as they are."""

    differing: int
    until: date


class _Refresh:
    """One refresh in progress."""

    def __init__(self, register: Register, rulebook: Rulebook, last: Run, now: datetime) -> None:
        self.rulebook, self.last, self.now = rulebook, last, now
        self.store, self.calendars = Store(register.connection), CalendarStore(register.connection)
        self.moment = now.astimezone(UTC).strftime(MOMENT)
        self.source = FactSource(register, last.known_at)
        self.mark = self.calendars.mark()
        self.known = self.calendars.agreements()
        self.lacking = self.store.judged_agreements() - set(rulebook.instruments)
        self.states = {state.agreement: state for state in self.store.states()}
        form = f"{RENDERING}."
        self.page = duty_page(self.calendars)
        self.words = form + sha256(f"{rulebook.digest} {self.page}".encode()).hexdigest()[:16]
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
        both = [self._store(agreement, plain, detailed=False), self._store(agreement, detailed, detailed=True)]
        self._remember(agreement, state, wording, min(one.until for one in both))
        return sum(one.differing for one in both)

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
        verdicts = self.store.verdicts(agreement)
        facts: list[Fact] = self.source.facts(agreement)
        seen = self._seen(agreement, verdicts, facts)
        records = {fact.id: (seen and seen.record(fact.id)) or fact for fact in facts}
        told = replace(telling_apart(wording, verdicts, records), how=self._steps(seen))
        planned = [fact for fact in facts if fact.kind in MEETING_KINDS]
        plain = reminded(verdicts, state, planned, told, as_of)
        return plain, reminded(verdicts, state, planned, told, as_of, details=True)

    def _seen(self, agreement: str, verdicts: Sequence[Verdict], facts: list[Fact]) -> AgreementFacts | None:
        """The agreement with its facts and those that are shared with it; None where its rules are gone."""
        instrument = self.rulebook.instruments.get(agreement)
        if instrument is None:
            return None
        shared = [fact for other in self.rulebook.covering(instrument) for fact in self.source.facts(other)]
        return AgreementFacts(self.rulebook, instrument, self.last.as_of, verdicts, [*facts, *shared])

    def _steps(self, seen: AgreementFacts | None) -> Mapping[str, tuple[str, ...]]:
        """How the duties that are reminded of are met."""
        if seen is None:
            return {}
        since = self.last.as_of - timedelta(days=ASKED_DAYS)
        return steps_of((one for one in seen.verdicts if one.due and one.due >= since), seen)

    def _store(self, agreement: str, found: Reminding, *, detailed: bool) -> "_Stored":
        """Stamp, write what differs, and remember both."""
        ledger = f"{agreement}{LEDGERS[detailed]}"
        before = {row[0]: Entry(*row) for row in self.store.calendar_entries(ledger)}
        stored = {one.key: one for one in self.calendars.events(detailed=detailed, agreements=[agreement])}
        reworded = self.mark is not None and self.reworded
        left = tuple(replaced(stored.values(), found.reminders, self.last.as_of, reworded=reworded))
        stamped, after = stamp((*found.reminders, *left), before, self.now)
        until = min([found.until, *(stays_until(_event(one, agreement)) for one in stamped[len(found.reminders) :])])
        differing = {uid for uid, entry in after.items() if before.get(uid) != entry}
        if not differing and not self.rewrite:
            return _Stored(0, until)
        self.store.save_calendar_entries(ledger, [_row(after[uid]) for uid in sorted(differing)])
        events = [_event(item, agreement) for item in stamped if self.rewrite or item.reminder.uid in differing]
        there = {(one.reminder.uid, one.reminder.body, one.reminder.bearer) for one in stamped}
        gone = [self._gone(one, after) for key, one in stored.items() if key not in there and one.event is not None]
        self.calendars.put_events([*events, *gone], detailed=detailed)
        return _Stored(len(differing), until)

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
        duty="\n".join(reminder.duties) or None,
        summary=reminder.summary,
        stamp=item.stamp.strftime(MOMENT),
        sequence=item.sequence,
        event=written.event,
        alarm=written.alarm,
    )


def _row(entry: Entry) -> tuple[str, str, str, str, int, bool]:
    return entry.uid, entry.content_hash, entry.placing, entry.stamp, entry.sequence, entry.present
