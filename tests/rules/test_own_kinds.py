"""A file's own kinds of facts: what their attributes hold, occasions among them, and what is refused with its line."""

import pytest
from jsonschema_rs import Draft202012Validator
from tests.rules.test_json_schema import SCHEMA

from avtalsvakt_rules.language.own_kinds import OwnKind, as_written, joined, read_own_kinds
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import parse_rulebook
from avtalsvakt_rules.vocabulary import load

HEAD = """instrument: prov
title: Prov
document: prov.txt
parties: [staden, polisen]
term: {from: 2026-01-01}
"""
FACTS = """facts:
  besked: {by: text, svar: yes_no, antal: number, utfall: [bifall, avslag], klart: day, om: reference}
  förhandling: {occasion: true, sal: text}
"""
CLAUSE = 'clauses: {{rond: {{at: {{section: "1"}}, norm: shall, {rest}}}}}\n'
YEARLY = "when: {each: year}"


def problems(*files: str) -> list[str]:
    try:
        parse_rulebook({f"prov{number}.yaml": text for number, text in enumerate(files, 1)})
    except Rejected as rejected:
        return [str(one) for one in rejected.problems]
    return []


def clause(rest: str, facts: str = FACTS) -> str:
    return HEAD + facts + CLAUSE.format(rest=rest)


