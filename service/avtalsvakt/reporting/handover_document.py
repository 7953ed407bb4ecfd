"""A hand-over as a document: what is open and why, what comes next, booked meetings, who is asked what."""

from collections.abc import Iterable, Iterator

from avtalsvakt.answers.handover import Handover, Matter
from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.day_words import day_words
from avtalsvakt.reporting.reasons import reason_lines, without_command
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.names import names_of


def handover_document(handover: Handover) -> d.Document:
    """The whole hand-over."""
    return d.Document(
        f"Överlämning: {handover.short_title}",
        _lead(handover),
        f"{handover.title}. Läget {day_words(handover.as_of)}."
        + (f" Avtalet gäller till och med {day_words(handover.end)}." if handover.end else ""),
        tuple(_blocks(handover)),
    )


def _lead(one: Handover) -> str:
    if one.failure:
        return f"Avtalet kunde inte bedömas: {one.failure}."
    asked = sum(len(function.questions) for function in one.asked)
    return (
        f"{counted(len(one.late), 'sak är inte gjord i tid', 'saker är inte gjorda i tid')}, "
        f"{len(one.coming)} ska göras inom ett år och {counted(asked, 'fråga väntar', 'frågor väntar')} på svar."
    )


def _blocks(one: Handover) -> Iterator[d.Block]:
    yield from _matters("Inte gjort i tid", one.late)
    if one.coming:
        yield d.Heading("Härnäst")
        rows = tuple((matter.verdict.due, matter.title, _bearer(matter), _next(matter)) for matter in one.coming)
        yield d.Table("Härnäst", ("Sista dag", "Vad", "Ansvarig", "Saknas"), rows)
    if one.meetings:
        names = names_of()
        yield d.Heading("Bokade möten")
        meetings = tuple((fact.date, names.value(fact.text("body") or ""), fact.text("time")) for fact in one.meetings)
        yield d.Table("Möten", ("Dag", "Organ", "Tid"), meetings)
    if one.asked:
        yield d.Heading("Vem tillfrågas om vad")
        asked = tuple(
            (function.function, matter.title, matter.verdict.due)
            for function in one.asked
            for matter in function.questions
        )
        yield d.Table("Frågor", ("Funktion", "Fråga", "Sista dag"), asked)
    yield from _matters("Öppet utan sista dag", one.undated)
    if one.recorders:
        yield d.Heading("Vilka som har registrerat")
        yield d.Paragraph(", ".join(one.recorders))


def _matters(heading: str, found: Iterable[Matter]) -> Iterator[d.Block]:
    told = ((one.title, f"{one.summary}.", reason_lines(one.reasons)) for one in found)
    entries = tuple(dict.fromkeys(told))  # what two texts ask for is told once
    if entries:
        yield d.Heading(heading)
        yield d.Matters(entries)


def _next(matter: Matter) -> str:
    """The first thing that is missing."""
    lines = (line for part in matter.reasons if part.heading == "Saknas" for line in part.lines)
    return without_command(next(lines, ""))


def _bearer(matter: Matter) -> str:
    return names_of().value(matter.verdict.bearer or "")
