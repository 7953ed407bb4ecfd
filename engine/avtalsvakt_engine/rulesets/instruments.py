"""The questions asked about an instrument: the form of a change, what an extension does, a waiver, its state."""

from avtalsvakt_engine.rulesets.question import Question, Row

PAPER = Question(
    name="paper",
    dimensions={
        "form": ("written", "missing", "oral", "unknown"),
        "signed": ("both", "one", "missing"),
        "blank": ("flag", "strict"),
    },
    conclusions=("valid", "unproven", "void"),
    cites="semantics.md § Instruments in time: extension; readings.yaml BLANKFORM",
    rows=(
        Row(
            "agreed_orally",
            {"form": "oral"},
            "void",
            "readings.yaml BLANKFORM: recorded as defective it has no effect",
        ),
        Row(
            "signed_by_one",
            {"form": ("written", "missing", "unknown"), "signed": "one"},
            "void",
            "semantics.md § Instruments in time: one party's signature alone does nothing",
        ),
        Row(
            "signed_by_both",
            {"form": "written", "signed": "both"},
            "valid",
            "semantics.md § Instruments in time: in writing and signed by both",
        ),
        Row(
            "form_not_understood",
            {"form": "unknown", "signed": "both"},
            "unproven",
            "semantics.md § Who, towards whom: a form neither written nor oral leaves the act unproven, and asks",
        ),
        Row(
            "form_not_understood_unsigned",
            {"form": "unknown", "signed": "missing", "blank": "flag"},
            "unproven",
            "readings.yaml BLANKFORM flag: nothing recorded of the signatures either, so it stands and is flagged",
        ),
        Row(
            "form_not_understood_unproven",
            {"form": "unknown", "signed": "missing", "blank": "strict"},
            "void",
            "readings.yaml BLANKFORM strict: without effect until proven",
        ),
        Row(
            "form_unrecorded",
            {"form": "missing", "signed": ("both", "missing"), "blank": "flag"},
            "unproven",
            "readings.yaml BLANKFORM flag: nothing recorded of its form, so it stands and is flagged",
        ),
        Row(
            "form_unproven",
            {"form": "missing", "signed": ("both", "missing"), "blank": "strict"},
            "void",
            "readings.yaml BLANKFORM strict: without effect until proven",
        ),
        Row(
            "signatures_unrecorded",
            {"form": "written", "signed": "missing", "blank": "flag"},
            "unproven",
            "readings.yaml BLANKFORM flag: nothing recorded of the signatures, so it stands and is flagged",
        ),
        Row(
            "signatures_unproven",
            {"form": "written", "signed": "missing", "blank": "strict"},
            "void",
            "readings.yaml BLANKFORM strict: without effect until proven",
        ),
    ),
)

EXTENSION = Question(
    name="extension",
    dimensions={
        "moment": ("in_time", "expired"),
        "superior": ("in_force", "not_in_force", "unneeded"),
        "length": ("clause", "other", "no_clause"),
        "conditions": ("met", "unproven", "failed"),
        "paper": ("valid", "unproven", "void"),
    },
    intermediate={"stands": ("yes",)},
    conclusions=("takes_effect", "takes_effect_unproven", "amendment", "amendment_unproven", "no_effect"),
    cites="semantics.md § Instruments in time: extension; readings.yaml EFTERUT, EXTKOND, FORLANG, BLANKFORM",
    rows=(
        Row(
            "extended_after_expiry",
            {"moment": "expired"},
            "no_effect",
            "readings.yaml EFTERUT: once the agreement has expired nothing is left to extend",
        ),
        Row(
            "superior_not_in_force",
            {"moment": "in_time", "superior": "not_in_force"},
            "no_effect",
            "semantics.md § Instruments in time: the umbrella is not in force when the extended term begins",
        ),
        Row(
            "extension_without_form",
            {"moment": "in_time", "superior": ("in_force", "unneeded"), "paper": "void"},
            "no_effect",
            "semantics.md § Instruments in time: signed by one, or otherwise without its form, it does nothing",
        ),
        Row(
            "agreed_in_time",
            {"moment": "in_time", "superior": ("in_force", "unneeded"), "paper": ("valid", "unproven")},
            "yes",
            "semantics.md § Instruments in time: before expiry, the umbrella in force, no recorded defect of form",
            derives="stands",
        ),
        Row(
            "option_used",
            {"stands": "yes", "length": "clause", "conditions": "met", "paper": "valid"},
            "takes_effect",
            "semantics.md § Instruments in time: the clause's own length and its conditions met",
        ),
        Row(
            "option_form_unproven",
            {"stands": "yes", "length": "clause", "conditions": "met", "paper": "unproven"},
            "takes_effect_unproven",
            "readings.yaml BLANKFORM flag: it takes effect, and the unrecorded form is flagged",
        ),
        Row(
            "option_conditions_unproven",
            {"stands": "yes", "length": "clause", "conditions": "unproven"},
            "takes_effect_unproven",
            "semantics.md § Instruments in time: nothing recorded about its conditions, which is flagged",
        ),
        Row(
            "failed_condition_amends",
            {"stands": "yes", "length": "clause", "conditions": "failed", "paper": "valid"},
            "amendment",
            "semantics.md § Instruments in time: a condition recorded as failed leaves a signed amendment",
        ),
        Row(
            "failed_condition_amends_unproven",
            {"stands": "yes", "length": "clause", "conditions": "failed", "paper": "unproven"},
            "amendment_unproven",
            "semantics.md § Instruments in time: as an amendment, its signatures unrecorded and flagged",
        ),
        Row(
            "other_length_amends",
            {"stands": "yes", "length": "other", "paper": "valid"},
            "amendment",
            "readings.yaml FORLANG: another length than the clause's is a signed amendment",
        ),
        Row(
            "other_length_amends_unproven",
            {"stands": "yes", "length": "other", "paper": "unproven"},
            "amendment_unproven",
            "readings.yaml FORLANG, BLANKFORM: another length, the signatures unrecorded and flagged",
        ),
        Row(
            "no_clause_amends",
            {"stands": "yes", "length": "no_clause", "paper": "valid"},
            "amendment",
            "semantics.md § Instruments in time: without a clause to use, a longer term is an amendment",
        ),
        Row(
            "no_clause_amends_unproven",
            {"stands": "yes", "length": "no_clause", "paper": "unproven"},
            "amendment_unproven",
            "semantics.md § Instruments in time: an amendment whose signatures are unrecorded, flagged",
        ),
    ),
)

