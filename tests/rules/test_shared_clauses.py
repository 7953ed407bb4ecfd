"""Clauses that say the same are one value, and nobody can tell but the memory."""

import weakref
from pathlib import Path

import pytest

from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.compiling.shared_clauses import with_shared_clauses
from avtalsvakt_rules.keeping.result_cache import VARIABLE
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.rulebook import _read_once

TEMPLATE = """\
instrument: {name}
title: Påhittat avtal
document: pahittat.txt
level: local
parties: [kommunen, polisen]
term: {{from: 2020-01-01}}
clauses:
  planen:
    at: {{section: "1"}}
    norm: shall
    when: {{each: year}}
    what: {{meeting_held: {{}}}}
    readings: [MOTE]
{more}"""


def _read(name: str, more: str = "") -> Instrument:
    return read_instrument(parse_source(TEMPLATE.format(name=name, more=more), f"{name}.yaml"))


def test_agreements_after_one_template_hold_the_same_clauses() -> None:
    one, other = _read("ena"), _read("andra")
    assert one.clauses["planen"] is other.clauses["planen"]
    assert (one.instrument, other.instrument) == ("ena", "andra")


def test_so_do_those_that_were_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    usual = TEMPLATE.replace("[MOTE]", "[CHEF]")
    texts = tuple((f"{name}.yaml", usual.format(name=name, more="")) for name in ("ena", "andra"))
    made, kept = _read_once.__wrapped__(texts), _read_once.__wrapped__(texts)
    assert kept.instruments == made.instruments
    assert kept.instruments["ena"].clauses["planen"] is not made.instruments["ena"].clauses["planen"]
    assert kept.instruments["ena"].clauses["planen"] is kept.instruments["andra"].clauses["planen"]


def test_a_clause_in_which_more_is_written_is_another_even_if_it_means_the_same() -> None:
    one, other = _read("ena"), _read("andra", "    at_least: 1\n")
    assert one.clauses["planen"] == other.clauses["planen"]
    assert one.clauses["planen"] is not other.clauses["planen"]
    assert (one.clauses["planen"].written("at_least"), other.clauses["planen"].written("at_least")) == (False, True)


def test_what_no_instrument_holds_any_more_is_let_go_of() -> None:
    kept = weakref.ref(_read("ena", "    title: Påhittad rubrik\n").clauses["planen"])
    assert kept() is None


def test_sharing_changes_nothing_that_is_said() -> None:
    one = _read("ena")
    assert with_shared_clauses(one) == one and with_shared_clauses(one).model_dump_json() == one.model_dump_json()
