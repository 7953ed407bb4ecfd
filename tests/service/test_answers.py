"""Answers as values: what is overdue, what is coming, what to take up, what if, what becomes late, what changed."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace
from tests.service.command_line import FACTS, NOW, RULES, call, said

from avtalsvakt import clock
from avtalsvakt.answers.acts import Act, HowTo
from avtalsvakt.answers.agenda import agenda
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.assessing import Material, assess_all, gather_material
from avtalsvakt.answers.forecasting import forecast
from avtalsvakt.answers.in_force import ended
from avtalsvakt.answers.overdue import overdue
from avtalsvakt.answers.stored_answers import Cut, municipalities_of
from avtalsvakt.answers.supposed_text import supposed_line
from avtalsvakt.answers.supposing import suppose, supposed_facts
from avtalsvakt.answers.traffic_light import light_words, traffic_light
from avtalsvakt.answers.upcoming import preparing_day, upcoming
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining.labels import BROKEN
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.verdicts import Clause, InstrumentState, Verdict
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import load_rulebook

pytestmark = pytest.mark.usefixtures("alone")

DAY = NOW.date()
STATES = [
    InstrumentState("nu", "in_force", date(2020, 1, 1), None, None),
    InstrumentState("antas", "presumed", date(2020, 1, 1), None, None),
    InstrumentState("förr", "lapsed", date(2015, 1, 1), date(2018, 5, 31), None),
    InstrumentState("uppsagt", "terminated", date(2015, 1, 1), date(2019, 5, 31), None),
    InstrumentState("ersatt", "superseded", date(2015, 1, 1), date(2019, 5, 31), None),
]


def verdict(duty: str, status: str = "overdue", due: str | None = "2026-01-31", **more: object) -> Verdict:
    agreement, obligation = duty.split(".")[:2]
    day = date.fromisoformat(due) if due else None
    made = Verdict(duty, agreement, agreement, obligation, Clause("d", "1"), "obligation", None, None, None, None,
                   None, day, status, 1, 0)  # fmt: skip
    return structs.replace(made, **more)


def test_what_can_be_mended_comes_first_and_what_ended_agreements_left_is_counted() -> None:
    found = [
        verdict("förr.a", due="2016-01-31"),
        verdict("uppsagt.a", due="2018-01-31"),
        verdict("förr.b", due="2017-01-31", curable=False),
        verdict("nu.a", curable=False),
        verdict("nu.b", due="2026-03-31"),
        verdict("antas.a", due="2026-02-28"),
    ]
    sorted_ = overdue(found, STATES)
    assert [one.duty for one in sorted_.curable] == ["antas.a", "nu.b"]
    assert [one.duty for one in sorted_.standing] == ["nu.a"]
    assert [one.duty for one in sorted_.ended] == ["förr.a", "förr.b", "uppsagt.a"]
    assert sorted_.ended_by_agreement == {"förr": 2, "uppsagt": 1}
    assert set(sorted_.everything) == set(found)
    assert ended(STATES) == {"förr", "uppsagt", "ersatt"}


@pytest.mark.parametrize(
    ("verdicts", "light", "words"),
    [
        ((), "green", "ok GRÖNT: inget är försenat eller nära"),
        ((verdict("nu.a", "pending"), verdict("nu.b", "fulfilled_late")), "green",
         "ok GRÖNT: inget är försenat eller nära"),
        ((verdict("nu.a", "at_risk"),), "yellow", "!  GULT: 1 närmar sig sista dagen"),
        ((verdict("nu.a", curable=False), verdict("nu.b", curable=False)), "yellow",
         "!  GULT: 2 missades och kan inte göras om"),
        ((verdict("nu.a"), verdict("nu.b", "at_risk")), "red", "!! RÖTT: 1 är försenad och kan ännu göras"),
        ((verdict("nu.a", "not_evaluated"), verdict("nu.b")), "red", "!! RÖTT: 1 skyldighet kunde inte bedömas"),
    ],
    ids=["nothing", "well", "near", "stands", "late", "not judged"],
)  # fmt: skip
def test_a_light_says_in_words_what_it_says_in_colour(verdicts: tuple[Verdict, ...], light: str, words: str) -> None:
    found = traffic_light(STATES[0], verdicts)
    assert (found.code, light_words(found)) == (light, words)
    off = traffic_light(STATES[2], verdicts)
    assert light_words(off) == "-  SLÄCKT: avtalet gäller inte"


@pytest.fixture(scope="module")
def material() -> Material:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        return gather_material(Settings(NOW, Path("saknas.db"), (Path(RULES[1]),)), files=[FACTS], as_of=DAY)


def test_a_window_holds_last_days_and_what_has_to_be_begun_within_it(material: Material) -> None:
    coming = [one for one in assess_all(material).duties if one.status in ("pending", "at_risk")]
    book = material.rulebook
    known = {"lokal": AgreementFacts(book, book.instruments["lokal"], DAY, coming, material.facts)}
    samrad = next(one for one in coming if one.duty == "lokal.samrad.term-1")
    clause = book.instruments["lokal"].clauses["samrad"]
    begins = preparing_day(samrad, clause)
    assert samrad.due is not None and begins == samrad.due - timedelta(days=45)
    for last, listed in ((begins - timedelta(days=1), False), (begins, True), (samrad.due - timedelta(days=1), True)):
        found = upcoming(coming, DAY, last, known)
        assert (samrad.duty in {one.duty for _, one in found.prepare}) is listed
        assert samrad not in found.due
    assert samrad in upcoming(coming, DAY, samrad.due, known).due
    left = upcoming(coming, DAY, samrad.due, known, ended={"lokal"})
    assert not left.due and samrad in left.left
    assert upcoming(coming, DAY, begins).prepare == ()  # without the rules nothing is said of preparing


@pytest.mark.parametrize(
    ("due", "booked", "placed"),
    [
        ("2026-12-31", ["2026-12-10"], "2026-12-10"),
        ("2026-12-10", ["2026-12-10"], "2026-12-10"),
        ("2026-12-09", ["2026-12-10"], None),
        ("2026-12-31", ["2026-12-20", "2026-12-10"], "2026-12-10"),
        (None, ["2027-03-01"], "2027-03-01"),
        ("2026-06-30", ["2026-12-10"], "2026-12-10"),  # late already, and can still be mended
        ("2026-12-31", [], None),
    ],
    ids=["before", "on the day", "after", "the first", "without a day", "late", "none booked"],
)
def test_a_topic_is_placed_at_the_first_meeting_in_time(
    due: str | None, booked: list[str], placed: str | None, material: Material
) -> None:
    plans = [
        Fact(f"m{day}", "meeting_scheduled", "lokal", date.fromisoformat(day), "2026-11-01T08:00:00+01:00",
             attributes={"body": "local_steering_group"})
        for day in booked
    ]  # fmt: skip
    one = verdict("lokal.beslutas.l26", "pending", due, trigger="l26")
    act = Act(one.duty, "Besluta", "lokal", "decision_made", DAY, {"body": "local_steering_group", "concerns": "x"})
    book = material.rulebook
    known = {"lokal": AgreementFacts(book, book.instruments["lokal"], DAY, [one], plans)}
    found = agenda(known, [one], {one.duty: HowTo(one.duty, (act,))})
    assert [str(one.meeting.day) for one in found.meetings] == sorted(booked)
    days = [str(one.meeting.day) for one in found.meetings if one.topics]
    assert days == ([placed] if placed else [])
    assert len(found.unplaced) == (0 if placed else 1)
    assert found.of("local_steering_group") == found
    assert found.of("chiefs_council").meetings == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("möte hållet 2026-12-10 lokal styrgrupp",
         {"kind": "meeting_held", "date": "2026-12-10", "body": "local_steering_group", "agreement": "lokal"}),
        ("Möte  hållet 2026-12-10 local_steering_group ordförande=polisen",
         {"kind": "meeting_held", "date": "2026-12-10", "body": "local_steering_group", "agreement": "lokal",
          "chair": "polisen"}),
        ("möte hållet den 10 december lokal styrgrupp",
         {"kind": "meeting_held", "date": "2026-12-10", "body": "local_steering_group", "agreement": "lokal"}),
        ("möte hållet lokal styrgrupp datum=10/12",
         {"kind": "meeting_held", "date": "2026-12-10", "body": "local_steering_group", "agreement": "lokal"}),
        ("document_revised 2026-12-10 lokal handling=åtgärdsplan",
         {"kind": "document_revised", "date": "2026-12-10", "agreement": "lokal", "document": "åtgärdsplan"}),
    ],
    ids=["in words", "with a field", "a day in words", "a day in a field", "by ids"],
)  # fmt: skip
def test_a_supposition_in_words_becomes_a_line(text: str, line: dict[str, str], material: Material) -> None:
    vocabulary = known_facts(material.rulebook).vocabulary
    assert supposed_line(text, material.rulebook, vocabulary, ["lokal"], None, DAY) == line


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("möte hållet lokal styrgrupp", "det står ingen dag"),
        ("lokal styrgrupp 2026-12-10", "det står inte vad som har hänt"),
        ("möte hållet 2026-12-10 lokal styrgrupp i Globen", "»i Globen« går inte att tyda"),
        ("möte hållet 2026-12-10 lokal styrgrupp ordforande=x", "fältet 'ordforande' finns inte"),
        ("möte hållet 2026-12-10 chiefs_council", "det framgår inte vilket avtal det gäller"),
    ],
)
def test_what_is_not_understood_of_a_supposition_is_refused(text: str, why: str, material: Material) -> None:
    vocabulary = known_facts(material.rulebook).vocabulary
    with pytest.raises(Rejected) as refused:
        supposed_line(text, material.rulebook, vocabulary, ["lokal"], None, DAY)
    [problem] = refused.value.problems
    assert (problem.what, problem.where, problem.why) == (
        f"antagandet »{text}« går inte att använda", "--suppose", why,
    )  # fmt: skip
    assert problem.remedy


def test_what_is_supposed_changes_what_recording_it_would_change(material: Material) -> None:
    line = {"kind": "meeting_held", "agreement": "lokal", "date": "2026-12-08", "body": "local_steering_group"}
    [fact] = supposed_facts(material, [line], [], NOW)
    found = suppose(material, [fact])
    assert (found.as_of, fact.recorded_on) == (date(2026, 12, 8), date(2026, 12, 8))
    turned = {one.duty: (one.was and one.was.counted, one.becomes and one.becomes.counted) for one in found.differences}
    assert turned == {"lokal.moten.2026": (1, 2), "lokal.stad.lokala-moten.2026": (1, 2)}
    then = replace(material, as_of=found.as_of, facts=(*material.facts, fact))
    after = {one.duty: one for one in assess_all(then, agreements=["lokal"]).duties}
    assert all(after[one.duty] == one.becomes for one in found.differences)


def test_a_plan_that_is_supposed_is_a_plan_and_changes_no_count(material: Material) -> None:
    line = {"kind": "meeting_scheduled", "agreement": "lokal", "date": "2026-12-15", "body": "local_steering_group"}
    [fact] = supposed_facts(material, [line], [], NOW)
    assert fact.recorded_on == DAY
    assert suppose(material, [fact]).differences == ()


def test_nothing_that_is_supposed_is_stored(run_db: Path, tmp_path: Path) -> None:
    before = call("--db", run_db, *RULES, "facts", "list", "--format", "json").out
    file = tmp_path / "antaget.csv"
    file.write_text("typ;avtal;datum;organ\nmeeting_held;lokal;2026-12-09;local_steering_group\n", encoding="utf-8")
    words = ("--agreement", "lokal", "--suppose", "möte hållet 2026-12-08 lokal styrgrupp", "--facts", file)
    answer = call("--db", run_db, *RULES, "what-if", *words)
    assert (answer.code, answer.err) == (0, "")
    assert "lokal.stad.lokala-moten.2026: närmar sig 1/3 → uppfylld 3/3" in answer.out
    assert answer.out.endswith("Inget har sparats.\n")
    assert call("--db", run_db, *RULES, "facts", "list", "--format", "json").out == before


def test_nothing_supposed_is_refused(run_db: Path) -> None:
    answer = call("--db", run_db, *RULES, "what-if")
    assert answer.code == 2
    remedy = 'skriv t.ex. --suppose "möte hållet 2026-12-10 lokal styrgrupp", eller --facts FIL'
    assert answer.err == said("inget är antaget", "--suppose", "det finns inget att pröva", remedy)


def test_a_forecast_is_what_judging_every_day_comes_to(material: Material) -> None:
    until = DAY + timedelta(days=240)
    found = forecast(material, until, ["lokal"])
    expected, before = [], set[str]()
    for number in range((until - DAY).days + 1):
        day = DAY + timedelta(days=number)
        duties = assess_all(replace(material, as_of=day), agreements=["lokal"]).duties
        broken = {one.duty for one in duties if one.status in BROKEN}
        expected += [(day, duty) for duty in sorted(broken - before)] if number else []
        before |= broken
    assert [(one.day, one.verdict.duty) for one in found.late] == expected
    assert expected and found.judged < 30  # it goes from one day that matters to the next
    assert all(one.how.duty == one.verdict.duty for one in found.late)


def test_a_forecast_reaches_from_today_and_at_most_five_years(run_db: Path) -> None:
    for day in ("2026-11-21", "2031-12-31"):
        answer = call("--db", run_db, *RULES, "forecast", "--until", day)
        assert answer.code == 2
        why = "en prognos börjar i dag och når högst fem år fram"
        assert answer.err == said(f"dagen {day} går inte att använda", "--until", why, "ange en dag inom fem år")


def test_a_change_is_told_with_the_day_it_was_true_and_the_day_it_became_known(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--db", run_db, *RULES)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    words = ("--agreement", "lokal", "--date", "2026-11-20", "document=åtgärdsplan")
    assert call(*at, "record", "document_revised", *words).code == 0
    assert call(*at, "changes", "--since", "2026-11-26").out.startswith("Inget har ändrats sedan 2026-11-26.")
    out = call(*at, "changes", "--since", "2026-11-23").out
    assert "Blev känt 2026-11-25:\n  2026-11-20  väntar → uppfylld\n              lokal.plan.2026-H2\n" in out
    own = call(*at, "history", "lokal.plan.2026-H2").out.splitlines()
    assert own == [
        "lokal.plan.2026-H2",
        "  2026-07-01  väntar, känt 2026-11-22 kl. 08:00 (körning 1)",
        "  2026-11-20  uppfylld, känt 2026-11-25 kl. 08:00 (körning 2)",
    ]
    assert call(*at, "changes", "--since", "2026-11-23", "--agreement", "stad").out.startswith("Inget har ändrats")
    refused = call(*at, "changes", "--since", "2026-11-23", "--run", "1")
    why = "de säger var för sig vilka ändringar som menas"
    assert refused.err == said("--run passar inte med det övriga", "--run", why, "ange bara den ena")


def test_what_no_night_saw_is_in_the_history_as_if_they_had(
    run_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an outage one run judges up to its day; what the days before it were is told all the same."""
    watched = tmp_path / "nätter.db"
    shutil.copy(run_db, watched)
    for days in (8, 9, 10, 39, 40, 41):  # 30 November to 2 January
        monkeypatch.setattr(clock, "now", lambda days=days: NOW + timedelta(days=days))
        assert call("--db", watched, *RULES, "run").code == 0
    assert call("--db", run_db, *RULES, "run").code == 0
    told = [
        json.loads(call("--db", db, *RULES, "history", "lokal.plan.2026-H2", "--format", "json").out)
        for db in (run_db, watched)
    ]
    after, nightly = ([(one["true_on"], one["was"], one["status"]) for one in found["changes"]] for found in told)
    assert after == nightly
    assert [status for _, _, status in after] == ["pending", "at_risk", "overdue"]
    assert call("--db", run_db, *RULES, "history", "lokal.plan.2026-H2").out.splitlines()[2:4] == [
        "  2026-12-01  närmar sig, känt 2027-01-02 kl. 08:00 (körning 2)",
        "  2027-01-01  försenad, känt 2027-01-02 kl. 08:00 (körning 2)",
    ]


