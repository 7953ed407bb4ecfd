"""What is read: agreements, duties with why, facts, changes, the last run. Each draws on `answers`, as pages do."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from avtalsvakt.answers.changes_since import read_changes
from avtalsvakt.answers.explaining import explained
from avtalsvakt.answers.fact_listing import Cut as FactCut
from avtalsvakt.answers.fact_listing import fact_object, searched
from avtalsvakt.answers.stored_answers import Cut, municipalities_of
from avtalsvakt.api import texts, visible
from avtalsvakt.api.asking import Answer, Ask, Object, Refused
from avtalsvakt.formats import as_json
from avtalsvakt_engine.explaining.explanations import Explanation
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import InstrumentState, Verdict
from avtalsvakt_rules.problems import Problem, Rejected

USUALLY = 100
"""Items in a part of a list, where nothing else is asked for."""
Item = TypeVar("Item")


def agreements(ask: Ask) -> Answer:
    """The token's agreements."""
    return Answer({"agreements": [_agreement(ask, one) for one in visible.states(ask)]})


def agreement(ask: Ask) -> Answer:
    """One of them. Raises Refused."""
    found = next((one for one in visible.states(ask) if one.agreement == ask.path["id"]), None)
    if found is None:
        raise Refused(404, texts.not_there("avtalet", ask.path["id"]))
    return Answer(_agreement(ask, found))


def duties(ask: Ask) -> Answer:
    """Duties as last judged, by key."""
    asked, held = ask.query, visible.seen(ask)
    cut = Cut(
        asked.get("agreement"), asked.get("body"), asked.get("bearer"), asked.get("function"),
        asked.get("municipality"), asked.get("modality"),
    )  # fmt: skip
    places = municipalities_of(held.rulebook) if cut.municipality else {}
    statuses = asked["status"].split(",") if "status" in asked else None
    first, last = _day(asked, "due_from"), _day(asked, "due_to")
    chosen = [
        one
        for one in visible.verdicts(ask)
        if cut.keeps(one, places)
        and (statuses is None or one.status in statuses)
        and (first is None or (one.due is not None and one.due >= first))
        and (last is None or (one.due is not None and one.due <= last))
        and one.duty > asked.get("cursor", "")
    ]
    return _part(ask, "duties", chosen, lambda one: _duty(ask, one), lambda one: one.duty)


def duty(ask: Ask) -> Answer:
    """One duty, with why it is judged as it is. Raises Refused."""
    key = ask.path["key"]
    found = next((one for one in visible.verdicts(ask) if one.duty == key), None)
    if found is None:
        raise Refused(404, texts.not_there("skyldigheten", key))
    return Answer({**_duty(ask, found), "why": _why(ask, found)})


def facts(ask: Ask) -> Answer:
    """Facts that stand, as corrected, in the order in which they came. Raises Refused for a cursor that is none."""
    asked, found = ask.query, visible.recorded(ask)
    days = {"since": _day(asked, "from"), "as_of": _day(asked, "to")}
    cut = FactCut(asked.get("agreement"), asked.get("kind"), asked.get("body"), asked.get("recorder"), **days)
    after = _arrival(asked.get("cursor"), found.visible(ask.token))
    chosen = [one for one in visible.own(ask.token, found.standing) if cut.keeps(one) and one.arrival > after]
    chosen = searched(chosen, asked["q"].split(), names_of()) if "q" in asked else chosen
    shown = int(asked.get("limit", USUALLY))
    chosen = [*visible.kept(ask, found, chosen[:shown]), *chosen[shown:]]
    return _part(ask, "facts", chosen, told, lambda one: one.id)


def fact(ask: Ask) -> Answer:
    """One fact as it stands. Raises Refused."""
    recorded = visible.recorded(ask)
    every = visible.own(ask.token, recorded.standing)
    found = next((one for one in every if one.id == ask.path["id"]), None)
    if found is None:
        raise Refused(404, texts.not_there("registreringen", ask.path["id"]))
    return Answer(told(visible.kept(ask, recorded, [found])[0]))


