"""The life of a violation: raised, standing, cured, excused or annulled; never deleted."""

from avtalsvakt_engine.rulesets.question import Question, Row

VIOLATION_STATES = ("none", "raised", "standing", "cured", "excused", "annulled")
_ONCE_RAISED = VIOLATION_STATES[1:]
_BINDING = ("shall", "attested")

_SIGNS = (
    Row(
        "breach_seen",
        {"norm": _BINDING, "status": "overdue"},
        "breach",
        "semantics.md § Words: an obligation whose verdict is overdue",
        derives="sign",
    ),
    Row(
        "late_performance_seen",
        {"norm": "shall", "status": "fulfilled_late"},
        "mended",
        "semantics.md § Words: fulfilled late cures",
        derives="sign",
    ),
    Row(
        "late_yes_cures_no",
        {"norm": "attested", "was": _ONCE_RAISED, "status": "fulfilled_late"},
        "mended",
        "decision 9: a later yes cures a no",
        derives="sign",
    ),
    Row(
        "late_yes_after_silence",
        {"norm": "attested", "was": "none", "status": "fulfilled_late"},
        "clear",
        "decision 9: what was not answered in time was never a violation",
        derives="sign",
    ),
    Row(
        "waiver_seen",
        {"norm": _BINDING, "status": "waived"},
        "excuse",
        "semantics.md § Words: waived excuses",
        derives="sign",
    ),
    Row(
        "no_judgement_seen",
        {"norm": _BINDING, "status": "not_evaluated"},
        "unjudged",
        "semantics.md § What no program can decide: not evaluated says nothing about the breach",
        derives="sign",
    ),
    Row(
        "no_breach_seen",
        {
            "norm": _BINDING,
            "status": ("pending", "at_risk", "fulfilled", "recommendation_not_met", "not_applicable", "withdrawn"),
        },
        "clear",
        "semantics.md § Corrections: the facts as now known show no breach",
        derives="sign",
    ),
)

_ENDS = (
    Row(
        "never_a_violation",
        {"norm": ("should", "other"), "was": "none"},
        "none",
        "semantics.md § Words: only an obligation can be violated; a recommendation is departed from",
    ),
    Row(
        "no_longer_an_obligation",
        {"norm": ("should", "other"), "was": _ONCE_RAISED},
        "annulled",
        "semantics.md § Words: a violation is never deleted; read as no obligation it never was one",
    ),
    Row(
        "violation_raised",
        {"sign": "breach", "curable": "yes"},
        "raised",
        "semantics.md § Words: raised on the day it became true, and can still be cured",
    ),
    Row(
        "violation_stands",
        {"sign": "breach", "curable": "no"},
        "standing",
        "semantics.md § Counting: a missed meeting stays missed",
    ),
    Row(
        "violation_cured",
        {"sign": "mended"},
        "cured",
        "semantics.md § Words: cured by late performance, also when first seen already cured",
    ),
    Row(
        "violation_excused",
        {"sign": "excuse", "was": _ONCE_RAISED},
        "excused",
        "semantics.md § Counting: a waiver after the due date excuses from then on",
    ),
    Row(
        "waived_before_breach",
        {"sign": "excuse", "was": "none"},
        "none",
        "semantics.md § Counting: waived before anything was breached",
    ),
    Row(
        "violation_annulled",
        {"sign": "clear", "was": _ONCE_RAISED},
        "annulled",
        "semantics.md § Corrections: later facts show that it never was",
    ),
    Row(
        "nothing_breached",
        {"sign": "clear", "was": "none"},
        "none",
        "semantics.md § Words: no breach, no violation",
    ),
)

_KEPT = tuple(
    Row(
        f"unjudged_keeps_{life}",
        {"sign": "unjudged", "was": life},
        life,
        "semantics.md § What no program can decide: what could not be judged changes nothing",
    )
    for life in VIOLATION_STATES
)

VIOLATION = Question(
    name="violation",
    dimensions={
        "norm": ("shall", "attested", "should", "other"),
        "was": VIOLATION_STATES,
        "status": (
            "pending",
            "at_risk",
            "fulfilled",
            "fulfilled_late",
            "overdue",
            "recommendation_not_met",
            "waived",
            "not_applicable",
            "not_evaluated",
            "withdrawn",
        ),
        "curable": ("yes", "no"),
    },
    intermediate={"sign": ("breach", "mended", "excuse", "unjudged", "clear")},
    conclusions=VIOLATION_STATES,
    cites="semantics.md § Words: violation; § Corrections, retractions, disagreement between records",
    rows=_SIGNS + _ENDS + _KEPT,
)
