"""Who acted, where one of several acts will do: each alternative says for itself what it compares."""

import pytest
from tests.oracle.tables import Register, told

from avtalsvakt_engine.inference.deciding import Decider

EITHER = {
    "nagot": {
        "norm": "shall",
        "when": {"each": "year"},
        "what": {"any_of": [{"evaluation_done": {"object": "forum"}}, {"evaluation_done": {"by": "polisen"}}]},
        "who": "parterna",
        "per": "party",
    }
}


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        pytest.param(
            {"object": "forum", "by": "staden"}, {"staden": "fulfilled", "polisen": "pending"}, id="one's own"
        ),
        pytest.param({"object": "annat", "by": "staden"}, {"staden": "pending", "polisen": "pending"}, id="neither"),
        pytest.param(
            {"object": "annat", "by": "polisen"},
            {"staden": "fulfilled", "polisen": "fulfilled"},
            id="the sentence names who acts: so it is for both",
        ),
    ],
)
def test_what_one_alternative_says_of_who_acts_is_not_said_by_the_other(
    said: dict[str, str], statuses: dict[str, str], decider: Decider
) -> None:
    agreement = Register(decider, EITHER, "2024-01-01")
    done = [told("evaluation_done", "2024-03-01", **said)]
    found = {party: agreement.duty(f"nagot.2024.{party}", done, "2024-06-01").status for party in statuses}
    assert found == statuses
