"""Lines become facts, or every reason why they do not (the wording is what people read)."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.drawing import among, one_by_one, pick

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.intake.fact_reading import Known, read_fact, to_line
from avtalsvakt_engine.intake.fact_values import number
from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.problems import Problem, Rejected

NOW = datetime(2026, 11, 22, 13, 30, 5, tzinfo=UTC)
VOCABULARY = vocabulary.load()
KNOWN = Known(VOCABULARY, frozenset({"ostermalm-2020", "norrmalm-2016"}), {"norrmalm-2016": frozenset({"night_group"})})
LINE = {"kind": "meeting_held", "agreement": "ostermalm-2020", "date": "2026-03-04", "body": "local_steering_group"}
WHERE = "fakta.jsonl:3"


def read(**changes: object) -> Fact:
    return read_fact({**LINE, **changes}, known=KNOWN, now=NOW, where=WHERE).fact


def problems(line: Mapping[str, object]) -> list[str]:
    with pytest.raises(Rejected) as caught:
        read_fact(line, known=KNOWN, now=NOW, where=WHERE)
    return [str(problem) for problem in caught.value.problems]


def warnings(**changes: object) -> list[str]:
    return [str(one) for one in read_fact({**LINE, **changes}, known=KNOWN, now=NOW, where=WHERE).warnings]


def test_a_whole_line() -> None:
    line = {**LINE, "id": "f1", "recorded": "2026-03-05", "attendees": ["polisen", "staden"], "separate": True}
    fact = read_fact(line, known=KNOWN, now=NOW, where=WHERE, arrival=7, by="samordnare").fact
    assert fact == Fact(
        id="f1",
        kind="meeting_held",
        agreement="ostermalm-2020",
        date=date(2026, 3, 4),
        recorded="2026-03-05T00:00:00+01:00",
        arrival=7,
        precision="day",
        attributes={"body": "local_steering_group", "attendees": ("polisen", "staden"), "separate": "ja"},
        recorder="samordnare",
    )


@pytest.mark.parametrize(
    ("written", "stated", "day", "precision"),
    [
        ("2026-03-04", None, date(2026, 3, 4), "day"),
        ("2026-03", None, date(2026, 3, 1), "month"),
        ("2026", None, date(2026, 1, 1), "year"),
        ("2026-03-04", "month", date(2026, 3, 1), "month"),
        ("2026-03-04", "år", date(2026, 1, 1), "year"),
        ("2026-03", "månad", date(2026, 3, 1), "month"),
        ("1990-01-01", "", date(1990, 1, 1), "day"),
        ("2024-02-29", None, date(2024, 2, 29), "day"),
    ],
)
def test_dates_and_their_precision(written: str, stated: str | None, day: date, precision: str) -> None:
    fact = read(date=written, date_precision=stated)
    assert (fact.date, fact.precision) == (day, precision)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-02-30", "datumet 2026-02-30 finns inte. februari 2026 har 28 dagar. Åtgärd: rätta dagen."),
        ("2026-13-01", "datumet 2026-13-01 finns inte. månaden ska vara 01–12. Åtgärd: rätta månaden."),
        (
            "03/04/2026",
            (
                "datumet 03/04/2026 är tvetydigt. ordningen mellan år, månad och dag framgår inte. "
                "Åtgärd: skriv år-månad-dag, till exempel 2026-03-04."
            ),
        ),
        (
            "4.3.26",
            (
                "datumet 4.3.26 är tvetydigt. ordningen mellan år, månad och dag framgår inte. "
                "Åtgärd: skriv år-månad-dag, till exempel 2026-03-04."
            ),
        ),
        (
            "igår",
            (
                "datumet igår kan inte läsas. det är inte skrivet som ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ. "
                "Åtgärd: skriv till exempel 2026-03-04, 2026-03 eller 2026."
            ),
        ),
        (
            "2062-03-04",
            (
                "datumet 2062-03-04 ligger för långt bort. registret tar emot datum från 1990 till och med 2041. "
                "Åtgärd: kontrollera årtalet."
            ),
        ),
        (
            "1926-03-04",
            (
                "datumet 1926-03-04 ligger för långt bort. registret tar emot datum från 1990 till och med 2041. "
                "Åtgärd: kontrollera årtalet."
            ),
        ),
    ],
)
def test_dates_that_are_refused(written: str, said: str) -> None:
    assert problems({**LINE, "date": written}) == [f"fakta.jsonl:3 (date): {said}"]


@pytest.mark.parametrize(
    "written",
    [
        "20260304",
        "2026-3-4",
        "2026-03-04T10:00",
        "0000-01-01",
        "2026-00-10",
        "26-03-04",
        "٢٠٢٦-٠٣-٠٤",
        "-2026",
        "2026-03-",
    ],
)
def test_more_dates_that_are_refused(written: str) -> None:
    assert len(problems({**LINE, "date": written})) == 1


def test_a_date_that_says_less_than_its_precision() -> None:
    assert problems({**LINE, "date": "2026-03", "date_precision": "day"}) == [
        (
            "fakta.jsonl:3 (date_precision): datumet 2026-03 har inte precisionen day. datumet säger mindre än så. "
            "Åtgärd: skriv hela datumet eller ändra precisionen."
        )
    ]


@pytest.mark.parametrize(
    ("written", "recorded"),
    [
        (None, "2026-11-22T14:30:05+01:00"),
        ("2026-03-04", "2026-03-04T00:00:00+01:00"),
        ("2026-07-04", "2026-07-04T00:00:00+02:00"),
        ("2026-11-22", "2026-11-22T00:00:00+01:00"),
        ("2026-03-04T23:30:00Z", "2026-03-05T00:30:00+01:00"),
        ("2026-07-04 09:15", "2026-07-04T09:15:00+02:00"),
        ("2026-07-04T09:15:30.75+02:00", "2026-07-04T09:15:30+02:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_the_moment_of_recording_has_stockholms_offset(written: str | None, recorded: str) -> None:
    assert read(recorded=written).recorded == recorded


def test_a_moment_in_the_future_is_refused() -> None:
    assert problems({**LINE, "recorded": "2026-11-22T14:30:06"}) == [
        (
            "fakta.jsonl:3 (recorded): registreringstiden 2026-11-22T14:30:06 ligger i framtiden. "
            "en registrering kan inte vara gjord efter denna stund. Åtgärd: rätta tiden eller utelämna den."
        )
    ]
    assert "ligger i framtiden" in problems({**LINE, "recorded": "2026-11-23"})[0]


@pytest.mark.parametrize("written", ["2026-03-04T25:00", "2026-03-04 kl 9", "2026-03", "2026-03-04T09", "x"])
def test_a_moment_that_cannot_be_read(written: str) -> None:
    assert len(problems({**LINE, "recorded": written})) == 1


def test_unknown_names_are_answered_with_the_closest() -> None:
    assert problems({**LINE, "kind": "meeting_hold"}) == [
        (
            "fakta.jsonl:3 (kind): faktatypen 'meeting_hold' finns inte. vokabulären har ingen sådan. "
            "Åtgärd: skriv meeting_held om det var det som avsågs."
        )
    ]
    assert problems({**LINE, "agreement": "ostermalm"}) == [
        (
            "fakta.jsonl:3 (agreement): avtalet 'ostermalm' finns inte. det finns inga regler för det. "
            "Åtgärd: skriv ostermalm-2020 om det var det som avsågs."
        )
    ]
    assert problems({**LINE, "body": "local_stering_group"}) == [
        (
            "fakta.jsonl:3 (body): organet 'local_stering_group' finns inte. "
            "varken vokabulären eller avtalet har ett sådant. "
            "Åtgärd: skriv local_steering_group om det var det som avsågs."
        )
    ]
    assert problems({**LINE, "chairman": "polisen"}) == [
        (
            "fakta.jsonl:3 (chairman): attributet 'chairman' finns inte. meeting_held (möte hållet) har inget sådant. "
            "Åtgärd: skriv chair om det var det som avsågs."
        )
    ]


def test_a_name_like_no_other_gets_a_choice() -> None:
    assert problems({**LINE, "agreement": "x"})[0].endswith("Åtgärd: välj bland norrmalm-2016, ostermalm-2020.")


def test_an_agreements_own_body_is_its_own() -> None:
    assert read(agreement="norrmalm-2016", body="night_group").text("body") == "night_group"
    assert len(problems({**LINE, "body": "night_group"})) == 1


def test_everything_wrong_with_a_line_is_said_at_once() -> None:
    line = {"kind": "meeting_held", "date": "2026-02-30", "recorded": "2099", "chairman": "x", "chair": {"a": 1}}
    assert [one.split(":")[1] for one in problems(line)] == [
        "3 (chair)",
        "3 (recorded)",
        "3 (date)",
        "3 (agreement)",
        "3 (body)",
        "3 (chairman)",
    ]


def test_what_is_missing() -> None:
    assert problems({}) == [
        (
            "fakta.jsonl:3 (date): datum saknas. varje registrering gäller en dag. "
            "Åtgärd: ange date, till exempel 2026-03-04."
        ),
        (
            "fakta.jsonl:3 (agreement): avtal saknas. varje registrering hör till ett avtal. "
            "Åtgärd: ange agreement, på raden eller för hela filen."
        ),
        (
            "fakta.jsonl:3 (kind): faktatyp saknas. det framgår inte vad som har hänt. "
            "Åtgärd: ange kind, till exempel meeting_held."
        ),
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in VOCABULARY.kinds.values() if kind.requires], ids=lambda kind: kind.id
)
def test_a_fact_without_what_it_is_about_is_refused(kind: vocabulary.Kind) -> None:
    found = problems({"kind": kind.id, "agreement": "ostermalm-2020", "date": "2026-03-04"})
    for name, one in zip(kind.requires, found, strict=True):
        why = f"{kind.id} ({kind.sv}) säger inget utan {name}"
        assert one == f"fakta.jsonl:3 ({name}): {name} saknas. {why}. Åtgärd: ange {name}."


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  polisen ", "polisen"),
        ("A\u030ango\u0308", "Ångö"),
        ("första raden\r\n  andra", "första raden andra"),
        (3, "3"),
        (2.5, "2.5"),
        (False, "nej"),
        ([" a ", None, "", "b"], ("a", "b")),
    ],
)
def test_values_are_cleaned(raw: object, value: Value) -> None:
    assert read(contributions=raw).attributes["contributions"] == value


@pytest.mark.parametrize("nothing", [None, "", "  ", [], [""], "\n"])
def test_what_says_nothing_is_left_out(nothing: object) -> None:
    assert "chair" not in read(chair=nothing).attributes


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("a\x00b", "värdet på chair innehåller ett styrtecken. tecknet U+0000 syns inte och hör inte hemma i text"),
        ("a\u202eb", "värdet på chair innehåller ett styrtecken. tecknet U+202E syns inte och hör inte hemma i text"),
        ("a\ud800", "värdet på chair innehåller ett styrtecken. tecknet U+D800 syns inte och hör inte hemma i text"),
        ("x" * 10_001, "värdet på chair är för långt. texten har 10001 tecken, och 10000 ryms"),
        ({"a": "b"}, "värdet på chair är av fel slag. bara set, changes, new_end kan innehålla namn och värden"),
        ([["a"]], "värdet på chair är av fel slag. listor kan bara innehålla texter"),
    ],
)
def test_values_that_are_refused(raw: object, why: str) -> None:
    found = problems({**LINE, "chair": raw})
    assert len(found) == 1
    assert found[0].startswith(f"fakta.jsonl:3 (chair): {why}. Åtgärd: ")


def test_a_field_of_the_line_holds_one_text() -> None:
    assert "kind är av fel slag" in problems({**LINE, "kind": ["meeting_held"]})[0]
    assert "värdet på date är av fel slag" in problems({**LINE, "date": {"year": 2026}})[0]
    assert "organet är inte angivet" in problems({**LINE, "body": ["local_steering_group", "coordinators"]})[0]


@pytest.mark.parametrize("written", [True, "Ja", "SANT", "true", "x", 1])
def test_yes_in_many_forms(written: object) -> None:
    assert read(separate=written).text("separate") == "ja"


def test_yes_in_a_correction() -> None:
    line = {
        **LINE,
        "kind": "record_corrected",
        "target": "f1",
        "set": {"separate": "true", "attendees": ["a"], "time": ""},
    }
    del line["body"]
    fact = read_fact(line, known=KNOWN, now=NOW, where=WHERE).fact
    assert fact.attributes["set"] == {"separate": "ja", "attendees": ("a",), "time": None}


def test_unusual_values_are_warnings() -> None:
    assert warnings(kind="waiver", obligation="x", form="skrivtlig", period="år 2026", body=None) == [
        (
            "fakta.jsonl:3 (form): värdet 'skrivtlig' är ovanligt. form brukar inte ha det värdet. "
            "Åtgärd: skriv skriftlig om det var det som avsågs."
        ),
    ]
    assert warnings(kind="measurement_done", name="länsgemensam trygghetsmätning", year="år 2026", body=None) == [
        (
            "fakta.jsonl:3 (year): perioden 'år 2026' är inte skriven som en period. ingen skyldighet har den. "
            "Åtgärd: skriv till exempel 2026, 2026-H1, 2026-Q2, 2026-03, 2026-VT eller 2023/2026."
        ),
    ]
    assert warnings(separate="kanske")
    assert warnings() == []


@pytest.mark.parametrize("label", ["2026", "2026-H1", "2026-Q2", "2026-03", "2026-VT", "2026-HT", "2023/2026"])
def test_period_labels(label: str) -> None:
    assert warnings(concerns_period=label) == []


def test_a_day_that_has_not_come_is_a_warning_unless_the_kind_is_about_what_is_ahead() -> None:
    assert warnings(date="2026-11-23") == [
        (
            "fakta.jsonl:3 (date): dagen 2026-11-23 har inte kommit. möte hållet registreras när det har skett. "
            "Åtgärd: kontrollera datumet; ett möte räknas först när det registreras på dagen eller senare."
        )
    ]
    assert warnings(date="2026-11-22") == []
    assert warnings(date="2026-12-10", kind="meeting_scheduled") == []


@pytest.mark.parametrize("new_end", ["2028-05-31", "2028-05", {"event": "successor_in_force"}])
def test_a_new_end_is_a_day_or_an_event(new_end: object) -> None:
    line = {"kind": "extension_agreed", "agreement": "norrmalm-2016", "date": "2018-05-01", "new_end": new_end}
    assert read_fact(line, known=KNOWN, now=NOW, where=WHERE).fact.attributes["new_end"] == new_end


@pytest.mark.parametrize(
    "new_end", ["31/5 2028", ["2028-05-31", "snart"], {"event": "x", "y": "z"}, {"when": "x"}, {"event": ["x"]}]
)
def test_anything_else_is_not_a_new_end(new_end: object) -> None:
    line = {"kind": "extension_agreed", "agreement": "norrmalm-2016", "date": "2018-05-01", "new_end": new_end}
    assert len(problems(line)) == 1


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"id": "x"}, "id kan inte rättas. en registrering behåller sin beteckning, sin typ och sin tid"),
        ({"kind": "waiver"}, "kind kan inte rättas. en registrering behåller sin beteckning, sin typ och sin tid"),
        ({"date": None}, "date kan inte tas bort. varje registrering har det"),
        ({"date": "2026-02-30"}, "datumet 2026-02-30 finns inte. februari 2026 har 28 dagar"),
        ({"date_precision": "vecka"}, "datumprecisionen 'vecka' finns inte. den är dag, månad eller år"),
        ({"agreement": "vaxholm"}, "avtalet 'vaxholm' finns inte. det finns inga regler för det"),
        ({"chairman": "x"}, "attributet 'chairman' finns inte. ingen faktatyp har ett sådant"),
        ({"": "x"}, "attributet '' finns inte. ingen faktatyp har ett sådant"),
        ("date=2026-03-05", "set är av fel slag. en rättelse anger namn och nya värden"),
    ],
)
def test_what_cannot_be_corrected(changes: object, what: str) -> None:
    line = {"kind": "record_corrected", "agreement": "norrmalm-2016", "target": "f1", "set": changes}
    found = problems(line)
    assert len(found) == 1
    assert found[0].startswith(f"fakta.jsonl:3 (set): {what}. Åtgärd: ")


def test_a_correction_says_its_day_and_agreement_only_if_it_wants_to() -> None:
    line = {"kind": "record_retracted", "target": "f1", "recorded": "2026-03-04T10:00"}
    fact = read_fact(line, known=KNOWN, now=NOW, where=WHERE).fact
    assert (fact.date, fact.agreement) == (date(2026, 3, 4), "")


def test_an_id_from_content_is_the_same_for_the_same_line_whatever_its_order() -> None:
    again = read_fact(dict(reversed(LINE.items())), known=KNOWN, now=NOW.replace(year=2027), where="x").fact
    assert read().id == again.id
    assert len(read().id) == 12
    assert len({read().id, read(chair="x").id, read(date="2026-03").id, read(recorded="2026-03-05").id}) == 4


@pytest.mark.parametrize("id_", ["två ord", "x" * 101, "--help", "../../UTE", "a.b", "a/b", "-", "a-", "a@b"])
def test_an_id_has_the_form_of_one(id_: str) -> None:
    shown = id_ if len(id_) <= 40 else id_[:40] + "…"
    assert problems({**LINE, "id": id_}) == [
        (
            f"fakta.jsonl:3 (id): '{shown}' kan inte vara beteckning på en registrering. en beteckning består av "
            "bokstäver (a–ö), siffror, bindestreck och understreck, börjar och slutar med en bokstav eller siffra och "
            "har högst 100 tecken. Åtgärd: skriv till exempel mote-2026-1."
        )
    ]


@pytest.mark.parametrize("id_", ["m", "m1", "Möte_2026-1", "2026-03-04", "x" * 100])
def test_an_id_may_have_letters_of_both_cases_digits_and_strokes(id_: str) -> None:
    assert read(id=id_).id == id_


def test_the_address_names_the_column_where_there_is_one() -> None:
    with pytest.raises(Rejected) as caught:
        read_fact({**LINE, "date": "x"}, known=KNOWN, now=NOW, where="fakta.csv:3", columns={"date": ":2 (datum)"})
    assert caught.value.problems[0].where == "fakta.csv:3:2 (datum)"


def test_problems_are_values() -> None:
    with pytest.raises(Rejected) as caught:
        read(date="2026-13")
    assert caught.value.problems == (
        Problem("datumet 2026-13 finns inte", "fakta.jsonl:3 (date)", "månaden ska vara 01–12", "rätta månaden"),
    )


TEXTS = st.text(min_size=1, max_size=12)
# Without a time zone, as people write moments.
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 21))  # noqa: DTZ001


DATES = st.dates(date(1990, 1, 1), date(2041, 12, 31)).map(date.isoformat)
IDS = st.none() | st.text("abcåäö0123-_.", min_size=1, max_size=20)
RECORDED = st.none() | MOMENTS.map(str)
VALUES = TEXTS | st.lists(TEXTS, max_size=3) | st.booleans() | st.integers()
KINDS = [one for one in VOCABULARY.kinds.values() if one.id != "record_corrected"]
SAID = {kind.id: st.sets(st.sampled_from([*kind.attributes, "concerns_period"])) for kind in KINDS}


@st.composite
def lines(draw: st.DrawFn) -> dict[str, object]:
    choose = one_by_one(draw)
    kind = among(choose, KINDS)
    line: dict[str, object] = {
        "kind": kind.id,
        "agreement": among(choose, sorted(KNOWN.agreements)),
        "date": draw(DATES)[: pick(choose, 4, 7, 10)],
        "id": draw(IDS),
        "recorded": draw(RECORDED),
    }
    for name in draw(SAID[kind.id]) | set(kind.requires):
        if name in kind.days:
            line[name] = draw(DATES)
        elif name == "body":
            line[name] = among(choose, sorted(VOCABULARY.bodies))
        else:
            line[name] = draw(VALUES)
    return line


@given(lines())
def test_a_fact_written_as_a_line_reads_back_to_itself(line: dict[str, object]) -> None:
    try:
        fact = read_fact(line, known=KNOWN, now=NOW, where=WHERE).fact
    except Rejected:
        return
    text = json.dumps(to_line(fact), ensure_ascii=False)
    text.encode()
    assert read_fact(json.loads(text), known=KNOWN, now=NOW, where=WHERE).fact == fact


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3", 3), ("0,5", Fraction(1, 2)), ("3/4", Fraction(3, 4)), ("75 %", Fraction(3, 4)), ("1 000", 1000),
     ("1e9", None), ("1E99999999", None), ("tre", None), ("1/0", None), (None, None)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it_and_none_that_fills_the_memory(
    text: str | None, expected: Fraction | None
) -> None:
    assert number(text) == expected
