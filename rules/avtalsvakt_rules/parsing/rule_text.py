"""The text of a rule file, which is all that has to be read of one that was read before.

In comes a path, out comes text, or Rejected.
"""

from pathlib import Path

from avtalsvakt_rules.problems import Problem, Rejected

LARGEST = 2_000_000  # bytes; a rule file is text for people, and aliases can blow up small files


def read_text(path: Path) -> str:
    """The text of a YAML file. Raises Rejected for a file that cannot be opened, is too large or is not UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Rejected([unreadable(str(path), error.strerror or str(error))]) from error
    if len(raw) > LARGEST:
        raise Rejected([unreadable(path.name, f"filen är {len(raw)} byte, högst {LARGEST} läses")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Rejected([unreadable(path.name, f"byte {error.start} är inte UTF-8")]) from error


def unreadable(where: str, why: str) -> Problem:
    """What is wrong with a file that cannot be read."""
    return Problem("regelfilen kan inte läsas", where, why, "kontrollera filen och spara den som UTF-8-text")
