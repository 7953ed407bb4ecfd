"""The page of bodies and functions: the bodies there are, and whom the rules bind or ask."""

from collections import defaultdict
from collections.abc import Mapping

from avtalsvakt.authoring.reference.markdown import code, listed, table
from avtalsvakt.authoring.reference.values import body_labels
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Vocabulary

SHARED = "alla avtal"


def page(vocabulary: Vocabulary, rulebook: Rulebook) -> tuple[str, str]:
    """The title and the text of the page."""
    bodies = table(("beteckning", "organ", "finns i"), _bodies(vocabulary, rulebook))
    called = body_labels(vocabulary, rulebook)
    bound, asked = _named(rulebook)
    named = sorted((_name(called, one), _texts(bound, one), _texts(asked, one)) for one in {*bound, *asked})
    told = table(("namn", "binds i", "tillfrågas i"), named)
    roles = ", ".join(vocabulary.values.get("role", ()))
    parts = (
        "## Organ", bodies, "## Vem reglerna binder och frågar",
        "Vem en klausul binder står i dess `who`, vem som tillfrågas i dess `attest`.", told,
        "## Funktioner som brukar registreras", f"I attributet [`role`](attribut.md#role): {roles}.",
    )  # fmt: skip
    return "Organ och funktioner", "\n\n".join(parts) + "\n"


def _bodies(vocabulary: Vocabulary, rulebook: Rulebook) -> list[tuple[str, str, str]]:
    rows = [(code(name), label, SHARED) for name, label in vocabulary.bodies.items()]
    own: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text, instrument in rulebook.instruments.items():
        for name, label in instrument.bodies.items():
            if name not in vocabulary.bodies:
                own[name, label].append(text)
    return rows + [(code(name), label, listed(found)) for (name, label), found in sorted(own.items())]


def _named(rulebook: Rulebook) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """The texts that bind and that ask, by the name they give."""
    bound: dict[str, list[str]] = defaultdict(list)
    asked: dict[str, list[str]] = defaultdict(list)
    for text, instrument in rulebook.instruments.items():
        for clause in instrument.clauses.values():
            for name, found in ((clause.who, bound), (clause.attest, asked)):
                if name and text not in found[name]:
                    found[name].append(text)
    return bound, asked


def _name(called: Mapping[str, str], name: str) -> str:
    return f"{called[name]} ({code(name)})" if name in called else name


def _texts(found: Mapping[str, list[str]], name: str) -> str:
    return listed(found[name]) if name in found else ""
