"""`avtalsvakt rules check` on files that can be read: what can never be fails, what is worth a look does not."""

from pathlib import Path

import pytest
from tests.service.command_line import call

FILE = """instrument: prov-2026
title: Prov
level: local
document: prov.txt
parties: [stadsdelsförvaltningen, polisen]
term: {from: 2026-01-01}
clauses:
  led:
    at: {section: "2"}
    norm: shall
    who: parterna
    when: always
    what: {role_assigned: {body: youth_forum}}
    including: [{role: kommunpoliss}, {role: kommunpolis}]
"""


@pytest.mark.usefixtures("morning")
def test_a_remark_is_told_and_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_text(FILE, encoding="utf-8")
    found = call("rules", "check", path)
    assert found.code == 0
    assert "Att se över: prov.yaml:14: klausul led: 'kommunpoliss'" in found.out
    assert "Inga fel:" in found.out


@pytest.mark.usefixtures("morning")
def test_a_remark_can_be_answered_and_an_answer_to_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_text(FILE + "    accepted: {kommunpoliss: så står det i texten}\n", encoding="utf-8")
    found = call("rules", "check", path)
    assert (found.code, found.out.count("\n")) == (0, 1)
    path.write_text(FILE + "    accepted: {polis: så står det i texten}\n", encoding="utf-8")
    found = call("rules", "check", path)
    assert found.code == 2
    assert "accepted: 'polis' besvarar ingen anmärkning" in found.err


@pytest.mark.usefixtures("morning")
def test_what_can_never_be_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_text(FILE + "    at_least: 3\n    at_most: 2\n", encoding="utf-8")
    found = call("rules", "check", path)
    assert found.code == 2
    assert "klausul led: fler krävs än som får vara" in found.err


@pytest.mark.usefixtures("morning")
def test_a_folder_without_rules_is_no_folder_of_rules(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "prov.yaml").write_text("instrument: prov\ncases: {}\n", encoding="utf-8")
    found = call("rules", "check", tmp_path)
    assert (found.code, found.out) == (2, "")
    assert found.err == (
        f"Fel: mappen har inga regelfiler\n  Var:    {tmp_path}\n"
        "  Varför: inga filer i den slutar på .yaml eller .yml (mappen cases räknas inte)\n"
        "  Åtgärd: lägg regelfilen i mappen, eller börja en med 'avtalsvakt rules new'\n1 fel\n"
    )
