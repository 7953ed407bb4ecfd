"""Names that a page can carry, where a file gives none: an agreement's short name, a duty's title, a question.

In come texts as they stand in a rule file, out come short texts. Source: docs/regelspraket.md, Namn.
"""

from avtalsvakt_rules.texts.slugs import slug

LONGEST_SHORT_TITLE = 40
LONGEST_TITLE = 90  # a period is added to it, and the whole still stands on one line
LONGEST_QUESTION = 160
MUNICIPALITY = "kommun-"


def short_title(identifier: str, title: str) -> str:
    """An agreement's short name: its title if that is short, else its identifier as words (`Exempel 2026`)."""
    words = identifier.replace("-", " ").replace("_", " ")
    return title if len(title) <= LONGEST_SHORT_TITLE else f"{words[:1].upper()}{words[1:]}"


def duty_title(said: str | None, act: str | None) -> str | None:
    """What somebody does: the clause's own sentence if it is short enough, else the act; without a full stop."""
    sentence = (said or "").rstrip(".")
    return sentence if sentence and (len(sentence) <= LONGEST_TITLE or not act) else act


def question(said: str | None) -> str | None:
    """The clause's sentence as a question: `Stämmer det att styrgruppen träffas?`."""
    sentence = (said or "").rstrip(".")
    return f"Stämmer det att {sentence[:1].lower()}{sentence[1:]}?" if sentence else None


def municipality_id(name: str) -> str:
    """The identifier of a municipality that is under statutes: `kommun-vaxholm`."""
    return MUNICIPALITY + slug(name)


def municipality_title(name: str) -> str:
    """A municipality as one that has duties under statutes: `Vaxholms kommun, enligt lag`."""
    return f"{genitive(name)} kommun, enligt lag"


def genitive(name: str) -> str:
    """`Vaxholms`, `Borås`."""
    return name if name.endswith(("s", "x", "z")) else f"{name}s"
