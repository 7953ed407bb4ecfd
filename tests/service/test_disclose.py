"""`disclose`: what is given out is whole, what is masked is masked everywhere, and both say why."""

from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.service.command_line import RULES, call

pytestmark = pytest.mark.usefixtures("alone")

NAME, OTHER = "Hemlig Deltagare", "Okänd Deltagare"


@pytest.fixture
def asked(run_db: Path) -> Path:
    """A register with a meeting with somebody at it, who is corrected to somebody else."""
    made = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-05-05", "body=coordinators")
    done = call("--db", run_db, *RULES, *made, f"attendees={NAME}", "--by", "Registrator")
    fact = done.out.splitlines()[0].rpartition("(")[2].rstrip(")")
    corrected = call("--db", run_db, *RULES, "correct", fact, f"attendees={OTHER}", "--reason", "fel", "--by", "prov")
    assert (done.code, corrected.code) == (0, 0), done.err + corrected.err
    return run_db


def disclose(db: Path, *words: object, start: str = "2026-05-01", end: str = "2026-05-31") -> tuple[int, str, str]:
    done = call("--db", db, *RULES, "disclose", "--agreement", "lokal", "--from", start, "--to", end, *words)
    return done.code, done.out, done.err


def test_everything_is_given_out_with_what_was_corrected(asked: Path) -> None:
    code, out, err = disclose(asked, "--decision", "KS 2026:31")
    assert code == 0
    assert "2 registreringar enligt beslut KS 2026:31, 2026-11-22." in out
    assert NAME in out and OTHER in out and "Registrator" in out and "maskat" not in out.lower()
    assert err == (
        "Utlämnandet är sparat med nummer 1.\n"
        "Läs igenom utdraget innan det lämnas ut: fri text kan säga samma sak i ett annat fält.\n"
    )


@pytest.mark.parametrize("form", [".txt", ".html", ".xlsx"])
def test_what_is_masked_is_masked_in_corrections_too_and_says_by_which_provision(
    form: str, asked: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"utdrag{form}"
    masks = ("--mask", "attendees=OSL 21 kap. 3 §", "--mask", "recorder=OSL 21 kap. 1 §")
    code, _, err = disclose(asked, *masks, "--decision", "KS 2026:31", "--out", out)
    assert code == 0, err
    if form == ".xlsx":
        book = load_workbook(out)
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    else:
        text = out.read_text(encoding="utf-8")
    assert NAME not in text and OTHER not in text and "Registrator" not in text
    assert "[maskat]" in text and "OSL 21 kap. 3 §" in text and "OSL 21 kap. 1 §" in text


def test_only_the_days_that_were_asked_for(asked: Path) -> None:
    code, out, _ = disclose(asked, "--decision", "x", start="2026-06-01", end="2026-06-30")
    assert code == 0 and "Det finns inga registreringar för de dagarna." in out and NAME not in out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--mask", "attendees", "--decision", "x"), "det står inte med stöd av vad attendees maskas"),
        (("--mask", "atendees=OSL", "--decision", "x"), "fältet 'atendees' finns inte"),
        (("--decision", "x", "--out", "utdrag.docx"), "filen kan inte skrivas"),
    ],
)
def test_what_cannot_be_given_out_so_is_refused(words: tuple[str, ...], what: str, run_db: Path) -> None:
    code, _, err = disclose(run_db, *words)
    assert code == 2
    assert err.startswith(f"Fel: {what}\n") and "\n  Åtgärd: " in err


def test_what_was_given_out_is_kept_with_its_decision_and_the_register_holds(asked: Path, tmp_path: Path) -> None:
    out = tmp_path / "utdrag.txt"
    listed = ("--db", asked, "disclosures", "--format", "csv")
    assert disclose(asked, "--decision", "KS 2026:30", "--dry-run")[0] == 0
    assert call("--db", asked, "disclosures").out == "Inget har lämnats ut.\n"
    assert disclose(asked, "--mask", "attendees=OSL 21 kap. 3 §", "--decision", "KS 2026:31", "--out", out)[0] == 0
    [_, line] = call(*listed).out.strip().splitlines()
    assert line == (
        "1,2026-11-22,samordnare,lokal,2026-05-01,2026-05-31,KS 2026:31,attendees: OSL 21 kap. 3 §,2,"
        f"{sha256(out.read_bytes()).hexdigest()}"
    )
    assert "Allt stämmer." in call("--db", asked, "verify").out


def test_what_is_refused_is_not_kept(asked: Path) -> None:
    assert disclose(asked, "--mask", "attendees", "--decision", "x")[0] == 2
    assert call("--db", asked, "disclosures").out == "Inget har lämnats ut.\n"