RIGHT = [
    f"{YEARLY}, what: {{besked: {{svar: ja, antal: {{at_least: 3}}, utfall: [bifall, avslag], klart: 2026-04-10}}}}",
    f"{YEARLY}, what: {{besked: {{antal: '12', utfall: {{not_in: [avslag]}}, om: {{decision_made: {{}}}}}}}}",
    "when: {each: {besked: {svar: nej}}, due: 3 days after event.klart}, what: {decision_made: {}}",
    "when: {each: {förhandling: {body: coordinators}}, due: 3 days before event}, what: {besked: {om: same}}",
    "when: {each: {förhandling_held: {sal: A}}, due: next}, what: {förhandling_convened: {förhandling_date: same}}",
    f"{YEARLY}, what: {{förhandling_held: {{}}}}, unless: {{förhandling_cancelled: {{}}}}",
]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("rest", RIGHT)
def test_what_fits_is_taken_by_check_and_schema(rest: str, validator: Draft202012Validator) -> None:
    text = clause(rest)
    assert problems(text) == []
    assert validator.is_valid(parse_source(text, "prov.yaml").tree)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("facts: [besked]\n", "facts är faktatyper med sina attribut. Åtgärd: skriv facts: {nyckel_lämnad: [by]}"),
        ("facts: {besked: by}\n",
         ("attributen hos besked är en lista, eller namn med vad de rymmer. Åtgärd: skriv besked: [by], eller besked:"
         " {by: text, svar_senast: day}")),
        ("facts: {besked: [by, []]}\n",
         ("i listan med attribut hos besked står något annat än ett namn. Åtgärd: skriv besked: [by], eller besked:"
         " {by: text, svar_senast: day}")),
        ("facts: {besked: [{svar: ja}]}\n", "i listan med attribut hos besked står något annat än ett namn."),
        ("facts: {besked: {svar: janej}}\n",
         ("besked.svar säger inte vad det rymmer. Åtgärd: skriv text, day, yes_no, number eller reference, eller en"
         " lista med de värden som finns")),
        ("facts: {besked: {svar: []}}\n", "besked.svar säger inte vad det rymmer."),
        ("facts: {besked: {occasion: false}}\n",
         "occasion kan bara vara true. Åtgärd: skriv besked: {occasion: true}, eller ta bort occasion"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_check_and_schema(
    facts: str, told: str, validator: Draft202012Validator
) -> None:
    text = clause(f"{YEARLY}, what: {{decision_made: {{}}}}", facts)
    found = problems(text)
    assert found and found[0].startswith("prov1.yaml:6") and told in found[0], found
    assert not validator.is_valid(parse_source(text, "prov.yaml").tree)


@pytest.mark.parametrize(
    ("slip", "where"),
    [
        ("besked: by", "fel värde i 'besked'"),
        ("besked: [by, []]", "fel värde i 'besked'"),
        ("besked: {by: text, svar: janej}", "fel värde i 'svar'"),
        ("besked: {occasion: false}", "fel värde i 'occasion'"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_own_line(slip: str, where: str) -> None:
    facts = f"facts:\n  annat: [by]\n  {slip}\n  till: [by]\n"
    text = clause(f"{YEARLY}, what: {{decision_made: {{}}}}", facts)
    line = text.splitlines().index(f"  {slip}") + 1
    [found] = problems(text)
    assert found.startswith(f"prov1.yaml:{line}: {where}"), found


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (f"{YEARLY}, what: {{besked: {{utfall: avslås}}}}",
         ("'avslås' kan aldrig stå i utfall. besked säger att utfall rymmer ett av bifall, avslag. Åtgärd: skriv ett av"
         " bifall, avslag.")),
        (f"{YEARLY}, what: {{besked: {{svar: kanske}}}}",
         "'kanske' kan aldrig stå i svar. besked säger att svar rymmer ja eller nej. Åtgärd: skriv ja eller nej."),
        (f"{YEARLY}, what: {{besked: {{antal: många}}}}",
         ("'många' kan aldrig stå i antal. besked säger att antal rymmer ett tal. Åtgärd: skriv ett tal eller"
         " {at_least: 3}.")),
        (f"{YEARLY}, what: {{besked: {{klart: {{at_least: 3}}}}}}",
         "klart kan inte jämföras så. besked säger att klart rymmer en dag. Åtgärd: skriv en dag, t.ex. 2026-04-10."),
        (f"{YEARLY}, what: {{besked: {{antal: {{length: 1 year, from: klart}}}}}}", "antal kan inte jämföras så."),
        (f"{YEARLY}, what: {{besked: {{antal: {{decision_made: {{}}}}}}}}", "antal kan inte jämföras så."),
        (f"{YEARLY}, what: {{besked: {{antal: {{at_least: 1/2, of: klart}}}}}}",
         "klart kan inte jämföras så. besked säger att klart rymmer en dag. Åtgärd: skriv klart: number under facts."),
        (f"{YEARLY}, what: {{besked: {{klart: {{length: 1 year, from: antal}}}}}}", "antal kan inte jämföras så."),
        (f"{YEARLY}, what: {{besked: {{}}}}, including: [{{utfall: bifall}}, {{utfall: avslås}}]",
         "'avslås' kan aldrig stå i utfall."),
        ("when: once, what: {besked: {}}, effect: {ends: event.antal}",
         "'event.antal' kan inte räknas ut. besked säger att antal rymmer ett tal."),
        ("when: {each: {besked: {}}, due: 3 days after event.antal}, what: {decision_made: {}}",
         ("'3 days after event.antal' kan inte räknas ut. besked säger att antal rymmer ett tal. Åtgärd: skriv antal:"
         " day under facts, eller räkna från event.")),
        (f"{YEARLY}, what: {{förhandling: {{}}}}",
         ("'förhandling' är ett tillfälle och ingen registrering. förhandling samlar plan, kallelse, flytt och det som"
         " hölls, och kan bara stå i each. Åtgärd: skriv förhandling_held om det som hölls.")),
        ("when: {each: {förhandling: {}}, due: event}, what: {itself: {body: coordinators}}",
         "'förhandling' har inget eget innehåll."),
        ("when: {each: {förhandling: {sal: A}}, due: event}, what: {besked: {}}",
         "attributet hos förhandling 'sal' finns inte. namnet är okänt. Åtgärd: skriv body eller site."),
        (f"{YEARLY}, what: {{förhandling_held: {{rum: A}}}}",
         ("attributet hos förhandling_held 'rum' finns inte. namnet är okänt. Åtgärd: lägg till under facts"
         " förhandling_held: [rum]")),
        (f"{YEARLY}, what: {{besked: {{plats: A}}}}",
         "skriv under facts besked: {by: text, svar: yes_no, antal: number"),
    ],
)  # fmt: skip
def test_a_pattern_that_asks_for_what_cannot_be_is_refused(rest: str, told: str) -> None:
    found = problems(clause(rest))
    assert len(found) == 1 and found[0].startswith("prov1.yaml:9: klausul rond: ") and told in found[0], found


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("facts: {meeting: {occasion: true}}\n",
         "faktatypen 'meeting' är upptagen. meeting betyder redan ett tillfälle som planeras, flyttas och hålls."),
        ("facts: {inspection: [by]}\n", "faktatypen 'inspection' är upptagen."),
        ("facts: {training_done: {occasion: true}}\n",
         "faktatypen 'training_done' är upptagen. training_done betyder redan en registrering."),
        ("facts: {meeting_held: {chair: day}}\n",
         ("meeting_held: chair finns redan. vad det rymmer är bestämt för alla avtal. Åtgärd: stryk chair, eller kalla"
         " det något annat.")),
        ("facts: {besked: {site: number}}\n", "besked: site finns redan."),
        ("facts: {besked: {chair: yes_no}}\n",
         "besked: chair kan inte vara ja eller nej. det rymmer annat hos meeting_held. Åtgärd: kalla det något annat."),
        ("facts: {besked: {svar: yes_no}, fråga: [svar]}\n",
         ("attributet svar hos fråga rymmer två olika saker. prov säger att svar är ja eller nej, och det gäller var"
         " det än står. Åtgärd: skriv svar: yes_no här också, eller kalla det något annat.")),
    ],
)  # fmt: skip
def test_a_name_that_means_something_already_is_refused(facts: str, told: str) -> None:
    found = problems(clause(f"{YEARLY}, what: {{decision_made: {{}}}}", facts))
    assert any(one.startswith("prov1.yaml:6: ") and told in one for one in found), found


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("facts: {besked: {antal: day}}\n",
         ("attributet antal hos besked rymmer två olika saker. det sägs annorlunda i prov. Åtgärd: skriv lika i båda,"
         " eller kalla det något annat.")),
        ("facts: {förhandling: [by]}\n",
         "faktatypen 'förhandling' är upptagen. det är ett tillfälle i prov, och betyder samma sak överallt."),
        ("facts: {annat: [svar]}\n", "attributet svar hos annat rymmer två olika saker."),
        ("facts: {besked: [antal, mer], förhandling: {occasion: true}}\n", ""),
    ],
)  # fmt: skip
def test_files_say_the_same_of_a_kind_or_are_refused(other: str, told: str) -> None:
    rest = f"{YEARLY}, what: {{decision_made: {{}}}}"
    second = clause(rest, other).replace("instrument: prov\ntitle: Prov", "instrument: prov-2\ntitle: Prov två")
    found = problems(clause(rest), second)
    assert any(told in one for one in found) if told else found == [], found