def changes(ask: Ask) -> Answer:
    """What became known on or after a day, oldest first. Raises Refused for a cursor that is none."""
    wanted, after = ask.query.get("agreement"), _number(ask.query.get("cursor", "0"))
    found = read_changes(ask.settings, date.fromisoformat(ask.query["since"]))
    chosen = [
        (number, one)
        for number, one in enumerate((one for one in found.changes if ask.token.allows(one.change.agreement)), start=1)
        if wanted in (None, one.change.agreement) and number > after
    ]
    part = _part(ask, "changes", chosen, lambda one: {
        "duty": one[1].change.duty, "agreement": one[1].change.agreement, "was": one[1].change.was,
        "status": one[1].change.status, "reason": one[1].change.reason,
        "true_on": one[1].true_on and one[1].true_on.isoformat(), "known": one[1].known,
        "as_of": one[1].as_of.isoformat(),
    }, lambda one: str(one[0]))  # fmt: skip
    days = [{"from": one.first.isoformat(), "to": one.last.isoformat()} for one in found.unjudged]
    return Answer({**part.value, "unjudged": days})


def last_run(ask: Ask) -> Answer:
    """The last run, and how it judged the token's duties."""
    run = visible.seen(ask).stored.run
    counts = Counter(one.status for one in visible.verdicts(ask))
    return Answer({
        "run": run.started, "as_of": run.as_of.isoformat(),
        "known_at": run.known_at and run.known_at.isoformat(), "duties": dict(sorted(counts.items())),
    })  # fmt: skip


def told(one: Fact) -> Object:
    """A fact as it is told; its number in the register, which counts others' facts too, is not."""
    return {name: value for name, value in fact_object(one).items() if name != "arrival"}


def _agreement(ask: Ask, state: InstrumentState) -> Object:
    held = visible.seen(ask)
    counts = Counter(one.status for one in held.by_agreement.get(state.agreement, ()))
    return {**as_json.named(state, held.names), "duties": dict(sorted(counts.items()))}


def _duty(ask: Ask, one: Verdict) -> Object:
    held = visible.seen(ask)
    return as_json.duty(one, held.stored.run.as_of) | held.names.duty(one)


def _why(ask: Ask, one: Verdict) -> Object | None:
    """The reasons in parts; None where the agreement's rules are missing, or no longer have the duty."""
    held = visible.seen(ask)
    if one.agreement not in held.rulebook.instruments:
        return None
    try:
        found: Explanation = held.kept_of(
            one.agreement, ("api", one.duty), lambda: explained(held.material_of(one.agreement), one.duty)
        )
    except Rejected:  # it names duties that fit better, of any agreement
        return None
    if found.duty != one.duty:
        return None
    parts = [{"heading": part.heading, "lines": list(part.lines)} for part in found.parts]
    return {"status": found.status, "summary": found.summary, "parts": parts}


def _part(
    ask: Ask, name: str, chosen: Sequence[Item], as_object: Callable[[Item], Object], mark: Callable[[Item], str]
) -> Answer:
    """The first of what is left, and the cursor that asks for the next; None at the end."""
    most = int(ask.query.get("limit", USUALLY))
    shown = chosen[:most]
    following = mark(shown[-1]) if len(chosen) > most else None
    return Answer({name: [as_object(one) for one in shown], "next": following})


def _arrival(cursor: str | None, known: dict[str, Fact]) -> int:
    if cursor is None:
        return 0
    if cursor not in known:
        raise Refused(400, _no_cursor())
    return known[cursor].arrival


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 12):
        raise Refused(400, _no_cursor())
    return int(cursor)


def _no_cursor() -> Problem:
    return texts.wrong("listan kan inte fortsätta därifrån", "cursor", "det är inget värde som 'next' har haft")


def _day(asked: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(asked[name]) if name in asked else None
