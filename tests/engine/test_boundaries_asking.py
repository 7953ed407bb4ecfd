"""What is not understood, not known to the day, or done by another decides nothing: tables of small registers."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, meeting, told

from avtalsvakt_engine.explaining.explaining_asks import asked_lines
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

ROSTER: Tree = {
    "sammansattning": {
        "norm": "shall", "when": "always", "what": {"role_assigned": {"body": "chiefs_council"}},
        "including": [{"role": "stadsdelsdirektör"}, {"role": ["kommunpolis", "lokalpolisområdeschef"]}],
    },
}  # fmt: skip
DIRECTOR = told("role_assigned", "2024-01-10", body="chiefs_council", role="stadsdelsdirektör", id="f1")


@pytest.mark.parametrize(
    ("role", "status", "flags"),
    [
        pytest.param("kommunpolis", "fulfilled", (), id="as the text writes it"),
        pytest.param("Kommunpolis", "pending", ("asks_value",), id="with a capital"),
        pytest.param("kommunpolsi", "pending", ("asks_value",), id="misspelt"),
        pytest.param("kommunchef", "overdue", (), id="a role that everybody knows, and another one"),
    ],
)
def test_a_roster_with_a_role_that_is_not_understood_is_neither_full_nor_short(
    role: str, status: str, flags: tuple[str, ...], decider: Decider
) -> None:
    other = told("role_assigned", "2024-01-10", body="chiefs_council", role=role, id="f2")
    found = Register(decider, ROSTER, "2024-01-01").duty("sammansattning", [DIRECTOR, other], "2024-03-01")
    assert (found.status, found.flags) == (status, flags)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        pytest.param("forum", "fulfilled", id="both parts"),
        pytest.param("Forum", "pending", id="one of them with a capital"),
        pytest.param("överenskommelse", "overdue", id="something else"),
    ],
)
def test_a_listed_part_in_capitals_is_asked_about(written: str, status: str, decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall", "when": {"each": "year"}, "what": {"evaluation_done": {}}, "at_least": 2,
        "including": [{"object": "forum"}, {"object": "handlingsplan"}],
    }  # fmt: skip
    done = [
        told("evaluation_done", "2024-03-01", object="handlingsplan", id="f1"),
        told("evaluation_done", "2024-04-01", object=written, id="f2"),
    ]
    found = Register(decider, {"utvardering": clause}, "2024-01-01").duty("utvardering.2024", done, "2025-02-01")
    assert (found.status, found.counted) == (status, 2)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        pytest.param("polisen", ["matning.2024/2025", "matning.2025/2026"], id="by the one who had to"),
        pytest.param("kommunpolis", ["matning.2024/2025", "matning.2025/2026"], id="by a function of theirs"),
        pytest.param("staden", ["matning.2024/2025"], id="by the other"),
        pytest.param("en konsult", ["matning.2024/2025"], id="by somebody whom nobody knows"),
    ],
)
def test_only_the_right_ones_measurement_begins_the_next_period(by: str, keys: list[str], decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall", "who": "polisen", "when": {"each": "2 years", "from": "2023"},
        "what": {"measurement_done": {"name": "mätning"}},
    }  # fmt: skip
    measured = told("measurement_done", "2024-05-01", name="mätning", by=by)
    judged = Register(decider, {"matning": clause}, "2024-01-01").judged([measured], "2024-06-01")
    assert [one.duty for one in judged.duties] == [f"lokalt.{key}" for key in keys]


POSTED: Tree = {
    "mottaget": {
        "norm": "deemed", "what": {"notice_received": {"notice": "same"}},
        "when": {"each": {"demand_sent": {"channel": "rekommenderat brev"}}, "due": "3 working days after event"},
    },
    "rattelse": {
        "norm": "shall", "what": {"rectification_done": {}},
        "when": {"each": {"notice_received": {"notice": {"demand_sent": {}}}}, "due": "14 days after event"},
    },
}  # fmt: skip


def letter(day: str, name: str) -> Fact:
    recorded = None if len(day) == 10 else "2024-12-01"
    return told("demand_sent", day, recorded, channel="rekommenderat brev", id=name)


def test_a_letter_known_to_the_month_is_presumed_received_as_if_posted_on_its_last_day(decider: Decider) -> None:
    posted = letter("2024-05", "brev")
    found = Register(decider, POSTED, "2024-01-01").duty("rattelse.presumerad.mottaget.brev", [posted], "2024-06-10")
    assert str(found.due) == "2024-06-19"  # received on Wednesday 5 June


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        pytest.param({"concerns": "b1"}, ["fulfilled", "overdue"], id="it names the first demand"),
        pytest.param({"concerns": "b2"}, ["overdue", "fulfilled"], id="it names the second"),
        pytest.param({}, ["pending", "pending"], id="it names none, and both are open"),
    ],
)
def test_who_mends_a_breach_may_name_the_demand_and_the_occasion_is_its_receipt(
    said: dict[str, str], statuses: list[str], decider: Decider
) -> None:
    facts = [letter("2024-05-02", "b1"), letter("2024-05-03", "b2"), told("rectification_done", "2024-05-15", **said)]
    agreement = Register(decider, POSTED, "2024-01-01")
    keys = [f"rattelse.presumerad.mottaget.{one}" for one in ("b1", "b2")]
    assert [agreement.duty(key, facts, "2024-08-01").status for key in keys] == statuses


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param({"subject": "arbetsgrupp"}, "fulfilled", id="of the first kind"),
        pytest.param({"subject": "annat", "concerns": "g"}, "fulfilled", id="of the second: about the group"),
        pytest.param({"subject": "annat"}, "overdue", id="of neither"),
    ],
)
def test_one_of_two_acts_will_do_but_half_of_each_will_not(said: dict[str, str], status: str, decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall", "when": {"each": {"working_group_set": {}}, "due": "30 days after event"},
        "what": {"any_of": [{"decision_made": {"subject": "arbetsgrupp"}}, {"decision_made": {"concerns": "same"}}]},
    }  # fmt: skip
    facts = [told("working_group_set", "2024-05-02", id="g"), told("decision_made", "2024-05-10", **said)]
    assert Register(decider, {"beslut": clause}, "2024-01-01").duty("beslut.g", facts, "2024-08-01").status == status


def test_an_act_known_to_the_month_may_be_one_but_not_two(decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall", "when": {"each": "year", "due": "05-15"}, "at_least": 2,
        "what": {"document_revised": {"document": "lägesbild"}},
    }  # fmt: skip
    rough = told("document_revised", "2024-05", "2024-12-01", document="lägesbild")
    found = Register(decider, {"bild": clause}, "2024-01-01").duty("bild.2024", [rough], "2025-02-01")
    assert (found.status, [one.reason for one in found.not_counted]) == ("overdue", ["day_missing"])


@pytest.mark.parametrize(
    ("written", "status"),
    [
        pytest.param("skriftligt", "fulfilled", id="in writing, in another word for it"),
        pytest.param(None, "fulfilled", id="blank: flagged as elsewhere"),
        pytest.param("mejl", "pending", id="a form that nobody has said what it is"),
        pytest.param("muntligen", "overdue", id="orally"),
    ],
)
def test_a_form_that_is_not_understood_leaves_the_act_unproven(
    written: str | None, status: str, decider: Decider
) -> None:
    clauses: Tree = {
        "andring": {"norm": "shall", "when": {"each": "year"}, "what": {"amendment_signed": {}}},
        "form": {
            "norm": "valid_if", "when": {"each": {"amendment_signed": {}}, "due": "open"},
            "what": {"itself": {"form": "skriftlig"}},
        },
    }  # fmt: skip
    signed = told("amendment_signed", "2024-03-01", **({"form": written} if written else {}))
    found = Register(decider, clauses, "2024-01-01").duty("andring.2024", [signed], "2025-02-01")
    assert found.status == status


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param("staden", "polisen", "fulfilled", id="each its turn"),
        pytest.param("kommunpolis", "polisen", "overdue", id="the same party, by a function of its own"),
        pytest.param("polisen", "Polisen", "pending", id="a capital: who is meant"),
        pytest.param("Ada", "Bo", "fulfilled", id="names that say nothing of a party"),
    ],
)
def test_the_parties_take_turns_to_lead(first: str, second: str, status: str, decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall", "when": {"each": {"meeting_held": {"body": "klara_group"}}, "due": "open"},
        "what": {"itself": {"chair": "alternating"}},
    }  # fmt: skip
    held = [meeting("2024-02-01", chair=first, id="m1"), meeting("2024-03-01", chair=second, id="m2")]
    found = Register(decider, {"ordforande": clause}, "2024-01-01").duty("ordforande.m2", held, "2024-04-01")
    assert found.status == status


def test_another_word_for_the_form_counts_among_however_many_records(decider: Decider) -> None:
    clause: Tree = {"norm": "shall", "when": {"each": "year"}, "what": {"amendment_signed": {"form": "skriftlig"}}}
    orally = [told("amendment_signed", f"2024-0{month}-01", form="muntlig", id=f"m{month}") for month in range(1, 9)]
    written = told("amendment_signed", "2024-09-01", form="skriftligen", id="s")
    found = Register(decider, {"andring": clause}, "2024-01-01").duty("andring.2024", [*orally, written], "2025-02-01")
    assert (found.status, found.facts) == ("fulfilled", ("s",))


def test_the_word_that_may_be_a_listed_part_is_asked_about_by_name(decider: Decider) -> None:
    agreement = Register(decider, ROSTER, "2024-01-01")
    odd = told("role_assigned", "2024-01-10", body="chiefs_council", role="Kommunpolis", id="f2")
    verdict = agreement.duty("sammansattning", [DIRECTOR, odd], "2024-03-01")
    clause = agreement.book().instruments["lokalt"].clauses["sammansattning"]
    assert list(asked_lines(verdict, clause, {"f1": DIRECTOR, "f2": odd}, names_of())) == [
        "»Kommunpolis« (roll) känns inte igen, menas »kommunpolis«? avtalsvakt correct f2 role=kommunpolis"
    ]
