"""Checks that every clause is accounted for: what `computed_by`, `instead` and the findings point to must exist.

Source: docs/regelspraket.md, Redovisningen.
"""

from collections.abc import Iterator, Mapping

from avtalsvakt_rules.language import KEYS_JUDGED, Clause, Instrument
from avtalsvakt_rules.problems import Problem, missing
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.source import Source


def check_accounts(source: Source, instrument: Instrument, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    """What is wrong with how an instrument accounts for its clauses and with its findings."""
    for name, clause in instrument.clauses.items():
        where = source.where(("clauses", name, "computed_by"))
        for target in clause.computed_by:
            yield from _target(f"klausul {name}: ", target, where, instrument, by_id)
        yield from _variants(source, name, clause)
    for name, finding in instrument.findings.items():
        where = source.where(("findings", name))
        for target in finding.clauses:
            if account(target, instrument, by_id) is None:
                yield missing(f"fynd {name}: klausulen", target, set(instrument.clauses), where)
        if finding.reading and finding.reading not in load_readings():
            yield missing(f"fynd {name}: läsningen", finding.reading, set(load_readings()), where)


def account(target: str, instrument: Instrument, by_id: Mapping[str, Instrument]) -> Clause | None:
    """The clause that a name points to: one of this instrument, or `instrument.clause`."""
    if target in instrument.clauses:
        return instrument.clauses[target]
    other, _, name = target.partition(".")
    return by_id[other].clauses.get(name) if other in by_id else None


def _target(
    label: str, target: str, where: str, instrument: Instrument, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    if target in KEYS_JUDGED:
        if not getattr(instrument, target):
            why = "nyckeln är tom, så ingenting prövas genom den"
            yield Problem(f"{label}computed_by pekar på '{target}'", where, why, f"fyll i {target} eller skriv en note")
        return
    found = account(target, instrument, by_id)
    if found is None:
        other = by_id.get(target.partition(".")[0])
        known = {f"{other.instrument}.{name}" for name in other.clauses} if other else set(instrument.clauses)
        yield missing(f"{label}klausulen", target, known | set(KEYS_JUDGED), where)
    elif not found.computed or found.attest:
        yield Problem(
            f"{label}computed_by pekar på '{target}'", where, "den klausulen beräknas inte själv",
            "peka på en klausul som har when och what, eller skriv attest eller note",
        )  # fmt: skip


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
