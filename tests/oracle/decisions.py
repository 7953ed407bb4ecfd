"""The legal questions answered by plain functions, written from semantics.md and the readings, not from the rows.

Each takes the words of one case by dimension and gives the conclusion. `GROUNDS` tells, for questions with several
grounds for one conclusion, which ground decides: two cases with the same ground must have fired the same last rule.
"""

from collections.abc import Callable, Mapping

DONE_STATUSES = ("fulfilled", "fulfilled_late")


def ground_against(start: str, cover: str, given: str, release: str, need: str) -> str | None:
    """The first ground, in order of precedence, on which a duty does not apply; None where it applies."""
    in_order = {
        "before the start": start == "ahead",
        "outside the term": cover == "outside",
        "lapsed with the term": cover == "lapsed",
        "called off": cover == "called_off",
        "part period below the threshold": cover == "sliver",
        "condition not met": given == "fails",
        "released": release == "released",
        "asked anew": release == "asked_anew",
        "another text governs": release == "governed",
        "no need recorded": need == "dormant",
    }
    return next((ground for ground, present in in_order.items() if present), None)


def applicability(**words: str) -> str:
    """A duty applies unless something stands against it."""
    return "applies" if ground_against(**words) is None else "not_applicable"


def status(norm: str, phase: str, evidence: str, waiver: str) -> str:
    """What was done decides first; then a waiver; then the time."""
    if norm == "may":
        return _right(phase, evidence)
    if norm == "shall_not":
        if evidence == "breach":
            return "waived" if waiver == "valid" else "overdue"
        if evidence == "unclear":
            return "pending"
        return "fulfilled" if phase == "passed" else "pending"
    if evidence in ("enough", "late"):
        return "fulfilled" if evidence == "enough" else "fulfilled_late"
    if waiver == "valid":
        return "waived"
    missed = "overdue" if norm == "shall" else "recommendation_not_met"
    if evidence == "breach":
        return missed
    if evidence == "unclear":
        return "pending"
    return {"passed": missed, "near": "at_risk"}.get(phase, "pending")


def _right(phase: str, evidence: str) -> str:
    """A right is used, still open, or gone."""
    if evidence in ("enough", "late"):
        return "fulfilled"
    return "not_applicable" if evidence == "breach" or phase == "passed" else "pending"


def paper(form: str, signed: str, blank: str) -> str:
    """Writing signed by both; what is blank is flagged or, read strictly, not there; an odd form proves nothing."""
    if form == "oral" or signed == "one":
        return "void"
    if "missing" in (form, signed):
        return "void" if blank == "strict" else "unproven"
    return "valid" if form == "written" else "unproven"


def extension(moment: str, superior: str, length: str, conditions: str, paper: str) -> str:
    """Nothing can be extended after the end, without its superior or by bad paper; else by the clause or as amended."""
    if moment == "expired" or superior == "not_in_force" or paper == "void":
        return "no_effect"
    proven = paper == "valid"
    if length != "clause" or conditions == "failed":
        return "amendment" if proven else "amendment_unproven"
    return "takes_effect" if proven and conditions == "met" else "takes_effect_unproven"


def ending(end: str, extended: str) -> str:
    """A right that was used ends the term before its day, unless the parties have agreed on a longer one since."""
    return "ends" if end == "before" and extended == "no" else "no_effect"


def waiver(form: str, signed: str, reading: str, blank: str) -> str:
    """Both must agree; read as written, in writing; a form that nobody recorded is read as the others are."""
    if signed != "both" or (reading == "written" and form == "oral"):
        return "invalid"
    if reading == "informal" or form == "written":
        return "valid"
    if form == "unknown":
        return "unproven"
    return "valid" if blank == "flag" else "invalid"


def effect(requirement: str) -> str:
    """An act has the effect its form allows."""
    return "effective" if requirement == "met" else "not_effective"


def order(previous: str) -> str:
    """A step comes after, or on the same day as, the one before it."""
    return "in_order" if previous == "before" else "wrong_order"


def alternation(previous: str, chair: str) -> str:
    """Who presided must be known, now and last time; the first time anyone may."""
    if chair == "unknown" or previous == "unknown":
        return "unclear"
    if previous == "none":
        return "enough"
    if chair == "first":  # there was one before: the record contradicts itself
        return "unclear"
    return "breach" if chair == "same" else "enough"


def lateness(window: str, act: str, names: str, moment: str, reading: str) -> str:
    """Whether a later act can still fulfil the duty."""
    if reading == "never" or names == "other":
        return "too_late"
    if reading == "always" or window == "own":
        return "late"
    if window == "count":
        return "late" if act == "other" and names == "this" else "too_late"
    return "late" if moment == "same_year" or names == "this" else "too_late"


def presumption(recorded: str, reading: str) -> str:
    """An earlier receipt on record goes before the presumption, unless the day is fixed."""
    return "recorded" if recorded == "earlier" and reading == "earlier" else "presumed"


def instrument_state(start: str, end: str, extended: str, terminated: str, superseded: str, presumed: str) -> str:
    """Where an instrument is in its life; `terminated` and `superseded` say that the end has come."""
    if terminated == "yes" or superseded == "yes":
        return "terminated" if terminated == "yes" else "superseded"
    if start == "ahead" or (start == "unknown" and presumed == "no"):
        return "not_started"  # also where no start is known and nothing lets it be presumed
    if end == "passed":
        return "lapsed"
    if presumed == "yes":
        return "presumed"
    return "extended" if extended == "yes" else "in_force"


def violation(norm: str, was: str, status: str, curable: str) -> str:
    """The life of a violation, from what it was and the duty's new status."""
    if norm not in ("shall", "attested"):
        return "none" if was == "none" else "annulled"
    if norm == "attested" and was == "none" and status == "fulfilled_late":
        return "none"  # nobody had said no, and silence breaks nothing
    if status == "overdue":
        return "raised" if curable == "yes" else "standing"
    if status == "not_evaluated":
        return was
    if status == "fulfilled_late":
        return "cured"
    if status == "waived":
        return "none" if was == "none" else "excused"
    return "none" if was == "none" else "annulled"


ANSWERS: Mapping[str, Callable[..., str]] = {
    function.__name__: function
    for function in (
        applicability, status, paper, extension, ending, waiver, effect,
        order, alternation, lateness, presumption, instrument_state, violation,
    )
}  # fmt: skip
