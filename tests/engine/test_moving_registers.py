"""Import of an export is the identity: facts, moments, recorders, order and chain, over random histories.

The archive's own files are written here as docs/registret.md describes them, so that the format is held to as well.
"""

import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.new_registers import new_register

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.importing.fact_files import read_file
from avtalsvakt_engine.importing.file_archive import CHAIN, ERASED, SUMS, TEXTS
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.facts.erasing import erase, erasure_lines
from avtalsvakt_engine.storage.facts.lines import fact_lines, text_lines
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.vocabulary import load

NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
KNOWN = Known(load(), frozenset({"alvsjo", "vaxholm-2023"}))
WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12
)  # fmt: skip
ATTENDEES = st.lists(WORDS, min_size=2, max_size=3)
AGREEMENTS = st.sampled_from(sorted(KNOWN.agreements))
DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 1))


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Meetings, and corrections and retractions of what came before, each recorded after the one before."""
    facts: list[Fact] = []
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(draw(st.integers(1, 12))):
        moment += timedelta(seconds=draw(st.integers(0, 10_000_000)))
        agreement = draw(AGREEMENTS)
        recorder = draw(st.sampled_from(["samordnare", "jurist", "polisen\\ab123"]))
        kind, attributes = "meeting_held", _meeting(draw)
        about_another = draw(st.integers(0, 1)) == 1
        if facts and about_another:
            target = draw(st.sampled_from(facts))
            agreement, attributes = target.agreement, {"target": target.id, "reason": draw(WORDS)}
            kind = "record_retracted"
            correct = draw(st.integers(0, 1)) == 1
            if target.kind == "meeting_held" and correct:
                kind, attributes = "record_corrected", {**attributes, "set": {"chair": draw(WORDS)}}
        stamp = moment.isoformat()
        facts.append(Fact(f"f{number}", kind, agreement, draw(DAYS), stamp, 0, "day", attributes, recorder))
    return facts


def _meeting(draw: st.DrawFn) -> dict[str, Value]:
    return {
        "body": "coordinators",
        "chair": draw(WORDS),
        "attendees": tuple(draw(ATTENDEES)),
    }


def exported(register: Register, path: Path) -> Path:
    """The files of an archive that hold the facts."""
    hashes = [hash_ for (hash_,) in register.connection.execute("SELECT hash FROM facts ORDER BY arrival")]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(CHAIN, "".join(f"{one}\n" for one in fact_lines(register.connection)))
        archive.writestr(TEXTS, "".join(f"{one}\n" for one in text_lines(register.connection)))
        archive.writestr(ERASED, "".join(f"{one}\n" for one in erasure_lines(register.connection)))
        archive.writestr(SUMS, "".join(f"{one}\n" for one in hashes))
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an archive is written, one after the other."""
    return tmp_path_factory.mktemp("moved") / "a.zip"


@given(facts=histories())
def test_moved_to_another_machine_it_is_the_same_register(
    facts: list[Fact], archive: Path, kept: Register, fresh: Register
) -> None:
    here, there = kept, fresh
    with here.rehearsal(), there.rehearsal():
        clean = _as_read(facts)
        here.append(clean, now=NOW, as_recorded=True)
        batch = read_file(exported(here, archive), KNOWN, NOW, by="arkivarie")
        there.append(batch.facts, now=NOW, as_recorded=True, kept=batch.kept)
        assert list(there.facts()) == list(here.facts())
        assert there.head() == here.head()
        again = there.append(batch.facts, now=NOW, as_recorded=True)
        assert (again.added, len(again.already_known)) == ((), len(clean))


def _as_read(facts: list[Fact]) -> list[Fact]:
    """The facts in the form that reading gives them: composed letters, no space around."""
    from avtalsvakt_engine.intake.fact_reading import read_fact, to_line

    return [read_fact(to_line(one), known=KNOWN, now=NOW, where="x", by=one.recorder).fact for one in facts]


@pytest.mark.parametrize("change", ["text", "who", "sum", "cut"])
def test_a_changed_archive_is_not_moved_in(tmp_path: Path, change: str) -> None:
    with new_register(tmp_path / "here.db") as here:
        meetings: list[Fact] = [
            Fact(f"m{n}", "meeting_held", "alvsjo", date(2026, 1, n), NOW.isoformat(), 0, "day",
                 {"body": "coordinators"}, "jurist")
            for n in range(1, 4)
        ]  # fmt: skip
        here.append(meetings, now=NOW)
        path = exported(here, tmp_path / "a.zip")
    with zipfile.ZipFile(path) as archive:
        chain, sums, texts = (archive.read(one).decode() for one in (CHAIN, SUMS, TEXTS))
    if change == "text":
        chain = chain.replace("2026-01-02", "2026-01-09")
    elif change == "who":
        texts = texts.replace("jurist", "annan")
    elif change == "sum":
        sums = sums.replace(sums[70], "0" if sums[70] != "0" else "1", 1)
    else:
        chain = chain.rsplit("\n", 2)[0] + "\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(CHAIN, chain)
        archive.writestr(SUMS, sums)
        archive.writestr(TEXTS, texts)
    with pytest.raises(Rejected, match="arkivet"):
        read_file(path, KNOWN, NOW)


def test_what_was_erased_stays_erased_where_it_is_moved_to(tmp_path: Path) -> None:
    meetings = [
        Fact(f"m{n}", "meeting_held", "alvsjo", date(2026, 1, n), "", 0, "day",
             {"body": "coordinators", "chair": f"ordförande {n}"}, "jurist")
        for n in (1, 2)
    ]  # fmt: skip
    wrong = Fact("r", "record_retracted", "alvsjo", date(2026, 1, 3), "", 0, "day",
                 {"target": "m1", "reason": "hon var sjuk"}, "jurist")  # fmt: skip
    with new_register(tmp_path / "here.db") as here:
        here.append([*meetings, wrong], now=NOW)
        with here.transaction():
            for id_, field in (("r", "reason"), ("m2", "recorder"), ("m1", "chair")):
                erase(here.connection, id_, field, NOW.isoformat(), "gallring 2026:1")
        path = exported(here, tmp_path / "a.zip")
        batch = read_file(path, KNOWN, NOW, by="arkivarie")
        with new_register(tmp_path / "there.db") as there:
            there.append(batch.facts, now=NOW, as_recorded=True, in_order=True, kept=batch.kept)
            assert list(there.facts()) == list(here.facts())
            assert there.head() == here.head()
            erasures = "SELECT * FROM erasures ORDER BY id"
            assert list(there.connection.execute(erasures)) == list(here.connection.execute(erasures))
            assert verify_register(there).problems == ()


def test_an_archive_moves_in_with_its_order_although_a_clock_went_ahead(tmp_path: Path) -> None:
    meetings = [
        Fact(f"m{n}", "meeting_held", "alvsjo", date(2026, 1, n), "", 0, "day", {"body": "coordinators"}, "jurist")
        for n in (1, 2, 3)
    ]
    with new_register(tmp_path / "here.db") as here:
        for fact, now in zip(meetings, (NOW, NOW + timedelta(days=1500), NOW), strict=True):
            here.append([fact], now=now)
        head, path = here.head(), exported(here, tmp_path / "a.zip")
    batch = read_file(path, KNOWN, NOW)
    with new_register(tmp_path / "there.db") as there:
        there.append(batch.facts, now=NOW, as_recorded=True, in_order=True, kept=batch.kept)
        assert there.head() == head
