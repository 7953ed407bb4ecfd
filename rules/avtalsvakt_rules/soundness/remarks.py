"""What may be right but is worth a look: a word that is nearly, but not quite, one that people or other rules use.

A file answers a remark with `accepted: {ord: skäl}`, on the clause or for the whole file; an answer to nothing is
refused. In come files that have been read, out come problems. Source: docs/regelspraket.md, Kontrollen.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from avtalsvakt_rules.interpreting.presumed_renewals import renewal_remarks
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.soundness.days import before_no_end
from avtalsvakt_rules.soundness.names import label_of_party, missing_bearer
from avtalsvakt_rules.soundness.page_names import naming_remarks
from avtalsvakt_rules.soundness.words import slips
from avtalsvakt_rules.vocabulary import load

Read = tuple[Source, Instrument]
Remark = tuple[str, Problem]
"""The word that a remark is about, and what there is to say of it."""
NEAR = 0.8


def remarks(read: Sequence[Read]) -> list[Problem]:
    """What is worth a look and that no file has answered."""
    return [problem for source, instrument in read for problem in look(source, instrument)[0]]


def check_accepted(read: Sequence[Read]) -> list[Problem]:
    """Answers to remarks that nobody makes, and answers without a reason."""
    return [problem for source, instrument in read for problem in look(source, instrument)[1]]


def look(source: Source, instrument: Instrument) -> tuple[list[Problem], list[Problem]]:
    """What is worth a look in a file and not answered there, and the file's answers to nothing and without a reason."""
    said = {name: list(_remarks(source, instrument, name)) for name in instrument.clauses}
    head = list(_of_head(source, instrument))
    left = [  # what no clause answers itself
        (word, problem)
        for name, clause in instrument.clauses.items()
        for word, problem in said[name]
        if word not in clause.accepted
    ]
    unasked: list[Problem] = []
    for name, clause in instrument.clauses.items():
        words = {word for word, _ in said[name]}
        unasked += _unasked(source, ("clauses", name, "accepted"), clause.accepted, words)
    unasked += _unasked(source, ("accepted",), instrument.accepted, {word for word, _ in (*left, *head)})
    return [problem for word, problem in (*left, *head) if word not in instrument.accepted], unasked


def _unasked(source: Source, path: tuple[str, ...], accepted: Mapping[str, str], asked: set[str]) -> Iterator[Problem]:
    for word, reason in accepted.items():
        where = source.where((*path, word))
        if word not in asked:
            why = "kontrollen säger inget om det ordet, så svaret svarar på ingenting"
            yield Problem(f"accepted: '{word}' besvarar ingen anmärkning", where, why, f"stryk {word} under accepted")
        elif not reason.strip():
            why = "ett svar utan skäl hjälper ingen som läser filen senare"
            yield Problem(f"accepted: '{word}' saknar skäl", where, why, f"skriv {word}: och varför det ska stå så")


def _remarks(source: Source, instrument: Instrument, name: str) -> Iterator[Remark]:
    """What is worth a look in a clause, each with how the file says that it is meant so."""
    clause = instrument.clauses[name]
    found = (
        *_strangers(source, instrument, name, clause),
        *_nearly(source, instrument, name, clause),
        *_unsaid(source, instrument, name, clause),
        *naming_remarks(source, instrument, name),
        *renewal_remarks(source, instrument, name),
    )
    for word, problem in found:
        yield word, replace(problem, remedy=_or(problem.remedy, word))


def _of_head(source: Source, instrument: Instrument) -> Iterator[Remark]:
    """What is worth a look in the file's head."""
    for word, problem in label_of_party(source, instrument):
        yield word, replace(problem, remedy=_or(problem.remedy, word).replace("i klausulen", "i filens huvud"))


def _strangers(source: Source, instrument: Instrument, name: str, clause: Clause) -> Iterator[Remark]:
    """Counterparts that are written as a body and are none; bearers are checked as names (interpreting/actors.py)."""
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


def _unsaid(source: Source, instrument: Instrument, name: str, clause: Clause) -> Iterator[Remark]:
    """What a clause leaves out or nearly says: no bearer, no end to count from, a slip for a word of the language."""
    vocabulary = load().extended(kinds=instrument.facts, bodies=instrument.bodies)
    for word, (key, what, why, remedy) in (
        *(("end", one) for one in before_no_end(instrument, clause)),
        *(("who", one) for one in missing_bearer(clause)),
        *slips(clause, vocabulary),
    ):
        yield word, Problem(f"klausul {name}: {what}", source.where(("clauses", name, key)), why, remedy)


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
