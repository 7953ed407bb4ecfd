"""Bad input of every kind: one clear message with what, where, why and remedy; exit code 2; nothing half-written."""

from pathlib import Path

import pytest
from tests.engine.new_registers import empty_register
from tests.service.command_line import EXAMPLE, RULES, call, said

from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

HEAD = "id,kind,agreement,date,body\n"
GOOD = "g1,meeting_held,lokal,2026-03-01,local_steering_group\n"

FILES = {
    "an unknown kind": (
        "a.csv",
        HEAD + "x,meeting_hold,lokal,2026-03-01,local_steering_group\n",
        ("faktatypen 'meeting_hold' finns inte", "a.csv:2:2 (kind)", "vokabulären har ingen sådan",
         "skriv meeting_held om det var det som avsågs"),
    ),
    "an unknown body": (
        "a.csv",
        HEAD + "x,meeting_held,lokal,2026-03-01,local_sterring_group\n",
        ("organet 'local_sterring_group' finns inte", "a.csv:2:5 (body)",
         "varken vokabulären eller avtalet har ett sådant", "skriv local_steering_group om det var det som avsågs"),
    ),
    "an unknown agreement": (
        "a.csv",
        HEAD + "x,meeting_held,lokalt,2026-03-01,local_steering_group\n",
        ("avtalet 'lokalt' finns inte", "a.csv:2:3 (agreement)", "det finns inga regler för det",
         "skriv lokal om det var det som avsågs"),
    ),
    "an unknown attribute": (
        "a.jsonl",
        '{"kind":"meeting_held","agreement":"lokal","date":"2026-03-01","body":"local_steering_group","charr":"x"}\n',
        ("attributet 'charr' finns inte", "a.jsonl:1 (charr)", "meeting_held (möte hållet) har inget sådant",
         "skriv chair om det var det som avsågs"),
    ),
    "a date that does not exist": (
        "a.csv",
        HEAD + "x,meeting_held,lokal,2026-02-30,local_steering_group\n",
        ("datumet 2026-02-30 finns inte", "a.csv:2:4 (date)", "februari 2026 har 28 dagar", "rätta dagen"),
    ),
    "an ambiguous date": (
        "a.csv",
        HEAD + "x,meeting_held,lokal,03/04/2026,local_steering_group\n",
        ("datumet 03/04/2026 är tvetydigt", "a.csv:2:4 (date)", "ordningen mellan år, månad och dag framgår inte",
         "skriv år-månad-dag, till exempel 2026-03-04"),
    ),
    "a far-off date": (
        "a.csv",
        HEAD + "x,meeting_held,lokal,2206-03-01,local_steering_group\n",
        ("datumet 2206-03-01 ligger för långt bort", "a.csv:2:4 (date)",
         "registret tar emot datum från 1990 till och med 2041", "kontrollera årtalet"),
    ),
    "a correction of nothing": (
        "a.csv",
        "kind,agreement,date,target,set,reason\nrecord_corrected,lokal,2026-03-01,finns-inte,date=2026-03-02,fel\n",
        ("registreringen 'finns-inte' som ska rättas finns inte", "a.csv:2 (target)",
         "den är varken registrerad eller med i samma fil", "kontrollera registreringens beteckning"),
    ),
    "one id with two contents": (
        "a.csv",
        HEAD + GOOD.replace("g1", "x") + GOOD.replace("g1", "x").replace("03-01", "03-02"),
        ("beteckningen 'x' står två gånger", "a.csv:3", "a.csv:2 har samma beteckning och säger något annat",
         "ge raden en egen beteckning, eller skriv den som en rättelse"),
    ),
    "an empty file": (
        "a.csv", "", ("filen är tom", "a.csv", "den innehåller inga registreringar", "kontrollera filen"),
    ),
    "a line of ten megabytes": (
        "a.jsonl",
        '{"kind":"meeting_held","agreement":"lokal","date":"2026-03-01","body":"' + "x" * 10_000_000 + '"}\n',
        ("raden är för lång", "a.jsonl:1", "den har 10000073 tecken, och 100000 ryms", "kontrollera radbrytningarna"),
    ),
    "another kind of file": (
        "a.docx",
        "x",
        ("filens slag känns inte igen", "a.docx",
         "namnet slutar på '.docx', och .csv, .tsv, .xlsx, .jsonl, .ndjson och .zip kan läsas",
         "spara den som CSV (UTF-8) eller JSON Lines"),
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(morning: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands, and files are named as they lie in the folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_refused_whole(case: str, tmp_path: Path) -> None:
    name, content, problem = FILES[case]
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "good.csv").write_text(HEAD + GOOD, encoding="utf-8")
    empty_register(Path("r.db"))
    answer = call("--db", "r.db", *RULES, "import", "good.csv", name)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == said(*problem)
    with open_register("r.db") as register:
        assert register.count() == 0


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_not_judged_either(case: str, tmp_path: Path) -> None:
    name, content, problem = FILES[case]
    (tmp_path / name).write_text(content, encoding="utf-8")
    answer = call(*RULES, "assess", "--facts", name)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == said(*problem)


def test_wrong_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes((HEAD + "x,meeting_held,lokal,2026-03-01,\x81\x8d").encode("latin-1"))
    answer = call(*RULES, "assess", "--facts", "a.csv")
    assert answer.code == 2
    assert "filen kan inte läsas som text" in answer.err


@pytest.mark.parametrize(
    "content",
    [
        ("\ufeff" + HEAD + GOOD).encode("utf-8"),
        (HEAD + GOOD).replace("\n", "\r\n").encode(),
        "id;typ;avtal;datum;organ;ordförande\r\ng1;meeting_held;lokal;2026-03-01;local_steering_group;kommunchef\r\n".encode(
            "cp1252"
        ),
        (HEAD + GOOD).encode("utf-16"),
    ],
    ids=["byte order mark", "CRLF", "semicolons from a Swedish Excel", "UTF-16"],
)
def test_what_programs_really_save_is_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    empty_register(Path("r.db"))
    answer = call("--db", "r.db", *RULES, "import", "a.csv")
    assert (answer.code, answer.out) == (0, "1 ny registrering.\n  lokal: 1\nLäst: 1 fil, 1 rad.\n")


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + GOOD.replace("2026-03-01", "2026-03-02"), encoding="utf-8")
    empty_register(Path("r.db"))
    call("--db", "r.db", *RULES, "import", "a.csv")
    answer = call("--db", "r.db", *RULES, "import", "b.csv")
    assert answer.code == 2
    assert answer.err == said(
        "beteckningen 'g1' är upptagen",
        "b.csv:2",
        "en annan registrering har redan beteckningen och säger något annat",
        "ge den en egen beteckning, eller skriv den som en rättelse (record_corrected)",
    )


RULE_FILES = {
    "a typing error": (
        {"a.yaml": (EXAMPLE / "stad.yaml").read_text(encoding="utf-8").replace("    norm:", "    nrom:")},
        ("klausul lokala-moten: okänd nyckel 'nrom'", "a.yaml:13", "regelspråket har ingen sådan nyckel",
         "menade du 'norm'?"),
    ),
    "an id that is there already": (
        {"a.yaml": "instrument: vaxholm-2023\ntitle: x\nlevel: local\ndocument: x\nterm: {from: 2024-01-01}\n"},
        ("instrumentet vaxholm-2023 finns redan", "a.yaml:1", "samma id står i vaxholm-2023.yaml:",
         "ge det ett eget id"),
    ),
    "a reference to nothing": (
        {"a.yaml": "instrument: a\ntitle: x\nlevel: local\ndocument: x\nunder: vaxholm-2032\nterm: {from: 2024-01}\n"},
        ("instrumentet 'vaxholm-2032' finns inte", "a.yaml:5", "namnet är okänt", "menade du 'vaxholm-2023'?"),
    ),
    "a circle of umbrellas": (
        {
            f"{one}.yaml": f"instrument: {one}\ntitle: x\nlevel: superior\ndocument: x\nunder: {other}\n"
            "term: {from: 2024-01-01}\n"
            for one, other in (("a", "b"), ("b", "a"))
        },
        ("övergripande avtal går i cirkel", "a.yaml:5", "a → b → a", "ta bort 'under' i något av dem"),
    ),
    "YAML that is none": (
        {"a.yaml": "instrument: a\n  title: [\n"},
        ("filen är inte giltig YAML", "a.yaml:2", "ett kolon står där det inte kan stå; sätt texten inom citattecken",
         "rätta raden; vanligast är fel indrag, saknat kolon eller citattecken"),
    ),
}  # fmt: skip


@pytest.mark.usefixtures("among_all")
@pytest.mark.parametrize("command", [("rules", "check", "regler"), ("--rules", "regler", "assess")])
@pytest.mark.parametrize("case", RULE_FILES)
def test_a_bad_rule_file(case: str, command: tuple[str, ...], tmp_path: Path) -> None:
    files, (what, where, why, remedy) = RULE_FILES[case]
    (tmp_path / "regler").mkdir()
    for name, content in files.items():
        (tmp_path / "regler" / name).write_text(content, encoding="utf-8")
    answer = call(*command)
    assert (answer.code, answer.out) == (2, "")
    blocks = [block.strip() for block in answer.err.split("Fel: ")]
    found = [block for block in blocks if block.startswith(what) and where in block]
    assert found, answer.err
    assert f"Varför: {why}" in found[0] and f"Åtgärd: {remedy}" in found[0]


CALLS = {
    "runn": "kommandot runn finns inte",
    "run --asof 2026-01-01": "flaggan --asof finns inte",
    "run extra": "ett argument för mycket (extra)",
    "run --as-of 2026-13-01": "datumet 2026-13-01 finns inte",
    "run --as-of 2026-01": "2026-01 är ingen hel dag",
    "run --as-of": "flaggan --as-of behöver ett värde",
    "assess --format xml": "'--format' går inte att använda: 'xml' är inget av 'table', 'json', 'csv'",
    "assess --horizon x": "'--horizon' går inte att använda: 'x' är inget heltal",
    "assess --agreement vaxhulm": "avtalet 'vaxhulm' finns inte",
    "assess --reading HALVAR": "läsningen 'HALVAR' går inte att tyda",
    "assess --reading HALVAR=kvartal": "läsningen HALVAR kan inte väljas som kvartal",
    "assess --reading HALVT=x": "läsningen HALVT finns inte",
    "record": "det står inte vad som har hänt",
    "record meeting_held body": "faktatypen 'meeting_held body' finns inte",
    "record record_retracted target=m25": "record_retracted registreras på annat sätt",
    "record meeting_held --agreement lokal --body local_steering_group": "datum saknas",
    "correct m25": "det står inte vad som ska rättas",
    "correct m25 id=m26": "id kan inte rättas",
    "correct saknas date=2026-01-01": "registreringen 'saknas' som ska rättas finns inte",
    "retract m25": "flaggan saknas: '--reason'",
    "retract saknas --reason x": "registreringen 'saknas' som ska återkallas finns inte",
    "serve --at 25:00": "klockslaget 25:00 finns inte",
    "serve --at 4.15": "klockslaget 4.15 finns inte",
    "overdue --body styrgrupp": "organet 'styrgrupp' finns inte",
    "overdue --agreement lokalt": "avtalet 'lokalt' finns inte",
    "upcoming --days -1": "'--days' går inte att använda: -1 ligger utanför 0<=x<=5000",
    "rules show lokalt": "avtalet 'lokalt' finns inte",
    "rules check saknas": "mappen med regler finns inte",
    "import saknas.csv": "filen finns inte",
}


@pytest.mark.parametrize("words", CALLS)
def test_a_call_that_cannot_be_understood(words: str, run_db: Path) -> None:
    with open_register(run_db) as register:
        before = register.head()
    answer = call("--db", run_db, *RULES, *words.split())
    assert (answer.code, answer.out) == (2, "") or words.startswith("rules check")
    assert answer.err.startswith(f"Fel: {CALLS[words]}")
    for heading in ("  Var:    ", "  Varför: ", "  Åtgärd: "):
        assert heading in answer.err
    with open_register(run_db) as register:
        assert register.head() == before
