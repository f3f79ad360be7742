"""Going through all pages opens no window: a part that is shown before it has its place would flash, and take the keyboard away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.actions import PAGE_KEYS
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.findings.panes import PANES


class ShownWindows(QObject):
    """Notes each widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("person", ["Team lead", "Inspector 1", "Quality assurer 1"])
def test_no_part_of_a_page_is_shown_as_a_window(
    open_window: MainWindow, qtbot: QtBot, qapp: QApplication, person: str
) -> None:
    open_window.sign_in(person)
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    try:
        for code in (*PAGE_KEYS, "overview"):
            open_window.show_page(code)
            qapp.processEvents()
            assert open_window.audit is not None
            page = open_window.audit.pages.currentWidget()
            for pane in PANES if code == "findings" else ():
                page.show_pane(pane.code)
                qapp.processEvents()
            if code == "compare":
                page.tabs.setCurrentIndex(1)
                qapp.processEvents()
        qtbot.waitUntil(lambda: not open_window.background.is_busy)
    finally:
        qapp.removeEventFilter(shown)
    assert shown.found == []
    assert qapp.activeWindow() is open_window
