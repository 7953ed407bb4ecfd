"""An instrument as a person reads it: its term and parties, and each clause with when, what and how it is read."""

from collections.abc import Iterator
from textwrap import wrap

from avtalsvakt.answers.doubled_requirements import written_beside
from avtalsvakt.authoring.clause_register import Entry, account_words
from avtalsvakt.terminal.doubled_texts import clause_words
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import condition_words, effect_words, evidence_words, when_words
from avtalsvakt_engine.explaining.names import Names, called, names_of
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.explaining.reading_labels import reading
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

WIDTH = 78


def row(one: Instrument) -> dict[str, object]:
    """What a list says of an instrument."""
    return {
        "instrument": one.instrument,
        "title": one.title,
        "short_title": one.called,
        "level": one.level,
        "from": one.term.from_,
        "to": one.extended[-1].to if one.extended else one.term.to,
        "under": one.under,
        "replaces": one.replaces,
        "presumed": one.presumed,
        "clauses": len(one.clauses),
        "computed": sum(clause.computed for clause in one.clauses.values()),
        "attested": sum(clause.attest is not None for clause in one.clauses.values()),
    }


def entry(one: Instrument) -> Iterator[str]:
    """An instrument on two lines."""
    fields = row(one)
    numbers = f"{fields['computed']} beräknas och {fields['attested']} intygas av {fields['clauses']} satser"
    span = f"{fields['from']} – {fields['to'] or 'tills vidare'}"
    rules = "bara tiden är känd" if one.presumed else numbers
    under = f", under {one.under}" if one.under else ""
    yield f"{one.instrument:<20} {one.title}"
    yield f"{'':<20} {labels.LEVELS.get(one.level, one.level)}{under}; {span}"
    yield f"{'':<20} {rules}"


def page(one: Instrument, rulebook: Rulebook) -> Iterator[str]:
    """Everything the file says."""
    yield one.title
    yield f"{one.instrument}, {labels.LEVELS.get(one.level, one.level)}"
    yield from [f"Kallas:   {one.called}"] if one.called != one.title else []
    yield ""
    yield from _facts(one, rulebook)
    names, groups = names_of(one), written_beside(one, rulebook)
    for name, clause in one.clauses.items():
        yield ""
        yield f"{name} — {place_in(one, clause.at)}"
        yield from _wrapped(clause.sv or "")
        if clause.computed:
            yield from _clause(clause, one, rulebook, names)
            if beside := clause_words(one, name, groups, rulebook):
                yield from _wrapped(f"krävs:    {beside}", 10)
        else:
            yield from _wrapped(account_words(Entry(one, name, clause, names, ())), 4)
            yield from _wrapped(f"fråga:    {clause.asked_as}", 10) if clause.asked_as else ()
    for other in rulebook.chain(one):
        yield from _inherited(other)


def _inherited(other: Instrument) -> Iterator[str]:
    """What an instrument over the agreement asks of it besides: an act on each line, questions as a number."""
    clauses = [(name, clause) for name, clause in other.clauses.items() if clause.per == "local_agreement"]
    computed = [(name, clause) for name, clause in clauses if clause.computed]
    asked = sum(clause.attest is not None for _, clause in clauses)
    if not computed and not asked:
        return
    names = names_of(other)
    yield ""
    yield from _wrapped(f"Ur {other.instrument} följer dessutom, för varje avtal under det:", indent="")
    for name, clause in computed:
        when = when_words(clause.model_copy(update={"per": None}), names)
        yield from _wrapped(f"{called(name, clause)}: {when}", 4)
    if asked:
        yield from _wrapped(f"{counted(asked, 'punkt', 'punkter')} att intyga", 4)
    yield from _wrapped(f"Hela texten visas med 'avtalsvakt rules show {other.instrument}'.")


def _facts(one: Instrument, rulebook: Rulebook) -> Iterator[str]:
    yield f"Tid:      {one.term.from_} – {one.term.to or 'tills vidare'}"
    yield from (f"          förlängt till {later.to}" for later in one.extended)
    if one.parties:
        yield f"Parter:   {', '.join(one.parties)}"
    if chain := rulebook.chain(one):
        yield f"Under:    {', därefter '.join(other.instrument for other in chain)}"
    if one.replaces:
        yield f"Ersätter: {one.replaces}"
    if one.annexes:
        yield from _wrapped(
            "Bilagor:  " + ", ".join(f"{number} {text}" for number, text in one.annexes.items()), 10, ""
        )
    if one.bodies:
        yield from _wrapped("Organ:    " + ", ".join(f"{text} ({key})" for key, text in one.bodies.items()), 10, "")
    for code, chosen in one.readings.items():
        yield from _wrapped(f"Läsning:  {reading(code, chosen.choice)} [{code}], eftersom {chosen.because}", 10, "")
    if one.note:
        yield from _wrapped(f"Not:      {one.note}", 10, "")


def _clause(clause: Clause, one: Instrument, rulebook: Rulebook, names: Names) -> Iterator[str]:
    who = names.value(clause.who) if clause.who else "den det gäller"
    if clause.title:
        yield from _wrapped(f"rubrik:   {clause.title}", 10)
    norms = labels.MODALITIES[clause.modality]
    if clause.duty_norm is None:
        norms = "räknas som att det har skett" if "deemed" in clause.norm else "villkor"
    form = ", villkor för giltighet" if "valid_if" in clause.norm and clause.duty_norm else ""
    yield from _wrapped(f"vem:      {who} ({norms}{form})", 10)
    yield from _wrapped(f"när:      {when_words(clause, names)}", 10)
    yield from _wrapped(f"vad:      {evidence_words(clause, names)}", 10)
    for word, conditions in (("om:", clause.given), ("utom om:", clause.unless)):
        for condition in conditions:
            yield from _wrapped(f"{word:<9} {condition_words(condition, names)}", 10)
    if effect := effect_words(clause, names):
        yield from _wrapped(f"verkan:   {effect}", 10)
    shown = in_use(rulebook, one, clause).shown
    if shown:
        read = " · ".join(f"{reading(code, choice)} [{code}]" for code, choice in shown)
        yield from _wrapped(f"läses:    {read}", 10)


def _wrapped(text: str, hang: int = 0, indent: str = "  ") -> list[str]:
    """The text in lines that fit, indented under its clause; `hang` more from the second line on."""
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + " " * hang, break_on_hyphens=False)
