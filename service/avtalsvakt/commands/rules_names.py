"""The agreement that a person names in a command of `rules`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_rules.language.instrument import Instrument


def known_instrument(instruments: "Mapping[str, Instrument]", name: str) -> "Instrument":
    """The instrument with that id. Raises Rejected with the closest."""
    from avtalsvakt_engine.intake.fact_checks import closest

    if name not in instruments:
        why = "inget avtal har den beteckningen"
        raise Rejected([Problem(f"avtalet '{name}' finns inte", "AVTAL", why, closest(name, instruments))])
    return instruments[name]
