"""What changed and when it became known, as lines and as fields: of one duty, or since a day."""

from collections.abc import Iterator

from avtalsvakt.answers.changes_since import ChangesSince
from avtalsvakt.answers.whole_history import DutyHistory
from avtalsvakt.formats.as_json import Object
from avtalsvakt.terminal.changes_page import NEW, SAME, unjudged_object
from avtalsvakt.words.summary import counted, unjudged_lines
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.conclusions.changes import DatedChange


def history_lines(found: DutyHistory) -> Iterator[str]:
    """The life of a duty: each status with the day it became true and the moment it became known."""
    yield found.duty
    for one in found.changes:
        yield f"  {_true(one)}  {_status(one)}, känt {_moment(one)} (körning {one.run})"
    if found.untold:
        numbers = ", ".join(map(str, found.untold))
        yield f"  Lägen på dagar som ingen körning bedömde före körning {numbers} kan inte räknas fram längre."
    if (violation := found.violation) is not None:
        life = labels.VIOLATION_STATES.get(violation.life, violation.life)
        yield f"Överträdelse: {life}, inträffade {violation.raised_on}, känd {violation.known_on}"
        yield from labels.terms([life])


def changes_lines(found: ChangesSince) -> Iterator[str]:
    """Every change on two lines, by the day it became known."""
    known = ""
    for one in found.changes:
        if one.known[:10] != known:
            known = one.known[:10]
            yield f"Blev känt {known}:"
        before = labels.status(one.change.was) if one.change.was else NEW
        same = one.change.was == one.change.status
        yield f"  {_true(one)}  {f'{_status(one)}: {SAME}' if same else f'{before} → {_status(one)}'}"
        yield f"              {one.change.duty}"
    if not found.changes:
        yield f"Inget har ändrats sedan {found.since}."
    else:
        yield f"{counted(len(found.changes), 'ändring', 'ändringar')} sedan {found.since}."
    if found.first_judged:
        number = counted(found.first_judged, "skyldighet", "skyldigheter")
        yield f"Dessutom bedömdes {number} för första gången, i den första körningen."
    yield from unjudged_lines(found.unjudged)


def fields(one: DatedChange) -> Object:
    """One change as fields."""
    change = one.change
    return {
        "duty": change.duty, "agreement": change.agreement, "was": change.was, "status": change.status,
        "reason": change.reason, "true_on": one.true_on and one.true_on.isoformat(), "known": one.known,
        "run": one.run, "as_of": one.as_of.isoformat(),
    }  # fmt: skip


def history_object(found: DutyHistory) -> Object:
    """A duty's history as JSON."""
    one = found.violation
    violation = one and {"life": one.life, "raised": one.raised_on.isoformat(), "known": one.known_on.isoformat()}
    changes = list(map(fields, found.changes))
    return {"duty": found.duty, "changes": changes, "violation": violation, "untold": list(found.untold)}


def changes_object(found: ChangesSince) -> Object:
    """The changes since a day as JSON."""
    told = list(map(fields, found.changes))
    unjudged = list(map(unjudged_object, found.unjudged))
    since, first = found.since.isoformat(), found.first_judged
    return {"since": since, "first_judged": first, "changes": told, "unjudged": unjudged}


def _true(one: DatedChange) -> str:
    return one.true_on.isoformat() if one.true_on else "från början"


def _status(one: DatedChange) -> str:
    said = labels.status(one.change.status)
    why = labels.WITHDRAWALS.get(one.change.reason or "") if one.change.status == "withdrawn" else None
    return f"{said} ({why})" if why else said


def _moment(one: DatedChange) -> str:
    return one.known[:16].replace("T", " kl. ")
