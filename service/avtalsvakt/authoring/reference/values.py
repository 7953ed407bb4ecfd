"""What is written in an attribute, in Swedish: a day, a reference, yes or no, some usual values, or free text."""

from collections.abc import Mapping

from avtalsvakt.authoring.reference import texts
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Kind, Vocabulary

SHOWN = 6


def value_words(vocabulary: Vocabulary, kind: Kind, attribute: str, *, most: int = SHOWN) -> str:
    """What the attribute holds in a record of the kind; at most so many usual values are named."""
    if attribute in kind.days:
        return texts.DAY
    if attribute in kind.refers:
        return texts.REFERS
    if attribute in vocabulary.yes_no:
        return texts.YES_NO
    if attribute == "body":
        return texts.A_BODY
    return _usual(vocabulary, kind.id, attribute, most)


def body_labels(vocabulary: Vocabulary, rulebook: Rulebook) -> Mapping[str, str]:
    """What bodies are called, those that agreements add included."""
    own = {name: label for one in rulebook.instruments.values() for name, label in one.bodies.items()}
    return own | dict(vocabulary.bodies)


def usual_values(vocabulary: Vocabulary, kind: str, attribute: str) -> tuple[str, ...]:
    """The values that people usually write, bodies left out; none where any text will do."""
    keys = (f"{kind}.{attribute}", attribute)
    return next((vocabulary.values[key] for key in keys if key in vocabulary.values), ())


def _usual(vocabulary: Vocabulary, kind: str, attribute: str, most: int) -> str:
    usual = usual_values(vocabulary, kind, attribute)
    said = [f"{texts.EXAMPLES} {', '.join(usual[:most])}{' …' if len(usual) > most else ''}"] if usual else []
    bodies = {f"{kind}.{attribute}", attribute} & vocabulary.body_values
    return "; ".join([texts.A_BODY, *said] if bodies else said or [texts.FREE])
