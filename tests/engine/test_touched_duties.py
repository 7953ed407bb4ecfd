"""What a record of one occasion makes a night judge again: the duties that it can change, and no others."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from weakref import ref

import pytest
from tests.engine.new_registers import new_register
from tests.engine.proof_world import rules

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.judging.cells import _KNOWN, cells_of
from avtalsvakt_engine.judging.judge import Judge
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.rulebook import Rulebook

RULES = """
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {from: 2024-01-01}
annexes: {1: lägesbild}
clauses:
  ordforande: {at: {section: "1"}, norm: shall, when: {each: {meeting_held: {}}, due: event},
    what: {itself: {chair: alternating}}}
  anteckningar: {at: {section: "2"}, norm: shall, when: {each: {meeting_held: {}}, due: 3 days before next},
    what: {minutes_distributed: {meeting: same}}}
  beslutas: {at: {section: "3"}, norm: shall, when: {each: {document_revised: {document: lägesbild}}, due: open},
    what: {decision_made: {subject: same}}}
  bilaggs: {at: {section: "4"}, norm: shall, when: {each: year},
    what: {annex_attached: {annex: lägesbild, version: {met: beslutas}}}}
"""
NIGHT = date(2026, 7, 1)
MONTHS = {f"0{number}": "polisen" if number % 2 else "kommunen" for number in range(1, 7)}


def meeting(name: str, day: str, chair: str = "kommunen") -> Fact:
    said = {"body": "local_steering_group", "chair": chair}
    return Fact(name, "meeting_held", "lokal", date.fromisoformat(day), "", attributes=said, recorder="samordnare")


def told(name: str, kind: str, day: str, **said: str) -> Fact:
    return Fact(name, kind, "lokal", date.fromisoformat(day), "", attributes=dict(said), recorder="samordnare")


BEFORE = [
    *(meeting(f"m{month}", f"2026-{month}-10", chair) for month, chair in MONTHS.items()),
    told("v24", "document_revised", "2024-03-01", document="lägesbild", version="2024"),
    told("v25", "document_revised", "2025-03-01", document="lägesbild", version="2025"),
    told("a24", "annex_attached", "2024-03-02", annex="lägesbild", version="2024"),
    told("a25", "annex_attached", "2025-03-02", annex="lägesbild", version="2025"),
]  # fmt: skip


def _judged_for(
    fact: Fact, rulebook: Rulebook, decider: Decider, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> set[str]:
    """The duties that the night after a record judges; all that it stores is what a first night would store."""
    seen: set[str] = set()
    judge = Judge.judge
    with new_register(folder / "r.db") as register:
        _night(register, BEFORE, rulebook, decider, NIGHT)

        def noted(self: Judge, duty: Duty) -> Verdict:
            seen.add(self.key(duty))
            return judge(self, duty)

        monkeypatch.setattr(Judge, "judge", noted)
        _night(register, [fact], rulebook, decider, NIGHT + timedelta(days=7))
        monkeypatch.undo()
        with new_register(folder / "ny.db") as fresh:
            _night(fresh, [*BEFORE, fact], rulebook, decider, NIGHT + timedelta(days=7))
            assert _stored(register) == _stored(fresh)
    return seen


def _night(register: Register, facts: list[Fact], rulebook: Rulebook, decider: Decider, day: date) -> None:
    register.append(facts, now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    run(register, rulebook, decider, day, None, f"{day}T22:00:00+02:00")


def _stored(register: Register) -> list[str]:
    return sorted(map(repr, Store(register.connection).verdicts()))


NEXT_MONTH = {"ordforande.ny", "anteckningar.ny", "anteckningar.m06"}
BETWEEN = {
    "ordforande.ny",
    "ordforande.m04",
    "ordforande.m05",
    "ordforande.m06",
    "anteckningar.ny",
    "anteckningar.m03",
} | {
    "anteckningar.m02"  # its last day may have been moved, by how far is not asked
}
OF_2025 = {"beslutas.v25", "beslutas.v24", "bilaggs.2025", "bilaggs.2026", "bilaggs.2027"}


@pytest.mark.parametrize(
    ("fact", "judged"),
    [
        (meeting("ny", "2026-07-08"), NEXT_MONTH),
        (meeting("ny", "2026-03-20"), BETWEEN),
        (told("b", "decision_made", "2026-07-08", subject="v25"), OF_2025),
        (told("p", "minutes_distributed", "2026-07-08", meeting="m02"), {"anteckningar.m02"}),
    ],
)
def test_a_record_has_those_duties_judged_again_that_it_can_change(
    fact: Fact, judged: set[str], decider: Decider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = _judged_for(fact, rules(tmp_path / "regler", RULES), decider, tmp_path, monkeypatch)
    assert again == {f"lokal.{one}" for one in judged}


def test_how_clauses_hang_together_is_kept_no_longer_than_the_rules() -> None:
    instrument = read_instrument(parse_source(RULES.replace("lokal", "tillfallig"), "tillfallig.yaml"))
    before = set(_KNOWN)
    cells = cells_of(instrument, local=False)
    assert cells_of(instrument, local=False) is cells
    left = ref(instrument)
    kept = set(_KNOWN) - before
    assert kept
    del instrument
    assert left() is None and not kept & set(_KNOWN)
