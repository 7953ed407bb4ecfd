"""Where the journal of nights goes while the register cannot be written: a small file beside it, of a fixed size.

A full disk takes no new byte, but lets those that a file has already be written over. So the file is made while there
is room, and entries are written into it; they are carried over to the register once that can be written again. In come
the register's path and entries, out come entries. A line that cannot be read is passed over.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import structs

from avtalsvakt_engine.storage.runs.night_log import LogEntry

SIZE = 8_192
"""Bytes: room for some twenty entries; the oldest go first."""
LONGEST = 1_000


def fallback_file(register: Path) -> Path:
    """The file that belongs to a register."""
    return register.with_name(f"{register.name}.natt")


def make_room(register: Path) -> None:
    """Make the file where it is not there; does nothing where that is impossible, which whoever needs it will meet."""
    path = fallback_file(register)
    with suppress(OSError):
        if path.exists() and path.stat().st_size == SIZE:
            return
        _write(path, kept(register), os.O_CREAT)


def keep(register: Path, entry: LogEntry) -> bool:
    """Write an entry into the file; false where it is not there and cannot be made."""
    try:
        _write(fallback_file(register), [*kept(register), entry], os.O_CREAT)
    except OSError:
        return False
    return True


def kept(register: Path) -> list[LogEntry]:
    """The entries in the file, the oldest first."""
    try:
        lines = fallback_file(register).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = (_entry(line) for line in lines if line.strip())
    return [one for one in found if one is not None]


def clear(register: Path) -> None:
    """Empty the file, which keeps its size."""
    with suppress(OSError):
        _write(fallback_file(register), [], 0)


def _write(path: Path, entries: Sequence[LogEntry], flags: int) -> None:
    lines = [_line(one) for one in entries]
    while sum(map(len, lines)) > SIZE:
        del lines[0]
    content = b"".join(lines)
    number = os.open(path, os.O_WRONLY | flags, 0o640)
    try:
        os.write(number, content.ljust(SIZE - 1) + b"\n")  # from the file's beginning, which is where it opens
        os.fsync(number)
    finally:
        os.close(number)


def _line(entry: LogEntry) -> bytes:
    told = structs.asdict(entry) | {"as_of": entry.as_of.isoformat(), "why": (entry.why or "")[:LONGEST] or None}
    return json.dumps(told).encode() + b"\n"


def _entry(line: str) -> LogEntry | None:
    try:
        told = json.loads(line)
        return LogEntry(**(told | {"as_of": date.fromisoformat(told["as_of"])}))
    except (ValueError, TypeError, KeyError):
        return None
