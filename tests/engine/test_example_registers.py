"""The example registers on chosen days: what each was made to show, duty by duty, as a person would expect it."""

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.importing.fact_files import Batch, read_files
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import Known
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.rulebook import load_rulebook

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
BOOK = load_rulebook()

# Day | duty | status | counted/required
EXPECTED = """
2026-11-22 | ostermalm-2020.styrgrupp-moten.2024 | fulfilled | 3/2
2026-11-22 | ostermalm-2020.styrgrupp-moten.2025 | overdue | 1/2
2026-11-22 | ostermalm-2020.styrgrupp-moten.2026 | pending | 1/2
2026-12-01 | ostermalm-2020.styrgrupp-moten.2026 | at_risk | 1/2
2026-11-30 | ostermalm-2020.styrgrupp-moten.2026 | pending | 1/2
2027-01-01 | ostermalm-2020.styrgrupp-moten.2026 | overdue | 1/2
2026-11-22 | ostermalm-2020.overenskommelse-revideras.2020 | waived | 0/1
2026-11-22 | ostermalm-2020.samrad-fore-revidering.ost-079 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.samrad-fore-revidering.ost-080 | overdue | 0/1
2026-11-22 | ostermalm-2020.lagesbild-revideras.2025 | fulfilled_late | 0/1
2026-02-17 | ostermalm-2020.lagesbild-revideras.2025 | overdue | 0/1
2026-11-22 | ostermalm-2020.lagesbild-revideras.2026 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.lagesbild-bilaggs.2025 | fulfilled_late | 0/1
2026-11-22 | ostermalm-2020.lagesbild-bilaggs.2026 | pending | 0/1
2026-11-22 | ostermalm-2020.uppdatering-beslutas.ost-063 | pending | 0/1
2026-11-22 | ostermalm-2020.centralt-meddelas.ost-058 | pending | 0/1
2026-11-22 | ostermalm-2020.bilaga-tillfogas.ost-058 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.beredningsgrupp-vid-behov.ost-156 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.umbrella-2024.lokal-styrgrupp-moten.2025 | overdue | 1/2
2026-11-22 | ostermalm-2020.umbrella-2024.lokal-beredningsgrupp-moten.2026 | pending | 3/4
2026-12-01 | ostermalm-2020.umbrella-2024.lokal-atgardsplan-uppdateras.2026 | at_risk | 0/1
2026-11-22 | ostermalm-2020.umbrella-2024.orsaksanalys-fore-atgard.ost-088 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.umbrella-2024.orsaksanalys-fore-atgard.ost-090 | overdue | 0/1
2026-11-22 | umbrella-2024.handlingsplan-nasta-ar.2025 | fulfilled_late | 0/1
2026-11-22 | umbrella-2024.trygghetsmatning.2025 | fulfilled_late | 0/1
2026-11-22 | umbrella-2024.stadens-anteckningar-delas.stad-021 | pending | 0/1
2017-11-30 | norrmalm-2016.samrad-forlangning.term-1 | at_risk | 0/1
2017-12-01 | norrmalm-2016.samrad-forlangning.term-1 | overdue | 0/1
2018-06-01 | norrmalm-2016.samrad-forlangning.term-1 | fulfilled_late | 0/1
2017-12-01 | norrmalm-2016.chefsamrad-moten.2016-H1 | not_applicable | 0/0
2017-12-01 | norrmalm-2016.chefsamrad-moten.2017-H2 | at_risk | 1/2
2018-06-01 | norrmalm-2016.chefsamrad-moten.2017-H2 | overdue | 1/2
2018-06-01 | norrmalm-2016.chefsamrad-moten.2018-H1 | fulfilled | 2/2
2018-06-01 | norrmalm-2016.ordforandeskap-alternerar.nor-004 | overdue | 0/1
2018-06-01 | norrmalm-2016.ordforandeskap-alternerar.nor-006 | fulfilled | 1/1
2018-06-01 | norrmalm-2016.lagesbild-uppdateras.2018-H1 | overdue | 0/1
2018-06-01 | norrmalm-2016.lagesbild-bilaggs.2017-H1 | fulfilled_late | 0/1
2018-06-01 | norrmalm-2016.radet-enkat.nor-025 | pending | 0/1
2018-06-01 | norrmalm-2016.temamote-inbjudan.2017-VT | overdue | 2/3
2018-06-01 | norrmalm-2016.tobakstillsyn.2018 | not_applicable | 0/0
2018-06-01 | norrmalm-2016.tobakstillsyn-polisen-deltar.2017 | overdue | 2/4
2018-06-01 | norrmalm-2016.tobakstillsyn-datum.2018 | fulfilled_late | 0/1
2018-06-01 | norrmalm-2016.klara-moten.2017-07 | overdue | 0/1
2018-06-01 | norrmalm-2016.ungdomsforum-moten.2017-04 | overdue | 0/1
2018-06-01 | norrmalm-2016.platssamverkan-moten.blekholmsterrassen.2017-05 | overdue | 0/1
2018-06-01 | norrmalm-2016.platssamverkan-moten.blekholmsterrassen.2017-08 | not_applicable | 0/0
2018-06-01 | norrmalm-2016.organisationen-foljs-upp.2017 | fulfilled | 1/1
2018-06-01 | norrmalm-2016.lagesbild-foljs-upp.2016 | overdue | 1/2
2019-05-20 | umbrella-2015.samrad-forlangning.term-1 | fulfilled | 1/1
2026-11-22 | vaxholm-2023.styrgrupp-moten.2024-H2 | recommendation_not_met | 0/1
2026-11-22 | vaxholm-2023.handlingsplan-nasta-ar.2024 | fulfilled_late | 0/1
2027-01-01 | vaxholm-2023.handlingsplan-nasta-ar.2026 | not_applicable | 0/0
2027-01-01 | vaxholm-2023.lagesbild-uppdateras.2023/2026 | overdue | 0/1
2019-09-05 | alvsjo-remiss-2019.remissvar | fulfilled | 1/1
2019-09-05 | alvsjo-remiss-2019.forvaltningsgruppen | recommendation_not_met | 0/1
2026-11-22 | ostermalm-2020.beredningsgrupp-sammansattning | overdue | 2/3
2026-06-30 | ostermalm-2020.beredningsgrupp-sammansattning | fulfilled | 3/3
2026-11-22 | ostermalm-2020.styrgrupp-prioriterade | recommendation_not_met | 1/2
2026-11-22 | ostermalm-2020.umbrella-2024.atgardsplan-innehall.ost-064 | fulfilled | 6/6
2026-11-22 | ostermalm-2020.umbrella-2024.atgardsplan-innehall.ost-070 | overdue | 5/6
2026-11-22 | ostermalm-2020.umbrella-2024.mall-lagesbild.ost-058 | overdue | 0/1
2026-11-22 | ostermalm-2020.umbrella-2024.datakallor-analyseras.ost-144 | overdue | 1/2
2026-11-22 | ostermalm-2020.styrgrupp-fackforvaltningar.2025 | overdue | 0/1
2026-11-22 | ostermalm-2020.umbrella-2024.ataganden-i-budgeten.2025 | recommendation_not_met | 0/1
2026-11-22 | ostermalm-2020.umbrella-2024.styrgrupp-forankrar.2025 | fulfilled_late | 0/1
2026-11-22 | ostermalm-2020.beredningsgrupp-lank.2026 | fulfilled | 1/1
2026-11-22 | ostermalm-2020.styrgrupp-mandat.2026 | pending | 0/1
2026-11-22 | ostermalm-2020.styrgrupp-mandat.2024 | not_applicable | 0/0
2026-03-09 | umbrella-2024.handlingsplan-foljs-lopande.2025 | overdue | 0/1
2026-11-22 | umbrella-2024.handlingsplan-foljs-lopande.2025 | fulfilled_late | 0/1
2026-11-22 | umbrella-2024.trygghetsmatning-foljs-upp.stad-037 | pending | 0/1
2026-11-22 | umbrella-2024.styrgrupp-polisens-del | fulfilled | 4/4
2026-11-22 | vaxholm-2023.samordnare-foredrar.vax-004 | overdue | 0/1
2026-11-22 | vaxholm-2023.handlingsplan-kontinuerligt.2025 | overdue | 0/1
2026-11-22 | kommun-vaxholm.lag-2023-196.lagesbild | fulfilled | 1/1
2026-11-22 | kommun-vaxholm.lag-2023-196.lagesbild-uppdateras.2024/2025 | overdue | 0/1
2026-11-22 | kommun-vaxholm.lag-2023-196.atgardsplan | fulfilled | 1/1
2025-03-31 | kommun-vaxholm.lag-2023-196.funktionen-kontaktpunkt | fulfilled | 1/1
2026-11-22 | kommun-vaxholm.lag-2023-196.funktionen-kontaktpunkt | overdue | 0/1
2026-04-27 | kommun-vaxholm.lag-2023-196.rapportering.2025 | overdue | 0/1
2026-11-22 | kommun-vaxholm.lag-2023-196.rapportering.2025 | fulfilled_late | 0/1
2026-11-22 | kommun-vaxholm.lag-2023-196.atgardsplan-foljs-upp.2025/2026 | pending | 0/1
2026-12-05 | kommun-vaxholm.lag-2023-196.atgardsplan-foljs-upp.2025/2026 | at_risk | 0/1
2026-11-22 | kommun-stockholm.lag-2023-196.lagesbild-uppdateras.2024/2025 | fulfilled | 1/1
2026-11-22 | kommun-stockholm.lag-2023-196.atgardsplan-foljs-upp.2025/2026 | fulfilled | 1/1
2026-11-22 | kommun-stockholm.lag-2023-196.overenskommelse-innehall.stad-039 | fulfilled | 2/2
2018-06-01 | norrmalm-2016.radet-kallelse.nor-023 | overdue | 0/1
2018-06-01 | norrmalm-2016.klara-kallelse.nor-089 | overdue | 0/1
2018-06-01 | norrmalm-2016.klara-anteckningar.nor-092 | pending | 0/1
2018-06-01 | norrmalm-2016.klara-ovriga-deltagare | overdue | 9/10
2018-06-01 | norrmalm-2016.klara-polisen-deltar.nor-084 | overdue | 0/1
2018-06-01 | norrmalm-2016.klara-atgardsplan-innehall.nor-192 | overdue | 2/3
2018-06-01 | norrmalm-2016.forum-fortsattning.nor-098 | overdue | 2/3
2018-06-01 | norrmalm-2016.unga-koper-cigaretter-2016 | overdue | 0/1
2018-06-01 | norrmalm-2016.organisation-sammanstalls.2017 | fulfilled_late | 0/1
2018-06-01 | norrmalm-2016.lagesbild-bilaggs.2017-H2 | fulfilled_late | 0/1
2018-06-01 | norrmalm-2016.lagesbild-kallor.nor-020 | recommendation_not_met | 7/8
2018-06-01 | norrmalm-2016.kommunikation-redovisas.2017 | overdue | 0/1
2018-06-01 | norrmalm-2016.umbrella-2015.underavtal-tecknas | fulfilled | 1/1
2019-05-20 | umbrella-2015.beredningsfunktion-resurs.2018 | overdue | 0/1
2019-05-20 | umbrella-2015.stadsovergripande-underavtal | fulfilled | 2/2
2019-06-01 | alvsjo.umbrella-2015.underavtal-tecknas | fulfilled | 1/1
"""
STATES = {
    ("2018-05-31", "norrmalm-2016"): ("in_force", "2018-05-31", "umbrella-2015"),
    ("2018-06-01", "norrmalm-2016"): ("lapsed", "2018-05-31", None),
    ("2019-05-19", "umbrella-2015"): ("in_force", "2019-11-24", None),
    ("2019-05-20", "umbrella-2015"): ("extended", "2019-11-24", None),
    ("2019-11-25", "umbrella-2015"): ("lapsed", "2019-11-24", None),
    ("2022-06-01", "umbrella-2019"): ("in_force", "2023-12-31", None),
    ("2024-01-01", "umbrella-2019"): ("superseded", "2023-12-31", None),
    ("2020-03-01", "ostermalm-2020"): ("in_force", None, "umbrella-2019"),
    ("2026-11-22", "ostermalm-2020"): ("in_force", None, "umbrella-2024"),
    ("2026-12-31", "vaxholm-2023"): ("in_force", "2026-12-31", "avsiktsforklaringen"),
    ("2027-01-01", "vaxholm-2023"): ("lapsed", "2026-12-31", None),
    ("2019-06-01", "alvsjo"): ("extended", "2019-12-31", "umbrella-2015"),
}
NO_PERSONS = {"Stockholm Syd", "Stockholm City", "Stockholm Nord", "Röda Korset"}


