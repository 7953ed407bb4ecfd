"""Forms with questions, filled in and read back: what is there to be read by a person only, and rows left empty.

A form asks about clauses; a row becomes an attestation when somebody has written an answer in it. An empty cell is no
answer: it must never become a yes because nobody wrote a no (docs/decisions/0009-attestations.md).
"""

from avtalsvakt_engine.importing.file_lines import RawLine
from avtalsvakt_rules.problems import Problem

KIND = "attestation"
ANSWER = "statement"


def unanswered(line: RawLine) -> Problem | None:
    """What to say of a row whose answer is empty though its file has a column for answers; None for any other row."""
    if line.values.get("kind") != KIND or ANSWER not in line.columns or line.values.get(ANSWER):
        return None
    why = "ett tomt svar är varken ja eller nej, och raden läses inte in"
    return Problem("frågan är inte besvarad", line.where, why, "skriv ja eller nej under statement när svaret finns")
