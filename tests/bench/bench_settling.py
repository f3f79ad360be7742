"""Opening the settling of a case in the real window, at a small and at a large file, against bare reads of the same rows."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.storage.engine import Connection
from tests.bench.bench_quality import SMALL, read_twice
from tests.bench.bench_stepping import settle, window_on
from tests.bench.measure import Figure, quantile, time_each

ROUNDS = 60
_BARE = (
    "SELECT * FROM cases WHERE id = ?",
    "SELECT * FROM entries WHERE case_id = ?",
    "SELECT * FROM reviews WHERE case_id = ?",
    "SELECT * FROM stage_grades WHERE review_id IN (SELECT id FROM reviews WHERE case_id = ?)",
    "SELECT * FROM given_reasons WHERE review_id IN (SELECT id FROM reviews WHERE case_id = ?)",
)


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures: medians and the worst, from asking for a case to both readings painted."""
    figures, medians = [], {}
    for size in (SMALL, large):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            path = Path(scratch) / "bench.ncpi"
            shutil.copy(read_twice(folder, size), path)
            window = window_on(path, Path(scratch))
            assert window.audit is not None
            connection = window.audit.hub.session.file.connection
            cases = _to_settle(connection)
            bare = quantile(time_each(lambda n, run=connection, of=cases: _read(run, of[n % len(of)]), ROUNDS), 0.5)  # type: ignore[misc]
            window.show_page("quality")
            settle()
            taken = []
            for number in range(ROUNDS):
                begun = time.perf_counter()
                window.audit.pages.go_to_quality(cases[number % len(cases)])
                settle()
                taken.append(1000 * (time.perf_counter() - begun))
            window.close()
        medians[size] = quantile(taken, 0.5)
        what = f"settling of a case opened and painted, {size:,} cases read twice"
        worst = quantile(taken, 0.99)
        told = f"{medians[size]:.1f} ms, p99 {worst:.1f}"
        figures.append(Figure(what, told, f"bare reads of the same rows {bare:.2f} ms", "< 50 ms", worst < 50))
    ratio = medians[large] / medians[SMALL]
    figures.append(Figure("the same, large against small", f"{ratio:.2f} x", "-", "<= 1.3 x", ratio <= 1.3))
    return figures


def _to_settle(connection: Connection) -> list[CaseKey]:
    rows = connection.execute(
        "SELECT case_id FROM second_readings WHERE state = 'to-settle' ORDER BY position LIMIT 200"
    )
    return [CaseKey(case) for (case,) in rows]


def _read(connection: Connection, case: CaseKey) -> None:
    for sql in _BARE:
        connection.execute(sql, (case,)).fetchall()
