"""Rules that a run was given are remembered; an agreement whose rules are missing is left exactly as it was."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, call, said

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The invented agreements and one that stands alone, in folders that may be moved away."""
    for name in ("egna", "andra"):
        (tmp_path / name).mkdir()
    for one in EXAMPLE.glob("*.yaml"):
        shutil.copy(one, tmp_path / "egna" / one.name)
    text = "instrument: ensam\ntitle: Ensam (påhittad)\nlevel: local\ndocument: x.txt\nparties: [a, b]\n"
    text += "term: {from: 2024-01-01}\nclauses:\n"
    text += (
        '  moten: {at: {section: "1"}, norm: shall, when: {each: year}, what: {meeting_held: {body: coordinators}}}\n'
    )
    (tmp_path / "andra" / "ensam.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def at(db: Path, rules: Path) -> tuple[object, ...]:
    """The words before a command on a register that was judged once with all the rules."""
    made = call("--db", db, "--rules", rules / "egna", "--rules", rules / "andra", "run", "--publish", rules / "ut")
    assert made.code == 0, made.err
    assert f"Reglerna i {rules / 'egna'}, {rules / 'andra'} används hädanefter; se 'avtalsvakt settings'.\n" in made.out
    return ("--db", db)


def kept(db: Path, agreement: str) -> list[object]:
    """All that is stored of an agreement: verdicts, cells, state, violations, events."""
    tables = ("verdicts", "cells", "instruments", "violations", "calendar_events", "calendar_agreements")
    with sqlite3.connect(db) as connection:
        found = [connection.execute(f"SELECT * FROM {one} WHERE agreement = ?", (agreement,)) for one in tables]
        labels = connection.execute("SELECT * FROM calendar_labels ORDER BY id").fetchall()
        return [*(sorted(one.fetchall(), key=repr) for one in found), labels]


def test_later_commands_use_the_folders_without_being_told(at: tuple[object, ...], rules: Path) -> None:
    assert call(*at, "run").code == 0
    assert "used" not in call(*at, "run").out and "hädanefter" not in call(*at, "run").out
    assert call(*at, "why", "lokal.moten.2026").code == 0
    assert call(*at, "status").code == 0
    assert call(*at, "assess").code == 0
    made = call(*at, "record", "meeting_held", "--agreement", "ensam", "--date", "2026-11-02", "body=coordinators")
    assert made.code == 0, made.err
    assert call(*at, "settings").out.splitlines()[1:] == [
        "Regler:   de inbyggda",
        f"          {rules / 'egna'}",
        f"          {rules / 'andra'}",
    ]


def test_paths_are_kept_absolute(db: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rules)
    assert call("--db", db, "run", "--rules", "egna").code == 0
    monkeypatch.chdir("/")
    assert call("--db", db, "run").code == 0


@pytest.mark.parametrize("how", ["gone", "faulty", "others given", "forgotten"])
@pytest.mark.parametrize("full", [False, True])
def test_an_agreement_without_rules_is_left_as_it_was_and_named_night_after_night(
    how: str, full: bool, at: tuple[object, ...], db: Path, rules: Path
) -> None:
    before, files = kept(db, "lokal"), (rules / "ut" / "lokal.ics").read_bytes()
    words: tuple[object, ...] = (*at, "run", "--publish", rules / "ut", *(["--full"] if full else []))
    if how == "gone":
        (rules / "egna").rename(rules / "borta")
    elif how == "faulty":
        for one in (rules / "egna").glob("*.yaml"):
            one.write_text("instrument: [", encoding="utf-8")
    elif how == "others given":
        words = (*words, "--rules", rules / "andra")
    else:
        assert call(*at, "settings", "--forget-rules", rules / "egna").code == 0
    for _ in range(3):
        answer = call(*words)
        assert answer.code == 1
        assert answer.out.splitlines()[:3] == [
            "REGLER SAKNAS för 2 avtal: lokal, stad",
            "  Bedömningar, överträdelser och kalendrar för dem är kvar som de var.",
            "  Ange reglerna: avtalsvakt run --rules MAPP. Ska avtalet inte bevakas mer: --withdraw AVTAL.",
        ]
        assert kept(db, "lokal") == before
        assert (rules / "ut" / "lokal.ics").read_bytes() == files
    if how in ("gone", "faulty"):
        assert answer.err.count("Reglerna kan inte läsas: ") == (1 if how == "gone" else 2)
    assert call(*at, "verify", "--all-runs").code == 0


def test_the_rest_is_judged(at: tuple[object, ...], rules: Path) -> None:
    made = call(*at, "record", "meeting_held", "--agreement", "ensam", "--date", "2026-11-02", "body=coordinators")
    assert made.code == 0
    shutil.rmtree(rules / "egna")
    assert call(*at, "run").code == 1
    told = call(*at, "why", "ensam.moten.2026")
    assert told.code == 0 and "Uppfylld" in told.out


def test_every_command_says_that_rules_are_missing(at: tuple[object, ...], rules: Path) -> None:
    (rules / "egna").rename(rules / "borta")
    assert call(*at, "run").code == 1
    why = call(*at, "why", "lokal.moten.2026")
    assert why.code == 1
    words = " ".join(why.out.split())
    assert "Ej bedömd: reglerna för avtalet lokal saknas; ange dem med --rules MAPP." in words
    assert "Senast bedömd som " in words
    for command in ("status", "overdue", "upcoming"):
        listed = call(*at, command)
        assert listed.code == 1
        text = "Obs: regler saknas för lokal, stad; det som står om dem är från en tidigare körning."
        assert text in " ".join(listed.out.split())
    missing = (
        "Obs: lokal: reglerna för avtalet saknas (det bedöms inte nu; det som körningar kommit fram till är kvar); "
    )
    everything = call(*at, "assess")
    assert everything.code == 1
    assert missing + "ange dem med --rules MAPP\n" in everything.err
    one = call(*at, "assess", "--agreement", "lokal")
    why_not = "det bedöms inte nu; det som körningar kommit fram till är kvar"
    assert one.code == 2
    assert one.err.endswith(said("reglerna för avtalet saknas", "lokal", why_not, "ange dem med --rules MAPP"))
    assert call(*at, "verify").code == 0
    assert call(*at, "calendar", "list").code == 0
    shown = call(*at, "settings")
    assert shown.code == 1
    assert f"          {rules / 'egna'} (finns inte)" in shown.out
    assert shown.err == (
        f"Reglerna kan inte läsas: mappen med regler finns inte\n  Var:    {rules / 'egna'}\n"
        "  Varför: den används sedan tidigare\n"
        "  Åtgärd: lägg tillbaka den, eller glöm den med 'avtalsvakt settings --forget-rules MAPP'\n"
    )


def test_back_again_everything_is_judged_as_before(at: tuple[object, ...], db: Path, rules: Path) -> None:
    before = kept(db, "lokal")
    (rules / "egna").rename(rules / "borta")
    assert call(*at, "run").code == 1
    (rules / "borta").rename(rules / "egna")
    answer = call(*at, "run")
    assert (answer.code, answer.err) == (0, "")
    assert kept(db, "lokal") == before
    assert call(*at, "status").code == 0


def test_an_agreement_is_withdrawn_only_by_name_and_once_its_rules_are_gone(
    at: tuple[object, ...], db: Path, rules: Path
) -> None:
    refused = call(*at, "run", "--withdraw", "ensam")
    assert (refused.code, refused.err) == (2, said(
        "avtalet 'ensam' kan inte avslutas", "--withdraw", "det har regler, och bedöms därför",
        "ta först bort dess regelfil, eller glöm mappen med 'avtalsvakt settings --forget-rules MAPP'",
    ))  # fmt: skip
    unknown = call(*at, "run", "--withdraw", "annat")
    assert (unknown.code, unknown.err) == (2, said(
        "avtalet 'annat' finns inte", "--withdraw", "ingen körning har bedömt det", "se 'avtalsvakt status'",
    ))  # fmt: skip
    assert call(*at, "settings", "--forget-rules", rules / "andra").code == 0
    assert call(*at, "run").code == 1
    answer = call(*at, "run", "--withdraw", "ensam")
    assert answer.code == 0, answer.out
    assert "Bortfallna: " in answer.out
    assert kept(db, "ensam")[0] == []
    assert call(*at, "run").code == 0
    assert call(*at, "verify", "--all-runs").code == 0


def test_what_is_not_remembered_cannot_be_forgotten(at: tuple[object, ...], tmp_path: Path) -> None:
    answer = call(*at, "settings", "--forget-rules", tmp_path / "annan")
    why = "registret kommer inte ihåg den"
    told = said("mappen kan inte glömmas", str(tmp_path / "annan"), why, "se 'avtalsvakt settings'")
    assert (answer.code, answer.err) == (2, told)


def test_files_are_judged_without_the_register(at: tuple[object, ...], rules: Path, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("kind;agreement;date\n", encoding="utf-8")
    answer = call(*at, "assess", "--facts", tmp_path / "f.csv", "--agreement", "lokal")
    assert answer.code == 2
    assert "avtalet 'lokal' finns inte" in answer.err
