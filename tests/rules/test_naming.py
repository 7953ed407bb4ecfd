"""Names that a page carries: defaults, checks and the list of all of them."""

from pathlib import Path
from textwrap import dedent

import pytest
from tests.rules.names_list import GOLDEN, listing

from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.parsing.source import read_source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.rulebook import builtin_files, load_rulebook, second_look
from avtalsvakt_rules.soundness.page_names import LEANING, names_who
from avtalsvakt_rules.texts.naming import duty_title, municipality_title, question, short_title

HEAD = """
    instrument: prov-2026
    title: Lokal samverkansöverenskommelse för provområdet i norr
    level: local
    document: prov.pdf
    parties: [stadsdelsförvaltningen, polisen]
    term: {from: 2026-01-01}
"""
MEETING = """
      at: {section: "1"}
      norm: shall
      who: local_steering_group
      when: {each: year}
      what: {meeting_held: {body: local_steering_group}}
"""
ASKED = """
      at: {section: "2"}
      norm: shall
      who: local_steering_group
      attest: stadsdelsdirektör
"""


def looked_at(tmp_path: Path, clause: str, head: str = "") -> tuple[list[Problem], list[Problem]]:
    """What a second look says of a file with this clause, and with these further lines in its head."""
    text = dedent(HEAD) + head + "\nclauses:\n  prov:\n" + dedent(clause).replace("\n", "\n    ") + "\n"
    (tmp_path / "prov.yaml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        if "Östermalm" not in head:  # the one name that another text has
            patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        unsound, worth = second_look([tmp_path])
    return unsound, [one for one in worth if "prov.yaml" in one.where]


def test_every_name_is_as_the_list_says() -> None:
    assert listing() == GOLDEN.read_text(encoding="utf-8"), "python -m tests.rules.names_list skriver listan på nytt"


def test_every_name_of_the_texts_that_come_with_the_program_passes_the_second_look() -> None:
    unsound, worth = second_look()
    assert [str(one) for one in unsound] == []
    assert [str(one) for one in worth if "sv" in one.what or "rubriken" in one.what] == []


def test_every_duty_and_question_of_the_texts_has_a_name_written_by_hand() -> None:
    for path in builtin_files():
        tree = read_source(path).tree
        assert isinstance(tree, dict)
        clauses = tree.get("clauses") or {}
        assert isinstance(clauses, dict)
        for name, clause in clauses.items():
            assert isinstance(clause, dict)
            wanted = "question" if "attest" in clause else "title" if "what" in clause else None
            assert wanted is None or wanted in clause, f"{path.name}: {name}"


@pytest.mark.parametrize(
    ("identifier", "title", "short"),
    [
        ("exempel-2026", "Överenskommelse Exempelby", "Överenskommelse Exempelby"),
        ("exempel-2026", "x" * 40, "x" * 40),
        ("exempel-2026", "x" * 41, "Exempel 2026"),
        ("norra_delen-2026", "x" * 41, "Norra delen 2026"),
    ],
)
def test_a_short_name_is_the_title_where_that_is_short_and_else_the_identifier(
    identifier: str, title: str, short: str
) -> None:
    assert short_title(identifier, title) == short


@pytest.mark.parametrize(
    ("said", "act", "title"),
    [
        ("Styrgruppen träffas.", "Kalla styrgruppen", "Styrgruppen träffas"),
        ("S" * 90 + ".", "Kalla styrgruppen", "S" * 90),
        ("S" * 91 + ".", "Kalla styrgruppen", "Kalla styrgruppen"),
        ("S" * 91 + ".", None, "S" * 91),
        (None, "Kalla styrgruppen", "Kalla styrgruppen"),
        (None, None, None),
    ],
)
def test_a_duty_is_called_by_its_sentence_and_by_its_act_where_that_is_long(
    said: str | None, act: str | None, title: str | None
) -> None:
    assert duty_title(said, act) == title


def test_a_sentence_becomes_a_question() -> None:
    assert question("Styrgruppen träffas.") == "Stämmer det att styrgruppen träffas?"
    assert question(None) is None


def test_a_municipality_that_no_file_describes_has_a_short_name() -> None:
    found = load_rulebook().instruments
    assert found["kommun-vaxholm"].called == "Vaxholms kommun, enligt lag"
    assert municipality_title("Borås") == "Borås kommun, enligt lag"


@pytest.mark.parametrize(
    ("clause", "head", "what", "why", "remedy"),
    [
        (MEETING, f"short_title: {'P' * 41}", "short_title: är för lång", "41 tecken, högst 40", "kortare"),
        (MEETING, "short_title: Provet.", "short_title: slutar med punkt", "ensam på en rad", "ta bort punkten"),
        (MEETING, "short_title: provet", "short_title: börjar inte med stor bokstav", "'p'", "stor"),
        (MEETING, "short_title: östermalm", "short_title: börjar inte med stor bokstav", "'ö'", "stor"),
        (MEETING, "short_title: Östermalm", "namnet är upptaget", "ostermalm-2020 heter också 'Östermalm'", "skiljer"),
        (MEETING + "      title: Styrgruppen träffas.", "", "title slutar med punkt", "ensam", "ta bort punkten"),
        (MEETING + "      title: styrgruppen träffas", "", "title börjar inte med stor bokstav", "'s'", "stor"),
        (MEETING + f"      title: {'S' * 91}", "", "title är för lång", "91 tecken, högst 90", "kortare"),
        (MEETING + "      act: Styrgruppen\n      title: Styrgruppen", "", "detsamma som act", "vem", "vem"),
        (MEETING + "      question: Träffas den?", "", "question har ingen verkan", "ingen tillfrågas", "attest"),
        (ASKED + "      question: Träffas den", "", "question är ingen fråga", "frågetecken", "Träffas gruppen?"),
        (ASKED + f"      question: {'T' * 160}?", "", "question är för lång", "161 tecken", "kortare"),
        (ASKED + "      title: Styrgruppen", "", "title hör inte till attest", "får en fråga", "question"),
    ],
)
def test_a_name_that_cannot_be_right_is_told_with_what_where_why_and_remedy(
    tmp_path: Path, clause: str, head: str, what: str, why: str, remedy: str
) -> None:
    unsound, _ = looked_at(tmp_path, clause, head)
    [found] = [one for one in unsound if what in one.what]
    assert "prov.yaml:" in found.where or "ostermalm" in found.why
    assert why in found.why
    assert remedy in found.remedy


def test_a_title_of_what_is_no_duty_has_no_effect_and_is_told(tmp_path: Path) -> None:
    clause = """
      at: {section: "1"}
      norm: states
      title: Provet gäller
      note: Säger bara vad provet är.
    """
    [found] = looked_at(tmp_path, clause)[0]
    assert str(found.what) == "klausul prov: title har ingen verkan"


def test_a_good_name_is_not_remarked_on(tmp_path: Path) -> None:
    clause = MEETING + "      title: Styrgruppen träffas två gånger\n      act: Kalla styrgruppen"
    assert looked_at(tmp_path, clause, "short_title: Provområdet") == ([], [])


def test_a_title_that_does_not_say_who_is_worth_a_look(tmp_path: Path) -> None:
    unsound, [found] = looked_at(tmp_path, MEETING + "      title: Möten hålls två gånger")
    assert unsound == []
    assert str(found) == (
        "prov.yaml:17: klausul prov: rubriken nämner inte vem. vem det är (local_steering_group) framgår inte av "
        "»Möten hålls två gånger«. Åtgärd: skriv title: vem som gör vad. "
        "Ska det stå så: skriv accepted: {title: skälet} i klausulen."
    )


@pytest.mark.parametrize(
    ("who", "title", "named"),
    [
        ("local_steering_group", "Styrgruppen träffas", True),
        ("local_steering_group", "Gruppen träffas", False),
        ("parterna", "Parterna samråder", True),
        ("parterna", "Polisen samråder", False),
        ("vardera parten", "Parten informerar", True),
        ("motparten", "Motparten rättar sig", True),
        ("motparten", "Parten rättar sig", False),
        ("polisen", "Polisen är med", True),
    ],
)
def test_a_title_names_the_bearer_by_a_word_that_begins_alike(who: str, title: str, named: bool) -> None:
    instrument = read_instrument(read_source(builtin_files()[0]))
    clause = Clause.model_validate({"at": {"section": "1"}, "norm": "shall", "who": who, "note": "-"})
    assert isinstance(instrument, Instrument)
    assert names_who(title, instrument, clause) is named


@pytest.mark.parametrize(
    "sentence",
    ["Det följs upp.", "Den gäller.", "De ska träffas.", "Detta är viktigt.", "Därefter görs den om.", "Sådana avtal"],
)
def test_a_sentence_that_leans_on_another_is_found(sentence: str) -> None:
    assert LEANING.match(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Den lokala styrgruppen träffas.", "Det övergripande målet nås.", "Det finns en plan.", "Den som leder svarar.",
     "De två cheferna turas om.", "Det första beslutet får vänta.", "Parterna samråder."],
)  # fmt: skip
def test_a_sentence_that_stands_by_itself_is_left_alone(sentence: str) -> None:
    assert not LEANING.match(sentence)


def test_a_summary_that_leans_on_another_is_worth_a_look(tmp_path: Path) -> None:
    unsound, [found] = looked_at(tmp_path, MEETING + "      title: Styrgruppen träffas\n      sv: Det sker en gång.")
    assert unsound == []
    assert str(found) == (
        "prov.yaml:18: klausul prov: sv börjar med »Det«. »Det« syftar på något som inte står där den läses ensam. "
        "Åtgärd: skriv vad eller vem det är. Ska det stå så: skriv accepted: {Det: skälet} i klausulen."
    )
