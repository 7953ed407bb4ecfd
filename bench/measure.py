"""What measuring shares: processor time with that of child processes, medians of interleaved rounds, what is found."""

import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


def spent() -> float:
    """Seconds of processor time of this process, and of its children that have ended (the rule engine's worker)."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak() -> int:
    """The largest this process has been, in megabytes.

    Linux tells it in /proc; getrusage would also count what the process was before it became this program.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    (line,) = (one for one in status.read_text(encoding="utf-8").splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def cost(what: Callable[[], object]) -> float:
    """Seconds of processor time that something takes."""
    began = spent()
    what()
    return spent() - began


def interleaved(rounds: int, jobs: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each job's figures, where every round asks each of them once."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            found[name].append(job())
    return {name: statistics.median(figures) for name, figures in found.items()}


@dataclass
class Findings:
    """Ratios by job, in the order they were found; printed as they come and at the end as a row of a table."""

    ratios: dict[str, str] = field(default_factory=dict)

    def tell(self, job: str, ours: float, others: Mapping[str, float], unit: str = "ms", *, more: str = "") -> None:
        """Print one job: what it took, and how many times what the others did."""
        scale = {"s": 1.0, "ms": 1e3, "µs": 1e6}[unit]
        parts = [f"{name} {scale * taken:.3g} {unit} ({ours / taken:.1f} ×)" for name, taken in others.items()]
        print(f"{job:28} {scale * ours:8.4g} {unit}; {', '.join(parts)}{'; ' if more else ''}{more}", flush=True)
        self.ratios[job] = " · ".join(f"{ours / taken:.1f}" for taken in others.values())

    def note(self, job: str, said: str, ratio: str) -> None:
        """Print what is no ratio to the reference, and keep what goes into the table."""
        print(f"{job:28} {said}", flush=True)
        self.ratios[job] = ratio

    def row(self, version: str) -> str:
        """A row of docs/performance.md."""
        return f"| {version} | " + " | ".join(self.ratios.values()) + " |"
