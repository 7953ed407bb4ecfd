"""What a file need not say: towards whom, which body, and how a reading reads; what it does say is left as it is."""

from dataclasses import replace
from typing import Any

import pytest

from avtalsvakt_rules.checks.instruments import check_instruments
from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.rulebook import builtin_files, read_rulebook

HEAD = """instrument: prov-2026
title: Prov
document: prov.txt
parties: [{parties}]
bodies: {{radet: rådet}}
term: {{from: 2026-01-01}}
{more}clauses:
  en: {{at: {{section: "1"}}, norm: {norm}, {clause}}}
"""
MEETING = "when: {each: year}, what: {meeting_held: {body: radet}}"
NOTICE = "when: once, what: {information_given: {}}"
ROSTER = "when: always, what: {role_assigned: {body: radet}}, readings: [INGA]"


def read(clause: str, norm: str = "shall", parties: str = "staden, polisen", more: str = "") -> Instrument:
    text = HEAD.format(clause=clause, norm=norm, parties=parties, more=more)
    return read_instrument(parse_source(text, "prov.yaml"))


@pytest.mark.parametrize(
    ("clause", "norm", "parties", "to"),
    [
        ("who: parterna", "shall", "staden, polisen", "varandra"),
        ("who: vardera parten", "should", "staden, polisen", "motparten"),
        ("who: staden", "shall", "staden, polisen", "polisen"),
        ("who: polisen", "shall_not", "staden, polisen", "staden"),
        ("who: staden", "shall", "staden, polisen, regionen", None),
        ("who: kommunpolis", "shall", "staden, polisen", None),
        ("who: parterna", "may", "staden, polisen", None),
        ("who: staden, to: regionen", "shall", "staden, polisen", "regionen"),
        ("who: staden, to: ", "shall", "staden, polisen", None),
    ],
)
def test_whom_a_duty_is_owed_to_follows_from_two_sides(clause: str, norm: str, parties: str, to: str | None) -> None:
    assert read(f"{clause}, {NOTICE}", norm, parties).clauses["en"].to == to


@pytest.mark.parametrize(
    ("clause", "body"),
    [
        (MEETING, "radet"),
        (f"body: youth_forum, {MEETING}", "youth_forum"),
        ("when: {each: year}, what: {meeting_held: {body: [radet, youth_forum]}}", None),
        ("when: {each: {meeting_held: {body: radet}}, due: open}, what: {information_given: {}}", "radet"),
        ("when: once, what: {any_of: [{decision_made: {body: radet}}, {information_given: {}}]}", None),
        ("when: {each: {meeting_held: {body: radet}}, due: open}, what: {decision_made: {body: youth_forum}}", None),
        (f"who: radet, {NOTICE}", "radet"),
        (f"who: coordinators, {NOTICE}", None),
        (f"who: staden, {NOTICE}", None),
        ("who: radet, attest: staden", None),
    ],
)
def test_the_body_follows_from_the_evidence_or_from_who(clause: str, body: str | None) -> None:
    assert read(clause).clauses["en"].body == body


@pytest.mark.parametrize("seat", ["role", "organisation", "mandate"])
def test_who_is_in_a_body_is_read_as_who_attends_its_meetings(seat: str) -> None:
    clause = read(f"{ROSTER}, including: [{{{seat}: staden}}, {{{seat}: [polisen, regionen]}}]").clauses["en"]
    variant = clause.instead["INGA"]["present"]
    assert variant.keys == ("including", "what", "when")
    assert variant.clause.including == ({"attendees": "staden"}, {"attendees": ["polisen", "regionen"]})
    assert variant.clause.when is not None and variant.clause.when.events[0].kind == "meeting_held"


def test_what_the_clause_says_of_it_is_kept() -> None:
    own = "instead: {INGA: {present: {act: Delta i mötena}}}"
    variant = read(f"{ROSTER}, including: [{{role: x}}], {own}").clauses["en"].instead["INGA"]["present"]
    assert (variant.clause.act, variant.keys) == ("Delta i mötena", ("act", "including", "what", "when"))
    own = "instead: {INGA: {present: {note: prövas inte}}}"
    variant = read(f"{ROSTER}, including: [{{role: x}}], {own}").clauses["en"].instead["INGA"]["present"]
    assert variant.clause.accounted == "not_checkable"


def test_a_part_that_says_more_than_who_is_written_out_by_hand() -> None:
    assert read(f"{ROSTER}, including: [{{role: x, area: y}}]").clauses["en"].instead == {}


def test_the_head_says_it_once_for_every_clause_that_hangs_on_the_reading() -> None:
    more = "instead: {VEMBAR: {sdf: {who: staden}}}\n"
    hanging = read(f"who: parterna, readings: [VEMBAR], {NOTICE}", more=more).clauses["en"]
    variant = hanging.instead["VEMBAR"]["sdf"]
    assert (variant.clause.who, variant.clause.to, variant.keys) == ("staden", "polisen", ("to", "who"))
    own = "instead: {VEMBAR: {sdf: {who: polisen}}}"
    kept = read(f"who: parterna, readings: [VEMBAR], {NOTICE}, {own}", more=more).clauses["en"]
    assert kept.instead["VEMBAR"]["sdf"].clause.who == "polisen"
    assert read(f"who: parterna, {NOTICE}", more=more).clauses["en"].instead == {}


UNUSED = (
    "instead i huvudet skrivs för VEMBAR. ingen klausul i filen hänger på den läsningen. "
    "Åtgärd: skriv readings: [VEMBAR] i de klausuler det gäller, eller stryk VEMBAR under instead."
)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("VEMBAR", UNUSED),
        ("VEMBER", "läsningen 'VEMBER' finns inte. namnet är okänt. Åtgärd: menade du 'VEMBAR'?"),
    ],
)  # fmt: skip
def test_what_the_head_says_for_no_clause_is_refused(code: str, told: str) -> None:
    text = HEAD.format(clause=NOTICE, norm="shall", parties="a, b", more=f"instead: {{{code}: {{sdf: {{who: a}}}}}}\n")
    source = parse_source(text, "prov.yaml")
    assert [str(one) for one in check_instruments([(source, read_instrument(source))])] == [f"prov.yaml:7: {told}"]


def test_the_agreements_say_nothing_that_follows_anyway() -> None:
    """Whoever writes it out anyway is followed; the files that come with the program do not."""
    written = read_rulebook(builtin_files()).written
    for path in builtin_files():
        tree = parse_source(path.read_text(encoding="utf-8"), path.name).tree
        assert isinstance(tree, dict)
        name = str(tree.get("instrument", tree.get("part_of")))
        clauses = tree.get("clauses")
        for key, clause in (clauses if isinstance(clauses, dict) else {}).items():
            assert isinstance(clause, dict)
            said = [each for each in ("to", "body") if clause.get(each) is not None]
            bare = {each: value for each, value in clause.items() if each not in said}
            whole: Any = {**tree, "instrument": name, "title": "x", "document": "x", "term": {"from": "2026-01-01"},
                     "parties": list(written[name].parties), "bodies": dict(written[name].bodies),
                     "clauses": {key: bare}, "findings": {}}  # fmt: skip
            whole = {each: value for each, value in whole.items() if each not in ("part_of", "instead", "readings")}
            found = read_instrument(replace(parse_source("x: y", "x"), tree=whole, text=f"{path.name}: {key}")).clauses[
                key
            ]
            assert not [each for each in said if getattr(found, each) == clause[each]], f"{path.name}: {key}"
