"""What duties are counted as, and what each is called where there is little room."""

from collections.abc import Mapping
from types import MappingProxyType

from avtalsvakt_engine.explaining import labels

TO_ATTEST = "to_attest"
"""What a question that can be answered now is counted as, where others are counted by status."""

SHORT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "recommendation_not_met": ("ej följd", "ej följda"),
        "fulfilled_late": ("för sent", "för sent"),
        "not_applicable": ("ej aktuell", "ej aktuella"),
        TO_ATTEST: ("att intyga", "att intyga"),
    }
)
LIGHTS: Mapping[str, str] = MappingProxyType({"red": "RÖTT", "yellow": "GULT", "green": "GRÖNT", "off": "SLÄCKT"})
"""What a traffic light is called."""

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "begun": "pågår",
        "done": "klar",
        "incomplete": "gjord, men inte allt",
        "not_stored": "inte sparad",
        "failed": "misslyckades",
        "stopped": "stoppad",
        "broken": "avbröts utan att hinna säga varför",
        "clock": "klockan ställdes",
    }
)
"""How a try at a night's work ended."""

CAUSES: Mapping[str, str] = MappingProxyType({"run": "för hand", "serve": "natten"})
"""What a try was started by."""

COUNTED = tuple(name for code in labels.STATUSES for name in ((code, TO_ATTEST) if code == "pending" else (code,)))
"""What duties are counted as, in the order in which a person should read it."""


def status_word(code: str, count: int = 1) -> str:
    """The status in at most twelve letters."""
    one, several = SHORT.get(code, (labels.status(code), labels.status(code, 2)))
    return one if count == 1 else several
