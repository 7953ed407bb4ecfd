"""What a coordinator reads: places, who said no, who is missing since when, laws that are no agreements."""

from datetime import date
from fractions import Fraction

import pytest
from tests.service.command_line import HERE, RULES, call

from avtalsvakt.answers.order import by_day
from avtalsvakt.subscribing.calendar_wording import wording_of
from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.explaining.how_often import times_words, years_words
from avtalsvakt_engine.explaining.places import place_words
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.rulebook import load_rulebook

FIXTURES = HERE.parents[1] / "fixtures"
VAXHOLM, OSTERMALM = FIXTURES / "kommun-vaxholm.csv", FIXTURES / "ostermalm-2020.csv"
NORRMALM = FIXTURES / "norrmalm-2016.csv"


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


def why(file: object, duty: str, *options: str) -> str:
    """The explanation as running text."""
    answer = call("why", "--facts", file, "--as-of", "2026-11-22", duty, *options)
    assert answer.code == 0, answer.err
    return " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("at", "statute", "words"),
    [
        (Address(section="6", paragraph="1"), True, "6 §, stycke 1"),
        (Address(section="12", paragraph="1", item="2"), True, "12 §, stycke 1, punkt 2"),
        (Address(section="Tid", paragraph="1", sentence="2"), False, "avsnitt Tid, stycke 1, mening 2"),
        (Address(annex="4", part="Ungdomar", row="Syfte"), False, "bilaga 4, Ungdomar, rad Syfte"),
    ],
)
def test_a_place_is_cited_as_people_cite_it(at: Address, statute: bool, words: str) -> None:
    assert place_words(at, statute=statute) == words


def test_every_so_many_years_is_said_in_words() -> None:
    assert [years_words(number) for number in (2, 4, 12)] == ["vartannat år", "vart fjärde år", "vart 12:e år"]
    assert years_words(21) == "vart 21:a år"
    assert times_words(Fraction(1, 2)) == "vartannat år" and times_words(Fraction(2, 5)) == "en gång på 2,5 år"


def test_a_law_is_told_of_as_a_law() -> None:
    text = why(VAXHOLM, "kommun-vaxholm.lag-2023-196.lagesbild-uppdateras.2024/2025", "--all")
    assert "arbete, 6 §, stycke 1" in text and "vartannat år, för varje kommun, räknat från 2023" in text
    assert "gäller varje kommun" in text and "lag-2023-196: Lagen är i kraft." in text
    assert "lokalt avtal" not in text and "sagts upp" not in text and "kommun-vaxholm gäller" not in text
    assert "[VARTANNAT]" in text and "[FJARDE]" not in text


def test_a_law_counts_every_other_year_from_the_latest_whatever_an_agreement_reads() -> None:
    keys = {}
    for choice in ("picture", "term", "from_start"):
        scope = ("--as-of", "2026-11-22", "--agreement", "kommun-vaxholm", "--reading", f"FJARDE={choice}")
        keys[choice] = call("assess", "--facts", VAXHOLM, *scope, "--format", "csv").out
    assert keys["picture"] == keys["term"] == keys["from_start"] and "lagesbild-uppdateras.2024/2025" in keys["term"]


def test_an_ended_role_is_told_with_the_day_since_when_it_is_missing() -> None:
    text = why(VAXHOLM, "kommun-vaxholm.lag-2023-196.funktionen-kontaktpunkt")
    assert "Brist: det som krävs finns inte" in text
    assert "saknas sedan 2025-04-01; uppdraget i kva-001 slutade dagen före" in text


def test_a_no_is_told_with_who_said_it_and_when() -> None:
    text = why(VAXHOLM, "kommun-vaxholm.lag-2023-196.integreras.2025", "--all")
    assert text.startswith("Där det passar sker arbetet med bild och plan")  # the sentence, not the clause's name
    assert "Svaret är nej: samordningsfunktionen svarade 2025-12-10 (kva-016)" in text
    assert "Svaret är nej." in text and "dagar sedan" not in text and "Försenad" not in text


def test_what_is_missing_in_a_list_is_named_and_others_do_not_count() -> None:
    text = why(OSTERMALM, "ostermalm-2020.styrgrupp-prioriterade")
    assert "1 av 2 finns, bostadsbolag saknas" in text
    assert "Räknas 2021-01-18 roll eller funktion utsedd, lokal styrgrupp, trafikkontoret (ost-097)" in text
    assert "stadsdelsdirektör, stadsdelsförvaltningen (ost-091): visar inget av det som krävs här" in text


