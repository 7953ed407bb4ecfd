"""Measures full nights: alone and from nothing, and those in which nothing has changed."""

from pathlib import Path

from bench.alone import PRAGMAS, Alone, alone
from bench.floors import read_facts, write_rows
from bench.measure import Findings, cost, interleaved
from bench.registers import OURS, PLAIN, Pair, copied
from bench.workload import FIRST_NIGHT


def full_nights(folder: Path, agreements: int, rounds: int, found: Findings) -> None:
    """A full night that writes everything, beside the reference's and the floor of its reading and writing."""
    told: dict[str, Alone] = {}
    judged, fresh = folder / "judged.db", folder / "fresh.db"

    def night(who: str, name: str) -> float:
        told[who] = copied(folder, name, lambda path: alone(who, path, agreements))
        return told[who].seconds

    def floor() -> float:
        fresh.unlink(missing_ok=True)
        return read_facts(judged, PRAGMAS) + write_rows(judged, fresh, PRAGMAS)

    copied(folder, PLAIN, lambda path: (alone("plain", path, agreements), judged.write_bytes(path.read_bytes())))
    jobs = {"ours": lambda: night("ours", OURS), "plain": lambda: night("plain", PLAIN), "floor": floor}
    taken = interleaved(rounds, jobs)
    each = [1e6 * taken[who] / told[who].duties for who in ("ours", "plain")]
    more = f"{told['ours'].duties} skyldigheter, {each[0]:.0f} och {each[1]:.0f} µs var; {told['ours'].megabytes} MB"
    found.tell("hel natt, allt skrivs", taken["ours"], others(taken), "s", more=more)


def others(taken: dict[str, float]) -> dict[str, float]:
    """What the program is held against."""
    return {"referens": taken["plain"], "golv": taken["floor"]}


def first_night(pair: Pair) -> None:
    """Judge both for the first time; their rows have to be equal."""
    pair.night(FIRST_NIGHT)
    pair.plain.full(FIRST_NIGHT)
    pair.demand_equal("första natten")


def unchanged(pair: Pair, rounds: int, found: Findings) -> None:
    """A full night in which nothing changed: everything is judged and compared, nothing is written."""
    taken = interleaved(
        rounds,
        {
            "ours": lambda: cost(lambda: pair.night(FIRST_NIGHT, full=True)),
            "plain": lambda: cost(lambda: pair.plain.full(FIRST_NIGHT)),
            "floor": lambda: cost(lambda: _read(pair)),
        },
    )
    found.tell("hel natt, inget ändrat", taken["ours"], others(taken), "s")


def _read(pair: Pair) -> None:
    for table in ("facts", "duties"):
        pair.plain.connection.execute(f"SELECT * FROM {table}").fetchall()
