"""The general law of the language: a key that `rules check` accepts changes some verdict for some facts.

Each form of a clause is written with each key, and with each choice of reading. Either check says that it has no effect
there (or refuses the file), or some of the generated registers is judged otherwise without it.
"""

import pytest
from tests.engine.every_key_table import TABLE, UNREAD, told, total
from tests.oracle.every_key import clauses

from avtalsvakt_engine.inference.deciding import Decider


def table() -> list[str]:
    """What was found of each form, and the sum of it; without what the table says of itself."""
    return TABLE.read_text(encoding="utf-8").rstrip().split("\n\n")[1:]


@pytest.mark.parametrize("form", [form for form, _ in clauses()])
def test_what_is_accepted_changes_some_verdict_and_what_does_not_is_told(form: str, decider: Decider) -> None:
    found = told(form, decider)
    print(found)
    assert UNREAD not in found
    assert found in table(), "python -m tests.engine.every_key_table writes it anew"


def test_the_table_has_every_form_and_the_sum_of_them() -> None:
    *parts, summed = table()
    assert [part.partition(":")[0] for part in parts] == [form for form, _ in clauses()]
    assert summed == total(parts)
