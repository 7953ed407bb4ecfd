"""A statute binds every municipality that an agreement names, beside its agreements."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

STATUTE = """
instrument: lag
title: Lag (påhittad)
level: statute
document: x.txt
term: {from: 2023-07-01}
clauses:
  lagesbild: {at: {section: "6"}, norm: shall, who: kommunen, per: municipality, when: {each: year},
    what: {document_revised: {document: lägesbild}}}
  upplysning: {at: {section: "1"}, norm: states, note: Säger vad lagen innehåller och inget mer.}
"""
CITY = """
instrument: stad
title: Övergripande (påhittad)
level: superior
document: x.txt
municipality: Storstad
parties: [staden, polisen]
term: {from: 2020-01-01}
"""
DISTRICT = """
instrument: stadsdel
title: Stadsdel (påhittad)
level: local
document: x.txt
parties: [stadsdelsförvaltningen, polisen]
under: stad
term: {from: 2020-01-01}
"""
TOWN = """
instrument: ort
title: Ort (påhittad)
level: local
document: x.txt
municipality: Ytterås
parties: [kommunen, polisen]
term: {from: 2020-01-01}
"""
OWN_WORDS = """
instrument: ytteras
title: Ytterås, kommunen (påhittad)
level: municipality
document: x.txt
municipality: Ytterås
parties: [kommunen]
under: lag
term: {from: 1971-01-01}
"""


def book(folder: Path, *texts: str) -> Rulebook:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return read_rulebook(paths)


@pytest.fixture(scope="module")
def decider() -> Iterator[Decider]:
    with Decider() as decider:
        yield decider


def picture(agreement: str, day: str, name: str = "f1", **more: Any) -> Fact:
    attributes = {"document": "lägesbild"} | more
    return Fact(
        name, "document_revised", agreement, date.fromisoformat(day), f"{day}T12:00:00+01:00", 1, "day", attributes
    )


def judged(rulebook: Rulebook, decider: Decider, *facts: Fact, day: str = "2025-01-10") -> dict[str, Verdict]:
    found = assess(rulebook, facts, date.fromisoformat(day), None, decider)
    return {one.duty: one for one in found.duties}


def test_each_municipality_that_an_agreement_names_has_its_own_duties(tmp_path: Path, decider: Decider) -> None:
    found = judged(book(tmp_path, STATUTE, CITY, DISTRICT, TOWN), decider)
    assert {duty.split(".")[0] for duty in found} == {"kommun-storstad", "kommun-ytteras"}
    duty = found["kommun-ytteras.lag.lagesbild.2024"]
    assert (duty.status, duty.instrument, duty.bearer, duty.due) == ("overdue", "lag", "kommunen", date(2024, 12, 31))


def test_the_statute_binds_from_its_first_day_with_the_usual_part_period(tmp_path: Path, decider: Decider) -> None:
    found = judged(book(tmp_path, STATUTE, TOWN), decider)
    first = found["kommun-ytteras.lag.lagesbild.2023"]
    assert first.period is not None
    assert (first.period.start, first.part_period) == (date(2023, 7, 1), True)


def test_without_a_statute_there_are_no_municipalities(tmp_path: Path) -> None:
    assert set(book(tmp_path, CITY, TOWN).instruments) == {"stad", "ort"}


def test_what_is_recorded_for_an_agreement_of_the_whole_municipality_counts(tmp_path: Path, decider: Decider) -> None:
    found = judged(book(tmp_path, STATUTE, TOWN), decider, picture("ort", "2024-05-02"))
    assert found["kommun-ytteras.lag.lagesbild.2024"].facts == ("f1",)


def test_what_is_recorded_for_the_municipality_itself_counts(tmp_path: Path, decider: Decider) -> None:
    found = judged(book(tmp_path, STATUTE, TOWN), decider, picture("kommun-ytteras", "2024-05-02"))
    assert found["kommun-ytteras.lag.lagesbild.2024"].status == "fulfilled"


def test_a_districts_picture_is_not_the_whole_municipalitys(tmp_path: Path, decider: Decider) -> None:
    found = judged(book(tmp_path, STATUTE, CITY, DISTRICT), decider, picture("stadsdel", "2024-05-02"))
    assert found["kommun-storstad.lag.lagesbild.2024"].status == "overdue"


def test_a_municipality_may_be_described_in_a_file_of_its_own(tmp_path: Path, decider: Decider) -> None:
    rulebook = book(tmp_path, STATUTE, TOWN, OWN_WORDS)
    assert set(rulebook.instruments) == {"lag", "ort", "ytteras"}
    found = judged(rulebook, decider, picture("ytteras", "2024-05-02"))
    assert found["ytteras.lag.lagesbild.2024"].status == "fulfilled"


def test_an_agreements_term_is_not_the_municipalitys(tmp_path: Path, decider: Decider) -> None:
    end = {"end": "2024-01-31"}
    term = Fact("t", "agreement_term", "ort", date(2019, 1, 1), "2019-01-01T12:00:00+01:00", 1, "day", end)
    found = assess(book(tmp_path, STATUTE, TOWN), [term], date(2025, 1, 10), None, decider)
    state = {one.agreement: (one.state, one.start, one.end) for one in found.instruments}
    assert state["kommun-ytteras"] == ("in_force", date(2023, 7, 1), None)
    assert state["ort"] == ("lapsed", date(2019, 1, 1), date(2024, 1, 31))


def test_every_statute_binds_whatever_succeeds_an_umbrella(tmp_path: Path, decider: Decider) -> None:
    rulebook = book(tmp_path, STATUTE, STATUTE.replace("instrument: lag", "instrument: lag-2"), TOWN)
    found = judged(rulebook.with_readings({"SUCC": "fixed"}), decider)
    assert {duty.split(".")[1] for duty in found} == {"lag", "lag-2"}


def test_two_records_of_one_meeting_are_told_once_where_they_were_made(tmp_path: Path, decider: Decider) -> None:
    held = [
        Fact(name, "meeting_held", "ort", date(2024, 5, 2), "2024-05-02T12:00:00+02:00", number, "day",
             {"body": "local_steering_group", "chair": chair})
        for number, (name, chair) in enumerate((("a", "X"), ("b", "Y")))
    ]  # fmt: skip
    found = assess(book(tmp_path, STATUTE, TOWN), held, date(2025, 1, 10), None, decider)
    assert [one.agreement for one in found.findings] == ["ort"]
