"""The bytes of a calendar become content lines with their numbers, however the file was saved, folded or transported.

In come bytes and the file's name, out come lines (name, parameters, value) and notes about how they had to be read.
Raises nothing. Reads UTF-8, UTF-16 and UTF-32, line by line Windows-1252 where a line is no UTF-8; CRLF, LF or CR;
folds between the bytes of a letter, with tabs, or without the space that a fold begins with; quoted-printable values
of vCalendar 1.0. Source: RFC 5545, 3.1 and 3.2; vCalendar 1.0, 2.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt_engine.importing.file_text import plausible, stated_encoding
from avtalsvakt_rules.problems import Problem

_BEGINS = re.compile(rb"([A-Za-z][A-Za-z0-9-]*)(?::|;[^:]*:|;[A-Za-z0-9-]+=)")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=("[^"]*"|[^;:"]*)((?:,(?:"[^"]*"|[^;:"]*))*))?')
_NAME = re.compile(r"([A-Za-z0-9-]+)")
_KNOWN = frozenset((
    b"BEGIN END SUMMARY DESCRIPTION LOCATION DTSTART DTEND DTSTAMP DURATION UID RRULE RDATE EXDATE EXRULE "
    b"SEQUENCE STATUS CLASS TRANSP PRIORITY CREATED LAST-MODIFIED ORGANIZER ATTENDEE CATEGORIES COMMENT "
    b"CONTACT URL GEO ATTACH RESOURCES RECURRENCE-ID RELATED-TO REQUEST-STATUS ACTION TRIGGER REPEAT TZID "
    b"TZNAME TZURL TZOFFSETFROM TZOFFSETTO VERSION PRODID METHOD CALSCALE NAME COLOR IMAGE CONFERENCE "
    b"REFRESH-INTERVAL SOURCE DUE COMPLETED FREEBUSY TZ DAYLIGHT DALARM AALARM MALARM PALARM ACKNOWLEDGED "
    b"PROXIMITY STRUCTURED-DATA PERCENT-COMPLETE"
).split())  # fmt: skip
_INDENT = re.compile(rb"(?mi)^([ \t]+)BEGIN:VCALENDAR")
_NONE: Mapping[str, str] = MappingProxyType({})  # one for all lines that have none: most of a million
LONGEST = 5_000
"""Letters of a value that are read as text."""
FULL = 60
"""Bytes in a line from which one that goes on without a space was cut, and not ended, by its writer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: where it begins, its name in capitals, its parameters, its value as written."""

    number: int
    name: str
    value: str
    parameters: Mapping[str, str] = field(default_factory=lambda: _NONE)

    @property
    def text(self) -> str:
        """The value as text: escapes undone, on one line; no more of it than LONGEST, which no title comes near."""
        value = self.value[:LONGEST]
        undone = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
        return " ".join(undone.split())


class Content(Struct, frozen=True):
    """The lines of a calendar, and what was unusual about the way they are written."""

    lines: tuple[Line, ...]
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Oddities:
    """The numbers of lines that were read in another way than the standard's, by what was odd about them."""

    windows: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    unfolded: list[int] = field(default_factory=list)
    zeros: bool = False

    def notes(self, name: str) -> Iterator[Problem]:
        """What there is to say about them."""
        if self.windows:
            why = f"{len(self.windows)} rader är inte UTF-8"
            yield Problem("texten lästes som Windows-1252", f"{name}:{self.windows[0]}", why, "kontrollera å, ä och ö")
        if self.unknown:
            why = f"{len(self.unknown)} rader är varken UTF-8 eller Windows-1252"
            remedy = "exportera kalendern på nytt i UTF-8"
            yield Problem("teckenkoden känns inte igen", f"{name}:{self.unknown[0]}", why, remedy)
        if self.unfolded:
            why = f"{len(self.unfolded)} rader fortsätter utan det blanksteg som en veckad rad börjar med"
            remedy = "kontrollera mötenas rubriker"
            yield Problem("raderna är felaktigt veckade", f"{name}:{self.unfolded[0]}", why, remedy)
        if self.zeros:
            why = "sådana finns inte i text; filen kan vara skadad"
            yield Problem("filen innehåller nolltecken", name, why, "exportera kalendern på nytt om något saknas")


