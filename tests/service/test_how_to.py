"""How a duty is met: every proposal of the example registers, recorded in a copy, meets its duty or moves it a step."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.service.command_line import NOW, RULES, call

from avtalsvakt.answers.acts import Act, FromStep, HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts, agreement_facts, stored_facts
from avtalsvakt.answers.assessing import Material, assess_all
from avtalsvakt.answers.how_to import how_to_all
from avtalsvakt.answers.stored_answers import Cut, read_stored
from avtalsvakt.recording.following_acts import following, line_of, waiting
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.how_to_lines import compact, whole
from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.explaining_summary import OPEN
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.fact_files import read_files
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.related_agreements import bearing_on
from avtalsvakt_rules.rulebook import load_rulebook
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.csv"))
AGREEMENTS = [path.stem for path in FIXTURES]
DAY = NOW.date()
DONE = ("fulfilled", "fulfilled_late")


@dataclass(frozen=True)
class Examples:
    """The example registers judged on a day, and what is proposed for their open duties."""

    material: Material
    verdicts: Mapping[str, Verdict]
    known: Mapping[str, AgreementFacts]
    how: Mapping[str, HowTo]


@pytest.fixture(scope="module")
def examples() -> Examples:
    book = load_rulebook(())
    facts = read_files(FIXTURES, known_facts(book), NOW).facts
    material = Material(book, facts, DAY, None)
    verdicts = assess_all(material).duties
    seen = view(facts, None, load()).facts
    known = {name: agreement_facts(book, seen, verdicts, name, DAY) for name in book.instruments}
    opened = [one for one in verdicts if one.status in OPEN]
    return Examples(material, {one.duty: one for one in verdicts}, known, how_to_all(opened, known))


def filled(act: Act, name: str, event: Fact | None) -> str:
    """What the one who records would write: what the occasion says of it, or anything."""
    if name == "concerns" and event:
        return event.id
    said = event.text(name) or event.text({"area": "focus_area"}.get(name, name)) if event else None
    return said or {"meeting_date": str(act.day), "by": "polisen"}.get(name, "ja")


def recorded(acts: Sequence[Act], event: Fact | None, examples: Examples) -> Iterator[Fact]:
    """The facts of the acts, each as often as it is asked for; what a step needs of an earlier one is filled in."""
    ids: dict[int, str] = {}
    known, arrival = known_facts(examples.material.rulebook), 1_000_000
    for number, act in enumerate(acts, start=1):
        for once in range(act.times):
            values: dict[str, object] = {name: filled(act, name, event) for name in act.missing}
            for name, one in act.attributes.items():
                values[name] = ids[one.number] if isinstance(one, FromStep) else one
            day, kind = max(act.day or DAY, DAY), act.kind
            if act.verb == "correct":
                values, kind = {"target": act.target, "set": values, "reason": "prov"}, "record_corrected"
            elif once and kind == "meeting_held":
                values["separate"] = "ja"
            moment = datetime.combine(day, time(12, number, once), NOW.tzinfo)
            line = {"kind": kind, "agreement": act.agreement, "date": str(day), "recorded": moment.isoformat()} | values
            arrival += 1
            fact = read_fact(line, known=known, now=moment, where="förslag", arrival=arrival, by="prov").fact
            ids[number] = act.target or fact.id
            yield fact


def moved(before: Verdict, after: Verdict | None, acts: Sequence[Act]) -> bool:
    """Whether it is met or came a step nearer: one more counts, or what had to be asked is answered."""
    if after is None:
        return False
    asked = any(act.verb == "correct" for act in acts)
    answered = asked and (set(after.not_counted) != set(before.not_counted) or after.facts != before.facts)
    return after.status in DONE or after.counted > before.counted or answered


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_every_proposed_command_meets_its_duty_or_moves_it_a_step(
    agreement: str, examples: Examples, decider: Decider
) -> None:
    wrong, tried = [], 0
    about = bearing_on(examples.material.rulebook, agreement)
    bearing = [fact for fact in examples.material.facts if fact.agreement in about]
    for duty, how in examples.how.items():
        before = examples.verdicts[duty]
        if before.agreement != agreement:
            continue
        event = examples.known[agreement].index.get(before.trigger or "")
        new = list(recorded(how.acts, event, examples))
        day = max((fact.date for fact in new), default=DAY)
        found = assess(
            examples.material.rulebook, [*bearing, *new], day, None, decider,
            agreements=[agreement], clauses={before.obligation},
        )  # fmt: skip
        after = {one.duty: one for one in found.duties}.get(duty)
        tried += 1
        if not moved(before, after, how.acts):
            wrong.append((duty, after and after.status, [act.command for act in how.acts]))
    assert wrong == []
    opened = [one for one in examples.verdicts.values() if one.agreement == agreement and one.status in OPEN]
    assert bool(tried) is bool([one for one in opened if one.curable])


def test_nothing_is_proposed_for_what_is_done_or_cannot_be_done_any_more(examples: Examples) -> None:
    assert not {duty for duty in examples.how if examples.verdicts[duty].status not in OPEN}
    missed = "norrmalm-2016.chefsamrad-moten.2018-H1"  # a meeting that was not held
    standing = {one.duty for one in examples.verdicts.values() if one.status == "overdue" and not one.curable}
    assert standing and missed not in examples.how and not standing & set(examples.how)
    curable = {one.duty for one in examples.verdicts.values() if one.status == "overdue" and one.curable}
    prohibited = {duty for duty in curable if examples.verdicts[duty].modality == "prohibition"}
    ended = {duty for duty in curable if examples.verdicts[duty].due is None and duty.startswith("norrmalm-2016.")}
    assert len(ended) == 2  # what had to hold while the agreement ran, and was recorded and fell short
    assert curable - prohibited - ended <= set(examples.how)


def test_the_steps_of_a_chain_stand_together_and_take_their_ids_from_each_other(examples: Examples) -> None:
    how = examples.how["ostermalm-2020.uppdatering-beslutas.ost-063"]
    decided, written, *rest = how.acts
    assert decided.attributes == {"body": "local_steering_group", "concerns": "ost-063"}
    assert (written.kind, written.attributes) == ("decision_documented", {"decision": FromStep(1)})
    assert how.first == how.duty and len(how.duties) == len(rest) + 2
    other = examples.how[how.duties[1]]
    assert other.acts == how.acts
    assert list(compact(other)) == [f"→ görs tillsammans med {how.first}"]
    assert "  decision: beteckningen som steg 1 får" in whole(how.acts)


def test_a_booked_meeting_gives_the_proposed_day(examples: Examples) -> None:
    act = examples.how["vaxholm-2023.styrgrupp-moten.2026-H2"].acts[0]
    booked = {one.day for one in examples.known["vaxholm-2023"].meetings}
    assert act.day in booked and act.kind == "meeting_held"


@pytest.mark.parametrize(
    ("act", "command"),
    [
        (Act("d", "t", "a", "meeting_held", date(2026, 3, 2), {"body": "g", "attendees": ("a", "b c")}),
         "avtalsvakt record meeting_held --agreement a --date 2026-03-02 body=g attendees='a|b c'"),
        (Act("d", "t", "a", "decision_documented", None, {"decision": FromStep(1)}, ("document",)),
         "avtalsvakt record decision_documented --agreement a --date … decision=… document=…"),
        (Act("d", "t", "a", "meeting_held", None, {"chair": "polisen"}, verb="correct", target="f1"),
         "avtalsvakt correct f1 chair=polisen"),
        (Act("d", "t", "a", "meeting_held", None, {}, ("chair",), verb="correct", target="f1"),
         "avtalsvakt correct f1 chair=…"),
    ],
    ids=["filled in", "to be filled in", "corrected", "asked for"],
)  # fmt: skip
def test_the_command_line_of_an_act(act: Act, command: str) -> None:
    assert act.command == command
    assert shlex.split(act.command)[0] == "avtalsvakt"


@pytest.mark.parametrize("duty", ["lokal.plan.2025-H2", "lokal.beslutas.l26", "lokal.samrad.term-1"])
def test_proposed_command_lines_are_taken_as_they_stand(duty: str, run_db: Path) -> None:
    settings = Settings(NOW, run_db, (Path(RULES[1]),))
    found = read_stored(settings, Cut(), OPEN)
    known = stored_facts(settings, settings.rulebook(), found.verdicts, found.run.as_of)
    ids: list[str] = []
    said = ""
    for act in how_to_all(found.verdicts, known)[duty].acts:
        links = {name: one for name, one in act.attributes.items() if isinstance(one, FromStep)}
        given = {**act.attributes, **{name: ids[one.number - 1] for name, one in links.items()}}
        done = call("--db", run_db, *RULES, *shlex.split(replace(act, attributes=given).command)[1:])
        assert done.code == 0, done.err
        ids += re.findall(r"^Registrerat: .*\((\w+)\)$", done.out, re.MULTILINE)
        said += done.out
    assert re.search(rf"{re.escape(duty)}: .* → uppfylld", said)


def test_what_a_fact_calls_for_is_offered_once_and_a_step_that_was_not_made_takes_what_follows_with_it(
    examples: Examples,
) -> None:
    event = examples.known["ostermalm-2020"].index.by_id["ost-063"]
    opened = waiting(event, [*examples.verdicts.values(), None])
    assert opened and all(one.trigger == event.id for one in opened)
    told = list(following(opened, examples.known))
    assert len({how.first for how in told}) == len(told)
    [decided, written, *_] = next(how for how in told if how.first.startswith("ostermalm-2020.uppdat")).acts
    line = {
        "kind": "decision_made",
        "agreement": "ostermalm-2020",
        "body": "local_steering_group",
        "concerns": event.id,
    }
    assert line_of(decided, {}) == line
    assert line_of(written, {}) is None
    assert line_of(written, {1: "b1"}) == {"kind": "decision_documented", "agreement": "ostermalm-2020",
                                           "decision": "b1"}  # fmt: skip
    assert line_of(replace(decided, verb="correct"), {}) is None
