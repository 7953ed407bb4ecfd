"""Files of facts as people have them, and the clear answer where they cannot be read (people read these very words)."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.importing.fact_files import Batch, read_file, read_files
from avtalsvakt_engine.intake.fact_reading import Known, to_line
from avtalsvakt_engine.intake.fact_targets import Others
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.problems import Rejected

NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
KNOWN = Known(vocabulary.load(), frozenset({"ostermalm-2020", "norrmalm-2016"}))
CSV = """id,kind,agreement,date,body,attendees
m1,meeting_held,ostermalm-2020,2026-03-04,local_steering_group,polisen|staden
m2,meeting_held,ostermalm-2020,2026-09-04,local_steering_group,polisen
"""
SWEDISH = """Beteckning;Typ;Avtal;Datum;Organ;Dagordningspunkter;Avser period
m1;meeting_held;ostermalm-2020;2026-03-04;local_steering_group;"trender; läget";2026
"""
MEETING = {
    "id": "m1",
    "kind": "meeting_held",
    "agreement": "ostermalm-2020",
    "date": "2026-03-04",
    "body": "coordinators",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that relative paths start from, so that addresses are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def read(folder: Path) -> "Reader":
    return Reader()


class Reader:
    """Writes a file and reads it."""

    def __call__(self, content: str | bytes, name: str = "fakta.csv", **options: object) -> Batch:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(Path(name), KNOWN, NOW, **options)  # type: ignore[arg-type]

    def refused(self, content: str | bytes, name: str = "fakta.csv") -> list[str]:
        with pytest.raises(Rejected) as caught:
            self(content, name)
        return [str(problem) for problem in caught.value.problems]


def json_file(*lines: object) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def warnings(batch: Batch) -> list[str]:
    return [str(one) for one in batch.warnings]


def test_a_csv_file(read: Reader) -> None:
    batch = read(CSV)
    first, second = batch.facts
    assert (first.id, first.date, first.arrival) == ("m1", date(2026, 3, 4), 1)
    assert first.attributes == {"body": "local_steering_group", "attendees": ("polisen", "staden")}
    assert (second.arrival, second.attributes["attendees"]) == (2, "polisen")
    assert batch.warnings == ()
    assert batch.where == {"m1": "fakta.csv:2", "m2": "fakta.csv:3"}


@pytest.mark.parametrize(
    "content",
    [
        SWEDISH.encode(),
        SWEDISH.encode("utf-8-sig"),
        SWEDISH.encode("utf-16"),
        SWEDISH.encode("utf-16-le"),
        SWEDISH.encode("utf-16-be"),
        SWEDISH.replace("\n", "\r\n").encode("utf-8-sig"),
        SWEDISH.replace("\n", "\r").encode(),
        SWEDISH.replace(";", "\t").replace("\t läget", ", läget").encode(),
        ("sep=;\r\n" + SWEDISH).encode(),
        ("# vad som hänt\n\n" + SWEDISH + ";;;;;;\n\n").encode(),
        SWEDISH.replace("Organ", " ORGAN ").encode(),
    ],
)
def test_a_swedish_excel_in_every_way_it_saves(read: Reader, content: bytes) -> None:
    batch = read(content)
    assert [one.id for one in batch.facts] == ["m1"]
    assert str(batch.facts[0].attributes["agenda_items"]).endswith("läget")
    assert batch.facts[0].text("concerns_period") == "2026"


def test_windows_1252_is_read_with_a_warning(read: Reader) -> None:
    batch = read(SWEDISH.encode("cp1252"))
    assert batch.facts[0].text("agenda_items") == "trender; läget"
    assert warnings(batch)[0] == (
        "fakta.csv: filen lästes som Windows-1252. den är inte sparad som UTF-8. Åtgärd: kontrollera å, ä och ö."
    )


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1250", "koi8-r"])
def test_any_other_encoding_is_refused(read: Reader, encoding: str) -> None:
    text = SWEDISH.replace("läget", "läget Łódź Привет é")
    assert read.refused(text.encode(encoding, "replace"))[0].startswith(
        "fakta.csv:2: filen kan inte läsas som text. teckenkodningen är varken "
    )


def test_a_correction_in_csv(read: Reader) -> None:
    batch = read(
        CSV.replace("attendees", "attendees,target,set,reason")
        .replace("staden\n", "staden,,,\n")
        .replace("polisen\n", "polisen,,,\n")
        + "r1,record_corrected,,,,,m1,date=2026-03-05|chair=polisen|time=,fel dag\n"
        + 'r2,record_corrected,,,,,m2,"{""attendees"": [""a"", ""b""]}",fel\n'
    )
    assert batch.facts[2].attributes["set"] == {"date": "2026-03-05", "chair": "polisen", "time": None}
    assert batch.facts[3].attributes["set"] == {"attendees": ("a", "b")}
    assert batch.facts[2].agreement == "ostermalm-2020"
    assert batch.facts[2].date == date(2026, 11, 22)


def test_cells_with_line_breaks_keep_the_addresses_right(read: Reader) -> None:
    text = 'kind,agreement,date,contributions\n"meeting_held",ostermalm-2020,2026-02-30,"rad ett\nrad två"\n,,x,\n'
    assert [one.split(": ")[0] for one in read.refused(text)] == [
        "fakta.csv:2:3 (date)",
        "fakta.csv:2 (body)",
        "fakta.csv:4:3 (date)",
        "fakta.csv:4:2 (agreement)",
        "fakta.csv:4:1 (kind)",
    ]


@pytest.mark.parametrize(
    "comment", ["# agreement: ostermalm-2020", "# Avtal = ostermalm-2020", '"# avtal: ostermalm-2020";;;']
)
def test_a_comment_may_say_what_holds_for_the_whole_csv_file(read: Reader, comment: str) -> None:
    batch = read(f"{comment}\n# exempel: allt går bra\nkind;date;body\nmeeting_held;2026-03-04;coordinators\n")
    assert batch.facts[0].agreement == "ostermalm-2020"
    assert batch.where == {batch.facts[0].id: "fakta.csv:4"}


def test_json_lines(read: Reader) -> None:
    batch = read("\ufeff" + json_file(MEETING, {**MEETING, "id": "m2", "separate": True}) + "\r\n", "fakta.jsonl")
    assert [one.id for one in batch.facts] == ["m1", "m2"]
    assert batch.where["m2"] == "fakta.jsonl:2"


def test_a_first_line_without_kind_holds_for_the_rest(read: Reader) -> None:
    line = {"kind": "meeting_held", "date": "2026-03-04"}
    batch = read(
        json_file(
            {"agreement": "ostermalm-2020", "body": "coordinators"}, line, {**line, "agreement": "norrmalm-2016"}
        ),
        "x.ndjson",
    )
    assert [(one.agreement, one.text("body")) for one in batch.facts] == [
        ("ostermalm-2020", "coordinators"),
        ("norrmalm-2016", "coordinators"),
    ]


def test_a_default_for_the_file_is_weaker_than_what_it_says(read: Reader) -> None:
    line = {"kind": "meeting_held", "date": "2026-03-04", "body": "coordinators"}
    content = json_file(line, {**line, "agreement": "norrmalm-2016"})
    batch = read(content, "x.jsonl", default_agreement="ostermalm-2020", by="samordnare")
    assert [one.agreement for one in batch.facts] == ["ostermalm-2020", "norrmalm-2016"]
    assert batch.facts[0].recorder == "samordnare"


def test_what_is_written_as_json_lines_is_read_back(read: Reader) -> None:
    facts = read(CSV).facts
    assert read(json_file(*map(to_line, facts)), "ut.jsonl").facts == facts


def test_the_same_line_twice_is_one_fact_and_a_warning(read: Reader) -> None:
    batch = read(CSV + CSV.splitlines()[1] + "\n")
    assert [one.id for one in batch.facts] == ["m1", "m2"]
    assert warnings(batch) == [
        (
            "fakta.csv:4: raden räknas inte en gång till. den säger samma sak som fakta.csv:2. "
            "Åtgärd: ge raderna var sin beteckning (id) om de är två händelser."
        )
    ]


def test_the_same_id_for_something_else_is_refused(read: Reader) -> None:
    assert read.refused(CSV + "m1,meeting_held,ostermalm-2020,2026-03-05,local_steering_group,\n") == [
        (
            "fakta.csv:4: beteckningen 'm1' står två gånger. fakta.csv:2 har samma beteckning och säger något annat. "
            "Åtgärd: ge raden en egen beteckning, eller skriv den som en rättelse."
        )
    ]


def test_ids_and_arrivals_run_through_several_files(folder: Path) -> None:
    Path("a.csv").write_text(CSV)
    Path("b.jsonl").write_text(json_file({"kind": "record_retracted", "target": "m1", "id": "r1"}))
    batch = read_files([Path("b.jsonl"), Path("a.csv")], KNOWN, NOW)
    assert [(one.id, one.arrival, one.agreement) for one in batch.facts] == [
        ("r1", 1, "ostermalm-2020"),
        ("m1", 2, "ostermalm-2020"),
        ("m2", 3, "ostermalm-2020"),
    ]


def test_a_target_may_be_in_the_register(read: Reader) -> None:
    recorded = {"old": read(CSV).facts[0]}
    others = Others(recorded.get, recorded.values)
    batch = read(json_file({"kind": "record_retracted", "target": "old"}), "x.jsonl", others=others)
    assert batch.facts[0].agreement == "ostermalm-2020"


def test_a_record_of_a_record_has_the_agreement_at_the_end_of_the_line(read: Reader) -> None:
    lines = [
        MEETING,
        {"kind": "record_retracted", "target": "m1", "id": "r1"},
        {"kind": "record_retracted", "target": "r1", "id": "r2"},
    ]
    assert {one.agreement for one in read(json_file(*lines), "x.jsonl").facts} == {"ostermalm-2020"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            {"id": "r1", "kind": "record_corrected", "target": "m11", "set": {"chair": "x"}},
            (
                "x.jsonl:2 (target): registreringen 'm11' som ska rättas finns inte. "
                "den är varken registrerad eller med i samma fil. "
                "Åtgärd: skriv m1 (möte hållet 2026-03-04) om det var det som avsågs."
            ),
        ),
        (
            {"id": "r1", "kind": "record_retracted", "target": "zzz"},
            (
                "x.jsonl:2 (target): registreringen 'zzz' som ska återkallas finns inte. "
                "den är varken registrerad eller med i samma fil. Åtgärd: kontrollera registreringens beteckning."
            ),
        ),
        (
            {"id": "r1", "kind": "record_retracted", "target": "r1"},
            (
                "x.jsonl:2 (target): registreringen 'r1' gäller sig själv. "
                "den gäller en annan registrering, som redan finns. Åtgärd: ange den andra registreringen i target."
            ),
        ),
        (
            {"id": "r1", "kind": "record_corrected", "target": "m1", "set": {"version": "2"}},
            (
                "x.jsonl:2 (version): attributet 'version' finns inte. meeting_held (möte hållet) har inget sådant. "
                "Åtgärd: välj bland agenda_items, attendees, body, chair, concerns, concerns_period, contributions, "
                "document, note, presenters, reference, secrecy …"
            ),
        ),
        (
            {"id": "r1", "kind": "record_corrected", "target": "m1", "set": {"body": ""}},
            "x.jsonl:2 (body): body saknas. meeting_held (möte hållet) säger inget utan body. Åtgärd: ange body.",
        ),
        (
            {"id": "r1", "kind": "record_corrected", "target": "m1", "set": {"body": "kordinators"}},
            (
                "x.jsonl:2 (body): organet 'kordinators' finns inte. varken vokabulären eller avtalet har ett sådant. "
                "Åtgärd: skriv coordinators om det var det som avsågs."
            ),
        ),
    ],
)
def test_corrections_that_do_not_fit_their_target(read: Reader, line: Mapping[str, object], said: str) -> None:
    assert read.refused(json_file(MEETING, line), "x.jsonl") == [said]


def test_nothing_is_said_of_a_record_about_a_line_that_was_refused(read: Reader) -> None:
    lines = {**MEETING, "date": "x"}, {"kind": "record_retracted", "target": "m1"}
    assert len(read.refused(json_file(*lines), "x.jsonl")) == 1


def test_a_correction_of_a_correction_is_a_warning(read: Reader) -> None:
    lines = [
        MEETING,
        {"id": "r1", "kind": "record_corrected", "target": "m1", "set": {"chair": "x"}},
        {"id": "r2", "kind": "record_corrected", "target": "r1", "set": {"reason": "x"}},
    ]
    assert warnings(read(json_file(*lines), "x.jsonl")) == [
        (
            "x.jsonl:3 (target): rättelsen av r1 får ingen verkan. en rättelse eller återkallelse kan bara återkallas. "
            "Åtgärd: återkalla r1 och gör en ny."
        )
    ]


LINE = "meeting_held,ostermalm-2020,2026-03-04,coordinators"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "fakta.csv: filen är tom. den innehåller inga registreringar. Åtgärd: kontrollera filen."),
        (b"\xef\xbb\xbf", "fakta.csv: filen är tom. den innehåller inga registreringar. Åtgärd: kontrollera filen."),
        (b"\xff\xfe", "fakta.csv: filen är tom. den innehåller inga registreringar. Åtgärd: kontrollera filen."),
        (b" \r\n\r\n", "fakta.csv: filen är tom. den innehåller inga registreringar. Åtgärd: kontrollera filen."),
        (
            b"kind,date\nmeeting\0held,2026\n",
            (
                "fakta.csv:2: filen innehåller nolltecken. "
                "sådana finns inte i text; filen är skadad eller av annat slag. "
                "Åtgärd: spara den på nytt som CSV eller JSON Lines."
            ),
        ),
        (
            "kind,date\n" + "x" * 10_000_000,
            (
                "fakta.csv:2: raden är för lång. den har 10000000 tecken, och 100000 ryms. "
                "Åtgärd: kontrollera radbrytningarna."
            ),
        ),
        (
            f"kind,agreement,date,body\n{LINE},polisen\n",
            (
                "fakta.csv:2: raden stämmer inte med rubrikerna. raden har 5 celler och rubrikraden 4. "
                "Åtgärd: kontrollera avgränsarna, och sätt citattecken om text som innehåller dem."
            ),
        ),
        (
            "kind,agreement,date,body\nmeeting_held,ostermalm-2020\n",
            (
                "fakta.csv:2: raden stämmer inte med rubrikerna. raden har 2 celler och rubrikraden 4. "
                "Åtgärd: kontrollera avgränsarna, och sätt citattecken om text som innehåller dem."
            ),
        ),
        (
            f"kind,agreement,date,body,\n{LINE},x\n",
            (
                "fakta.csv:2: raden stämmer inte med rubrikerna. kolumn 5 har ingen rubrik. "
                "Åtgärd: kontrollera avgränsarna, och sätt citattecken om text som innehåller dem."
            ),
        ),
        (
            f"kind,agreement,date,body\n{LINE}\nkind,agreement,date,body\n",
            (
                "fakta.csv:3: rubrikerna står två gånger. filen är kanske sammanslagen av flera. "
                "Åtgärd: ta bort den här raden."
            ),
        ),
        (
            "kind,agreement,date,datum\n",
            (
                "fakta.csv:1:4: rubriken 'datum' står två gånger. den betyder date, som redan har en kolumn. "
                "Åtgärd: ta bort en av dem."
            ),
        ),
        (
            "kind,agrement,date\n",
            (
                "fakta.csv:1:2: rubriken 'agrement' finns inte. vokabulären har inget fält med det namnet. "
                "Åtgärd: skriv agreement om det var det som avsågs; "
                "annars import --map 'agrement=FÄLT' eller --ignore 'agrement'."
            ),
        ),
        (
            "date,agreement\n2026-03-04,ostermalm-2020\n",
            (
                "fakta.csv:1: rubriken kind (typ) saknas. det framgår inte vad raderna gäller. "
                "Åtgärd: skriv rubriker överst och skilj cellerna åt med komma, semikolon eller tabb."
            ),
        ),
        (
            f'kind,agreement,date,body\n{LINE}\nmeeting_held,"ostermalm\n',
            (
                "fakta.csv:3: raden kan inte delas upp i celler. ett citattecken saknas eller står fel. "
                "Åtgärd: rätta citattecknen."
            ),
        ),
        (
            'kind,target,set\nrecord_corrected,m1,"{""chair"": "\n',
            (
                "fakta.csv:2:3 (set):11: raden kan inte läsas. det som står från tecken 11 är inte JSON. "
                "Åtgärd: skriv ett JSON-objekt på en rad."
            ),
        ),
    ],
)
def test_csv_files_that_cannot_be_read(read: Reader, content: str | bytes, said: str) -> None:
    assert read.refused(content) == [said]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"kind": "meeting_held",\n',
            (
                "x.jsonl:1:25: raden kan inte läsas. det som står från tecken 25 är inte JSON. "
                "Åtgärd: skriv ett JSON-objekt på en rad."
            ),
        ),
        (
            "[]\n",
            'x.jsonl:1: raden är inget objekt. den ska ange fält och värden. Åtgärd: skriv {"kind": …, "date": …}.',
        ),
        (
            '{"kind": "x", "kind": "y"}',
            "x.jsonl:1: raden kan inte läsas. fältet 'kind' står två gånger. Åtgärd: rätta värdet.",
        ),
        (
            '{"kind": "x", "amount": NaN}',
            "x.jsonl:1: raden kan inte läsas. NaN är inget värde. Åtgärd: rätta värdet.",
        ),
        (
            '{"kind": ' + "[" * 50_000 + "}",
            "x.jsonl:1: raden kan inte läsas. ett värde är för stort eller för djupt nästlat. Åtgärd: rätta värdet.",
        ),
        (
            '{"kind": ' + "9" * 5000 + "}",
            "x.jsonl:1: raden kan inte läsas. ett värde är för stort eller för djupt nästlat. Åtgärd: rätta värdet.",
        ),
        (
            '{"agrement": "x"}\n',
            (
                "x.jsonl:1: fältet 'agrement' finns inte. första raden anger fält som gäller hela filen. "
                "Åtgärd: skriv agreement om det var det som avsågs."
            ),
        ),
    ],
)
def test_json_lines_that_cannot_be_read(read: Reader, content: str, said: str) -> None:
    assert read.refused(content, "x.jsonl") == [said]


def test_files_that_are_not_there_or_of_another_kind(read: Reader, folder: Path) -> None:
    Path("mapp.csv").mkdir()
    Path("bok.docx").write_bytes(b"PK")
    with pytest.raises(Rejected) as caught:
        read_files([Path("saknas.csv"), Path("mapp.csv"), Path("bok.docx"), Path("x\0.csv")], KNOWN, NOW)
    assert [str(problem) for problem in caught.value.problems] == [
        "saknas.csv: filen finns inte. det finns inget med det namnet. Åtgärd: kontrollera sökvägen.",
        "mapp.csv: det är ingen fil. sökvägen är en mapp. Åtgärd: ange en fil i mappen.",
        (
            "bok.docx: filens slag känns inte igen. "
            "namnet slutar på '.docx', och .csv, .tsv, .xlsx, .jsonl, .ndjson och .zip kan läsas. "
            "Åtgärd: spara den som CSV (UTF-8) eller JSON Lines."
        ),
        "x\0.csv: filen kan inte läsas. systemet svarar: embedded null byte. Åtgärd: kontrollera sökvägen.",
    ]


@pytest.mark.parametrize(
    ("content", "name"), [("kind,date\n", "x.csv"), ('{"agreement": "ostermalm-2020"}\n', "x.jsonl")]
)
def test_a_file_without_lines_is_a_warning(read: Reader, content: str, name: str) -> None:
    batch = read(content, name)
    assert batch.facts == ()
    assert warnings(batch) == [
        (
            f"{name}: filen har inga nya registreringar. efter rubriker och inledning finns inga rader. "
            "Åtgärd: kontrollera filen."
        )
    ]


def test_everything_wrong_is_said_and_the_rest_is_counted(read: Reader) -> None:
    rows = "".join(f"meeting_held,ostermalm-2020,2026-02-30,coordinators{n}\n" for n in range(40))
    found = read.refused("kind,agreement,date,body\n" + rows)
    assert len(found) == 51
    assert found[-1] == "fakta.csv:27:3 (date): 30 fel till. de 50 första visas. Åtgärd: rätta dem och försök igen."


def test_a_file_of_another_kind_is_not_read_to_the_end(read: Reader) -> None:
    found = read.refused("hej\n" * 100_000, "x.jsonl")
    assert found[-1].startswith("x.jsonl:51:1: minst 450 fel till. ")


def test_like_warnings_are_said_once(read: Reader) -> None:
    rows = "".join(f"waiver,ostermalm-2020,2026-03-0{n},x,skrivtlig\n" for n in range(1, 6))
    assert warnings(read("kind,agreement,date,obligation,form\n" + rows)) == [
        (
            "fakta.csv:2:5 (form) och 4 till: värdet 'skrivtlig' är ovanligt. form brukar inte ha det värdet. "
            "Åtgärd: skriv skriftlig om det var det som avsågs."
        )
    ]


def test_importing_again_gives_the_same_ids(read: Reader) -> None:
    content = CSV.replace("m1", "").replace("m2", "")
    first: tuple[Fact, ...] = read(content).facts
    assert [one.id for one in read(content).facts] == [one.id for one in first]
    assert len({one.id for one in first}) == 2


def test_importing_again_adds_nothing_to_a_register(read: Reader) -> None:
    content = CSV.replace("m1", "") + "r1,record_retracted,,,,\n"
    content = (
        content.replace("attendees", "attendees,target")
        .replace("staden\n", "staden,\n")
        .replace("polisen\n", "polisen,\n")
    )
    content = content.replace("r1,record_retracted,,,,", "r1,record_retracted,,,,,m2")
    with open_register("avtalsvakt.db", create=True) as register:
        first = register.append(read(content, by="roll").facts, now=NOW)
        later = read(content, others=Others(register.fact, register.facts), by="roll")
        again = register.append(later.facts, now=NOW.replace(hour=20), where=later.where)
        assert (len(first.added), len(again.added), len(again.already_known)) == (3, 0, 3)
        more = read(
            '{"kind": "record_retracted", "target": "r1"}\n',
            "mer.jsonl",
            others=Others(register.fact, register.facts),
            by="roll",
        )
        assert register.append(more.facts, now=NOW).added[0].agreement == "ostermalm-2020"
