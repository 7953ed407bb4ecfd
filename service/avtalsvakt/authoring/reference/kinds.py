"""The page of kinds: what can be recorded, with which attributes, who acts, and which clauses use it."""

from collections.abc import Iterator, Mapping

from avtalsvakt.authoring.reference import texts
from avtalsvakt.authoring.reference.markdown import by_text, code, linked, listed, table
from avtalsvakt.authoring.reference.uses import Uses, uses
from avtalsvakt.authoring.reference.values import body_labels, value_words
from avtalsvakt_rules.interpreting.actors import ACTING, RECEIVING
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import ANYWHERE, LINE_FIELDS, Kind, Vocabulary

ATTRIBUTES = "attribut.md"


def page(vocabulary: Vocabulary, rulebook: Rulebook) -> tuple[str, str]:
    """The title and the text of the page."""
    used, called = uses(rulebook), body_labels(vocabulary, rulebook)
    overview = table(("händelse", "betyder"), ((linked(one.id, ""), one.sv) for one in vocabulary.kinds.values()))
    fields = table(
        ("fält", "heter", "betyder"),
        ((code(name), vocabulary.labels.get(name, name), texts.FIELDS[name]) for name in LINE_FIELDS),
    )
    parts = ["\n\n".join(_part(vocabulary, one, used.get(one.id, Uses()), called)) for one in vocabulary.kinds.values()]
    return "Händelser", "\n\n".join(("## Alla", overview, "## Fält i varje registrering", fields, *parts)) + "\n"


def _part(vocabulary: Vocabulary, kind: Kind, used: Uses, called: Mapping[str, str]) -> Iterator[str]:
    yield f"## {kind.id}"
    yield " ".join((f"**{kind.sv[:1].upper()}{kind.sv[1:]}.**", *_notes(kind)))
    if kind.attributes:
        yield table(("attribut", "heter", "skrivs"), (_row(vocabulary, kind, name) for name in kind.attributes))
    more = [name for name in ANYWHERE if name not in kind.attributes]
    yield f"{texts.ANYWHERE} {', '.join(linked(name, ATTRIBUTES) for name in more)}."
    yield _actor(kind, used, called)
    if not used.any:
        yield texts.NOTHING
    for heading, found in ((texts.SHOWS, used.shows), (texts.CAUSES, used.causes), (texts.CONDITIONS, used.conditions)):
        if found:
            yield f"{heading}\n\n{by_text(found)}"
    if used.attested:
        yield f"{texts.ATTESTED}: {used.attested}."


def _notes(kind: Kind) -> Iterator[str]:
    if kind.id in texts.DAY_OF:
        yield f"Datumet är {texts.DAY_OF[kind.id]}."
    if kind.occasion:
        yield texts.OCCASION
    if kind.ahead:
        yield texts.AHEAD


def _row(vocabulary: Vocabulary, kind: Kind, name: str) -> tuple[str, str, str]:
    said = value_words(vocabulary, kind, name)
    told = f"{said}; {texts.REQUIRED}" if name in kind.requires else said
    return linked(name, ATTRIBUTES), vocabulary.labels.get(name, name), told


def _actor(kind: Kind, used: Uses, called: Mapping[str, str]) -> str:
    """Who acts: the attributes that say so, and whom the clauses bind that take the record as evidence."""
    acting, receiving = (
        [name for name in kind.attributes if name in names and name not in kind.days] for names in (ACTING, RECEIVING)
    )
    said = [f"{texts.ACTS} {listed(acting)}." if acting else texts.UNSAID_ACTOR]
    said += [f"{texts.RECEIVES} {listed(receiving)}."] if receiving else []
    said += [f"{texts.BOUND} {', '.join(called.get(one, one) for one in used.bearers)}."] if used.bearers else []
    return " ".join(said)
