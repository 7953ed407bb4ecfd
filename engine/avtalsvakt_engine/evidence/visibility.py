"""What the register shows: facts known by a day, with corrections and retractions applied.

In come all recorded facts, out come the facts that hold. Source: semantics.md, sections Time and Corrections.

The rules, exactly:

1. Known. With `known_at`, only what was recorded by the end of that Stockholm day exists; without it, everything does.
   What arrived before a fact with an earlier moment was known when that fact was (`Fact.known_from`).
2. Standing. A record (correction or retraction) stands unless a standing retraction targets it. A record that does not
   stand is as if it had never been made, so retracting a retraction brings back what it took away. Each record has one
   target, so this is settled from the records that nothing targets and downwards, whatever the order; records that
   retract each other in a circle do not stand.
3. Retracted. A fact that a standing retraction targets is gone, and corrections of it change nothing.
4. Corrected. Standing corrections of a fact that remains are applied in the order they arrived: by the moment they were
   recorded, then by arrival number, then by id. The last one wins, attribute by attribute. `null` or an empty text
   removes an attribute. A secrecy mark holds for what was known before it was set, too. A correction that names `date`
   makes the fact count as recorded when the correction was.
5. Records themselves are not shown. A correction of a record changes nothing and is a finding.
6. A reference to something that is not shown is a finding, and so is a record whose target is not known.
7. A fact or standing record whose own moment is later than that of one that arrived after it (`Fact.overtaken`) is a
   finding, until a standing record is made about it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import cast

from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_engine.verdicts import Finding
from avtalsvakt_rules.vocabulary import RECORDS, SECRECY, Vocabulary

CORRECTED, RETRACTED = RECORDS
_PRECISIONS: Mapping[int, Precision] = MappingProxyType({4: "year", 7: "month"})
_WINTER = timezone(timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: facts in the order given, findings, ids of retracted facts, and corrections applied by fact id.

    `retracting` names the standing record that took each retracted fact away (of several the first to come in).
    """

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
    retracted: frozenset[str] = frozenset()
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retracting: Mapping[str, str] = field(default_factory=dict, compare=False)


def view(facts: Iterable[Fact], known_at: date | None, vocabulary: Vocabulary) -> View:
    """The facts as known at the end of `known_at` (None: all that is recorded). Pure; raises nothing on read facts."""
    facts = tuple(facts)
    plain, records = _known(facts, known_at)
    referring = {kind.id: kind.refers for kind in vocabulary.kinds.values() if kind.refers}
    shown = {fact.id for fact in plain}
    standing, findings = _standing(records)
    taken = [fact for fact in sorted(standing, key=_arrival, reverse=True) if fact.kind == RETRACTED]
    retracting = {str(fact.attributes["target"]): fact.id for fact in taken}  # the first to come in is written last
    gone = frozenset(retracting) & shown
    corrections: dict[str, list[Fact]] = defaultdict(list)
    for record in sorted(standing, key=_arrival):
        target = str(record.attributes["target"])
        if target not in shown:
            findings += _astray(record, target, {fact.id for fact in records})
        elif record.kind == CORRECTED and target not in gone:
            corrections[target].append(record)
    if gone or corrections:
        plain = [_corrected(fact, corrections.get(fact.id, ())) for fact in plain if fact.id not in gone]
    if known_at is not None and (marks := _marked_later(facts, known_at)):
        plain = [replace(one, attributes={**one.attributes, **marks.get(one.id, {})}) for one in plain]
    findings += _broken(plain, referring, shown, gone)
    findings += [_ahead(fact) for fact in (*plain, *standing) if fact.overtaken and fact.id not in corrections]
    applied = {target: tuple(record.id for record in found) for target, found in corrections.items()}
    return View(tuple(plain), tuple(findings), gone, MappingProxyType(applied), MappingProxyType(retracting))


def _known(facts: Iterable[Fact], known_at: date | None) -> tuple[list[Fact], list[Fact]]:
    """Facts about the world and records about facts, known by the day."""
    last = "9999" if known_at is None else known_at.isoformat()
    plain: list[Fact] = []
    records: list[Fact] = []
    for fact in facts:
        # ISO days sort as text, and this runs once for every fact there is.
        if fact.known_from[:10] <= last:
            (records if fact.kind in RECORDS else plain).append(fact)
    return plain, records


def _marked_later(facts: Iterable[Fact], known_at: date) -> dict[str, dict[str, Value]]:
    """Secrecy marks that facts were given after the day, by id: what was known then is told with them."""
    found: dict[str, dict[str, Value]] = {}
    for fact in facts:
        if fact.kind != CORRECTED or fact.known_from[:10] <= known_at.isoformat():
            continue
        change = fact.attributes.get("set")
        if isinstance(change, Mapping):
            mark = cast("Value | None", change.get(SECRECY))
            found |= {str(fact.attributes["target"]): {SECRECY: mark}} if mark else {}
    return found


