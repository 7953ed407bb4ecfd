"""What a clause says otherwise under another choice of reading: `instead: {CODE: {choice: {key: value}}}`.

Each choice is written out as a whole clause before it is read, so that it is checked as strictly as any other.
Source: docs/regelspraket.md, Läsningar.
"""

# What a clause may say otherwise under another choice of reading; where it stands and what it hangs on do not change.
ELSEWHERE = ("part_of", "asked_in", "given_by", "attest", "note")
FORMS = ("when", "what", *ELSEWHERE)
REWRITABLE = frozenset({
    *FORMS, "sv", "en", "act", "title", "question", "norm", "who", "to", "body", "per", "at_least", "at_most",
    "including", "given", "unless", "effect", "remind", "warn",
})  # fmt: skip
EVIDENCE = {"when", "what", "at_least", "at_most", "including", "given", "unless", "effect", "remind", "warn"}


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
        raise ValueError("under ett val i instead står de nycklar som då skrivs annorlunda, t.ex. {at_least: 4}")
    if unknown := sorted(set(keys) - REWRITABLE):
        raise ValueError(f"'{unknown[0]}' kan inte skrivas om i instead; möjliga är {', '.join(sorted(REWRITABLE))}")
    dropped: set[str] = set()
    if "what" in keys:
        dropped = set(ELSEWHERE)
    elif set(ELSEWHERE) & set(keys):
        dropped = {*FORMS, *EVIDENCE} - ({"when"} if "attest" in keys else set())
    return {"keys": sorted(keys), "clause": {key: base[key] for key in base if key not in dropped} | keys}
