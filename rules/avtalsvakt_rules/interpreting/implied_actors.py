"""What a clause need not say because something else says it: towards whom, and which body.

In comes an instrument just read, out comes the same with what follows filled in. What is written is never changed, and
an empty `to:` says that there is nobody. Source: docs/regelspraket.md, Det som följer av sig självt.
"""

from avtalsvakt_rules.interpreting.actors import EACH, EACH_OTHER, JOINTLY, OTHER, actors_of
from avtalsvakt_rules.language.instrument import Clause, Instrument, Variant
from avtalsvakt_rules.language.patterns import OneOf, Pattern

OWED = ("shall", "should", "shall_not")
"""The norms of a sentence that is owed to somebody."""


def with_implied_actors(instrument: Instrument) -> Instrument:
    """The instrument with `to` and `body` of every clause, also as it is read otherwise."""
    clauses = {name: _derived(clause, instrument) for name, clause in instrument.clauses.items()}
    return instrument.model_copy(update={"clauses": clauses})


def _derived(clause: Clause, instrument: Instrument) -> Clause:
    body = clause.body or _body(clause, instrument)
    update: dict[str, object] = _said(clause, instrument) | ({"body": body} if body and not clause.body else {})
    if clause.instead:
        update["instead"] = {
            code: {choice: _variant(variant, body, instrument) for choice, variant in choices.items()}
            for code, choices in clause.instead.items()
        }
    return clause.model_copy(update=update) if update else clause


def _variant(variant: Variant, body: str | None, instrument: Instrument) -> Variant:
    """The same of what is written otherwise; the body is the clause's own, unless it is written anew."""
    clause = variant.clause
    update: dict[str, object] = _said(clause, instrument) | ({"body": body} if body and not clause.body else {})
    follows = {"to"} if "to" in update and "who" in variant.keys else set()
    keys = tuple(sorted({*variant.keys, *follows}))
    return variant.model_copy(update={"keys": keys, "clause": clause.model_copy(update=update)})


def _said(clause: Clause, instrument: Instrument) -> dict[str, object]:
    # What a clause works out from itself is not asked for here: it would be remembered past what is filled in later.
    if clause.written("to") or not set(OWED) & set(clause.norm):
        return {}
    towards = _towards(clause.who, instrument.parties)
    return {"to": towards} if towards else {}


def _towards(who: str | None, parties: tuple[str, ...]) -> str | None:
    """Whom a duty is owed to where the text names two sides: each other, or the other one."""
    if who == JOINTLY:
        return EACH_OTHER
    if who == EACH:
        return OTHER
    return next((one for one in parties if one != who), None) if len(parties) == 2 and who in parties else None


def _body(clause: Clause, instrument: Instrument) -> str | None:
    """The body that all the evidence, or else the event, names; else a bearer that is a body, of what can be shown."""
    shown, happened = set(map(_named, clause.what)), set(map(_named, clause.when.events if clause.when else ()))
    named = shown | happened - {()}
    if len(named - {()}) == 1 and (len(shown) == 1 or shown == {()}):
        [body] = named - {()}
        return body[0] if len(body) == 1 else None
    if named - {()} or not clause.what or clause.who is None:
        return None
    actors = actors_of(instrument)
    grouped = any(clause.who in whole for whole in actors.of.values())
    return clause.who if clause.who in actors.joint and not grouped else None


def _named(pattern: Pattern) -> tuple[str, ...]:
    """The bodies that a pattern asks for, any of them."""
    return next((one.texts for name, one in pattern.values if name == "body" and isinstance(one, OneOf)), ())
