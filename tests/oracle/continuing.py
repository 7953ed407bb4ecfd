"""Random registers of an agreement that continues the one it replaces: what was recorded for that one counts on."""

from typing import Any

from msgspec.structs import replace
from tests.oracle.details import borne
from tests.oracle.drawing import ONE, Draw, Tree, a_day, maybe, pick
from tests.oracle.registers import EVENT_READINGS, chosen_readings
from tests.oracle.strategies import Case, facts, instrument, mended, renumbered, rulebook_of

MEETS: Tree = {"meeting_held": {"body": "chiefs_council"}}
ELEVEN: Tree = {"each": {"becomes": {"cost_claim": {"amount": {"at_least": "11"}}}}, "due": "30 days after event"}
CLAUSES: Tree = {
    "ovning": {"when": {"each": "performance", "due": "1 year after event"}, "what": {"training_done": {}}},
    "kurs": {"when": {"each": "performance", "due": "90 days after event"}, "what": {"training_done": {}}},
    "matning": {"when": {"each": "2 years"}, "what": {"measurement_done": {}}},
    "enkat": {"when": {"each": "3 years", "from": "2022"}, "what": {"measurement_done": {}}},
    "ordforande": {"when": {"each": MEETS, "due": "open"}, "what": {"itself": {"chair": "alternating"}}},
    "kostnad": {"when": ELEVEN, "what": {"rectification_done": {}}},
    "bemanning": {"when": "always", "what": {"role_assigned": {"body": "chiefs_council"}},
                  "including": [{"role": "kommunpolis"}]},
    "platser": {"per": "site", "when": {"each": "quarter", "from": {"site_collab_started": {}}},
                "what": {"inspection_done": {"site": "same"}}},
    "moten": {"when": {"each": "half_year"}, "what": MEETS},
}  # fmt: skip
CHOICES = {code: EVENT_READINGS[code] for code in ("FJARDE", "ALT", "FRAMTID", "DUBBLETT")}
BEARING: list[Tree] = [
    {"training_done": {}}, {"measurement_done": {}}, {"cost_claim": {"amount": ("3", "11", "12", "elva")}},
    {"meeting_held": {"body": ("chiefs_council",), "chair": ("staden", "polisen", None)}},
    {"role_assigned": {"body": ("chiefs_council",), "role": ("kommunpolis", "Kommunpolis"),
                       "to": (None, "2024-06-30")}},
    {"site_collab_started": {"site": ("Torget", "Parken")}}, {"inspection_done": {"site": ("Torget", "Parken")}},
    {"rectification_done": {}}, {"agreement_terminated": {"ends_on": (None, "2024-06-30")}},
]  # fmt: skip


def continued(draw: Draw) -> Case:
    """Two agreements with the same clauses, the later of which mostly continues the earlier."""
    turn = a_day(draw)
    chosen = dict.fromkeys(pick(draw, *CLAUSES) for _ in range(3))
    clauses: Any = borne(draw, {name: {"norm": "shall"} | CLAUSES[name] for name in chosen})
    if "platser" in clauses:
        clauses["platser"] |= maybe(draw, sensitive=True)
    old = instrument("gammalt", clauses, turn - 700 * ONE, pick(draw, None, turn - ONE))
    more = {"replaces": "gammalt"} | maybe(draw, annexes={"3": "lägesbild"})
    more |= pick(draw, {"continues": "gammalt"}, {"continues": "gammalt"}, {})
    kinds = {kind for name in chosen for kind in _kinds(CLAUSES[name])}
    bearing = [one for one in BEARING if set(one) & kinds] + BEARING[-2:]
    told = facts(draw, bearing, [turn, turn - ONE, turn - 300 * ONE, turn + 100 * ONE])
    both = [replace(one, agreement=pick(draw, "gammalt", "gammalt", "lokalt")) for one in told]
    book, text = rulebook_of(
        old, instrument("lokalt", clauses, turn, None, **more), overrides=chosen_readings(draw, CHOICES)
    )
    return Case(book, renumbered(mended(draw, both)), text)


def _kinds(tree: object) -> set[str]:
    """Every key of a clause, the kinds of facts among them."""
    if isinstance(tree, dict):
        return {key for one in tree.items() for key in (one[0], *_kinds(one[1]))}
    return set()
