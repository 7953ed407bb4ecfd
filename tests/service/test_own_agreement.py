"""A new agreement: the guide can be followed to the letter, and `rules new` gives a file that is right as it stands."""

from pathlib import Path

import pytest
from tests.service.command_line import call, said
from tests.service.guide import GUIDES, agrees, replayed

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_shows_what_one_sees(guide: Path) -> None:
    for block, seen in replayed(guide.read_text(encoding="utf-8")):
        assert agrees(block["body"], seen), f"python -m tests.service.guide writes it anew:\n{seen}"


def test_a_new_agreement_is_right_as_it_stands(tmp_path: Path) -> None:
    told = ("--title", "Bo's: avtal #1", "--municipality", "Ort")
    made = call("rules", "new", "exempelby-2026", "--folder", tmp_path, *told)
    assert made.code == 0
    assert call("rules", "check", tmp_path).code == 0
    assert call("--rules", tmp_path, "rules", "cases", tmp_path).out == "2 fall, 4 väntade lägen: alla stämmer.\n"
    assert "Bo's: avtal #1" in call("--rules", tmp_path, "rules", "list").out


def test_a_new_agreement_under_another_inherits_what_it_demands(tmp_path: Path) -> None:
    call("rules", "new", "exempelby-2026", "--folder", tmp_path, "--under", "umbrella-2024", "--from", "2026-06-01")
    found = call("--rules", tmp_path, "rules", "show", "exempelby-2026", "--as-of", "2026-11-22")
    assert "2026-12-31, 2027-12-31  Kalla lokala beredningsgruppen" in found.out


def test_nothing_is_written_over(tmp_path: Path) -> None:
    call("rules", "new", "exempelby-2026", "--folder", tmp_path)
    path = tmp_path / "exempelby-2026.yaml"
    path.write_text("mitt", encoding="utf-8")
    again = call("rules", "new", "exempelby-2026", "--folder", tmp_path)
    assert again.code == 2
    assert f"{path} finns redan" in again.err
    assert path.read_text(encoding="utf-8") == "mitt"


@pytest.mark.parametrize("name", ["Exempelby", "exempel by", "../ut", "exempelby-", "--x", "a.b", "a" * 61])
def test_a_name_that_cannot_begin_keys_is_refused(name: str, tmp_path: Path) -> None:
    found = call("rules", "new", "--folder", tmp_path, "--", name)
    assert found.code == 2
    assert found.err == said(
        f"'{name if len(name) <= 40 else name[:40] + '…'}' kan inte vara beteckning på ett avtal",
        "ID",
        "en beteckning består av små bokstäver (a–ö), siffror, bindestreck och understreck, börjar och slutar med en "
        "bokstav eller siffra och har högst 60 tecken",
        "skriv till exempel exempelby-2026",
    )
    assert list(tmp_path.iterdir()) == []


def test_an_agreement_that_exists_is_not_begun_anew(tmp_path: Path) -> None:
    found = call("rules", "new", "vaxholm-2023", "--folder", tmp_path)
    assert found.err == said(
        "avtalet 'vaxholm-2023' finns redan", "ID", "två avtal kan inte ha samma beteckning", "välj en annan beteckning"
    )
