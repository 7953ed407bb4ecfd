"""What else records and texts may say: who acted and towards whom, which occasion, words that nobody understands."""

from tests.oracle.drawing import Draw, Tree, among, once_in, perhaps
from tests.oracle.own_words import VOCABULARY

from avtalsvakt_engine.facts import Value

WHO = (
    "polisen", "polisen", "staden", "staden", "kommunpolis", "kommunpolisen", "stadsdelsförvaltningen", "samordnare",
    "chiefs_council", "Chefsamrådet / chefsrådet", "parterna", "båda", "Vaxholms stad", "en konsult", "Polisen",
)  # fmt: skip
BEARERS = (
    "parterna", "vardera parten", "vardera parten", "motparten", "ingen angiven", "polisen", "staden", "kommunpolis",
    "coordinators", "chiefs_council",
)  # fmt: skip
TOWARDS = (
    "polisen", "staden", "chiefs_council", "klara_group", "youth_forum", "Chefsamrådet / chefsrådet", "rektorer",
    "kommunpolis",
)  # fmt: skip
RECORDERS = (None, None, None, "kommunpolis", "stadsdelsdirektör", "förvaltningschef", "en vikarie")
DEPUTIES: Tree = {
    "kommunpolis": {"of": "polisen", "deputy": "gruppchef lokal samverkansgrupp"},
    "stadsdelsdirektör": {"of": "staden", "deputy": ["avdelningschef", "kommunpolis"]},
}
AREAS = ("ungdomar", "Klara")
WORDED = {
    "body", "document", "subject", "object", "role", "outcome", "channel", "topic", "form", "chair", "annex",
    "separate", "agenda_items", "name", "statement",
}  # fmt: skip


def detailed(draw: Draw, kind: str, said: Tree, earlier: list[str]) -> dict[str, Value]:
    """What a record of a kind says, with an actor, a receiver, an occasion or a place of its own now and then."""
    known, out = VOCABULARY.kinds[kind], dict(said)
    for attribute, choices, often in (("by", WHO, 2), ("from", WHO, 2), ("party", WHO, 2), ("organisation", WHO, 2),
                                      ("sent_by", WHO, 2), ("to", TOWARDS, 1), ("to_role", TOWARDS, 2),
                                      ("area", AREAS, 5), ("concerns", earlier, 6)):  # fmt: skip
        if attribute in out or not known.allows(attribute) or attribute in known.days:
            continue
        if once_in(draw, often + 1):
            out[attribute] = among(draw, choices)
    return _odd(draw, out)


def _odd(draw: Draw, said: Tree) -> Tree:
    """With one word in a way that is not understood: in capitals, or misspelt."""
    names = sorted(name for name, value in said.items() if name in WORDED and isinstance(value, str))
    if not names or not once_in(draw, 10):
        return said
    name = among(draw, names)
    return said | {name: among(draw, (said[name].upper(), said[name].capitalize(), said[name] + "x"))}


def borne(draw: Draw, clauses: Tree) -> Tree:
    """The clauses, with bearers and counterparties for some of them, and some for each party."""
    return {name: clause | _bearer(draw, clause) for name, clause in clauses.items()}


def _bearer(draw: Draw, clause: Tree) -> Tree:
    if once_in(draw, 3):
        return {}
    out: Tree = {"who": among(draw, BEARERS)}
    if perhaps(draw):
        out["to"] = among(draw, ("klara_group", "chiefs_council", "polisen"))
    if once_in(draw, 8) and "per" not in clause and clause["norm"] in ("shall", "should", "may"):
        out["per"] = "party"
    return out
