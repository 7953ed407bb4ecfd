"""Keys that nothing reads where they stand: what `rules check` says has no effect here.

In comes one clause, out come key, what, why and remedy. The tables are the law of the language read backwards: a key
that is not in them changes some verdict for some facts (tests/engine/test_every_key_counts.py).
"""

from collections.abc import Iterator

from avtalsvakt_rules.language.days import NEXT
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import Movables, held_kind
from avtalsvakt_rules.language.patterns import ITSELF, OneOf, Pattern, Same
from avtalsvakt_rules.language.when import SERIES, When

Said = tuple[str, str, str, str]

FORM_WORDS = {
    "once": "once", "always": "always", "date": "en enda dag", "years": "each: N years", "term": "each: term",
    "performance": "each: performance", "follows": "follows", "event": "en händelse", "period": "en period",
}  # fmt: skip
READ: dict[str, frozenset[str]] = {
    "period": frozenset({"opens", "due", "open", "only", "except_", "from_", "until"}),
    "event": frozenset({"opens", "due", "open", "only", "except_", "from_", "until", "first", "next_"}),
    "term": frozenset({"opens", "due", "from_", "until"}),
    "date": frozenset({"opens", "due", "open", "from_", "until"}),
    "once": frozenset({"opens", "from_", "until"}),
    "performance": frozenset({"due", "from_"}),
    "follows": frozenset({"opens", "due", "open", "next_"}),
    "years": frozenset({"from_"}),
    "always": frozenset({"from_", "until"}),
}
"""The keys of `when` that judging reads, by form. `day` is opens and due."""
FROM_EVENTS = ("period", "event")
"""The forms that can run from and until an event."""
WINDOW = ("opens", "due", "open", "only", "except_", "from_", "until", "first", "next_")
CONDITION_ONLY = ("at_least", "at_most", "including", "per", "warn", "remind")
"""Keys of a duty, which a condition of validity or a presumption is not."""


def check_keys(clause: Clause, movable: Movables) -> Iterator[Said]:
    """Everything that is written in a clause and that judging does not read there."""
    if clause.when is None or not clause.judged:
        return
    yield from _window(clause.when, movable)
    if clause.duty_norm is None:
        yield from _condition(clause, clause.when)
        return
    if clause.duty_norm == "shall_not" and clause.attest is None:
        for key in ("at_least", "at_most", "including"):
            if clause.written(key):
                why = "det som är förbjudet får inte göras en enda gång"
                yield _idle(key, why, f"ta bort {key}, eller skriv norm: shall med at_most")
    if clause.written("warn") and (quiet := _no_warning(clause, clause.when)):
        yield _idle("warn", quiet, "ta bort warn")
    if clause.when.form == "once" and clause.valid.to and not (clause.valid.from_ or clause.when.until):
        why = "det som ska göras en gång har ingen dag att jämföra med versionens sista"
        yield _idle("valid", why, "skriv until i when, eller ta bort to")
    yield from _per(clause, clause.when)


def _idle(key: str, why: str, remedy: str, where: str | None = None) -> Said:
    return where or key, f"'{key}' har ingen verkan här", why, remedy


def _written(when: When) -> list[str]:
    return [key for key in WINDOW if when.written(key)]


def _name(key: str, when: When) -> str:
    if key in ("opens", "due") and when.exact:
        return "day"
    return "due: open" if key == "open" else key.rstrip("_")


def _window(when: When, movable: Movables) -> Iterator[Said]:
    read = READ[when.form]
    for key in _written(when):
        name = _name(key, when)
        if key not in read:
            yield _idle(
                name,
                f"när when är {FORM_WORDS[when.form]} följer tiden av det, och {name} läses inte",
                _instead(key, when),
                "when",
            )
        elif key in ("from_", "until") and isinstance(getattr(when, key), Pattern) and when.form not in FROM_EVENTS:
            why = f"när when är {FORM_WORDS[when.form]} är {name} en dag och inte en händelse"
            yield _idle(name, why, f"skriv en dag, {name}: ÅÅÅÅ-MM-DD", "when")
    if when.next_ is not None and "next_" in read and not any(day.mark == NEXT for day in when.days):
        yield _idle("next", "ingen dag räknas från nästa tillfälle", "skriv t.ex. due: next, eller ta bort den", "when")
    if when.becomes:
        yield from _turn(when, movable)
    if when.form == "years" and when.from_ is not None and not isinstance(when.from_, str):
        yield _idle("from", "vart N:e år räknas från ett år", "skriv året, from: 2022", "when")
    if (
        when.form == "term"
        and when.due
        and when.due.mark == "end"
        and when.due.count > 0
        and (when.from_ or when.until)
    ):
        why = "sista dagen räknas från det verkliga slutet"
        yield _idle("from" if when.from_ else "until", why, "ta bort den", "when")
    if when.form == "performance" and when.due is None:
        yield (
            "when",
            "klausulen ger aldrig någon skyldighet",
            "each: performance säger inte due",
            ("skriv hur långt efter förra gången, due: 1 year after event"),
        )


