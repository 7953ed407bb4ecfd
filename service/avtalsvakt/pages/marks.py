"""The shapes beside the words of a state: told apart by their form, so that colour only helps. Loaded from nowhere."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

SHAPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "late": ("late", "M10 2.2 18.6 17.5H1.4ZM9 7.6l.3 5h1.4l.3-5Zm1 6a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2Z"),
        "stands": ("late", "M10 2.2 18.6 17.5H1.4ZM10 6.200 4.800 15.500h10.400Z"),
        "soon": (
            "soon",
            ("M10 1.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17Zm0 2a6.500 6.500 0 1 1 0 13 6.500 "
            "6.500 0 0 1 0-13ZM9.100 5.500v5.100l3.700 2.700 1.100-1.500-3-2.200V5.500Z"),
        ),
        "waiting": ("wait", "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12Z"),
        "asked": ("wait", "M2 3h16v11h-7l-5 4v-4H2Zm2 2v7h4v2l2.500-2H16V5Zm2 2h8v1.400H6Zm0 2.400h5.500v1.400H6Z"),
        "done": (
            "done",
            ("M10 1.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17Zm4 4.700 1.400 1.400-6.700 "
            "6.800L4.900 10.600l1.400-1.400 2.400 2.400Z"),
        ),
        "unknown": (
            "soon",
            ("M3 2h14v16H3Zm2 2v12h10V4Zm4.100 8.500h1.800v1.800H9.100Zm-2-4.600C7.100 6 8.400 5 10 "
            "5s2.900 1 2.900 2.700c0 2-2 2-2 3.700H9.200c0-2.600 1.800-2.500 1.800-3.700 "
            "0-.7-.4-1-1-1s-1.100.4-1.100 1.200Z"),
        ),
        "past": ("wait", "M3 9h14v2H3Z"),
    }
)  # fmt: skip
"""By what is marked: the colour's name in the style sheet, and the path."""

OF_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "overdue": "late",
        "recommendation_not_met": "late",
        "at_risk": "soon",
        "pending": "waiting",
        "fulfilled": "done",
        "fulfilled_late": "done",
        "waived": "done",
        "not_applicable": "past",
        "withdrawn": "past",
        "not_evaluated": "unknown",
    }
)
"""The mark of each status."""


def colour(name: str) -> str:
    """The class that colours the words beside a mark."""
    return SHAPES[name][0]


def mark(name: str) -> Markup:
    """The shape as markup; the word beside it says the same, so it is hidden from screen readers."""
    tone, path = SHAPES[name]
    return Markup(
        '<svg class="mark {}" viewBox="0 0 20 20" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>'
    ).format(tone, path)