def test_that_days_were_judged_by_no_night_is_said_wherever_changes_are(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--db", run_db, *RULES)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    assert call(*at, "run").code == 0
    unsaid = [call(*at, "changes").out, call(*at, "changes", "--since", "2026-11-22").out]
    assert not [out for out in unsaid if "bedömdes inte" in out]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=41))
    assert call(*at, "run").code == 0
    line = (
        "Dagarna 2026-11-24–2027-01-01, före körning 3, bedömdes inte; "
        "vad en skyldighet som ändrades var då visar 'avtalsvakt history SKYLDIGHET'."
    )
    assert line in " ".join(call(*at, "changes").out.split())
    assert " ".join(call(*at, "changes", "--since", "2027-01-01").out.split()).endswith(line)
    assert "bedömdes inte" not in call(*at, "changes", "--run", "2").out
    assert line in " ".join(call(*at, "why", "lokal.plan.2026-H2", "--all").out.split())
    days = {"run": 3, "from": "2026-11-24", "to": "2027-01-01"}
    assert json.loads(call(*at, "changes", "--format", "json").out)["unjudged"] == days
    assert json.loads(call(*at, "changes", "--since", "2026-11-01", "--format", "json").out)["unjudged"] == [days]


def test_what_no_night_saw_is_not_told_by_rules_that_are_not_kept(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=41))
    assert call("--db", run_db, *RULES, "run").code == 0
    monkeypatch.setattr("avtalsvakt_engine.rulesets.digest", lambda: "ett annat program")
    out = call("--db", run_db, *RULES, "history", "lokal.plan.2026-H2").out
    assert "Lägen på dagar som ingen körning bedömde före körning 2 kan inte räknas fram längre." in out


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("--curable",), {True}),
        (("--standing",), {False}),
        (("--modality", "ska"), {True, False}),
    ],
)
def test_what_is_overdue_can_be_cut(words: tuple[str, ...], kept: set[bool], run_db: Path) -> None:
    told = json.loads(call("--db", run_db, *RULES, "overdue", *words, "--format", "json").out)["duties"]
    assert {one["curable"] for one in told} == kept


