"""Which text governs where two ask for the same act, by the reading DUBBEL; written from the question itself."""

from collections.abc import Mapping
from datetime import date

from tests.oracle.life import Life

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

HOW_IT_WAS_DONE = ("parties", "attendees", "chair", "elements", "form", "signed_by")
Text = tuple[Instrument, str, Clause]


def another_governs(
    rulebook: Rulebook, agreement: Instrument, lives: Mapping[str, Life], source: str, name: str, day: date
) -> bool:
    """Whether some other text, in force that day, is the only one that counts for what this clause asks for."""
    texts = [
        (one, other, clause)
        for one in (rulebook.instruments[known] for known in lives)
        for other, clause in one.clauses.items()
        if _asks_again_and_again(clause)
        and (clause.per in ("local_agreement", "municipality")) is not (one.instrument == agreement.instrument)
    ]
    group = [text for text in texts if (text[0].instrument, text[1]) == (source, name)]
    while more := [text for text in texts if text not in group and any(_same(text, known) for known in group)]:
        group += more
    if len({one.instrument for one, _, _ in group}) < 2:
        return False
    group.sort(key=lambda text: text[0].instrument != agreement.instrument)
    local = {"local": True, "superior": False}.get(_chosen(rulebook, group))
    if local is None or (source == agreement.instrument) is local:
        return False
    return any(
        (one.instrument == agreement.instrument) is local
        and lives[one.instrument].in_force(day)
        and (clause.valid.from_ or date.min) <= day <= (clause.valid.to or date.max)
        for one, _, clause in group
    )


def _chosen(rulebook: Rulebook, group: list[Text]) -> str:
    for one, _, clause in group:
        said = clause.readings.codes.get("DUBBEL") or one.readings.get("DUBBEL")
        if said and "DUBBEL" not in rulebook.overrides:
            return said.choice
    return rulebook.overrides.get("DUBBEL", "both")


def _asks_again_and_again(clause: Clause) -> bool:
    ceiling_only = clause.at_most is not None and not clause.written("at_least")
    again = clause.when is not None and clause.when.form in ("period", "years")
    return (
        again
        and not ceiling_only
        and bool(clause.what)
        and not clause.attest
        and clause.duty_norm in ("shall", "should")
    )


def _same(one: Text, other: Text) -> bool:
    """Clauses of two texts that one and the same record can show done."""
    narrow = [clause.per for _, _, clause in (one, other)]
    narrow = [None if per in ("local_agreement", "municipality") else per for per in narrow]
    if one[0].instrument == other[0].instrument or narrow[0] != narrow[1]:
        return False
    return any(_alike(a, b, one[0], other[0]) for a in one[2].what for b in other[2].what)


def _alike(a: p.Pattern, b: p.Pattern, mine: Instrument, theirs: Instrument) -> bool:
    told, also = _told(a, mine), _told(b, theirs)
    return a.kind == b.kind and set(told) == set(also) and all(told[name] & also[name] for name in told)


def _told(pattern: p.Pattern, instrument: Instrument) -> dict[str, set[str]]:
    """What the record must be about; texts as they are, any other demand as its own description."""
    out = {}
    for name, value in pattern.values:
        if name in HOW_IT_WAS_DONE or isinstance(value, p.Met | p.Compare | p.Length):
            continue
        words = value.texts if isinstance(value, p.OneOf) else (repr(value),)
        out[name] = {instrument.annexes.get(word, word) if name == "annex" else word for word in words}
    return out
