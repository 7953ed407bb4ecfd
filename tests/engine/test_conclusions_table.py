"""Where durable-rules does not load its table answers, says so, and answers nothing else."""

import sys
from pathlib import Path

import pytest
from tests.service.command_line import FACTS, RULES, call

from avtalsvakt_engine.inference import deciding
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.inference.engine_status import EngineStatus, engine_status
from avtalsvakt_engine.inference.table import concluded, read, written
from avtalsvakt_engine.rulesets import QUESTIONS

SYMBOL = "undefined symbol: PyEval_CallObject"
ASKED = ("shall", "passed", "short", "none")


@pytest.fixture
def unloadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the engine was built, and does not load."""
    (tmp_path / "durable_rules_engine.py").write_text(f"raise ImportError({SYMBOL!r})\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(deciding, "_DECIDED", {})


def test_the_table_is_whole_and_of_these_rulesets() -> None:
    every = {(name, words) for name, question in QUESTIONS.items() for words in question.alphabet()}
    assert concluded().keys() == every
    assert read(written((name, words, one) for (name, words), one in concluded().items())) == concluded()


@pytest.mark.usefixtures("unloadable")
def test_where_the_engine_does_not_load_the_table_answers_and_it_is_said() -> None:
    with Decider() as decider:
        found = {key: decider.decide(*key) for key in concluded()}
        assert found == concluded()
        assert decider.by_table == SYMBOL
        assert not decider.failures
    assert deciding._DECIDED == {}  # what the engine decides elsewhere in the process is not said to come from a table


@pytest.mark.usefixtures("unloadable")
@pytest.mark.parametrize("damage", ["other rules", "a hole", "never"])
def test_what_is_not_in_the_table_is_not_evaluated(damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written((name, words, one) for (name, words), one in concluded().items() if words != ASKED)
    table = read(text.replace("rulesets 3:", "rulesets 2:") if damage == "other rules" else text)
    monkeypatch.setattr(deciding, "concluded", lambda: table)
    with Decider(table="never" if damage == "never" else "instead") as decider, pytest.raises(NotEvaluated) as caught:
        decider.decide("status", ASKED)
    assert caught.value.cause == "regelmotorn durable-rules går inte att ladda"
    assert caught.value.detail == SYMBOL
    assert decider.by_table is None


@pytest.mark.parametrize("lacking", [False, True])
def test_what_is_only_shown_is_answered_by_the_table_and_the_engine_by_what_it_lacks(
    lacking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {key: one for key, one in concluded().items() if key != ("status", ASKED) or not lacking}
    monkeypatch.setattr(deciding, "concluded", lambda: table)
    monkeypatch.setattr(deciding, "_DECIDED", {})
    with Decider(table="first") as decider:
        assert decider.decide("status", ASKED) == concluded()["status", ASKED]
        assert (decider._worker is not None) is lacking
        assert decider.by_table is None


def test_a_command_of_another_kind_has_no_table() -> None:
    with Decider(command=(sys.executable, "-c", "")) as decider, pytest.raises(NotEvaluated):
        decider.decide("status", ASKED)


def test_how_things_stand_is_told_to_whoever_asks(request: pytest.FixtureRequest) -> None:
    assert engine_status() == EngineStatus(loads=True, table=True)
    request.getfixturevalue("unloadable")
    assert engine_status() == EngineStatus(loads=False, why=SYMBOL, table=True)


def test_a_night_by_the_table_is_the_night_by_the_engine_and_says_so(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)  # the invented agreements are all there are

    def night(name: str) -> str:
        db = tmp_path / name
        assert call("--db", db, "init").code == 0
        assert call("--db", db, *RULES, "import", "--by", "samordnare", FACTS).code == 0
        said = call("--db", db, *RULES, "run")
        assert said.code == 0
        return said.out

    by_engine = night("a.db")
    request.getfixturevalue("unloadable")
    said = night("b.db")
    assert said.endswith(by_engine)
    assert " ".join(said.removesuffix(by_engine).split()) == (
        "Regelmotorn durable-rules startar inte på den här datorn. Slutsatserna är hämtade ur den tabell som den har "
        f"räknat fram för samma regler; de är desamma. Orsak: {SYMBOL}"
    )
