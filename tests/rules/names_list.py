"""The list of every name that a page can carry, as a person reads it: `python -m tests.rules.names_list` writes it.

Short names, then for each text its duties with title and act, and its questions with the function asked.
"""

from collections.abc import Iterator
from pathlib import Path

from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import load_rulebook

GOLDEN = Path(__file__).parent / "golden" / "names.txt"


def listing() -> str:
    """The whole list."""
    found = sorted(load_rulebook().instruments.values(), key=lambda one: one.instrument)
    return "\n".join(line for one in found for line in lines(one)) + "\n"


def lines(one: Instrument) -> Iterator[str]:
    """One text: its short name, duties, questions."""
    yield f"# {one.called}  ({one.instrument})"
    for name, clause in one.clauses.items():
        if clause.asked_as:
            yield f"? {clause.asked_as}  [{clause.attest}; {name}]"
        elif clause.computed:
            act = f"  / {clause.act}" if clause.act else ""
            yield f"- {clause.duty_title}{act}  [{name}]"
    yield ""


if __name__ == "__main__":
    GOLDEN.write_text(listing(), encoding="utf-8")
