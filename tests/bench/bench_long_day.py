"""A long day: grades given by real key events in one run; memory and pace at the end against the beginning."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.bench.bench_stepping import step, window_on
from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure, own_memory_mib, quantile

SETTLING = 2_000
"""Steps before the first measurement: caches fill, and the first grades begin drafts."""


def bench(folder: Path, grades: int) -> list[Figure]:
    """Return the figures for so many grades."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "day.ncpi"
        shutil.copy(big_audit(folder / f"open-{grades + 10_000}.ncpi", grades + 10_000, reviewed=False), path)
        window = window_on(path, Path(scratch))
        for number in range(SETTLING):
            step(window, number)
        memory = own_memory_mib()
        first = [step(window, number) for number in range(1000)]
        for number in range(SETTLING + 1000, grades - 1000):
            step(window, number)
        last = [step(window, number) for number in range(1000)]
        grown = own_memory_mib() / memory - 1
        window.close()
    ratio = quantile(last, 0.5) / quantile(first, 0.5)
    return [
        Figure(f"{grades:,} grades by key, memory", f"{grown:+.1%}", f"{memory:.0f} MiB", "< 10 %", grown < 0.10),
        Figure(
            f"{grades:,} grades by key, last 1,000 against first",
            f"{ratio:.2f} x",
            f"{quantile(first, 0.5):.1f} ms",
            "<= 1.2 x",
            ratio <= 1.2,
        ),
    ]