def test_what_a_document_lacks_is_told_with_the_document() -> None:
    text = why(NORRMALM, "norrmalm-2016.klara-atgardsplan-innehall.nor-192")
    assert "Brist: 2 av 3 finns, återkoppling saknas" in text
    assert "återkoppling saknas i Klaras åtgärdsplan 2016-1 från 2016-11-22 (nor-192)" in text


def test_what_a_record_says_instead_is_told() -> None:
    text = why(NORRMALM, "norrmalm-2016.ordforandeskap-alternerar.nor-004")
    assert "Brist: ordförande är lokalpolisområdeschef, som förra gången" in text
    assert "mötet hålls med en annan ordförande än förra gången" in text
    assert "det går inte att ändra i efterhand hur det gick till" in text


def test_a_duty_of_a_site_is_told_with_the_site() -> None:
    text = why(NORRMALM, "platssamverkan-moten.blekholmsterrassen.2017-05")
    assert text.startswith("Kalla platssamverkan, Blekholmsterrassen · 2017-05")


def test_a_waived_duty_is_told_with_the_waiver() -> None:
    text = why(OSTERMALM, "ostermalm-2020.overenskommelse-revideras.2020")
    assert "Undantagen: parterna har medgett undantag" in text
    assert "2020-12-15 undantag medgivet, skriftlig, undertecknat av" in text and "(ost-083)" in text


def test_a_right_is_not_told_as_something_left_undone() -> None:
    scope = ("--facts", FIXTURES / "vaxholm-2023.csv", "--as-of", "2026-11-22")
    text = " ".join(call("why", *scope, "vaxholm-2023.forlangning.term-1").out.split())
    assert text.startswith("Avtala om förlängning · giltighetstid 1")
    assert "Väntar: rätten är inte använd, 39 dagar kvar till 2026-12-31" in text


def test_only_what_can_be_late_is_listed_as_late() -> None:
    out = call("assess", "--facts", VAXHOLM, "--as-of", "2026-11-22", "--agreement", "kommun-vaxholm").out
    lines = out.splitlines()
    [wrong] = [line for line in lines if "Utse kommunens kontaktpunkt" in line]
    assert "brist" in wrong and "d sen" not in wrong
    assert not [line for line in lines if "d sen" in line and "försenad" not in line]


def test_what_is_to_be_done_comes_before_what_is_to_be_attested_the_same_day() -> None:
    with Decider() as decider:
        world = World(load_rulebook(), lambda _: [], decider, date(2026, 11, 22))
        found = [one for *_, verdicts, _ in judge_agreement(world, "ostermalm-2020") for one in verdicts]
    day = [one.attest is not None for one in by_day(found) if one.due == date(2026, 12, 31)]
    assert day == sorted(day) and len(set(day)) == 2


def test_a_page_of_rules_says_what_comes_from_the_agreement_above() -> None:
    shown = call(*RULES, "rules", "show", "lokal", "--as-of", "2026-11-22").out
    assert "Ur stad följer dessutom, för varje avtal under det:" in shown
    assert "Kalla lokala styrgruppen: varje år" in shown
    assert "Kalla lokala styrgruppen (krävs i stad)" in shown


def test_the_page_of_clauses_says_on_a_narrow_screen_what_each_cell_is() -> None:
    page = call("rules", "clauses", "--instrument", "lag-2023-196", "--format", "html").out
    assert '<td data-head="Redovisning">' in page and "@media(max-width:48em)" in page
    assert "VARTANNAT=calendar" not in page and "vartannat kalenderår" in page


def test_what_no_longer_decides_is_not_asked_for_and_what_does_is_named() -> None:
    done = why(NORRMALM, "norrmalm-2016.umbrella-2015.atgardsplaner-upprattas.nor-133")
    assert "Uppfylld: gjort i tid" in done and "avtalsvakt correct" not in done
    waiting = why(NORRMALM, "norrmalm-2016.umbrella-2015.atgardsplaner-upprattas.nor-135")
    assert "uppgift om område: avtalsvakt correct nor-117 area=…" in waiting


def test_a_period_that_has_not_begun_is_told_with_its_first_day() -> None:
    text = why(OSTERMALM, "ostermalm-2020.styrgrupp-moten.2027")
    assert "Väntar: räknas från 2027-01-01, sista dag 2027-12-31" in text


def test_a_reminder_cites_the_place_as_the_explanation_does() -> None:
    words = wording_of(load_rulebook(), ["kommun-vaxholm"]).obligations["lag-2023-196", "lagesbild-uppdateras"]
    assert words.clause == "6 §, stycke 1, led 1"
