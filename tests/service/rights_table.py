"""Writes the table of rights in docs/behorigheter.md from the addresses: `python -m tests.service.rights_table`."""

from pathlib import Path

from avtalsvakt.pages.addresses import ADDRESSES, Address
from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, READER, RECORDER
from avtalsvakt.words.role_words import ROLE_WORDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "behorigheter.md"
NOBODY, ELSEWHERE, OVER_ALL = "ingen roll", "alla roller i ett annat avtal", "administratör för alla avtal"
PEOPLE = (NOBODY, READER, RECORDER, ATTESTER, ADMINISTRATOR, ELSEWHERE, OVER_ALL)
"""Who tries every address: one without a role, one with each in the agreement, one with all of them in another."""
YES, NO, NOT_THERE, OWN, EVENTS, ANSWERS = "ja", "nej", "finns inte", "ja, sitt eget", "händelser", "svar"
HEAD = f"| Adress | {' | '.join(ROLE_WORDS.get(one, one) for one in PEOPLE)} |\n|{'---|' * (len(PEOPLE) + 1)}\n"
END = "<!-- Slut på tabellen. -->"


def allowed(address: Address, who: str) -> str:
    """What somebody is answered at an address, in a word."""
    if address.open:
        return YES
    if who == NOBODY:
        return NO
    if who == ELSEWHERE:
        return {"agreement": NOT_THERE, "all": NO}.get(address.about, OWN)
    held = ADMINISTRATOR if who == OVER_ALL else who
    if held not in address.roles or (address.about == "all" and who != OVER_ALL):
        return NO
    if address.by_kind:
        return ANSWERS if held == ATTESTER else EVENTS
    return YES


def written(text: str) -> str:
    """The text with the table as the program has it."""
    before, _, rest = text.partition(HEAD)
    rows = [
        f"| `{one.method} {one.path.replace(':path', '')}` | {' | '.join(allowed(one, who) for who in PEOPLE)} |\n"
        for one in ADDRESSES
    ]
    return before + HEAD + "".join(rows) + END + rest.partition(END)[2]


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
