"""What may be right but is worth a look: a word that is nearly, but not quite, one that people or other rules use.

A file answers a remark with `accepted: {ord: skäl}`, on the clause or for the whole file; an answer to nothing is
refused. In come files that have been read, out come problems. Source: docs/regelspraket.md, Kontrollen.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.naming_checks import naming_remarks
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.soundness_days import before_no_end
from avtalsvakt_rules.soundness_names import label_of_party, missing_bearer
from avtalsvakt_rules.soundness_words import slips
from avtalsvakt_rules.source import Source
from avtalsvakt_rules.vocabulary import load

Read = tuple[Source, Instrument]
Remark = tuple[str, Problem]
"""The word that a remark is about, and what there is to say of it."""
NEAR = 0.8


def remarks(read: Sequence[Read]) -> list[Problem]:
    """What is worth a look and that no file has answered."""
    return [problem for source, instrument in read for problem in _open(source, instrument)]


def check_accepted(read: Sequence[Read]) -> list[Problem]:
    """Answers to remarks that nobody makes, and answers without a reason."""
    out: list[Problem] = []
    for source, instrument in read:
        words = {name: {word for word, _ in _remarks(source, instrument, name)} for name in instrument.clauses}
        for name, clause in instrument.clauses.items():
            out += _unasked(source, ("clauses", name, "accepted"), clause.accepted, words[name])
        own = {name: set(clause.accepted) for name, clause in instrument.clauses.items()}
        left = {word for name, found in words.items() for word in found - own[name]}
        left |= {word for word, _ in _of_the_file(source, instrument)}
        out += _unasked(source, ("accepted",), instrument.accepted, left)
    return out


def _unasked(source: Source, path: tuple[str, ...], accepted: Mapping[str, str], asked: set[str]) -> Iterator[Problem]:
    for word, reason in accepted.items():
        where = source.where((*path, word))
        if word not in asked:
            why = "kontrollen säger inget om det ordet, så svaret svarar på ingenting"
            yield Problem(f"accepted: '{word}' besvarar ingen anmärkning", where, why, f"stryk {word} under accepted")
        elif not reason.strip():
            why = "ett svar utan skäl hjälper ingen som läser filen senare"
            yield Problem(f"accepted: '{word}' saknar skäl", where, why, f"skriv {word}: och varför det ska stå så")


def _open(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """The remarks that neither the clause nor the file answers."""
    for name, clause in instrument.clauses.items():
        for word, problem in _remarks(source, instrument, name):
            if word not in clause.accepted and word not in instrument.accepted:
                yield problem
    yield from (problem for word, problem in _of_the_file(source, instrument) if word not in instrument.accepted)


def _of_the_file(source: Source, instrument: Instrument) -> Iterator[Remark]:
    """What is worth a look in the head."""
    for problem in label_of_party(source, instrument):
        word = _word(problem.what, "bodies")
        yield word, replace(problem, remedy=f"{problem.remedy}. Ska det stå så: skriv accepted: {{{word}: skälet}}")


def _remarks(source: Source, instrument: Instrument, name: str) -> Iterator[Remark]:
    """What is worth a look in a clause, each with how the file says that it is meant so."""
    clause = instrument.clauses[name]
    found = (
        *_strangers(source, instrument, name, clause),
        *_nearly(source, instrument, name, clause),
        *naming_remarks(source, instrument, name),
        *_said(source, instrument, name, clause),
    )
    for word, problem in found:
        yield word, replace(problem, remedy=_or(problem.remedy, word))


def _said(source: Source, instrument: Instrument, name: str, clause: Clause) -> Iterator[Remark]:
    """What may be meant so: a day before an end that is not there, no bearer, a word nearly one of the language."""
    vocabulary = load().extended(kinds=instrument.facts, bodies=instrument.bodies)
    for key, what, why, remedy in (
        *before_no_end(instrument, clause),
        *missing_bearer(clause),
        *slips(clause, vocabulary),
    ):
        yield _word(what, key), Problem(f"klausul {name}: {what}", source.where(("clauses", name, key)), why, remedy)


def _word(what: str, key: str) -> str:
    """The word that a remark quotes, else the key that it is about."""
    quoted = re.search(r"'([^']+)'", what)
    return quoted[1] if quoted else key


def _strangers(source: Source, instrument: Instrument, name: str, clause: Clause) -> Iterator[Remark]:
    """Counterparts that are written as a body and are none; bearers are checked as names (actors.py)."""
    bodies = {*load().bodies, *instrument.bodies}
    text = clause.to or ""
    if "_" not in text or text in bodies:
        return
    near = difflib.get_close_matches(text, bodies, 1, NEAR)
    remedy = f"menade du '{near[0]}'?" if near else "skriv organet under bodies, eller med vanliga ord"
    where = source.where(("clauses", name, "to"))
    yield text, Problem(f"klausul {name}: '{text}' är inget känt organ", where, "namnet är okänt", remedy)


def _nearly(source: Source, instrument: Instrument, name: str, clause: Clause) -> Iterator[Remark]:
    """Values that are nearly, but not quite, what people usually write; any other value is usual where a rule asks."""
    vocabulary = load().extended(kinds=instrument.facts, bodies=instrument.bodies)
    for kind, attribute, text in dict.fromkeys(clause.texts_asked_for):
        usual = vocabulary.expected(kind, attribute) if kind in vocabulary.kinds else None
        if usual is None or text in usual or text in instrument.annexes.values():
            continue
        if near := difflib.get_close_matches(text, usual, 1, NEAR):
            what = f"klausul {name}: '{text}' är nästan men inte riktigt ett brukligt värde på {attribute}"
            why = "den som registrerar måste skriva precis likadant"
            where = source.where(("clauses", name, _key(source, name, text)))
            yield text, Problem(what, where, why, f"menade du '{near[0]}'?")


def _or(remedy: str, word: str) -> str:
    """The remedy, or how the file says that it is meant so."""
    stop = "" if remedy.endswith("?") else "."
    return f"{remedy}{stop} Ska det stå så: skriv accepted: {{{word}: skälet}} i klausulen"


def _key(source: Source, name: str, text: str) -> str:
    """The key of the clause under which the text stands."""
    clauses = source.tree.get("clauses") if isinstance(source.tree, dict) else None
    clause = clauses.get(name) if isinstance(clauses, dict) else None
    written = clause if isinstance(clause, dict) else {}
    return next((key for key in ("what", "including", "when", "given", "unless") if _holds(written.get(key), text)), "")


def _holds(tree: object, text: str) -> bool:
    if isinstance(tree, dict):
        return any(_holds(value, text) for value in tree.values())
    return any(_holds(value, text) for value in tree) if isinstance(tree, list) else tree == text
