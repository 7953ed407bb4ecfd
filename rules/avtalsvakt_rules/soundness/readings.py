"""Choices of reading, and of a country's holidays, that nothing carries out where they are made.

In comes a clause or an instrument, out come key, what, why and remedy. Such a choice would be shown beside a verdict
and have no effect on it. A choice has effect where the engine asks for it (readings_in_use.py and the places that
`ASKED` mirrors) or where the clause itself writes it out under `instead`.
"""

from collections.abc import Callable, Iterator, Mapping

from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Alternating, Both, Met
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.vocabulary import load

Said = tuple[str, str, str, str]
Asks = Callable[[Clause, When], bool]


def _days(clause: Clause, when: When) -> list[Day]:
    ends = clause.effect.ends if clause.effect else None
    return [*when.days, *(ends.each if ends else ())]


def _periods(*kinds: str) -> Asks:
    return lambda _, when: when.form == "period" and when.period in kinds and not (when.due and when.due.yearly)


def _extends(clause: Clause, _when: When) -> bool:
    return bool(clause.effect and clause.effect.extends)


def _by_condition(clause: Clause) -> bool:
    """Whether a right to extend asks for what another clause's words and days decide."""
    return bool(clause.effect and clause.effect.extends) and any(one.met for one in clause.given)


def _months_before_end(clause: Clause, when: When) -> bool:
    back = [day for day in _days(clause, when) if day.mark == "end" and day.count < 0]
    return any(day.unit in ("month", "year") for day in back) or _by_condition(clause)


def _working_days(clause: Clause, when: When) -> bool:
    return any(day.unit == "working day" or day.last_working or day.rolls for day in _days(clause, when))


def _may_fall_on_a_weekend(clause: Clause, when: When) -> bool:
    free = [
        one
        for one in (when.due.each if when.due else ())
        if one.unit not in ("working day", "hour") and not one.last_working
    ]
    return clause.duty_norm is not None and any(not one.rolls for one in free)


def _may_begin_in_july(clause: Clause, when: When) -> bool:
    """A year begins in July only where its own reading has it run from the agreement's first day."""
    years = when.form == "period" and when.period in ("year", "year_end") and "AR" not in clause.readings.codes
    if when.every and when.starting and when.every % 12 == 0:
        years = when.starting.month != 7
    return clause.duty_norm is not None and when.form in ("period", "event") and not years


def _can_be_late(clause: Clause, when: When) -> bool:
    """Whether there is a last day after which an act can still count, as late: a right that is used late is lost."""
    if clause.duty_norm in (None, "may") or clause.attest is not None or clause.what[0].kind == ITSELF:
        return False
    if (when.exact and when.form == "date") or when.open or when.form == "always":
        return False
    if when.form in ("once", "term"):  # without a day of their own they are late only when all is over
        return when.until is not None or (when.due is not None and when.due.text != "end")
    before = when.form == "event" and when.due is not None and when.due.mark == "event"
    return not (before and when.due and when.due.count == 0)


def _can_be_waived(clause: Clause, _when: When) -> bool:
    return clause.duty_norm in ("shall", "should", "shall_not")


def _goes_on(clause: Clause, when: When) -> bool:
    """Whether it matters that a clause goes on after its agreement: not to a step, nor to what has no last day."""
    undated = when.form == "once" and when.until is None and clause.duty_norm != "shall_not"
    return clause.duty_norm is not None and when.form != "follows" and not undated


def _asks_for_a_form(clause: Clause) -> bool:
    return "valid_if" in clause.norm and any(name == "form" for one in clause.what for name, _ in one.values)


def _before_event(clause: Clause, when: When) -> bool:
    if clause.what[0].kind == ITSELF or when.opens or all(one.refers_to_occasion for one in clause.what):
        return False
    return when.form == "event" and bool(when.due and when.due.before_event)


def _says_outcome(clause: Clause, _when: When) -> bool:
    kinds = load().kinds
    return any(one.kind in kinds and "outcome" in kinds[one.kind].attributes for one in clause.patterns)