def content(data: bytes, name: str) -> Content:
    """The content lines of a calendar's bytes."""
    odd = _Oddities()
    data = _as_utf8(data, odd)
    lines = tuple(_line(number, raw, odd) for number, raw in _unfolded(data, odd))
    return Content(tuple(one for one in lines if one.name), tuple(odd.notes(name)))


def _as_utf8(data: bytes, odd: _Oddities) -> bytes:
    """The same text in UTF-8 without mark, zero bytes or an indent of its own."""
    encoding, mark = stated_encoding(data)
    data = data[len(mark) :]
    if encoding != "utf-8":
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    odd.zeros = b"\0" in data
    data = data.replace(b"\0", b"").replace(b"\xef\xbb\xbf", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if indent := _INDENT.search(data):
        data = re.sub(rb"(?m)^" + re.escape(indent[1]), b"", data)
    return data


def _unfolded(data: bytes, odd: _Oddities) -> Iterator[tuple[int, bytes]]:
    """Whole lines with the number of their first: bytes are put together before they become letters."""
    parts: list[bytes] = []
    begun, last = 0, b""
    quoted = False
    for number, raw in enumerate(data.split(b"\n"), start=1):
        soft = quoted and parts[-1].endswith(b"=")
        if not raw.strip() and not soft:
            continue
        if soft:
            parts[-1] = parts[-1][:-1]
            parts.append(raw.lstrip(b" \t"))
        elif parts and raw[:1] in b" \t":
            parts.append(raw[1:])
        elif parts and not _begins(raw):
            odd.unfolded.append(number)
            if not parts[0].upper().startswith((b"BEGIN:", b"END:")):
                parts += [raw] if len(last) >= FULL else [b" ", raw]
        else:
            if parts:
                yield begun, b"".join(parts)
            begun, parts, quoted = number, [raw], _is_quoted(raw)
        last = raw
    if parts:
        yield begun, b"".join(parts)


def _is_quoted(raw: bytes) -> bool:
    """Whether the value that begins in a line is written as quoted-printable."""
    head, colon, _ = raw.partition(b":")
    return bool(colon) and b"QUOTED-PRINTABLE" in head.upper()


def _begins(raw: bytes) -> bool:
    """Whether a line begins with a property: any name in capitals, or a known one, as nobody begins a sentence."""
    found = _BEGINS.match(raw)
    return found is not None and (
        found[1].isupper() or found[1].upper() in _KNOWN or found[1].startswith((b"x-", b"X-"))
    )


def _line(number: int, raw: bytes, odd: _Oddities) -> Line:
    """A whole line as name, parameters and value; one without a name has an empty one."""
    text = _letters(number, raw, odd)
    named = _NAME.match(text)
    if named is None:
        return Line(number, "", text)
    end = named.end()
    if text[end : end + 1] == ":":
        return Line(number, named[1].upper(), text[end + 1 :].strip())
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(text, end):
        stated, end = (found[2] or "") + (found[3] or ""), found.end()
        # vCalendar 1.0 writes the encoding alone, without saying that it is one.
        key = found[1].upper() if "=" in found[0] else "ENCODING"
        parameters[key] = (stated if "=" in found[0] else found[1]).strip('"')
    value = text[end:].removeprefix(":")
    if parameters.get("ENCODING", "").upper() in ("QUOTED-PRINTABLE", "Q"):
        charset = parameters.get("CHARSET", "utf-8")
        value = _decoded(quopri.decodestring(value.encode()), charset).replace("\r\n", "\\n").replace("\n", "\\n")
    return Line(number, named[1].upper(), value.strip(), parameters)


def _letters(number: int, raw: bytes, odd: _Oddities) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    (odd.windows if plausible(text) else odd.unknown).append(number)
    return text


def _decoded(raw: bytes, charset: str) -> str:
    """The text of a value that says its own encoding; one that says it wrongly is read as Windows-1252."""
    for encoding in (charset, "utf-8"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("cp1252", "replace")
