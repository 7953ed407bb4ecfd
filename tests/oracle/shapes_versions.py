"""Random clauses about versions of one document, each in a period of its own, and about what makes an act valid."""

from datetime import date

from tests.oracle.drawing import Draw, Tree, maybe, pick
from tests.oracle.shapes import NORMS
from tests.oracle.shapes_events import Shape


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


def formal(draw: Draw, start: date, end: date | None) -> Shape:
    """An evaluation by the wrong one, and an amendment in the wrong form, have no effect."""
    clauses: Tree = {
        "utvardering": {"norm": "shall", "when": {"each": "year"}, "what": {"evaluation_done": {}}},
        "utvarderare": {
            "norm": "valid_if",
            "when": {"each": {"evaluation_done": {}}, "due": "open"},
            "what": {"itself": {"by": ["polisen", "kommunpolis"]}},
        },
        "andring": {"norm": "shall", "when": {"each": "year"}, "what": {"amendment_signed": {}}},
        "andringsform": {
            "norm": "valid_if",
            "when": {"each": {"amendment_signed": {}}, "due": "open"},
            "what": {"itself": {"form": "skriftlig"} | maybe(draw, signed_by="both")},
        },
    }
    signed = (None, ("staden", "polisen"), ("stadsdelsdirektör", "kommunpolis"), ("staden",))
    bearing: list[Tree] = [
        {"evaluation_done": {"by": ("polisen", "staden", None)}},
        {"amendment_signed": {"form": ("skriftlig", "skriftligt", "muntlig", "mejl", None), "signed_by": signed}},
    ]  # fmt: skip
    return clauses, bearing, []
