"""Comparing ten audits, against the bare limit: opening the same files and reading their kept counts by plain SQL."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.workflows.comparing import compare
from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure

MOST = 100_000
AUDITS = 10
TURNS = 5


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures for ten files of `large` cases, at most `MOST`, and for ten of 1,000; the best of five turns, one after the other."""
    size = min(large, MOST)
    figures = []
    for cases in (1_000, size):
        paths = _audits(folder, cases)
        try:
            figures.append(_timed_both(paths))
        finally:
            for path in paths:
                path.unlink()
    (small, _bare), (taken, bare) = figures
    return [
        Figure(
            f"comparison of {AUDITS} audits of {size:,} cases, opened and read",
            f"{taken:.2f} s = {taken / bare:.0f} x",
            f"their counts by plain SQL {1000 * bare:.0f} ms",
            "< 2 s",
            taken < 2,
        ),
        Figure(
            f"the same, {size:,} against 1,000 cases",
            f"{taken / small:.2f} x",
            f"{small:.2f} s",
            "-",
            True,
        ),
    ]


def _timed_both(paths: list[Path]) -> tuple[float, float]:
    ours, bare = [], []
    for _turn in range(TURNS):
        bare.append(_timed(lambda: [_bare(path) for path in paths]))
        ours.append(_timed(lambda: _compared(paths)))
    return min(ours), min(bare)


def _compared(paths: list[Path]) -> Series:
    series = compare(paths[-1], *paths[:-1])
    if len(series.inspections) != AUDITS or series.latest.overall.p is None:
        raise AssertionError("not what was to be measured")
    return series


def _bare(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT measure, one, other, cases FROM tallies").fetchall()
    finally:
        connection.close()


def _audits(folder: Path, cases: int) -> list[Path]:
    """Return copies of one audit, each under an identity, a year and counts of its own."""
    made = big_audit(folder / f"cases-{cases}.ncpi", cases)
    paths = []
    for number in range(AUDITS):
        path = Path(shutil.copy(made, folder / f"compared-{number}.ncpi"))
        connection = sqlite3.connect(path)
        connection.execute(
            "UPDATE inspection SET identity = ?, fieldwork_start = ?",
            (fresh_identity(), date(2010 + number, 5, 1).isoformat()),
        )
        connection.execute(
            "UPDATE tallies SET cases = cases - (? * (length(one) * 37 + length(other) * 91 + cases)) % (1 + cases / 20)",
            (number,),
        )
        connection.commit()
        connection.close()
        paths.append(path)
    return paths


def _timed(act: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
