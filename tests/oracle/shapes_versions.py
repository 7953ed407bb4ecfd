"""Random clauses about versions of one document: decided on and annexed, each in the period of its own."""

from datetime import date

from tests.oracle.shapes import NORMS, maybe, pick
from tests.oracle.shapes_events import Shape
from tests.oracle.strategies import Draw, Tree


def versions(draw: Draw, start: date, end: date | None) -> Shape:
    """Few versions, each decided on and annexed, some more than once; the annexing counts when it was decided on."""
    clauses: Tree = {
        "beslut": {
            "norm": "shall",
            "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
            "what": {"decision_made": {"concerns": "same"}},
        },
        "tillfogad": {
            "norm": pick(draw, *NORMS),
            "when": {"each": pick(draw, "year", "half_year", "quarter")},
            "what": {"annex_attached": {"annex": "lägesbild", "version": {"met": "beslut"}}},
            "at_least": pick(draw, 1, 1, 2),
        }
        | maybe(draw, readings=["UPPDATUM"]),
    }
    version: Tree = {"document_revised": {"document": ("lägesbild",), "version": ("1", "2", None)}}
    decided: Tree = {"decision_made": {"concerns": ("REF",)}}
    annexed: Tree = {"annex_attached": {"annex": ("lägesbild", "3"), "version": (None, None, "1", "2")}}
    named: Tree = {"annex_attached": {"annex": ("lägesbild",), "concerns_period": ("2023", "2024-H1", "2023-H2")}}
    return clauses, [version, decided, decided, annexed, annexed, named], []
