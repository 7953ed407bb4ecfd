"""The state of an agreement as a traffic light, in words: a mark that can be read without colour, and why.

In come an agreement's state and verdicts, out comes a light. Pure.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt.answers.in_force import IN_FORCE
from avtalsvakt.words.status_words import LIGHTS
from avtalsvakt_engine.verdicts import InstrumentState, Verdict


class Light(Struct, frozen=True):
    """`code` is red, yellow, green or off; `because` says which rule chose it, `number` of how many duties."""

    code: str
    because: str
    number: int = 0


def traffic_light(state: InstrumentState, verdicts: Iterable[Verdict]) -> Light:
    """Red: something is late and can still be done, or could not be judged. Off: the agreement is not in force.

    Yellow: something comes near its last day, or was missed and cannot be made up for. Green: nothing of that.
    """
    found = list(verdicts)
    if state.state not in IN_FORCE:
        return Light("off", state.state)
    for code, because, number in (
        ("red", "not_evaluated", _count(found, "not_evaluated")),
        ("red", "overdue", sum(one.status == "overdue" and one.curable for one in found)),
        ("yellow", "at_risk", _count(found, "at_risk")),
        ("yellow", "standing", sum(one.status == "overdue" and not one.curable for one in found)),
    ):
        if number:
            return Light(code, because, number)
    return Light("green", "nothing")


def _count(verdicts: Iterable[Verdict], status: str) -> int:
    return sum(one.status == status for one in verdicts)


MARKS: Mapping[str, str] = MappingProxyType({"red": "!!", "yellow": "! ", "green": "ok", "off": "- "})
"""What stands before the word, so that lights can be told apart without colour and at a glance."""

BECAUSE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "not_evaluated": ("1 skyldighet kunde inte bedömas", "{} skyldigheter kunde inte bedömas"),
        "overdue": ("1 är försenad och kan ännu göras", "{} är försenade och kan ännu göras"),
        "at_risk": ("1 närmar sig sista dagen", "{} närmar sig sista dagen"),
        "standing": (
            "1 missades och kan inte göras om",
            "{} missades och kan inte göras om",
        ),
        "nothing": ("inget är försenat eller nära", "inget är försenat eller nära"),
    }
)
"""Why, of one and of several; of an agreement that is not in force its state says it."""


def light_words(light: Light) -> str:
    """`!! RÖTT: 2 är försenade och kan ännu göras`."""
    one, several = BECAUSE.get(light.because, ("avtalet gäller inte", "avtalet gäller inte"))
    return f"{MARKS[light.code]} {LIGHTS[light.code]}: {one if light.number == 1 else several.format(light.number)}"
