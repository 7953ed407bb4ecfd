"""The same meeting is found however the calendar was saved, folded and coded; where not, the cause is named."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendars.exported import HEAD, STOCKHOLM, calendar, event, faults, read, times

from avtalsvakt_calendars.importing.components import parts
from avtalsvakt_calendars.importing.content_lines import content
from avtalsvakt_calendars.importing.series import OCCASIONS
from avtalsvakt_calendars.importing.zones import known_zone, zones_of
from avtalsvakt_rules.problems import Rejected

PLAIN = calendar(event(STOCKHOLM))
HELD = ["2026-01-12 13:00"]
LONG = calendar(event(STOCKHOLM, summary="Kommunens möte om höstens och vinterns arbete i Provrådet, i stora salen"))
FOLDED = LONG.replace("Provrå".encode(), "Prov\r\n rå".encode())
SAVED = {
    "as it should be": PLAIN,
    "with a mark": b"\xef\xbb\xbf" + PLAIN,
    "UTF-16": PLAIN.decode().encode("utf-16"),
    "UTF-16 without a mark": PLAIN.decode().encode("utf-16-le"),
    "UTF-32": PLAIN.decode().encode("utf-32"),
    "Windows-1252": PLAIN.decode().encode("cp1252"),
    "line feeds": PLAIN.replace(b"\r\n", b"\n"),
    "carriage returns": PLAIN.replace(b"\r\n", b"\r"),
    "two ends to a line": PLAIN.replace(b"\r\n", b"\r\r\n"),
    "empty lines": PLAIN.replace(b"\r\n", b"\r\n\r\n"),
    "indented": b"    " + PLAIN.replace(b"\r\n", b"\r\n    "),
    "words above": "Här är kalendern\r\n\r\n".encode() + PLAIN,
    "small letters": PLAIN.replace(b"BEGIN:VEVENT", b"begin:vevent").replace(b"SUMMARY", b"summary"),
    "folded": FOLDED,
    "folded with a tab": FOLDED.replace(b"\r\n r", b"\r\n\tr"),
    "folded inside a letter": LONG.replace("å".encode(), b"\xc3\r\n \xa5"),
    "folded without a space": FOLDED.replace(b"\r\n r", b"\r\nr"),
    "a zero byte": PLAIN.replace(b"UID", b"\0UID"),
    "the summary has a language": PLAIN.replace(b"SUMMARY:", b'SUMMARY;LANGUAGE=sv;X-A="a:b;c":'),
    "decomposed letters": PLAIN.replace("å".encode(), "a\u030a".encode()),
    "as HTML writes it": PLAIN.replace("å".encode(), b"&aring;"),
    "quoted-printable": PLAIN.replace(
        "SUMMARY:Provrådet".encode(), b"SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Provr=C3=A5det"
    ),
    "quoted-printable in Latin-1, and cut": PLAIN.replace(
        "SUMMARY:Provrådet".encode(), b"SUMMARY;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Prov=\r\nr=E5det"
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", SAVED)
def test_the_meeting_is_found_however_the_file_was_saved(way: str) -> None:
    concerns = lambda words: "provråd" in words.casefold().replace("a\u030a", "å")  # noqa: E731 - one use
    assert times(read(SAVED[way], concerns)) == HELD


def test_windows_1252_is_told() -> None:
    assert [one.what for one in read(SAVED["Windows-1252"]).notes] == ["texten lästes som Windows-1252"]


def test_one_line_in_another_code_does_not_spoil_the_others() -> None:
    data = calendar(event(STOCKHOLM, "LOCATION:Ö"), event("DTSTART:20260309T120000Z", uid="b"))
    assert len(times(read(data.replace("LOCATION:Ö".encode(), b"LOCATION:\xd6")))) == 2


HIDDEN = {
    "folded badly": (PLAIN.replace("rådet".encode(), "\r\nrådet".encode()), "raderna är felaktigt veckade"),
    "MacRoman": (PLAIN.decode().encode("mac_roman"), "teckenkoden känns inte igen"),
    "coded twice": (PLAIN.decode().encode().decode("latin-1").encode(), "texten är fel kodad"),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_where_nothing_is_found_what_may_have_hidden_it_is_an_error(way: str) -> None:
    data, what = HIDDEN[way]
    reading = read(data)
    assert (times(reading), faults(reading)) == ([], [what])


def test_a_sentence_on_a_line_of_its_own_is_not_taken_for_a_property() -> None:
    data = calendar(event(STOCKHOLM, "DESCRIPTION:Dagordning", "Status: oklart, se nedan", "Punkt 2"))
    assert times(read(data)) == HELD


ZONES = {
    "Europe/Stockholm": "Europe/Stockholm", "europe/stockholm": "Europe/Stockholm",
    "/freeassociation.sourceforge.net/Europe/Stockholm": "Europe/Stockholm",
    "/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "W. Europe Standard Time": "Europe/Berlin", "w. europe standard time": "Europe/Berlin",
    "GMT Standard Time": "Europe/London", "Romance Standard Time": "Europe/Paris", "tzone://Microsoft/Utc": "UTC",
    "UTC": "UTC",
}  # fmt: skip


@pytest.mark.parametrize("name", ZONES)
def test_zones_by_the_names_that_programs_give_them(name: str) -> None:
    assert str(known_zone(name)) == ZONES[name]


ALIASES = ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "(GMT+01.00) Sarajevo/Warsaw/Zagreb",
           "W. Europe Standard Time 1", "UTC+1", "GMT+0100", "\"Europe/Stockholm\"")  # fmt: skip


@pytest.mark.parametrize("name", ALIASES)
def test_a_zone_by_a_longer_name(name: str) -> None:
    reading = read(calendar(event(f'DTSTART;TZID="{name.strip(chr(34))}":20260112T130000')))
    assert (times(reading), reading.notes) == (HELD, ())


def test_a_zone_that_nobody_knows_is_read_as_ours_and_told() -> None:
    reading = read(calendar(event("DTSTART;TZID=Egen zon:20260112T130000")))
    assert times(reading) == HELD
    assert [one.what for one in reading.notes] == ["tidszonen 'Egen zon' lästes som svensk tid"]


OWN = ("BEGIN:VTIMEZONE", "TZID:Egen zon", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0500",
       "TZOFFSETTO:+0400", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
       "DTSTART:16010101T020000", "TZOFFSETFROM:+0400", "TZOFFSETTO:+0500", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
       "END:DAYLIGHT", "END:VTIMEZONE")  # fmt: skip


def test_a_zone_that_the_file_defines_is_reckoned_with() -> None:
    data = calendar(OWN, event("DTSTART;TZID=Egen zon:20260112T160000", "RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2"))
    assert times(read(data)) == ["2026-01-12 13:00", "2026-07-12 13:00"]


BROKEN = {
    "no name": ("TZID:Egen zon", "TZID:"),
    "no offset": ("TZOFFSETTO:+0400", "X-A:1"),
    "an offset that is none": ("TZOFFSETTO:+0400", "TZOFFSETTO:i morgon"),
    "no time": ("DTSTART:16010101T030000", "DTSTART:"),
    "a rule by the second": ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RRULE:FREQ=SECONDLY"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_zone_that_no_event_uses_matters_to_nobody(case: str) -> None:
    broken = tuple(line.replace(*BROKEN[case]) for line in OWN)
    reading = read(calendar(broken, event(STOCKHOLM)))
    assert (times(reading), faults(reading), reading.notes) == (HELD, [], ())


@pytest.mark.parametrize("case", [case for case in BROKEN if case != "no name"])
def test_a_broken_zone_that_is_used_is_told(case: str) -> None:
    broken = tuple(line.replace(*BROKEN[case]) for line in OWN)
    reading = read(calendar(broken, event("DTSTART;TZID=Egen zon:20260112T130000")))
    assert times(reading) == HELD
    assert "lästes som svensk tid" in reading.notes[0].what


def test_floating_times_stand_in_the_zone_that_the_calendar_says() -> None:
    data = calendar(event("DTSTART:20260112T120000"), head=(*HEAD, "X-WR-TIMEZONE:Europe/London"))
    assert times(read(data)) == HELD


def test_zones_of_one_file_do_not_stay_for_the_next() -> None:
    first = parts(content(calendar(OWN), "a").lines, "a").calendars[0]
    second = parts(content(calendar(event(STOCKHOLM)), "b").lines, "b").calendars[0]
    assert str(zones_of(first, "a").zone("Egen zon", 1)) != "Europe/Stockholm"
    assert str(zones_of(second, "b").zone("Egen zon", 1)) == "Europe/Stockholm"


SERIES = calendar(
    OWN, event(STOCKHOLM, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260119T120000Z"),
    event("RECURRENCE-ID:20260126T120000Z", "DTSTART;TZID=Egen zon:20260127T160000", "DURATION:PT1H"),
)  # fmt: skip


CHANGES = st.sampled_from([b"", b"\0", b"\xff", b":", b";", b"=", b"\n", b"9", b"Z"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SERIES) - 1), CHANGES), max_size=6), st.integers(0, len(SERIES)))
def test_any_damage_is_answered(changes: list[tuple[int, bytes]], end: int) -> None:
    data = SERIES
    for place, instead in changes:
        data = data[:place] + instead + data[place + 1 :]
    with suppress(Rejected):
        assert len(read(data[:end] if end % 3 == 0 else data).occasions) <= OCCASIONS
