"""Every reader of files, given files that nobody meant: each is read or refused, in bounded time and memory.

Run as a program for so long: `python -m tests.engine.fuzz_readers [SECONDS [SEED]]` (`make fuzz`). Good files are
damaged at random: bytes changed, pieces doubled, blown up, swapped, cut; inside packages too. It prints how many files
each reader was given, how many it refused, what took longest and how much memory all of it took. Anything but an answer
is kept in the folder that is printed, and the exit code is 1.
"""

import csv
import io
import json
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from openpyxl import Workbook
from tests.engine.test_importing import CSV, KNOWN, NOW, SWEDISH

from avtalsvakt_calendars.importing.calendar_file import read_calendar
from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.importing.fact_files import read_files
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, chained
from avtalsvakt_engine.storage.proof.signed_heads import read_heads
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import read_rulebook

PATIENCE, MEMORY = 20, 2_000_000_000
"""Seconds of the processor that one file may take, and bytes that all of it may."""
Reader = Callable[[Path], object]
LINE = '{"id":"m1","kind":"meeting_held","agreement":"ostermalm-2020","date":"2026-03-04","body":"coordinators"}\n'
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Mitt
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
SUMMARY;ENCODING=QUOTED-PRINTABLE:Lokal styrgrupp =C3=B6
DTSTART;TZID=Mitt:20260312T100000
RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=9
EXDATE;TZID=Mitt:20260319T100000
END:VEVENT
END:VCALENDAR
"""
RULE = """instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {from: 2024-01-01}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: half_year}, what: {meeting_held: {body: local_steering_group}}}
"""
HEAD = '{"head":"{\\"format\\":\\"avtalsvakt-huvud 1\\",\\"run\\":1}","public":"00","signature":"00"}\n'


class Overdue(BaseException):
    """One file took longer than it may; of a kind that no reader answers for."""


def facts(path: Path) -> object:
    """Read as facts, as an import would."""
    return read_files([path], KNOWN, NOW)


def readers(folder: Path) -> Mapping[str, tuple[Reader, bytes]]:
    """By the ending of a file's name: what reads it, and a good file."""
    return {
        ".csv": (facts, CSV.encode()),
        ".tsv": (facts, SWEDISH.replace(";", "\t").encode()),
        ".jsonl": (facts, (LINE * 3).encode()),
        ".xlsx": (facts, _workbook()),
        ".zip": (facts, _archive()),
        ".ics": (lambda path: read_calendar(path, date(2027, 1, 1), lambda _: True), CALENDAR.encode()),
        ".yaml": (lambda path: read_rulebook([path]), RULE.encode()),
        ".heads": (lambda path: read_heads(path.read_bytes().decode(errors="replace"), str(path)), HEAD.encode()),
    }


def _workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    if sheet is None:
        raise TypeError("a new workbook has a sheet")
    for row in csv.reader(io.StringIO(SWEDISH), delimiter=";"):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        line = canonical([1, "samordnare", {**json.loads(LINE), "recorded": "2026-03-04T12:00:00+01:00"}])
        package.writestr("fakta/kedja.jsonl", f"{line}\n")
        package.writestr("fakta/summor.txt", f"{chained(BEGINNING, line)}\n")
    return out.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some damage; in a package often inside one of its parts, so that the damage is read."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            hit = chance.choice(old.namelist())
            for name in old.namelist():
                new.writestr(name, _struck(old.read(name), chance) if name == hit else old.read(name))
        return out.getvalue()
    return _struck(data, chance)


def _struck(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(0, 3)):
        one, two = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
        piece = data[one : min(two, one + 200)]
        match chance.randrange(6):
            case 0:
                data = data[:one] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 8))) + data[one:]
            case 1:
                data = data[:one] + piece * chance.choice((2, 100, 20_000)) + data[one:]
            case 2:
                data = data[:one] + data[two:]
            case 3:
                data = data[:one] + chance.choice(SIGNS) * chance.choice((1, 50, 90_000)) + data[one:]
            case 4:
                data = data[:one] + str(10 ** chance.randint(1, 40)).encode() + data[one + chance.randint(0, 9) :]
            case _:
                data = data[two:] + data[:one] + piece
        data = data[:8_000_000]
    return data


SIGNS = (
    b" ", b"\t", b"\n", b"\r", b"\0", b"#", b":", b",", b";", b'"', b"'", b"[", b"{", b"(", b"=", b"|", b"\\",
    b"<c/>", b"<a>", b"&amp;", b"BEGIN:X\n", b"- ", b"a: ", b"&a *a ", "\u0301\u0323".encode(), "\uff1d".encode(),
    b"\xff\xfe", b"9",
)  # fmt: skip


@contextmanager
def patience() -> Iterator[None]:
    """Raise Overdue where the block takes longer than one file may."""

    def late(_: int, __: FrameType | None) -> None:
        raise Overdue

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def given(reader: Reader, path: Path) -> str:
    """What a reader answers to a file: read, refused, or what it should not have come to."""
    try:
        with patience():
            reader(path)
    except Rejected as rejected:
        return "refused" if all(str(one) for one in rejected.problems) and rejected.problems else "refused in silence"
    except (Exception, Overdue) as error:  # noqa: BLE001 - this is what is looked for
        return f"{type(error).__name__}: {error}"
    return "read"


def main(seconds: float, seed: int) -> int:
    """Damage and read for so many seconds; the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance, folder = random.Random(seed), Path(tempfile.mkdtemp(prefix="fuzz-"))
    told: Counter[tuple[str, str]] = Counter()
    longest: dict[str, float] = {}
    wrong = 0
    known, until = readers(folder), time.perf_counter() + seconds
    while time.perf_counter() < until:
        for suffix, (reader, good) in known.items():
            path = folder / f"t{suffix}"
            path.write_bytes(damaged(good, chance))
            begun = time.process_time()
            said = given(reader, path)
            longest[suffix] = max(longest.get(suffix, 0.0), time.process_time() - begun)
            if said not in ("read", "refused"):
                wrong += 1
                path.rename(folder / f"{wrong}{suffix}")
                print(f"{folder / f'{wrong}{suffix}'}: {said[:200]}")
            told[suffix, said if said in ("read", "refused") else "wrong"] += 1
    for suffix, seconds_ in longest.items():
        counts = ", ".join(f"{told[suffix, said]} {said}" for said in ("read", "refused", "wrong"))
        print(f"{suffix:7} {counts}; the longest took {seconds_:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{sum(told.values())} files with seed {seed}, {peak} MB at most, {wrong} answered wrongly")
    return 1 if wrong else 0


if __name__ == "__main__":
    words = [*sys.argv[1:], *("120", "1")[len(sys.argv) - 1 :]]
    sys.exit(main(float(words[0]), int(words[1])))
