"""A run: an incremental night comes to the same as a full one, and violations live their lives."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.new_registers import new_register
from tests.oracle.strategies import instrument, rulebook_of

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

UMBRELLA = """
instrument: umbrella
title: Övergripande (påhittad)
level: superior
document: x.txt
parties: [staden, polisen]
term: {from: 2024-01-01, to: 2025-12-31}
clauses:
  samrad: {at: {section: "2"}, norm: shall, when: {each: term, due: 6 months before end},
    what: {consultation_held: {subject: förlängning, parties: both}}}
  forlangning: {at: {section: "2"}, norm: may, when: {each: term, due: end}, what: {extension_agreed: {}},
    given: {met: samrad}, effect: {extends: 1 years}}
  uppsagning: {at: {section: "4"}, norm: may, when: once, what: {withdrawal_requested: {}},
    effect: {ends: 30 days after event}}
  styrgrupp: {at: {section: "3"}, norm: shall, per: local_agreement, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
"""

STATUTE = """
instrument: lag
title: Lag (påhittad)
level: statute
document: x.txt
term: {from: 2024-06-01}
clauses:
  lagesbild: {at: {section: "6"}, norm: shall, per: municipality, when: {each: year},
    what: {document_revised: {document: lägesbild}}}
  radet: {at: {section: "10"}, norm: shall, per: municipality, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
"""

LOCAL = """
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
municipality: Ort
parties: [kommunen, polisen]
under: umbrella
term: {from: 2024-03-01}
annexes: {1: lägesbild}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: quarter}, what: {meeting_held: {body: local_steering_group}}}
  ordforande: {at: {section: "1"}, norm: shall, when: {each: {meeting_held: {body: local_steering_group}}, due: event},
    what: {itself: {chair: alternating}}}
  plats: {at: {section: "1"}, norm: shall, per: site, what: {meeting_held: {body: site_group}},
    when: {each: month, from: {site_collab_started: {}}, until: {site_collab_ended: {}}}}
  revideras: {at: {section: "2"}, norm: shall, when: {each: year}, what: {agreement_revised: {}},
    given: {in_force: superior}}
  bilaggs: {at: {section: "3"}, norm: shall, when: {each: half_year},
    what: {annex_attached: {annex: lägesbild, version: {met: beslutas}}}}
  beslutas: {at: {section: "3"}, norm: shall,
    when: {each: {document_revised: {document: lägesbild}}, due: 30 days after event},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
  skriftligt: {at: {section: "3"}, norm: [shall, valid_if], when: {follows: beslutas, due: open},
    what: {decision_documented: {decision: same}}}
  kallelse: {at: {section: "1"}, norm: shall, what: {meeting_convened: {meeting_date: same}},
    when: {each: {meeting: {body: local_steering_group}}, due: 14 days before event}}
  protokoll: {at: {section: "1"}, norm: shall, what: {minutes_distributed: {meeting: same}},
    when: {each: {meeting_held: {body: local_steering_group}}, due: 20 days after event}}
  anteckningar: {at: {section: "1"}, norm: shall, what: {minutes_distributed: {meeting: same}},
    when: {each: {meeting_held: {body: local_steering_group}}, due: 7 days before next}}
  bevis: {at: {section: "6"}, norm: shall, when: {each: {demand_sent: {}}, due: 5 days after event},
    what: {rectification_done: {}}}
  uttrade: {at: {section: "6"}, norm: may, when: {each: {demand_sent: {}}, due: open}, given: {missed: bevis},
    what: {withdrawal_requested: {}}, effect: {ends: 10 days after event}}
  resurser: {at: {section: "1"}, norm: should, when: {each: quarter}, attest: samordnare}
  dateras: {at: {section: "3"}, norm: shall, when: {follows: skriftligt, due: open},
    what: {annex_dated: {annex: lägesbild, version: same}}}
  datum: {at: {section: "4"}, norm: shall, when: {each: year, due: 01-31}, what: {dates_proposed: {}}}
  roster: {at: {section: "5"}, norm: shall, when: always, what: {role_assigned: {body: local_steering_group}},
    including: [{role: kommunpolis}, {role: stadsdelsdirektör}]}
"""

START = date(2024, 11, 1)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("rules")
    for name, text in (("umbrella", UMBRELLA), ("lokal", LOCAL), ("lag", STATUTE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_rulebook(sorted(folder.glob("*.yaml")))


@pytest.fixture(scope="module")
def decider() -> Iterator[Decider]:
    with Decider() as decider:
        yield decider


@contextmanager
def a_register(path: Path) -> Iterator[Register]:
    with new_register(path) as register:
        yield register


REFERRING = {"decision_made": "concerns", "decision_documented": "decision", "minutes_distributed": "meeting"}
PARTIES = ("kommunen", "polisen")
ACTS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.builds(
        lambda chair: ("meeting_held", {"body": "local_steering_group"} | ({"chair": chair} if chair else {})),
        st.sampled_from(["A", "B", ""]),
    ),
    st.sampled_from(
        [
            ("meeting_held", {"body": "site_group", "site": "Torget"}),
            ("meeting_scheduled", {"body": "local_steering_group"}),
            ("meeting_convened", {"body": "local_steering_group", "meeting_date": "2024-12-12"}),
            ("meeting_cancelled", {"body": "local_steering_group", "planned_for": "2024-12-12"}),
            (
                "meeting_cancelled",
                {"body": "local_steering_group", "planned_for": "2024-12-12", "rescheduled_to": "2025-02-03"},
            ),
            ("site_collab_started", {"site": "Torget"}),
            ("site_collab_ended", {"site": "Torget"}),
            ("agreement_revised", {}),
            ("agreement_revised", {"concerns_period": "2024"}),
            ("document_revised", {"document": "lägesbild", "version": "1"}),
            ("document_revised", {"document": "lägesbild", "version": "2"}),
            ("annex_attached", {"annex": "1", "version": "1"}),
            ("annex_attached", {"annex": "lägesbild", "version": "2", "concerns_period": "2024-H2"}),
            ("annex_attached", {"annex": "lägesbild"}),
            ("annex_dated", {"annex": "lägesbild"}),
            ("attestation", {"clause": "resurser", "statement": "ja", "by": "samordnare"}),
            ("attestation", {"clause": "resurser", "statement": "nej", "by": "samordnare"}),
            ("attestation", {"clause": "resurser", "statement": "ja", "by": "samordnare", "period": "2024-Q4"}),
            ("dates_proposed", {"year": "2025"}),
            ("role_assigned", {"body": "local_steering_group", "role": "kommunpolis"}),
            ("role_assigned", {"body": "local_steering_group", "role": "stadsdelsdirektör", "to": "2025-02-10"}),
            ("waiver", {"obligation": "moten", "period": "2024-Q4", "form": "skriftlig", "signed_by": PARTIES}),
            (
                "amendment_signed",
                {"signed_by": PARTIES, "changes": {"obligation": "moten", "at_least": "2", "from": "2025-01-01"}},
            ),
            ("agreement_terminated", {}),
            ("extension_agreed", {"agreement": "umbrella", "signed_by": PARTIES}),
            ("consultation_held", {"agreement": "umbrella", "subject": "förlängning", "parties": PARTIES}),
            ("agreement_terminated", {"agreement": "umbrella"}),
            ("withdrawal_requested", {"agreement": "umbrella"}),
            ("withdrawal_requested", {}),
            ("demand_sent", {}),
            ("rectification_done", {}),
        ]
    ),
    st.sampled_from(
        ["decision_made", "decision_documented", "minutes_distributed", "record_retracted", "record_corrected"]
    ).map(lambda kind: (kind, {})),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Facts in the order they were recorded; some about earlier facts, some dated ahead or long ago."""
    facts: list[Fact] = []
    recorded = START
    for number in range(draw(st.integers(1, 14))):
        recorded += timedelta(days=draw(st.integers(0, 30)))
        kind, attributes = draw(ACTS)
        attributes = dict(attributes)
        on = recorded + timedelta(days=draw(st.integers(-90, 40)))
        agreement = attributes.pop("agreement", "lokal")
        earlier = draw(st.sampled_from(facts)) if facts else None
        if kind in REFERRING or kind.startswith("record_"):
            if earlier is None:
                continue
            reference = REFERRING.get(kind, "target")
            attributes = {reference: earlier.id}
            if kind == "decision_made":
                attributes["body"] = "local_steering_group"
            if kind == "record_corrected":
                attributes |= {"set": {"date": on.isoformat()}, "reason": "fel dag"}
            agreement = earlier.agreement
        stamp = f"{recorded.isoformat()}T10:00:{number:02}+01:00"
        facts.append(Fact(f"f{number}", kind, agreement, on, stamp, attributes=attributes, recorder="samordnare"))
    return facts


def stored(register: Register) -> list[object]:
    instruments = register.connection.execute("SELECT agreement, content, until FROM instruments ORDER BY agreement")
    standing = "id IN (SELECT clause FROM verdicts)"
    cells = register.connection.execute(
        f"SELECT stem, instrument, obligation, cell FROM clauses WHERE {standing} ORDER BY 1, 2, 3"
    )
    return [*Store(register.connection).verdicts(), *instruments, *cells]


@settings(max_examples=60, deadline=None)
@given(facts=histories(), steps=st.lists(st.integers(1, 45), min_size=2, max_size=9))
def test_an_incremental_night_comes_to_the_same_as_a_full_one(
    facts: list[Fact], steps: list[int], rulebook: Rulebook, decider: Decider, kept: Register, fresh: Register
) -> None:
    with kept.rehearsal():
        night, arrived = START - timedelta(days=1), 0
        for step in steps:
            night += timedelta(days=step)
            new = [fact for fact in facts[arrived:] if fact.recorded_on <= night]
            arrived += len(new)
            moment = datetime(night.year, night.month, night.day, 22, tzinfo=UTC)
            kept.append(new, now=moment, as_recorded=True)
            run(kept, rulebook, decider, night, None, moment.isoformat())
            with fresh.rehearsal():
                fresh.append(facts[:arrived], now=moment, as_recorded=True)
                run(fresh, rulebook, decider, night, None, moment.isoformat())
                assert stored(kept) == stored(fresh)


def a_meeting(fact_id: str, on: str, recorded: str) -> Fact:
    attributes = {"body": "local_steering_group", "chair": fact_id}
    return Fact(
        fact_id, "meeting_held", "lokal", date.fromisoformat(on), f"{recorded}T10:00:00+01:00", 0, "day", attributes,
        "samordnare",
    )  # fmt: skip


def night(register: Register, rulebook: Rulebook, decider: Decider, day: str, *facts: Fact, full: bool = False):
    moment = datetime.fromisoformat(f"{day}T22:00:00+00:00")
    register.append(facts, now=moment, as_recorded=True)
    return run(register, rulebook, decider, date.fromisoformat(day), None, moment.isoformat(), full=full)


def test_the_same_night_twice_changes_nothing_and_says_so(rulebook, decider, tmp_path) -> None:
    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2025-01-10")
        again = night(register, rulebook, decider, "2025-01-10")
        assert again.unchanged and again.judged == 0 and not again.full


def test_a_missed_meeting_stands_from_the_day_after_although_the_run_came_late(rulebook, decider, tmp_path) -> None:
    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2024-12-30")
        night(register, rulebook, decider, "2025-01-04")
        [violation] = [one for one in Store(register.connection).violations() if one.duty == "lokal.moten.2024-Q4"]
        assert (violation.life, violation.raised_on, violation.known_on) == (
            "standing",
            date(2025, 1, 1),
            date(2025, 1, 4),
        )


@pytest.mark.parametrize("said", ["2024-05-02", "2024-12-31", "2025-02-03"])
def test_a_no_is_a_violation_from_its_own_day_or_from_the_day_after_the_last(decider, tmp_path, said: str) -> None:
    asks = {"tid": {"norm": "shall", "attest": "stadsdelsdirektör", "when": {"each": "year"}}}
    book, _ = rulebook_of(instrument("lokalt", asks, date(2024, 1, 1), None))
    told = {"clause": "tid", "statement": "nej", "by": "stadsdelsdirektör", "period": "2024"}
    answer = Fact(
        "a", "attestation", "lokalt", date.fromisoformat(said), f"{said}T10:00:00+01:00", 0, "day", told, "samordnare"
    )
    with a_register(tmp_path / "a.db") as register:
        night(register, book, decider, "2025-02-10", answer)
        [violation] = Store(register.connection).violations()
        assert (violation.duty, str(violation.raised_on)) == ("lokalt.tid.2024", min(said, "2025-01-01"))


def test_a_violation_is_annulled_when_later_facts_show_that_it_never_was(rulebook, decider, tmp_path) -> None:
    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2025-01-04")
        report = night(register, rulebook, decider, "2025-01-05", a_meeting("m", "2024-12-20", "2025-01-05"))
        [violation] = [one for one in Store(register.connection).violations() if one.duty == "lokal.moten.2024-Q4"]
        assert violation.life == "annulled"
        # The quarter, the umbrella's half-year, and the statute's of the municipality.
        assert report.moves["overdue", "fulfilled"] == 3


def test_a_duty_of_a_meeting_that_is_moved_to_the_day_of_another_is_withdrawn(rulebook, decider, tmp_path) -> None:
    def about(name: str, kind: str, day: str, recorded: str, **more: str) -> Fact:
        said = {"body": "local_steering_group", **more}
        moment = f"{recorded}T10:00:00+01:00"
        return Fact(name, kind, "lokal", date.fromisoformat(day), moment, attributes=said, recorder="samordnare")

    with a_register(tmp_path / "a.db") as register:
        plans = [about(name, "meeting_scheduled", day, "2024-12-01") for name, day in
                 (("p1", "2025-02-03"), ("p2", "2025-03-03"))]  # fmt: skip
        night(register, rulebook, decider, "2024-12-22", *plans)
        moved = {"planned_for": "2025-03-03", "rescheduled_to": "2025-02-03"}
        report = night(
            register,
            rulebook,
            decider,
            "2024-12-23",
            about("i", "meeting_cancelled", "2024-12-23", "2024-12-23", **moved),
        )
        assert report.withdrawn == ["lokal.kallelse.p2"]
        assert Store(register.connection).history("lokal.kallelse.p2")[-1][-1] == "occasion_changed"


def test_a_duty_whose_trigger_is_retracted_is_withdrawn_with_the_reason(rulebook, decider, tmp_path) -> None:
    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2024-12-22", a_meeting("m", "2024-12-20", "2024-12-22"))
        retraction = Fact(
            "r", "record_retracted", "lokal", date(2024, 12, 23), "2024-12-23T10:00:00+01:00",
            attributes={"target": "m", "reason": "fel möte"}, recorder="samordnare",
        )  # fmt: skip
        report = night(register, rulebook, decider, "2024-12-23", retraction)
        hanging = ["lokal.kallelse.m", "lokal.anteckningar.m", "lokal.protokoll.m", "lokal.ordforande.m"]
        assert sorted(report.withdrawn) == sorted(hanging)
        assert Store(register.connection).history("lokal.ordforande.m")[-1][1:] == (
            "withdrawn",
            "2024-12-23",
            "trigger_withdrawn",
        )


def test_a_notice_reaches_those_below_and_one_taken_back_never_was(rulebook, decider, tmp_path) -> None:
    def umbrella(name: str, kind: str, day: str, **more: str) -> Fact:
        moment = f"{day}T10:00:00+01:00"
        return Fact(name, kind, "umbrella", date.fromisoformat(day), moment, attributes=more, recorder="samordnare")

    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2025-01-10")
        notice = umbrella("u", "withdrawal_requested", "2025-01-10")
        report = night(register, rulebook, decider, "2025-01-11", notice)
        assert not report.full and "lokal.umbrella.styrgrupp.2025-H2" in report.withdrawn
        assert night(register, rulebook, decider, "2025-02-10", full=True).differed == []
        states = dict(register.connection.execute("SELECT agreement, content FROM instruments"))
        assert "terminated" in states["umbrella"] and "without_valid_superior" in states["lokal"]
        back = umbrella("r", "record_retracted", "2025-02-11", target="u", reason="fel avtal")
        report = night(register, rulebook, decider, "2025-02-11", back)
        assert not report.full and Store(register.connection).rows("lokal", "umbrella/styrgrupp").keys() >= {
            "lokal.umbrella.styrgrupp.2025-H2"
        }
        assert night(register, rulebook, decider, "2025-02-12", full=True).differed == []


def test_a_full_run_checks_what_the_incremental_ones_left_alone(rulebook, decider, tmp_path) -> None:
    with a_register(tmp_path / "a.db") as register:
        night(register, rulebook, decider, "2025-01-04")
        assert night(register, rulebook, decider, "2025-01-05", full=True).differed == []
        register.connection.execute("UPDATE verdicts SET status = 'fulfilled' WHERE occasion = '2024-Q4'")
        report = night(register, rulebook, decider, "2025-01-05", full=True)
        assert report.differed == ["lokal.moten.2024-Q4", "lokal.resurser.2024-Q4"]


def test_nothing_is_stored_of_a_run_that_is_interrupted(rulebook, decider, tmp_path) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with a_register(tmp_path / "a.db") as register:
        with pytest.raises(KeyboardInterrupt):
            run(register, rulebook, decider, date(2025, 1, 4), None, "2025-01-04T22:00:00+00:00", progress=interrupt)
        assert Store(register.connection).last_run() is None
        assert stored(register) == []
