"""What a failing rule engine costs: the verdicts that need the answer it did not give, and no others."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.oracle.drawing import a_day, as_deep_as_asked, given_drawn
from tests.oracle.registers import recurring
from tests.oracle.strategies import Case, instrument, rulebook_of

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

MISSED = ("shall", "passed", "short", "none")

# The real worker, except that it goes down when asked one question with these words.
FRAIL = """
import json, os, sys
from avtalsvakt_engine.inference import worker as inference_worker
from avtalsvakt_engine.inference.session import conclude

fatal = tuple(json.loads(sys.argv[1]))
del sys.argv[1:2]

def frail(prepared, words):
    if tuple(words) == fatal:
        os._exit(3)
    return conclude(prepared, words)

inference_worker.serve(frail)
"""

Frail = Callable[[tuple[str, ...]], Decider]


@pytest.fixture(scope="module")
def frail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frail]:
    """Makes a Decider whose worker fails on one combination of words, and closes it afterwards."""
    script = tmp_path_factory.mktemp("worker") / "frail_worker.py"
    script.write_text(FRAIL)
    made: list[Decider] = []

    def make(words: tuple[str, ...]) -> Decider:
        made.append(Decider(command=[sys.executable, str(script), json.dumps(words)]))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def never_missed(frail: Frail) -> Decider:
    """A Decider that cannot say of anything that it was missed."""
    return frail(MISSED)


@as_deep_as_asked()
@given_drawn(case=recurring, day=a_day)
def test_only_the_verdicts_that_need_the_answer_are_not_evaluated(
    case: Case, day: date, decider: Decider, never_missed: Decider
) -> None:
    healthy = assess(case.rulebook, case.facts, day, case.known_at, decider)
    ailing = assess(case.rulebook, case.facts, day, case.known_at, never_missed)
    assert ailing.instruments == healthy.instruments
    assert [one.duty for one in ailing.duties] == [one.duty for one in healthy.duties]
    for was, one in zip(healthy.duties, ailing.duties, strict=True):
        if was.status == "overdue" and "due_day_passed" in was.rules:
            assert (one.status, bool(one.reason), one.period) == ("not_evaluated", True, was.period)
        else:
            assert one == was


def test_where_the_life_of_an_agreement_cannot_be_judged_the_others_are(frail: Frail, decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": "year"}, "what": {"meeting_held": {"body": "klara_group"}}}
    power = {"norm": "may", "when": {"each": "term", "due": "end"}, "what": {"extension_agreed": {}},
             "effect": {"extends": "2 years"}}  # fmt: skip
    start, end, day = date(2022, 1, 1), date(2023, 12, 31), date(2024, 3, 1)
    book, _ = rulebook_of(
        instrument("lokalt", {"moten": clause, "forlangning": power}, start, end),
        instrument("annat", {"moten": clause}, start, end),
    )
    signed = Fact("s", "extension_agreed", "lokalt", date(2023, 5, 1), "2023-05-01", 1, "day",
                  {"form": "skriftlig", "signed_by": "both"})  # fmt: skip
    ailing = assess(book, [signed], day, None, frail(("in_time", "unneeded", "clause", "met", "valid")))
    healthy = assess(book, [signed], day, None, decider)
    assert [one.status for one in ailing.duties if one.agreement == "lokalt"] == ["not_evaluated"]
    assert [one for one in ailing.duties if one.agreement == "annat"] == [
        one for one in healthy.duties if one.agreement == "annat"
    ]
    assert "not_evaluated" in {one.code for one in ailing.findings if one.agreement == "lokalt"}


@pytest.mark.parametrize(
    ("fatal", "lost"),
    [
        pytest.param(("count", "other", "this", "later_year", "documents"), "lokalt.bild.2022", id="lateness"),
        pytest.param(("written", "both", "written", "flag"), "lokalt.bild.2023", id="waiver"),
    ],
)
def test_an_answer_on_the_way_that_fails_costs_its_duty(
    fatal: tuple[str, ...], lost: str, frail: Frail, decider: Decider
) -> None:
    clause = {"norm": "shall", "when": {"each": "year"}, "what": {"document_revised": {"document": "lägesbild"}}}
    book, _ = rulebook_of(instrument("lokalt", {"bild": clause}, date(2022, 1, 1), None))
    late = Fact("d", "document_revised", "lokalt", date(2023, 2, 1), "2023-02-01", 1, "day",
                {"document": "lägesbild", "concerns_period": "2022"})  # fmt: skip
    excused = Fact("w", "waiver", "lokalt", date(2023, 2, 1), "2023-02-01", 2, "day",
                   {"obligation": "bild", "period": "2023", "form": "skriftlig", "signed_by": "both"})  # fmt: skip
    ailing = assess(book, [late, excused], date(2024, 6, 1), None, frail(fatal))
    healthy = assess(book, [late, excused], date(2024, 6, 1), None, decider)
    assert [one.status for one in healthy.duties] == ["fulfilled_late", "waived", "pending", "pending"]
    assert [one.duty for one in ailing.duties if one.status == "not_evaluated"] == [lost]
    assert [one for one in ailing.duties if one.duty != lost] == [one for one in healthy.duties if one.duty != lost]