@cache
def examples() -> Batch:
    bodies = {name: frozenset(instrument.bodies) for name, instrument in BOOK.instruments.items()}
    known = Known(vocabulary.load(), frozenset(BOOK.instruments), bodies)
    return read_files(sorted(FIXTURES.glob("*.csv")), known, NOW)


_ASSESSED: dict[tuple[str, str], Assessment] = {}


def on(day: str, agreement: str, decider: Decider) -> Assessment:
    """An agreement on a day, worked out once."""
    if (day, agreement) not in _ASSESSED:
        as_of = date.fromisoformat(day)
        _ASSESSED[day, agreement] = assess(BOOK, examples().facts, as_of, None, decider, agreements=[agreement])
    return _ASSESSED[day, agreement]


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in EXPECTED.strip().splitlines()]


@pytest.mark.parametrize(("day", "duty", "status", "numbers"), rows(), ids=[" ".join(row[:2]) for row in rows()])
def test_a_duty_of_the_examples(day: str, duty: str, status: str, numbers: str, decider: Decider) -> None:
    found = {verdict.duty: verdict for verdict in on(day, duty.partition(".")[0], decider).duties}[duty]
    assert (found.status, f"{found.counted}/{found.required}") == (status, numbers)


@pytest.mark.parametrize(("day", "agreement"), STATES, ids=[" ".join(key) for key in STATES])
def test_an_instrument_of_the_examples(day: str, agreement: str, decider: Decider) -> None:
    [state] = on(day, agreement, decider).instruments
    end = state.end.isoformat() if state.end else None
    assert (state.state, end, state.umbrella) == STATES[day, agreement]


def test_the_examples_are_read_without_a_word_of_warning() -> None:
    assert [str(warning) for warning in examples().warnings] == []


def test_everything_in_the_examples_could_be_judged(decider: Decider) -> None:
    found = assess(BOOK, examples().facts, date(2026, 11, 22), None, decider)
    assert not [verdict.duty for verdict in found.duties if verdict.status == "not_evaluated"]
    assert [finding.text for finding in found.findings] == []


def test_the_examples_show_every_status_but_the_one_for_failures(decider: Decider) -> None:
    asked = {(day, duty.partition(".")[0]) for day, duty, *_ in rows()}
    seen = {verdict.status for day, agreement in asked for verdict in on(day, agreement, decider).duties}
    assert seen == set(vocabulary.load().statuses) - {"not_evaluated"}


def test_the_examples_say_that_they_are_invented_and_name_nobody() -> None:
    assert "påhittat" in (FIXTURES / "README.md").read_text(encoding="utf-8")
    names = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+\b")
    for path in FIXTURES.glob("*.csv"):
        assert set(names.findall(path.read_text(encoding="utf-8"))) <= NO_PERSONS