def test_an_occasion_has_the_records_of_a_meeting() -> None:
    wider = load().extended(kinds=read_own_kinds({"syn": {"occasion": True, "sal": "text"}, "syn_held": ["chef"]}))
    records = wider.movable["syn"]
    assert records.kinds == ("syn_scheduled", "syn_convened", "syn_cancelled", "syn_held")
    held, plan, notice, off = (
        wider.kinds[one] for one in ("syn_held", "syn_scheduled", "syn_convened", "syn_cancelled")
    )
    assert (held.occasion, plan.ahead, held.attributes) == (True, True, ("sal", "separate", "chef"))
    assert (notice.requires, notice.days, off.requires) == (("syn_date",), ("syn_date",), ("planned_for",))
    assert [wider.kinds[one].sv for one in records.kinds] == [
        "plan för syn", "kallelse till syn", "syn ställdes in", "syn hölls",
    ]  # fmt: skip
    assert wider.labels["syn_date"] == "dag för syn" and "syn" not in load().movable


def test_what_one_file_says_of_an_attribute_goes_before_its_being_a_text_in_another() -> None:
    either = [{"x": OwnKind({"a": "day"})}, {"x": OwnKind({"a": "text", "b": "text"})}]
    for pair in (either, either[::-1]):
        assert joined(pair)["x"].holds == {"a": "day", "b": "text"}
    assert as_written("x", OwnKind({"a": "day", "b": ("c", "d")}), ["e"]) == "x: {a: day, b: [c, d], e: text}"


BEFORE = """instrument: prov
title: Prov
document: prov.txt
parties: [staden, polisen]
term: {from: 2026-01-01}
facts: {inledd: [barn, by], gjord: [barn], meeting_held: [barn], tomt: []}
clauses:
  rond:
    {at: {section: "1"}, norm: shall, per: barn, when: {each: month, from: {inledd: {}}}, what: {gjord: {barn: same}}}
"""


def test_a_file_that_says_nothing_of_types_or_sensitive_cases_has_the_digest_that_it_had_before_they_were() -> None:
    """Runs that kept it find it by that."""
    assert parse_rulebook({"prov.yaml": BEFORE}).digest == "53f94efcdbb38f48"


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("tomt: []", "tomt: {a: text}"), ("gjord: [barn]", "gjord: {barn: day}"),
        ("gjord: [barn]", "gjord: {barn: [a]}"),
        ("tomt: []", "tomt: {occasion: true}"), ("per: barn,", "per: barn, sensitive: true,"),
    ],
)  # fmt: skip
def test_what_is_said_of_them_changes_the_digest(plain: str, other: str) -> None:
    assert plain in BEFORE
    assert len({parse_rulebook({"prov.yaml": text}).digest for text in (BEFORE, BEFORE.replace(plain, other))}) == 2
