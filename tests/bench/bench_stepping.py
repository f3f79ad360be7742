"""From the key to the grade saved and the next case painted, in the real window."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ncpi_desktop.app import make_application
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure, quantile

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


def window_on(path: Path, folder: Path) -> MainWindow:
    """Return the real window, shown, with the review page of `path` in it."""
    app = make_application()
    preferences = Preferences(folder / "settings.ini")
    preferences.reviewer = "Inspector 1"
    theme = Theme("light", 100, app)
    theme.apply(app)
    window = MainWindow(theme, preferences)
    window.show()
    window.open_file(path)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.show_page("review")
    QApplication.processEvents()
    return window


def settle() -> None:
    """Let everything be painted that waits to be."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def step(window: MainWindow, number: int) -> float:
    """Grade the case on the desk and go to the next by real keys; return milliseconds until all is saved and painted."""
    review = window.audit.pages.review()  # type: ignore[union-attr]
    case = review.current_case()
    begun = time.perf_counter()
    QTest.keyClick(review.queue.list, KEYS[number % 3])
    QTest.keyClick(review.queue.list, Qt.Key.Key_PageDown)
    settle()
    taken = 1000 * (time.perf_counter() - begun)
    assert review.current_case() != case, "the next case was not shown"
    return taken


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures for the small and the large file, each on a copy."""
    figures, medians = [], {}
    for size in (1000, large):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            path = Path(scratch) / "bench.ncpi"
            shutil.copy(
                big_audit(folder / f"open-{size}.ncpi", size, entries=1 if size > 1000 else 10, reviewed=False), path
            )
            window = window_on(path, Path(scratch))
            for number in range(30):
                step(window, number)
            times = [step(window, number) for number in range(600)]
            session = window.audit.hub.session  # type: ignore[union-attr]
            graded = session.file.connection.execute("SELECT count(*) FROM reviews WHERE grade IS NOT NULL").fetchone()[
                0
            ]
            assert graded >= 600, f"only {graded} grades were saved"
            window.close()
        medians[size] = quantile(times, 0.5)
        middle, late = quantile(times, 0.5), quantile(times, 0.99)
        figures += [
            Figure(
                f"grade key to next case painted, p50, {size:,} cases", f"{middle:.1f} ms", "-", "< 9 ms", middle < 9
            ),
            Figure(f"grade key to next case painted, p99, {size:,} cases", f"{late:.1f} ms", "-", "< 16 ms", late < 16),
        ]
    ratio = medians[large] / medians[1000]
    figures.append(Figure("the same, large against small", f"{ratio:.2f} x", "-", "<= 1.3 x", ratio <= 1.3))
    return figures
