"""What a clause says otherwise under another choice of reading: `instead: {CODE: {choice: {key: value}}}`.

The head of a file may say it once for every clause that hangs on the reading. Who is in a body is read as who attends
its meetings without being written (INGA). Each choice is written out as a whole clause before it is read, so that it
is checked as strictly as any other. Source: docs/regelspraket.md, Läsningar.
"""

from avtalsvakt_rules.problems import Misread

# What a clause may say otherwise under another choice of reading; where it stands and what it hangs on do not change.
ELSEWHERE = ("part_of", "asked_in", "given_by", "attest", "note")
FORMS = ("when", "what", *ELSEWHERE)
REWRITABLE = frozenset({
    *FORMS, "sv", "en", "act", "title", "question", "norm", "who", "to", "body", "per", "at_least", "at_most",
    "including", "given", "unless", "effect", "remind", "warn",
})  # fmt: skip
SEATS = {"role", "organisation", "mandate"}
"""What a part of a roster says of who is to be in the body."""
EVIDENCE = {"when", "what", "at_least", "at_most", "including", "given", "unless", "effect", "remind", "warn"}


def with_head_variants(raw: dict[str, object]) -> dict[str, object]:
    """A file's tree where what the head says under `instead` stands in every clause that hangs on that reading."""
    head, clauses = raw.get("instead"), raw.get("clauses")
    if not isinstance(head, dict) or not isinstance(clauses, dict):
        return raw
    return {**raw, "clauses": {name: _with(clause, head) for name, clause in clauses.items()}}


def _with(clause: object, head: dict[str, object]) -> object:
    own = clause.get("instead", {}) if isinstance(clause, dict) else None
    if not isinstance(clause, dict) or not isinstance(own, dict):
        return clause
    hangs_on = codes(clause.get("readings"))
    added = {code: said for code, said in head.items() if code in hangs_on and code not in own}
    return {**clause, "instead": {**own, **added}} if added else clause


def codes(readings: object) -> set[object]:
    """The codes of the readings that a clause hangs on, as it is written."""
    listed = readings if isinstance(readings, list) else [readings]
    return {code for one in listed for code in (one if isinstance(one, dict) else [one])} - {"because", None}


def with_attendance(raw: dict[str, object]) -> dict[str, object]:
    """A clause about who is in a body, with how it is read where they are to attend each meeting (INGA: present).

    Only where every part names one function, organisation or mandate; what the clause writes itself is kept.
    """
    attending, own = _attending(raw), raw.get("instead", {})
    if attending is None or not isinstance(own, dict) or not isinstance(written := own.get("INGA", {}), dict):
        return raw
    present = written.get("present", {})
    if not isinstance(present, dict) or set(present) & set(FORMS):
        return raw
    return raw | {"instead": {**own, "INGA": {**written, "present": {**attending, **present}}}}


def _attending(raw: dict[str, object]) -> dict[str, object] | None:
    what, parts = raw.get("what"), raw.get("including")
    roster = what.get("role_assigned") if isinstance(what, dict) else None
    if "INGA" not in codes(raw.get("readings")) or not isinstance(roster, dict) or not isinstance(parts, list):
        return None
    named = [next(iter(part.items())) for part in parts if isinstance(part, dict) and len(part) == 1]
    if "body" not in roster or len(named) != len(parts) or not {name for name, _ in named} <= SEATS:
        return None
    return {
        "when": {"each": {"meeting_held": {"body": roster["body"]}}, "due": "event"},
        "what": "itself",
        "including": [{"attendees": who} for _, who in named],
    }


def variants_written_out(raw: dict[str, object]) -> object:
    """What a clause's `instead` says, each choice as a whole clause: the clause with those keys written anew."""
    instead = raw["instead"]
    if not isinstance(instead, dict) or not all(isinstance(choices, dict) for choices in instead.values()):
        return instead
    base = {key: value for key, value in raw.items() if key != "instead"}
    return {
        code: {choice: _variant(base, keys) for choice, keys in choices.items()} for code, choices in instead.items()
    }


def _variant(base: dict[str, object], keys: object) -> object:
    if not isinstance(keys, dict) or not keys:
        raise Misread("under ett val i instead står de nycklar som då skrivs annorlunda", "skriv t.ex. {at_least: 4}")
    if unknown := sorted(set(keys) - REWRITABLE):
        raise Misread(f"'{unknown[0]}' kan inte skrivas om i instead", f"använd {', '.join(sorted(REWRITABLE))}")
    dropped: set[str] = set()
    if "what" in keys:
        dropped = set(ELSEWHERE)
    elif set(ELSEWHERE) & set(keys):
        dropped = {*FORMS, *EVIDENCE} - ({"when"} if "attest" in keys else set())
    return {"keys": sorted(keys), "clause": {key: base[key] for key in base if key not in dropped} | keys}
