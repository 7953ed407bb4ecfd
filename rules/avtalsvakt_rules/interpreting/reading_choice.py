"""Whether a reading can be chosen: the choice is there, and somebody carries it out.

In come a code, a choice and the instruments it is chosen for, out comes a problem or None.
"""

from collections.abc import Mapping

from avtalsvakt_rules.interpreting.alternative_readings import carried_out, left_out, someone_carries_out
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.readings import REFUSED, load_readings


def reading_problem(
    code: str, choice: str, where: str, instruments: Mapping[str, Instrument], within: Instrument | None = None
) -> Problem | None:
    """What is wrong with choosing this reading for these instruments (only for one of them: `within`), or None."""
    if code not in load_readings():
        return Problem(
            f"läsningen {code} finns inte", where, "koden är okänd", "se 'avtalsvakt rules readings' för koderna"
        )
    if not someone_carries_out(instruments, code, choice):
        known = (f"programmet kan: {', '.join(sorted(carried_out(instruments, code)))}", "välj en av dem")
        why, remedy = REFUSED.get((code, choice), known)
        return Problem(f"läsningen {code} kan inte väljas som {choice}", where, why, remedy)
    missing = [
        f"{one.instrument}.{name}"
        for one in ([within] if within else instruments.values())
        for name in left_out(one, code, choice)
    ]
    if missing:
        why = f"{', '.join(missing[:5])} säger inte vad som krävs vid det valet"
        remedy = "skriv det under instead i dem, eller välj annat"
        return Problem(f"läsningen {code} kan inte väljas som {choice}", where, why, remedy)
    return None