ASKED: Mapping[str, Asks] = {
    "AR": _periods("year"),
    "HALVAR": _periods("half_year"),
    "MANAD": _periods("month"),
    "TERMIN": _periods("semester"),
    "ARETSSLUT": _periods("year_end"),
    "STUB": lambda _, when: when.form == "period" and when.period != "year_end",
    "SENT": _can_be_late,
    "SEXMAN": _months_before_end,
    "VARDAG": _working_days,
    "14D": _may_fall_on_a_weekend,
    "SAMRAD": lambda clause, _: (
        any(isinstance(value, Both) for one in clause.patterns for _, value in one.values) or _by_condition(clause)
    ),
    "ALT": lambda clause, _: any(isinstance(value, Alternating) for one in clause.what for _, value in one.values),
    "FJARDE": lambda _, when: when.form == "years",
    "BOR": lambda clause, _: clause.duty_norm == "should",
    "STARTDATUM": lambda clause, when: clause.duty_norm == "should" or when.exact,
    "SAMRADALDER": _before_event,
    "PERIODSLUT": _may_begin_in_july,
    "ELLERBEHOV": lambda _, when: when.form == "period",
    "PLANEFTER": lambda _, when: when.form == "period",
    "REVIDERA": _says_outcome,
    "SAMRADPLIKT": lambda clause, _: clause.duty_norm is not None,
    "TILLSVIDARE": _goes_on,
    "NYREGEL": lambda clause, when: when.form == "period" and bool(clause.valid.from_ or clause.valid.to),
    "UPPDATUM": lambda clause, when: (
        when.form == "period" and any(isinstance(value, Met) for one in clause.what for _, value in one.values)
    ),
    "UNDANTAG": _can_be_waived,
    "BLANKFORM": lambda clause, when: (
        _can_be_waived(clause, when) or _asks_for_a_form(clause) or _extends(clause, when)
    ),
    "EXTKOND": _extends,
    "FORLANG": _extends,
    "EFTERUT": _extends,
    "NYAR4": _extends,
    "SENAST3": lambda clause, _: "deemed" in clause.norm,
    "DUBBEL": lambda _, when: when.form in ("period", "years"),
}
"""When a clause is one of those whose verdict asks for a reading."""
OF_THE_HEAD = {
    "DUBBLETT": "möten läses lika för hela avtalet",
    "FRAMTID": "vad som är en plan läses lika för hela avtalet",
    "SUCC": "vilket övergripande avtal som gäller läses lika för hela avtalet",
}
"""Readings that are asked for of an agreement and never of a clause."""


def check_readings(clause: Clause) -> Iterator[Said]:
    """Choices of a clause that its verdicts never ask for."""
    if clause.when is None or not clause.judged:
        return
    for code, own in clause.readings.codes.items():
        if own is None or not _changes(code, own.choice) or own.choice in clause.instead.get(code, {}):
            continue
        if code in OF_THE_HEAD and not (code == "FRAMTID" and "deemed" in clause.norm):
            remedy = f"skriv {code} under readings i filens huvud"
            yield "readings", f"läsningen {code} har ingen verkan här", OF_THE_HEAD[code], remedy
        elif code in ASKED and not ASKED[code](clause, clause.when):
            why = "inget i klausulens ord, dagar eller mönster hänger på den frågan"
            yield "readings", f"läsningen {code} har ingen verkan här", why, "ta bort läsningen, eller rätta koden"


def check_head_readings(instrument: Instrument) -> Iterator[Said]:
    """Choices in the head of a file that none of its clauses asks for."""
    for code, own in instrument.readings.items():
        clauses = [one for one in instrument.clauses.values() if one.when is not None and one.judged]
        asked = code in OF_THE_HEAD or code not in ASKED
        asked = asked or any(one.when is not None and ASKED[code](one, one.when) for one in clauses)
        if _changes(code, own.choice) and not asked and not any(code in one.instead for one in clauses):
            why = "ingen klausul i filen hänger på den frågan"
            yield code, f"läsningen {code} har ingen verkan", why, "ta bort läsningen, eller rätta koden"


def check_calendar(instrument: Instrument) -> Iterator[Said]:
    """Another country's holidays, where no clause of the file counts in working days or moves a day to one."""
    clauses = [one for one in instrument.clauses.values() if one.when is not None and one.judged]
    clauses += [variant.clause for one in clauses for choices in one.instead.values() for variant in choices.values()]
    rolls = {"14D"} & {*instrument.readings, *(code for one in clauses for code in one.readings.codes)}
    if instrument.calendar and not rolls and not any(one.when and _working_days(one, one.when) for one in clauses):
        why = "ingen klausul räknar i vardagar eller flyttar en dag till en vardag"
        yield "calendar", "'calendar' har ingen verkan här", why, "ta bort den"


def _changes(code: str, choice: str) -> bool:
    return code in load_readings() and choice != load_readings()[code].default
