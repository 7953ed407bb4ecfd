"""Random clauses of every shape, with the kinds of facts that bear on them."""

from datetime import date
from itertools import permutations

from tests.oracle.drawing import ONE, Draw, Tree, maybe, once_in, perhaps, pick
from tests.oracle.strategies import LABELS

NORMS = ("shall", "shall", "shall", "should")
COUNTED: dict[str, Tree] = {
    "meeting": {"meeting_held": {"body": "klara_group"}},
    "picture": {"document_revised": {"document": "lägesbild"}},
    "evaluation": {"evaluation_done": {"object": ["forum", "lokalt arbete"]}},
    "other": {"evaluation_done": {"object": {"not_in": ["forum", "handlingsplan"]}}},
    "called": {"any_of": [{"meeting_held": {"body": "klara_group"}}, {"meeting_convened": {"body": "klara_group"}}]},
}
BEARING: dict[str, list[Tree]] = {
    "meeting": [
        {"meeting_held": {"body": ("klara_group",) * 5 + ("youth_forum",), "separate": (None, None, None, "ja")}},
        {"meeting_scheduled": {"body": ("klara_group",)}},
        {"meeting_held": {"body": ("klara_group",), "concerns_period": LABELS}},
    ],
    "called": [
        {"meeting_held": {"body": ("klara_group",)}},
        {
            "meeting_convened": {
                "body": ("klara_group", "klara_group", "youth_forum"),
                "meeting_date": (None, "2023-06-30", "2023-07-01", "2024-02-29", "2024-06-30", "2024-12-31"),
            }
        },
    ],
    "picture": [
        {"document_revised": {"document": ("lägesbild", "lägesbild", "handlingsplan")}},
        {"document_revised": {"document": ("lägesbild",), "concerns_period": LABELS}},
        {"document_revised": {"document": ("lägesbild",), "for_year": ("2023", "2024", "2025")}},
    ],
    "other": [{"evaluation_done": {"object": ("forum", "lokalt arbete", "något annat", "överenskommelse", None)}}],
    "evaluation": [
        {"evaluation_done": {"object": ("forum", "lokalt arbete", None, "handlingsplan"), "period": (None, *LABELS)}},
    ],
}


def block(draw: Draw) -> Tree:
    """Fixed blocks of years or months."""
    each, starting = pick(draw, "2 years", "18 months", "5 months"), pick(draw, "2022", "2023-02-10", "2024-10-15")
    return {"each": each, "starting": starting}


