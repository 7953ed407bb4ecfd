"""One fact, its story, and what was learnt, on the screen and as rows."""

from collections.abc import Iterable, Iterator
from datetime import date

from avtalsvakt.answers.comparing_knowledge import Learnt, Turned
from avtalsvakt.answers.fact_listing import fact_object, said
from avtalsvakt.words.own_names import OwnNames
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day
from avtalsvakt_engine.storage.facts.history import Event
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.vocabulary import RECORDS, load

SHOWN = 40
WIDTH = 18


def page(shown: Fact, recorded: Fact, own: OwnNames, *, holds: bool) -> Iterator[str]:
    """A fact as it holds, in Swedish, a field a line."""
    vocabulary, names = load(), own.of(shown.agreement)
    yield f"{shown.id}: {names.kind(shown.kind)}"
    if not holds and shown.kind not in RECORDS:
        yield "Återkallad: den räknas inte. Så här registrerades den:"
    elif shown != recorded:
        yield "Rättad; se 'avtalsvakt facts history'."
    yield from (_line(name, text) for name, text in (
        ("avtal", shown.agreement), ("dag", written_day(shown.date, shown.precision)),
    ))  # fmt: skip
    for name, value in shown.attributes.items():
        spoken = names.value(value) if isinstance(value, str) else said(value)
        yield _line(vocabulary.labels.get(name, name), spoken)
    yield _line("registrerad", f"{_moment(recorded)} av {recorded.recorder or 'okänd'}, nr {recorded.arrival}")


def events(told: Iterable[Event], own: OwnNames) -> Iterator[str]:
    """A fact's story, oldest first."""
    for one in told:
        record, names = one.record, own.of(one.record.agreement)
        who = f"{_moment(record)} {record.recorder or 'okänd'}"
        why = f" – {record.text('reason')}" if record.text("reason") else ""
        target = f" av {record.text('target')}" if record.kind in RECORDS else ""
        yield f"{who}: {names.kind(record.kind)}{target} ({record.id}){why}"
        for step in one.steps:
            label = load().labels.get(step.field, step.field)
            yield f"    {label}: {said(step.was)} → {said(step.becomes)}"
        if not one.visible:
            yield "    räknas inte därefter"


def event_rows(told: Iterable[Event]) -> list[dict[str, object]]:
    """The story as rows: one for each changed field, and one for a record that changed none."""
    found = []
    for one in told:
        record = one.record
        row: dict[str, object] = {
            "record": record.id,
            "kind": record.kind,
            "recorded": record.recorded,
            "recorder": record.recorder,
            "reason": record.text("reason"),
            "holds": one.visible,
        }
        steps: list[tuple[object, object, object]] = [(step.field, step.was, step.becomes) for step in one.steps]
        steps = steps or [(None, None, None)]
        found += [{**row, "field": field, "was": was, "becomes": becomes} for field, was, becomes in steps]
    return found


def difference(found: Learnt, earlier: date, later: date, own: OwnNames) -> Iterator[str]:
    """What was learnt, and what it turned."""
    yield f"Registrerat efter {earlier} till och med {later}: {len(found.facts)}"
    for fact in found.facts[:SHOWN]:
        yield f"  {fact.recorded[:10]} {fact.agreement}: {fact_words(fact, own.of(fact.agreement), whole=True)}"
    if len(found.facts) > SHOWN:
        yield f"  och {len(found.facts) - SHOWN} till"
    yield f"Ändrade bedömningar: {len(found.turned)}"
    for one in found.turned[:SHOWN]:
        yield f"  {one.duty}: {_said(one.was)} → {_said(one.becomes)}"
    if len(found.turned) > SHOWN:
        yield f"  och {len(found.turned) - SHOWN} till"


def difference_object(found: Learnt, earlier: date, later: date) -> dict[str, object]:
    """The same as JSON."""
    return {
        "known_at": [earlier.isoformat(), later.isoformat()],
        "facts": [fact_object(one) for one in found.facts],
        "turned": turned_rows(found),
    }


def turned_rows(found: Learnt) -> list[dict[str, object]]:
    """The verdicts that turned, a row each."""
    return [_turned(one) for one in found.turned]


def _turned(one: Turned) -> dict[str, object]:
    was, becomes = one.was, one.becomes
    return {
        "duty": one.duty,
        "status_was": was.status if was else None,
        "status_becomes": becomes.status if becomes else None,
        "counted_was": was.counted if was else None,
        "counted_becomes": becomes.counted if becomes else None,
        "due_was": was.due.isoformat() if was and was.due else None,
        "due_becomes": becomes.due.isoformat() if becomes and becomes.due else None,
    }


def _said(verdict: Verdict | None) -> str:
    if verdict is None:
        return "finns inte"
    done = f" {verdict.counted}/{verdict.required}" if verdict.required else ""
    return f"{labels.status(verdict.status)}{done}"


def _line(name: str, text: str) -> str:
    return f"  {name:<{WIDTH}}{text}"


def _moment(fact: Fact) -> str:
    return fact.recorded[:16].replace("T", " ")
