"""The facts of one agreement, sorted and linked so that evidence is found by bisection and never by searching.

Meetings recorded twice are one meeting here; references (to meetings, decisions, versions of documents) are resolved
here.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from avtalsvakt_engine.evidence.matching import Understood, anything, texts
from avtalsvakt_engine.evidence.secrecy import instead, provision
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.verdicts import Finding
from avtalsvakt_rules.language.occasions import recorded_twice
from avtalsvakt_rules.vocabulary import BESIDE, Vocabulary

MEETING = "meeting_held"
TOOK_PART = frozenset({"chair", "attendees"})  # on who led a meeting, and who was there, silence is a question
VERSIONED = "document_revised"

Versions = tuple[list[date], list[Fact], dict[str, Fact]]
"""The versions of a document by day: their days, themselves, and each by its id and the name of its version."""


def day_of(fact: Fact) -> date:
    """The day a fact counts on: its date.

    At month or year precision the last day it can have been, but not after it was recorded.
    """
    if fact.precision == "day":
        return fact.date
    return min(fact.last, max(fact.recorded_on, fact.date))


class Dated:
    """Facts by their dates."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Sort them; those of one date stay in the order given."""
        self.facts = sorted(facts, key=lambda fact: fact.date)
        self._dates = [fact.date for fact in self.facts]

    def between(self, first: date, last: date) -> list[Fact]:
        """Those dated in [first, last]."""
        return self.facts[bisect_left(self._dates, first) : bisect_right(self._dates, last)]


