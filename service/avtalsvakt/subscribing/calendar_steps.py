"""How each open duty is met, as lines for the text of its event; they do not change with the day of asking."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from avtalsvakt.answers.acts import Act
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.how_to import how_to
from avtalsvakt_calendars.reminding.acts import DUE_STATUSES
from avtalsvakt_engine.verdicts import Verdict

MOST = 4
"""Steps that are told; the rest is counted."""


def steps_of(verdicts: Iterable[Verdict], known: AgreementFacts) -> Mapping[str, tuple[str, ...]]:
    """The lines by duty, without those that nothing can meet. The verdicts are of the agreement that is known."""
    found = {one.duty: how_to(one, known).acts for one in verdicts if one.status in DUE_STATUSES and not one.attest}
    return {duty: _lines(acts) for duty, acts in found.items() if acts}


def _lines(acts: tuple[Act, ...]) -> tuple[str, ...]:
    lines = [_line(number, act) for number, act in enumerate(acts[:MOST], start=1)]
    return (*lines, f"och {len(acts) - MOST} steg till") if len(acts) > MOST else tuple(lines)


def _line(number: int, act: Act) -> str:
    """The proposed day is left out: it is today, and a text that followed it would change every night."""
    often = f" ({act.times} gånger)" if act.times > 1 else ""
    return f"{number}. {act.title}{often}: {replace(act, day=None).command}"
