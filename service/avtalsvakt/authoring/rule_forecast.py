"""What a rule file will ask for in the years to come, if nothing but the file is known."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap

from dateutil.relativedelta import relativedelta

from avtalsvakt.words.summary import counted
from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.explaining.clause_words import when_words
from avtalsvakt_engine.explaining.names import called, names_of
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

YEARS = 2
SHOWN, WIDTH = 3, 92
EVENTS = ("event", "follows", "performance")


def ahead(rulebook: Rulebook, instrument: Instrument, today: date, years: int = YEARS) -> list[Verdict]:
    """The dated duties whose last day comes within the years, the earliest first."""
    last = today + relativedelta(years=years)
    with Decider() as decider:
        names = [instrument.instrument]
        found = assess(rulebook, (), today, None, decider, agreements=names, horizon=12 * years + 1)
    dated = [one for one in found.duties if one.due and today <= one.due <= last and one.status != "not_applicable"]
    return sorted(dated, key=lambda one: (one.due or date.max, one.duty))


def lines(rulebook: Rulebook, instrument: Instrument, today: date, years: int = YEARS) -> Iterator[str]:
    """The coming duties as text, each once with its days; then what waits for something to happen."""
    last = today + relativedelta(years=years)
    yield f"Skyldigheter {today} – {last}, av filen att döma, som om ingenting vore registrerat:"
    yield from list(_dated(ahead(rulebook, instrument, today, years), rulebook, instrument)) or ["  inget med en dag"]
    waiting = list(_waiting(rulebook, instrument))
    if waiting:
        yield "Dessutom, när det händer:"
        yield from waiting


def _dated(found: Sequence[Verdict], rulebook: Rulebook, instrument: Instrument) -> Iterator[str]:
    """A line for each obligation with its days, and one for all that a function is asked to attest on the same days."""
    names = names_of(instrument)
    days: dict[tuple[str, str], list[date]] = {}
    for one in found:
        days.setdefault((one.instrument, one.obligation), []).append(one.due or date.max)
    questions: Counter[tuple[str, tuple[date, ...]]] = Counter()
    for (source, obligation), dues in days.items():
        clause = rulebook.instruments[source].clauses[obligation]
        if clause.attest is None:
            whence = "" if source == instrument.instrument else f" (krävs i {source})"
            yield from _wrapped(f"{_days(dues)}  {called(obligation, clause)}{whence}")
        else:
            questions[clause.attest, tuple(dues)] += 1
    for (function, when), number in questions.items():
        yield from _wrapped(f"{_days(when)}  Intyga {counted(number, 'punkt', 'punkter')} ({names.value(function)})")


def _days(dues: Sequence[date]) -> str:
    """The last days: all of them where they are few, else the first, the last and how many."""
    if len(dues) <= SHOWN:
        return ", ".join(map(str, dues))
    return f"{dues[0]}, {dues[1]} … {dues[-1]} ({len(dues)} gånger)"


def _waiting(rulebook: Rulebook, instrument: Instrument) -> Iterator[str]:
    names = names_of(instrument)
    for clause in rulebook.instruments[instrument.instrument].clauses.values():
        if clause.computed and clause.duty_norm and clause.when and clause.when.form in EVENTS:
            yield from _wrapped(f"{clause.act or clause.sv or ''}: {when_words(clause, names)}")


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)
