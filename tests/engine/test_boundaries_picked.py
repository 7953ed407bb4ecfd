"""Which events give rise to duties where a text does not mean each: the first so many, the one that turns, the next."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, meeting, on, told
from tests.oracle.verdicts import verdicts_of, world_of

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

LATER = "2025-12-31"
ELEVEN: Tree = {"each": {"becomes": {"cost_claim": {"amount": {"at_least": 11}}}}, "due": "14 days after event"}
FIRST: Tree = {"each": {"demand_sent": {}}, "due": "14 days after event"}


def duties(decider: Decider, when: Tree, facts: list[Fact], day: str = LATER, **more: Any) -> dict[str, str]:
    """The duties of the clause by the fact they come from, with their last days; the oracle finds the same."""
    clause: Tree = {"norm": "shall", "when": when, "what": {"rectification_done": {"concerns": "same"}}}
    agreement = Register(decider, {"svar": clause}, "2024-01-01", more.pop("end", None), **more)
    found = {one.duty: one.due for one in agreement.judged(facts, day).duties}
    other = verdicts_of(world_of(agreement.book(), facts, on(day), None))
    assert found == {name: one.due for name, one in other.items()}
    return {name.removeprefix("lokalt.svar."): str(due) for name, due in found.items()}


def claim(day: str, amount: str | None, **more: str) -> Fact:
    said = {"amount": amount} if amount else {}
    return told("cost_claim", day, id=day[5:], **said | more)


@pytest.mark.parametrize(
    ("claims", "turns"),
    [
        pytest.param([("2024-02-01", "10"), ("2024-03-01", "11")], ["03-01"], id="the eleventh"),
        pytest.param([("2024-02-01", "11")], ["02-01"], id="from the first record"),
        pytest.param([("2024-02-01", "11"), ("2024-03-01", "12")], ["02-01"], id="once, while it is so"),
        pytest.param([("2023-12-01", "11"), ("2024-03-01", "12")], [], id="it was so before the agreement"),
        pytest.param(
            [("2024-02-01", "11"), ("2024-03-01", "9"), ("2024-04-01", "11")], ["02-01", "04-01"], id="and once more"
        ),
        pytest.param([("2024-02-01", "11"), ("2024-03-01", None), ("2024-04-01", "12")], ["02-01"], id="said nothing"),
    ],
)
def test_a_state_becomes_true_by_the_record_before_which_it_was_not(
    claims: list[tuple[str, str | None]], turns: list[str], decider: Decider
) -> None:
    assert sorted(duties(decider, ELEVEN, [claim(day, amount) for day, amount in claims])) == turns


def test_each_series_of_records_has_a_state_of_its_own(decider: Decider) -> None:
    facts = [claim("2024-02-01", "11", site="Torget"), claim("2024-03-01", "12", site="Parken"),
             claim("2024-04-01", "13", site="Torget")]  # fmt: skip
    assert sorted(duties(decider, ELEVEN, facts)) == ["02-01", "03-01"]


def test_an_earlier_record_that_comes_late_takes_the_turn_over(decider: Decider) -> None:
    late = told("cost_claim", "2024-02-01", "2024-06-01", id="sent", amount="11")
    assert sorted(duties(decider, ELEVEN, [claim("2024-03-01", "12")])) == ["03-01"]
    assert sorted(duties(decider, ELEVEN, [claim("2024-03-01", "12"), late])) == ["sent"]


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        pytest.param(1, ["2024-01-10"], id="of all"),
        pytest.param(3, ["2024-01-10", "2024-02-10", "2024-08-10"], id="the first three"),
        pytest.param("1 per year", ["2024-01-10", "2025-01-01"], id="of each year"),
        pytest.param("1 per half_year", ["2024-01-10", "2024-08-10", "2025-01-01"], id="of each half-year"),
        pytest.param("2 per half_year", ["2024-01-10", "2024-02-10", "2024-08-10", "2024-12-31", "2025-01-01"],
                     id="two of each half-year"),
        pytest.param("1 per month", ["2024-01-10", "2024-02-10", "2024-08-10", "2024-12-31", "2025-01-01"],
                     id="of each month"),
    ],
)  # fmt: skip
def test_only_the_first_so_many_of_each_period(first: object, kept: list[str], decider: Decider) -> None:
    days = ("2024-01-10", "2024-02-10", "2024-08-10", "2024-12-31", "2025-01-01")
    assert sorted(duties(decider, FIRST | {"first": first}, [told("demand_sent", day, id=day) for day in days])) == kept


def test_the_first_of_each_term_and_of_an_own_year(decider: Decider) -> None:
    sent = [told("demand_sent", day, id=day) for day in ("2024-03-01", "2024-06-30", "2024-07-01", "2025-07-01")]
    longer = told("extension_agreed", "2024-05-01", new_end="2025-12-31", signed_by=("staden", "polisen"))
    per_term = duties(decider, FIRST | {"first": "1 per term"}, [*sent, longer], end="2024-06-30")
    assert sorted(per_term) == ["2024-03-01", "2024-07-01"]
    own_year = duties(decider, FIRST | {"first": "1 per year"}, sent, year_starts="07-01")
    assert sorted(own_year) == ["2024-03-01", "2024-07-01", "2025-07-01"]


def test_a_meeting_that_is_called_off_is_not_the_first(decider: Decider) -> None:
    when = {"each": {"meeting": {"body": "klara_group"}}, "first": 1, "due": "7 days before event"}
    planned = [told("meeting_scheduled", day, "2024-02-01", id=day, body="klara_group")
               for day in ("2024-05-02", "2024-06-03")]  # fmt: skip
    off = told("meeting_cancelled", "2024-04-20", id="av", body="klara_group", planned_for="2024-05-02")
    assert sorted(duties(decider, when, planned, "2024-04-01")) == ["2024-05-02"]
    assert duties(decider, when, [*planned, off], "2024-05-01")["2024-06-03"] == "2024-05-27"


@pytest.mark.parametrize(
    ("due", "meetings", "last"),
    [
        pytest.param("next", [], "None", id="none is known"),
        pytest.param("next", ["2024-04-30"], "None", id="the same day is not the next"),
        pytest.param("next", ["2024-05-01", "2024-06-03"], "2024-05-01", id="the first after it"),
        pytest.param("7 days before next", ["2024-06-03"], "2024-05-27", id="some days before"),
    ],
)
def test_the_next_meeting_sets_the_last_day_of_what_is_no_meeting(
    due: str, meetings: list[str], last: str, decider: Decider
) -> None:
    when = {"each": {"demand_sent": {}}, "due": due, "next": {"meeting": {"body": "klara_group"}}}
    facts = [told("demand_sent", "2024-04-30", id="krav"), *(meeting(day) for day in meetings)]
    facts += [told("meeting_held", "2024-05-01", id="annan", body="chiefs_council")]
    assert duties(decider, when, facts)["krav"] == last


def test_the_next_meeting_is_known_once_it_is_planned(decider: Decider) -> None:
    when = {"each": {"demand_sent": {}}, "due": "next", "next": {"meeting": {"body": "klara_group"}}}
    planned = told("meeting_scheduled", "2024-06-03", "2024-05-02", body="klara_group")
    facts = [told("demand_sent", "2024-04-30", id="krav"), planned]
    assert duties(decider, when, facts, "2024-05-02") == {"krav": "2024-06-03"}
