"""Runs the bench and prints one table: ``python -m tests.bench [--large N] [--folder DIR] [--only NAME]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.measure import machine

PARTS = (
    "saving",
    "safety",
    "stepping",
    "reading",
    "queue",
    "start",
    "workbook",
    "long_day",
    "sampling",
    "quality",
    "settling",
    "comparing",
    "preview",
    "live_figures",
    "tracing",
)


def main() -> int:
    """Measure what was chosen; return 1 where a figure misses what it has to reach."""
    parser = argparse.ArgumentParser(description="Speed as ratios, measured in one run.")
    parser.add_argument("--large", type=int, default=1_000_000, help="cases in the large file (default 1,000,000)")
    parser.add_argument("--folder", type=Path, help="where the bench keeps its files, to use them again")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be given several times")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="ncpi-bench-") as made:
        folder = chosen.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        print(machine())
        print("\n| what | measured | against | to reach | |\n|---|---|---|---|---|", flush=True)
        missed = 0
        for name in chosen.only or PARTS:
            size = (
                min(chosen.large, 100_000)
                if name in ("workbook", "quality", "long_day", "live_figures", "tracing")
                else chosen.large
            )
            for figure in import_module(f"tests.bench.bench_{name}").bench(folder, size):
                print(figure.line(), flush=True)
                missed += not figure.met
    print(f"\n{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