def _standing(records: list[Fact]) -> tuple[list[Fact], list[Finding]]:
    """The records that stand (rule 2), and a finding for each that is caught in a circle."""
    retractors: dict[str, list[Fact]] = defaultdict(list)
    for record in records:
        if record.kind == RETRACTED:
            retractors[str(record.attributes["target"])].append(record)
    verdicts: dict[str, bool] = {}
    waiting = records
    while waiting:
        undecided = []
        for record in waiting:
            against = [verdicts.get(other.id) for other in retractors.get(record.id, ())]
            if any(against):
                verdicts[record.id] = False
            elif None in against:
                undecided.append(record)
            else:
                verdicts[record.id] = True
        if len(undecided) == len(waiting):
            break
        waiting = undecided
    circular = [
        _finding("circular_retraction", one, "Återkallelser som återkallar varandra gäller inte") for one in waiting
    ]
    return [record for record in records if verdicts.get(record.id)], circular


def _arrival(fact: Fact) -> tuple[datetime, int, str]:
    """The order in which facts came in; moments are compared as such, since an hour occurs twice each autumn."""
    return moment_of(fact.known_from), fact.arrival, fact.id


def moment_of(text: str) -> datetime:
    """A stored moment, aware; one without an offset is taken for winter time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=_WINTER)


def _corrected(fact: Fact, corrections: Iterable[Fact]) -> Fact:
    """The fact with the corrections applied in the order given."""
    for correction in corrections:
        changes = cast("Mapping[str, Value | None]", correction.attributes["set"])
        attributes = dict(fact.attributes)
        for name, value in changes.items():
            if name in ("agreement", "date", "date_precision"):
                continue
            if value is None or value == "":
                attributes.pop(name, None)
            else:
                attributes[name] = value
        fact = replace(fact, agreement=str(changes.get("agreement") or fact.agreement), attributes=attributes)
        fact = _redated(fact, changes, correction.known_from)
    return fact


def _redated(fact: Fact, changes: Mapping[str, Value | None], recorded: str) -> Fact:
    """The fact with a corrected date, which counts as recorded when the correction was, or a corrected precision."""
    stated = changes.get("date")
    precision = fact.precision
    if isinstance(stated, str) and stated:
        was = (*fact.was, fact.date) if precision == "day" else fact.was
        precision = _PRECISIONS.get(len(stated), "day")
        on = date.fromisoformat((stated + "-01-01")[:10])
        fact = replace(fact, date=on, recorded=recorded, overtaken=None, was=was)
    precision = cast("Precision", changes.get("date_precision") or precision)
    first = {"day": fact.date, "month": fact.date.replace(day=1), "year": fact.date.replace(month=1, day=1)}
    return replace(fact, date=first[precision], precision=precision)


def _astray(record: Fact, target: str, records: set[str]) -> list[Finding]:
    """What is wrong with a standing record whose target is no fact about the world; to retract a record is in order."""
    if target not in records:
        return [_finding("target_missing", record, f"Registreringen gäller {target}, som inte finns")]
    if record.kind == RETRACTED:
        return []
    text = f"En rättelse eller återkallelse ({target}) kan inte rättas, bara återkallas; rättelsen har ingen verkan"
    return [_finding("correction_of_record", record, text)]


def _broken(
    facts: Iterable[Fact], referring: Mapping[str, tuple[str, ...]], shown: set[str], gone: frozenset[str]
) -> list[Finding]:
    """A finding for every reference to a fact that is retracted or not there."""
    findings = []
    for fact in facts:
        for name in referring.get(fact.kind, ()):
            value = fact.attributes.get(name, ())
            for target in (value,) if isinstance(value, str) else value:
                if target in gone:
                    text = f"{name} hänvisar till {target}, som är återkallad"
                    findings.append(_finding("reference_retracted", fact, text))
                elif target not in shown:
                    findings.append(
                        _finding("reference_missing", fact, f"{name} hänvisar till {target}, som inte finns")
                    )
    return findings


def _ahead(fact: Fact) -> Finding:
    """The clock went wrong when a fact was recorded."""
    told = f"har tiden {fact.recorded[:16].replace('T', ' kl. ')}, men det som kom in senare har tidigare tider"
    text = f"Registreringen {told}: datorns klocka gick före. Den räknas som känd {fact.known_from[:10]}"
    return _finding("clock_ahead", fact, text)


def _finding(code: str, fact: Fact, text: str) -> Finding:
    """A finding about one fact."""
    return Finding(code, fact.agreement, fact.id, text)
