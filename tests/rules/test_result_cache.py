"""What is kept on disk between processes: the same as made anew, nothing stale, and nothing that others can plant."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from avtalsvakt_rules.keeping import result_cache
from avtalsvakt_rules.keeping.result_cache import HERE, MOST, VARIABLE, remembered
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import _read_all, _read_once, builtin_files

TEXTS = ("a: 1", "b: 2")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where results are kept; not yet made."""
    found = tmp_path / "kept"
    monkeypatch.setenv(VARIABLE, str(found))
    return found


def made_anew(*texts: str, name: str = "prov") -> bool:
    """Whether a result for the texts was made now."""
    made: list[bool] = []

    def make() -> dict[str, list[str]]:
        made.append(True)
        return {"ja": list(texts)}

    assert remembered(name, texts, make) == {"ja": list(texts)}
    return bool(made)


def test_a_rulebook_that_was_kept_is_the_one_that_was_read(folder: Path) -> None:
    texts = tuple((path.name, path.read_text(encoding="utf-8")) for path in builtin_files())
    made = _read_once.__wrapped__(texts)
    assert [one.suffix for one in folder.iterdir()].count(".rulebook") == 1
    again, plain = _read_once.__wrapped__(texts), _read_all(texts)
    assert again.instruments["vaxholm-2023"] is not made.instruments["vaxholm-2023"]
    for one in (made, again):
        assert (one.digest, one.written, one.texts) == (plain.digest, plain.written, plain.texts)
        assert one.instruments == plain.instruments
        assert isinstance(one.instruments["vaxholm-2023"], Instrument)


def test_a_rulebook_that_is_damaged_anywhere_is_read_anew(folder: Path) -> None:
    texts = (("prov.yaml", Path("rules/avtalsvakt_rules/agreements/umbrella-2015.yaml").read_text(encoding="utf-8")),)
    plain = _read_once.__wrapped__(texts)
    [place] = folder.glob("*.rulebook")
    whole = place.read_bytes()
    assert result_cache._kept(place).written == plain.written
    for at in range(0, len(whole), len(whole) // 300):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert result_cache._kept(place) is None, at
    again = _read_once.__wrapped__(texts)
    assert (again.written, again.instruments) == (plain.written, plain.instruments)
    assert result_cache._kept(place) is not None, "made whole again"


def test_what_was_made_is_found_again_and_other_texts_are_not(folder: Path) -> None:
    assert made_anew(*TEXTS) and not made_anew(*TEXTS)
    assert made_anew("a: 1", "b: 3") and made_anew("a: 1b: 2") and made_anew("b: 2", "a: 1")


def test_another_program_finds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_anew(*TEXTS)
    monkeypatch.setattr(result_cache, "_program", lambda: "ett annat")
    assert made_anew(*TEXTS)


def test_every_module_of_the_rules_and_every_data_file_is_part_of_the_program() -> None:
    known = {one.split(":")[0] for one in result_cache._program().split("|")[1:]}
    modules = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.py")}
    assert len(modules) > 70
    assert known == modules | {"readings.yaml", "vocabulary.yaml"}


class Planted:
    """What runs a command when it is unpickled, if anybody lets it."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (str(self.target),)


def test_nothing_but_values_is_read_and_no_function_is_called(folder: Path, tmp_path: Path) -> None:
    assert made_anew(*TEXTS)
    [place] = folder.iterdir()
    hidden = b"cavtalsvakt_rules.keeping.result_cache\nos.mkdir\n(V" + str(tmp_path / "dold").encode() + b"\ntR."
    planted, cut = pickle.dumps(Planted(tmp_path / "dold")), place.read_bytes()[:-9]
    known = [result_cache._checksum(one) + one for one in (planted, hidden, b"", b"\x80", b"skr\xe4p")]
    for content in (*known, planted, cut, b"", b"\x80", b"skr\xe4p"):
        place.write_bytes(content)
        assert made_anew(*TEXTS)
        assert not made_anew(*TEXTS), "made whole again"
    assert not (tmp_path / "dold").exists()


def test_a_file_that_others_can_write_counts_as_missing(folder: Path) -> None:
    assert made_anew(*TEXTS)
    [place] = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, place.stat().st_mode & 0o777) == (0o700, 0o600)
    place.chmod(0o620)
    assert made_anew(*TEXTS)


def test_only_the_latest_are_kept_and_nothing_half_written(folder: Path) -> None:
    assert all(made_anew(str(number)) for number in range(MOST + 3))
    assert len(list(folder.iterdir())) == MOST
    assert not made_anew(str(MOST + 2)) and made_anew("0")


def test_results_of_one_name_do_not_push_out_those_of_another(folder: Path) -> None:
    assert made_anew(*TEXTS, name="annat")
    assert all(made_anew(str(number)) for number in range(MOST + 3))
    assert not made_anew(*TEXTS, name="annat")


def test_where_nothing_can_be_kept_it_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fil").write_text("")
    for place in ("", str(tmp_path / "fil" / "mapp")):
        monkeypatch.setenv(VARIABLE, place)
        assert made_anew(*TEXTS) and made_anew(*TEXTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fil"]


def test_the_folder_is_the_service_managers_else_the_accounts_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("HOME", "/hem")
    for name, value, expected in (
        ("XDG_CACHE_HOME", "", "/hem/.cache/avtalsvakt"), ("XDG_CACHE_HOME", "/x", "/x/avtalsvakt"),
        ("CACHE_DIRECTORY", "/var/cache/a:/b", "/var/cache/a/avtalsvakt"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
        assert str(result_cache._folder()) == expected
