"""What the text of an act's event says: the rule, every text that asks for it, who, why, the last day, and how."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from avtalsvakt_calendars.events import Kind
from avtalsvakt_calendars.phrases import long_day, span
from avtalsvakt_calendars.reminding.acts import Act
from avtalsvakt_calendars.reminding.meetings import Meeting
from avtalsvakt_engine.verdicts import Clause, Verdict

WHY = {
    "obligation": "Parterna har åtagit sig det.",
    "recommendation": "Det rekommenderas men är inget krav.",
    "permission": "Det är en möjlighet som därefter går förlorad.",
    "power": "Det är en möjlighet som därefter går förlorad.",
}
LAW = "Lagen kräver det."
LATE = "Är det redan gjort? Registrera det, så försvinner posten."
MISSED = "Blev det gjort? Registrera det, så försvinner posten. Annars försvinner den efter några veckor."
ASKING = (
    "Det som är registrerat räcker inte för att avgöra saken: en uppgift saknas.",
    "Rätta registreringen och lägg till uppgiften, så försvinner posten.",
)
HOW = "Gör så här:"


def described(act: Act, kind: Kind, meetings: Sequence[Meeting], *, details: bool) -> Iterator[str]:
    """The lines of the text."""
    yield act.words.title or act.doing
    yield ""
    for one in act.asked:
        yield _source(act, one)
    yield from _whose(act)
    yield f"Sista dag: {long_day(act.due)}"
    yield from (f"Planerat möte: {long_day(meeting.day)}" for meeting in meetings)
    yield from _state(act, kind, details=details)
    yield from how_and_where(act.wording.how.get(act.verdict.duty, ()), act.wording.link(act.verdict.duty))


def _source(act: Act, one: Verdict) -> str:
    words = act.wording.words(one)
    return f"Källa: {act.wording.title(one.instrument)}, {words.clause or clause_words(one.clause)}"


def _whose(act: Act) -> Iterator[str]:
    """Which agreement it is for, who is to act, why, and in which period."""
    verdict, words, wording = act.verdict, act.words, act.wording
    if any(one.instrument != verdict.agreement for one in act.asked):
        yield f"Gäller: {wording.title(verdict.agreement)}"
    if who := words.who or verdict.bearer or verdict.body:
        yield f"Vem: {wording.label(who)}"
    law = verdict.modality == "obligation" and verdict.instrument in wording.laws
    if why := words.why or (LAW if law else WHY.get("recommendation" if act.advised else verdict.modality)):
        yield f"Varför: {why}"
    if act.about:
        yield f"Vad: {act.about}"
    if verdict.period:
        part = " (del av period)" if verdict.part_period else ""
        yield f"Period: {span(verdict.period.start, verdict.period.end)}{part}"


def _state(act: Act, kind: Kind, *, details: bool) -> Iterator[str]:
    """What is wrong, and what makes the event go; how much was missing only if the calendar was made so."""
    if act.verdict.status == "overdue":
        if details:
            since: date = act.due + timedelta(days=1)
            yield f"Läge: {act.verdict.counted} av {act.verdict.required} klart, försenat sedan {long_day(since)}"
        yield LATE if act.verdict.curable else MISSED
    if kind == "confirm":
        yield from ASKING


def how_and_where(steps: Sequence[str], link: str | None) -> Iterator[str]:
    """How it is met, and where to read more, also in the text: not every program shows the address of an event."""
    if steps:
        yield ""
        yield HOW
        yield from steps
    if link:
        yield f"Läs mer: {link}"


def clause_words(clause: Clause) -> str:
    """The clause's address within its instrument: section and paragraph."""
    section = f"avsnitt {clause.section}" if clause.section[:1].isdigit() else clause.section
    return f"{section}, stycke {clause.paragraph}" if clause.paragraph else section
