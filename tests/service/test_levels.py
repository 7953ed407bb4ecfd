"""What an agreement is called: nothing presupposes a municipality, or an agreement over it."""

from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt_engine.explaining.labels import LEVELS
from avtalsvakt_rules.language.instrument import LEVELS as WRITTEN
from avtalsvakt_rules.rulebook import load_rulebook

pytestmark = pytest.mark.usefixtures("morning")
LOAN = """instrument: lan-2026
title: Lån av släp
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01}
clauses: {retur: {at: {section: "1"}, norm: shall, who: låntagaren, when: once, what: {information_given: {}}}}
"""


def test_every_level_has_a_name() -> None:
    assert set(WRITTEN) == set(LEVELS)


@pytest.mark.parametrize(
    ("level", "name"), [("", "avtal"), ("level: bylaws\n", "stadgar"), ("level: local\n", "lokalt avtal")]
)
def test_an_agreement_is_called_what_its_file_says_and_else_an_agreement(level: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "lan.yaml"
    path.write_text(LOAN + level, encoding="utf-8")
    assert call("--rules", path, "rules", "show", "lan-2026").out.splitlines()[1] == f"lan-2026, {name}"


@pytest.mark.parametrize(("under", "level"), [((), "agreement"), (("--under", "umbrella-2024"), "local")])
def test_a_new_agreement_is_local_only_under_another(under: tuple[str, ...], level: str, tmp_path: Path) -> None:
    assert call("rules", "new", "prov-2026", "--folder", tmp_path, *under).code == 0
    assert load_rulebook([tmp_path]).instruments["prov-2026"].level == level


def test_a_new_agreement_speaks_of_no_municipality_police_or_district(tmp_path: Path) -> None:
    call("rules", "new", "prov-2026", "--folder", tmp_path)
    text = (tmp_path / "prov-2026.yaml").read_text(encoding="utf-8").replace("# municipality: Kommunens namn", "")
    assert not [word for word in ("kommun", "polis", "stadsdel", "styrgrupp", "steering") if word in text.lower()]
