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
COUNTED = tuple(name for code in labels.STATUSES for name in ((code, TO_ATTEST) if code == "pending" else (code,)))
"""What duties are counted as, in the order in which a person should read it."""


def status_word(code: str, count: int = 1) -> str:
    """The status in at most twelve letters."""
    one, several = SHORT.get(code, (labels.status(code), labels.status(code, 2)))
    return one if count == 1 else several
