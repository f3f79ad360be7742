"""The preview of the sample's report in the real window, from showing the tab to its first page painted, against the bare work for that page."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.exports.report.material import gather
from ncpi_desktop.exports.report.pages import draw_page
from ncpi_desktop.exports.report.report import write_report_to
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows.sample import build_sample
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.bench.bench_stepping import settle, window_on
from tests.bench.measure import Figure, quantile, time_each

ROUNDS = 12
COLD_ROUNDS = 3
ALLOWED_MS = 1000.0
LONGEST_TURN_MS = 50.0
_COLD = """
import sys
from pathlib import Path
from tests.bench.bench_preview import shown_once
print(*shown_once(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def bench(folder: Path, _large: int) -> list[Figure]:
    """Return the figures: in a program just started, which has to load reportlab and PDFium first, and in one that has shown it before."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "sample.ncpi"
        build_sample(path)
        bare = quantile(time_each(lambda _n: _bare(path), ROUNDS), 0.5)
        cold = [_cold(path, Path(scratch) / f"cold-{number}") for number in range(COLD_ROUNDS)]
        window = window_on(Path(shutil.copy(path, Path(scratch) / "open.ncpi")), Path(scratch))
        warm = [_show(window) for _round in range(ROUNDS)]
        window.close_audit(asks=False)
        window.close()
    against = f"bare writing and drawing of that page {bare:.0f} ms"
    figures = []
    for what, taken in (("in a program just started", cold), ("shown before", warm)):
        middle, worst = quantile([first for first, _turn in taken], 0.5), max(first for first, _turn in taken)
        told = f"{middle:.0f} ms, worst {worst:.0f}"
        what = f"first page of the preview painted, {what}"
        figures.append(Figure(what, told, against, f"< {ALLOWED_MS:.0f} ms", worst < ALLOWED_MS))
    turns = [turn for _first, turn in warm]
    told = f"median {quantile(turns, 0.5):.0f} ms, worst {max(turns):.0f}"
    met = quantile(turns, 0.5) < LONGEST_TURN_MS
    figures.append(
        Figure(
            "longest turn of the window meanwhile, all pages laid out",
            told,
            "-",
            f"median < {LONGEST_TURN_MS:.0f} ms",
            met,
        )
    )
    return figures


def shown_once(path: Path, scratch: Path) -> tuple[float, float]:
    """Show the preview of the audit at `path` in a program that has not shown one; return milliseconds to the first page, and the longest turn."""
    scratch.mkdir()
    window = window_on(path, scratch)
    try:
        return _show(window)
    finally:
        window.close_audit(asks=False)
        window.close()


def _cold(path: Path, scratch: Path) -> tuple[float, float]:
    copy = shutil.copy(path, scratch.with_suffix(".ncpi"))
    done = subprocess.run([sys.executable, "-c", _COLD, copy, str(scratch)], capture_output=True, text=True, check=True)
    first, turn = map(float, done.stdout.split())
    return first, turn


def _show(window: MainWindow) -> tuple[float, float]:
    """Show the tab with nothing of the report at hand; wait for the first page, then for all."""
    assert window.audit is not None
    window.show_page("overview")
    settle()
    begun = time.perf_counter()
    window.show_page("findings")
    page = window.audit.pages.currentWidget()
    page.show_pane("report")
    pane = page.pane("report")
    if pane.draft.preview is not None:
        pane.draft.forget()
        begun = time.perf_counter()
        pane.shown()
    first, longest = 0.0, 0.0
    while pane.draft.is_working or not first:
        turn = time.perf_counter()
        QApplication.processEvents()
        longest = max(longest, time.perf_counter() - turn)
        if not first and pane.view.is_painted(0):
            first = time.perf_counter() - begun
        QTest.qSleep(1)
    settle()
    return 1000 * first, 1000 * longest


def _bare(path: Path) -> None:
    """Write the first page and draw it, with nothing around it."""
    session = AuditSession.open(path, read_only=True)
    try:
        findings = findings_of(session)
    finally:
        session.close()
    stream = io.BytesIO()
    write_report_to(stream, gather(findings, ()), extent=Extent.FIRST_PAGE)
    draw_page(stream.getvalue(), 0, 1000)
