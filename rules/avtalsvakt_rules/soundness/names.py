"""Names that a file gives and that mean something already, and bearers that are missing.

In comes one instrument, out come problems.
"""

from collections.abc import Iterator

from avtalsvakt_rules.interpreting.actors import EACH, NOBODY, OTHER, definite
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Both
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import LINE_FIELDS, RECORDS, load

Said = tuple[str, str, str, str]
EVERY_FACT = frozenset({*LINE_FIELDS, "precision", "recorder"})
"""What every record has before any attribute of its kind."""
WORDS_FOR_KINDS = frozenset({ITSELF, "any_of", "in_force", "met", "missed", *RECORDS})
"""What can stand where a kind of fact stands, and means something else."""


def check_names(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """Own attributes, kinds and bodies that bear a name which is taken."""
    for kind, attributes in instrument.facts.items():
        where = source.where(("facts", kind))
        if kind in WORDS_FOR_KINDS:
            why = f"'{kind}' betyder redan något annat i språket"
            yield Problem(f"faktatypen '{kind}' är upptagen", where, why, "ge den egna faktatypen ett annat namn")
        for taken in sorted(EVERY_FACT & set(attributes.holds)):
            what = f"faktatypen {kind}: '{taken}' kan inte vara ett attribut"
            remedy = f"stryk {taken}, eller kalla det något annat"
            yield Problem(what, where, "varje registrering har det redan", remedy)
    for body, label in instrument.bodies.items():
        yield from _body(source.where(("bodies", body)), body, label, instrument)


def _body(where: str, body: str, label: str, instrument: Instrument) -> Iterator[Problem]:
    vocabulary = load()
    known = {text: name for name, text in vocabulary.bodies.items()}
    if body in vocabulary.bodies:
        why = f"det står redan för {vocabulary.bodies[body]}, och det egna ordet skulle aldrig användas"
        yield Problem(
            f"organet '{body}' finns redan", where, why, "stryk raden, eller ge det egna organet ett annat namn"
        )
    elif known.get(label, body) != body:
        why = f"det är redan ordet för {known[label]}, och registreringar med det skulle mena ett annat organ"
        yield Problem(
            f"'{label}' är redan ett organ", where, why, f"skriv {known[label]}, eller ge organet ett annat ord"
        )
    if body in instrument.parties:
        why = "en part med samma namn finns i parties, och det går inte att säga vem som menas"
        yield Problem(f"organet '{body}' har samma namn som en part", where, why, "ge organet ett annat namn")


def check_parties(instrument: Instrument, clause: Clause) -> Iterator[Said]:
    """Clauses that need parties which the file does not name."""
    if not clause.judged or clause.downward:
        return
    if clause.per == "party" and not instrument.parties:
        yield "per", "klausulen ger aldrig någon skyldighet", "filen nämner inga parter", "skriv parties i filens huvud"
    both = any(isinstance(value, Both) for one in clause.patterns for _, value in one.values)
    if both and len(instrument.parties) == 1:
        yield "what", "both kan aldrig uppfyllas", "filen nämner bara en part", "skriv båda under parties"
    if clause.who in (EACH, OTHER) and len(instrument.parties) == 1:
        yield "who", f"'{clause.who}' är ingen", "filen nämner bara en part", "skriv båda under parties"


def missing_bearer(clause: Clause) -> Iterator[Said]:
    """A duty that nobody in particular has, though the file does not say so: worth a look."""
    if (
        clause.judged
        and clause.duty_norm in ("shall", "should", "shall_not")
        and clause.who is None
        and clause.per is None
    ):
        why = "vem som helst kan då uppfylla den, och det syns inte om fel part har handlat"
        yield (
            "norm",
            "klausulen säger inte vem som ska göra det",
            why,
            f"skriv who: en part eller ett organ, eller who: {NOBODY}",
        )


def label_of_party(source: Source, instrument: Instrument) -> Iterator[tuple[str, Problem]]:
    """Bodies in the words of a party or a function, by that word: a record with it means the body. Worth a look."""
    names = {*instrument.parties, *instrument.functions, *map(definite, instrument.functions)}
    for body, label in instrument.bodies.items():
        if label in names and label != body:
            why = f"'{label}' är också en part eller funktion; registreringar med det ordet läses som organet {body}"
            where = source.where(("bodies", body))
            remedy = "skriv organets namn så att de skiljs åt"
            yield label, Problem(f"organet {body} döljer '{label}'", where, why, remedy)
