"""Hours (`72 hours after event`): where a text counted in hours means something, and whose records can say the moment.

In come an instrument and a clause, out come key, what, why and remedy.
Source: docs/regelspraket.md, Nycklarna i when och dagarna.
"""

from collections.abc import Iterator

from avtalsvakt_rules.checks.undeclared import attributes_of
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.own_kinds import OwnKind, as_written
from avtalsvakt_rules.language.patterns import ITSELF

Said = tuple[str, str, str, str]
TIME = "time"
"""The attribute in which a record says its time of day."""


def check_hours(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """What is wrong with the hours of a clause, wherever in it they stand."""
    when, ends = clause.when, clause.effect.ends if clause.effect else None
    for key, day in (("when", when.opens if when else None), ("when", when.due if when else None), ("effect", ends)):
        hours = [one for one in day.each if one.hours is not None] if day else []
        if not hours or day is None or when is None:
            continue
        if day is not when.due or when.exact:
            why = "timmar räknas bara till det som senast ska vara gjort"
            yield (
                key,
                f"'{day.text}' kan inte räknas i timmar",
                why,
                "skriv due: 72 hours after event, eller räkna i dagar",
            )
        elif reason := _no_moment(instrument, clause, day):
            yield key, f"'{day.text}' kan inte räknas i timmar", reason, "räkna i dagar"
        else:
            yield from _silent(instrument, clause)


def _no_moment(instrument: Instrument, clause: Clause, day: Day) -> str | None:
    """Why there is no moment to count from or to hold an act against."""
    when = clause.when
    if day.of or day.to_end or day.rolls or day.mark != "event" or day.count <= 0:
        return "timmar räknas framåt från en händelse, och flyttas inte"
    if when is None or when.form != "event" or any(one.kind in instrument.movable for one in when.events):
        return "bara en registrerad händelse har ett klockslag att räkna från"
    if clause.duty_norm not in ("shall", "should", "may") or clause.attest is not None or clause.what[0].kind == ITSELF:
        return "timmar räknas till en handling som ska, bör eller får göras"
    return None


def _silent(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """Kinds whose records cannot say at what time something was."""
    for key, patterns in (("when", clause.when.events if clause.when else ()), ("what", clause.what)):
        for kind in dict.fromkeys(one.kind for one in patterns):
            if TIME not in attributes_of([kind], instrument):
                why = "då vet ingen när på dagen det var, och timmarna går inte att räkna"
                yield key, f"{kind} kan inte ange något klockslag", why, _add(instrument, kind)


def _add(instrument: Instrument, kind: str) -> str:
    own = instrument.facts.get(kind, OwnKind())
    if own.occasion:
        return f"lägg till under facts {kind}: [{TIME}]"
    verb = "skriv" if kind in instrument.facts else "lägg till"
    return f"{verb} under facts {as_written(kind, own, [TIME])}"
