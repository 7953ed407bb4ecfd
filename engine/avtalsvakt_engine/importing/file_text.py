"""The bytes of a file of facts become text, whatever program saved it.

In comes a path, out come the text with plain line ends and warnings about how it had to be read. Raises Rejected
where the
file cannot be read or does not hold text. Reads UTF-8 and UTF-16 with or without a byte order mark, and Windows-1252,
which a Swedish Excel writes; no other encoding can be told from damage.
"""

import codecs
from pathlib import Path

from avtalsvakt_rules.problems import Problem, Rejected

LONGEST_LINE = 100_000
"""Characters in one line. Longer ones are damage or another kind of file."""

LARGEST = 300_000_000
"""Bytes; a hundred thousand registrations are thirteen million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Swedish text in Windows-1252 holds besides ASCII; anything else means another encoding.
_PLAUSIBLE = frozenset("åäöÅÄÖéÉèÈêëáàâæÆøØüÜñçôóíß§°´¨·½¼¾²³€£–—…•‘’‚“”„«»×±µ®©™\xa0")  # noqa: RUF001 - they are meant
_SAMPLE = 1000


def read_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The file's text with line feeds at the ends of lines, and warnings. Raises Rejected."""
    data = file_bytes(path)
    encoding, mark = stated_encoding(data)
    warnings: tuple[Problem, ...] = ()
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        text = _windows(path, data, error)
        why = "den är inte sparad som UTF-8"
        warnings = (Problem("filen lästes som Windows-1252", str(path), why, "kontrollera å, ä och ö"),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_damage(path, text)
    return text, warnings


def file_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """What is in the file. Raises Rejected where it is missing, no file, not readable or larger than `largest`."""
    try:
        if path.is_dir():
            raise Rejected([Problem("det är ingen fil", str(path), "sökvägen är en mapp", "ange en fil i mappen")])
        if path.stat().st_size > largest:
            why = f"den är större än {largest // 1_000_000} MB"
            raise Rejected([Problem("filen är för stor", str(path), why, "dela upp den i flera")])
        return path.read_bytes()
    except FileNotFoundError as error:
        remedy = "kontrollera sökvägen"
        raise Rejected([Problem("filen finns inte", str(path), "det finns inget med det namnet", remedy)]) from error
    except PermissionError as error:
        why = "kontot som kör programmet får inte läsa den"
        raise Rejected([Problem("filen kan inte läsas", str(path), why, "ge läsrättighet")]) from error
    except (OSError, ValueError) as error:
        why = f"systemet svarar: {getattr(error, 'strerror', None) or error}"
        raise Rejected([Problem("filen kan inte läsas", str(path), why, "kontrollera sökvägen")]) from error


def stated_encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding that the text begins with a mark of, and the mark; else what its zero bytes tell, without a mark."""
    return next(((name, mark) for mark, name in _MARKS if data.startswith(mark)), (_guess(data), b""))


def plausible(text: str) -> bool:
    """Whether Swedish text holds nothing but such characters; if not, another encoding was meant."""
    return all(character.isascii() or character in _PLAUSIBLE for character in set(text))


def _guess(data: bytes) -> str:
    """UTF-8, unless every other byte is zero as in UTF-16 text without a mark."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    if half and sample[::2].count(0) > half * 0.6:
        return "utf-16-be"
    return "utf-8"


def _windows(path: Path, data: bytes, error: UnicodeDecodeError) -> str:
    """The text read as Windows-1252. Raises Rejected where that gives what no Swedish text holds."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = "\x81"
    if error.encoding == "utf-8" and plausible(text):
        return text
    line = data[: error.start].count(b"\n") + 1
    why = f"teckenkodningen är varken UTF-8, UTF-16 eller Windows-1252 (byte {error.start + 1})"
    problem = Problem("filen kan inte läsas som text", f"{path}:{line}", why, "spara den som text i UTF-8")
    raise Rejected([problem]) from error


def _refuse_damage(path: Path, text: str) -> None:
    """Raise Rejected where the text is empty, holds zero bytes or has lines no one has written."""
    if not text.strip("\ufeff \t\n"):
        raise Rejected([Problem("filen är tom", str(path), "den innehåller inga registreringar", "kontrollera filen")])
    zero = text.find("\0")
    if zero >= 0:
        where = f"{path}:{text.count(chr(10), 0, zero) + 1}"
        why = "sådana finns inte i text; filen är skadad eller av annat slag"
        raise Rejected(
            [Problem("filen innehåller nolltecken", where, why, "spara den på nytt som CSV eller JSON Lines")]
        )
    if len(text) > LONGEST_LINE:
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > LONGEST_LINE:
                why = f"den har {len(line)} tecken, och {LONGEST_LINE} ryms"
                problem = Problem("raden är för lång", f"{path}:{number}", why, "kontrollera radbrytningarna")
                raise Rejected([problem])
