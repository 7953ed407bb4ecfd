"""The yardstick measures the same work: its rows are the program's, on the first day, after five nights, on any day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from bench import run
from bench.checking import RowsDiffer, demand_equal, differing, rows_of
from bench.reference import judge
from bench.reference_case import Judged
from bench.registers import Pair, opened, prepare
from bench.small_nights import NIGHTS
from bench.workload import FIRST_NIGHT, Workload, make
from bench.workload_pool import Form
from bench.workload_texts import DIFFERENT, text

from avtalsvakt_engine.inference.deciding import Decider

AGREEMENTS = 3


@pytest.fixture(scope="module")
def work() -> Workload:
    return make(AGREEMENTS)


@pytest.fixture(scope="module")
def decider() -> Iterator[Decider]:
    with Decider() as one:
        yield one


@pytest.fixture(scope="module")
def pair(work: Workload, decider: Decider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both registers after their first night."""
    folder = tmp_path_factory.mktemp("bench")
    prepare(folder, work, FIRST_NIGHT)
    with opened(folder, work, decider) as both:
        both.night(FIRST_NIGHT)
        both.plain.full(FIRST_NIGHT)
        yield both


def test_the_rows_are_the_same_on_the_first_day_and_after_five_nights(pair: Pair) -> None:
    first = rows_of(pair.ours)
    assert len(first) > 1000
    assert differing(first, pair.plain.rows()) == []
    for number in range(1, NIGHTS + 1):
        day = FIRST_NIGHT + timedelta(days=number)
        pair.add(pair.work.arrived(day, day - timedelta(days=1)))
        pair.night(day)
        pair.plain.incremental(day)
    after = rows_of(pair.ours)
    assert after != first
    assert differing(after, pair.plain.rows()) == []
    pair.plain.full(day)
    assert pair.plain.changed == 0


@pytest.mark.parametrize("day", [date(2016, 10, 15), date(2020, 1, 31)])
def test_the_rows_are_the_same_on_days_long_before(work: Workload, decider: Decider, tmp_path: Path, day: date) -> None:
    prepare(tmp_path, work, day)
    with opened(tmp_path, work, decider) as pair:
        pair.night(day)
        pair.plain.full(day)
        assert len(rows_of(pair.ours)) > 100
        assert differing(rows_of(pair.ours), pair.plain.rows()) == []


def test_a_row_that_differs_is_named_and_fails_the_bench(pair: Pair) -> None:
    rows = rows_of(pair.ours)
    wrong = [rows[0]._replace(status="waived"), *rows[2:]]
    with pytest.raises(RowsDiffer) as told:
        demand_equal(wrong, rows, "i provet")
    first, missing = sorted((rows[0].duty, rows[1].duty))
    assert str(told.value).startswith("2 rader skiljer sig i provet:\n")
    assert f"{first}: programmet " in str(told.value)
    assert f"{missing}: programmet " in str(told.value)
    assert "saknar den" in str(told.value)


def test_the_bench_ends_with_1_where_a_row_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def differing_rows(*_: object) -> None:
        demand_equal([Judged("a.b.2020", "overdue", date(2020, 12, 31), 2, 1)], [], "i provet")

    monkeypatch.setattr(run, "first_night", differing_rows)
    monkeypatch.setattr(run, "full_nights", lambda *_: None)
    monkeypatch.setattr("sys.argv", ["bench.run", "--agreements", "1", "--copies", "0"])
    assert run.main() == 1
    told = "1 rader skiljer sig i provet:\na.b.2020: programmet overdue, 2020-12-31, 1/2, referensen saknar den\n"
    assert capsys.readouterr().err == told


def test_what_is_measured_is_what_registers_hold(work: Workload) -> None:
    facts = [fact for agreement in work.agreements for fact in work.facts(agreement)]
    kinds = Counter(fact.kind for fact in facts)
    held = {
        "record_corrected", "record_retracted", "meeting_scheduled", "meeting_convened", "meeting_cancelled",
        "attestation", "extension_agreed", "waiver", "role_assigned",
    }  # fmt: skip
    assert {kind for kind in held if kinds[kind]} == held
    assert {fact.precision for fact in facts} == {"day", "month", "year"}
    assert {"polisen", "stadsdelsdirektör", "en konsult"} <= {fact.text("by") for fact in facts}
    assert any(fact.text("rescheduled_to") for fact in facts if fact.kind == "meeting_cancelled")
    undone = {fact.id for fact in facts if fact.kind.startswith("record_")}
    assert any(fact.attributes.get("target") in undone for fact in facts)


def test_thirty_agreements_differ_and_together_have_every_form() -> None:
    texts = [text(number) for number in range(DIFFERENT)]
    assert len({repr(one) for one in texts}) == DIFFERENT
    forms = {asked.form for one in texts for asked in one.asked}
    assert forms == set(Form.__args__)  # type: ignore[attr-defined]


def test_facts_follow_from_the_seed_and_arrive_in_order(work: Workload) -> None:
    again = make(AGREEMENTS)
    assert [work.facts(name) for name in work.agreements] == [again.facts(name) for name in again.agreements]
    by_year = [fact for facts in work.by_year(FIRST_NIGHT) for fact in facts]
    assert by_year == work.arrived(FIRST_NIGHT)
    assert [fact.recorded for fact in by_year] == sorted(fact.recorded for fact in by_year)


def test_the_reference_judges_without_the_engine(work: Workload) -> None:
    """Of the program it imports nothing, except the value that a fact is, where facts are handed over."""
    folder = Path(__file__).parents[2] / "bench"
    lines = [
        (path.name, line)
        for path in sorted(folder.glob("reference*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from avtalsvakt", "import avtalsvakt"))
    ]
    assert lines == [("reference_night.py", "from avtalsvakt_engine.facts import Fact")]
    rows = judge("avtal-00000", work.texts["avtal-00000"], [], FIRST_NIGHT)
    assert Judged("avtal-00000.umbrella.styrgrupp.2018", "overdue", date(2018, 12, 31), 2, 0) in rows
