"""The night after a change of rules: what they changed is a run of its own, and nobody learnt anything by it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from tests.engine.new_registers import new_register

from avtalsvakt_engine import rulesets
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import RunReport
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import runs_to_replay, verify_register
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook

RULES = """
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {{from: 2024-01-01}}
bodies: {{gruppen: gruppen}}
clauses:
  moten: {{at: {{section: "1"}}, norm: shall, when: {{each: year}}, what: {{meeting_held: {{body: gruppen}}}},
    at_least: {number}}}
  {second}: {{at: {{section: "2"}}, norm: shall, when: {{each: year}}, what: {{evaluation_done: {{}}}}}}
"""
NEW = """
instrument: annat
title: Annat (påhittat)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {from: 2024-01-01}
clauses:
  planen: {at: {section: "1"}, norm: shall, when: {each: year}, what: {document_revised: {document: åtgärdsplan}}}
"""


def rules(number: int = 1, second: str = "uppfoljning", new: str = "") -> Rulebook:
    texts = {"lokal.yaml": RULES.format(number=number, second=second)}
    return parse_rulebook(texts | ({"annat.yaml": new} if new else {}))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path / "register.db") as register:
        yield register


def told(
    register: Register, id_: str, kind: str, day: date, agreement: str = "lokal", recorded: date | None = None,
    **attributes: str,
) -> None:  # fmt: skip
    moment = datetime.combine(recorded or day, time(10), tzinfo=UTC)
    fact = Fact(id_, kind, agreement, day, moment.isoformat(), attributes=dict(attributes), recorder="samordnare")
    register.append([fact], now=moment)


def night(register: Register, book: Rulebook, day: date, decider: Decider) -> RunReport:
    return run(register, book, decider, day, None, datetime.combine(day, datetime.min.time()).isoformat())


def known_on(register: Register) -> dict[str, date]:
    return {one.duty: one.known_on for one in Store(register.connection).violations()}


def test_what_the_rules_change_is_told_apart_from_what_facts_change(register: Register, decider: Decider) -> None:
    told(register, "m1", "meeting_held", date(2024, 5, 1), body="gruppen")
    night(register, rules(1), date(2025, 1, 10), decider)
    told(register, "e1", "evaluation_done", date(2025, 1, 20))
    report = night(register, rules(2), date(2025, 1, 21), decider)
    assert report.by_rules is not None
    assert report.by_rules.moves["fulfilled", "overdue"] == 1
    assert [one.duty for one in report.became["fulfilled"]] == ["lokal.uppfoljning.2025"]
    assert report.moves["fulfilled", "overdue"] == 0


def test_nobody_learnt_that_night_what_only_the_rules_show(register: Register, decider: Decider) -> None:
    told(register, "m1", "meeting_held", date(2024, 5, 1), body="gruppen")
    for day in (date(2025, 1, 1), date(2025, 1, 2), date(2025, 3, 1)):
        night(register, rules(1), day, decider)
    night(register, rules(2), date(2025, 3, 2), decider)
    assert known_on(register)["lokal.moten.2024"] == date(2025, 1, 1)


def test_a_violation_is_known_since_the_first_run_that_had_its_facts(register: Register, decider: Decider) -> None:
    night(register, rules(1), date(2025, 1, 1), decider)
    told(register, "m1", "meeting_held", date(2024, 5, 1), recorded=date(2025, 1, 15), body="gruppen")
    night(register, rules(1), date(2025, 2, 1), decider)
    told(register, "e1", "evaluation_done", date(2025, 2, 1))
    night(register, rules(3, "utvardering"), date(2025, 2, 2), decider)
    assert known_on(register)["lokal.moten.2024"] == date(2025, 1, 1)  # cured in between, and raised once only
    assert known_on(register)["lokal.utvardering.2024"] == date(2025, 1, 1)


def test_a_clause_that_the_rules_dropped_is_withdrawn_because_of_them(register: Register, decider: Decider) -> None:
    night(register, rules(second="uppfoljning"), date(2024, 6, 1), decider)
    report = night(register, rules(second="utvardering"), date(2024, 6, 2), decider)
    assert report.by_rules is not None and "lokal.uppfoljning.2024" in report.by_rules.withdrawn
    reasons = {reason for _, status, _, reason in Store(register.connection).history("lokal.uppfoljning.2024")}
    assert "rules_changed" in reasons
    assert not report.withdrawn


def test_an_agreement_that_is_new_is_judged_by_the_night_and_not_made_again(
    register: Register, decider: Decider
) -> None:
    night(register, rules(), date(2025, 1, 10), decider)
    told(register, "p1", "document_revised", date(2024, 5, 1), "annat", date(2025, 1, 10), document="åtgärdsplan")
    report = night(register, rules(new=NEW), date(2025, 1, 11), decider)
    assert report.by_rules is not None and report.by_rules.changed == 0
    assert "annat.planen.2024" not in known_on(register)
    assert any(one.duty == "annat.planen.2024" for one in report.became["fulfilled"])


def test_both_runs_can_be_worked_out_again(register: Register, decider: Decider) -> None:
    told(register, "m1", "meeting_held", date(2024, 5, 1), body="gruppen")
    night(register, rules(1), date(2025, 1, 10), decider)
    told(register, "e1", "evaluation_done", date(2025, 1, 20))
    night(register, rules(2, new=NEW), date(2025, 1, 21), decider)
    found = verify_register(register, decider, runs_to_replay(register, (), everything=True))
    assert [len(one.differences) for one in found.replays] == [0, 0, 0] and not found.problems


def test_a_run_by_an_earlier_contract_is_proven_by_its_seal_only(
    register: Register, decider: Decider, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = rulesets.digest()
    monkeypatch.setattr(
        "avtalsvakt_engine.runs.run.digest", lambda: current.partition(":")[2]
    )  # as before runs stored a number
    night(register, rules(), date(2025, 1, 10), decider)
    monkeypatch.undo()
    report = night(register, rules(), date(2025, 1, 10) + timedelta(days=1), decider)
    assert report.by_rules is not None and report.by_rules.changed == 0
    found = verify_register(register, decider, runs_to_replay(register, (), everything=True))
    assert [(one.by_seal_only, one.semantics) for one in found.replays] == [(True, 1), (False, 3), (False, 3)]
    assert not found.problems


def test_the_same_rules_make_no_run_again(register: Register, decider: Decider) -> None:
    night(register, rules(), date(2025, 1, 10), decider)
    assert night(register, rules(), date(2025, 1, 11), decider).by_rules is None
