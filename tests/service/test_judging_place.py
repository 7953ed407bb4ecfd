"""Where a night judges: what may be asked for, what is refused, and what a summary says when it was done otherwise."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt.nightly.judging_place import judging_place, not_as_asked
from avtalsvakt.settings import CLUSTER, WORKERS, Settings
from avtalsvakt_engine.spreading import cluster_address
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, HowJudged

pytestmark = pytest.mark.usefixtures("alone")

BOTH = "både processer och ett kluster är valda"


@pytest.mark.parametrize(
    ("asked", "what", "remedy"),
    [
        (("--workers", "2", "--cluster", "tcp://127.0.0.1:8786"), BOTH, "ange bara det ena"),
        (("--workers", "två"), "'två' är inget antal processer", "ange till exempel 2"),
        (("--workers", "65"), "'65' är inget antal processer", "ange till exempel 2"),
        (("--workers", "9" * 5000), "'9999999999", "ange till exempel 2"),
        (("--workers", "-1"), "'-1' är inget antal processer", "ange till exempel 2"),
        (("--cluster", "tcp://10.0.0.5:8786"), "klustret på tcp://10.0.0.5:8786 är oskyddat", "ange tls://"),
        (
            ("--cluster", "schemaläggaren"),
            "klustrets adress schemaläggaren går inte att tyda",
            "schemaläggarens adress",
        ),
    ],
    ids=range(7),
)
@pytest.mark.parametrize("command", ["run", "serve"])
def test_what_cannot_be_is_refused_in_four_parts(
    command: str, asked: tuple[str, ...], what: str, remedy: str, tmp_path: Path
) -> None:
    answer = call("--db", tmp_path / "none.db", command, *asked)
    assert answer.code == 2
    for part in (f"Fel: {what}", "  Var:    --", "  Varför: ", remedy):
        assert part in answer.err


def test_without_the_extra_a_cluster_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster_address, "find_spec", lambda _name: None)
    answer = call("--db", tmp_path / "none.db", "run", "--cluster", "tcp://127.0.0.1:8786")
    assert answer.code == 2
    assert "installera tillägget: avtalsvakt[cluster]" in answer.err


def test_the_environment_says_it_for_the_nights_and_the_command_goes_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(WORKERS, "2")
    monkeypatch.setenv(CLUSTER, "tcp://127.0.0.1:8786")
    assert BOTH in call("--db", tmp_path / "none.db", "run").err
    assert BOTH not in call("--db", tmp_path / "none.db", "run", "--workers", "0").err
    monkeypatch.delenv(CLUSTER)
    monkeypatch.setenv(WORKERS, "x")
    assert "'x' är inget antal processer" in call("--db", tmp_path / "none.db", "serve").err


def test_it_is_judged_here_unless_something_else_is_asked_for() -> None:
    moment = datetime.fromisoformat("2026-11-22T04:15:00+01:00")
    with judging_place(Settings(moment)) as mapper:
        assert mapper is IN_PROCESS
    with judging_place(Settings(moment, workers=2)) as mapper:
        assert mapper.told == HowJudged()  # nothing is started before there is something to judge


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, []),
        (HowJudged(elsewhere=9), []),
        (HowJudged(elsewhere=9, lost=1), ["arbetare försvann 1 gång, och deras avtal bedömdes igen"]),
        (
            HowJudged(elsewhere=7, here=2, lost=2, why=("a", "b")),
            [
                "2 av 9 avtal bedömdes i den här processen i stället: a; b",
                "arbetare försvann 2 gånger, och deras avtal bedömdes igen",
            ],
        ),
    ],
)
def test_what_was_not_as_asked_is_said(told: HowJudged | None, said: list[str]) -> None:
    assert list(not_as_asked(told)) == said
