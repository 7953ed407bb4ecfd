"""The questions asked about one recorded act: its effect, its place in an order, whether it can make a miss good."""

from avtalsvakt_engine.rulesets.question import Question, Row

EFFECT = Question(
    name="effect",
    dimensions={"requirement": ("met", "missing", "unclear")},
    conclusions=("effective", "not_effective"),
    cites="semantics.md § Steps, states, occurrences: a form that is also a condition",
    rows=(
        Row(
            "requirement_met",
            {"requirement": "met"},
            "effective",
            "semantics.md § Steps: the form or the competence the text asks for is there",
        ),
        Row(
            "requirement_missing",
            {"requirement": "missing"},
            "not_effective",
            "semantics.md § Steps: without the required form the act has no effect",
        ),
        Row(
            "requirement_unproven",
            {"requirement": "unclear"},
            "not_effective",
            "semantics.md § Steps: not in time until the valid decision exists; an unrecorded detail is asked for",
        ),
    ),
)

ORDER = Question(
    name="order",
    dimensions={"previous": ("before", "after", "missing")},
    conclusions=("in_order", "wrong_order"),
    cites="semantics.md § Steps, states, occurrences",
    rows=(
        Row(
            "steps_in_order",
            {"previous": "before"},
            "in_order",
            "semantics.md § Steps: the earlier step came first, or on the same day",
        ),
        Row(
            "steps_reversed",
            {"previous": "after"},
            "wrong_order",
            "semantics.md § Steps: the step was taken before the one it should follow",
        ),
        Row(
            "previous_step_missing",
            {"previous": "missing"},
            "wrong_order",
            "semantics.md § Steps: the step was taken although the one before is not recorded",
        ),
    ),
)

_KNOWN_CHAIR = ("same", "changed", "first")

ALTERNATION = Question(
    name="alternation",
    dimensions={"previous": ("none", "known", "unknown"), "chair": ("same", "changed", "unknown", "first")},
    conclusions=("enough", "breach", "unclear"),
    cites="readings.yaml ALT; semantics.md § Corrections: an unknown chair",
    rows=(
        Row(
            "chair_unrecorded",
            {"chair": "unknown"},
            "unclear",
            "semantics.md § Corrections: an unrecorded chair decides, so it is asked for",
        ),
        Row(
            "previous_chair_unrecorded",
            {"previous": "unknown", "chair": _KNOWN_CHAIR},
            "unclear",
            "semantics.md § Corrections: the chair of the meeting before is not recorded",
        ),
        Row(
            "first_in_sequence",
            {"previous": "none", "chair": _KNOWN_CHAIR},
            "enough",
            "readings.yaml ALT: who starts is free",
        ),
        Row(
            "chair_alternated",
            {"previous": "known", "chair": "changed"},
            "enough",
            "readings.yaml ALT: the chair is another than the sequence allows to repeat",
        ),
        Row(
            "chair_repeated",
            {"previous": "known", "chair": "same"},
            "breach",
            "readings.yaml ALT: each chair presides at every other meeting",
        ),
        Row(
            "chair_place_contradicted",
            {"previous": "known", "chair": "first"},
            "unclear",
            "semantics.md § Corrections: a first chair after a known one contradicts itself, so it is asked for",
        ),
    ),
)

_UNNAMED = ("this", "none")

LATENESS = Question(
    name="lateness",
    dimensions={
        "window": ("count", "annual", "own"),
        "act": ("occasion", "other"),
        "names": ("this", "other", "none"),
        "moment": ("same_year", "later_year"),
        "reading": ("documents", "never", "always"),
    },
    conclusions=("late", "too_late"),
    cites="semantics.md § Counting, lateness, part periods; readings.yaml SENT",
    rows=(
        Row(
            "nothing_cures",
            {"reading": "never"},
            "too_late",
            "readings.yaml SENT never: what was missed stays missed",
        ),
        Row(
            "names_another_period",
            {"reading": ("documents", "always"), "names": "other"},
            "too_late",
            "semantics.md § Counting: an act belongs to one period only, here the one it names",
        ),
        Row(
            "anything_later_cures",
            {"reading": "always", "names": _UNNAMED},
            "late",
            "readings.yaml SENT always: any later act makes the earlier period good",
        ),
        Row(
            "missed_meeting_stays_missed",
            {"reading": "documents", "window": "count", "act": "occasion", "names": _UNNAMED},
            "too_late",
            "semantics.md § Counting: a missed meeting cannot be held afterwards",
        ),
        Row(
            "document_names_period",
            {"reading": "documents", "window": "count", "act": "other", "names": "this"},
            "late",
            "semantics.md § Counting: a document that names the period it concerns",
        ),
        Row(
            "document_names_no_period",
            {"reading": "documents", "window": "count", "act": "other", "names": "none"},
            "too_late",
            "semantics.md § Counting: an act that names no period belongs to that of its own date",
        ),
        Row(
            "same_year_after_fixed_day",
            {"reading": "documents", "window": "annual", "names": _UNNAMED, "moment": "same_year"},
            "late",
            "semantics.md § Counting: after the fixed day but within the calendar year",
        ),
        Row(
            "later_year_names_this",
            {"reading": "documents", "window": "annual", "names": "this", "moment": "later_year"},
            "late",
            "semantics.md § Counting: a later year's act that names the earlier year",
        ),
        Row(
            "belongs_to_its_own_year",
            {"reading": "documents", "window": "annual", "names": "none", "moment": "later_year"},
            "too_late",
            "semantics.md § Counting: an act of a later year belongs to that year",
        ),
        Row(
            "first_later_act",
            {"reading": "documents", "window": "own", "names": _UNNAMED},
            "late",
            "semantics.md § Counting: a duty with a due date of its own is met late by the first later act",
        ),
    ),
)

PRESUMPTION = Question(
    name="presumption",
    dimensions={"recorded": ("earlier", "later", "none"), "reading": ("earlier", "fixed")},
    conclusions=("recorded", "presumed"),
    cites="readings.yaml SENAST3; regelspraket.md Klausulen: deemed",
    rows=(
        Row(
            "received_before_presumed_day",
            {"recorded": "earlier", "reading": "earlier"},
            "recorded",
            "readings.yaml SENAST3 earlier: the clause fixes the latest day, so an earlier receipt counts",
        ),
        Row(
            "presumed_day_fixed",
            {"recorded": "earlier", "reading": "fixed"},
            "presumed",
            "readings.yaml SENAST3 fixed: the presumed day counts even then",
        ),
        Row(
            "received_after_presumed_day",
            {"recorded": "later"},
            "presumed",
            "readings.yaml SENAST3: the clause fixes the latest day, so a later receipt changes nothing",
        ),
        Row(
            "receipt_presumed",
            {"recorded": "none"},
            "presumed",
            "regelspraket.md Klausulen: deemed, on its day it is taken as a fact unless recorded earlier",
        ),
    ),
)