@pytest.mark.usefixtures("among_all")
def test_a_municipality_may_be_written_with_small_letters(run_db: Path) -> None:
    told = [call("--db", run_db, *RULES, "overdue", "--municipality", name).out for name in ("Stockholm", "stockholm")]
    assert told[0] == told[1] != ""


def test_a_function_is_whom_is_asked_or_who_bears_it() -> None:
    asked, bears, other = verdict("nu.a", attest="kommunpolis"), verdict("nu.b", bearer="kommunpolis"), verdict("nu.c")
    cut = Cut(function="kommunpolis")
    assert [cut.keeps(one) for one in (asked, bears, other)] == [True, True, False]
    assert Cut(municipality="Vaxholm").keeps(other, {"nu": "Vaxholm"}) and not Cut(municipality="Vaxholm").keeps(other)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("overdue", "--municipality", "Vaxhulm"), "kommunen 'Vaxhulm' finns inte"),
        (("overdue", "--modality", "borde"), "bindningen 'borde' finns inte"),
        (("overdue", "--function", "kommunpoliss"), "funktionen 'kommunpoliss' finns inte"),
        (("upcoming", "--before", "2026-11-22"), "dagen 2026-11-22 har redan kommit"),
        (("upcoming", "--before", "2026-12-24", "--days", "9"), "--days och --before är båda angivna"),
        (("agenda", "lokal styrgrup"), "organet 'lokal styrgrup' finns inte"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(words: tuple[str, ...], what: str, run_db: Path) -> None:
    answer = call("--db", run_db, *RULES, *words)
    assert answer.code == 2
    assert answer.err.startswith(f"Fel: {what}\n") and "\n  Åtgärd: " in answer.err


@pytest.mark.usefixtures("among_all")
def test_the_rules_know_the_municipality_of_each_agreement() -> None:
    found = municipalities_of(load_rulebook(()))
    assert found["ostermalm-2020"] == found["kommun-stockholm"] == "Stockholm"
    assert found["vaxholm-2023"] == "Vaxholm"
