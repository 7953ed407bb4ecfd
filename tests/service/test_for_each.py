"""One text that several sign, as commands and lists take it."""

from pathlib import Path

import pytest
from tests.rules.test_signatories import HAPARANDA, MALMO, PART, TEXT
from tests.service.command_line import call

from avtalsvakt.words.clause_titles import clause_titles
from avtalsvakt.words.page_names import names_at
from avtalsvakt_rules.rulebook import second_look


def test_lists_call_each_by_its_name_before_anything_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT.lstrip(), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PART, encoding="utf-8")
    names, titles = names_at([tmp_path]), clause_titles([tmp_path])
    assert names.agreements[MALMO] == "Samverkan vid gränsen, Malmö"
    assert "gransvakt-2026" not in names.agreements
    for agreement in (MALMO, HAPARANDA):
        assert titles[agreement, "moten"] == "Parterna träffas varje kvartal."
        assert titles[agreement, "bilagan"] == "Bilagan visar platserna."


@pytest.mark.usefixtures("morning")
def test_the_check_and_the_trial_take_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gransvakt.yaml"
    path.write_text(TEXT.lstrip(), encoding="utf-8")
    assert second_look([path]) == ([], [])
    found = call("rules", "try", path)
    assert found.code == 0 and "moten" in found.out