def _turn(when: When, movable: Movables) -> Iterator[Said]:
    """A state that cannot be told to have become so: a planned occasion, or nothing that one record has otherwise."""
    [state] = when.events
    if state.kind in movable:
        why = "ett tillfälle kan vara bara planerat, och visar då inget som är så"
        yield "when", f"'{state.kind}' kan inte bli så", why, f"skriv {held_kind(state.kind, movable)} om det som hölls"
    elif not state.names - set(SERIES):
        why = f"{', '.join(SERIES)} säger vilka registreringar som jämförs, och inget annat avgör om det har blivit så"
        yield "when", "becomes har ingen verkan här", why, "skriv vad uppgiften ska vara, t.ex. members: {at_least: 11}"


def _instead(key: str, when: When) -> str:
    if key == "open":
        return "ta bort due, eller skriv when: once"
    if key in ("first", "next_"):
        return "ta bort den, eller skriv each: {faktatyp: {…}}"
    if when.form == "years":
        return "skriv from: året för förra gången, och dagen i en egen klausul med each: year"
    return "ta bort den" if when.form in ("follows", "performance") else "ta bort den, eller skriv each: en period"


def _no_warning(clause: Clause, when: When) -> str | None:
    """Why nothing comes near for a clause, so that there is nothing to warn of."""
    if clause.duty_norm not in ("shall", "should"):
        return f"en varning gäller det som ska eller bör göras, och norm är {clause.duty_norm}"
    if clause.attest is not None:
        return "en fråga blir aldrig försenad"
    if clause.what[0].kind == ITSELF:
        return "händelsens egen registrering bedöms genast"
    standing = when.form == "always" and not (when.from_ or when.until)
    undated = when.open or standing or (when.form == "once" and when.until is None)
    return "skyldigheten har ingen sista dag" if undated else None


def _per(clause: Clause, when: When) -> Iterator[Said]:
    if clause.per == "site" and not isinstance(when.from_, Pattern):
        why = "platserna kommer ur händelsen i from, och when har ingen sådan"
        yield _idle("per", why, "skriv from: {site_collab_started: {}}, eller site: same i mönstret")
    elif clause.per_case and not isinstance(when.from_, Pattern):
        why = f"varje {clause.per_case} kommer ur händelsen i from, och when har ingen sådan"
        yield _idle("per", why, f"skriv from: {{faktatyp: {{}}}}, eller {clause.per_case}: same i mönstret")
    if clause.per_case not in (None, "site") and clause.attest is not None:
        why = f"ett svar säger vilken plats det gäller men inte vilken {clause.per_case}"
        yield _idle("per", why, "ta bort per, eller skriv what med det som visar det")
    if (clause.per == "party" or clause.per_case) and when.form == "follows":
        why = "ett steg har samma part och plats som steget före"
        yield _idle("per", why, f"skriv per i {when.follows}")


def _condition(clause: Clause, when: When) -> Iterator[Said]:
    """A clause from which no duty follows: it decides if an act is valid, or that something is taken as a fact."""
    norms = ", ".join(clause.norm)
    if not {"valid_if", "deemed"} & set(clause.norm):
        why = f"norm är {norms}, och då bedöms ingenting"
        yield "what", "'when' och 'what' har ingen verkan här", why, "skriv norm: shall, eller note i stället för what"
        return
    for key in CONDITION_ONLY:
        if clause.written(key) and not (key == "per" and clause.downward):
            yield _idle(key, f"{key} hör till en skyldighet, och norm är {norms}", f"ta bort {key}")
    for key in _written(when):
        if (key not in ("due", "open") or when.exact) and key in READ[when.form]:
            why = f"norm är {norms}, som gäller varje sådan händelse"
            yield _idle(_name(key, when), why, "ta bort den, eller skriv villkoret under given", "when")
    if "valid_if" in clause.norm and when.due is not None and when.due.text != "event" and not when.exact:
        why = "kommer det som krävs senare har handlingen verkan från den dagen"
        yield _idle("due", why, "skriv due: open", "when")
    if when.becomes:
        yield _idle("becomes", f"norm är {norms}, som gäller varje sådan händelse", "skriv bara mönstret", "when")
    if "deemed" in clause.norm:
        yield from _presumption(clause, when)
    elif when.form not in ("event", "follows"):
        why = "valid_if gäller en händelse eller steget före, och when har ingen"
        yield "when", "villkoret prövas aldrig", why, "skriv each: {faktatyp: {…}} eller follows"


def _presumption(clause: Clause, when: When) -> Iterator[Said]:
    if when.form != "event" or when.due is None:
        why = "deemed räknar en dag från en händelse, och when säger inte vilken"
        yield "when", "ingenting antas", why, "skriv each: {faktatyp: {…}} med due, t.ex. 3 days after event"
    if len(clause.what) > 1 or clause.what[0].kind == ITSELF:
        why = "det som antas är ett faktum av en enda typ"
        yield "what", "bara det första mönstret antas", why, "skriv en klausul för vart och ett"
    for name, value in clause.what[0].values:
        if not isinstance(value, Same) and not (isinstance(value, OneOf) and len(value.texts) == 1):
            why = "det som antas måste vara en text, eller samma som händelsen"
            yield "what", f"'{name}' har ingen verkan här", why, f"skriv {name}: same, eller en enda text"
