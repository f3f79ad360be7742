"""Measures, and prints what was measured beside what it has to reach."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure: what, how much, against what, and what it has to reach."""

    what: str
    measured: str
    against: str
    reach: str
    met: bool

    def line(self) -> str:
        """Return the figure as one line of the table."""
        return f"| {self.what} | {self.measured} | {self.against} | {self.reach} | {'met' if self.met else 'MISSED'} |"


def quantile(times: Sequence[float], share: float) -> float:
    """Return the value that `share` of `times` do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def time_each(act: Callable[[int], object], rounds: int) -> list[float]:
    """Return how long each of `rounds` calls took, in milliseconds."""
    taken = []
    for number in range(rounds):
        begun = time.perf_counter()
        act(number)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def peak_memory_mib() -> float:
    """Return the highest resident memory of this process so far, in MiB."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def own_memory_mib(pid: int | str = "self") -> float:
    """Return the anonymous memory of a process now, in MiB: what it took itself.

    Libraries are left out: whether they count as private depends on what else happens to run.
    """
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Anonymous")) / 1024


def machine() -> str:
    """Return what machine this is."""
    from ncpi_desktop.storage.engine import SQLITE_VERSION

    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{platform.system()} {platform.release()}, {os.cpu_count()} x {model}, Python {sys.version.split()[0]}, SQLite {SQLITE_VERSION}"