class FactIndex:
    """Read-only once built. `annexes` maps annex numbers to names; `merge` is the reading DUBBLETT."""

    def __init__(
        self,
        facts: Iterable[Fact],
        vocabulary: Vocabulary,
        annexes: Mapping[str, str] | None = None,
        *,
        merge: bool = True,
        planned_counts: bool = False,
        understood: Understood = anything,
    ) -> None:
        """Index the visible facts of one agreement. `understood` tells which texts of attributes people know."""
        self.vocabulary = vocabulary
        self.understood = understood
        self.asked = vocabulary.yes_no | TOOK_PART
        self.annexes = dict(annexes or {})
        self.planned_counts = planned_counts
        self.findings: list[Finding] = []
        self.same_as: dict[str, str] = {}
        self.by_kind: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self.by_kind[fact.kind].append(self._by_name(fact))
        self.merge = merge
        held = recorded_twice(vocabulary.movable) & set(self.by_kind)
        self.unmerged = {kind: tuple(self.by_kind[kind]) for kind in held}  # as recorded, before they are merged
        for kind in sorted(held) if merge else ():
            self.by_kind[kind] = self._merged(self.by_kind[kind])
        for kind in self.by_kind:
            self.by_kind[kind].sort(key=by_day)
        self.by_id = {fact.id: fact for kind in self.by_kind.values() for fact in kind}
        self._by_value: dict[tuple[str, str], dict[str, list[Fact]]] = {}
        self._moves: dict[tuple[str, str | None, str | None], dict[str | None, str | None]] = {}
        self._versions: dict[str, Versions] | None = None

    def _by_name(self, fact: Fact) -> Fact:
        """The fact with its annex by name: number and name are the same annex."""
        name = self.annexes.get(fact.text("annex") or "")
        return fact if name is None else replace(fact, attributes={**fact.attributes, "annex": name})

    def of_kind(self, kind: str, name: str | None = None, values: tuple[str, ...] = ()) -> list[Fact]:
        """Facts of a kind by day.

        Only those whose text attribute `name` has one of the values (however capitals are set), is missing or is not
        understood, if given.
        """
        found = self.by_kind.get(kind, [])
        if name is None or len(found) < 8:
            return found
        table = self._by_value.get((kind, name))
        if table is None:
            table = defaultdict(list)
            for fact in found:
                for text in texts(fact.attributes.get(name)) or ("",):
                    table[text.casefold() if self.understood(kind, name, text) else ""].append(fact)
            self._by_value[(kind, name)] = table
        wanted = dict.fromkeys(value.casefold() for value in values)
        if len(wanted) == 1 and "" not in table:
            return table.get(next(iter(wanted)), [])
        seen = {fact.id: fact for value in (*wanted, "") for fact in table.get(value, [])}
        return sorted(seen.values(), key=by_day)

    def get(self, fact_id: str) -> Fact | None:
        """The fact with that id, or the meeting that it is another record of."""
        return self.by_id.get(self.same_as.get(fact_id, fact_id))

    def moved_to(self, notice: Fact, day: date) -> date:
        """The day to which the occasion of a notice was moved, as often as it was; the day itself if it was not."""
        about = notice.kind, notice.text("body"), notice.text("site")
        if about not in self._moves:
            occasions = (one for one in self.vocabulary.movable.values() if one.notice == notice.kind)
            self._moves[about] = {
                cancelled.text(one.off_day): cancelled.text(one.new_day)
                for one in occasions
                for cancelled in self.by_kind.get(one.called_off or "", ())
                if cancelled.text("body") in (None, about[1]) and cancelled.text("site") in (None, about[2])
            }
        moves = self._moves[about]
        text, seen = day.isoformat(), set[str]()
        while (to := moves.get(text)) and to not in seen:
            seen.add(text)
            text = to
        return date.fromisoformat(text) if len(text) == 10 else day

    def planned(self, fact: Fact) -> bool:
        """Whether it was written down before its own day and so is a plan, not evidence (reading FRAMTID)."""
        if self.planned_counts or fact.recorded_on >= fact.date:
            return False
        kind = self.vocabulary.kinds.get(fact.kind)
        return not (kind and kind.ahead)

    def targets(self, fact: Fact, attribute: str) -> tuple[str, ...]:
        """Ids of the facts that an attribute refers to: by id, or for an annex by document and version."""
        if attribute in ("annex", "version") and fact.kind.startswith("annex_"):
            version = self.version_of(fact)
            return (version.id,) if version else ()
        return tuple(self.same_as.get(text, text) for text in texts(fact.attributes.get(attribute)))

    def is_reference(self, kind: str, attribute: str) -> bool:
        """Whether an attribute of a kind names another fact."""
        known = self.vocabulary.kinds.get(kind)
        return bool(known and attribute in known.refers) or (kind.startswith("annex_") and attribute == "version")

    def version_of(self, annex: Fact) -> Fact | None:
        """The version of the document that an annex fact is about.

        The one it names, else the latest on or before its day.
        """
        if self._versions is None:
            self._versions = self._by_document()
        name = annex.text("annex") or ""
        days, facts, by_name = self._versions.get(self.annexes.get(name, name), ([], [], {}))
        wanted = annex.text("version")
        if wanted is not None:
            return by_name.get(wanted)
        place = bisect_right(days, day_of(annex))
        return facts[place - 1] if place else None

    def rivals(self, fact: Fact) -> set[str]:
        """What may be meant instead of a fact, or be the same as it.

        The versions that an annex may be of instead of a version; the meetings that a record may be a second one of.
        """
        if fact.kind == VERSIONED:
            return self._other_versions(fact)
        about = fact.text("body"), fact.text("site"), fact.date
        alike = (
            one for one in self.unmerged.get(fact.kind, ()) if (one.text("body"), one.text("site"), one.date) == about
        )
        return {self.same_as.get(one.id, one.id) for one in alike}

    def _other_versions(self, version: Fact) -> set[str]:
        """Those of the same name, and the one before it."""
        name, day = version.text("version"), day_of(version)
        others = [one for one in self.by_kind.get(VERSIONED, ()) if one.text("document") == version.text("document")]
        before = [one for one in others if one.id != version.id and day_of(one) <= day]
        alike = {one.id for one in others if name is not None and name in (one.text("version"), one.id)}
        return alike | {one.id for one in before[-1:]}

    def _by_document(self) -> dict[str, Versions]:
        out: dict[str, Versions] = {}
        for fact in self.by_kind.get(VERSIONED, []):
            days, facts, by_name = out.setdefault(fact.text("document") or "", ([], [], {}))
            days.append(day_of(fact))
            facts.append(fact)
            by_name[fact.id] = fact
            by_name |= {version: fact} if (version := fact.text("version")) is not None else {}
        return out

    def _merged(self, meetings: list[Fact]) -> list[Fact]:
        """One fact for each meeting: same body, site and day are one, unless marked separate (reading DUBBLETT)."""
        groups: dict[object, list[Fact]] = defaultdict(list)
        for fact in meetings:
            alone = fact.precision != "day" or fact.attributes.get("separate")
            groups[fact.id if alone else (fact.text("body"), fact.text("site"), fact.date)].append(fact)
        return [group[0] if len(group) == 1 else self._one_meeting(group) for group in groups.values()]

    def _one_meeting(self, group: list[Fact]) -> Fact:
        group.sort(key=lambda fact: (fact.known_from, fact.arrival, fact.id))
        attributes: dict[str, Value] = {}
        mark = next(filter(None, map(provision, group)), None)
        for fact in group:
            for name, value in fact.attributes.items():
                if name not in BESIDE and attributes.get(name, value) != value:
                    said = (instead(mark),) * 2 if mark else (repr(attributes[name]), repr(value))
                    text = f"{name}: {said[0]} i en registrering, {said[1]} i {fact.id}; den senaste gäller"
                    self.findings.append(Finding("records_differ", fact.agreement, group[0].id, text))
                attributes[name] = value
        self.same_as.update({fact.id: group[0].id for fact in group[1:]})
        return replace(group[0], attributes=attributes, recorded=group[-1].recorded, arrival=group[-1].arrival)


def by_day(fact: Fact) -> tuple[date, int, str]:
    """The order of facts."""
    return day_of(fact), fact.arrival, fact.id
