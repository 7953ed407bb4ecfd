"""The encoded agreements against their texts: a table that a coordinator can hold beside the documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.language.days import OPEN
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, OneOf, Pattern
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.rulebook import load_rulebook

BOOK = load_rulebook()
VOCABULARY = vocabulary.load()

# Instrument | section | paragraph or row | what gives rise to it | last day | how many | modality
TEXTS = Path(__file__).parents[1] / "cases" / "numbered_clauses.txt"
TERMS = {
    "umbrella-2015": ("2015-05-19", "2019-05-19", None),
    "umbrella-2019": ("2019-09-05", None, None),
    "umbrella-2024": ("2024-01-01", None, None),
    "norrmalm-2016": ("2016-06-01", "2018-05-31", "umbrella-2015"),
    "ostermalm-2020": ("2020-02-29", None, "umbrella-2019"),
    "vaxholm-2023": ("2023-01-01", "2026-12-31", "avsiktsforklaringen"),
    "avsiktsforklaringen": ("2022", None, None),
    "alvsjo": ("2015", "2019-05", "umbrella-2015"),
    "alvsjo-remiss-2019": ("2019-07-24", "2019-09-04", None),
}
CHAIN = ("beslut-skriftligt", "bilaga-dateras", "bilaga-tillfogas")


def rows() -> list[tuple[str, ...]]:
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines if line and not line.startswith("#")]


def rises(when: When) -> str:
    if when.form == "event":
        return ", ".join(dict.fromkeys(pattern.kind for pattern in when.events))
    return {"period": when.period or "", "years": f"{when.years} years", "term": "term"}.get(when.form, "")


def clauses() -> Iterator[tuple[Instrument, str, Clause]]:
    for instrument in BOOK.instruments.values():
        for name, clause in instrument.clauses.items():
            yield instrument, name, clause


def described(clause: Clause) -> tuple[str, ...]:
    when = clause.when
    assert when is not None
    due = OPEN if when.open else when.due.text if when.due else ""
    return (
        clause.at.section_text, clause.at.paragraph_text or "", rises(when), due,
        str(clause.at_least), clause.modality,
    )  # fmt: skip


COMPUTED = [pytest.param(i, n, c, id=f"{i.instrument}.{n}") for i, n, c in clauses() if c.computed]


@pytest.mark.parametrize("row", rows(), ids=" | ".join)
def test_what_the_text_numbers_or_dates_is_a_rule_at_its_place(row: tuple[str, ...]) -> None:
    instrument = BOOK.instruments[row[0]]
    assert row[1:] in {described(clause) for clause in instrument.clauses.values() if clause.when and clause.computed}


def dated(clause: Clause) -> bool:
    """Whether a rule is computed and has a period, a day of its own or a number of days from an event.

    What a function is asked has a period too, but that is how often we ask and nothing that the text says.
    """
    when = clause.when
    if when is None or not clause.computed:
        return False
    return when.form in ("period", "years", "date", "term") or bool(when.due and when.due.count)


def test_nothing_with_a_period_or_a_date_is_a_rule_without_being_in_the_text_table() -> None:
    found = {(i.instrument, *described(c)) for i, _, c in clauses() if dated(c)}
    # A method has no time of its own; the frequency of its table governs it.
    follow_up = "bilaga 6, Uppföljning av"
    methods = {
        ("norrmalm-2016", f"{follow_up} lokal lägesbild", "Metod", "year", "", "2", "obligation"),
        ("norrmalm-2016", f"{follow_up} samverkansorganisation", "Metod", "year", "05-31", "1", "obligation"),
    }
    assert found - set(rows()) == methods


@pytest.mark.parametrize("name", TERMS)
def test_terms_and_superiors(name: str) -> None:
    instrument = BOOK.instruments[name]
    assert (instrument.term.from_, instrument.term.to, instrument.under) == TERMS[name]


def test_every_instrument_of_the_vocabulary_is_here_under_its_title() -> None:
    assert VOCABULARY.instruments.items() <= {n: i.title for n, i in BOOK.instruments.items()}.items()


def test_a_superior_replaces_the_one_before() -> None:
    names = [one.instrument for one in BOOK.chain(BOOK.instruments["norrmalm-2016"])]
    assert names == ["umbrella-2015", "umbrella-2019", "umbrella-2024"]


def test_what_alvsjo_reports_of_its_terms() -> None:
    assert [extension.to for extension in BOOK.instruments["alvsjo"].extended] == ["2019-12-31"]


def test_texts_that_are_missing_are_presumed_in_force() -> None:
    assert {n for n, i in BOOK.instruments.items() if i.presumed} == {"umbrella-2019", "avsiktsforklaringen"}


@pytest.mark.parametrize(("instrument", "name", "clause"), COMPUTED)
def test_a_rule_can_be_shown_to_people(instrument: Instrument, name: str, clause: Clause) -> None:
    assert clause.sv and clause.sv[0].isupper() and clause.sv.endswith(".")
    assert name == name.lower() and name.isascii()
    if clause.duty_norm:
        assert clause.act and len(clause.act) <= 40 and not clause.act.endswith(".")
        assert clause.who


@pytest.mark.parametrize(("instrument", "name", "clause"), COMPUTED)
def test_a_rule_looks_for_what_people_are_told_to_write(instrument: Instrument, name: str, clause: Clause) -> None:
    """A value that the vocabulary does not list would be recorded with a warning, or never."""
    events = clause.when.events if clause.when else ()
    widened = VOCABULARY.extended(bodies=instrument.bodies)
    for pattern in (*clause.what, *events):
        kinds = [event.kind for event in events] if pattern.kind == ITSELF else [pattern.kind]
        for kind in kinds:
            assert unknown(widened, Pattern(kind, pattern.values)) == []


def unknown(known: vocabulary.Vocabulary, pattern: Pattern) -> list[str]:
    out = []
    for name, value in pattern.values:
        expected = known.bodies if name == "body" else known.expected(pattern.kind, name)
        if isinstance(value, OneOf) and expected is not None:
            out += [f"{name}: {text}" for text in value.texts if text not in expected]
    return out


def test_readings_that_a_rule_names_exist() -> None:
    for _, _, clause in clauses():
        assert set(clause.readings.codes) <= set(load_readings())


@pytest.mark.parametrize("name", ["ostermalm-2020", "norrmalm-2016"])
def test_an_update_passes_decision_writing_date_and_annex(name: str) -> None:
    instrument = BOOK.instruments[name]
    for step in CHAIN:
        when = instrument.clauses[step].when
        assert when and when.follows == "uppdatering-beslutas" and when.open
    assert instrument.clauses["beslut-skriftligt"].norm == ("shall", "valid_if")


def test_the_umbrella_asks_the_local_level_for_what_its_local_part_says() -> None:
    clauses = BOOK.instruments["umbrella-2024"].clauses
    local = [(n, c) for n, c in clauses.items() if c.per == "local_agreement" and c.computed]
    yearly = {n: c.at_least for n, c in local if c.when and c.when.form == "period"}
    assert yearly == {
        "lokal-atgardsplan-uppdateras": 1,
        "lokal-lagesbild-uppdateras": 1,
        "lokal-styrgrupp-moten": 2,
        "lokal-beredningsgrupp-moten": 4,
    }
    assert all(not c.per for n, c in clauses.items() if n.startswith("stadens-"))


def test_how_long_an_extension_may_be() -> None:
    effects = {
        name: (clause.effect.extends, clause.effect.at_most)
        for name, instrument in BOOK.instruments.items()
        for clause in instrument.clauses.values()
        if clause.effect
    }
    assert effects == {"umbrella-2015": (4, False), "norrmalm-2016": (2, False), "vaxholm-2023": (4, True)}
