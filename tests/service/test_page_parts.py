"""What pages keep of a register, by agreement: a change leaves the others as they are, and nothing shown is old."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.service.command_line import EXAMPLE, NOW, call

from avtalsvakt import clock
from avtalsvakt.answers.explained_duties import judged_agreements
from avtalsvakt.pages.held import Held, held
from avtalsvakt.pages.reading_ahead import reading_ahead
from avtalsvakt.settings import Settings
from avtalsvakt_rules.related_agreements import bearing_on

FIXTURES = Path(__file__).parents[2] / "fixtures"
READ = ("vaxholm-2023", "umbrella-2024", "umbrella-2019", "kommun-vaxholm", "alvsjo-remiss-2019", "alvsjo")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setenv("AVTALSVAKT_BY", "samordnare")
        path = tmp_path_factory.mktemp("parts") / "register.db"
        assert call("--db", path, "init").code == 0
        assert call("--db", path, "import", *(FIXTURES / f"{name}.csv" for name in READ)).code == 0
        assert call("--db", path, "run").code == 0
        yield path


@pytest.fixture
def db(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("AVTALSVAKT_BY", "samordnare")
    return Path(shutil.copy(examples, tmp_path / "register.db"))


def read(db: Path) -> Held:
    return held(Settings(NOW, db, ()))


def told(one: Held) -> dict[str, tuple[object, ...]]:
    """What is shown of each agreement: its verdicts, the facts on them."""
    return {name: (*part.verdicts, *one.known()[name].facts) for name, part in one.parts.by_agreement.items()
            if name in one.known()}  # fmt: skip


def fresh(db: Path, tmp_path: Path) -> dict[str, tuple[object, ...]]:
    """The same from a copy that nobody has read."""
    return told(read(Path(shutil.copy(db, tmp_path / f"copy-{db.stat().st_mtime_ns}.db"))))


def hearing(one: Held, agreement: str) -> set[str]:
    """The agreements that an agreement's facts bear on."""
    return {name for name in one.parts.by_agreement if agreement in bearing_on(one.rulebook, name)}


def test_an_umbrella_bears_on_what_is_under_it_and_a_local_agreement_on_its_municipality_alone(db: Path) -> None:
    assert {"umbrella-2024", "vaxholm-2023", "alvsjo"} - hearing(read(db), "umbrella-2024") == {"vaxholm-2023"}
    assert hearing(read(db), "vaxholm-2023") == {"vaxholm-2023", "kommun-vaxholm"}


@pytest.mark.parametrize("agreement", ["vaxholm-2023", "umbrella-2024"])
def test_what_is_recorded_is_seen_and_leaves_the_other_agreements_as_they_were(
    agreement: str, db: Path, tmp_path: Path
) -> None:
    before = read(db)
    known = before.known()
    answer = call(
        "--db", db, "record", "evaluation_done", "--agreement", agreement, "--date", "2026-11-20", "object=forum"
    )
    assert answer.code == 0, answer
    after = read(db)
    same = {name for name, one in known.items() if after.known()[name] is one}
    assert same == known.keys() - hearing(before, agreement) and same
    assert told(after) == fresh(db, tmp_path)


def test_a_correction_that_moves_a_fact_is_seen_by_both_agreements(db: Path, tmp_path: Path) -> None:
    before = read(db)
    known = before.known()
    moved = next(one for one in known["vaxholm-2023"].facts if one.kind == "meeting_held")
    answer = call("--db", db, "correct", moved.id, "agreement=umbrella-2024", "--reason", "fel avtal")
    assert answer.code == 0, answer
    after = read(db)
    assert moved.id in {one.id for one in after.known()["umbrella-2024"].facts}
    assert moved.id not in {one.id for one in after.known()["vaxholm-2023"].facts}
    others = known.keys() - hearing(before, "umbrella-2024") - hearing(before, "vaxholm-2023")
    assert all(after.known()[name] is known[name] for name in others)
    assert told(after) == fresh(db, tmp_path)


def test_another_register_put_in_the_place_of_the_first_is_read_from_the_beginning(db: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(db, tmp_path / "older.db"))
    assert (
        call(
            "--db",
            db,
            "record",
            "evaluation_done",
            "--agreement",
            "vaxholm-2023",
            "--date",
            "2026-11-20",
            "object=forum",
        ).code
        == 0
    )
    read(db).known()
    for left in tmp_path.glob("register.db-*"):
        left.unlink()
    older.replace(db)
    assert told(read(db)) == fresh(db, tmp_path)


def test_an_agreement_is_explained_the_same_from_the_facts_that_bear_on_it(db: Path) -> None:
    one = read(db)
    names = list(one.known())
    whole = {found.agreement: found for found in judged_agreements(one.material(), names)}
    for name in names:
        [alone] = judged_agreements(one.material_of(name), [name])
        assert alone.verdicts == whole[name].verdicts
        for verdict in alone.verdicts[::7]:
            assert alone.explained(verdict) == whole[name].explained(verdict)


def test_an_empty_log_beside_the_register_is_nothing_written(db: Path) -> None:
    before = read(db)
    log = db.with_name(f"{db.name}-wal")
    log.unlink(missing_ok=True)
    assert read(db) is before
    log.touch()
    assert read(db) is before


def test_the_week_is_worked_out_before_anybody_asks(run_db: Path) -> None:
    rules = (EXAMPLE,)
    with reading_ahead(run_db, rules, lambda: NOW):
        asked = monotonic()
        while "week" not in held(Settings(NOW, run_db, rules))._shelf.values:
            assert monotonic() < asked + 30
            sleep(0.05)
