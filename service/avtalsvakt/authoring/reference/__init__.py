"""The pages of reference: what there is to write and record, drawn from the vocabulary, the rules and the schemas.

`python -m avtalsvakt.authoring.reference docs` writes them. In comes the rulebook, out come pages by path.
"""

from collections.abc import Mapping

from avtalsvakt.authoring.reference import attributes, bodies, formats, kinds, readings, statuses
from avtalsvakt.authoring.reference.texts import FOREWORD, INDEX
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import load

FOLDER = "reference"


def pages(rulebook: Rulebook) -> Mapping[str, str]:
    """Every page as Markdown, by its path below the documents."""
    vocabulary = load()
    made = {
        "handelser.md": kinds.page(vocabulary, rulebook),
        "attribut.md": attributes.page(vocabulary),
        "organ.md": bodies.page(vocabulary, rulebook),
        "statusar.md": statuses.page(vocabulary),
        "lasningar.md": readings.page(rulebook),
    }
    drawn = {f"{FOLDER}/{name}": f"# {title}\n\n{FOREWORD}\n\n{text}" for name, (title, text) in made.items()}
    return {f"{FOLDER}/README.md": INDEX, **drawn, "json.md": formats.page()}
