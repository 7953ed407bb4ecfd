"""What an explanation says is missing where an occasion's own record is the evidence, or a list must be covered."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.explaining.clause_words import part_words
from avtalsvakt_engine.explaining.explanations import Background, explain
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook
from avtalsvakt_rules.vocabulary import load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)
PLAN = {"id": "p1", "kind": "document_revised", "agreement": "ostermalm-2020", "date": "2026-10-29",
        "document": "åtgärdsplan"}  # fmt: skip
CONTENTS = "ostermalm-2020.umbrella-2024.atgardsplan-innehall.p1"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def missing(rulebook: Rulebook, decider: Decider, line: Mapping[str, object], duty: str) -> tuple[str, ...]:
    """The lines under the heading of what is missing, for one duty after one fact."""
    fact = read_fact(line, known=Known(load(), frozenset(rulebook.instruments)), now=NOW, where="prov").fact
    world = World(rulebook, lambda name: [fact] if name == fact.agreement else [], decider, DAY)
    verdicts = [one for *_, found, _ in judge_agreement(world, fact.agreement) for one in found]
    timelines = {name: world.timelines.of(name) for name in {fact.agreement, *(one.instrument for one in verdicts)}}
    background = Background(rulebook, DAY, verdicts, world.index(fact.agreement).by_id, timelines)
    [verdict] = [one for one in verdicts if one.duty == duty]
    return next(part.lines for part in explain(verdict, background).parts if part.heading in ("Saknas", "Består"))


def test_only_the_part_that_the_record_lacks_is_missing(rulebook: Rulebook, decider: Decider) -> None:
    said = ["aktiviteter", "genomförande", "uppföljning", "ansvariga", "stadsövergripande samverkansområden"]
    lines = missing(rulebook, decider, PLAN | {"elements": said}, CONTENTS)
    assert lines[0] == "tidsplan eller tid saknas i åtgärdsplan från 2026-10-29 (p1)"
    assert lines[1:] == (
        "det gäller just den gången; nästa gång prövas för sig",
        "är det registreringen som är fel eller ofullständig: avtalsvakt correct p1 …",
    )
    assert not [line for line in lines if any(part in line for part in said)]


def test_what_the_record_is_silent_about_is_asked_for_by_name(rulebook: Rulebook, decider: Decider) -> None:
    assert missing(rulebook, decider, PLAN, CONTENTS)[0] == "uppgift om innehåll: avtalsvakt correct p1 elements=…"
    template = "ostermalm-2020.umbrella-2024.mall-atgardsplan.p1"
    assert missing(rulebook, decider, PLAN, template)[0] == "uppgift om mall: avtalsvakt correct p1 template=…"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"role": "polisområdeschef", "area": "Stockholm Syd"}, "polisområdeschef (Stockholm Syd)"),
        ({"organisation": ["staden", "polisen"]}, "staden eller polisen"),
        ({"role": "kommunpolis"}, "kommunpolis"),
    ],
)
def test_a_part_with_two_attributes_needs_both_and_says_so(part: dict[str, str | list[str]], words: str) -> None:
    assert part_words(part, names_of()) == words
