"""What the language's periods, units, months and weekdays are called in Swedish."""

from types import MappingProxyType

from avtalsvakt_rules.language.days import MONTHS

MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
PERIODS = MappingProxyType(
    {
        "week": "varje vecka",
        "month": "varje månad",
        "quarter": "varje kvartal",
        "half_year": "varje halvår",
        "semester": "varje termin",
        "year": "varje år",
        "year_end": "i slutet av varje år",
    }
)
UNITS = MappingProxyType(
    {
        "hour": ("timme", "timmar"),
        "day": ("dag", "dagar"),
        "working day": ("vardag", "vardagar"),
        "week": ("vecka", "veckor"),
        "month": ("månad", "månader"),
        "year": ("år", "år"),
    }
)


def length_words(months: int) -> str:
    """So many months, in years where they are whole ones: `3 månader`, `1 år`."""
    return f"{months // 12} år" if months % 12 == 0 else f"{months} {UNITS['month'][months > 1]}"


LAST_OF = MappingProxyType({"month": "månadens", "quarter": "kvartalets", "half_year": "halvårets", "year": "årets"})
WEEKDAYS = ("måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen")
ORDINALS = MappingProxyType({1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "femte", -1: "sista"})
WINDOW_WORDS = MappingProxyType(
    {
        "even": "jämna år",
        "odd": "udda år",
        "q1": "första kvartalet",
        "q2": "andra kvartalet",
        "q3": "tredje kvartalet",
        "q4": "fjärde kvartalet",
        **dict(zip(MONTHS, MONTH_NAMES, strict=True)),
    }
)
