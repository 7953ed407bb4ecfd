"""What is counted of a list that several acts, or one, are to cover; and until when a miss can be made up for."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import MEETINGS, Register, meeting, on, told
from tests.oracle.verdicts import verdicts_of, world_of

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict

INVITED: Tree = {
    "norm": "shall", "when": {"each": "half_year"}, "what": {"invitation_sent": {"event": "temamöte"}},
    "including": [{"to": "rektorer"}, {"to": "ungdomsrådet"}, {"to": "socialtjänsten"}],
}  # fmt: skip


def invited(day: str, *whom: str, **more: Any) -> Fact:
    return told("invitation_sent", day, id=f"i-{day}", event="temamöte", to=whom, **more)


def oracle_of(agreement: Register, facts: list[Fact], day: str) -> dict[str, tuple[str, int, int]]:
    verdicts = verdicts_of(world_of(agreement.book(), facts, on(day), None))
    return {key: (one.status, one.counted, one.required) for key, one in verdicts.items()}


@pytest.mark.parametrize(
    ("facts", "day", "status", "numbers"),
    [
        pytest.param([], "2024-07-01", "overdue", "0/3", id="nobody invited"),
        pytest.param([invited("2024-03-01", "rektorer")], "2024-07-01", "overdue", "1/3", id="one of three"),
        pytest.param(
            [invited("2024-03-01", "rektorer"), invited("2024-06-30", "ungdomsrådet", "rektorer")],
            "2024-07-01", "overdue", "2/3", id="the same one twice is one",
        ),
        pytest.param(
            [invited("2024-03-01", "rektorer", "socialtjänsten"), invited("2024-06-30", "ungdomsrådet")],
            "2024-06-30", "fulfilled", "3/3", id="all by two letters, the second on the last day",
        ),
        pytest.param(
            [
                invited("2024-03-01", "rektorer", "socialtjänsten"),
                invited("2024-07-01", "ungdomsrådet", concerns_period="2024-H1"),
            ],
            "2024-07-01", "fulfilled_late", "2/3", id="the last the day after: two in time",
        ),
        pytest.param(
            [invited("2024-03-01", "rektorer", "ungdomsrådet", "socialtjänsten")],
            "2024-03-01", "fulfilled", "3/3", id="all in one letter",
        ),
    ],
)  # fmt: skip
def test_a_list_is_counted_by_its_parts(
    facts: list[Fact], day: str, status: str, numbers: str, decider: Decider
) -> None:
    agreement = Register(decider, {"inbjudan": INVITED}, "2024-01-01")
    found = agreement.duty("inbjudan.2024-H1", facts, day)
    assert (found.status, f"{found.counted}/{found.required}") == (status, numbers)
    said = oracle_of(agreement, facts, day)["lokalt.inbjudan.2024-H1"]
    assert said == (found.status, found.counted, found.required)


def test_where_several_acts_are_asked_for_the_acts_are_counted(decider: Decider) -> None:
    agreement = Register(decider, {"inbjudan": INVITED | {"at_least": 2}}, "2024-01-01")
    facts = [invited("2024-03-01", "rektorer"), invited("2024-03-02", "rektorer"), invited("2024-03-03", "rektorer")]
    found = agreement.duty("inbjudan.2024-H1", facts, "2024-07-01")
    assert (found.status, found.counted, found.required) == ("overdue", 3, 2)
    assert oracle_of(agreement, facts, "2024-07-01")["lokalt.inbjudan.2024-H1"] == ("overdue", 3, 2)


@pytest.mark.parametrize(
    ("sources", "status", "numbers"),
    [
        (("statistik", "samtal"), "fulfilled", "2/2"),
        (("statistik",), "overdue", "1/2"),
        (("annat",), "overdue", "0/2"),
        ((), "pending", "0/2"),
    ],
    ids=["both", "one", "neither", "nothing said"],
)
def test_an_occasion_shows_the_parts_of_its_own_record(
    sources: tuple[str, ...], status: str, numbers: str, decider: Decider
) -> None:
    clause = {"norm": "shall", "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "event"},
              "what": "itself", "including": [{"sources": "statistik"}, {"sources": "samtal"}]}  # fmt: skip
    agreement = Register(decider, {"kallor": clause}, "2024-01-01")
    said: dict[str, Any] = {"sources": sources} if sources else {}
    facts = [told("document_revised", "2024-03-01", id="v", document="lägesbild", **said)]
    found = agreement.duty("kallor.v", facts, "2024-03-02")
    assert (found.status, f"{found.counted}/{found.required}") == (status, numbers)
    other = oracle_of(agreement, facts, "2024-03-02")["lokalt.kallor.v"]
    assert other == (found.status, found.counted, found.required)


def before(due: str) -> Tree:
    return {"norm": "shall", "when": {"each": {"meeting": {"body": "klara_group"}}, "due": due},
            "what": {"meeting_convened": {"body": "klara_group", "meeting_date": "same"}}}  # fmt: skip


def called(decider: Decider, due: str, day: str) -> Verdict:
    plan = told("meeting_scheduled", "2024-05-20", "2024-03-01", id="m", body="klara_group")
    return Register(decider, {"kallelse": before(due)}, "2024-01-01").duty("kallelse.m", [plan], day)


@pytest.mark.parametrize(
    ("day", "status", "curable"),
    [
        pytest.param("2024-05-06", "at_risk", True, id="on the last day"),
        pytest.param("2024-05-07", "overdue", True, id="the day after it can still be late"),
        pytest.param("2024-05-20", "overdue", True, id="on the day of the meeting"),
        pytest.param("2024-05-21", "overdue", False, id="the day after the meeting"),
    ],
)
def test_what_comes_before_its_event_can_be_late_until_the_event(
    day: str, status: str, curable: bool, decider: Decider
) -> None:
    found = called(decider, "14 days before event", day)
    assert (found.status, found.curable) == (status, curable)
    assert found.until is None or found.until >= on(day)
    assert found.since <= on("2024-05-07"), "that it cannot be mended any more is no newer miss"


def test_a_verdict_lasts_no_longer_than_the_time_to_mend_it(decider: Decider) -> None:
    assert called(decider, "14 days before event", "2024-05-07").until == on("2024-05-20")
    assert called(decider, "14 days before event", "2024-05-21").until is None


def test_what_is_due_on_the_day_of_its_event_can_never_be_made_up_for(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"measure_started": {}}, "due": "event"},
              "what": {"document_revised": {"document": "orsaksanalys"}}}  # fmt: skip
    facts = [told("measure_started", "2024-03-01", id="a"), told("document_revised", "2024-03-02", document="x")]
    found = Register(decider, {"analys": clause}, "2024-01-01").duty("analys.a", facts, "2024-03-02")
    assert (found.status, found.curable) == ("overdue", False)


@pytest.mark.parametrize(("day", "curable"), [("2024-05-31", True), ("2024-06-01", False)], ids=["last day", "after"])
def test_what_belongs_to_a_term_can_be_made_up_for_within_it(day: str, curable: bool, decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": "term", "due": "6 months before end"},
              "what": {"consultation_held": {}}}  # fmt: skip
    found = Register(decider, {"samrad": clause}, "2022-06-01", "2024-05-31").duty("samrad.term-1", [], day)
    assert (found.status, found.curable) == ("overdue", curable)


def test_what_follows_an_event_can_be_made_up_for(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": MEETINGS, "due": "14 days after event"},
              "what": {"minutes_distributed": {"meeting": "same"}}}  # fmt: skip
    found = Register(decider, {"anteckningar": clause}, "2024-01-01").duty(
        "anteckningar.m", [meeting("2024-03-01", id="m")], "2024-12-01"
    )
    assert (found.status, found.curable) == ("overdue", True)


def test_an_umbrella_counts_parts_for_the_agreement_below(decider: Decider) -> None:
    below = INVITED | {"per": "local_agreement"}
    over = instrument("over", {"inbjudan": below}, on("2024-01-01"), None, level="superior")
    agreement = Register(decider, {}, "2024-01-01", None, over, under="over")
    found = agreement.duty("over.inbjudan.2024-H1", [invited("2024-03-01", "rektorer")], "2024-07-01")
    assert (found.status, found.counted, found.required) == ("overdue", 1, 3)
