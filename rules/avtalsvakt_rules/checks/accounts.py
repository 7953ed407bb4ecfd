"""Checks that every clause is accounted for by what there is: other clauses, questions, keys, findings' clauses.

Source: docs/regelspraket.md, Redovisningen.
"""

from collections.abc import Iterator, Mapping

from avtalsvakt_rules.language.accounts import Part
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem, missing
from avtalsvakt_rules.readings import load_readings


def check_accounts(source: Source, instrument: Instrument, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    """What is wrong with how an instrument accounts for its clauses and with its findings."""
    for name, clause in instrument.clauses.items():
        label = f"klausul {name}: "
        at = ("clauses", name)
        for part in clause.part_of:
            yield from _part(label, part, source.where((*at, "part_of")), instrument, by_id)
        for target in clause.asked_in:
            yield from _asked(label, target, source.where((*at, "asked_in")), instrument, by_id)
        empty = [key for key in clause.given_by if not getattr(instrument, key)]
        yield from (_empty(label, key, source.where((*at, "given_by"))) for key in empty)
        yield from _variants(source, name, clause)
    yield from _head_variants(source, instrument)
    for name, finding in instrument.findings.items():
        where = source.where(("findings", name))
        for target in finding.clauses:
            if accounting_clause(target, instrument, by_id) is None:
                yield missing(f"fynd {name}: klausulen", target, set(instrument.clauses), where)
        if finding.reading and finding.reading not in load_readings():
            yield missing(f"fynd {name}: läsningen", finding.reading, set(load_readings()), where)


def accounting_clause(target: str, instrument: Instrument, by_id: Mapping[str, Instrument]) -> Clause | None:
    """The clause that a name points to: one of this instrument, or `instrument.clause`."""
    if target in instrument.clauses:
        return instrument.clauses[target]
    other, _, name = target.partition(".")
    return by_id[other].clauses.get(name) if other in by_id else None


def _part(
    label: str, part: Part, where: str, instrument: Instrument, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    found = accounting_clause(part.clause, instrument, by_id)
    if found is None:
        yield _missing(label, part.clause, where, instrument, by_id)
        return
    if not found.computed:
        yield Problem(
            f"{label}part_of pekar på '{part.clause}'", where, "den klausulen beräknas inte själv",
            "peka på en klausul som har when och what, eller skriv asked_in, given_by eller note",
        )  # fmt: skip
        return
    known = elements_of(found)
    for element in part.elements:
        if element not in known:
            yield missing(f"{label}delen av {part.clause}", element, known, where)


def _asked(
    label: str, target: str, where: str, instrument: Instrument, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    found = accounting_clause(target, instrument, by_id)
    if found is None:
        yield _missing(label, target, where, instrument, by_id)
    elif found.attest is None:
        why = "den klausulen är ingen fråga"
        yield Problem(f"{label}asked_in pekar på '{target}'", where, why, "peka på en klausul som har attest")


def _missing(label: str, target: str, where: str, instrument: Instrument, by_id: Mapping[str, Instrument]) -> Problem:
    other = by_id.get(target.partition(".")[0])
    known = {f"{other.instrument}.{name}" for name in other.clauses} if other else set(instrument.clauses)
    return missing(f"{label}klausulen", target, known, where)


def _empty(label: str, key: str, where: str) -> Problem:
    why = "nyckeln är tom, så ingenting följer av den"
    return Problem(f"{label}given_by pekar på '{key}'", where, why, f"fyll i {key} eller skriv en note")


def _variants(source: Source, name: str, clause: Clause) -> Iterator[Problem]:
    for code, choices in clause.instead.items():
        where = source.where(("clauses", name, "instead", code))
        question = load_readings().get(code)
        if question is None:
            yield missing(f"klausul {name}: läsningen", code, set(load_readings()), where)
            continue
        if code not in clause.readings.codes:
            why = "klausulen skrivs om vid ett val som den inte säger sig hänga på"
            yield Problem(f"klausul {name}: {code} saknas i readings", where, why, f"lägg till {code} i readings")
        for choice in choices:
            if choice not in question.choices:
                yield missing(f"klausul {name}: {code}-valet", choice, set(question.choices), where)
            elif choice == question.default:
                why = "det är förvalet, och det är så klausulen läses utan instead"
                remedy = "skriv förvalet i klausulen själv"
                yield Problem(f"klausul {name}: instead skrivs för {code}={choice}", where, why, remedy)


def _head_variants(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """What the head says for clauses that hang on a reading, where none does or each says it for itself."""
    for code in instrument.instead:
        where = source.where(("instead", code))
        if code not in load_readings():
            yield missing("läsningen", code, set(load_readings()), where)
        elif not any(code in clause.readings.codes for clause in instrument.clauses.values()):
            why = "ingen klausul i filen hänger på den läsningen"
            remedy = f"skriv readings: [{code}] i de klausuler det gäller, eller stryk {code} under instead"
            yield Problem(f"instead i huvudet skrivs för {code}", where, why, remedy)


def elements_of(clause: Clause) -> set[str]:
    """What a statement can be of a clause: the texts it asks for, and the words for its other parts."""
    texts = {text for _, _, text in clause.texts_asked_for}
    return texts | {one for one in (clause.body, clause.who, clause.to) if one} | set(_words(clause))


def _words(clause: Clause) -> Iterator[str]:
    when = clause.when
    said = clause.model_fields_set
    form = any(name in ("form", "signed_by", "in_writing") for one in clause.patterns for name, _ in one.values)
    present = {
        "bearer": clause.who is not None,
        "receiver": clause.to is not None,
        "day": bool(when and (when.due or when.opens)) or clause.remind is not None,
        "number": bool({"at_least", "at_most"} & said),
        "period": bool(when and when.form in ("period", "years", "term", "performance")),
        "condition": bool(clause.given or clause.unless),
        "form": form,
        "effect": clause.effect is not None,
    }
    return (word for word, is_there in present.items() if is_there)
