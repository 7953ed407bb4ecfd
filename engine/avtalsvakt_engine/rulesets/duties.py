"""The questions asked about one duty: does it apply, and what is its status."""

from avtalsvakt_engine.rulesets.question import Question, Row

APPLICABILITY = Question(
    name="applicability",
    dimensions={
        "start": ("reached", "ahead"),
        "cover": ("whole", "part", "sliver", "outside", "lapsed", "called_off"),
        "given": ("holds", "fails"),
        "release": ("none", "released", "asked_anew", "governed"),
        "need": ("none", "recorded", "dormant"),
    },
    intermediate={"bound": ("yes",)},
    conclusions=("applies", "not_applicable"),
    cites="semantics.md § Counting, lateness, part periods; § Steps, states, occurrences",
    rows=(
        Row(
            "before_start",
            {"start": "ahead"},
            "not_applicable",
            "semantics.md § Counting: nothing is owed before the agreement or the scheme has begun",
        ),
        Row(
            "outside_term",
            {"start": "reached", "cover": "outside"},
            "not_applicable",
            "semantics.md § Counting: a fixed date is owed only inside the term",
        ),
        Row(
            "lapsed",
            {"start": "reached", "cover": "lapsed"},
            "not_applicable",
            "semantics.md § Instruments in time: what an early end leaves open is no longer owed",
        ),
        Row(
            "occasion_called_off",
            {"start": "reached", "cover": "called_off"},
            "not_applicable",
            "decision 10: what hangs on an occasion that is called off without a new day is not owed",
        ),
        Row(
            "part_period_below_threshold",
            {"start": "reached", "cover": "sliver"},
            "not_applicable",
            "semantics.md § Counting: in force for less than half of the period's days",
        ),
        Row(
            "whole_period_in_term",
            {"start": "reached", "cover": "whole"},
            "yes",
            "semantics.md § Counting: the period lies inside the term",
            derives="bound",
        ),
        Row(
            "part_period_in_term",
            {"start": "reached", "cover": "part"},
            "yes",
            "semantics.md § Counting: at least half of the days are covered, so the whole minimum is owed, flagged",
            derives="bound",
        ),
        Row(
            "condition_not_met",
            {"bound": "yes", "given": "fails"},
            "not_applicable",
            "vocabulary.yaml not_applicable: the clause's condition is false",
        ),
        Row(
            "released",
            {"bound": "yes", "given": "holds", "release": "released"},
            "not_applicable",
            "semantics.md § Counting: a duty released by its own clause does not apply",
        ),
        Row(
            "asked_anew",
            {"bound": "yes", "given": "holds", "release": "asked_anew"},
            "not_applicable",
            "decision 9: a question that nobody answered is asked anew for the next period, and then falls away",
        ),
        Row(
            "other_text_governs",
            {"bound": "yes", "given": "holds", "release": "governed"},
            "not_applicable",
            "readings.yaml DUBBEL: the other text alone governs what both ask for",
        ),
        Row(
            "need_dormant",
            {"bound": "yes", "given": "holds", "release": "none", "need": "dormant"},
            "not_applicable",
            "semantics.md § Steps: a need clause sleeps until somebody records a need",
        ),
        Row(
            "duty_applies",
            {"bound": "yes", "given": "holds", "release": "none", "need": ("none", "recorded")},
            "applies",
            "semantics.md § Words: an obligation in force, with its conditions met, is owed",
        ),
    ),
)

_DUTY = ("shall", "should")

