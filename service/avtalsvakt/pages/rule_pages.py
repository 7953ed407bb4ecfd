"""The texts to read: clauses with what accounts for them and their cases, and the readings with what hangs on them."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.answers.reading_register import questions
from avtalsvakt.answers.visible_texts import rules_seen
from avtalsvakt.authoring.clause_cases import ClauseCase, cases_by_clause
from avtalsvakt.authoring.clause_register import account_words, between, entries, modality_word, stands
from avtalsvakt.pages.desk import not_there
from avtalsvakt.pages.drawing import page
from avtalsvakt.settings import Settings
from avtalsvakt.words.page_names import names_in
from avtalsvakt_engine.explaining.reading_labels import READINGS, reading
from avtalsvakt_engine.explaining.reading_sentences import SENTENCES
from avtalsvakt_rules.problems import Rejected

TEXT = "text"


def clauses(request: Request, settings: Settings) -> Response:
    """The clauses of one text; without one the texts there are."""
    rulebook = rules_seen(settings.rulebook(), settings.rights)
    wanted = request.query_params.get(TEXT, "")
    every = sorted(rulebook.instruments.values(), key=lambda one: (one.level != "superior", one.called))
    if not wanted:
        texts = [(one, len(one.clauses)) for one in every if one.clauses]
        return page(request, "texts.html", {"texts": texts}, here="rules", today=settings.today)
    if wanted not in rulebook.instruments:
        raise Rejected([not_there("texten", wanted)])
    cases: Mapping[str, tuple[ClauseCase, ...]] = cases_by_clause(wanted, settings.rule_places())
    rows = [
        {
            "entry": one,
            "stands": stands(one),
            "modality": modality_word(one.clause),
            "between": between(one),
            "accounted": account_words(one),
            "readings": [reading(code, choice) for code, choice in one.readings],
            "cases": cases.get(one.name, ()),
        }
        for one in entries(rulebook, [wanted])
    ]
    values = {"text": rulebook.instruments[wanted], "rows": rows, "number": sum(map(len, cases.values()))}
    return page(request, "clauses.html", values, here="rules", today=settings.today)


def readings(request: Request, settings: Settings) -> Response:
    """Every question of interpretation: the choices, the one in force, why, and the clauses that hang on it."""
    rulebook = rules_seen(settings.rulebook(), settings.rights)
    names = names_in(rulebook)
    rows = [
        {
            "one": one,
            "question": SENTENCES[one.code][0],
            "reason": SENTENCES[one.code][1],
            "choices": [(choice, READINGS[one.code][1].get(choice.name, choice.name)) for choice in one.choices],
            "clauses": [_clause(key) for key in one.clauses],
        }
        for one in questions(rulebook)
    ]
    return page(request, "readings.html", {"rows": rows, "names": names}, here="rules", today=settings.today)


def _clause(key: str) -> tuple[str, str]:
    """The text and the clause of a key."""
    text, _, name = key.partition(".")
    return text, name
