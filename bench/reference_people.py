"""Who acted, as the reference knows it: the few names of the workload and the parties they act for."""

from bench.reference_acts import Act

ACTS_FOR = {
    "polisen": {"polisen"},
    "lokalpolisområdeschef": {"polisen"},
    "kommunpolis": {"polisen"},
    "stadsdelsförvaltningen": {"stadsdelsförvaltningen", "kommunen"},
    "stadsdelsdirektör": {"stadsdelsförvaltningen", "kommunen"},
    "staden": {"stadsdelsförvaltningen", "kommunen"},
    "kommunen": {"kommunen"},
}
PARTIES = frozenset({"kommunen", "polisen"})


def acted(act: Act, who: str) -> bool | None:
    """Whether the one who had to act did: None where a name means nobody that is known; nobody named will do."""
    name = act.said.get("by")
    if not who or not name:
        return True
    return who in ACTS_FOR[name] if name in ACTS_FOR else None


def both(act: Act) -> bool | None:
    """Whether both parties took part; None where nobody says."""
    found = act.said.get("parties")
    return None if not found else set(found) >= PARTIES


def led_by(act: Act) -> str | None:
    """The party that led a meeting; None where nobody says."""
    name = act.said.get("chair")
    return None if not name else "polisen" if "polisen" in ACTS_FOR[name] else "kommunen"


def may_answer(act: Act) -> bool:
    """Whether the director answered, or whoever recorded it where no name is given."""
    return (act.said.get("by") or act.recorder) == "stadsdelsdirektör"


def excuses(act: Act) -> bool:
    """Whether a waiver does: by both parties, and not by word of mouth."""
    return set(act.said.get("signed_by", ())) >= PARTIES and act.said.get("form") != "muntlig"


def extends(act: Act) -> bool:
    """Whether an agreed extension may have effect: not by word of mouth, and by both parties if anybody says."""
    signed = act.said.get("signed_by")
    return act.said.get("form") != "muntligt" and (not signed or set(signed) >= PARTIES)
