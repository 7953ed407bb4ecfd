"""An archive can be verified by a script that knows only the format, and any change to it is found."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from tests.engine.first_world import HEAD, first_register
from tests.engine.meetings import meeting
from tests.service.archive_verifier import SCRIPT, script
from tests.service.command_line import NOW, RULES, call

from avtalsvakt import clock

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture(scope="module")
def exported(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register after a run, archived: made once and copied."""
    path = tmp_path_factory.mktemp("archive") / "arkiv.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        done = call("--db", made[1], *RULES, "export", path)
    assert done.code == 0, done.err
    return path


@pytest.fixture
def archive(morning: object, exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(exported, tmp_path / "arkiv.zip"))


def verified(archive: Path, *noted: str) -> tuple[int, str]:
    """What the script says."""
    told = io.StringIO()
    with redirect_stdout(told):
        code = script().main([str(archive), *noted])
    return code, told.getvalue()


def verified_elsewhere(archive: Path, *noted: str) -> tuple[int, str]:
    """What the script says in a process of its own, without the program in reach."""
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, archive, *noted], capture_output=True, text=True, check=False, cwd=archive.parent
    )
    return done.returncode, done.stdout


def changed(archive: Path, name: str, was: str, becomes: str, *, manifest: bool = False) -> Path:
    """The archive with a text changed in one file, and in the manifest if whoever did it thought of that."""
    import hashlib

    other = archive.with_name("annat.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(other, "w") as target:
        files = {one: source.read(one) for one in source.namelist()}
        assert was.encode() in files[name]
        files[name] = files[name].replace(was.encode(), becomes.encode(), 1)
        if manifest:
            listed = json.loads(files["manifest.json"])
            listed["filer"][name] = {"byte": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
            files["manifest.json"] = json.dumps(listed).encode()
        for one, data in files.items():
            target.writestr(one, data)
    return other


def test_an_honest_archive(archive: Path) -> None:
    assert verified_elsewhere(archive) == verified(archive) == (0, "Arkivet stämmer.\n")


def test_everything_is_there(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        index = opened.read("index.html").decode()
        verdicts = json.loads(opened.read("verdikt/verdikt.json"))
        told = json.loads(opened.read("forklaringar/forklaringar.json"))
    assert {name.split("/")[0] for name in names} == {
        *("manifest.json", "index.html", "fakta", "regler", "korningar", "verdikt", "forklaringar")
    }
    assert sorted(one["duty"] for one in verdicts) == sorted(one["duty"] for one in told)
    assert "Avtalsregister, arkiv" in index and "<script" not in index


def test_the_same_register_gives_the_same_bytes(run_db: Path, tmp_path: Path) -> None:
    archives = tmp_path / "ett.zip", tmp_path / "igen.zip"
    for path in archives:
        assert call("--db", run_db, *RULES, "export", path).code == 0
    first, second = (path.read_bytes() for path in archives)
    assert first == second


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("fakta/kedja.jsonl", "meeting_held", "meeting_helt"),
        ("fakta/texter.jsonl", "samordnare", "samordnarf"),
        ("verdikt/verdikt.json", '"status"', '"statuz"'),
        ("index.html", "Avtalsregister", "Annatregister"),
    ],
)
def test_a_changed_file_is_named(archive: Path, name: str, was: str, becomes: str) -> None:
    code, said = verified(changed(archive, name, was, becomes))
    assert code == 1
    assert f"Stämmer inte: {name}: är ändrad" in said


def test_a_change_that_the_manifest_covers_is_found_by_the_chain(archive: Path) -> None:
    code, said = verified(changed(archive, "fakta/kedja.jsonl", '"recorded":"20', '"recorded":"19', manifest=True))
    assert code == 1
    assert "fakta/kedja.jsonl: rad 1 stämmer inte med sin summa" in said


def test_a_text_that_the_manifest_covers_is_found_by_its_digest(archive: Path) -> None:
    code, said = verified(changed(archive, "fakta/texter.jsonl", "samordnare", "samordnarf", manifest=True))
    assert (code, said) == (1, "Stämmer inte: fakta/texter.jsonl: recorder i registrering 1 är ändrad\n1 fel.\n")


SEALED = {
    "a status": (
        "korningar/slutsatser.jsonl",
        '"overdue"',
        '"pending"',
        "slutsatserna är inte de som den kom fram till",
    ),
    "a root": ("korningar/rotter.jsonl", '"full"', '"incremental"', "sigillet är taget på något annat"),
    "a sealed line": ("korningar/forseglat.jsonl", '"full"', '"incremental"', "rad 1 stämmer inte med sin summa"),
    "a verdict": ("verdikt/verdikt.json", '"overdue"', '"pending"', "är inte vad körningarna slutade med"),
}


@pytest.mark.parametrize(("name", "was", "becomes", "expected"), SEALED.values(), ids=SEALED)
def test_a_result_that_the_manifest_covers_is_found(
    archive: Path, name: str, was: str, becomes: str, expected: str
) -> None:
    code, said = verified(changed(archive, name, was, becomes, manifest=True))
    assert code == 1
    assert expected in said


def test_rules_that_the_manifest_covers_are_found(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        name = next(one for one in opened.namelist() if one.endswith("/alvsjo.yaml"))
    code, said = verified(changed(archive, name, "instrument", "instrumenu", manifest=True))
    assert (code, said) == (1, "Stämmer inte: körning 1: reglerna är inte de som den använde\n1 fel.\n")


@pytest.fixture(scope="module")
def brought_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the first format, brought over, from which two texts were erased: archived."""
    from avtalsvakt_engine.storage.database.register import open_register
    from avtalsvakt_engine.storage.facts.erasing import erase

    folder = tmp_path_factory.mktemp("older")
    path = first_register(folder / "r.db")
    with open_register(path) as register:
        register.append([meeting(9, date(2026, 1, 5))], now=NOW)
        with register.transaction():
            for id_, field in (("m2", "chair"), ("m9", "recorder")):
                erase(register.connection, id_, field, NOW.isoformat(), "gallring 2026:1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        done = call("--db", path, "export", folder / "a.zip")
    assert done.code == 0, done.err
    return folder / "a.zip"


def test_a_register_that_was_brought_over_and_erased_from(brought_over: Path) -> None:
    assert verified(brought_over, HEAD) == (0, "Arkivet stämmer. 2 texter är gallrade.\n")
    with zipfile.ZipFile(brought_over) as opened:
        assert "ordförande 2" not in "".join(opened.read(one).decode() for one in opened.namelist() if "fakta/" in one)


def test_an_old_text_that_was_not_erased_is_held_against_its_sum(brought_over: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copy(brought_over, tmp_path / "a.zip"))
    code, said = verified(changed(archive, "fakta/texter.jsonl", "ordförande 3", "ordförande 4", manifest=True))
    assert code == 1
    assert "chair i registrering 3 är ändrad" in said and "rad 3 stämmer inte med sin summa" in said


def test_a_sum_that_was_noted(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        first = opened.read("fakta/summor.txt").decode().split()[0]
    assert verified_elsewhere(archive, first)[0] == 0
    assert verified_elsewhere(archive, "f" * 64)[0] == 1


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_truncated_archive(archive: Path, size: int) -> None:
    archive.write_bytes(archive.read_bytes()[:size])
    code, said = verified(archive)
    assert code == 1
    assert "arkivet kan inte läsas" in said


def test_an_archive_takes_nobodys_place(run_db: Path, archive: Path) -> None:
    before = archive.read_bytes()
    done = call("--db", run_db, *RULES, "export", archive)
    assert (done.code, archive.read_bytes() == before) == (2, True)
    assert "filen finns redan" in done.err


def test_a_register_without_a_run_can_be_archived(db: Path, tmp_path: Path) -> None:
    assert call("--db", db, *RULES, "export", tmp_path / "a.zip").code == 0
    assert verified(tmp_path / "a.zip") == (0, "Arkivet stämmer.\n")


def test_an_empty_register_can_be_archived(tmp_path: Path, morning: object) -> None:
    assert call("--db", tmp_path / "tom.db", "init").code == 0
    assert call("--db", tmp_path / "tom.db", "export", tmp_path / "a.zip").code == 0
    assert verified(tmp_path / "a.zip") == (0, "Arkivet stämmer.\n")


def test_moved_to_another_machine_it_is_the_same_register(archive: Path, tmp_path: Path, morning: object) -> None:
    """Import of an export is the identity: facts, moments, recorders, order, chain."""
    other = tmp_path / "annan" / "register.db"
    assert call("--db", other, "init").code == 0
    done = call("--db", other, *RULES, "import", "--as-recorded", "--by", "arkivarie", archive)
    assert done.code == 0, done.err
    assert call("--db", other, *RULES, "export", tmp_path / "tillbaka.zip").code == 0
    for name in ("fakta/kedja.jsonl", "fakta/texter.jsonl", "fakta/summor.txt", "fakta/fakta.csv"):
        with zipfile.ZipFile(archive) as one, zipfile.ZipFile(tmp_path / "tillbaka.zip") as two:
            assert one.read(name) == two.read(name)
    shutil.rmtree(other.parent)
