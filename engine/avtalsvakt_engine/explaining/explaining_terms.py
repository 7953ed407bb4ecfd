"""The terms of an agreement in Swedish: from when to when, by what, and how a day that nobody wrote came about.

In come timelines and the instruments as they are written, out come lines. Source: semantics.md, Instruments in time.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.explaining.time_words import length_words
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.terms.timeline import Span, Timeline
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Instrument

BASES = {
    "term": "enligt avtalet",
    "extension": "förlängt",
    "amendment": "ändrat",
    "shared": "gemensam tid",
    "renewal": "förlängt av sig självt",
}
WHOLE_DAY = 10  # letters of a day that is written out: 2019-05-31


def matters(verdict: Verdict, timelines: Mapping[str, Timeline], levels: Mapping[str, str]) -> bool:
    """Whether the agreement's time says something about this duty: it has ended, changed, or sets the last day."""
    lines = [one for name in _named(verdict, levels) if (one := timelines.get(name))]
    unusual = any(one.state != "in_force" or len(one.spans) > 1 or one.flags for one in lines)
    ends = {span.end for one in lines for span in one.spans}
    return unusual or verdict.part_period or verdict.status == "not_applicable" or verdict.due in ends


def term_lines(
    verdict: Verdict,
    timelines: Mapping[str, Timeline],
    written: Mapping[str, Instrument],
    facts: Mapping[str, Fact],
) -> Iterator[str]:
    """The terms of the agreement, and of the instrument that the clause stands in where it is another."""
    levels = {name: one.level for name, one in written.items()}
    for name in _named(verdict, levels):
        timeline, instrument = timelines.get(name), written.get(name)
        if timeline is None or instrument is None:
            continue
        law = instrument.level == "statute"
        yield f"{name} {labels.STATES.get(timeline.state, timeline.state)}: " + "; ".join(
            _term(one, law=law) for one in timeline.spans
        )
        yield from _reckoned(timeline, instrument, facts)
        yield from (f"{name}: {labels.flag(one)}" for one in timeline.flags)


def _named(verdict: Verdict, levels: Mapping[str, str]) -> list[str]:
    """The instruments that a verdict has to do with and that have a term; a municipality has none."""
    both = dict.fromkeys((verdict.agreement, verdict.instrument))
    return [name for name in both if levels.get(name) != "municipality"]


def _term(one: Span, *, law: bool) -> str:
    why = "enligt lagen" if law and one.basis == "term" else BASES.get(one.basis, one.basis)
    early = f", skulle ha gällt {_until(one.planned_end)}" if one.end != one.planned_end else ""
    ended = f"; avslutat genom {one.ended.fact} med stöd av klausul {one.ended.clause}" if one.ended else ""
    return f"{one.start} – {_end(one.end)} ({why}{f' genom {one.fact}' if one.fact else ''}{early}{ended})"


def _reckoned(timeline: Timeline, instrument: Instrument, facts: Mapping[str, Fact]) -> Iterator[str]:
    """How each day came about that stands in no text and in no record."""
    for before, span in zip((None, *timeline.spans), timeline.spans, strict=False):
        if span.basis == "term" and span.fact is None:
            yield from _rough("första dagen", instrument.term.from_, span.start)
            yield from _rough("sista dagen", instrument.term.to, span.planned_end)
            if instrument.presumed:
                yield f"{span.start} antas vara första dagen: texten finns inte här, och ingen tid är registrerad"
        elif span.basis == "renewal":
            yield from _renewed(span, instrument)
        elif span.fact is None:
            told = next((one for one in instrument.extended if str(span.end).startswith(one.to)), None)
            yield from _rough("den förlängda tidens sista dag", told.to if told else None, span.end)
        elif before is not None and (fact := facts.get(span.fact)):
            yield from _extended(fact, before, span, instrument)


def _renewed(span: Span, instrument: Instrument) -> Iterator[str]:
    clause = next((one for one in instrument.clauses.values() if one.renews_its_term), None)
    if clause is not None and clause.effect is not None and clause.effect.renews:
        rule = f"{length_words(clause.effect.renews)} enligt {place_in(instrument, clause.at)}"
        yield f"{span.planned_end} är räknat från {span.start}, {rule}: ingen hade sagt upp avtalet i tid"


def _rough(what: str, said: str | None, day: date) -> Iterator[str]:
    if said is not None and len(said) < WHOLE_DAY:
        yield f"{what} antas vara {day}: texten säger bara {said}"


def _extended(fact: Fact, before: Span, span: Span, instrument: Instrument) -> Iterator[str]:
    stated = fact.attributes.get("new_end")
    if isinstance(stated, Mapping):
        until = "tiden löper tills den har inträffat" if span.end == FAR else f"{span.end} är dagen före den"
        yield f"{fact.id} anger en händelse som slut, ingen dag: {until}"
    elif texts(stated):
        yield from _rough("den förlängda tidens sista dag", fact.text("new_end"), span.planned_end)
    else:
        clause = next((one for one in instrument.clauses.values() if one.effect and one.effect.extends), None)
        if clause is not None and clause.effect is not None:
            rule = f"{clause.effect.extends} år enligt {place_in(instrument, clause.at)}"
            yield f"{fact.id} anger ingen sista dag: {span.planned_end} är räknat från {before.end}, {rule}"


def _until(last: date) -> str:
    return "tills vidare" if last == FAR else f"till {last}"


def _end(last: date) -> str:
    return "tills vidare" if last == FAR else last.isoformat()
