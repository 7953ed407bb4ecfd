"""The pages of reference in docs/reference: what there is to write and record, drawn from the vocabulary and the rules.

`python -m avtalsvakt.authoring.reference FOLDER` writes them. In comes the rulebook, out come pages by file name.
"""

from collections.abc import Mapping

from avtalsvakt.authoring.reference import attributes, bodies, kinds, readings, statuses
from avtalsvakt.authoring.reference.texts import FOREWORD, INDEX
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load


def pages(rulebook: Rulebook) -> Mapping[str, str]:
    """Every page as Markdown, by the name of its file."""
    vocabulary = load()
    made = {
        "handelser.md": kinds.page(vocabulary, rulebook),
        "attribut.md": attributes.page(vocabulary),
        "organ.md": bodies.page(vocabulary, rulebook),
        "statusar.md": statuses.page(vocabulary),
        "lasningar.md": readings.page(rulebook),
    }
    return {"README.md": INDEX} | {name: f"# {title}\n\n{FOREWORD}\n\n{text}" for name, (title, text) in made.items()}
