"""What a run changed, as a list and as fields."""

from avtalsvakt.answers.run_changes import RunChanges
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.words.summary import counted, unjudged_lines
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.conclusions.changes import Change
from avtalsvakt_engine.storage.runs.unjudged_days import Unjudged

SAME = "samma läge, av annat skäl eller med andra händelser"
NEW, GONE = "fanns inte", "finns inte längre"
BY_RULES = "Bara reglerna, eller programmets sätt att döma, var nya; inga nya händelser bedömdes."
FIRST = "Det var den första körningen; allt bedömdes för första gången."
BY_FACTS = "Det ändrades av händelser och av att tiden gick."


def show(out: Paper, found: RunChanges | None) -> None:
    """Write the run, by what its verdicts changed, and each of them."""
    if found is None:
        out.print("Ingen körning har gjorts.")
        return
    number = counted(len(found.changes), "bedömning", "bedömningar")
    out.print(f"Körning {found.run.id} per {found.run.as_of} ändrade {number}.", style="bold")
    out.print(BY_RULES if found.by_rules else FIRST if found.first else BY_FACTS)
    for line in unjudged_lines([found.unjudged] if found.unjudged else []):
        out.print(line)
    for one in found.changes:
        out.print(f"  {one.duty}: {_before(one)} → {_after(one)}", soft_wrap=True)


def rows(found: RunChanges | None) -> list[dict[str, object]]:
    """A row for each change."""
    return [_fields(one) for one in found.changes] if found else []


def object_of(found: RunChanges | None) -> dict[str, object]:
    """The run and its changes."""
    run = found.run if found else None
    return {
        "run": run.id if run else None,
        "as_of": run.as_of.isoformat() if run else None,
        "semantics": found.semantics if found else None,
        "by_rules": found.by_rules if found else None,
        "unjudged": unjudged_object(found.unjudged) if found and found.unjudged else None,
        "changes": rows(found),
    }


def unjudged_object(one: Unjudged) -> dict[str, object]:
    """Days that no run judged, and the run after them."""
    return {"run": one.run, "from": one.first.isoformat(), "to": one.last.isoformat()}


def _fields(one: Change) -> dict[str, object]:
    return {
        "duty": one.duty, "agreement": one.agreement, "was": one.was, "status": one.status, "reason": one.reason,
    }  # fmt: skip


def _before(one: Change) -> str:
    return labels.status(one.was) if one.was else NEW


def _after(one: Change) -> str:
    if one.status == one.was:
        return SAME
    return f"{GONE} ({labels.WITHDRAWALS.get(one.reason or '', '')})" if one.status == "withdrawn" else (
        labels.status(one.status)
    )  # fmt: skip
