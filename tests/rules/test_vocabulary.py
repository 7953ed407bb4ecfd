"""The shipped vocabulary is whole, and agreements can widen it without changing it."""

import pytest

from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.language.own_kinds import read_own_kinds
from avtalsvakt_rules.vocabulary import ANYWHERE, LINE_FIELDS, OCCASION, Kind

VOCABULARY = vocabulary.load()


@pytest.mark.parametrize("kind", VOCABULARY.kinds.values(), ids=lambda kind: kind.id)
def test_what_a_kind_requires_refers_to_or_dates_is_among_its_attributes(kind: Kind) -> None:
    for name in (*kind.requires, *kind.refers, *kind.days):
        assert kind.allows(name)
    assert not set(kind.attributes) & set(LINE_FIELDS)
    assert all("|" not in name for name in kind.attributes)
    assert kind.sv
    assert kind.en


def test_three_names_in_one_entry_are_three_attributes() -> None:
    kind = VOCABULARY.kinds["document_revised"]
    assert {"area", "site", "group"} <= set(kind.attributes)
    assert kind.requires == ("document",)


def test_attributes_of_every_fact_are_allowed_on_every_kind() -> None:
    assert all(kind.allows(name) for kind in VOCABULARY.kinds.values() for name in ANYWHERE)


def test_references_named_in_the_field_notes() -> None:
    own = {kind.id: tuple(one for one in kind.refers if one != OCCASION) for kind in VOCABULARY.kinds.values()}
    assert {kind: refers for kind, refers in own.items() if refers} == {
        "decision_documented": ("decision",),
        "report_delivered": ("meeting",),
        "minutes_recorded": ("meeting",),
        "minutes_distributed": ("meeting",),
        "notice_received": ("notice",),
        "record_corrected": ("target",),
        "record_retracted": ("target",),
    }


def test_an_act_of_any_kind_can_name_its_occasion_by_reference_but_an_information_in_words_too() -> None:
    words = {kind.id for kind in VOCABULARY.kinds.values() if OCCASION not in kind.refers}
    assert words == {"information_given"}


def test_occasions_cannot_be_made_up_afterwards() -> None:
    occasions = {kind.id for kind in VOCABULARY.kinds.values() if kind.occasion}
    assert occasions == {"meeting_held", "consultation_held", "inspection_done", "training_done"}


def test_nine_statuses() -> None:
    assert len(VOCABULARY.statuses) == 9


@pytest.mark.parametrize(
    ("kind", "attribute", "value"),
    [
        ("waiver", "form", "skriftlig"),
        ("document_revised", "outcome", "oförändrad"),
        ("invitation_sent", "to", "rektorer"),
        ("minutes_distributed", "to", "samordnare"),
        ("minutes_distributed", "to", "local_steering_group"),
        ("indicator_recorded", "source", "BRÅ"),
        ("report_delivered", "from_body", "city_steering_group"),
        ("inspection_done", "police_present", "ja"),
    ],
)
def test_usual_values(kind: str, attribute: str, value: str) -> None:
    assert value in (VOCABULARY.expected(kind, attribute) or ())


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [("decision_made", "subject"), ("measure_started", "area"), ("role_assigned", "to"), ("x", "y")],
)
def test_free_text_has_no_expected_values(kind: str, attribute: str) -> None:
    assert VOCABULARY.expected(kind, attribute) is None


def test_remarks_are_not_values() -> None:
    assert not {"or free text", "any body id"} & {value for found in VOCABULARY.values.values() for value in found}


def test_every_field_and_attribute_has_a_swedish_label_of_its_own() -> None:
    names = {*LINE_FIELDS, *ANYWHERE, *(name for kind in VOCABULARY.kinds.values() for name in kind.attributes)}
    assert set(VOCABULARY.labels) == names


def test_no_label_is_another_attributes_name() -> None:
    labels = VOCABULARY.labels
    assert not {name for name, label in labels.items() if label in labels and label != name}
    assert len(set(labels.values())) == len(labels)


def test_an_agreement_widens_the_vocabulary_without_changing_it() -> None:
    wider = VOCABULARY.extended(
        kinds=read_own_kinds({"walk_done": ["route"], "waiver": ["witness", "form"]}),
        bodies={"night_group": "nattgruppen", "coordinators": "annat"},
        values={"outcome": ["avbruten"], "walk_done.route": ["norra"]},
    )
    assert wider.kinds["walk_done"] == Kind("walk_done", "walk done", "walk done", ("route",), refers=(OCCASION,))
    assert wider.kinds["waiver"].attributes == (*VOCABULARY.kinds["waiver"].attributes, "witness")
    assert wider.kinds["waiver"].sv == "undantag medgivet"
    assert wider.bodies["night_group"] == "nattgruppen"
    assert wider.bodies["coordinators"] == "Samordnarna"
    assert "night_group" in (wider.expected("report_delivered", "to_body") or ())
    assert wider.expected("document_revised", "outcome") == (*VOCABULARY.values["outcome"], "avbruten")
    assert wider.expected("walk_done", "route") == ("norra",)
    assert "walk_done" not in VOCABULARY.kinds
    assert not VOCABULARY.kinds["waiver"].allows("witness")


def test_it_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        VOCABULARY.kinds["x"] = Kind("x", "x", "x")  # type: ignore[index]


def test_it_is_read_once() -> None:
    assert vocabulary.load() is vocabulary.load()
