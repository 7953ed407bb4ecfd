"""The page of attributes: what each is called, which kinds carry it, and what people usually write."""

from collections.abc import Iterator

from avtalsvakt.authoring.reference.markdown import linked
from avtalsvakt.authoring.reference.values import usual_values, value_words
from avtalsvakt_rules.vocabulary import ANYWHERE, Kind, Vocabulary

KINDS = "handelser.md"
ANY = "varje händelse"


def page(vocabulary: Vocabulary) -> tuple[str, str]:
    """The title and the text of the page."""
    carried: dict[str, list[Kind]] = {name: [] for name in ANYWHERE}
    for kind in vocabulary.kinds.values():
        for name in kind.attributes:
            carried.setdefault(name, []).append(kind)
    parts = ["\n\n".join(_part(vocabulary, name, carried[name])) for name in sorted(carried)]
    return "Attribut", "\n\n".join(parts) + "\n"


def _part(vocabulary: Vocabulary, name: str, kinds: list[Kind]) -> Iterator[str]:
    yield f"## {name}"
    label = vocabulary.labels.get(name, name)
    bearing = ", ".join(linked(kind.id, KINDS) for kind in kinds)
    yield f"**{label[:1].upper()}{label[1:]}.** Finns i {ANY if name in ANYWHERE else bearing}."
    for words, ids in _values(vocabulary, name, kinds).items():
        only = f" ({', '.join(f'`{one}`' for one in ids)})" if len(ids) < len(kinds) else ""
        yield f"Skrivs{only}: {words}."


def _values(vocabulary: Vocabulary, name: str, kinds: list[Kind]) -> dict[str, list[str]]:
    """What is written, by what is said of it, with the kinds of which it is said."""
    found: dict[str, list[str]] = {}
    for kind in kinds or [Kind("", "", "")]:
        most = len(usual_values(vocabulary, kind.id, name))
        found.setdefault(value_words(vocabulary, kind, name, most=most), []).append(kind.id)
    return found
