"""What can still be done, what can not and why; which records do not count; how a day that nobody wrote came about."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import PARTIES
from tests.oracle.tables import MEETINGS, PICTURE, Register, corrected, meeting, on, picture, told

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.explaining_terms import term_lines
from avtalsvakt_engine.explaining.explanations import Background, Explanation, explain
from avtalsvakt_engine.explaining.seen import Records
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.rulebook import load_rulebook
from avtalsvakt_rules.vocabulary import load

YEARLY: Tree = {"norm": "shall", "when": {"each": "year"}}


def explained(
    decider: Decider, clauses: Tree, facts: list[Fact], day: str, *, end: str | None = None
) -> dict[str, Explanation]:
    """Every duty of an agreement from 2024 on, explained on a day."""
    book = Register(decider, clauses, "2024-01-01", end).book()
    seen = view(facts, None, load())
    by_id = {fact.id: fact for fact in facts}
    gone = {name: (by_id[name], by_id[seen.retracting[name]]) for name in seen.retracted}
    records = Records(by_id, seen.corrected, gone)
    world = World(book, lambda _: list(seen.facts), decider, on(day))
    verdicts = [one for *_, found, _until in judge_agreement(world, "lokalt") for one in found]
    timelines = {"lokalt": world.timelines.of("lokalt")}
    background = Background(book, on(day), verdicts, world.index("lokalt").by_id, timelines, records)
    return {one.duty: explain(one, background) for one in verdicts}


def part(found: Explanation, heading: str) -> tuple[str, ...]:
    """The lines under a heading; none where it is not there."""
    return tuple(line for one in found.parts if one.heading == heading for line in one.lines)


TWICE: Tree = {"moten": YEARLY | {"what": MEETINGS, "at_least": 2}}
REVISED: Tree = {"bild": YEARLY | {"what": PICTURE}}


def test_what_is_left_of_the_year_is_missing_and_until_when(decider: Decider) -> None:
    found = explained(decider, TWICE, [meeting("2024-03-01")], "2024-11-30")["lokalt.moten.2024"]
    assert found.summary == "Väntar: 1 av 2 gjort i tid, 31 dagar kvar till 2024-12-31"
    assert part(found, "Saknas") == (
        "att ytterligare ett möte i platssamverkan Klara hålls",
        "sista dag att göra det: 2024-12-31 (31 dagar kvar)",
    )


def test_a_meeting_of_a_year_that_is_over_is_not_missing_but_stands(decider: Decider) -> None:
    found = explained(decider, TWICE, [meeting("2024-03-01")], "2025-01-01")["lokalt.moten.2024"]
    assert part(found, "Saknas") == ()
    assert part(found, "Består") == (
        "det går inte att göra i efterhand: ett möte som uteblev kan inte tas igen senare",
    )


def test_a_document_of_a_year_that_is_over_can_be_made_up_for(decider: Decider) -> None:
    found = explained(decider, REVISED, [], "2025-01-01")["lokalt.bild.2024"]
    assert part(found, "Består") == ()
    assert part(found, "Saknas") == (
        "att en lägesbild upprättas eller uppdateras",
        "det kan ännu göras i efterhand, som uppfyllt för sent; registreringen ska då ange perioden 2024",
    )


@pytest.mark.parametrize(
    ("norm", "heading"), [("shall", "Består"), ("should", "För sent")]
)  # fmt: skip
def test_what_was_to_be_done_on_a_day_that_has_been_cannot_be_done(norm: str, heading: str, decider: Decider) -> None:
    clauses: Tree = {"forsta": {"norm": norm, "when": {"day": "2024-03-01"}, "what": MEETINGS}}
    found = explained(decider, clauses, [], "2024-03-02")["lokalt.forsta"]
    assert part(found, heading) == ("det går inte att göra i efterhand: det skulle ske just 2024-03-01",)
    assert part(found, "Saknas") == ()


def test_a_call_to_a_meeting_that_has_been_held_is_too_late(decider: Decider) -> None:
    call: Tree = {"meeting_convened": {"body": "klara_group", "meeting_date": "same"}}
    clauses: Tree = {"kallas": {"norm": "shall", "when": {"each": MEETINGS, "due": "open"}, "what": call}}
    found = explained(decider, clauses, [meeting("2024-03-01", id="m1")], "2024-03-01")["lokalt.kallas.m1"]
    assert found.status == "pending" and part(found, "Saknas") == ()
    assert part(found, "Tid")[0].startswith("inför varje möte i platssamverkan Klara")
    assert part(found, "För sent") == (
        "det går inte att göra längre: det skulle komma före m1, som redan har varit",
        "gjordes det i tid men har inte registrerats: registrera det med den dag då det gjordes",
    )


def test_a_step_says_which_step_comes_first(decider: Decider) -> None:
    clauses: Tree = {
        "beslut": {
            "norm": "shall", "act": "Besluta om bilden", "when": {"each": PICTURE, "due": "open"},
            "what": {"decision_made": {"concerns": "same"}},
        },
        "skrift": {
            "norm": "shall", "act": "Skriv ned beslutet", "when": {"follows": "beslut", "due": "open"},
            "what": {"decision_documented": {"decision": "same"}},
        },
    }  # fmt: skip
    found = explained(decider, clauses, [picture("2024-03-01", id="v1")], "2024-04-01")["lokalt.skrift.v1"]
    assert part(found, "Saknas") == ("först »Besluta om bilden« (väntar)", "att beslutet dokumenteras skriftligen")
    decided = [picture("2024-03-01", id="v1"), told("decision_made", "2024-03-02", concerns="v1")]
    after = explained(decider, clauses, decided, "2024-04-01")["lokalt.skrift.v1"]
    assert part(after, "Saknas") == ("att beslutet dokumenteras skriftligen",)


def test_a_right_is_told_as_possible_and_not_as_missing(decider: Decider) -> None:
    clauses: Tree = {"uttrade": {"norm": "may", "when": "once", "what": {"withdrawal_requested": {}}}}
    found = explained(decider, clauses, [], "2024-03-01", end="2025-12-31")["lokalt.uttrade"]
    assert part(found, "Saknas") == () and part(found, "Möjligt")[0] == "att ett utträde begärs"


def test_a_record_that_was_taken_back_is_named_with_the_reason(decider: Decider) -> None:
    gone = told("record_retracted", "2024-06-01", id="å1", target="m1", reason="mötet hölls inte")
    found = explained(decider, TWICE, [meeting("2024-03-01", id="m1"), gone], "2024-11-30")["lokalt.moten.2024"]
    assert part(found, "Räknas inte") == (
        "2024-03-01 möte hållet, platssamverkan Klara (m1): återkallad genom å1, känt 2024-06-01, »mötet hölls inte«",
    )
    elsewhere = explained(decider, TWICE, [meeting("2023-03-01", id="m1"), gone], "2024-11-30")["lokalt.moten.2024"]
    assert part(elsewhere, "Räknas inte") == ()


def test_a_record_that_was_mended_says_by_what_and_when_that_was_known(decider: Decider) -> None:
    held = meeting("2023-03-01", id="m1")
    found = explained(decider, TWICE, [held, corrected(held, "2024-06-01", date="2024-03-01")], "2024-11-30")
    assert part(found["lokalt.moten.2024"], "Räknas") == (
        "2024-03-01 möte hållet, platssamverkan Klara (m1), rättad genom c-2024-06-01, känt 2024-06-01 (datum)",
    )


def test_a_record_that_names_another_period_is_told_with_that_period(decider: Decider) -> None:
    late = picture("2025-02-01", id="v1", concerns_period="2024")
    found = explained(decider, REVISED, [late], "2025-11-30")
    assert found["lokalt.bild.2024"].status == "fulfilled_late"
    assert part(found["lokalt.bild.2025"], "Räknas inte") == (
        "2025-02-01 handling upprättad eller uppdaterad, lägesbild, avser 2024 (v1): avser 2024, inte 2025",
    )


def test_many_records_that_do_not_count_for_one_reason_are_all_named(decider: Decider) -> None:
    plans = [told("meeting_scheduled", f"2024-12-{day}", "2024-01-02", id=f"p{day}", body="klara_group") for day in
             (10, 11, 12, 13)]  # fmt: skip
    lines = part(explained(decider, TWICE, plans, "2024-11-30")["lokalt.moten.2024"], "Räknas inte")
    assert len(lines) == 3 and lines[2].endswith(": p12, p13")
    assert all(f"p{day}" in "\n".join(lines) for day in (10, 11, 12, 13))


def test_more_than_was_asked_for_is_told_as_such(decider: Decider) -> None:
    held = [meeting(f"2024-0{month}-01") for month in (1, 2, 3)]
    assert explained(decider, TWICE, held, "2024-11-30")["lokalt.moten.2024"].summary == (
        "Uppfylld: gjort i tid, 3 gånger; 2 krävdes"
    )


def test_a_term_that_is_known_by_its_month_is_told_with_its_reckoning(decider: Decider) -> None:
    book = load_rulebook()
    world = World(book, lambda _: [], decider, on("2026-11-22"))
    verdict = next(one for *_, found, _until in judge_agreement(world, "alvsjo") for one in found)
    written = {"alvsjo": book.instruments["alvsjo"]}
    assert list(term_lines(verdict, {"alvsjo": world.timelines.of("alvsjo")}, written, {}))[1:] == [
        "första dagen antas vara 2015-01-01: texten säger bara 2015",
        "sista dagen antas vara 2019-05-31: texten säger bara 2019-05",
    ]


def test_an_extension_that_names_no_day_is_told_with_its_reckoning(decider: Decider) -> None:
    clauses = TWICE | {
        "forlangning": {
            "norm": "may", "when": {"each": "term", "due": "end"}, "what": {"extension_agreed": {}},
            "effect": {"extends": "2 years"},
        }
    }  # fmt: skip
    agreed = told("extension_agreed", "2025-06-01", id="f1", form="skriftlig", signed_by=PARTIES)
    found = explained(decider, clauses, [agreed], "2026-11-30", end="2025-12-31")["lokalt.moten.2026"]
    assert "f1 anger ingen sista dag: 2027-12-31 är räknat från 2025-12-31, 2 år enligt" in part(found, "Avtal")[1]


def test_what_is_true_of_everything_is_not_said(decider: Decider) -> None:
    found = explained(decider, TWICE, [], "2024-11-30")["lokalt.moten.2024"]
    first = {one.heading for one in found.parts if not one.more}
    assert not first & {"Avtal", "Läsningar", "Regler", "Står sig"}
    assert {one.heading for one in found.parts if one.more} >= {"Avtal", "Regler", "Läsningar"}
