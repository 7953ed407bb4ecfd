"""What is recorded: facts, one or several together, corrections and retractions, through the door of `record`."""

import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec.structs import replace

from avtalsvakt.api import texts, visible
from avtalsvakt.api.asking import LINE, Answer, Ask, Object, Refused, problem_object
from avtalsvakt.api.reading import told
from avtalsvakt.recording.command_line import Together, record_together
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import RECORDS

log = logging.getLogger("avtalsvakt.web")

OURS = ("recorded", "recorder", "arrival")
"""What the register itself says of a fact."""


def facts(ask: Ask) -> Answer:
    """Record facts, all or none. Raises Refused and Rejected."""
    lines: Sequence[Mapping[str, object]] = ask.body["facts"]  # type: ignore[assignment] # checked before
    problems = [problem for number, line in enumerate(lines, start=1) for problem in _problems(ask, line, number)]
    if problems:
        raise Refused(422, *problems)
    names = {f"#{line['id']}": _id(ask, number) for number, line in enumerate(lines, start=1) if "id" in line}
    if len(names) != sum("id" in line for line in lines):
        raise Refused(422, texts.wrong("två registreringar har samma id", "facts", "det är oklart vilken som avses"))
    return _recorded(ask, [{name: _named(value, names) for name, value in line.items()} for line in lines])


def correction(ask: Ask) -> Answer:
    """Record what a fact should have said. Raises Refused and Rejected."""
    change = ask.body["set"]
    if isinstance(change, Mapping) and "agreement" in change and not _may(ask, change["agreement"]):
        raise Refused(422, texts.no_agreement(change["agreement"]))
    return _about(ask, {"kind": "record_corrected", "set": change})


def retraction(ask: Ask) -> Answer:
    """Take a fact back. Raises Refused and Rejected."""
    return _about(ask, {"kind": "record_retracted"})


def _about(ask: Ask, line: Mapping[str, object]) -> Answer:
    if ask.path["id"] not in visible.recorded(ask).visible(ask.token):
        raise Refused(404, texts.not_there("registreringen", ask.path["id"]))
    return _recorded(ask, [{**line, "target": ask.path["id"], "reason": ask.body["reason"]}])


def _problems(ask: Ask, line: Mapping[str, object], number: int) -> list[Problem]:
    """What is wrong with a line before it is read: what the token may not, and what is not the sender's to say."""
    where = f"facts[{number}]"
    found = [
        texts.wrong(f"'{name}' kan inte anges", where, "registret sätter det självt") for name in OURS if name in line
    ]
    if line.get("kind") in RECORDS:
        why = "rättelser och återkallelser har egna adresser"
        found.append(texts.wrong("händelsen registreras på annat sätt", where, why))
    if "id" in line and not isinstance(line["id"], str):
        found.append(texts.wrong("id är ingen text", where, "det är namnet som '#id' i samma begäran syftar på"))
    return found if _may(ask, line.get("agreement")) else [*found, texts.no_agreement(line.get("agreement"))]


def _may(ask: Ask, agreement: object) -> bool:
    known = ask.settings.rules_in_use().rulebook.instruments
    return isinstance(agreement, str) and agreement in known and ask.token.allows(agreement)


def _recorded(ask: Ask, lines: Sequence[Mapping[str, object]]) -> Answer:
    """Record the lines, under ids that the same key gives again. Raises Refused and Rejected."""
    rehearsed = ask.query.get("dry_run") == "true"
    again = ask.key is not None and _again(ask, len(lines))
    known = visible.recorded(ask).visible(ask.token)
    asked = {f"{LINE}{number}]": {**line, "id": _id(ask, number)} for number, line in enumerate(lines, start=1)}
    settings = replace(ask.settings, recorder=f"api-{ask.token.id}")
    try:
        done = record_together(settings, asked, dry_run=rehearsed, sees=lambda one: one.id in known)
    except Rejected as rejected:
        if again:  # what was recorded by the key is there; what was sent now is something else
            raise Refused(409, texts.key_taken()) from rejected
        raise
    return Answer(_done(ask, done, again=again), 200 if rehearsed or again else 201)


def _again(ask: Ask, number: int) -> bool:
    """Whether the key has recorded before. Raises Refused where it was another number of facts."""
    with ask.settings.register(read_only=True) as register:
        found = {one for one in (1, number, number + 1) if register.fact(_id(ask, one)) is not None}
    if found and found != {1, number}:
        raise Refused(409, texts.key_taken())
    return bool(found)


def _id(ask: Ask, number: int) -> str:
    """The id of a fact of this request: of the key, the token and the number; without a key one of its own."""
    if ask.key is None:
        return f"api-{ask.token.id}-{ask.nonce}-{number}"
    stem = sha256(ask.key.encode()).hexdigest()[:24]
    return f"api-{ask.token.id}-{stem}-{number}"


def _named(value: object, names: Mapping[str, str]) -> object:
    """The value with `#id` as what the fact of that id in the same request is called."""
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def _told(warning: Problem) -> Problem:
    """What was unusual about a line; of what went wrong with judging, which may be about others, only that it did."""
    if warning.where.startswith(LINE):
        return warning
    log.warning("API:et: %s", warning)
    return texts.not_followed()


def _done(ask: Ask, done: Together, *, again: bool) -> Object:
    changes = [
        {
            "duty": one.duty, "agreement": one.agreement, "was": one.was and one.was.status,
            "becomes": one.becomes and one.becomes.status,
        }
        for one in visible.own(ask.token, done.changes)
    ]  # fmt: skip
    stored: Sequence[Fact] = done.facts
    return {
        "facts": [told(one) for one in stored], "dry_run": done.rehearsed, "again": again,
        "judged": done.judged is not None and done.judged.failure is None,
        "changes": changes, "warnings": [problem_object(_told(one)) for one in done.warnings],
    }  # fmt: skip
