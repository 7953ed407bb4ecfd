"""Finds the duty that a person means: by its whole key, its beginning, or any part of it."""

from collections.abc import Iterable, Sequence

from avtalsvakt_engine.intake.said_names import same
from avtalsvakt_rules.problems import Problem, Rejected

LISTED = 12


def find_duty(wanted: str, keys: Iterable[str]) -> str:
    """The one key that is meant. Raises Rejected: with candidates where several fit, else with the nearest."""
    known = sorted(set(keys))
    if wanted in known:
        return wanted
    text = same(wanted)
    for fitting in (
        [key for key in known if same(key).startswith(text)],
        [key for key in known if text in same(key)],
        [key for key in known if all(word in same(key) for word in text.split())],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Rejected([_ambiguous(wanted, fitting)])
    raise Rejected([_unknown(wanted, known)])


def agreement_of(wanted: str, agreements: Iterable[str]) -> str | None:
    """The agreement that the text begins with, if it does: then only that one needs to be judged."""
    first = same(wanted.partition(".")[0])
    return next((name for name in agreements if same(name) == first), None) if "." in wanted else None


def _ambiguous(wanted: str, fitting: Sequence[str]) -> Problem:
    more = f" och {len(fitting) - LISTED} till" if len(fitting) > LISTED else ""
    listed = "".join(f"\n            {key}" for key in fitting[:LISTED])
    return Problem(
        f"'{wanted}' passar på {len(fitting)} skyldigheter", "SKYLDIGHET", "bara en kan förklaras åt gången",
        f"skriv mer av beteckningen:{listed}{more}",
    )  # fmt: skip


def _unknown(wanted: str, known: Sequence[str]) -> Problem:
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(wanted, known, 5, cutoff=0.4)
    listed = "".join(f"\n            {key}" for key in near)
    remedy = f"menade du någon av dessa?{listed}" if near else "se beteckningarna med 'avtalsvakt assess'"
    return Problem(f"skyldigheten '{wanted}' finns inte", "SKYLDIGHET", "ingen beteckning liknar den", remedy)
