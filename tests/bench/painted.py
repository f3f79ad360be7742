"""The program as it starts, saying when its window has been painted; with a file, when that file's page has been painted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ncpi_desktop.app import make_application, open_after_paint
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme


class PaintedOnce(QObject):
    """Says *painted* behind the first painting of `watched`."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print("painted", flush=True)
        return False


class _Announcing(MainWindow):
    def open_file(self, path: Path) -> bool:
        """Open as always, and say when the page that comes has been painted."""
        opened = super().open_file(path)
        assert self.audit is not None
        PaintedOnce(self.audit.pages.currentWidget())
        return opened


def main(settings: str, audit: str | None = None) -> None:
    """Start as the program does, with settings of its own in the file `settings`."""
    app = make_application()
    preferences = Preferences(Path(settings))
    theme = Theme(preferences.theme, preferences.text_scale, app)
    theme.apply(app)
    window = _Announcing(theme, preferences)
    if audit is not None:
        open_after_paint(window, Path(audit))
    else:
        PaintedOnce(window)
    window.show()
    app.exec()
