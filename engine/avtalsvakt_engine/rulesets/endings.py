"""The question asked about a right to end an instrument that was used: whether it ends the term."""

from avtalsvakt_engine.rulesets.question import Question, Row

ENDING = Question(
    name="ending",
    dimensions={
        "end": ("before", "not_before", "unknown"),
        "extended": ("no", "afterwards"),
    },
    conclusions=("ends", "no_effect"),
    cites="semantics.md § Instruments in time: termination; regelspraket.md Att avsluta avtalet: may",
    rows=(
        Row(
            "right_ends_term",
            {"end": "before", "extended": "no"},
            "ends",
            "semantics.md § Instruments in time: a right to end it, used in its window and on its conditions",
        ),
        Row(
            "term_ends_first",
            {"end": "not_before", "extended": "no"},
            "no_effect",
            "semantics.md § Instruments in time: the term's own last day comes first, or on the same day",
        ),
        Row(
            "right_without_day",
            {"end": "unknown", "extended": "no"},
            "no_effect",
            "semantics.md § Instruments in time: the day that the end is counted from is not known",
        ),
        Row(
            "extended_after_right",
            {"extended": "afterwards"},
            "no_effect",
            "semantics.md § Instruments in time: the parties agreed on a longer term after the right was used",
        ),
    ),
)