STATUS = Question(
    name="status",
    dimensions={
        "norm": ("shall", "should", "may", "shall_not"),
        "phase": ("unopened", "open", "near", "passed", "undated", "asked"),
        "evidence": ("enough", "late", "short", "unclear", "breach"),
        "waiver": ("none", "valid"),
    },
    conclusions=(
        "pending",
        "at_risk",
        "fulfilled",
        "fulfilled_late",
        "overdue",
        "recommendation_not_met",
        "waived",
        "not_applicable",
    ),
    cites="semantics.md § Words, § Time, § Steps, states, occurrences; vocabulary.yaml statuses",
    rows=(
        Row(
            "done_in_time",
            {"norm": _DUTY, "evidence": "enough"},
            "fulfilled",
            "vocabulary.yaml fulfilled: performed in time, whatever day it is now",
        ),
        Row(
            "done_late",
            {"norm": _DUTY, "evidence": "late"},
            "fulfilled_late",
            "vocabulary.yaml fulfilled_late: performed after the due date where that is possible",
        ),
        Row(
            "waived_in_form",
            {"norm": _DUTY, "evidence": ("short", "unclear", "breach"), "waiver": "valid"},
            "waived",
            "semantics.md § Counting: a waiver excuses only what is fulfilled neither in time nor late",
        ),
        Row(
            "decisive_detail_missing",
            {"norm": _DUTY, "evidence": "unclear", "waiver": "none"},
            "pending",
            "semantics.md § Corrections: an unrecorded detail that decides leaves the duty open and is asked for",
        ),
        Row(
            "breach_on_record",
            {"norm": "shall", "evidence": "breach", "waiver": "none"},
            "overdue",
            "semantics.md § Steps: an occurrence whose own record shows the breach",
        ),
        Row(
            "departure_on_record",
            {"norm": "should", "evidence": "breach", "waiver": "none"},
            "recommendation_not_met",
            "semantics.md § Words: departing from a recommendation is a deviation, never a violation",
        ),
        Row(
            "not_yet_open",
            {"norm": _DUTY, "evidence": "short", "waiver": "none", "phase": "unopened"},
            "pending",
            "semantics.md § Counting: before its period opens a duty waits, and is never at risk",
        ),
        Row(
            "time_left",
            {"norm": _DUTY, "evidence": "short", "waiver": "none", "phase": "open"},
            "pending",
            "vocabulary.yaml pending: more than the warning time is left",
        ),
        Row(
            "open_without_date",
            {"norm": _DUTY, "evidence": "short", "waiver": "none", "phase": "undated"},
            "pending",
            "semantics.md § Steps: an act without a date stays open until it is done",
        ),
        Row(
            "still_asked",
            {"norm": _DUTY, "evidence": "short", "waiver": "none", "phase": "asked"},
            "pending",
            "semantics.md § What no program can decide: an attestation is asked for and never overdue by itself",
        ),
        Row(
            "due_soon",
            {"norm": _DUTY, "evidence": "short", "waiver": "none", "phase": "near"},
            "at_risk",
            "semantics.md § Time: no more than the warning time is left",
        ),
        Row(
            "due_day_passed",
            {"norm": "shall", "evidence": "short", "waiver": "none", "phase": "passed"},
            "overdue",
            "semantics.md § Time: from the day after the due date",
        ),
        Row(
            "recommended_day_passed",
            {"norm": "should", "evidence": "short", "waiver": "none", "phase": "passed"},
            "recommendation_not_met",
            "vocabulary.yaml recommendation_not_met: the day of a recommendation has passed",
        ),
        Row(
            "right_used",
            {"norm": "may", "evidence": ("enough", "late")},
            "fulfilled",
            "regelspraket.md Klausulen: may, the right was used",
        ),
        Row(
            "use_without_effect",
            {"norm": "may", "evidence": "breach"},
            "not_applicable",
            "regelspraket.md Klausulen: may, used outside its window or conditions it has no effect",
        ),
        Row(
            "right_lapsed_unused",
            {"norm": "may", "evidence": ("short", "unclear"), "phase": "passed"},
            "not_applicable",
            "vocabulary.yaml not_applicable: lapsed",
        ),
        Row(
            "right_available",
            {
                "norm": "may",
                "evidence": ("short", "unclear"),
                "phase": ("unopened", "open", "near", "undated", "asked"),
            },
            "pending",
            "vocabulary.yaml pending: the right can still be used",
        ),
        Row(
            "forbidden_act_done",
            {"norm": "shall_not", "evidence": "breach", "waiver": "none"},
            "overdue",
            "vocabulary.yaml overdue: violated, where the duty has no day of its own",
        ),
        Row(
            "forbidden_act_excused",
            {"norm": "shall_not", "evidence": "breach", "waiver": "valid"},
            "waived",
            "vocabulary.yaml waived: released in the required form",
        ),
        Row(
            "prohibition_kept",
            {"norm": "shall_not", "evidence": ("enough", "late", "short"), "phase": "passed"},
            "fulfilled",
            "vocabulary.yaml fulfilled: its time has passed and nothing forbidden is recorded",
        ),
        Row(
            "prohibition_in_force",
            {
                "norm": "shall_not",
                "evidence": ("enough", "late", "short"),
                "phase": ("unopened", "open", "near", "undated", "asked"),
            },
            "pending",
            "vocabulary.yaml pending: it can still be broken",
        ),
        Row(
            "prohibition_undecided",
            {"norm": "shall_not", "evidence": "unclear"},
            "pending",
            "semantics.md § Who, towards whom: what is not understood, or not known to the day, decides nothing",
        ),
    ),
)
