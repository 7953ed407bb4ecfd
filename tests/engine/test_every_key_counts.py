"""The general law of the language: a key that `rules check` accepts changes some verdict for some facts.

Each form of a clause is written with each key, and with each choice of reading. Either check says that it has no effect
there (or refuses the file), or some of the generated registers is judged otherwise without it.
"""

import pytest
from tests.engine.every_key_table import OTHERWISE, UNREAD, told
from tests.oracle.every_key import clauses

from avtalsvakt_engine.inference.deciding import Decider


@pytest.mark.parametrize("form", [form for form, _ in clauses()])
def test_what_is_accepted_changes_some_verdict_and_what_does_not_is_told(form: str, decider: Decider) -> None:
    found = told(form, decider)
    print(found)
    assert OTHERWISE in found and UNREAD not in found
