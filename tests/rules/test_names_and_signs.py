"""Names that are taken, slips for words of the language, bearers that are missing, characters that nobody sees."""

from pathlib import Path

import pytest
from tests.rules.test_soundness import HEAD, read

from avtalsvakt_rules.checks.invisible_characters import check_invisible, invisible_in
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import parse_rulebook, read_rulebook
from avtalsvakt_rules.soundness.clauses import check_soundness
from avtalsvakt_rules.soundness.remarks import remarks

CLAUSE = '  brev: {at: {section: "2"}, norm: shall, who: parterna, when: {each: year}, what: {information_given: {}}}\n'


def told(head: str, clause: str = CLAUSE) -> list[str]:
    return [str(one) for one in check_soundness(read(HEAD.replace("clauses:", head + "\nclauses:") + clause))]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("facts: {nyckel: [rum]}", None, id="a kind of the file's own"),
        pytest.param(
            "facts: {nyckel: [recorded]}",
            "prov.yaml:8: faktatypen nyckel: 'recorded' kan inte vara ett attribut. varje registrering har det redan. "
            "Åtgärd: stryk recorded, eller kalla det något annat.",
            id="an attribute that every record has",
        ),
        pytest.param(
            "facts: {any_of: []}",
            "prov.yaml:8: faktatypen 'any_of' är upptagen. 'any_of' betyder redan något annat i språket. "
            "Åtgärd: ge den egna faktatypen ett annat namn.",
            id="a word of the language",
        ),
        pytest.param(
            "bodies: {chiefs_council: chefsrådet}",
            "prov.yaml:8: organet 'chiefs_council' finns redan. det står redan för Chefsamrådet / chefsrådet, och det "
            "egna ordet skulle aldrig användas. Åtgärd: stryk raden, eller ge det egna organet ett annat namn.",
            id="a body that is known",
        ),
        pytest.param(
            "bodies: {radet: lokal styrgrupp}",
            "prov.yaml:8: 'lokal styrgrupp' är redan ett organ. det är redan ordet för local_steering_group, och "
            "registreringar med det skulle mena ett annat organ. Åtgärd: skriv local_steering_group, eller ge organet "
            "ett annat ord.",
            id="the word for a body that is known",
        ),
        pytest.param(
            "bodies: {polisen: polisens råd}",
            "prov.yaml:8: organet 'polisen' har samma namn som en part. en part med samma namn finns i parties, och "
            "det går inte att säga vem som menas. Åtgärd: ge organet ett annat namn.",
            id="a party",
        ),
        pytest.param(
            "readings: {HALVAR: {choice: agreement, because: så}}",
            "prov.yaml:8: läsningen HALVAR har ingen verkan. ingen klausul i filen hänger på den frågan. "
            "Åtgärd: ta bort läsningen, eller rätta koden.",
            id="a reading that no clause asks for",
        ),
    ],
)
def test_a_name_that_is_taken_is_told(head: str, expected: str | None) -> None:
    assert told(head) == ([expected] if expected else [])


def looked_at(clause: str, head: str = "") -> list[str]:
    text = HEAD.replace("clauses:", head + "\nclauses:") if head else HEAD
    return [str(one) for one in remarks(read(f"{text}  {clause}\n"))]


@pytest.mark.parametrize(
    ("value", "word"),
    [("samma", "same"), ("båda", "both"), ("alternatng", "alternating"), ("nxet", "next"), ("Same", "same")],
)
def test_a_slip_for_a_word_of_the_language_is_worth_a_look(value: str, word: str) -> None:
    what = "{document_revised: {version: %s}}"
    clause = f'b: {{at: {{section: "2"}}, norm: shall, who: polisen, when: {{each: year}}, what: {what}}}'
    [one] = looked_at(clause % value)
    assert one == (
        f"prov.yaml:9: klausul b: '{value}' är inget ord i språket. '{value}' läses som det värde som registreringen "
        f"ska ha i version. Åtgärd: menade du {word}? Ska det stå så: skriv accepted: {{{value}: skälet}} i klausulen."
    )


def test_a_duty_of_nobody_is_worth_a_look_unless_the_text_says_so() -> None:
    clause = 'b: {at: {section: "2"}, norm: shall, %swhen: {each: year}, what: {information_given: {}}}'
    [one] = looked_at(clause % "")
    assert one.startswith("prov.yaml:9: klausul b: klausulen säger inte vem som ska göra det.")
    assert "Åtgärd: skriv who: en part eller ett organ, eller who: ingen angiven. Ska det stå så: skriv accepted" in one
    assert looked_at(clause % "who: ingen angiven, ") == []


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{each: term, due: 6 months before end}", "'6 months before end' blir ingen dag"),
        ("{each: term}", "each: term ger ingen skyldighet"),
        ("{each: year, due: 30 days before end}", None),
    ],
)
def test_before_an_end_that_the_agreement_has_not_is_worth_a_look(when: str, said: str | None) -> None:
    clause = (
        f'  b: {{at: {{section: "2"}}, norm: shall, who: polisen, when: {when}, what: {{information_given: {{}}}}}}\n'
    )
    found = remarks(read(HEAD.replace(", to: 2028-12-31", "") + clause))
    assert [one.what for one in found] == ([f"klausul b: {said}"] if said else [])


def test_a_body_in_the_words_of_a_party_is_worth_a_look() -> None:
    [one] = looked_at(CLAUSE.strip(), "bodies: {radet: polisen}")
    assert one.startswith("prov.yaml:8: organet radet döljer 'polisen'.")


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u00a0", "hårt blanksteg"),
        ("\u00ad", "mjukt bindestreck"),
        ("\u200b", "nollbreddstecken"),
        ("\u2060", "nollbreddstecken"),
        ("\u200e", "osynligt riktningstecken"),
        ("\u0308", "löst tecken ovanpå en bokstav (COMBINING DIAERESIS)"),
        ("\u2003", "osynligt tecken (EM SPACE)"),
    ],
)
def test_a_character_that_nobody_sees_has_its_name(sign: str, name: str) -> None:
    assert invisible_in(f"polis{sign}en") == name
    assert invisible_in("polisen, Östermalm – § 5") is None


def test_an_invisible_character_is_refused_with_its_line_but_not_in_running_text() -> None:
    text = HEAD + CLAUSE.replace("parterna", "parter\u00a0na")
    [one] = check_invisible(parse_source(text, "prov.yaml"))
    assert str(one) == (
        "prov.yaml:9: 'parter·na' innehåller ett hårt blanksteg. det syns inte men skiljer ordet från ett som ser "
        "likadant ut. Åtgärd: skriv om ordet för hand."
    )
    running = HEAD + CLAUSE.replace("norm: shall", "sv: Enligt §\u00a05 ges besked., norm: shall")
    assert list(check_invisible(parse_source(running, "prov.yaml"))) == []


def test_a_key_with_an_invisible_character_is_not_called_unknown(tmp_path: Path) -> None:
    text = HEAD + CLAUSE.replace("norm:", "no\u00adrm:")
    path = tmp_path / "prov.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        read_rulebook([path])
    assert [one.what for one in caught.value.problems] == ["'no·rm' innehåller ett mjukt bindestreck"]


def test_what_was_kept_before_is_read_as_it_was() -> None:
    text = HEAD + CLAUSE.replace("2028-12-31}", "2028-12-31}").replace(
        "information_given: {}", "information_given: {document: a\u00a0b}"
    )
    assert "prov-2026" in parse_rulebook({"prov-2026": text}).instruments
