"""`init`, `record`, `correct`, `retract` and `import`: what they say, and that nothing is ever lost or done twice."""

from pathlib import Path

import pytest
from tests.engine.new_registers import empty_register
from tests.service.command_line import EXAMPLE, FACTS, RULES, call

from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")


def said_id(out: str) -> str:
    """The id in the first line: the last thing in brackets."""
    return out.splitlines()[0].rpartition("(")[2].rstrip(")")


def test_init_can_be_repeated(morning: object, tmp_path: Path) -> None:
    path = tmp_path / "mapp" / "register.db"
    assert call("--db", path, "init").out == f"Registret {path} är skapat.\n"
    assert call("--db", path, "init").out == f"Registret {path} finns redan (0 registreringar).\n"


def test_import_can_be_repeated(db: Path) -> None:
    answer = call("--db", db, *RULES, "import", FACTS)
    assert answer.out == "0 nya registreringar, 9 fanns redan.\nLäst: 1 fil, 9 rader.\n"


def test_the_files_own_times_are_kept_only_before_the_first_run(db: Path, run_db: Path, tmp_path: Path) -> None:
    with open_register(db) as register:
        fact = register.fact("m25")
        assert fact is not None and fact.recorded.startswith("2025-03-05T")
    more = tmp_path / "fler.csv"
    more.write_text(
        "id,kind,agreement,date,recorded,body\nn1,meeting_held,lokal,2026-05-05,2026-05-06,local_steering_group\n"
    )
    answer = call("--db", run_db, *RULES, "import", "--as-recorded", more)
    assert answer.code == 2
    assert "Fel: filens registreringstider kan inte behållas" in answer.err
    assert call("--db", run_db, *RULES, "import", more).code == 0
    assert (
        call("--db", run_db, *RULES, "import", "--as-recorded", FACTS).out
        == "0 nya registreringar, 9 fanns redan.\nLäst: 1 fil, 9 rader.\n"
    )


def test_the_default_agreement_of_a_file(db: Path, tmp_path: Path) -> None:
    more = tmp_path / "fler.csv"
    more.write_text("kind,date,body\nmeeting_held,2026-05-05,local_steering_group\n")
    assert call("--db", db, *RULES, "import", more).code == 2
    assert call("--db", db, *RULES, "import", "--agreement", "lokal", more).code == 0


def test_record_says_what_it_will_change(db: Path) -> None:
    words = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-20", "body=local_steering_group")
    answer = call("--db", db, *RULES, *words)
    assert answer.code == 0
    assert answer.out == (
        f"Registrerat: 2026-11-20 möte hållet, lokal styrgrupp ({said_id(answer.out)})\n"
        "Vid nästa körning ändras:\n"
        "  lokal.moten.2026: närmar sig 1/2 → uppfylld 2/2\n"
        "  lokal.stad.lokala-moten.2026: väntar 1/3 → väntar 2/3\n"
    )
    again = call("--db", db, *RULES, *words)
    assert "Det ändrar ingen bedömning." in again.out


@pytest.mark.parametrize(
    "words",
    [
        ("body=local_steering_group", "chair=kommunchef", "attendees=a|b"),
        ("--body", "local_steering_group", "--chair", "kommunchef", "--attendees", "a|b"),
        ("--body=local_steering_group", "--chair=kommunchef", "--attendees=a|b"),
        ("organ=local_steering_group", "ordförande=kommunchef", "närvarande=a|b"),
    ],
    ids=["name=value", "--name value", "--name=value", "Swedish names"],
)
def test_values_may_be_written_in_several_ways(words: tuple[str, ...], db: Path) -> None:
    answer = call("--db", db, *RULES, "record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-20", *words)
    assert answer.code == 0, answer.err
    with open_register(db) as register:
        fact = register.fact(said_id(answer.out))
    assert fact is not None
    assert dict(fact.attributes) == {
        "body": "local_steering_group", "chair": "kommunchef", "attendees": ("a", "b"),
    }  # fmt: skip


