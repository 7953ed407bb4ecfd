"""The words of the calendars, filled from the rulebook, and what tells duties of one obligation from each other."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from avtalsvakt_calendars.phrases import short_day
from avtalsvakt_calendars.reminding.wording import Wording, Words
from avtalsvakt_engine.duties.requirements import doubled
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, OneOf, Pattern
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load

NAMING = ("document", "annex", "object", "subject", "body", "site", "event", "name")
"""Attributes that say what a fact is about, the most telling first."""
TOPICS = ("document", "annex", "object", "subject", "event")


def wording_of(rulebook: Rulebook, agreements: Iterable[str], page: str | None = None) -> Wording:
    """The words for these agreements' duties, their superiors' clauses included, and for every body and instrument.

    `page` is the absolute address of a duty's page with `{duty}` in it, or None where no pages are served.
    """
    instruments = rulebook.instruments.values()
    labels = dict(load().bodies)
    for instrument in instruments:
        labels |= instrument.bodies
    own = [rulebook.instruments[name] for name in agreements if name in rulebook.instruments]
    sources = {one.instrument: one for instrument in own for one in (instrument, *rulebook.chain(instrument))}
    return Wording(
        obligations={
            (instrument.instrument, name): _words(clause, place_in(instrument, clause.at))
            for instrument in sources.values()
            for name, clause in instrument.clauses.items()
            if clause.judged
        },
        labels=labels,
        titles={instrument.instrument: instrument.title for instrument in instruments},
        page=page,
        names={instrument.instrument: instrument.called for instrument in instruments},
        laws=frozenset(one.instrument for one in instruments if one.level == "statute"),
        same={named: text for one in own for named, text in _same(rulebook, one)},
    )


def _same(rulebook: Rulebook, agreement: Instrument) -> Iterator[tuple[tuple[str, str, str], str]]:
    """The agreement's duties that several texts ask for: whose, in which text and clause; what they are together."""
    for group in doubled(rulebook, agreement, rulebook.chain(agreement)):
        for named in group.clauses:
            if named[0] == agreement.instrument:
                yield named, group.name


def _words(clause: Clause, place: str) -> Words:
    """The words of one clause and where it stands; what it leaves out follows from the kind of fact that shows it."""
    patterns = [pattern for pattern in clause.what if pattern.kind != ITSELF]
    return Words(
        title=clause.asked_as or clause.sv or "",
        act=clause.act,
        evidence=patterns[0].kind if patterns else None,
        topic=_topic(patterns[0]) if patterns else None,
        lead=clause.remind,
        dated=clause.when is not None and clause.when.due is not None,
        who=clause.who,
        clause=place,
    )


def _topic(pattern: Pattern) -> str | None:
    """What the act is about where the clause names one thing: a document, a subject."""
    values = dict(pattern.values)
    for name in TOPICS:
        value = values.get(name)
        if isinstance(value, OneOf) and len(value.texts) == 1:
            return value.texts[0]
    return None


def telling_apart(wording: Wording, verdicts: Iterable[Verdict], facts: Mapping[str, Fact]) -> Wording:
    """The words with what each duty of one agreement is about: a site or a party, or the occasion that gave rise to it.

    `facts` are the agreement's visible ones, by id.
    """
    about = {verdict.duty: text for verdict in verdicts if (text := _about(verdict, wording, facts))}
    return replace(wording, about=about) if about else wording


def _about(verdict: Verdict, wording: Wording, facts: Mapping[str, Fact]) -> str | None:
    """What tells the duty from its siblings; None where its period does."""
    if verdict.trigger is not None:
        fact = facts.get(verdict.trigger)
        return _occasion(fact, wording) if fact else None
    _, _, suffix = verdict.duty.partition(f".{verdict.obligation}.")
    label = verdict.period.label if verdict.period else ""
    rest = suffix.removesuffix(label).removeprefix(label).strip(".") if label else ""
    return rest or None


def _occasion(fact: Fact, wording: Wording) -> str:
    """An event in few words: what it is about, and its day."""
    name = None if provision(fact) else next((text for key in NAMING if (text := fact.text(key))), None)
    return f"{wording.label(name)} {short_day(fact.date)}" if name else short_day(fact.date)
