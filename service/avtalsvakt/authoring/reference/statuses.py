"""The page of statuses: what a verdict can be, how a clause binds, what becomes of agreements and violations."""

from avtalsvakt.authoring.reference import texts
from avtalsvakt.authoring.reference.markdown import code, table
from avtalsvakt_engine.explaining import labels
from avtalsvakt_rules.vocabulary import Vocabulary


def page(vocabulary: Vocabulary) -> tuple[str, str]:
    """The title and the text of the page."""
    parts = (
        "## Bedömningar",
        table(
            ("status", "visas som", "betyder"),
            ((code(one), labels.status(one), texts.STATUSES.get(one, "")) for one in vocabulary.statuses),
        ),
        "## Hur en klausul binder",
        table(
            ("modalitet", "visas som", "betyder"),
            ((code(one), labels.MODALITIES.get(one, one), texts.NORMS.get(one, "")) for one in vocabulary.modalities),
        ),
        "## Avtal",
        table(("tillstånd", "visas som"), ((code(one), words) for one, words in labels.STATES.items())),
        "## Överträdelser",
        table(("tillstånd", "visas som"), ((code(one), words) for one, words in labels.VIOLATION_STATES.items())),
        "## Varför en registrering inte räknas",
        table(("skäl", "betyder"), ((code(one), words) for one, words in labels.REASONS.items())),
        "## Anmärkningar",
        table(("anmärkning", "betyder"), ((code(one), words) for one, words in labels.FLAGS.items())),
    )
    return "Statusar", "\n\n".join(parts) + "\n"