def test_the_role_that_records_is_kept(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-20", "body=local_steering_group")
    first = call("--db", db, *RULES, *words, "--by", "samordnaren")
    monkeypatch.setenv("AVTALSVAKT_BY", "registrator")
    second = call("--db", db, *RULES, *words[:-1], "body=local_working_group")
    with open_register(db) as register:
        recorders = [fact.recorder for answer in (first, second) if (fact := register.fact(said_id(answer.out)))]
    assert recorders == ["samordnaren", "registrator"]


def test_a_plan_is_recorded_with_a_word_of_caution(db: Path) -> None:
    words = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-12-10", "body=local_steering_group")
    answer = call("--db", db, *RULES, *words)
    assert answer.code == 0
    assert answer.err.startswith("Obs: kommandoraden (date): dagen 2026-12-10 har inte kommit (")


def test_a_correction_and_a_retraction_change_what_is_seen_and_keep_what_was_recorded(db: Path) -> None:
    at = ("--db", db, *RULES)
    corrected = call(*at, "correct", "m26", "date=2025-12-30", "--reason", "fel år")
    assert "  lokal.moten.2025: försenad 1/2 → uppfylld 2/2\n" in corrected.out
    assert "  lokal.moten.2026: närmar sig 1/2 → närmar sig 0/2\n" in corrected.out
    undone = call(*at, "retract", said_id(corrected.out), "--reason", "det var rätt")
    assert "  lokal.moten.2025: uppfylld 2/2 → försenad 1/2\n" in undone.out
    gone = call(*at, "retract", "l26", "--reason", "fel avtal")
    assert "  lokal.beslutas.l26: faller bort\n" in gone.out
    with open_register(db) as register:
        assert register.count() == 12
        assert register.verify() == ()


def test_an_empty_value_takes_a_detail_away(db: Path) -> None:
    answer = call("--db", db, *RULES, "correct", "l26", "version=")
    assert answer.code == 0
    with open_register(db) as register:
        fact = register.fact(said_id(answer.out))
    assert fact is not None and fact.attributes["set"] == {"version": None}


def test_the_same_facts_in_any_order_of_files(morning: object, tmp_path: Path) -> None:
    lines = FACTS.read_text(encoding="utf-8").splitlines(keepends=True)
    heading, rest = lines[0], lines[1:]
    for number, part in enumerate((rest[::2], rest[1::2])):
        (tmp_path / f"{number}.csv").write_text(heading + "".join(part), encoding="utf-8")
    answers = []
    for order in ((0, 1), (1, 0)):
        path = empty_register(tmp_path / f"{order[0]}.db")
        files = [tmp_path / f"{number}.csv" for number in order]
        assert call("--db", path, *RULES, "import", "--as-recorded", *files).code == 0
        answers.append(call("--db", path, *RULES, "assess", "--format", "json").out)
    assert answers[0] == answers[1]


def test_the_example_is_all_right() -> None:
    answer = call("rules", "check", EXAMPLE)
    assert answer.code == 0
    assert answer.out.splitlines()[-1].startswith("Inga fel: ")


def test_without_a_role_the_account_that_is_logged_in_records(
    morning: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AVTALSVAKT_BY")
    monkeypatch.setattr("getpass.getuser", lambda: "svc-avtal")
    path = empty_register(tmp_path / "r.db")
    assert call("--db", path, *RULES, "import", FACTS).code == 0
    with open_register(path) as register:
        assert {fact.recorder for fact in register.facts()} == {"svc-avtal"}


def test_an_account_that_does_not_say_who_is_refused(
    morning: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AVTALSVAKT_BY")
    monkeypatch.setattr("getpass.getuser", lambda: "nobody")
    path = empty_register(tmp_path / "r.db")
    answer = call("--db", path, *RULES, "import", FACTS)
    assert answer.code == 2
    assert "anonyma registreringar tas inte emot" in answer.err
