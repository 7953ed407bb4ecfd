"""`avtalsvakt rules kinds`: an author finds what a thing is called in files, or how to declare it."""

import json
from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt_rules.language.occasions import MOVABLE
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("morning")
OWN = """instrument: lan-2026
title: Lån
level: local
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01}
bodies: {materialradet: materialrådet}
facts: {släp_lämnat: [skick], meeting_held: [plats]}
clauses:
  retur:
    at: {section: "1"}
    norm: shall
    when: once
    what: {släp_lämnat: {skick: helt}}
  ordforande:
    at: {section: "2"}
    norm: shall
    when: always
    what: {role_assigned: {body: materialradet, role: materialförvaltare}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "lan.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_without_a_word_every_kind_and_body_is_listed() -> None:
    lines = call("rules", "kinds").out.splitlines()
    named = {line.split()[0] for line in lines if line.startswith("  ")}
    assert {*load().kinds, *load().bodies, *MOVABLE} <= named


def test_a_word_finds_a_kind_with_its_attributes_and_usual_values() -> None:
    out = call("rules", "kinds", "minnesanteckningar").out
    assert "minutes_recorded            minnesanteckningar/protokoll förda\n" in out
    assert "  meeting                   möte, måste anges, en registrerings beteckning\n" in out


@pytest.mark.parametrize(
    ("word", "kind"),
    [("stämma", "meeting_held"), ("uppsägning", "withdrawal_requested"), ("Kallelse", "meeting_convened"),
     ("trygghetsmätning", "measurement_done"), ("chair", "meeting_held")],
)  # fmt: skip
def test_a_kind_is_found_by_what_people_call_it(word: str, kind: str) -> None:
    assert kind in [line.split()[0] for line in call("rules", "kinds", word).out.splitlines() if line[:1].strip()]


def test_a_slip_shows_what_is_near() -> None:
    assert "Närmast: meeting_held" in call("rules", "kinds", "meeting_hled").out


def test_a_word_that_nobody_has_shows_how_to_declare_it() -> None:
    out = call("rules", "kinds", "Nyckel utlämnad").out
    assert "En egen faktatyp skrivs i avtalets huvud: facts: {nyckel_utlamnad: [attribut]}" in out


def test_an_own_kind_and_body_are_listed_with_whose_they_are(own: Path) -> None:
    out = call("--rules", own, "rules", "kinds", "släp").out
    assert out.startswith("släp_lämnat                 släp lämnat  (egen i lan-2026)\n  skick ")
    assert "materialradet             materialrådet  (egen i lan-2026)" in call("--rules", own, "rules", "kinds").out


def test_a_value_that_a_rule_asks_for_is_among_the_usual_ones(own: Path) -> None:
    found = json.loads(call("--rules", own, "rules", "kinds", "role_assigned", "--format", "json").out)
    [role] = [one for kind in found["kinds"] for one in kind["attributes"] if one["id"] == "role"]
    assert role["values"][-1] == "materialförvaltare" or "materialförvaltare" in role["values"]


def test_the_table_has_a_row_for_each_attribute() -> None:
    lines = call("rules", "kinds", "minutes_recorded", "--format", "csv").out.splitlines()
    assert lines[0] == "sort,id,sv,declared_in,attribute,attribute_sv,holds,required,values"
    assert [line.split(",")[4] for line in lines[1:]] == ["meeting", "author"]
