"""What a person should know at once: how many of each status, what is wrong with the register, what comes next."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from avtalsvakt.words.status_words import COUNTED, TO_ATTEST
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.runs.unjudged_days import Unjudged
from avtalsvakt_engine.verdicts import Finding

FINDINGS_SHOWN = 8


def counted(number: int, one: str, several: str) -> str:
    """A number and what it is of: `1 skyldighet`, `2 skyldigheter`."""
    return f"{number} {one if number == 1 else several}"


def unjudged_lines(found: Sequence[Unjudged]) -> Iterator[str]:
    """That days before runs were judged by none of them, and where what was so on them is told; the rest is counted."""
    for one in found[:FINDINGS_SHOWN]:
        days = f"Dagen {one.first}" if one.first == one.last else f"Dagarna {one.first}–{one.last}"
        where = "vad en skyldighet som ändrades var då visar 'avtalsvakt history SKYLDIGHET'"
        yield f"{days}, före körning {one.run}, bedömdes inte; {where}."
    if len(found) > FINDINGS_SHOWN:
        yield f"Detsamma gäller dagar före {len(found) - FINDINGS_SHOWN} körningar till."


def counts_line(statuses: Iterable[str]) -> str:
    """How many duties are counted as each status, the loudest first: `2 försenade …`."""
    counts = Counter(statuses)
    found = [f"{counts[code]} {_said(code, counts[code])}" for code in COUNTED if counts[code]]
    return ", ".join(found) or "inga skyldigheter"


def _said(code: str, count: int) -> str:
    return "att intyga" if code == TO_ATTEST else labels.status(code, count)


def findings_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """What a person should look at in the register, a line each; the rest is counted."""
    if not findings:
        return
    yield f"Att titta på ({len(findings)}):"
    for one in findings[:FINDINGS_SHOWN]:
        where = ", ".join(filter(None, (one.agreement, one.fact)))
        yield f"  {where}: {one.text}"
    if len(findings) > FINDINGS_SHOWN:
        yield f"  och {len(findings) - FINDINGS_SHOWN} till"