WAIVER = Question(
    name="waiver",
    dimensions={
        "form": ("written", "missing", "oral", "unknown"),
        "signed": ("both", "one", "missing"),
        "reading": ("written", "informal"),
        "blank": ("flag", "strict"),
    },
    conclusions=("valid", "unproven", "invalid"),
    cites="readings.yaml UNDANTAG, BLANKFORM; semantics.md § Who, towards whom, about what: form",
    rows=(
        Row(
            "waived_in_writing_by_both",
            {"reading": "written", "form": "written", "signed": "both"},
            "valid",
            "readings.yaml UNDANTAG written: a writing signed by both",
        ),
        Row(
            "waiver_not_signed_by_both",
            {"reading": "written", "form": ("written", "missing", "unknown"), "signed": ("one", "missing")},
            "invalid",
            "readings.yaml UNDANTAG written: both have to sign",
        ),
        Row(
            "waiver_not_in_writing",
            {"reading": "written", "form": "oral"},
            "invalid",
            "readings.yaml UNDANTAG written: a writing is required",
        ),
        Row(
            "waiver_form_unrecorded",
            {"reading": "written", "form": "missing", "signed": "both", "blank": "flag"},
            "valid",
            "readings.yaml BLANKFORM flag: nothing recorded of its form, so it stands",
        ),
        Row(
            "waiver_form_unproven",
            {"reading": "written", "form": "missing", "signed": "both", "blank": "strict"},
            "invalid",
            "readings.yaml BLANKFORM strict: without effect until proven",
        ),
        Row(
            "waiver_form_not_understood",
            {"reading": "written", "form": "unknown", "signed": "both"},
            "unproven",
            "semantics.md § Who, towards whom: a form neither written nor oral leaves the act unproven, and asks",
        ),
        Row(
            "waived_by_both",
            {"reading": "informal", "signed": "both"},
            "valid",
            "readings.yaml UNDANTAG informal: agreed by both, in whatever form",
        ),
        Row(
            "waiver_not_agreed",
            {"reading": "informal", "signed": ("one", "missing")},
            "invalid",
            "readings.yaml UNDANTAG informal: no agreement of both is recorded",
        ),
    ),
)

_RUNNING = ("open", "ahead")

INSTRUMENT_STATE = Question(
    name="instrument_state",
    dimensions={
        "start": ("reached", "ahead", "unknown"),
        "end": ("open", "ahead", "passed"),
        "extended": ("no", "yes"),
        "terminated": ("no", "yes"),
        "superseded": ("no", "yes"),
        "presumed": ("no", "yes"),
    },
    intermediate={"left": ("running",)},
    conclusions=("not_started", "in_force", "extended", "presumed", "lapsed", "terminated", "superseded"),
    cites="semantics.md § Instruments in time",
    rows=(
        Row(
            "instrument_terminated",
            {"terminated": "yes"},
            "terminated",
            "semantics.md § Instruments in time: a term can be ended by termination",
        ),
        Row(
            "instrument_superseded",
            {"terminated": "no", "superseded": "yes"},
            "superseded",
            "semantics.md § Instruments in time: another instrument has taken its place",
        ),
        Row(
            "not_ended_by_act",
            {"terminated": "no", "superseded": "no"},
            "running",
            "semantics.md § Instruments in time: only its own term is left to judge",
            derives="left",
        ),
        Row(
            "instrument_not_started",
            {"left": "running", "start": "ahead"},
            "not_started",
            "semantics.md § Instruments in time: the first day of the term is ahead",
        ),
        Row(
            "start_unrecorded",
            {"left": "running", "start": "unknown", "presumed": "no"},
            "not_started",
            "semantics.md § Instruments in time: no term is recorded and nothing refers to it as in force",
        ),
        Row(
            "term_passed",
            {"left": "running", "start": "reached", "end": "passed"},
            "lapsed",
            "semantics.md § Instruments in time: the last day of the term has passed",
        ),
        Row(
            "presumption_ended",
            {"left": "running", "start": "unknown", "presumed": "yes", "end": "passed"},
            "lapsed",
            "semantics.md § Instruments in time: presumed in force only until a fact says otherwise",
        ),
        Row(
            "presumed_in_force",
            {"left": "running", "start": ("reached", "unknown"), "presumed": "yes", "end": _RUNNING},
            "presumed",
            "semantics.md § Instruments in time: referred to but not among the rules",
        ),
        Row(
            "in_extended_term",
            {"left": "running", "start": "reached", "presumed": "no", "end": _RUNNING, "extended": "yes"},
            "extended",
            "semantics.md § Instruments in time: the term was extended by the parties",
        ),
        Row(
            "in_first_term",
            {"left": "running", "start": "reached", "presumed": "no", "end": _RUNNING, "extended": "no"},
            "in_force",
            "semantics.md § Instruments in time: begun and not ended",
        ),
    ),
)