def count(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """At least so many in each period, perhaps in some of them only, perhaps with a start of its own."""
    period = pick(draw, "year", "half_year", "quarter", "month", "semester", "week", "block")
    what = pick(draw, *COUNTED)
    words = {
        "year": ("even", "odd"),
        "block": ("even", "odd"),
        "half_year": ("even", "odd"),
        "quarter": ("q1", "q4"),
        "semester": ("odd", "even"),
        "week": ("february",),
        "month": ("february", "july", "december", "june"),
    }[period]
    begins = pick(draw, start, start + 16 * ONE, start - 40 * ONE, date(2023, 7, 1))
    when = (block(draw) if period == "block" else {"each": period}) | maybe(
        draw, **{"from": pick(draw, begins.isoformat(), "2023")}
    )
    when |= maybe(draw, until=pick(draw, "2024-08-31", {"document_revised": {"document": "handlingsplan"}}))
    if once_in(draw, 3):
        when[pick(draw, "only", "except")] = pick(draw, *([one] for one in words), *map(list, permutations(words, 2)))
    when |= maybe(draw, due="end or next working day")
    clause = {"norm": pick(draw, *NORMS), "when": when, "what": COUNTED[what], "at_least": pick(draw, 1, 2, 3)}
    clause |= maybe(draw, warn=pick(draw, "10 days", "45 days"))
    if once_in(draw, 5):
        when["due"] = pick(
            draw,
            "20 days before end",
            "30 days after end",
            "last working day",
            "second tuesday",
            "3 working days before end",
            "open",
            "1 month before start",
            "last friday" if period == "week" else "third friday",
        )
    if once_in(draw, 7):
        when["opens"] = "10 days after start"
    return clause, [*BEARING[what], {"document_revised": {"document": ("handlingsplan",)}}], [begins]


def with_readings(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """A count or a plan that hangs on readings of its own words."""
    if perhaps(draw):
        clause, bearing, days = count(draw, start, end)
        codes = ["PERIODSLUT", "ELLERBEHOV", "REVIDERA", "TILLSVIDARE", "NYREGEL"]
        clause |= maybe(draw, valid={pick(draw, "from", "to"): pick(draw, "2024-02-10", "2024-09-30")})
    else:
        clause, bearing, days = closing(draw, start, end)
        codes = ["PLANEFTER", "REVIDERA"]
    outcomes = ("ändrad", "oförändrad", None)
    more: list[Tree] = [
        {"need_assessed": {"outcome": ("behov", "inget behov", None)}},
        {"document_revised": {"document": ("lägesbild",), "outcome": outcomes, "for_year": ("2024", "2025", None)}},
    ]
    return clause | {"readings": codes}, [*bearing, *more], days


def ceiling(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """At most so many, none at all, or both a floor and a ceiling."""
    clause, bearing, days = count(draw, start, end)
    form = pick(draw, "most", "none", "both")
    if form == "none":
        return {"norm": "shall_not", "when": clause["when"], "what": clause["what"]}, bearing, days
    clause["at_most"] = clause["at_least"] + 1
    if form == "most":
        del clause["at_least"]
    return clause, bearing, days


def together(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """Evaluations that together cover what is listed."""
    clause = {
        "norm": pick(draw, *NORMS),
        "when": {"each": pick(draw, "year", "half_year")},
        "what": {"evaluation_done": {}},
        "at_least": pick(draw, 1, 2),
        "including": [{"object": "forum"}, {"object": ["lokalt arbete", "handlingsplan"]}],
    }
    return clause, BEARING["evaluation"], []


def sites(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """Each month at each site where collaboration has begun, until it ends."""
    pattern: Tree = {"body": "site_group"} | ({"site": "same"} if perhaps(draw) else {})
    clause = {
        "norm": pick(draw, *NORMS),
        "per": "site",
        **maybe(draw, sensitive=True),
        "when": {
            "each": pick(draw, "month", "quarter"),
            "from": {"site_collab_started": {}},
            "until": {"site_collab_ended": {}},
        }
        | maybe(draw, **{"except": ["q3"]}),
        "what": {"meeting_held": pattern},
    }
    names = ("Torget", "Parken")
    bearing: list[Tree] = [
        {"site_collab_started": {"site": names}},
        {"site_collab_ended": {"site": names}},
        {"meeting_held": {"body": ("site_group",), "site": (*names, *names, None)}},
    ]
    return clause, bearing, []


def cases(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """Each quarter, or after each event, for each area that has been given priority, until something is done in it."""
    pattern: Tree = {"area": "same"} if perhaps(draw) else {}
    clause = {
        "norm": pick(draw, *NORMS),
        "per": "area",
        **maybe(draw, sensitive=True),
        "when": {"each": pick(draw, "quarter", "half_year"), "from": {"area_prioritised": {}}}
        | maybe(draw, until={"measure_started": {}}),
        "what": {"document_revised": pattern},
    }
    areas = ("Torget", "Parken")
    bearing: list[Tree] = [
        {"area_prioritised": {"area": areas}},
        {"measure_started": {"area": areas}},
        {"document_revised": {"area": (*areas, *areas, None)}},
    ]
    return clause, bearing, []


def annual(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """By a fixed day each year."""
    turn = pick(draw, "01-31", "12-31", "05-31", "02-28", "12-01")
    named = pick(
        draw, None, None, "second tuesday of may", "last friday of december", "3 days before first monday of june"
    )
    what = pick(draw, *COUNTED)
    clause = {"norm": pick(draw, *NORMS), "when": {"each": "year", "due": named or turn}, "what": COUNTED[what]}
    clause["when"] |= maybe(draw, opens=pick(draw, "40 days before 12-01", "12-01", "01-15"))
    return clause, BEARING[what], [date.fromisoformat(f"{year}-{turn}") for year in (2023, 2024, 2025)]


def of_its_year(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """What names the year or half-year that it is about, whenever it is done."""
    period = pick(draw, "year", "year", "half_year")
    name = pick(draw, "for_year", "concerns_period")
    clause: Tree = {"norm": pick(draw, *NORMS), "when": {"each": period}, "at_least": pick(draw, 1, 1, 2),
                    "what": {"document_revised": {"document": "lägesbild", name: "same"}}}  # fmt: skip
    clause["when"] |= maybe(draw, due=pick(draw, "20 days before end", "30 days after end"))
    labels = (None, None, "2023", "2024", "2025", "2023-H2", "2024-H1")
    return clause, [{"document_revised": {"document": ("lägesbild",), name: labels}}], []


def closing(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """At the end of each year, perhaps a plan for the next."""
    what = pick(draw, *COUNTED)
    clause = {"norm": pick(draw, *NORMS), "when": {"each": "year_end"}, "what": COUNTED[what]}
    if what == "picture" and perhaps(draw):
        clause["what"] = {"document_revised": {"document": "lägesbild", "for_year": "next"}}
    return clause, BEARING[what], [date(2023, 10, 1), date(2023, 12, 31), date(2024, 12, 31), date(2024, 12, 1)]


def question(draw: Draw, start: date, end: date | None) -> tuple[Tree, list[Tree], list[date]]:
    """A function is asked once in each period, perhaps only in some of them, perhaps for each site."""
    period = pick(draw, "year", "year", "half_year", "quarter", "month", "semester", "week", "year_end", "block")
    when = (
        (block(draw) if period == "block" else {"each": period})
        | maybe(draw, **{"from": "2023-07-01"})
        | maybe(draw, until="2024-08-31")
    )
    if period in ("year", "half_year"):
        when |= maybe(draw, only=["even"])
    if period in ("year", "quarter") and once_in(draw, 4):
        within = ("01-31", "11-15", "20 days before end")
        when["due"] = pick(draw, *(within if period == "year" else ("30 days after end", "10 days before end")))
    clause: Tree = {"norm": pick(draw, *NORMS, "shall_not"), "when": when, "attest": "stadsdelsdirektör"}
    if once_in(draw, 5):
        clause |= {"per": "site"}
        clause["when"] = (block(draw) if period == "block" else {"each": period}) | {
            "from": {"site_collab_started": {}}
        }
    clause |= maybe(draw, unless={"need_assessed": {"outcome": "inget behov"}})
    begun: list[Tree] = [
        {"site_collab_started": {"site": ("Torget", "Parken")}},
        {"need_assessed": {"outcome": ("inget behov",)}},
    ]
    return clause, [*ANSWERS, *(begun if "per" in clause or "unless" in clause else [])], [date(2024, 12, 31)]


ANSWERS: list[Tree] = [
    {
        "attestation": {
            "clause": ("klausul-0", "klausul-0", "lokalt.klausul-0", "klausul-1", None),
            "statement": (None, "ja", "nej", "nej", "Nej, inte ännu", "delvis", "kanske", "nej, men", "Ja!", "Japp"),
            "by": (
                None,
                None,
                "stadsdelsdirektör",
                "stadsdelsdirektören",
                "avdelningschef",
                "kommunpolis",
                "en vikarie",
            ),
            "period": (None, None, None, *LABELS, "2024-W10", "term-1", "okänd"),
            "site": (None, "Torget", "Parken"),
        }
    }
] * 3


BESIDE: list[Tree] = [
    {"waiver": {"obligation": ("klausul-0", "klausul-1", "lokalt.klausul-0", "lokalt.klausul-0.2023"),
                "period": (None, "2023", "2024-H1", "2024-02"), "form": ("skriftlig", "skriftlig", "muntlig", None),
                "signed_by": (("staden", "polisen"), ("staden", "polisen"), ("staden",), None)}},
    {"amendment_signed": {"changes": ({"obligation": "klausul-0", "at_least": "2", "from": "2024-01-01"},
                                      {"obligation": "klausul-1", "at_least": "0"}),
                          "signed_by": (("staden", "polisen"), ("polisen",), None)}},
    {"decision_made": {"changes": ({"obligation": "klausul-0", "at_least": "1", "from": "2023-07-01"},)}},
    {"decision_made": {"concerns": ("REF",)}},
    {"extension_agreed": {"new_end": ("2024-12-31", "2025-06-30", "2026"), "signed_by": (("staden", "polisen"),)}},
    {"agreement_terminated": {"ends_on": (None, "2024-06-30", "2025-01-31")}},
]  # fmt: skip
"""Facts that change or excuse duties, whatever their shape; their obligations are called klausul-0, klausul-1 …"""

NEEDS_DECISION: Tree = {
    "norm": "valid_if",
    "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
    "what": {"decision_made": {"concerns": "same"}},
}
"""A picture has effect only when it has been decided on."""

RECURRING = (
    *(
        count,
        count,
        count,
        with_readings,
        with_readings,
        annual,
        annual,
        closing,
        ceiling,
        together,
        sites,
        cases,
        of_its_year,
    ),
    *(question, question),
)
