"""`erase`: free words go for good, the chain holds, and what cannot be erased is refused with what can."""

from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

from avtalsvakt.archiving.retention import read_plan
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

SECRET = "Hemliga Handlingen om Kvarteret"
PLAN = """\
decision: KS 2026:14
rules:
- {kinds: [meeting_held], fields: [note, recorder], years: 1}
- {kinds: alla, fields: recorder, years: 2}
"""


def recorded(db: Path, day: str, note: str) -> str:
    """The id of a meeting with a note."""
    made = ("record", "meeting_held", "--agreement", "lokal", "--date", day, "body=coordinators", f"note={note}")
    done = call("--db", db, *RULES, *made, "--by", "prov")
    assert done.code == 0, done.err
    return done.out.splitlines()[0].rpartition("(")[2].rstrip(")")


def erase(db: Path, *words: object) -> tuple[int, str, str]:
    done = call("--db", db, *RULES, "erase", *words)
    return done.code, done.out, done.err


def holds(db: Path, text: str) -> bool:
    """Whether any file of the register holds a text."""
    return any(text.encode() in path.read_bytes() for path in db.parent.glob(f"{db.name}*"))


def test_a_text_is_gone_from_every_file_and_the_chain_holds(run_db: Path) -> None:
    fact = recorded(run_db, "2026-05-05", SECRET)
    assert holds(run_db, SECRET)
    code, out, err = erase(run_db, fact, "--field", "note", "--decision", "KS 2026:14", "--yes")
    assert (code, err) == (0, "")
    assert f"Ska gallra 1 text:\n  2026-05-05  {fact}: note\nGallrade 1 text enligt KS 2026:14.\n" in out
    assert not holds(run_db, SECRET)
    verified = call("--db", run_db, *RULES, "verify", "--all-runs")
    assert verified.code == 0 and "gallrad" in verified.out, verified.out + verified.err
    again = erase(run_db, fact, "--field", "note", "--decision", "KS 2026:14", "--yes")
    assert again[0] == 2 and "Fel: fältet 'note' är redan gallrat" in again[2]


def test_a_dry_run_and_a_missing_yes_erase_nothing(run_db: Path) -> None:
    fact = recorded(run_db, "2026-05-05", SECRET)
    code, out, _ = erase(run_db, fact, "--field", "note", "--decision", "KS 2026:14", "--dry-run")
    assert code == 0 and out.startswith("Skulle gallra 1 text:") and out.endswith("Provkörning: inget har gallrats.\n")
    code, _, err = erase(run_db, fact, "--field", "note", "--decision", "KS 2026:14")
    assert code == 2 and "Fel: gallringen är inte bekräftad" in err and "Åtgärd: lägg till --yes" in err
    assert holds(run_db, SECRET)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("finns-inte", "--field", "note", "--decision", "x", "--yes"), "registreringen 'finns-inte' finns inte"),
        (("m26", "--field", "body", "--decision", "x", "--yes"), "fältet 'body' kan inte gallras"),
        (("m26", "--field", "recorder", "--yes"), "beslutet saknas"),
        (("m26", "--decision", "x", "--yes"), "det står inte vad som ska gallras"),
        (("--field", "note", "--decision", "x"), "det står inte vad som ska gallras"),
        (("m26", "--plan", "plan.yaml"), "--plan står inte ensam"),
    ],
)
def test_what_cannot_be_erased_is_refused(words: tuple[str, ...], what: str, run_db: Path) -> None:
    code, _, err = erase(run_db, *words)
    assert code == 2
    assert err.startswith(f"Fel: {what}\n") and "\n  Åtgärd: " in err


def test_a_plan_erases_what_has_lain_long_enough(run_db: Path, tmp_path: Path) -> None:
    old, young = recorded(run_db, "2024-12-31", SECRET), recorded(run_db, "2025-01-01", "Yngre ord")
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    code, out, err = erase(run_db, "--plan", plan, "--yes")
    assert code == 0, err
    assert f"  2024-12-31  {old}: note\n" in out and young not in out and "enligt KS 2026:14." in out
    assert not holds(run_db, SECRET) and holds(run_db, "Yngre ord")
    assert erase(run_db, "--plan", plan, "--yes")[1] == "Inget att gallra.\n"
    assert call("--db", run_db, *RULES, "verify").code == 0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("rules: [{kinds: alla, fields: note, years: 1}]", "beslutet saknas"),
        ("decision: x", "planen har inga regler"),
        ("", "planen kan inte läsas"),
        ("decision: x\nrules: [{kinds: alla, fields: note}]", "regeln går inte att läsa"),
        ("decision: x\nrules: [{kinds: meting_held, fields: note, years: 1}]", "faktatypen 'meting_held' finns inte"),
        ("decision: x\nrules: [{kinds: alla, fields: noot, years: 1}]", "fältet 'noot' finns inte"),
        ("decision: x\nrules: [{kinds: alla, fields: note, years: -1}]", "-1 är inget antal år"),
        ("decision: x\nrules: [{kinds: alla, fields: [], years: 1}]", "fältet '' finns inte"),
        ("decision: x\nregler: []\nrules: [{kinds: alla, fields: note, years: 1}]", "nyckeln 'regler' finns inte"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused_with_its_line(text: str, what: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        read_plan(plan, load())
    [problem] = refused.value.problems
    assert problem.what == what and problem.where.startswith("plan.yaml") and problem.why and problem.remedy
