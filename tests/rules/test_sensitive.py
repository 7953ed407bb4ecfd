"""Sensitive cases in a file: what is refused because it does nothing, or because it would tell what is hidden."""

import pytest
from jsonschema_rs import Draft202012Validator
from tests.rules.test_json_schema import SCHEMA

from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import parse_rulebook

HEAD = """instrument: prov
title: Prov
document: prov.txt
parties: [staden, polisen]
term: {from: 2026-01-01}
facts: {inledd: [barn], gjord: [barn], antagen: [barn], meeting_held: [barn]}
clauses:
"""
RIGHT = """  rond: {at: {section: "1"}, norm: shall, per: barn, sensitive: true,
         when: {each: month, from: {inledd: {}}}, what: {gjord: {barn: same}}}
"""
BEGUN = "when: {each: month, from: {inledd: {}}}"
REFUSED = {
    "without a case": (
        ("per: barn, ", ""),
        (
            "klausul rond: 'sensitive' har ingen verkan här. det är värdet på ett attribut i per som hålls hemligt, och"
            " klausulen har inget. Åtgärd: skriv per: ett attribut, eller ta bort sensitive."
        ),
    ),
    "of parties": (
        ("per: barn", "per: party"),
        (
            "klausul rond: 'sensitive' har ingen verkan här. det är värdet på ett attribut i per som hålls hemligt, och"
            " klausulen har inget. Åtgärd: skriv per: ett attribut, eller ta bort sensitive."
        ),
    ),
    "that nothing begins": (
        (BEGUN, "when: {each: month}"),
        (
            "klausul rond: 'sensitive' har ingen verkan här. ärendets nummer är den första registreringens som anger"
            " barn i from, och when har ingen. Åtgärd: skriv from: {faktatyp: {}}."
        ),
    ),
    "that a meeting begins": (
        (BEGUN, "when: {each: month, from: {meeting_held: {}}}"),
        (
            "klausul rond: ärendet får inget fast nummer. meeting_held kan stå för flera registreringar, och ärendets"
            " nummer är den förstas. Åtgärd: skriv en annan händelse i from, en som registreras för sig."
        ),
    ),
    "of a question": (
        ("what: {gjord: {barn: same}}", "attest: rektor"),
        (
            "klausul rond: en fråga kan inte vara känslig. den som svarar måste säga vilken barn det gäller. Åtgärd: ta"
            " bort sensitive, eller skriv what med det som visar det."
        ),
    ),
    "that is not so": (
        ("sensitive: true", "sensitive: false"),
        "sensitive kan bara vara true. Åtgärd: skriv sensitive: true, eller ta bort nyckeln.",
    ),
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA)


def problems(text: str) -> list[str]:
    try:
        parse_rulebook({"prov.yaml": text})
    except Rejected as rejected:
        return [str(one) for one in rejected.problems]
    return []


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_nothing_is_refused_with_its_line_by_check_and_schema(
    name: str, validator: Draft202012Validator
) -> None:
    (right, slip), told = REFUSED[name]
    assert right in RIGHT
    text = HEAD + RIGHT.replace(right, slip)
    found = problems(text)
    assert any(one.endswith(told) and one.startswith("prov.yaml:8") for one in found), found
    assert not validator.is_valid(parse_source(text, "prov.yaml").tree)


def test_a_sensitive_clause_is_taken_by_check_and_schema(validator: Draft202012Validator) -> None:
    assert problems(HEAD + RIGHT) == []
    assert validator.is_valid(parse_source(HEAD + RIGHT, "prov.yaml").tree)


def test_no_other_clause_tells_the_values_in_its_keys() -> None:
    other = RIGHT.replace("rond:", "syn:").replace("sensitive: true,", "")
    [told] = problems(HEAD + RIGHT + other)
    assert told == (
        "prov.yaml:10: klausul syn: beteckningarna röjer det som är känsligt. barn är känsligt i en annan klausul, och"
        " här står värdet i beteckningarna. Åtgärd: skriv sensitive: true här också."
    )


LATER = HEAD.replace("prov\n", "efter\n", 1).replace("title: Prov", "title: Efter").replace("2026", "2028")
PLAIN = RIGHT.replace("sensitive: true,", "")


@pytest.mark.parametrize("between", [(), ("mellan",)])
def test_no_later_agreement_that_counts_the_records_tells_the_values_in_its_keys(between: tuple[str, ...]) -> None:
    """Neither the one that continues it nor one that continues that in its turn."""
    texts, before = {"prov.yaml": HEAD + RIGHT}, "prov"
    for name in (*between, "efter"):
        head = f"replaces: {before}\ncontinues: {before}\n" + LATER.replace("efter\n", f"{name}\n", 1)
        texts[f"{name}.yaml"] = head + (PLAIN if name == "efter" else "")
        before = name
    if between:
        texts["mellan.yaml"] += '  ram: {at: {section: "1"}, norm: states, note: Inget att pröva.}\n'
    with pytest.raises(Rejected) as rejected:
        parse_rulebook(texts)
    assert [str(one) for one in rejected.value.problems] == [
        (
            "efter.yaml:10: klausul rond: beteckningarna röjer det som är känsligt. barn är känsligt i avtalet prov,"
            " som räknas med, och här står värdet i beteckningarna. Åtgärd: skriv sensitive: true här också."
        )
    ]
    own = texts["efter.yaml"]
    parse_rulebook(texts | {"efter.yaml": own.replace("per: barn,", "per: barn, sensitive: true,")})
    parse_rulebook(texts | {"efter.yaml": "".join(one for one in own.splitlines(True) if "continues" not in one)})


def test_what_is_presumed_gives_a_case_no_number() -> None:
    presumed = """  antas: {at: {section: "2"}, norm: deemed, when: {each: {inledd: {}}, due: 3 days after event},
          what: {antagen: {barn: same}}}
"""
    begun = RIGHT.replace("{inledd: {}}", "{antagen: {}}")
    [told] = problems(HEAD + begun + presumed)
    assert told.startswith("prov.yaml:8: klausul rond: ärendet får inget fast nummer. antagen kan stå för flera")
